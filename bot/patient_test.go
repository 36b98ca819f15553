package bot

import (
	"slices"
	"strings"
	"testing"

	"skindesk/preview"
)

func TestQuestionIsAnswered(t *testing.T) {
	inClinic(t, func(c *clinic) {
		got := c.says(c.anna, "how many sessions do i need")
		if len(got) != 1 {
			t.Fatalf("%d messages, want 1:%s", len(got), c.sees(c.anna))
		}
		m := got[0]
		for _, want := range []string{"<b>How many sessions will I need?</b>", "<b>six to eight</b>", "general information, not advice"} {
			if !strings.Contains(m.HTML(), want) {
				t.Errorf("answer lacks %q: %s", want, m.HTML())
			}
		}
		if asked := c.anna.Messages()[0]; m.ReplyTo != asked.ID {
			t.Errorf("reply to %d, want %d", m.ReplyTo, asked.ID)
		}
		for _, want := range []string{"How far apart are sessions?", "Book a visit", "Talk to the clinic", "Not what I meant"} {
			if !slices.Contains(labels(m), want) {
				t.Errorf("buttons %q lack %q", labels(m), want)
			}
		}
	})
}

// gets asks a question and returns the answer; if there is a choice, the first is picked.
func (c *clinic) gets(p *preview.Person, question string) []preview.Message {
	c.t.Helper()
	got := c.says(p, question)
	if len(got) == 1 && strings.HasPrefix(got[0].Buttons[0][0].Data, "ent:") && !strings.Contains(got[0].HTML(), "<b>") {
		return c.taps(p, got[0].Buttons[0][0].Text)
	}
	return got
}

func TestLanguages(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.want(c.gets(c.anna, "kitne session lagte hain"), "gehre nishan")
		c.want(c.gets(c.anna, "نتائج کب تک رہتے ہیں"), "چھ سے سات مہینے")
		m := c.want(c.gets(c.anna, "دو سیشن کے درمیان کتنا وقفہ"), "a few weeks after")
		c.want([]preview.Message{m}, "انگریزی")
		c.says(c.anna, "/language")
		c.want(c.taps(c.anna, "Roman Urdu"), "ab jawab Roman Urdu mein")
		c.want(c.gets(c.anna, "how long do the results last"), "chhe se saat mahine")
	})
}

func TestStartTopicsAndPayload(t *testing.T) {
	inClinic(t, func(c *clinic) {
		m := c.want(c.says(c.anna, "/start"), "Test & Clinic")
		if n := len(labels(m)); n > 8 {
			t.Errorf("%d buttons, want at most 8", n)
		}
		c.want(c.taps(c.anna, "Sessions"), "Choose a question")
		c.want(c.taps(c.anna, "How far apart are sessions?"), "a few weeks after")
		c.want(c.says(c.anna, "/start results"), "Choose a question")
		c.want(c.says(c.anna, "/start results-duration"), "six to seven months")
		c.want(c.says(c.anna, "/start no-such-thing"), "welcome")
		for command, want := range map[string]string{
			"/help": "/privacy", "/privacy": "clinic's team", "/nonsense": "do not know this command", "/topics": "like to know about", "/cancel": "nothing to stop",
		} {
			c.want(c.says(c.anna, command), want)
		}
	})
}

func TestUnknownLeadsToTheClinic(t *testing.T) {
	inClinic(t, func(c *clinic) {
		m := c.want(c.says(c.anna, "do you sell <b>bicycles</b> & \x00tents \u202eback"), "I do not have an answer")
		if got := labels(m); len(got) == 0 || got[0] != "Ask the clinic" {
			t.Errorf("buttons %q, want Ask the clinic first", got)
		}
		c.want([]preview.Message{m}, "<b>bicycles</b> &")
		again := c.want(c.says(c.anna, "zzzqq wwwrr"), "ready to send")
		if got := labels(again); !slices.Equal(got, []string{"Ask the clinic"}) {
			t.Errorf("second miss offers %q", got)
		}
	})
}

