package desk

import "time"

// Window is a part of a day that a visit can be asked for. Its times are zero where none may be stated: with example data,
// and where no day is chosen.
type Window struct {
	Part string
	Span
}

// The parts of a day. On a day that the clinic interrupts for the Friday prayer there are two.
const (
	Morning      = "morning"
	Afternoon    = "afternoon"
	Evening      = "evening"
	BeforePrayer = "before-prayer"
	AfterPrayer  = "after-prayer"
)

// parts are the parts of an ordinary day, with the minute at which each ends.
var parts = []struct {
	name string
	to   int
}{{Morning, 12 * 60}, {Afternoon, 17 * 60}, {Evening, 24 * 60}}

// DaysAhead is how many days ahead a visit can be asked for.
func (c *Calendar) DaysAhead() int {
	if n := c.clinic.Booking.DaysAhead; n > 0 {
		return n
	}
	return 60
}

// Days returns the next n days that a visit can be asked for, today included while there is still time.
func (c *Calendar) Days(now time.Time, n int) []Day { return c.DaysFrom(c.Today(now), now, n) }

// DaysFrom is like Days, beginning with a day.
func (c *Calendar) DaysFrom(d Day, now time.Time, n int) []Day {
	today := c.Today(now)
	if d.Before(today) {
		d = today
	}
	var days []Day
	for ; len(days) < n && today.Until(d) <= c.DaysAhead(); d = d.Add(1) {
		if len(c.Windows(d, now)) > 0 {
			days = append(days, d)
		}
	}
	return days
}

// shortest is how long a part of a day has to be to stand on its own, and how much of it has to be left.
const shortest = 30 * time.Minute

// Windows returns the parts of a day that a visit can still be asked for, in order; none on a day that has passed or is
// closed. The zero Day has every part of an ordinary day.
func (c *Calendar) Windows(d Day, now time.Time) []Window {
	earliest := now.Add(c.Notice())
	var windows []Window
	switch {
	case d.IsZero() || c.Example():
		for _, p := range parts {
			if d.IsZero() || d.At(p.to, c.zone).Sub(earliest) >= shortest {
				windows = append(windows, Window{Part: p.name})
			}
		}
		return windows
	case d.Weekday() == time.Friday && len(c.Hours(d)) == 2:
		hours := c.Hours(d)
		windows = []Window{{BeforePrayer, hours[0]}, {AfterPrayer, hours[1]}}
	default:
		windows = c.cut(d)
	}
	var left []Window
	for _, w := range windows {
		if w.From.Before(earliest) {
			w.From = c.round(earliest)
		}
		if w.To.Sub(w.From) >= shortest {
			left = append(left, w)
		}
	}
	return left
}

// cut divides the opening hours of a day into its parts. What would be left of a span beyond a border, if it is short, stays
// with the part before; of two pieces of one part the longer gives the window.
func (c *Calendar) cut(d Day) []Window {
	var windows []Window
	add := func(w Window) {
		if n := len(windows); n > 0 && windows[n-1].Part == w.Part {
			if last := windows[n-1]; w.To.Sub(w.From) > last.To.Sub(last.From) {
				windows[n-1] = w
			}
			return
		}
		windows = append(windows, w)
	}
	const tail = 90 * time.Minute // an evening of an hour is a long afternoon
	for _, s := range c.Hours(d) {
		for _, p := range parts {
			end := d.At(p.to, c.zone)
			if !s.From.Before(end) {
				continue
			}
			if s.To.Sub(end) < tail {
				end = s.To
			}
			if end.Sub(s.From) >= shortest {
				add(Window{p.name, Span{s.From, end}})
				s.From = end
			}
			if !s.From.Before(s.To) {
				break
			}
		}
	}
	return windows
}
