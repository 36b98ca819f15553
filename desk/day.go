package desk

import (
	"cmp"
	"fmt"
	"time"
)

// Day is a date in clinic time. The zero Day stands for any day, or none.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the date that an instant falls on in a zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Day{y, m, d}
}

// ParseDay reads "2026-12-25".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is no date", s)
	}
	return DayOf(t, time.UTC), nil
}

// String writes a day as "2026-12-25", and the zero Day as "".
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero tells whether this is no particular day.
func (d Day) IsZero() bool { return d == Day{} }

// Exists tells whether the calendar has this day: the 31st of February it has not.
func (d Day) Exists() bool { return DayOf(d.noon(), time.UTC) == d && d.Year > 0 }

// Compare is negative if d lies before other, 0 if they are the same day.
func (d Day) Compare(other Day) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before tells whether d lies before other.
func (d Day) Before(other Day) bool { return d.Compare(other) < 0 }

// Add returns the day n days later, or earlier if n is negative.
func (d Day) Add(n int) Day { return DayOf(d.noon().AddDate(0, 0, n), time.UTC) }

// AddMonths returns the same day of a later month, or its last if it has no such day.
func (d Day) AddMonths(n int) Day {
	last := DayOf(Day{d.Year, d.Month + time.Month(n) + 1, 0}.noon(), time.UTC)
	if on := (Day{last.Year, last.Month, d.Day}); on.Exists() {
		return on
	}
	return last
}

// Until counts the days from d to other; it is negative if other lies before d.
func (d Day) Until(other Day) int { return int(other.noon().Sub(d.noon()) / (24 * time.Hour)) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.noon().Weekday() }

// noon is the day's noon where no clock is ever moved: days are counted with it.
func (d Day) noon() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// At returns the instant at which clocks in the zone show so many minutes after midnight. A time that a change of clocks
// leaves out becomes the one right after or before.
func (d Day) At(minutes int, zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, zone)
}

// MarshalText writes a day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText has written.
func (d *Day) UnmarshalText(text []byte) (err error) {
	if *d = (Day{}); len(text) > 0 {
		*d, err = ParseDay(string(text))
	}
	return err
}
