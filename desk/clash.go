package desk

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Clash is a visit at whose hour the clinic is closed now, with hours that could be offered instead.
type Clash struct {
	Case    Case
	At      time.Time // that was confirmed, or offered to the patient
	Instead []time.Time
}

// Clashes lists the visits to come that the clinic's calendar, as it stands now, has no room for: it was changed since they were confirmed,
// or since the patient was offered the hour. Example data clashes with nothing.
func (d *Desk) Clashes(tx Tx) ([]Clash, error) {
	cal, err := d.Calendar(tx)
	if err != nil || cal.Example() {
		return nil, err
	}
	open, err := tx.ListOpen()
	if err != nil {
		return nil, fmt.Errorf("visits that clash: %w", err)
	}
	now := d.now()
	var all []Clash
	for _, c := range open {
		hours := c.Visit.Offered
		if c.State == Confirmed {
			hours = []time.Time{c.Visit.At}
		}
		i := slices.IndexFunc(hours, func(at time.Time) bool { return at.After(now) && !cal.Open(at) })
		if c.Kind == Booking && i >= 0 {
			all = append(all, Clash{c, hours[i], cal.instead(hours[i], now)})
		}
	}
	slices.SortFunc(all, func(a, b Clash) int { return a.At.Compare(b.At) })
	return all, nil
}

// instead returns up to three hours on the days around a visit that cannot be: at the same time of day if the clinic is open then, else
// when it opens.
func (c *Calendar) instead(at, now time.Time) []time.Time {
	h, m, _ := at.In(c.zone).Clock()
	day := c.Today(at)
	var hours []time.Time
	for n := 0; n < farthest && len(hours) < maxOffered; n++ {
		on := day.Add(n)
		spans := c.Hours(on)
		same := on.At(h*60+m, c.zone)
		switch {
		case len(spans) == 0:
			continue
		case !c.Open(same):
			same = spans[0].From
		}
		if c.serves(same, now.Add(c.Notice())) {
			hours = append(hours, same)
		}
	}
	return hours
}

// OfferInstead offers the patients of every visit that clashes other hours, in one step. Any of the team may; a visit that another holds is
// left to them. It returns the cases whose patients are asked. A second time it finds nothing to do.
func (d *Desk) OfferInstead(tx Tx, by PersonID) ([]Case, error) {
	clashes, err := d.Clashes(tx)
	if err != nil {
		return nil, err
	}
	var asked []Case
	for _, x := range clashes {
		c, err := d.Take(tx, x.Case.ID, by)
		if err == nil {
			c, err = d.Propose(tx, c.ID, by, x.Instead)
		}
		switch {
		case errors.Is(err, ErrNotHolder), errors.Is(err, ErrTimes):
			continue
		case err != nil:
			return nil, fmt.Errorf("offer other hours: %w", err)
		}
		asked = append(asked, c)
	}
	return asked, nil
}

// watchedKey is where it is kept for which state of the calendar the team was told what clashes with it.
const watchedKey = "calendar/watched"

// Watch plans that the team hears what clashes with the clinic's calendar, whenever that has changed.
func (d *Desk) Watch(tx Tx) error {
	cal, err := d.Calendar(tx)
	if err != nil {
		return err
	}
	mark := cal.mark()
	last, found, err := tx.Meta(watchedKey)
	if err != nil || found && last == mark {
		return err
	}
	if err := tx.SetMeta(watchedKey, mark); err != nil || !found {
		return err
	}
	now := d.now()
	return tx.PutNotice(Notice{ID: fmt.Sprintf("%s/%d", CalendarChanged, now.UnixMilli()), Kind: CalendarChanged, Due: now})
}

// mark is the same for the same hours and special days.
func (c *Calendar) mark() string {
	days := slices.Clone(c.days)
	return fmt.Sprint(c.clinic.Timezone, c.clinic.Example, c.clinic.Hours, days)
}