func TestAskTheClinic(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "how many sessions do i need")
		c.want(c.taps(c.anna, "Talk to the clinic"), "how many sessions do i need")
		c.want(c.taps(c.anna, "Send"), "#1001")
		card := c.card("#1001")
		for _, want := range []string{"Anna", "how many sessions do i need", "How many sessions will I need?", "one or two sessions", "Not answered yet"} {
			if !strings.Contains(card.Text, want) {
				t.Errorf("card lacks %q:\n%s", want, card.Text)
			}
		}
		c.says(c.anna, "i forgot: it is for my face")
		if card = c.card("#1001"); !strings.Contains(card.Text, "it is for my face") {
			t.Errorf("card lacks the later words:\n%s", card.Text)
		}
		c.taps(c.sanaHere, "Take")
		reply := c.sanaHere.Reply(card, "Four, I <think> & hope")
		c.settle()
		got := c.want(c.anna.Messages(), "Four, I <think> & hope")
		if !strings.Contains(got.Text, "#1001") {
			t.Errorf("relayed without its number: %s", got.Text)
		}
		if i := slices.IndexFunc(c.sanaHere.Messages(), func(m preview.Message) bool { return m.ID == reply.ID }); !slices.Equal(c.sanaHere.Messages()[i].Reactions, []string{"👍"}) {
			t.Errorf("no sign of delivery on the reply: %v", c.sanaHere.Messages()[i].Reactions)
		}
		if !strings.Contains(c.card("Question #1001").Text, "Answered") {
			t.Errorf("card does not say answered:\n%s", c.card("Question #1001").Text)
		}
		c.anna.Reply(got, "thank you so much")
		c.settle()
		under := c.card("thank you so much")
		c.sanaHere.Reply(under, "You are welcome")
		c.settle()
		c.want(c.anna.Messages(), "You are welcome")
		if i := slices.IndexFunc(c.anna.Messages(), func(m preview.Message) bool { return m.Text == "thank you so much" }); !slices.Equal(c.anna.Messages()[i].Reactions, []string{"👍"}) {
			t.Errorf("no sign that it was passed on:%s", c.sees(c.anna))
		}
		if _, err := c.sanaHere.Tap("Done"); err != nil {
			t.Fatal(err)
		}
		c.settle()
		if !strings.Contains(c.card("Question #1001").Text, "☑️ Done") {
			t.Errorf("card is not done:\n%s", c.card("Question #1001").Text)
		}
	})
}

func TestStaleAndForgedTaps(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "how many sessions do i need")
		c.taps(c.anna, "Talk to the clinic")
		review := c.anna.Last()
		c.taps(c.anna, "Send")
		again := c.does(c.anna, func() { c.anna.TapData(review, review.Buttons[0][0].Data) })
		if len(again) != 0 {
			t.Errorf("second send says %q", again[0].Text)
		}
		if a := c.anna.Alerts(); !strings.Contains(a[len(a)-1], "already been sent: #1001") {
			t.Errorf("notice %q", a[len(a)-1])
		}
		for _, data := range []string{"done:1:rt", "call::rt", "fine::rt", "x", "send::0", "ent:nothing:0"} {
			c.does(c.bilal, func() { c.bilal.Say("hello") })
			c.does(c.bilal, func() { c.bilal.TapData(c.bilal.Last(), data) })
		}
		if n := len(c.bilal.Alerts()); n != 6 {
			t.Errorf("%d notices for forged taps, want 6: %q", n, c.bilal.Alerts())
		}
		if card := c.card("Question #1001"); !strings.Contains(card.Text, "Not answered yet") {
			t.Errorf("a patient changed the case:\n%s", card.Text)
		}
	})
}

