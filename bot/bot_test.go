package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	telegram "github.com/go-telegram/bot"

	"skindesk/faq"
	"skindesk/store"
)

// receives puts an update into the inbox as if Telegram had sent it, and handles it.
func (c *clinic) receives(chat int64, body string) {
	c.t.Helper()
	err := c.store.Update(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Receive(store.Inbound{UpdateID: 900_000_000, Chat: chat, Body: []byte(body), ReceivedAt: time.Now()})
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.restart()
	for range 30 { // three tries with pauses
		c.settle()
	}
}

// What cannot be decoded reaches the team if it can be read at all, the admin in any case, and the chat goes on.
func TestUndecodableUpdate(t *testing.T) {
	const shape = `{"update_id":900000000,"message":{"message_id":990,"date":1,"forward_origin":{"type":"from another planet"},
		"from":{"id":%[1]d,"is_bot":false,"first_name":"Anna"},"chat":{"id":%[1]d,"type":"private"},"text":%[2]q}}`
	for text, want := range map[string]struct{ team, patient string }{
		"is <this> readable?":                     {"Question #1001", "passed it to the clinic's team as #1001"},
		"my face is swelling and i can't breathe": {"URGENT #1001", "your local emergency number"},
		"": {"", "write it once more"},
	} {
		inClinic(t, func(c *clinic) {
			c.says(c.anna, "hello")
			c.receives(c.anna.ID(), fmt.Sprintf(shape, c.anna.ID(), text))
			c.want(c.anna.Messages(), want.patient)
			c.want(c.admin.Messages(), "could not be handled")
			if want.team != "" {
				card := c.card(want.team)
				if !strings.Contains(card.Text, text) {
					t.Errorf("card:\n%s", card.Text)
				}
				c.taps(c.sanaHere, "Take")
				c.sanaHere.Reply(card, "we can")
				c.settle()
				c.want(c.anna.Messages(), "we can")
				c.taps(c.sanaHere, "Done")
			}
			c.want(c.says(c.anna, "how long do the results last"), "six to seven")
		})
	}
}

func TestNewFAQWhilePatientsTalk(t *testing.T) {
	before, err := changedIndex("\x00", "")
	if err != nil {
		t.Fatal(err)
	}
	after, err := changedIndex("session-interval", "interval")
	if err != nil {
		t.Fatal(err)
	}
	inClinicOn(t, before, func(*Config) {}, func(c *clinic) {
		c.says(c.anna, "how many sessions do i need")
		c.live.Switch(after)
		c.want(c.taps(c.anna, "How far apart are sessions?"), "like to know about") // no question that could be searched again
		if a := c.anna.Alerts(); !strings.Contains(a[len(a)-1], "no longer have this") {
			t.Errorf("notices %q", a)
		}
		c.want(c.says(c.anna, "how many weeks between two sessions"), "a few weeks after")
	})
}

func TestRepeatIsAnsweredShort(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "how long do the results last")
		c.want(c.says(c.anna, "How long do the results last?"), "same as above")
		c.want(c.taps(c.anna, "Talk to the clinic"), "How long do the results last?")
	})
}

func TestWordsAfterTheTeamsReply(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.sanaHere.Reply(c.takesQuestion(), "it depends")
		c.settle()
		c.says(c.anna, "on what please")
		under := c.card("on what please")
		if !strings.HasPrefix(under.Text, "#1001") {
			t.Errorf("not under the card: %s", under.Text)
		}
		time.Sleep(13 * time.Hour)
		c.says(c.anna, "how long do the results last")
		if last := c.sanaHere.Last(); strings.Contains(last.Text, "how long") {
			t.Errorf("passed on half a day later: %s", last.Text)
		}
	})
}

func TestFormIsKeptAndErased(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "/book")
		time.Sleep(3 * time.Hour)
		c.want(c.says(c.anna, "how long do the results last"), "six to seven")
		c.want(c.anna.Messages(), "What you had begun")
		c.taps(c.anna, "Continue")
		c.want(c.anna.Messages(), "Which day would suit you")
		c.want(c.says(c.anna, "/start"), "welcome")
		c.want(c.anna.Messages(), "What you had begun")
		time.Sleep(27 * time.Hour) // it is reminded of after two, and kept for a day from then
		c.want(c.says(c.anna, "how long do the results last"), "six to seven")
		if got := c.taps(c.anna, "Continue"); len(got) != 0 {
			t.Errorf("an erased form goes on: %s", got[0].Text)
		}
		if a := c.anna.Alerts(); !strings.Contains(a[len(a)-1], "nothing was sent") {
			t.Errorf("notices %q", a)
		}
	})
}

