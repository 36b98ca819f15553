package desk

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// usefulFor is how long before a visit a reminder that is late is still of use, and punctual is how late it may be and count as on
// time.
const (
	usefulFor = time.Hour
	punctual  = 10 * time.Minute
)

// listFor is how late a list of the team's may come.
const listFor = 3 * time.Hour

// staleAfter is how late what was planned for after a visit may still be said.
const staleAfter = 24 * time.Hour

// Come does with the records what the time of a notice brings, and tells whether there is something to say now. If later is set it is
// to be said then instead: nobody is written to unasked in the quiet hours, also when the program was down at the right time.
//
// Kinds that are told whenever they come due are none of its business.
func (d *Desk) Come(tx Tx, n Notice) (say bool, later time.Time, err error) {
	cal, err := d.Calendar(tx)
	if err != nil {
		return false, time.Time{}, err
	}
	now := d.now()
	waking := time.Time{}
	if cal.Quiet(now) {
		waking = cal.Waking(now)
	}
	switch n.Kind {
	case LeaseEnds:
		_, say, err = d.LeaseOver(tx, n.Case)
	case OfferOver:
		_, say, err = d.OfferExpired(tx, n.Case)
	case UrgentAgain:
		say, err = d.pingAgain(tx, n, now)
	case RemindEvening, RemindHours:
		return d.remind(tx, n, cal, now, waking)
	case MorningList, ClosingCheck:
		day := n.DayOf(cal)
		say = len(cal.Hours(day)) > 0 && now.Sub(n.Due) < listFor
	case RequestOver, PromiseOver, VisitCame, VisitMissed, CheckIn, MaintenanceDue, AnswerAdded, DraftNudge:
		if !waking.IsZero() {
			return true, waking, nil
		}
		say, err = d.friendly(tx, n, now)
	default:
		say = true
	}
	return say, time.Time{}, err
}

func isMissing(err error) bool { return errors.Is(err, ErrNotFound) }

// friendly tells whether what is said to a patient in waking hours is still true.
func (d *Desk) friendly(tx Tx, n Notice, now time.Time) (bool, error) {
	if n.Kind == DraftNudge {
		return true, nil
	}
	if n.Kind == RequestOver {
		_, ok, err := d.RequestExpired(tx, n.Case)
		return ok, err
	}
	c, err := tx.Case(n.Case)
	if err != nil {
		return false, err
	}
	stale := now.Sub(n.Due) > staleAfter
	switch n.Kind {
	case PromiseOver:
		return (c.State == Open || c.State == Requested) && !c.answered() && !stale, nil
	case VisitCame:
		return c.State == Came && !c.Visit.CheckIns && !stale, nil
	case VisitMissed:
		again, err := d.comesAgain(tx, c)
		return c.State == NoShow && !again && !stale, err
	case AnswerAdded:
		return d.wishMet(tx, c)
	case CheckIn:
		return c.State == Came && c.Visit.CheckIns && !stale, nil
	}
	again, err := d.comesAgain(tx, c) // MaintenanceDue
	return c.State == Came && c.Visit.CheckIns && !again, err
}

// comesAgain tells whether the patient has asked for another visit since, or had one.
func (d *Desk) comesAgain(tx Tx, c Case) (bool, error) {
	cs, err := tx.CasesSince(c.Patient, c.Visit.At)
	if err != nil {
		return false, fmt.Errorf("visits after case %s: %w", c.ID, err)
	}
	return slices.ContainsFunc(cs, func(o Case) bool {
		return o.ID != c.ID && o.Kind == Booking && (!o.State.Over() || o.State == Came && o.Visit.At.After(c.Visit.At))
	}), nil
}

