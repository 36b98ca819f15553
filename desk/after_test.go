package desk

import (
	"errors"
	"testing"
)

func TestRemindAgain(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	c := held(Booking, Came)
	c.Visit.CheckIns = true
	m.cases[5] = c
	today := DayOf(now, calendar(t, noorClinic()).zone)
	for _, x := range []struct {
		by   PersonID
		on   Day
		want error
	}{
		{sana, today.Add(1), nil}, {sana, today.AddMonths(MostMonths), nil}, {sana, Day{}, nil},
		{sana, today, ErrTimes}, {sana, today.Add(-1), ErrTimes}, {sana, today.AddMonths(MostMonths).Add(1), ErrTimes}, {sana, Day{today.Year + 1, 2, 31}, ErrTimes},
		{anna, today.Add(1), ErrNotStaff},
	} {
		got, err := d.RemindAgain(m, 5, x.by, x.on)
		if !errors.Is(err, x.want) || (err == nil) != (x.want == nil) {
			t.Errorf("%d sets %s: %v, want %v", x.by, x.on, err, x.want)
		}
		if err == nil && (got.Visit.NoReminder != x.on.IsZero() || !x.on.IsZero() && got.Visit.Maintenance != x.on) {
			t.Errorf("%s: %+v", x.on, got.Visit)
		}
	}
	c.State = Confirmed
	m.cases[5] = c
	if _, err := d.RemindAgain(m, 5, sana, today.Add(1)); !errors.Is(err, ErrState) {
		t.Errorf("before the visit: %v", err)
	}
}
