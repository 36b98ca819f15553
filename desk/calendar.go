package desk

import (
	"fmt"
	"math"
	"slices"
	"time"
	_ "time/tzdata" // the clinic's zone is known on any machine

	"skindesk/faq"
)

// Calendar is when the clinic is open and what follows from it: which days can be asked for, by when somebody answers, when
// nobody may be woken. Everything that depends on the clinic's time reads it. It belongs to one transaction.
//
// As long as the clinic's data is an example nothing of it is stated: the clinic then counts as always open, every day can
// be asked for, and nothing is promised.
type Calendar struct {
	clinic faq.Clinic
	zone   *time.Location
	days   []specialDays
	quiet  [2]int // minutes of the day
}

// specialDays replace the week's hours from a day to a day.
type specialDays struct {
	from, to Day
	name     string
	hours    faq.Week
}

// Calendar returns the clinic's calendar with the seasons that were begun or ended by command.
func (d *Desk) Calendar(tx Tx) (*Calendar, error) {
	seasons, err := readSeasons(tx)
	if err != nil {
		return nil, err
	}
	return newCalendar(d.clinic(), seasons)
}

func newCalendar(clinic faq.Clinic, seasons []Season) (*Calendar, error) {
	zone, err := time.LoadLocation(clinic.Timezone)
	if err != nil {
		return nil, fmt.Errorf("the clinic's time zone: %w", err)
	}
	c := &Calendar{clinic: clinic, zone: zone, quiet: [2]int{22 * 60, 8 * 60}}
	if from, to, err := faq.Span(clinic.Reminders.Quiet); err == nil && to-from < 24*60 {
		c.quiet = [2]int{from, to}
	}
	for _, s := range clinic.SpecialDays {
		from, err := ParseDay(s.From)
		if err != nil {
			return nil, fmt.Errorf("special days %q: %w", s.Name, err)
		}
		to, err := ParseDay(s.To)
		if err != nil {
			return nil, fmt.Errorf("special days %q: %w", s.Name, err)
		}
		days := specialDays{from: from, to: to, name: s.Name, hours: s.Hours}
		if i := slices.IndexFunc(seasons, func(x Season) bool { return x.Name == s.Name && x.File == from }); i >= 0 {
			days.from, days.to = seasons[i].From, seasons[i].To
		}
		c.days = append(c.days, days)
	}
	return c, nil
}

// Example tells whether the clinic's data is an example: then nothing of it may be stated or promised.
func (c *Calendar) Example() bool { return c.clinic.Example }

// Zone is the clinic's.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Today is the date in clinic time.
func (c *Calendar) Today(now time.Time) Day { return DayOf(now, c.zone) }

// Span is the time from an instant up to, but not including, another.
type Span struct{ From, To time.Time }

// Holds tells whether an instant lies in the span.
func (s Span) Holds(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }

// Hours returns when the clinic is open on a day, in order. With example data that is the whole day.
func (c *Calendar) Hours(d Day) []Span {
	if c.Example() {
		return []Span{{d.At(0, c.zone), d.Add(1).At(0, c.zone)}}
	}
	var hours []Span
	week, _ := c.week(d)
	for _, s := range week[faq.Weekdays[d.Weekday()]] {
		from, to, err := faq.Span(s)
		span := Span{d.At(from, c.zone), d.At(to, c.zone)}
		if err != nil || !span.From.Before(span.To) { // the clocks may leave a span out
			continue
		}
		if n := len(hours); n > 0 && span.From.Before(hours[n-1].To) {
			span.From = hours[n-1].To
			if !span.From.Before(span.To) {
				continue
			}
		}
		hours = append(hours, span)
	}
	return hours
}

// week returns the hours that hold on a day, and the name of the special days that set them. Of several that hold the
// shortest do: a holiday stands out of the season around it.
func (c *Calendar) week(d Day) (week faq.Week, name string) {
	week, length := c.clinic.Hours, math.MaxInt
	for _, s := range c.days {
		if n := s.from.Until(s.to); !d.Before(s.from) && !s.to.Before(d) && n < length {
			week, name, length = s.hours, s.name, n
		}
	}
	return week, name
}

// Closed tells whether the clinic is closed all day, and for which special days; with why empty it is closed on this weekday.
func (c *Calendar) Closed(d Day) (why string, closed bool) {
	if len(c.Hours(d)) > 0 {
		return "", false
	}
	_, why = c.week(d)
	return why, true
}

// Open tells whether the clinic is open.
func (c *Calendar) Open(t time.Time) bool {
	return slices.ContainsFunc(c.Hours(c.Today(t)), func(s Span) bool { return s.Holds(t) })
}

// farthest bounds the search for opening hours: a clinic that does not open for so many days is closed for good.
const farthest = 400

// opening calls do with each span of opening time after an instant, the one that holds it cut to begin there, until do
// returns false.
func (c *Calendar) opening(t time.Time, do func(Span) bool) {
	for d, n := c.Today(t), 0; n < farthest; d, n = d.Add(1), n+1 {
		for _, s := range c.Hours(d) {
			if s.From.Before(t) {
				s.From = t
			}
			if s.From.Before(s.To) && !do(s) {
				return
			}
		}
	}
}

// NextOpening returns when the clinic is open next: t itself while it is. ok is false if it never is.
func (c *Calendar) NextOpening(t time.Time) (at time.Time, ok bool) {
	c.opening(t, func(s Span) bool {
		at, ok = s.From, true
		return false
	})
	return at, ok
}

// Later returns the instant at which the clinic will have been open for so long since t; with example data, and if the
// clinic never opens, that is plain time.
func (c *Calendar) Later(t time.Time, open time.Duration) time.Time {
	if at, ok := c.later(t, open); ok && !c.Example() {
		return at
	}
	return t.Add(open)
}

func (c *Calendar) later(t time.Time, open time.Duration) (at time.Time, ok bool) {
	c.opening(t, func(s Span) bool {
		if length := s.To.Sub(s.From); length < open {
			open -= length
			return true
		}
		at, ok = s.From.Add(open), true
		return false
	})
	return at, ok
}

// answerIn is the opening time in which the team answers. roundTo makes what is promised a time that people say.
const (
	answerIn = 2 * time.Hour
	roundTo  = 15 * time.Minute
)

// Promise returns when somebody will have answered at the latest what comes in at t; it lies in opening hours, the end of
// them included. ok is false if nothing may be promised.
func (c *Calendar) Promise(t time.Time) (by time.Time, ok bool) {
	if c.Example() {
		return time.Time{}, false
	}
	by, ok = c.later(t, answerIn)
	if !ok {
		return time.Time{}, false
	}
	round := c.round(by)
	for _, s := range c.Hours(c.Today(by)) {
		if (s.Holds(by) || s.To.Equal(by)) && !round.After(s.To) {
			return round, true
		}
	}
	return by, true
}

// round moves an instant to the next quarter of an hour of the clinic's clock.
func (c *Calendar) round(t time.Time) time.Time {
	_, offset := t.In(c.zone).Zone()
	shift := time.Duration(offset) * time.Second
	up := t.Add(shift).Truncate(roundTo).Add(-shift)
	if up.Before(t) {
		up = up.Add(roundTo)
	}
	return up
}