// remind decides on a reminder: it is said, put off to the morning, or too late; then the team is asked to call.
func (d *Desk) remind(tx Tx, n Notice, cal *Calendar, now, waking time.Time) (say bool, later time.Time, err error) {
	c, err := tx.Case(n.Case)
	if err != nil || c.State != Confirmed || c.Visit.Sequence != n.N {
		return false, time.Time{}, err
	}
	r, at := c.Reminders(), c.Visit.At
	_, hours := cal.RemindAt(at)
	said := now
	if !waking.IsZero() {
		said = waking
	}
	late := !at.After(now) || said.Sub(n.Due) > punctual && at.Sub(said) <= usefulFor
	p, err := tx.Person(c.Patient)
	switch {
	case err != nil && !errors.Is(err, ErrNotFound):
		return false, time.Time{}, err
	case n.Kind == RemindEvening && !hours.After(now) && !late:
		return false, time.Time{}, nil // the other reminder comes now as well, and one is enough
	case !cal.Open(at): // the calendar was changed, and nobody has told the patient
		return false, time.Time{}, d.toCall(tx, c, CallClosed, now)
	case late:
		return false, time.Time{}, d.toCall(tx, c, CallLate, now)
	case p.Unreachable:
		return false, time.Time{}, d.toCall(tx, c, CallUnreachable, now)
	case !waking.IsZero():
		return true, waking, nil
	}
	if n.Kind == RemindEvening {
		r.Evening = now
	}
	c.Visit.Reminded = r
	return true, time.Time{}, d.note(tx, c, now)
}

// Why the team has to call a patient whom the bot could not remind.
const (
	CallClosed      = "closed"      // the clinic is closed at that hour now
	CallLate        = "late"        // the program was down
	CallUnreachable = "unreachable" // nothing can be sent to the patient
	CallFailed      = "failed"      // Telegram did not take it
)

// toCall puts a visit on the team's list of calls, once for each hour.
func (d *Desk) toCall(tx Tx, c Case, why string, now time.Time) error {
	r := c.Reminders()
	if r.Call != "" {
		return nil
	}
	r.Call = why
	c.Visit.Reminded = r
	if err := d.note(tx, c, now); err != nil {
		return err
	}
	return tx.PutNotice(Notice{ID: fmt.Sprintf("%s/%s/%d", PleaseCall, c.ID, c.Visit.Sequence), Kind: PleaseCall, Case: c.ID, Due: now})
}

// NotReminded notes that a reminder did not reach the patient, if the visit is still as it was then.
func (d *Desk) NotReminded(tx Tx, id CaseID, sequence int) error {
	c, err := tx.Case(id)
	if err != nil || c.State != Confirmed || c.Visit.Sequence != sequence || !c.Visit.At.After(d.now()) {
		return err
	}
	return d.toCall(tx, c, CallFailed, d.now())
}

// Coming notes that the patient has said that they come. Only the patient may (ErrNotOwner), to the visit that they were reminded
// of: sequence tells which hour that was. ErrDecided: that is over, or another hour holds now.
func (d *Desk) Coming(tx Tx, id CaseID, patient PersonID, sequence int) (Case, error) {
	return d.byPatient(tx, "come to", id, patient, func(c *Case, now time.Time) ([]Notice, error) {
		if c.State != Confirmed || c.Visit.Sequence != sequence || !c.Visit.At.After(now) {
			return nil, ErrDecided
		}
		r := c.Reminders()
		r.Coming = now
		c.Visit.Reminded = r
		return nil, nil
	})
}

// pingAgain counts that an urgent case is spoken of again.
func (d *Desk) pingAgain(tx Tx, n Notice, now time.Time) (bool, error) {
	c, err := tx.Case(n.Case)
	if err != nil || !c.untaken(now) || n.N != c.Pings+1 {
		return false, err
	}
	c.Pings, c.PingedAt = n.N, now
	return true, d.note(tx, c, now)
}

// note keeps what came of a notice and plans on. It is no change that anybody's buttons have to know of.
func (d *Desk) note(tx Tx, c Case, now time.Time) error {
	if err := tx.PutCase(c); err != nil {
		return fmt.Errorf("note case %s: %w", c.ID, err)
	}
	return d.planAnew(tx, c, now)
}
