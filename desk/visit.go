package desk

import (
	"slices"
	"time"
)

// Visit is what a booking is about: what the patient asks for, what the clinic offers, and the hour that both agreed on.
type Visit struct {
	Treatment string         `json:"treatment,omitempty"` // id, "": not sure
	Day       Day            `json:"day,omitzero"`        // asked for; zero: any day
	Part      string         `json:"part,omitempty"`      // of the day, "": any
	From      time.Time      `json:"from,omitzero"`       // the asked window, zero when the clinic's hours are not known
	To        time.Time      `json:"to,omitzero"`
	Female    bool           `json:"female,omitempty"` // a female member of staff, if the clinic can
	Note      string         `json:"note,omitempty"`
	HereOnly  bool           `json:"here_only,omitempty"` // no calls
	Intake    []IntakeAnswer `json:"intake,omitempty"`    // for the team only

	Changed  []string    `json:"changed,omitempty"`  // what the patient's last change was about: the names of the fields above
	Offered  []time.Time `json:"offered,omitempty"`  // hours to choose from
	At       time.Time   `json:"at,omitzero"`        // the hour that is confirmed
	Was      time.Time   `json:"was,omitzero"`       // the hour that was confirmed before
	Sequence int         `json:"sequence,omitempty"` // of the calendar file: how often an hour was set or called off
	Reason   string      `json:"reason,omitempty"`   // why it was declined or cancelled by the clinic

	Reminded    Reminders `json:"reminded,omitzero"`     // read with Case.Reminders
	CheckIns    bool      `json:"check_ins,omitempty"`   // the patient wants to be asked how it goes
	NoReminder  bool      `json:"no_reminder,omitempty"` // of the next visit: the team does not want it
	Maintenance Day       `json:"maintenance,omitzero"`  // of the reminder, if not the usual one
}

// IntakeAnswer is a question asked before coming, and what the patient said.
type IntakeAnswer struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// maxOffered is how many hours a patient may choose from.
const maxOffered = 3

// Propose offers the patient one to three hours to choose from, in place of what was offered or confirmed before. Only the holder
// may. ErrTimes: an hour is past, or the clinic is closed then.
func (d *Desk) Propose(tx Tx, id CaseID, by PersonID, times []time.Time) (Case, error) {
	return d.byHolder(tx, "propose hours for", id, by, func(c *Case, cal *Calendar, now time.Time) ([]Notice, error) {
		if err := c.mayDecide(); err != nil && c.State != Confirmed {
			return nil, err
		}
		times = slices.Clone(times)
		slices.SortFunc(times, time.Time.Compare)
		times = slices.CompactFunc(times, time.Time.Equal)
		if len(times) == 0 || len(times) > maxOffered {
			return nil, ErrTimes
		}
		for _, at := range times {
			if !cal.serves(at, now.Add(cal.Notice())) { // no time would be left to choose
				return nil, ErrTimes
			}
		}
		c.Visit.release()
		c.State, c.Visit.Offered, c.DecidedBy, c.DecidedAt = Proposed, times, by, now
		return []Notice{c.notice(VisitOffered, c.Patient)}, nil
	})
}

// Confirm settles an hour within what the patient has asked for, and tells them. Only the holder may. ErrTimes: the hour is past, the
// clinic is closed then, or it is not what was asked.
func (d *Desk) Confirm(tx Tx, id CaseID, by PersonID, at time.Time) (Case, error) {
	return d.byHolder(tx, "confirm", id, by, func(c *Case, cal *Calendar, now time.Time) ([]Notice, error) {
		if err := c.mayDecide(); err != nil {
			return nil, err
		}
		if !cal.serves(at, now) || !c.Visit.asked(at, cal.Zone()) {
			return nil, ErrTimes
		}
		c.DecidedAt = now
		return c.settle(at, by), nil
	})
}