// The clinic's data is an example here: no treatments, and hours that may not be stated.
func TestBookingStatesNoHoursOfAnExample(t *testing.T) {
	for name, phone := range map[string]func(*clinic){
		"own contact": func(c *clinic) { c.does(c.anna, func() { c.anna.ShareContact("923001234567") }) },
		"typed":       func(c *clinic) { c.says(c.anna, "٠٣٠٠-1234567") },
	} {
		t.Run(name, func(t *testing.T) {
			inClinic(t, func(c *clinic) {
				m := c.want(c.says(c.anna, "i want to book an appointment"), "Which day would suit you")
				if got := labels(m); len(got) != 10 || got[7] != "Another date" || got[9] != "Cancel" {
					t.Errorf("buttons %q, want seven days, another date, any day, cancel", got)
				}
				m = c.want(c.says(c.anna, "parson"), "Which part of the day")
				if got := labels(m); !slices.Equal(got, []string{"Morning", "Afternoon", "Evening", "Any time", "◀ Back", "Cancel"}) {
					t.Errorf("buttons %q state hours or lack a part", got)
				}
				c.taps(c.anna, "Evening")
				c.taps(c.anna, "Anna")
				c.want(c.anna.Messages(), "How can the team reach you")
				c.does(c.anna, func() { c.anna.ShareOtherContact("Zoe", "923119999999", 0) })
				c.want([]preview.Message{c.anna.Last()}, "somebody else's contact")
				phone(c)
				c.want(c.anna.Messages(), "number ending in 67")
				c.taps(c.anna, "Skip")
				c.want(c.anna.Messages(), "By sending you agree")
				c.taps(c.anna, "Send request")
				m = c.want(c.anna.Messages(), "not confirmed yet")
				if !strings.Contains(m.Text, "as soon as they can") || strings.Contains(m.Text, "clinic time") {
					t.Errorf("promises a time:\n%s", m.Text)
				}
				card := c.card("#1001")
				for _, want := range []string{"i want to book an appointment", "equested"} {
					if !strings.Contains(card.Text, want) {
						t.Errorf("card lacks %q:\n%s", want, card.Text)
					}
				}
				c.taps(c.sanaHere, "Take")
				c.sanaHere.Reply(card, "Tuesday at 3?")
				c.settle()
				c.want(c.anna.Messages(), "Tuesday at 3?")
			})
		})
	}
}

func TestBookingByButtonHereOnlyAcrossRestart(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "how long do the results last")
		c.want(c.taps(c.anna, "Book a visit"), "Which day would suit you")
		c.restart()
		c.want(c.says(c.anna, "monday morning"), "Under which name")
		c.says(c.anna, "Anna Karim")
		c.want(c.says(c.anna, "12345"), "could not read this as a phone number")
		c.want(c.says(c.anna, "how many sessions do i need"), "six to eight")
		c.want(c.anna.Messages(), "Your request is kept")
		c.taps(c.anna, "Contact me here only")
		c.want(c.anna.Messages(), "contact here only")
		c.taps(c.anna, "Skip")
		c.taps(c.anna, "Send request")
		c.want(c.anna.Messages(), "not confirmed yet")
		card := c.card("#1001")
		if !strings.Contains(card.Text, "contact here only") || !strings.Contains(card.Text, "How long do results last?") {
			t.Errorf("card:\n%s", card.Text)
		}
	})
}

func TestHumanAndCancel(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.want(c.says(c.anna, "i want to talk to a human"), "Write what you would like to ask")
		c.want(c.taps(c.anna, "Cancel"), "nothing was sent")
		c.says(c.anna, "/clinic")
		c.want(c.says(c.anna, "can my mother come along?"), "can my mother come along?")
		c.want(c.taps(c.anna, "Send"), "#1001")
		c.card("can my mother come along?")
	})
}

