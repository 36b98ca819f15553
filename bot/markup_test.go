package bot

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/preview"
	"skindesk/store"
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

// Whatever was written, a card is a message that Telegram takes, with no more buttons than a phone shows well.
func TestCardFits(t *testing.T) {
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	f := testIndex(t).FAQ()
	now := time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC)
	cal := calendarOf(t, f)
	states := []desk.State{
		desk.Open, desk.Answered, desk.Closed, desk.Requested, desk.Proposed, desk.Confirmed, desk.Came, desk.NoShow, desk.Declined,
		desk.Cancelled, desk.Expired,
	}
	for _, text := range []string{strings.Repeat("<&>", 1400), strings.Repeat("😀", 2048), strings.Repeat("ے", 4096), "", "#9999"} {
		c := desk.Case{
			ID: 1001, Patient: 7, Language: faq.Urdu, Name: tidyName(text), Words: text, Topic: "sessions-count", Said: text, Phone: "+923001234567",
			TalkUntil: now.Add(time.Hour), LeaseUntil: now.Add(time.Hour), OpenedAt: now, TakenAt: now,
		}
		for range 30 {
			c.More = append(c.More, desk.Line{From: 7, Text: text}, desk.Line{From: 7, Text: text, Edited: true}, desk.Line{From: 20, Text: text, Message: 5})
		}
		visit := desk.Visit{
			Day: cal.Today(now), Part: desk.BeforePrayer, From: now, To: now.Add(time.Hour), Female: true, Note: text, At: now, Was: now,
			Offered: []time.Time{now, now, now}, Changed: []string{"day", "note"}, Reason: "not-offered",
		}
		for range 6 {
			visit.Intake = append(visit.Intake, desk.IntakeAnswer{Question: text, Answer: text})
		}
		for l, w := range all {
			for _, kind := range []desk.CaseKind{desk.Question, desk.Urgent, desk.Booking} {
				for _, state := range states {
					for _, holder := range []desk.PersonID{0, 20} {
						c.Kind, c.State, c.Holder = kind, state, holder
						if c.Visit = (desk.Visit{}); kind == desk.Booking {
							c.Visit = visit
						}
						v := view{w: w, faq: f, cal: cal, now: now, c: c, p: desk.Person{Unreachable: true, MutedUntil: now.Add(time.Hour)}, came: now, lapsed: c.Name}
						if holder != 0 {
							v.holder = tidyName(text) + "x"
						}
						shown, entities, err := preview.ParseHTML(v.card())
						if err != nil || units(shown) > maxMessage || len(entities) > 100 {
							t.Errorf("%s: card of %.10q, %s %s: %d units, %d entities, %v", l, text, state, kind, units(shown), len(entities), err)
						}
						if id, found := caseNumber(firstLine(shown)); !found || id != 1001 {
							t.Errorf("%s: the card's number is read as %v %v", l, id, found)
						}
						checkButtons(t, v)
					}
				}
			}
		}
	}
}

func checkButtons(t *testing.T, v view) {
	t.Helper()
	_, days := v.proposal(choice{})
	_, hours := v.proposal(choice{day: v.cal.Today(v.now).Add(1), chosen: []time.Time{v.now, v.now}})
	_, asked := v.confirmation(0)
	for _, k := range []*models.InlineKeyboardMarkup{
		v.buttons(), v.moreButtons(), v.reasonButtons(doDecline), v.replyButtons(0), days, hours, asked,
	} {
		n := 0
		for _, row := range k.InlineKeyboard {
			for _, b := range row {
				if n++; len(b.CallbackData) > 64 {
					t.Errorf("button %q has %d bytes", b.Text, len(b.CallbackData))
				}
				if _, err := parseAction(b.CallbackData); err != nil {
					t.Errorf("button %q: %q is not read", b.Text, b.CallbackData)
				}
			}
		}
		if n > 8 {
			t.Errorf("%d buttons under a %s %s", n, v.c.State, v.c.Kind)
		}
	}
}

// calendarOf is the calendar of a FAQ's clinic.
func calendarOf(t *testing.T, f *faq.FAQ) (cal *desk.Calendar) {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a test's
	d := desk.New(time.Now, func() faq.Clinic { return f.Clinic })
	err = s.View(t.Context(), func(tx *store.Tx) (err error) {
		cal, err = d.Calendar(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func TestChoice(t *testing.T) {
	at := time.Date(2026, time.November, 24, 10, 30, 0, 0, time.UTC)
	for _, c := range []choice{
		{}, {page: 3}, {day: desk.Day{Year: 2026, Month: time.November, Day: 24}}, {page: 1, day: desk.Day{Year: 2027, Month: time.January, Day: 1}, chosen: []time.Time{at}},
		{chosen: []time.Time{at, at.Add(time.Hour), at.AddDate(0, 0, 59)}, send: true},
	} {
		if got := readChoice(c.String()); !reflect.DeepEqual(got, c) {
			t.Errorf("%+v is written %q and read %+v", c, c.String(), got)
		}
	}
	for _, strange := range []string{"", "_", "x_y_z", "send", "-1_-1_-1", "0_0_1_2_3_4_5", strings.Repeat("z", 40)} {
		if c := readChoice(strange); len(c.chosen) > mostProposed {
			t.Errorf("%q: %+v", strange, c)
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
