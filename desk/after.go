package desk

import "time"

// StayInTouch notes whether the patient wants to be asked how it goes after a visit, and to be reminded of the next. Only the patient
// may (ErrNotOwner), once the team has noted that they came (else ErrState).
func (d *Desk) StayInTouch(tx Tx, id CaseID, patient PersonID, want bool) (Case, error) {
	return d.byPatient(tx, "stay in touch after", id, patient, func(c *Case, _ time.Time) ([]Notice, error) {
		if c.State != Came {
			return nil, ErrState
		}
		c.Visit.CheckIns = want
		return nil, nil
	})
}

// MostMonths is how far ahead the reminder of the next visit may be.
const MostMonths = 24

// RemindAgain sets the day on which the patient is reminded of the next visit; the zero Day: they are not. Any of the team may, once the
// patient came (else ErrState). ErrTimes: the day is not to come, or too far ahead.
func (d *Desk) RemindAgain(tx Tx, id CaseID, by PersonID, on Day) (Case, error) {
	return d.byTeam(tx, "set the next reminder of", id, by, func(c *Case, cal *Calendar, now time.Time) ([]Notice, error) {
		today := cal.Today(now)
		switch {
		case c.State != Came:
			return nil, ErrState
		case !on.IsZero() && (!on.Exists() || !today.Before(on) || today.AddMonths(MostMonths).Before(on)):
			return nil, ErrTimes
		}
		c.Visit.NoReminder = on.IsZero()
		if !on.IsZero() {
			c.Visit.Maintenance = on
		}
		return nil, nil
	})
}
