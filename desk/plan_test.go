package desk

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
)

// noorClinic is a clinic with the usual hours and reminders.
func noorClinic() faq.Clinic {
	long := []string{"11:00-20:00"}
	return faq.Clinic{
		Name: "Noor Clinic", Timezone: "Asia/Karachi",
		Hours:     faq.Week{"mon": long, "tue": long, "wed": long, "thu": long, "fri": {"11:00-13:00", "14:30-20:00"}, "sat": long},
		Booking:   faq.BookingRules{DaysAhead: 60, NoticeMinutes: 120, ChangeLimitMinutes: 240},
		Reminders: faq.ReminderRules{EveningAt: "19:00", HoursBefore: 3, Quiet: "22:00-08:00"},
	}
}

// local is a time of November 2026 at the clinic; the 24th is a Tuesday.
func local(t *testing.T, day, hour, minute int) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 11, day, hour, minute, 0, 0, zone)
}

// planned writes the notices as "kind day hour:minute".
func planned(cal *Calendar, ns []Notice) (all []string) {
	for _, n := range ns {
		all = append(all, string(n.Kind)+" "+n.Due.In(cal.zone).Format("2 15:04"))
	}
	return all
}

func TestPlanOfReminders(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return local(t, day, hour, minute) }
	for _, test := range []struct {
		name        string
		visit, now  time.Time
		evening     time.Time // when the evening reminder was said, if it was
		quiet       string
		eveningAt   string
		hoursBefore int
		want        []string
	}{
		{name: "both", visit: at(25, 12, 0), now: at(24, 11, 0), want: []string{"remind-evening 24 19:00", "remind-hours 25 09:00"}},
		{name: "confirmed after the evening's", visit: at(25, 12, 0), now: at(24, 19, 30), want: []string{"remind-hours 25 09:00"}},
		{name: "confirmed after both", visit: at(25, 12, 0), now: at(25, 9, 0)},
		{name: "three hours before is night: the evening's is enough", visit: at(25, 10, 0), now: at(24, 11, 0), want: []string{"remind-evening 24 19:00"}},
		{name: "so it is when that was said", visit: at(25, 10, 0), now: at(24, 19, 30), evening: at(24, 19, 0)},
		{name: "night, and confirmed after the evening's", visit: at(25, 10, 0), now: at(24, 20, 0), want: []string{"remind-hours 24 21:59"}},
		{name: "right at the end of the night", visit: at(25, 11, 0), now: at(24, 11, 0), want: []string{"remind-evening 24 19:00", "remind-hours 25 08:00"}},
		{name: "an evening that is night", visit: at(25, 12, 0), now: at(24, 11, 0), eveningAt: "23:00", want: []string{"remind-evening 24 21:59", "remind-hours 25 09:00"}},
		{name: "past", visit: at(24, 12, 0), now: at(24, 12, 30)},
		{name: "a day before", visit: at(26, 12, 0), now: at(24, 11, 0), hoursBefore: 24, want: []string{"remind-evening 25 19:00", "remind-hours 25 12:00"}},
	} {
		clinic := noorClinic()
		if test.quiet != "" {
			clinic.Reminders.Quiet = test.quiet
		}
		if test.eveningAt != "" {
			clinic.Reminders.EveningAt = test.eveningAt
		}
		if test.hoursBefore != 0 {
			clinic.Reminders.HoursBefore = test.hoursBefore
		}
		cal := calendar(t, clinic)
		c := Case{ID: 5, Kind: Booking, State: Confirmed, Patient: anna, Visit: Visit{At: test.visit, Sequence: 1}}
		c.Visit.Reminded = Reminders{For: test.visit, Evening: test.evening}
		got := slices.DeleteFunc(plan(c, cal, test.now), func(n Notice) bool { return n.Kind == VisitDay })
		if diff := cmp.Diff(test.want, planned(cal, got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPlanOfTheRest(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return local(t, day, hour, minute) }
	asked := at(24, 12, 0)
	booking := func(s State) Case {
		return Case{ID: 5, Kind: Booking, State: s, Patient: anna, OpenedAt: asked, AskedAt: asked, ChangedAt: asked, Visit: Visit{Sequence: 1}}
	}
	with := func(c Case, do func(*Case)) Case { do(&c); return c }
	came := with(booking(Came), func(c *Case) { c.Visit.At, c.Visit.CheckIns = at(24, 12, 0), true })
	for _, test := range []struct {
		name string
		c    Case
		now  time.Time
		call bool // somebody is on call
		want []string
	}{
		{name: "a request for a day", c: with(booking(Requested), func(c *Case) { c.Visit.Day = Day{2026, 11, 26} }), now: asked,
			want: []string{"promise 24 14:00", "request-over 26 08:00"}},
		{name: "a request that has come back when its day had passed", c: with(booking(Requested), func(c *Case) { c.Visit.Day = Day{2026, 11, 25}; c.ChangedAt = at(26, 15, 0) }), now: at(26, 15, 0),
			want: []string{"request-over 27 15:00"}},
		{name: "answered", c: with(booking(Requested), func(c *Case) { c.Visit.Day = Day{2026, 11, 26}; c.More = []Line{{At: at(24, 12, 30), From: sana}} }), now: at(24, 12, 30),
			want: []string{"request-over 26 08:00"}},
		{name: "a question on Saturday evening", c: Case{ID: 5, Kind: Question, State: Open, Patient: anna, OpenedAt: at(28, 19, 0), AskedAt: at(28, 19, 0)}, now: at(28, 19, 0),
			want: []string{"promise 30 12:00"}},
		{name: "offered", c: with(booking(Proposed), func(c *Case) { c.Visit.Offered = []time.Time{at(26, 12, 0), at(27, 12, 0)} }), now: asked,
			want: []string{"offer-over 26 10:00"}},
		{name: "taken", c: with(booking(Requested), func(c *Case) {
			c.Holder, c.LeaseUntil = sana, at(24, 12, 30)
			c.More = []Line{{At: asked, From: sana}}
			c.Visit.Day = Day{2026, 11, 25}
		}), now: asked,
			want: []string{"lease 24 12:30", "request-over 25 08:00"}},
		{name: "urgent in hours", c: Case{ID: 5, Kind: Urgent, State: Open, Patient: anna, OpenedAt: asked, AskedAt: asked}, now: asked,
			want: []string{"urgent-again 24 12:05"}},
		{name: "urgent at night", c: Case{ID: 5, Kind: Urgent, State: Open, Patient: anna, OpenedAt: at(24, 23, 0)}, now: at(24, 23, 0),
			want: []string{"urgent-again 25 11:00"}},
		{name: "urgent at night, somebody is on call", c: Case{ID: 5, Kind: Urgent, State: Open, Patient: anna, OpenedAt: at(24, 23, 0)}, now: at(24, 23, 0), call: true,
			want: []string{"urgent-again 24 23:00"}},
		{name: "urgent for the 14th time", c: Case{ID: 5, Kind: Urgent, State: Open, Patient: anna, OpenedAt: asked, Pings: 13, PingedAt: at(24, 13, 30)}, now: at(24, 13, 30),
			want: []string{"urgent-again 24 14:00"}},
		{name: "urgent, said often enough", c: Case{ID: 5, Kind: Urgent, State: Open, Patient: anna, OpenedAt: asked, Pings: pingsMost, PingedAt: asked}, now: asked},
		{name: "urgent, taken", c: Case{ID: 5, Kind: Urgent, State: Open, Patient: anna, OpenedAt: asked, Holder: sana, LeaseUntil: at(24, 12, 30)}, now: asked,
			want: []string{"lease 24 12:30"}},
		{name: "has not come", c: with(booking(NoShow), func(c *Case) { c.Visit.At = at(24, 12, 0) }), now: at(24, 15, 0), want: []string{"missed 25 10:00"}},
		{name: "has not come, noted a day later", c: with(booking(NoShow), func(c *Case) { c.Visit.At = at(24, 12, 0) }), now: at(25, 15, 0), want: []string{"missed 26 10:00"}},
		{name: "has not come, weeks ago", c: with(booking(NoShow), func(c *Case) { c.Visit.At = at(4, 12, 0) }), now: at(25, 15, 0)},
		{name: "came, and does not want to be asked", c: with(came, func(c *Case) { c.Visit.CheckIns = false }), now: at(24, 15, 0)},
		{name: "came", c: came, now: at(24, 15, 0), want: []string{"check-in 25 11:00", "check-in 27 11:00", "check-in 1 11:00", "maintenance 24 11:00"}},
		{name: "came, and wants to be asked two days later", c: came, now: at(26, 15, 0), want: []string{"check-in 27 11:00", "check-in 1 11:00", "maintenance 24 11:00"}},
		{name: "over", c: booking(Cancelled), now: asked},
	} {
		clinic := noorClinic()
		if test.call {
			clinic.OnCall = []int64{int64(sana)}
		}
		cal := calendar(t, clinic)
		if diff := cmp.Diff(test.want, planned(cal, plan(test.c, cal, test.now))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestMaintenanceIsEightMonthsLater(t *testing.T) {
	cal := calendar(t, noorClinic())
	for day, want := range map[Day]Day{
		{2026, 11, 24}: {2027, 7, 24}, {2026, 1, 31}: {2026, 9, 30}, {2026, 6, 30}: {2027, 2, 28}, {2027, 6, 29}: {2028, 2, 29}, {2026, 4, 30}: {2026, 12, 30},
	} {
		if got := (Visit{At: day.At(12*60, cal.zone)}).MaintenanceOn(cal); got != want {
			t.Errorf("after %s: %s, want %s", day, got, want)
		}
	}
	if got := (Visit{At: local(t, 24, 12, 0), Maintenance: Day{2027, 1, 5}}).MaintenanceOn(cal); got != (Day{2027, 1, 5}) {
		t.Errorf("set by the team: %s", got)
	}
}
