package desk

import (
	"slices"
	"testing"
	"time"
)

// A request is asked for, offered, picked, moved and called off: the calendar's number rises each time an hour is set or given up.
func TestSequence(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = held(Booking, Requested)
	for _, step := range []struct {
		do   verb
		by   PersonID
		at   time.Time
		want int
		told NoticeKind
	}{
		{propose(tue(15), tue(16)), sana, time.Time{}, 0, VisitOffered},
		{pick(tue(16)), anna, tue(16), 1, VisitConfirmed},
		{propose(tue(18)), sana, time.Time{}, 2, VisitOffered},
		{pick(tue(18)), anna, tue(18), 3, VisitMoved},
		{change(Visit{Day: tuesday}), anna, time.Time{}, 4, PatientChanged},
		{confirm(tue(12)), sana, tue(12), 5, VisitMoved},
		{callOff, sana, time.Time{}, 6, VisitCancelled},
	} {
		c, err := step.do(d, m, step.by)
		if err != nil || !c.Visit.At.Equal(step.at) || c.Visit.Sequence != step.want {
			t.Fatalf("at %v, sequence %d, %v, want %v, %d", c.Visit.At, c.Visit.Sequence, err, step.at, step.want)
		}
		if !slices.ContainsFunc(m.notices, func(n Notice) bool { return n.Kind == step.told && n.ID == string(step.told)+"/5/"+itoa(c.Version) }) {
			t.Errorf("nobody is told %s: %v", step.told, m.notices)
		}
	}
}

func itoa(n int64) string { return CaseID(n).String() }

func TestChangeSaysWhatChanged(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	c := held(Booking, Confirmed)
	m.cases[5] = c
	v := c.Visit
	v.Day, v.Note = tuesday.Add(2), "after work"
	got, err := change(v)(d, m, anna)
	if err != nil || !slices.Equal(got.Visit.Changed, []string{"day", "note"}) || !got.Visit.Was.Equal(tue(15)) || !got.Visit.At.IsZero() {
		t.Errorf("%+v, %v", got.Visit, err)
	}
	if got, err = d.Confirm(m, 5, sana, tue(13)); err != nil || got.Visit.Changed != nil {
		t.Errorf("confirmed: %+v, %v", got.Visit, err)
	}
}

func TestExpiry(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = held(Booking, Proposed)
	if _, ok, err := d.OfferExpired(m, 5); ok || err != nil {
		t.Errorf("expired at once: %v, %v", ok, err)
	}
	now = tue(13) // the notice before the first hour
	c, ok, err := d.OfferExpired(m, 5)
	if !ok || err != nil || c.State != Requested || c.Visit.Offered != nil {
		t.Errorf("expired: %v, %v, %+v", ok, err, c)
	}
	if _, ok, err := d.RequestExpired(m, 5); ok || err != nil {
		t.Errorf("the request has expired while its window is open: %v, %v", ok, err)
	}
	now = tue(17)
	if c, ok, err = d.RequestExpired(m, 5); !ok || err != nil || c.State != Expired {
		t.Errorf("expired: %v, %v, %+v", ok, err, c)
	}
	if _, ok, err = d.RequestExpired(m, 5); ok || err != nil {
		t.Errorf("expired twice: %v, %v", ok, err)
	}
}

func TestAskEnds(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	cal, err := d.Calendar(m)
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 0, 0, 0, karachi) }
	for _, test := range []struct {
		name string
		v    Visit
		want time.Time
	}{
		{"a window to come", Visit{Day: tuesday, From: tue(12), To: tue(17)}, tue(12)},
		{"the window that is now", Visit{Day: tuesday.Add(-1), From: at(23, 11), To: at(23, 17)}, at(23, 17)},
		{"a day to come", Visit{Day: tuesday}, at(24, 0)},
		{"today", Visit{Day: tuesday.Add(-1)}, at(24, 0)},
		{"any day", Visit{}, at(23, 0).AddDate(0, 0, 61)},
	} {
		c := Case{OpenedAt: noon.AddDate(0, 0, -9), AskedAt: noon, ChangedAt: noon, Visit: test.v}
		if got := c.AskEnds(cal); !got.Equal(test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
