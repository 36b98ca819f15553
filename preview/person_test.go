package preview

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

func TestSayIsCleanedAndSplit(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := s.Person("Anna")
	if m := anna.Say(" \u200b \r\n"); m.ID != 0 || s.Pending() != 0 {
		t.Errorf("a text that shows nothing was sent: %+v", m)
	}
	anna.Say("  a\x00b\xff ")
	anna.Say(strings.Repeat("😀", 2500))
	var texts []string
	for _, e := range c.drain(s) {
		var m models.Message
		e.into(t, &m)
		texts = append(texts, m.Text)
	}
	if want := []string{"a b", strings.Repeat("😀", 2048), strings.Repeat("😀", 452)}; !cmp.Equal(want, texts) {
		t.Errorf("got %d texts: %q", len(texts), texts)
	}
}

func TestTapFindsTheNewestButton(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	for _, data := range []string{"old", "new"} {
		c.must("sendMessage", params{"chat_id": anna.ID(), "text": data, "reply_markup": buttons("Yes", data)}, nil)
	}
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": params{
		"inline_keyboard": [][]params{{{"text": "Map", "url": "https://clinic.example"}}},
	}}, nil)
	data := func() string {
		t.Helper()
		var q models.CallbackQuery
		c.drain(s)[0].into(t, &q)
		return q.Data
	}
	if _, err := anna.Tap("Yes"); err != nil || data() != "new" {
		t.Errorf("Tap: %v", err)
	}
	if _, err := anna.TapMessage(anna.Messages()[1], "Yes"); err != nil || data() != "old" {
		t.Errorf("TapMessage: %v", err)
	}
	if tapped, err := anna.Tap("Map"); err != nil || tapped.URL != "https://clinic.example" || s.Pending() != 0 {
		t.Errorf("a link: %+v, %v", tapped, err)
	}
	if _, err := anna.Tap("Nothing"); !errors.Is(err, ErrNoButton) {
		t.Errorf("no such button: %v", err)
	}
	if _, err := anna.TapMessage(Message{ID: 999}, "Yes"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("no such message: %v", err)
	}
}

func TestWritingLiftsABlock(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	anna.Block()
	anna.Say("/start")
	var kinds []string
	for _, e := range c.drain(s) {
		kinds = append(kinds, e.kind())
	}
	if want := []string{"my_chat_member", "my_chat_member", "message"}; !cmp.Equal(want, kinds) {
		t.Errorf("got %v", kinds)
	}
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "welcome back"}, nil)
}

func TestForwardShowsWhereFrom(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	group := s.Group("Staff", anna)
	settle(s)
	anna.Forward(anna.In(group).Say("good morning")) // which the bot does not hear in the group
	var got models.Message
	c.drain(s)[0].into(t, &got)
	if o := got.ForwardOrigin; o == nil || o.MessageOriginUser == nil || o.MessageOriginUser.SenderUser.ID != anna.ID() {
		t.Errorf("origin %+v", o)
	}
}

func TestForwardOfAHiddenAccount(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna, shy := begun(s, "Anna"), begun(s, "Shy", WithHiddenAccount())
	said := shy.Say("x")
	settle(s)
	anna.Forward(said)
	var got models.Message
	c.drain(s)[0].into(t, &got)
	if o := got.ForwardOrigin; o.MessageOriginHiddenUser == nil || o.MessageOriginHiddenUser.SenderUserName != "Shy" {
		t.Errorf("origin %+v", o)
	}
}

func TestMembers(t *testing.T) {
	s, c := overTCP(t, Options{})
	sana, omar := s.Person("Sana"), s.Person("Omar", WithID(77))
	g := s.Group("Staff", sana)
	g.PromoteBot()
	settle(s)
	g.Add(omar)
	g.Promote(omar)
	status := func(want models.ChatMemberType) {
		t.Helper()
		var m models.ChatMember
		c.must("getChatMember", params{"chat_id": g.ID(), "user_id": 77}, &m)
		if m.Type != want {
			t.Errorf("got %s, want %s", m.Type, want)
		}
	}
	status("administrator")
	g.Remove(omar)
	status("left")
	c.refused("getChatMember", params{"chat_id": g.ID(), "user_id": 78}, 400, "Bad Request: user not found")
	got := c.drain(s)
	if len(got) != 2 || got[0].kind() != "message" || got[1].kind() != "message" {
		t.Errorf("got %v, want that he joined and left", got)
	}
}

func TestDeliverAnyKind(t *testing.T) {
	s, c := overTCP(t, Options{})
	if id := s.Deliver("message_reaction", []byte(`{}`)); id != 0 {
		t.Error("a kind that the bot does not ask for was delivered")
	}
	id := s.Deliver("hologram", []byte(`{"shape":[1,2]}`))
	got := c.drain(s)
	if len(got) != 1 || got[0].id(t) != id || string(got[0]["hologram"]) != `{"shape":[1,2]}` {
		t.Errorf("got %v", got)
	}
}