// Decline says no to a request, with a reason. Only the holder may.
func (d *Desk) Decline(tx Tx, id CaseID, by PersonID, reason string) (Case, error) {
	return d.byHolder(tx, "decline", id, by, func(c *Case, _ *Calendar, _ time.Time) ([]Notice, error) {
		if err := c.mayDecide(); err != nil {
			return nil, err
		}
		c.finish(Declined, by)
		c.Visit.Reason, c.Visit.Offered = reason, nil
		return []Notice{c.notice(VisitDeclined, c.Patient)}, nil
	})
}

// CancelVisit calls a confirmed visit off for the clinic, with a reason. Only the holder may.
func (d *Desk) CancelVisit(tx Tx, id CaseID, by PersonID, reason string) (Case, error) {
	return d.byHolder(tx, "call off", id, by, func(c *Case, _ *Calendar, _ time.Time) ([]Notice, error) {
		if c.State != Confirmed {
			return nil, ErrState
		}
		c.Visit.release()
		c.finish(Cancelled, by)
		c.Visit.Reason = reason
		return []Notice{c.notice(VisitCancelled, c.Patient)}, nil
	})
}

// Came notes that the patient was there; NoShow that they were not. Any of the team may on the day of the visit and later, unless
// another has the case, and one can be put right by the other.
func (d *Desk) Came(tx Tx, id CaseID, by PersonID) (Case, error) {
	return d.attended(tx, id, by, Came, VisitCame)
}

// NoShow is described at Came; it cannot be known before the hour.
func (d *Desk) NoShow(tx Tx, id CaseID, by PersonID) (Case, error) {
	return d.attended(tx, id, by, NoShow, "")
}

func (d *Desk) attended(tx Tx, id CaseID, by PersonID, s State, tell NoticeKind) (Case, error) {
	return d.byTeam(tx, string(s), id, by, func(c *Case, cal *Calendar, now time.Time) ([]Notice, error) {
		holder, day := c.HeldBy(now), DayOf(now, cal.Zone())
		switch {
		case c.State == s:
			return nil, ErrDecided
		case c.State != Confirmed && c.State != Came && c.State != NoShow:
			return nil, ErrState
		case day.Before(DayOf(c.Visit.At, cal.Zone())), s == NoShow && now.Before(c.Visit.At):
			return nil, ErrTooEarly
		case holder != 0 && holder != by:
			return nil, &HeldError{holder, c.TakenAt}
		}
		c.finish(s, by)
		if tell == "" {
			return nil, nil
		}
		return []Notice{c.notice(tell, c.Patient)}, nil
	})
}

// Request opens a booking: Open with what is asked for.
func (d *Desk) Request(tx Tx, o Opening) (Case, error) {
	o.Kind = Booking
	return d.Open(tx, o)
}

// ChangeRequest puts what the patient now asks for in place of what they had asked, with the name and number that they give now. An hour
// that was offered or confirmed is given up and the clinic has to decide anew. Only the patient may. ErrTooLate: the confirmed hour is
// too near.
func (d *Desk) ChangeRequest(tx Tx, id CaseID, patient PersonID, o Opening) (Case, error) {
	cal, err := d.Calendar(tx)
	if err != nil {
		return Case{}, err
	}
	return d.byPatient(tx, "change", id, patient, func(c *Case, now time.Time) ([]Notice, error) {
		if err := c.mayGiveUp(cal, now); err != nil {
			return nil, err
		}
		v := o.Visit
		if v.Changed = c.differs(o); len(v.Changed) == 0 && !c.Visit.At.IsZero() {
			v.Changed = []string{"day"} // another hour of the same
		}
		c.Visit.release()
		v.Was, v.Sequence, v.Maintenance = c.Visit.Was, c.Visit.Sequence, c.Visit.Maintenance
		v.At, v.Offered, v.Reason = time.Time{}, nil, ""
		c.State, c.Visit, c.Name, c.Phone, c.AskedAt = Requested, v, o.Name, o.Phone, now
		notices := []Notice{c.notice(PatientChanged, c.dealsWith())}
		if o.Words != "" {
			notices = append(notices, c.hear(Line{From: patient, Text: o.Words}, now, true)...)
		}
		return notices, nil
	})
}

