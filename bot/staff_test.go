package bot

import (
	"slices"
	"strings"
	"testing"

	"skindesk/preview"
)

// asksClinic has Anna send a question to the team and returns its card.
func (c *clinic) asksClinic() preview.Message {
	c.t.Helper()
	c.says(c.anna, "what does it cost")
	c.taps(c.anna, "Ask the clinic")
	c.taps(c.anna, "Send")
	return c.card("Question #1001")
}

// takesQuestion has Sana take that question.
func (c *clinic) takesQuestion() preview.Message {
	c.t.Helper()
	c.asksClinic()
	c.taps(c.sanaHere, "Take")
	return c.card("Question #1001")
}

func TestOnlyTheTeamAnswers(t *testing.T) {
	inClinic(t, func(c *clinic) {
		card := c.asksClinic()
		before := len(c.anna.Messages())
		c.stranger.In(c.group).Reply(card, "send me money")
		c.settle()
		c.want(c.sanaHere.Messages(), "only the clinic's team")
		c.admin.In(c.group).Anonymous().Reply(card, "who am I")
		c.settle()
		c.want(c.sanaHere.Messages(), "cannot see who you are")
		c.sanaHere.Say("lunch?")
		c.settle()
		if n := len(c.anna.Messages()); n != before {
			t.Errorf("the patient got something:%s", c.sees(c.anna))
		}
		c.stranger.In(c.group).TapData(card, card.Buttons[0][0].Data)
		c.settle()
		if a := c.stranger.Alerts(); len(a) != 1 || !strings.Contains(a[0], "Only the clinic's team") {
			t.Errorf("notices %q", a)
		}
		c.taps(c.admin.In(c.group), "Take")
		c.admin.In(c.group).Reply(card, "hello from the admin")
		c.settle()
		c.want(c.anna.Messages(), "hello from the admin")
	})
}

// A card whose sending was cut off before it was noted is known by nothing but the number that it shows.
func TestReplyFindsItsPatientByNumber(t *testing.T) {
	inClinic(t, func(c *clinic) {
		card := c.takesQuestion()
		c.admin.In(c.group).Reply(card, "let me")
		c.settle()
		hint := c.card("Sana has #1001") // of this message nothing is noted
		c.sanaHere.Reply(hint, "found you")
		c.settle()
		c.want(c.anna.Messages(), "found you")
	})
}

func TestLongReplyIsRefused(t *testing.T) {
	inClinic(t, func(c *clinic) {
		card := c.takesQuestion()
		m := c.sanaHere.Reply(card, strings.Repeat("long ", 818))
		c.settle()
		c.card("may have up to 3900 characters")
		c.sanaHere.Edit(m, strings.Repeat("long ", 777)+"enough") // and what was refused can be put right
		c.settle()
		got := c.want(c.anna.Messages(), "The clinic answers")
		if !strings.Contains(got.Text, "long enough") || units(got.Text) > maxMessage {
			t.Errorf("%d units:\n%s", units(got.Text), got.Text)
		}
	})
}

func TestBlockedPatient(t *testing.T) {
	inClinic(t, func(c *clinic) {
		card := c.takesQuestion()
		c.anna.Block()
		c.settle()
		if got := c.card("Question #1001").Text; !strings.Contains(got, "Cannot be reached") {
			t.Errorf("card:\n%s", got)
		}
		c.sanaHere.Reply(card, "are you there?")
		c.settle()
		c.want(c.sanaHere.Messages(), "#1001: not delivered")
		c.anna.Unblock()
		c.says(c.anna, "/start")
		if got := c.card("Question #1001").Text; strings.Contains(got, "Cannot be reached") {
			t.Errorf("still unreachable:\n%s", got)
		}
	})
}

func TestOtherGroupsAreLeft(t *testing.T) {
	inClinic(t, func(c *clinic) {
		g := c.server.Group("Elsewhere", c.anna)
		c.anna.In(g).Say("/here")
		c.settle()
		if !slices.ContainsFunc(c.server.Calls(), func(call preview.Call) bool { return call.Method == "leavechat" && call.Chat == g.ID() }) {
			t.Error("the bot stays in a foreign group")
		}
	})
}

func TestSetup(t *testing.T) {
	inClinicWith(t, func(cfg *Config) { cfg.StaffChat = 0 }, func(c *clinic) {
		c.want(c.says(c.anna, "hello"), "being set up")
		c.want(c.says(c.admin, "hello"), "write /here")
		c.stranger.In(c.group).Say("/here")
		c.settle()
		for _, m := range c.sanaHere.Messages() {
			if m.FromBot {
				t.Errorf("a stranger is answered: %s", m.Text)
			}
		}
		c.admin.In(c.group).Say("/here")
		c.settle()
		c.card("STAFF_CHAT_ID")
	})
}

func TestEditedStaffReply(t *testing.T) {
	inClinic(t, func(c *clinic) {
		m := c.sanaHere.Reply(c.takesQuestion(), "first")
		c.settle()
		before := len(c.anna.Messages())
		c.sanaHere.Edit(m, "second")
		c.settle()
		got := c.want(c.anna.Messages(), "second")
		if len(c.anna.Messages()) != before || strings.Contains(got.Text, "first") {
			t.Errorf("not changed in place:%s", c.sees(c.anna))
		}
		if card := c.card("Question #1001"); !strings.Contains(card.Text, "team, changed: second") {
			t.Errorf("card:\n%s", card.Text)
		}
	})
}

// A card that somebody has deleted is posted once more, and from then on the new one is kept up to date.
func TestDeletedCardComesBack(t *testing.T) {
	inClinic(t, func(c *clinic) {
		first := c.asksClinic()
		c.group.Promote(c.admin)
		c.admin.In(c.group).Delete(first)
		for _, words := range []string{"are you there", "please tell me soon", "and how long it takes"} {
			c.says(c.anna, words)
			card := c.card("Question #1001")
			if card.ID == first.ID || !strings.Contains(card.Text, words) {
				t.Errorf("card %d:\n%s", card.ID, card.Text)
			}
		}
		cards := 0
		for _, m := range c.sanaHere.Messages() {
			if strings.Contains(m.Text, "Question #1001") {
				cards++
			}
		}
		if cards != 1 {
			t.Errorf("%d cards of one case, want 1", cards)
		}
	})
}

// What the patient has deleted cannot be copied to the team; the team is told.
func TestDeletedPhoto(t *testing.T) {
	inClinic(t, func(c *clinic) {
		photo := c.anna.SendPhoto("look")
		c.settle()
		c.anna.Delete(photo)
		c.taps(c.anna, "Send to the clinic")
		c.card("could not be copied")
	})
}

// A question that the team has been given and that the patient then edits is shown to the team in both forms.
func TestEditedAfterItWasSent(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.asksClinic()
		c.does(c.anna, func() { c.anna.Edit(c.anna.Messages()[0], "what do eight sessions cost") })
		c.card("has changed what they wrote")
		card := c.card("Question #1001")
		if !strings.Contains(card.Text, "what does it cost") || !strings.Contains(card.Text, "what do eight sessions cost") {
			t.Errorf("card:\n%s", card.Text)
		}
	})
}
