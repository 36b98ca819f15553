package faq

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTextIn(t *testing.T) {
	all := Text{English: "hello", RomanUrdu: "salam", Urdu: "سلام"}
	for _, tt := range []struct {
		name string
		text Text
		want Language
		says string
		in   Language
	}{
		{"the language asked for", all, Urdu, "سلام", Urdu},
		{"English stands in", Text{English: "hello", Urdu: "سلام"}, RomanUrdu, "hello", English},
		{"an empty text is none", Text{English: "hello", RomanUrdu: ""}, RomanUrdu, "hello", English},
		{"without English what there is", Text{Urdu: "سلام"}, RomanUrdu, "سلام", Urdu},
		{"in the order of the languages", Text{Urdu: "سلام", RomanUrdu: "salam"}, English, "salam", RomanUrdu},
		{"nothing at all", nil, Urdu, "", Urdu},
	} {
		if says, in := tt.text.In(tt.want); says != tt.says || in != tt.in {
			t.Errorf("%s: got %q in %s, want %q in %s", tt.name, says, in, tt.says, tt.in)
		}
	}
}

func TestAbsentValues(t *testing.T) {
	f, _, err := Parse([]byte(`{"entries": [
		{"id": "a", "questions": {"en": ["what is it", "tell me"], "ur": ["یہ کیا ہے"]}, "answer": {"en": "A treatment."}},
		{"id": "b", "kind": "staff", "questions": {"en": ["price"]}, "answer": {"en": "Ask us."}, "title": {"en": "Prices"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Entry{
		{ID: "a", Kind: Answer, Title: Text{English: "what is it", Urdu: "یہ کیا ہے"}, Questions: map[Language][]string{English: {"what is it", "tell me"}, Urdu: {"یہ کیا ہے"}}, Answer: Text{English: "A treatment."}},
		{ID: "b", Kind: Staff, Title: Text{English: "Prices"}, Questions: map[Language][]string{English: {"price"}}, Answer: Text{English: "Ask us."}},
	}
	if diff := cmp.Diff(want, f.Entries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if f.Version != 1 || !f.Clinic.Example {
		t.Errorf("version %d, example %v; want 1 and true: what is not said is not promised", f.Version, f.Clinic.Example)
	}
	if len(f.SHA256) != 64 {
		t.Errorf("SHA-256 %q", f.SHA256)
	}
}

func TestEveryFieldIsRead(t *testing.T) {
	f, _, err := Parse(read(t, "testdata/good/clinic.json"))
	if err != nil {
		t.Fatal(err)
	}
	want := Clinic{
		Name: "Glamorous Clinic Islamabad", Timezone: "Asia/Karachi", Languages: []Language{English, RomanUrdu, Urdu},
		Contact:     Contact{Phone: "+92 51 0000000"},
		Hours:       Week{"mon": {"11:00-20:00"}, "fri": {"11:00-13:00", "14:30-20:00"}, "sun": nil},
		SpecialDays: []SpecialDays{{From: "2027-02-08", To: "2027-03-09", Name: "Ramadan", Hours: Week{"mon": {"11:00-16:00"}}}},
		Booking:     BookingRules{Treatments: []Treatment{{ID: "micro-needling", Name: Text{English: "Micro-needling"}}}, DaysAhead: 60, NoticeMinutes: 120, ChangeLimitMinutes: 240},
		Reminders:   ReminderRules{EveningAt: "19:00", HoursBefore: 3, Quiet: "22:00-08:00"},
	}
	if diff := cmp.Diff(want, f.Clinic); diff != "" {
		t.Errorf("clinic (-want +got):\n%s", diff)
	}
	e, ok := f.Entry("sessions-count")
	if !ok || !e.Clinical || e.Source != (Source{"longevity", "sessions"}) || !slices.Equal(e.Related, []string{"session-interval"}) {
		t.Errorf("entry %+v, %v", e, ok)
	}
	if f.Glossary[RomanUrdu]["kitne"] != "how many" || !slices.Equal(f.Links, []string{"example.org"}) || f.Documents[0].ID != "longevity" {
		t.Errorf("glossary %v, links %v, documents %v", f.Glossary, f.Links, f.Documents)
	}
}

func TestLookingUp(t *testing.T) {
	f, _ := clinicFAQ(t)
	for i := range f.Entries {
		if e, ok := f.Entry(f.Entries[i].ID); !ok || e != &f.Entries[i] {
			t.Errorf("entry %s is not found by its id", f.Entries[i].ID)
		}
	}
	if e, ok := f.Entry("no-such-entry"); ok || e != nil {
		t.Errorf("no-such-entry: %v", e)
	}
	n := 0
	for _, topic := range f.Topics {
		es := f.OfTopic(topic.ID)
		if len(es) == 0 {
			t.Errorf("the heading %s has no entries", topic.ID)
		}
		n += len(es)
	}
	if want := len(ofKind(f, Answer)); n != want {
		t.Errorf("%d answers stand under a heading, want all %d", n, want)
	}
}

func TestNormalize(t *testing.T) {
	for s, want := range map[string]string{
		"How many  sessions, do I NEED??": "how many sessions do i need",
		"  (aftercare)  ":                 "aftercare",
		"what's micro-needling":           "what s micro needling",
		"کتنے سیشن؟":                      "کتنے سیشن",
		"مائیکرو۔نیڈلنگ":                  "مائیکرو نیڈلنگ",
		"6-8 sessions":                    "6 8 sessions",
		"😀 ?!":                            "",
		"":                                "",
	} {
		if got := Normalize(s); got != want || Normalize(got) != got {
			t.Errorf("Normalize(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for _, tt := range []struct {
		s        string
		from, to int
		ok       bool
	}{
		{"11:00-20:00", 660, 1200, true},
		{"9:05-17:30", 545, 1050, true},
		{"00:00-24:00", 0, 1440, true},
		{"22:00-08:00", 1320, 480, true},
		{"11:00-11:00", 0, 0, false},
		{"11:00", 0, 0, false},
		{"11:00-", 0, 0, false},
		{"11:00-20:00-22:00", 0, 0, false},
		{"25:00-26:00", 0, 0, false},
		{"11:00 - 20:00", 0, 0, false},
		{"", 0, 0, false},
	} {
		from, to, err := Span(tt.s)
		if from != tt.from || to != tt.to || (err == nil) != tt.ok {
			t.Errorf("Span(%q) = %d, %d, %v; want %d, %d, ok %v", tt.s, from, to, err, tt.from, tt.to, tt.ok)
		}
	}
}
