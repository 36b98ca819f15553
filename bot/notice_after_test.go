package bot

import (
	"slices"
	"testing"

	"skindesk/desk"
	"skindesk/faq"
)

// A tip is an answer on keeping the result that holds on any day, whichever file the clinic has.
func TestTips(t *testing.T) {
	entry := func(id string, kind faq.Kind, topic, section, title, urdu string) faq.Entry {
		return faq.Entry{ID: id, Kind: kind, Topic: topic, Source: faq.Source{Section: section}, Title: faq.Text{faq.English: title, faq.Urdu: urdu}}
	}
	f := &faq.FAQ{Entries: []faq.Entry{
		entry("sun", faq.Answer, "keeping", "", "Do I need sunscreen?", ""),
		entry("sun-before", faq.Answer, "keeping", "", "May I go in the sun before a session?", ""),
		entry("sun-after", faq.Answer, "keeping", "", "The sun after a session", ""),
		entry("first", faq.Answer, "keeping", "", "The first days", ""),
		entry("wash", faq.Answer, "keeping", "", "Washing", "سیشن کے بعد نہانا"),
		entry("ask", faq.Staff, "keeping", "", "Which cream?", ""),
		entry("sleep", faq.Answer, "care", "keeping the results", "How much sleep?", ""),
		entry("count", faq.Answer, "sessions", "sessions", "How many sessions?", ""),
	}}
	var got []string
	for _, e := range tips(f) {
		got = append(got, e.ID)
	}
	if want := []string{"sun", "sleep"}; !slices.Equal(got, want) {
		t.Errorf("tips %q, want %q", got, want)
	}
}

func TestTipsDiffer(t *testing.T) {
	for n := len(desk.CheckInDays); n < 20; n++ {
		f := &faq.FAQ{}
		for range n {
			f.Entries = append(f.Entries, faq.Entry{ID: "e", Kind: faq.Answer, Topic: tipsTopic})
		}
		all := tips(f)
		seen := map[*faq.Entry]bool{}
		for _, day := range desk.CheckInDays {
			seen[tipOf(all, day)] = true
		}
		if len(seen) != len(desk.CheckInDays) {
			t.Errorf("of %d entries %d are said on %d days", n, len(seen), len(desk.CheckInDays))
		}
	}
}