// Pick takes one of the hours offered, which confirms it. Only the patient may. ErrExpiredOffer: it is not offered, or no longer.
func (d *Desk) Pick(tx Tx, id CaseID, patient PersonID, at time.Time) (Case, error) {
	cal, err := d.Calendar(tx)
	if err != nil {
		return Case{}, err
	}
	return d.byPatient(tx, "pick an hour of", id, patient, func(c *Case, now time.Time) ([]Notice, error) {
		switch {
		case c.Kind != Booking || c.State.Over():
			return nil, ErrDecided
		case c.State == Confirmed:
			return nil, ErrDecided
		case c.State != Proposed, !slices.ContainsFunc(c.Visit.Offered, at.Equal), !now.Before(c.OfferEnds(cal)), !cal.serves(at, now):
			return nil, ErrExpiredOffer
		}
		return append(c.settle(at, c.DecidedBy), c.notice(PatientPicked, c.dealsWith())), nil
	})
}

// NoneFits says that none of the hours offered suits, with words if there are any: the clinic has to propose anew. Only the patient may.
func (d *Desk) NoneFits(tx Tx, id CaseID, patient PersonID, words string) (Case, error) {
	return d.byPatient(tx, "refuse the hours of", id, patient, func(c *Case, now time.Time) ([]Notice, error) {
		if c.State != Proposed {
			return nil, ErrExpiredOffer
		}
		c.State, c.Visit.Offered, c.AskedAt = Requested, nil, now
		notices := []Notice{c.notice(PatientNoneFits, c.dealsWith())}
		if words != "" {
			notices = append(notices, c.hear(Line{From: patient, Text: words}, now, true)...)
		}
		return notices, nil
	})
}

// CancelRequest takes a request back, or calls a confirmed visit off for the patient. Only the patient may. ErrTooLate: the hour is
// too near.
func (d *Desk) CancelRequest(tx Tx, id CaseID, patient PersonID) (Case, error) {
	cal, err := d.Calendar(tx)
	if err != nil {
		return Case{}, err
	}
	return d.byPatient(tx, "cancel", id, patient, func(c *Case, now time.Time) ([]Notice, error) {
		if err := c.mayGiveUp(cal, now); err != nil {
			return nil, err
		}
		whom := c.dealsWith()
		c.Visit.release()
		c.finish(Cancelled, patient)
		return []Notice{c.notice(PatientCancelled, whom)}, nil
	})
}

// OfferExpired puts a request back to the clinic whose hours the patient has not chosen from in time. Hours that can still be chosen
// are left: ok is false.
func (d *Desk) OfferExpired(tx Tx, id CaseID) (c Case, ok bool, err error) {
	return d.expire(tx, id, func(c *Case, cal *Calendar, now time.Time) bool {
		if c.State != Proposed || now.Before(c.OfferEnds(cal)) {
			return false
		}
		c.State, c.Visit.Offered = Requested, nil
		return true
	})
}

// RequestExpired ends a request that nobody has answered until it was too late. One that has been answered is left: ok is false.
func (d *Desk) RequestExpired(tx Tx, id CaseID) (c Case, ok bool, err error) {
	return d.expire(tx, id, func(c *Case, cal *Calendar, now time.Time) bool {
		if c.State != Requested || now.Before(c.AskEnds(cal)) {
			return false
		}
		c.finish(Expired, 0)
		return true
	})
}

func (d *Desk) expire(tx Tx, id CaseID, do func(c *Case, cal *Calendar, now time.Time) bool) (c Case, ok bool, err error) {
	if c, err = tx.Case(id); err != nil {
		return c, false, err
	}
	cal, err := d.Calendar(tx)
	if err != nil {
		return c, false, err
	}
	now := d.now()
	if !do(&c, cal, now) {
		return c, false, nil
	}
	c, err = d.save(tx, c, now, c.changed())
	return c, err == nil, err
}

