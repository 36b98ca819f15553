package bot

import (
	"testing"
	"time"

	"skindesk/faq"
)

func TestWhen(t *testing.T) {
	all, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, time.November, day, hour, minute, 0, 0, zone).UTC()
	}
	for _, test := range []struct {
		l    faq.Language
		at   time.Time
		want string
	}{
		{faq.English, at(24, 15, 0), "Tuesday 24 November, 3:00 pm"},
		{faq.English, at(27, 11, 30), "Friday 27 November, 11:30 am"},
		{faq.English, at(27, 0, 5), "Friday 27 November, 12:05 am"},
		{faq.RomanUrdu, at(24, 17, 0), "Mangal 24 November, shaam 5:00 baje"},
		{faq.Urdu, at(29, 9, 0), "اتوار 29 نومبر، صبح 9:00 بجے"},
	} {
		if got := all[test.l].when(test.at, zone); got != test.want {
			t.Errorf("%s: %q, want %q", test.l, got, test.want)
		}
	}
	for d, want := range map[time.Duration]string{
		30 * time.Second: "just now", 5 * time.Minute: "5 min ago", 90 * time.Minute: "1 h ago", 50 * time.Hour: "2 days ago",
	} {
		if got := all[faq.English].ago(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
