package bot

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/faq"
	"skindesk/index"
	"skindesk/preview"
)

// told is a message as the outbox has it.
type told struct {
	Text   string                      `json:"text"`
	Markup models.InlineKeyboardMarkup `json:"reply_markup"`
}

// verdictsSay returns what a patient gets for a verdict.
func verdictsSay(t *testing.T, l faq.Language, verdicts ...index.Answer) []told {
	t.Helper()
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	turn := &turn{Bot: &Bot{words: all}, faq: testIndex(t).FAQ(), update: &models.Update{}, now: time.Now()}
	turn.speak(l)
	for _, v := range verdicts {
		if err := turn.answer("what about it", v, turn.talk.after(turn.now)); err != nil {
			t.Fatal(err)
		}
	}
	var out []told
	for _, o := range turn.rows {
		var s told
		if err := json.Unmarshal(o.Body, &s); err != nil {
			t.Fatal(err)
		}
		if _, _, err := preview.ParseHTML(s.Text); err != nil {
			t.Errorf("%s: %v", s.Text, err)
		}
		buttons := 0
		for _, row := range s.Markup.InlineKeyboard {
			buttons += len(row)
		}
		if buttons > 8 {
			t.Errorf("%d buttons under %q, want at most 8", buttons, s.Text)
		}
		out = append(out, s)
	}
	return out
}

func TestVerdicts(t *testing.T) {
	answer := func(ids ...string) index.Answer { return index.Answer{Kind: index.KindAnswer, Entries: ids} }
	tests := []struct {
		name     string
		lang     faq.Language
		verdicts []index.Answer
		want     []string // in the last message
		buttons  string   // of the last message, in order
	}{
		{"two answers", faq.English, []index.Answer{answer("sessions-count", "results-duration")},
			[]string{"<b>How many sessions will I need?</b>", "<b>How long do results last?</b>", "six to seven months"},
			"How far apart are sessions?|Talk to the clinic|Book a visit|Not what I meant|👍 Helpful|👎 Not helpful"},
		{"an answer and what only the clinic knows", faq.English, []index.Answer{answer("results-duration", "price")},
			[]string{"six to seven months", "Prices are for the clinic to say."}, "Ask the clinic|Book a visit|Not what I meant|👍 Helpful|👎 Not helpful"},
		{"an answer beside choices", faq.English, []index.Answer{{Kind: index.KindAnswer, Entries: []string{"results-duration"}, Choices: []string{"sessions-count", "price"}}},
			[]string{"six to seven months", "Did you also mean"}, "How many sessions will I need?|What does it cost?|Talk to the clinic|Book a visit|Not what I meant|👍 Helpful|👎 Not helpful"},
		{"choices", faq.Urdu, []index.Answer{{Kind: index.KindChoose, Choices: []string{"sessions-count", "price", "results-duration"}}},
			[]string{"کیا آپ کا مطلب"}, "کتنے سیشن لگتے ہیں؟|قیمت کیا ہے؟|نتائج کب تک رہتے ہیں؟|ان میں سے کوئی نہیں"},
		{"a follow-up", faq.English, []index.Answer{answer("sessions-count"), {Kind: index.KindAnswer, Entries: []string{"results-duration"}, Followed: true}},
			[]string{"About “How many sessions will I need?”:", "<b>How long do results last?</b>"}, "Talk to the clinic|Book a visit|Not what I meant|👍 Helpful|👎 Not helpful"},
		{"another language", faq.RomanUrdu, []index.Answer{answer("session-interval")},
			[]string{"Yeh jawab abhi sirf English mein hai:", "a few weeks after"}, "Kitne session lagte hain?|Clinic se rabta|Appointment|Mera matlab yeh nahi tha|👍 Kaam aaya|👎 Nahi aaya"},
		{"for the clinic", faq.English, []index.Answer{{Kind: index.KindStaff, Entries: []string{"price"}}},
			[]string{"<b>What does it cost?</b>"}, "Ask the clinic|Book a visit|Not what I meant"},
		{"small talk", faq.English, []index.Answer{{Kind: index.KindChitchat, Entries: []string{"hello"}}},
			[]string{"Hello! How can I help?"}, "Topics|Talk to the clinic|Book a visit"},
		{"off topic", faq.English, []index.Answer{{Kind: index.KindOffTopic, Entries: []string{"weather"}}},
			[]string{"I only know about the clinic."}, "Topics|Talk to the clinic|Book a visit"},
		{"abuse", faq.English, []index.Answer{{Kind: index.KindAbuse, Entries: []string{"rude"}}},
			[]string{"Let us stay friendly."}, "Topics|Talk to the clinic|Book a visit"},
		{"nothing", faq.English, []index.Answer{{Kind: index.KindUnknown}},
			[]string{"You asked: “what about it”"}, "Ask the clinic|Topics|Try other words"},
		{"nothing, twice", faq.English, []index.Answer{{Kind: index.KindUnknown}, {Kind: index.KindUnknown}},
			[]string{"ready to send"}, "Ask the clinic"},
		{"an id that the file does not have", faq.English, []index.Answer{answer("no-such-entry")},
			[]string{"I do not have an answer"}, "Ask the clinic|Topics|Try other words"},
		{"choices that the file does not have", faq.English, []index.Answer{{Kind: index.KindChoose, Choices: []string{"no-such-entry"}}},
			[]string{"I do not have an answer"}, "Ask the clinic|Topics|Try other words"},
		{"a wish for a person without an entry", faq.English, []index.Answer{{Kind: index.KindHuman}},
			[]string{"what about it"}, "Send as it is|Cancel"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			all := verdictsSay(t, test.lang, test.verdicts...)
			last := all[len(all)-1]
			for _, want := range test.want {
				if !strings.Contains(last.Text, want) {
					t.Errorf("says\n%s\nwithout %q", last.Text, want)
				}
			}
			var got []string
			for _, row := range last.Markup.InlineKeyboard {
				for _, b := range row {
					got = append(got, b.Text)
				}
			}
			if strings.Join(got, "|") != test.buttons {
				t.Errorf("buttons %q, want %q", strings.Join(got, "|"), test.buttons)
			}
		})
	}
}

func TestLongAnswersAreParted(t *testing.T) {
	turn := &turn{Bot: &Bot{}, update: &models.Update{}}
	long := strings.Repeat("<b>x</b>&amp;", 1250) // 2,500 characters on the screen
	turn.sayBlocks([]string{long, long, "end"}, nil)
	if len(turn.rows) != 2 {
		t.Fatalf("%d messages, want 2", len(turn.rows))
	}
	for _, o := range turn.rows {
		var s told
		if err := json.Unmarshal(o.Body, &s); err != nil {
			t.Fatal(err)
		}
		if text, _, err := preview.ParseHTML(s.Text); err != nil || units(text) > maxMessage {
			t.Errorf("%d units, %v", units(text), err)
		}
	}
}
