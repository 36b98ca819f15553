package desk

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"skindesk/faq"
)

// week is a clinic with a Friday prayer, Ramadan and Eid.
func week() faq.Clinic {
	open := []string{"11:00-20:00"}
	return faq.Clinic{
		Timezone: "Asia/Karachi",
		Hours:    faq.Week{"mon": open, "tue": open, "wed": open, "thu": open, "fri": {"11:00-13:00", "14:30-20:00"}, "sat": open},
		SpecialDays: []faq.SpecialDays{
			{From: "2027-02-08", To: "2027-03-09", Name: "Ramadan", Hours: faq.Week{"mon": {"11:00-16:00"}, "tue": {"11:00-16:00", "20:30-23:00"}, "fri": {"11:00-12:30"}}},
			{From: "2027-03-10", To: "2027-03-12", Name: "Eid"},
			{From: "2026-12-25", To: "2026-12-25", Name: "Quaid Day"},
		},
		Booking:   faq.BookingRules{DaysAhead: 60, NoticeMinutes: 120, ChangeLimitMinutes: 240},
		Reminders: faq.ReminderRules{EveningAt: "19:00", HoursBefore: 3, Quiet: "22:00-08:00"},
	}
}

func calendar(t *testing.T, c faq.Clinic, seasons ...Season) *Calendar {
	t.Helper()
	cal, err := newCalendar(c, seasons)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// at reads "2026-11-25 15:00" as the clinic's clock shows it.
func at(t *testing.T, c *Calendar, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, c.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func day(t *testing.T, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const clock = "2006-01-02 15:04"

func TestOpeningHours(t *testing.T) {
	c := calendar(t, week())
	for _, x := range []struct{ day, want, why string }{
		{"2026-11-25", "11:00-20:00", ""},             // Wednesday
		{"2026-11-27", "11:00-13:00 14:30-20:00", ""}, // Friday
		{"2026-11-29", "", ""},                        // Sunday
		{"2026-12-25", "", "Quaid Day"},               // one day
		{"2027-02-08", "11:00-16:00", ""},             // Monday, the first of Ramadan
		{"2027-02-09", "11:00-16:00 20:30-23:00", ""}, //
		{"2027-02-10", "", "Ramadan"},                 // a weekday that the season leaves out
		{"2027-03-09", "11:00-16:00 20:30-23:00", ""}, // the last
		{"2027-03-10", "", "Eid"},                     //
		{"2027-03-13", "11:00-20:00", ""},             //
	} {
		got := ""
		for _, s := range c.Hours(day(t, x.day)) {
			if got != "" {
				got += " "
			}
			got += s.From.In(c.zone).Format("15:04") + "-" + s.To.In(c.zone).Format("15:04")
		}
		why, closed := c.Closed(day(t, x.day))
		if got != x.want || why != x.why || closed != (x.want == "") {
			t.Errorf("%s: %q, closed %v for %q; want %q for %q", x.day, got, closed, why, x.want, x.why)
		}
	}
}

func TestNextOpeningAndPromises(t *testing.T) {
	c := calendar(t, week())
	for _, x := range []struct{ at, opens, by string }{
		{"2026-11-25 09:30", "2026-11-25 11:00", "2026-11-25 13:00"},
		{"2026-11-25 15:07", "2026-11-25 15:07", "2026-11-25 17:15"}, // on the quarter
		{"2026-11-25 18:55", "2026-11-25 18:55", "2026-11-26 12:00"}, // 65 minutes are left, 55 follow
		{"2026-11-25 20:00", "2026-11-26 11:00", "2026-11-26 13:00"},
		{"2026-11-27 12:00", "2026-11-27 12:00", "2026-11-27 15:30"}, // over the prayer
		{"2026-11-27 11:00", "2026-11-27 11:00", "2026-11-27 13:00"}, // the end belongs to it
		{"2026-11-28 20:30", "2026-11-30 11:00", "2026-11-30 13:00"}, // over Sunday
		{"2027-03-09 23:30", "2027-03-13 11:00", "2027-03-13 13:00"}, // over Eid
	} {
		now := at(t, c, x.at)
		opens, ok := c.NextOpening(now)
		by, promised := c.Promise(now)
		if !ok || !promised || opens.In(c.zone).Format(clock) != x.opens || by.In(c.zone).Format(clock) != x.by {
			t.Errorf("%s: opens %v %v, promises %v %v; want %s and %s", x.at, opens, ok, by, promised, x.opens, x.by)
		}
	}
	if got := c.Later(at(t, c, "2026-11-25 19:50"), 30*time.Minute); !got.Equal(at(t, c, "2026-11-26 11:20")) {
		t.Errorf("30 opening minutes end at %v", got)
	}
}

func TestNothingIsPromisedOfAnExample(t *testing.T) {
	clinic := week()
	clinic.Example = true
	c := calendar(t, clinic)
	now := at(t, c, "2026-11-29 03:00") // a Sunday night
	if by, ok := c.Promise(now); ok {
		t.Errorf("promised by %v", by)
	}
	if got := c.Later(now, time.Hour); !got.Equal(now.Add(time.Hour)) {
		t.Errorf("an hour later is %v", got)
	}
	if got := c.Days(now, 7); len(got) != 7 || got[0] != day(t, "2026-11-29") || got[6] != day(t, "2026-12-05") {
		t.Errorf("days %v", got)
	}
	for _, w := range c.Windows(day(t, "2026-11-29"), now) {
		if !w.From.IsZero() || !w.To.IsZero() {
			t.Errorf("states hours: %v", w)
		}
	}
	shut := week()
	shut.Hours, shut.SpecialDays = nil, nil
	never := calendar(t, shut)
	if _, ok := never.Promise(now); ok || len(never.Days(now, 7)) != 0 {
		t.Error("a clinic that never opens promises something")
	}
}

func TestDaysAndWindows(t *testing.T) {
	c := calendar(t, week())
	now := at(t, c, "2026-11-27 12:15") // Friday
	var days []string
	for _, d := range c.Days(now, 7) {
		days = append(days, d.String())
	}
	want := []string{"2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"}
	if !slices.Equal(days, want) {
		t.Errorf("days %v, want %v", days, want)
	}
	for _, x := range []struct{ now, day, want string }{
		{"2026-11-25 09:00", "2026-11-26", "morning 11:00-12:00, afternoon 12:00-17:00, evening 17:00-20:00"},
		{"2026-11-25 09:00", "2026-11-27", "before-prayer 11:00-13:00, after-prayer 14:30-20:00"},
		{"2026-11-27 08:00", "2026-11-27", "before-prayer 11:00-13:00, after-prayer 14:30-20:00"},
		{"2026-11-27 12:15", "2026-11-27", "after-prayer 14:30-20:00"},
		{"2026-11-27 13:20", "2026-11-27", "after-prayer 15:30-20:00"},
		{"2026-11-27 17:31", "2026-11-27", ""},
		{"2026-11-27 10:00", "2026-11-26", ""},
		{"2026-11-27 10:00", "2026-11-29", ""},
		{"2026-11-27 10:00", "2027-02-08", "morning 11:00-12:00, afternoon 12:00-16:00"},
		{"2026-11-27 10:00", "2027-02-09", "morning 11:00-12:00, afternoon 12:00-16:00, evening 20:30-23:00"},
		{"2026-11-27 10:00", "2027-02-12", "morning 11:00-12:30"},
		{"2026-11-27 10:00", "", "morning , afternoon , evening "},
	} {
		var d Day
		if x.day != "" {
			d = day(t, x.day)
		}
		got := ""
		for _, w := range c.Windows(d, at(t, c, x.now)) {
			if got != "" {
				got += ", "
			}
			got += w.Part + " "
			if !w.From.IsZero() {
				got += w.From.In(c.zone).Format("15:04") + "-" + w.To.In(c.zone).Format("15:04")
			}
		}
		if got != x.want {
			t.Errorf("%s at %s: %q, want %q", x.day, x.now, got, x.want)
		}
	}
}

func TestQuietHours(t *testing.T) {
	c := calendar(t, week())
	for _, x := range []struct {
		at, waking, evening string
	}{
		{"2026-11-25 21:59", "2026-11-25 21:59", "2026-11-25 21:59"},
		{"2026-11-25 22:00", "2026-11-26 08:00", "2026-11-25 21:59"},
		{"2026-11-26 03:00", "2026-11-26 08:00", "2026-11-25 21:59"},
		{"2026-11-26 08:00", "2026-11-26 08:00", "2026-11-26 08:00"},
	} {
		now := at(t, c, x.at)
		waking, evening := c.Waking(now).In(c.zone).Format(clock), c.Evening(now).In(c.zone).Format(clock)
		if c.Quiet(now) != (x.at != x.waking) || waking != x.waking || evening != x.evening {
			t.Errorf("%s: quiet %v, waking %s, evening %s; want %s and %s", x.at, c.Quiet(now), waking, evening, x.waking, x.evening)
		}
	}
}

func TestSeasonsByCommand(t *testing.T) {
	const omar, sana = PersonID(9), PersonID(5)
	now := time.Time{}
	m := newMemory()
	d := New(func() time.Time { return now }, week)
	if err := d.Enlist(m, []PersonID{omar}, []PersonID{sana}); err != nil {
		t.Fatal(err)
	}
	hours := func(s string) int {
		c, err := d.Calendar(m)
		if err != nil {
			t.Fatal(err)
		}
		return len(c.Hours(day(t, s)))
	}
	now = at(t, calendar(t, week()), "2027-02-06 18:45") // the moon is announced a day early, on a Saturday
	if _, err := d.StartSeason(m, "Ramadan", Day{}, sana); !errors.Is(err, ErrNotAdmin) {
		t.Errorf("staff: %v", err)
	}
	if _, err := d.StartSeason(m, "Ramzan", Day{}, omar); !errors.Is(err, ErrNoSeason) {
		t.Errorf("unknown name: %v", err)
	}
	if _, err := d.EndSeason(m, "Ramadan", Day{}, omar); !errors.Is(err, ErrNotBegun) {
		t.Errorf("ended before it began: %v", err)
	}
	s, err := d.StartSeason(m, " ramadan ", Day{}, omar)
	if err != nil || s.From != day(t, "2027-02-07") || s.To != day(t, "2027-03-08") {
		t.Fatalf("started: %+v, %v", s, err)
	}
	if hours("2027-02-06") != 1 || hours("2027-02-10") != 0 || hours("2027-03-09") != 1 {
		t.Error("the season does not hold from the 7th to the 8th")
	}
	now = at(t, calendar(t, week()), "2027-03-07 19:10") // and ends after 29 days
	if s, err = d.EndSeason(m, "Ramadan", Day{}, omar); err != nil || s.To != day(t, "2027-03-07") || s.From != day(t, "2027-02-07") {
		t.Fatalf("ended: %+v, %v", s, err)
	}
	if s, err = d.StartSeason(m, "eid", Day{}, omar); err != nil || s.From != day(t, "2027-03-08") || s.To != day(t, "2027-03-10") {
		t.Fatalf("Eid: %+v, %v", s, err)
	}
	if hours("2027-03-08") != 0 || hours("2027-03-10") != 0 || hours("2027-03-11") != 1 {
		t.Error("Eid is not closed from the 8th to the 10th")
	}
	now = now.Add(14 * time.Hour) // in the forenoon of the next day
	if s, err = d.EndSeason(m, "eid", day(t, "2027-03-09"), omar); err != nil || s.To != day(t, "2027-03-09") {
		t.Fatalf("Eid ends: %+v, %v", s, err)
	}
	// once the file has other dates, they hold
	next := week()
	next.SpecialDays[0].From, next.SpecialDays[0].To = "2027-02-09", "2027-03-10"
	d = New(func() time.Time { return now }, func() faq.Clinic { return next })
	if hours("2027-02-08") != 1 || hours("2027-02-10") != 0 {
		t.Error("an old command holds against the file's new dates")
	}
}

func TestDay(t *testing.T) {
	type record struct {
		Day  Day `json:"day"`
		None Day `json:"none,omitzero"`
	}
	data, err := json.Marshal(record{Day: Day{2028, 2, 29}})
	if err != nil || string(data) != `{"day":"2028-02-29"}` {
		t.Errorf("%s, %v", data, err)
	}
	var back record
	if err := json.Unmarshal(data, &back); err != nil || back.Day != (Day{2028, 2, 29}) || !back.None.IsZero() {
		t.Errorf("%+v, %v", back, err)
	}
	if (Day{2026, 2, 29}).Exists() || !(Day{2028, 2, 29}).Exists() || (Day{2026, 13, 1}).Exists() || (Day{}).Exists() {
		t.Error("Exists is wrong")
	}
	if d := (Day{2026, 12, 31}).Add(1); d != (Day{2027, 1, 1}) || (Day{2026, 11, 25}).Until(Day{2026, 12, 25}) != 30 {
		t.Errorf("counted to %v", d)
	}
}

// zones move their clocks in different ways: by half an hour, at midnight, over the date line, not at all.
var zones = []string{
	"Asia/Karachi", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo", "America/St_Johns", "Pacific/Apia", "America/Santiago", "UTC",
}

// randomClinic opens at random, with split days, a season and a closure around the moment.
func randomClinic(r *rand.Rand, around Day) faq.Clinic {
	span := func(from, to int) string {
		return time.Date(2000, 1, 1, 0, from, 0, 0, time.UTC).Format("15:04") + "-" + time.Date(2000, 1, 1, 0, to, 0, 0, time.UTC).Format("15:04")
	}
	days := func() faq.Week {
		w := faq.Week{}
		for _, name := range faq.Weekdays {
			from := r.IntN(20) * 60
			for n := r.IntN(4); n > 0 && from < 22*60; n-- {
				to := min(from+15+r.IntN(300), 24*60-1)
				w[name] = append(w[name], span(from, to))
				from = to + r.IntN(180)
			}
		}
		return w
	}
	from := around.Add(r.IntN(20) - 10)
	quiet := span(r.IntN(24*60), r.IntN(24*60))
	return faq.Clinic{
		Timezone: zones[r.IntN(len(zones))], Hours: days(),
		SpecialDays: []faq.SpecialDays{
			{From: from.String(), To: from.Add(r.IntN(30)).String(), Name: "season", Hours: days()},
			{From: from.Add(5).String(), To: from.Add(5 + r.IntN(3)).String(), Name: "closure"},
		},
		Booking:   faq.BookingRules{DaysAhead: 1 + r.IntN(90), NoticeMinutes: r.IntN(600)},
		Reminders: faq.ReminderRules{Quiet: quiet},
	}
}

func TestCalendarHoldsForAnyHoursAndZone(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		now := time.Date(2026, 1, 1, 0, r.IntN(2*365*24*60), 0, 0, time.UTC)
		c := calendar(t, randomClinic(r, DayOf(now, time.UTC)))
		fail := func(format string, args ...any) {
			t.Helper()
			t.Errorf("seed %d, %s at %v: "+format, append([]any{seed, c.clinic.Timezone, now.In(c.zone)}, args...)...)
		}

		within := func(at time.Time) bool { // opening time, its ends included
			for _, d := range []Day{c.Today(at).Add(-1), c.Today(at)} {
				if slices.ContainsFunc(c.Hours(d), func(s Span) bool { return s.Holds(at) || s.To.Equal(at) }) {
					return true
				}
			}
			return false
		}
		if by, ok := c.Promise(now); ok && (!within(by) || by.Before(now)) {
			fail("promises %v outside opening hours", by.In(c.zone))
		}
		if at, ok := c.NextOpening(now); ok && (!c.Open(at) || at.Before(now) || c.Open(now) && !at.Equal(now)) {
			fail("opens next at %v", at.In(c.zone))
		}
		if w := c.Waking(now); w.Before(now) || c.Quiet(w) {
			fail("waking at %v", w.In(c.zone))
		}
		if w := c.Evening(now); w.After(now) || c.Quiet(w) {
			fail("evening at %v", w.In(c.zone))
		}
		short, long := time.Duration(r.IntN(120))*time.Minute, 5*time.Hour
		if c.Later(now, short).After(c.Later(now, short+long)) {
			fail("more opening time ends earlier")
		}
		for i, d := range c.Days(now, 7) {
			if _, closed := c.Closed(d); closed || d.Before(c.Today(now)) || c.Today(now).Until(d) > c.DaysAhead() {
				fail("offers day %d: %v", i, d)
			}
			seen := map[string]bool{}
			for _, w := range c.Windows(d, now) {
				inside := slices.ContainsFunc(c.Hours(d), func(s Span) bool { return !w.From.Before(s.From) && !w.To.After(s.To) })
				if !inside || w.From.Before(now.Add(c.Notice())) || !w.From.Before(w.To) || seen[w.Part] {
					fail("offers window %v", w)
				}
				seen[w.Part] = true
			}
		}
	}
}
