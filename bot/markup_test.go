package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/preview"
)

func TestTidy(t *testing.T) {
	for text, want := range map[string]string{
		"  hi\x00 there\r\n":     "hi there",
		"a\u202eb\u2066c\u200bd": "abcd",
		"نہ\u200cیں":             "نہ\u200cیں",
		"👩\u200d⚕️":              "👩\u200d⚕️",
		"a\xffb":                 "ab",
		"one\n\ntwo":             "one\n\ntwo",
		"\u200e\u200f":           "",
	} {
		if got := tidy(text); got != want {
			t.Errorf("tidy(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("hello", 3)
	f.Add("😀😀😀", 4)
	f.Add("\xff", 1)
	f.Fuzz(func(t *testing.T, text string, n int) {
		if n < 1 || n > maxMessage {
			return
		}
		if got := cut(tidy(text), n); units(got) > n || !utf8.ValidString(got) {
			t.Errorf("cut(%q, %d) = %q, %d units", text, n, got, units(got))
		}
	})
}

// Whatever was written, a card is a message that Telegram takes.
func TestCardFits(t *testing.T) {
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	f := testIndex(t).FAQ()
	for _, text := range []string{strings.Repeat("<&>", 1400), strings.Repeat("😀", 2048), strings.Repeat("ے", 4096), "", "#9999"} {
		c := desk.Case{ID: 1001, Kind: desk.Urgent, Patient: 7, Language: faq.Urdu, Name: tidyName(text), Words: text, Topic: "sessions-count", Said: text, Phone: "+923001234567"}
		for range 30 {
			c.More = append(c.More, desk.Line{From: 7, Text: text}, desk.Line{From: 7, Text: text, Edited: true}, desk.Line{From: 20, Text: text})
		}
		for l, w := range all {
			for _, state := range []desk.State{desk.Open, desk.Requested, desk.Answered, desk.Closed} {
				c.State = state
				shown, entities, err := preview.ParseHTML(card(w, f, c, desk.Person{Unreachable: true}))
				if err != nil || units(shown) > maxMessage || len(entities) > 100 {
					t.Errorf("%s: card of %.10q: %d units, %d entities, %v", l, text, units(shown), len(entities), err)
				}
				if id, found := caseNumber(shown); !found || id != 1001 {
					t.Errorf("%s: the card's number is read as %v %v", l, id, found)
				}
			}
		}
	}
}

func TestCaseNumber(t *testing.T) {
	for text, want := range map[string]desk.CaseID{
		"❓ Question #1042": 1042, "↻ #1042, may be a repeat\n#7": 1042, "#": 0, "no number": 0, "#x1": 0, "#0": 0, "##5": 0,
		"#99999999999999999999": 0,
	} {
		if got, found := caseNumber(text); found != (want != 0) || found && got != want {
			t.Errorf("caseNumber(%q) = %v, %v, want %v", text, got, found, want)
		}
	}
}

func TestPurpose(t *testing.T) {
	for _, p := range []purpose{{toCard, 3}, {toRelay, 77}, {toPatient, 0}} {
		if got := parsePurpose(p.String()); got != p {
			t.Errorf("parsePurpose(%q) = %v, want %v", p.String(), got, p)
		}
	}
}