func TestRedFlag(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "i want to book an appointment")
		got := c.want(c.says(c.anna, "i can't breathe and my face is swelling up"), "your local emergency number")
		card := c.card("URGENT #1001")
		if !strings.Contains(card.Text, "i can't breathe") {
			t.Errorf("card:\n%s", card.Text)
		}
		if got := labels(got); !slices.Equal(got, []string{"Call me", "I'm fine, continue"}) {
			t.Errorf("buttons %q", got)
		}
		c.want(c.says(c.anna, "i can't breathe and my face is swelling up"), "As said")
		c.want(c.taps(c.anna, "Call me"), "Which number should the team call")
		c.want(c.says(c.anna, "0300 1234567"), "ending in 67")
		if card = c.card("URGENT #1001"); !strings.Contains(card.Text, "asks to be called (number …67") {
			t.Errorf("the phone is not on the card:\n%s", card.Text)
		}
		c.taps(c.anna, "I'm fine, continue")
		c.want(c.anna.Messages(), "glad to hear")
		c.want(c.anna.Messages(), "Your request is kept")
	})
}

func TestMedia(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.want(c.does(c.anna, func() { c.anna.SendVoice() }), "cannot listen")
		c.want(c.taps(c.anna, "Cancel"), "nothing was sent")
		c.want(c.does(c.anna, func() { c.anna.SendAlbum(3, "my cheek") }), "never judge")
		if n := len(c.anna.Messages()); n != 7 {
			t.Errorf("%d messages, want 7 (an album is answered once):%s", n, c.sees(c.anna))
		}
		c.want(c.taps(c.anna, "Send to the clinic"), "#1001")
		c.card("my cheek")
		photos := 0
		for _, m := range c.sanaHere.Messages() {
			if m.Media == "photo" {
				photos++
			}
		}
		if photos != 3 {
			t.Errorf("%d photos with the team, want 3", photos)
		}
		c.want(c.does(c.anna, func() { c.anna.SendSticker() }), "written questions")
		c.want(c.does(c.anna, func() { c.anna.SendLocation() }), "have not kept it")
		c.want(c.does(c.anna, func() { c.anna.ShareContact("923001234567") }), "have not kept it")
		c.want(c.says(c.anna, "🙂🙂"), "written questions")
	})
}

func TestEditedQuestion(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "how many sessions do i need")
		asked := c.anna.Messages()[0]
		c.does(c.anna, func() { c.anna.Edit(asked, "how long do the results last") })
		if ms := c.anna.Messages(); len(ms) != 2 || !strings.Contains(ms[1].Text, "six to seven months") || !ms[1].Edited {
			t.Errorf("not answered in place:%s", c.sees(c.anna))
		}
		c.says(c.anna, "hello")
		c.want(c.does(c.anna, func() { c.anna.Edit(asked, "what does it cost") }), "send it as a new message")
	})
}

func TestFloodIsToldOnce(t *testing.T) {
	inClinic(t, func(c *clinic) {
		got := c.does(c.anna, func() {
			for range 30 {
				c.anna.Say("what does it cost")
			}
		})
		waits := 0
		for _, m := range got {
			if strings.Contains(m.Text, "wait a minute") {
				waits++
			}
		}
		if len(got) != 21 || waits != 1 {
			t.Errorf("%d messages, %d of them to wait; want 21 and 1", len(got), waits)
		}
	})
}

func TestLongAndStrangeMessages(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "/language")
		c.taps(c.anna, "English")
		for _, text := range []string{
			strings.Repeat("word ", 819), strings.Repeat("ا", 4096), strings.Repeat("😀", 2048), "\u2800", "....", "12345", "https://example.com/a?b=<c>", "&lt;", "</b>", "{title}",
		} {
			if got := c.says(c.anna, text); len(got) == 0 {
				t.Errorf("%.20q is not answered", text)
			}
			c.says(c.anna, "/clinic")
			c.want(c.says(c.anna, "about this: "+text[:min(len(text), 3000)]), "will be sent")
			c.want(c.taps(c.anna, "Send"), "Your number is")
			for range 60 { // the flood rule counts in minutes
				c.settle()
			}
		}
	})
}
