package desk

import (
	"fmt"
	"slices"
	"time"
)

// Ahead is what the team has before it when the clinic opens.
type Ahead struct {
	Visits  []Case // of the day, by hour
	Silent  []Case // of these, whose patients have not answered the reminder
	Call    []Case // of the day and the next, whose patients could not be reminded
	Waiting []Case // what the patient waits for, the oldest first
}

// Ahead lists what the team has before it on a day.
func (d *Desk) Ahead(tx Tx, day Day) (Ahead, error) {
	cal, err := d.Calendar(tx)
	if err != nil {
		return Ahead{}, err
	}
	visits, err := d.confirmed(tx, cal, day, day.Add(2))
	if err != nil {
		return Ahead{}, err
	}
	var m Ahead
	for _, c := range visits {
		r, today := c.Reminders(), DayOf(c.Visit.At, cal.zone) == day
		p, err := tx.Person(c.Patient)
		switch {
		case err != nil && !isMissing(err):
			return Ahead{}, err
		case r.Call != "" || p.Unreachable:
			m.Call = append(m.Call, c)
		case today && !r.Evening.IsZero() && r.Coming.IsZero() && !c.heard(r.Evening):
			m.Silent = append(m.Silent, c)
		}
		if today {
			m.Visits = append(m.Visits, c)
		}
	}
	m.Waiting, err = d.waiting(tx)
	return m, err
}

// Left is what is left when the clinic closes.
type Left struct {
	Unknown []Case // visits of the day of which nobody has noted whether the patient came
	Waiting []Case
}

// Left lists what is left of a day.
func (d *Desk) Left(tx Tx, day Day) (Left, error) {
	cal, err := d.Calendar(tx)
	if err != nil {
		return Left{}, err
	}
	visits, err := d.confirmed(tx, cal, day, day.Add(1))
	if err != nil {
		return Left{}, err
	}
	now := d.now()
	waiting, err := d.waiting(tx)
	return Left{Unknown: slices.DeleteFunc(visits, func(c Case) bool { return c.Visit.At.After(now) }), Waiting: waiting}, err
}

// confirmed lists the visits that hold from a day up to another.
func (d *Desk) confirmed(tx Tx, cal *Calendar, from, to Day) ([]Case, error) {
	cs, err := tx.Visits(Span{from.At(0, cal.zone), to.At(0, cal.zone)})
	if err != nil {
		return nil, fmt.Errorf("visits from %s: %w", from, err)
	}
	return slices.DeleteFunc(cs, func(c Case) bool { return c.State != Confirmed }), nil
}

// waiting lists the cases in which the patient waits for the team.
func (d *Desk) waiting(tx Tx) ([]Case, error) {
	cs, err := tx.ListOpen()
	return slices.DeleteFunc(cs, func(c Case) bool { return !c.Waits() }), err
}

// heard tells whether the patient has said anything since.
func (c Case) heard(since time.Time) bool {
	return slices.ContainsFunc(c.More, func(l Line) bool { return l.From == c.Patient && l.At.After(since) })
}

// When the day of a clinic begins and ends whose hours may not be relied on, in minutes.
const (
	exampleOpens  = 9 * 60
	exampleCloses = 19 * 60
)

// PlanDays sees to it that the team's lists come: when the clinic opens next, and when it closes. What is planned already moves with
// the hours.
func (d *Desk) PlanDays(tx Tx) error {
	cal, err := d.Calendar(tx)
	if err != nil {
		return err
	}
	now := d.now()
	var opens, closes bool
	for day, n := cal.Today(now), 0; n < farthest && !(opens && closes); day, n = day.Add(1), n+1 {
		from, to, open := cal.day(day)
		if !open {
			continue
		}
		for _, list := range []struct {
			kind NoticeKind
			due  time.Time
			done *bool
		}{{MorningList, from, &opens}, {ClosingCheck, to, &closes}} {
			if *list.done || !list.due.After(now) {
				continue
			}
			*list.done = true
			if err := tx.PutNotice(Notice{ID: fmt.Sprintf("%s/%s", list.kind, day), Kind: list.kind, Due: list.due}); err != nil {
				return err
			}
		}
	}
	return nil
}

// DayOf is the day that a list is about. A clinic that closes at midnight closes on the day before.
func (n Notice) DayOf(cal *Calendar) Day {
	if n.Kind == ClosingCheck {
		return cal.Today(n.Due.Add(-time.Second))
	}
	return cal.Today(n.Due)
}

// day is when the clinic's working day begins and ends.
func (c *Calendar) day(d Day) (from, to time.Time, open bool) {
	hours := c.Hours(d)
	switch {
	case len(hours) == 0:
		return time.Time{}, time.Time{}, false
	case c.Example():
		return d.At(exampleOpens, c.zone), d.At(exampleCloses, c.zone), true
	}
	return hours[0].From, hours[len(hours)-1].To, true
}
