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
		c.admin.In(c.group).Reply(card, "hello from the admin")
		c.settle()
		c.want(c.anna.Messages(), "hello from the admin")
	})
}

// A card whose sending was cut off before it was noted is known by nothing but the number that it shows.
func TestReplyFindsItsPatientByNumber(t *testing.T) {
	inClinic(t, func(c *clinic) {
		m := c.sanaHere.Reply(c.asksClinic(), "first")
		c.settle()
		c.sanaHere.Edit(m, "second")
		c.settle()
		hint := c.card("already got the first version") // of this message nothing is noted
		c.sanaHere.Reply(hint, "found you")
		c.settle()
		c.want(c.anna.Messages(), "found you")
	})
}

func TestMediaReplyIsCopied(t *testing.T) {
	inClinic(t, func(c *clinic) {
		card := c.asksClinic()
		long := strings.Repeat("long ", 818)
		c.sanaHere.Reply(card, long)
		c.settle()
		c.want(c.anna.Messages(), strings.TrimSpace(long))
		c.want(c.anna.Messages(), "The clinic answers")
	})
}

func TestBlockedPatient(t *testing.T) {
	inClinic(t, func(c *clinic) {
		card := c.asksClinic()
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
		m := c.sanaHere.Reply(c.asksClinic(), "first")
		c.settle()
		c.sanaHere.Edit(m, "second")
		c.settle()
		c.card("already got the first version")
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
