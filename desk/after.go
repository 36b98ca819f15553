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

// mostMonths is how far ahead the reminder of the next visit may be.
const mostMonths = 24

// RemindAgainIn sets after how many months the patient is reminded of the next visit; 0: not at all. Any of the team may, once the patient came
// (else ErrState). ErrTimes: that is past, or too far ahead.
func (d *Desk) RemindAgainIn(tx Tx, id CaseID, by PersonID, months int) (Case, error) {
	return d.byTeam(tx, "set the next reminder of", id, by, func(c *Case, cal *Calendar, now time.Time) ([]Notice, error) {
		on := DayOf(c.Visit.At, cal.zone).addMonths(months)
		switch {
		case c.State != Came:
			return nil, ErrState
		case months < 0 || months > mostMonths, months > 0 && !cal.Today(now).Before(on):
			return nil, ErrTimes
		}
		if c.Visit.NoReminder = months == 0; !c.Visit.NoReminder {
			c.Visit.Maintenance = on
		}
		return nil, nil
	})
}