// OfferEnds is when the hours offered can no longer be chosen: the notice before the first of them. Zero: nothing is offered.
func (c Case) OfferEnds(cal *Calendar) time.Time {
	if len(c.Visit.Offered) == 0 {
		return time.Time{}
	}
	return c.Visit.Offered[0].Add(-cal.Notice())
}

// AskEnds is when a request that nobody has answered can no longer be met: the window or the day that was asked for begins, or, if it was
// asked for on the same day, ends; any day is as far ahead as can be asked for.
func (c Case) AskEnds(cal *Calendar) time.Time {
	v, zone := c.Visit, cal.Zone()
	switch {
	case v.Day.IsZero() && v.From.IsZero():
		return DayOf(c.AskedAt, zone).Add(cal.DaysAhead()+1).At(0, zone)
	case v.From.After(c.ChangedAt):
		return v.From
	case !v.To.IsZero():
		return v.To
	}
	if begin := v.Day.At(0, zone); begin.After(c.ChangedAt) {
		return begin
	}
	return v.Day.Add(1).At(0, zone)
}

// mayDecide tells whether the clinic has still to decide on a request.
func (c *Case) mayDecide() error {
	switch {
	case c.Kind != Booking:
		return ErrState
	case c.State.Over() || c.State == Confirmed:
		return ErrDecided
	}
	return nil
}

// mayGiveUp tells whether the patient may change or cancel.
func (c *Case) mayGiveUp(cal *Calendar, now time.Time) error {
	switch {
	case c.Kind != Booking:
		return ErrState
	case c.State.Over():
		return ErrDecided
	case c.State == Confirmed && !now.Before(c.Visit.At.Add(-cal.ChangeLimit())):
		return ErrTooLate
	}
	return nil
}

// dealsWith is who of the team has the case or, when nobody has, decided on it last; 0: nobody.
func (c *Case) dealsWith() PersonID {
	if c.Holder == 0 && c.DecidedBy != c.Patient {
		return c.DecidedBy
	}
	return c.Holder
}

// settle confirms an hour.
func (c *Case) settle(at time.Time, by PersonID) []Notice {
	kind := VisitConfirmed
	if c.Visit.Sequence > 0 {
		kind = VisitMoved
	}
	c.State, c.DecidedBy = Confirmed, by
	c.Visit.At, c.Visit.Offered, c.Visit.Changed = at, nil, nil
	c.Visit.Sequence++
	return []Notice{c.notice(kind, c.Patient)}
}

// finish ends a booking.
func (c *Case) finish(s State, by PersonID) {
	c.State, c.DecidedBy = s, by
	c.free()
}

// release gives up the hour that was confirmed, if one was.
func (v *Visit) release() {
	if !v.At.IsZero() {
		v.Was, v.At = v.At, time.Time{}
		v.Sequence++
	}
	v.Offered = nil
}

// GivenUp tells whether an hour was confirmed and holds no longer, with no other in its place.
func (v Visit) GivenUp() bool { return !v.Was.IsZero() && v.At.IsZero() }

// asked tells whether an hour is within what the patient has asked for.
func (v *Visit) asked(at time.Time, zone *time.Location) bool {
	switch {
	case !v.From.IsZero():
		return !at.Before(v.From) && at.Before(v.To)
	case !v.Day.IsZero():
		return DayOf(at, zone) == v.Day
	}
	return true
}

// differs names what another wish has different.
func (c *Case) differs(o Opening) (fields []string) {
	v, w := c.Visit, o.Visit
	for name, differs := range map[string]bool{
		"treatment": v.Treatment != w.Treatment, "day": v.Day != w.Day, "part": v.Part != w.Part, "female": v.Female != w.Female,
		"note": v.Note != w.Note, "here_only": v.HereOnly != w.HereOnly, "intake": !slices.Equal(v.Intake, w.Intake),
		"name": c.Name != o.Name, "phone": c.Phone != o.Phone,
	} {
		if differs {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}

// serves tells whether somebody can be seen at an hour: it is to come, and the clinic is open.
func (c *Calendar) serves(at, now time.Time) bool { return at.After(now) && c.Open(at) }