func TestGroupBecomesSupergroup(t *testing.T) {
	const old = -4_000_000_001 // the group that c.group was before
	inClinicWith(t, func(cfg *Config) { cfg.StaffChat = old }, func(c *clinic) {
		c.receives(old, fmt.Sprintf(`{"update_id":900000000,"message":{"message_id":990,"date":1,"chat":{"id":%d,"type":"group"},"migrate_to_chat_id":%d}}`, old, c.group.ID()))
		c.sanaHere.Reply(c.takesQuestion(), "a lot")
		c.settle()
		c.want(c.anna.Messages(), "a lot")
		c.want(c.admin.Messages(), fmt.Sprint(c.group.ID()))
		c.restart()
		c.sanaHere.Reply(c.card("Question #1001"), "and more")
		c.settle()
		c.want(c.anna.Messages(), "and more")
	})
}

func TestNotWhatIMeant(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "how many sessions do i need")
		m := c.taps(c.anna, "Not what I meant")
		if len(m) != 1 {
			t.Fatalf("%d messages:%s", len(m), c.sees(c.anna))
		}
		if slices.Contains(labels(m[0]), "None of these") {
			m = c.taps(c.anna, "None of these")
		}
		c.want(m, "do not have an answer")
		c.want(c.taps(c.anna, "Ask the clinic"), "how many sessions do i need")
	})
}

func TestMark(t *testing.T) {
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	b := &Bot{words: all, group: -100}
	say := func(text string) []byte { return body(&telegram.SendMessageParams{ChatID: int64(5), Text: text}) }
	tests := []struct {
		o    store.Outbound
		want string
	}{
		{store.Outbound{Chat: 5, Method: "sendMessage", Body: say("<b>hi</b>")}, "↻ <b>hi</b>"},
		{store.Outbound{Chat: -100, Object: "case/1042", Method: "sendMessage", Body: say("card")}, "↻ #1042, may be a repeat\ncard"},
		{store.Outbound{Chat: 5, Object: "case/1042", Method: "sendMessage", Body: say("reply")}, "↻ reply"},
	}
	for _, test := range tests {
		var got struct{ Text string }
		if err := json.Unmarshal(b.mark(test.o), &got); err != nil || got.Text != test.want {
			t.Errorf("mark: %q, %v, want %q", got.Text, err, test.want)
		}
	}
	long := store.Outbound{Chat: 5, Method: "sendMessage", Body: say(strings.Repeat("x", maxMessage))}
	var got struct{ Text string }
	if err := json.Unmarshal(b.mark(long), &got); err != nil || units(faq.Plain(got.Text)) > maxMessage {
		t.Errorf("a marked message has %d units, %v", units(faq.Plain(got.Text)), err)
	}
	file := store.File{Name: "visit.ics", Body: []byte("x")}
	for _, test := range []struct{ caption, want string }{
		{"", "↻"}, {"your visit", "↻ your visit"}, {strings.Repeat("x", maxCaption), "↻ " + strings.Repeat("x", maxCaption-3) + "…"},
	} {
		o := store.Outbound{Chat: 5, Method: "sendDocument", File: file, Body: body(&telegram.SendDocumentParams{ChatID: int64(5), Caption: test.caption})}
		var got struct{ Caption, Text string }
		if err := json.Unmarshal(b.mark(o), &got); err != nil || strings.TrimSpace(got.Caption) != test.want || got.Text != "" {
			t.Errorf("a marked file has %q, %q, %v, want %q", got.Caption, got.Text, err, test.want)
		}
	}
	edit := store.Outbound{Method: "editMessageText", Body: []byte(`{"text":"x"}`)}
	if string(b.mark(edit)) != `{"text":"x"}` {
		t.Error("an edit is marked")
	}
}
