package desk

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// How long somebody's hold on a case lasts without an action while the patient waits, in opening time; and how long a conversation with a
// person lasts without a word.
const (
	lease   = 30 * time.Minute
	silence = 12 * time.Hour
)

// HeldBy returns who has the case at a time, or 0. A hold whose lease has run out is none.
func (c Case) HeldBy(now time.Time) PersonID {
	if c.Holder == 0 || !now.Before(c.LeaseUntil) {
		return 0
	}
	return c.Holder
}

// Talking tells whether a person talks with the patient, so that the bot only passes on.
func (c Case) Talking(now time.Time) bool { return now.Before(c.TalkUntil) }

// Waits tells whether the clinic has to say or do something.
func (c Case) Waits() bool {
	switch c.State {
	case Open, Requested:
		return true
	case Answered, Proposed, Confirmed:
		last := len(c.More) - 1
		return last >= 0 && c.More[last].From == c.Patient && !c.metBy(c.More[last])
	}
	return false
}

// metBy tells whether the team has decided on an hour since a line was written: it has met that.
func (c Case) metBy(l Line) bool {
	return (c.State == Proposed || c.State == Confirmed) && !c.DecidedAt.IsZero() && !l.At.After(c.DecidedAt)
}

// WaitsSince is since when the clinic has to say or do something: the first words of the patient's that the team has not answered.
func (c Case) WaitsSince() time.Time {
	since := c.AskedAt
	if since.IsZero() {
		since = c.OpenedAt
	}
	if c.metBy(Line{At: since}) {
		since = time.Time{}
	}
	for i, l := range c.More {
		switch {
		case c.metBy(l):
		case l.From != c.Patient && !l.At.Before(c.AskedAt):
			since = time.Time{}
		case l.From != c.Patient:
		case since.IsZero():
			since = c.More[i].At
		}
	}
	if since.IsZero() {
		return c.AskedAt
	}
	return since
}

// Take gives a case to somebody of the team. If another has it, the error is a *HeldError and says who and since when; taking
// again what one has renews the lease.
func (d *Desk) Take(tx Tx, id CaseID, by PersonID) (Case, error) {
	return d.byTeam(tx, "take", id, by, func(c *Case, _ *Calendar, now time.Time) ([]Notice, error) {
		switch holder := c.HeldBy(now); {
		case c.State.Over():
			return nil, c.ended()
		case holder != 0 && holder != by:
			return nil, &HeldError{holder, c.TakenAt}
		case holder == 0:
			c.give(by, now)
		}
		return nil, nil
	})
}

// HandBack gives a case back to the team. Only the holder may.
func (d *Desk) HandBack(tx Tx, id CaseID, by PersonID) (Case, error) {
	return d.byHolder(tx, "hand back", id, by, func(c *Case, _ *Calendar, _ time.Time) ([]Notice, error) {
		c.free()
		return nil, nil
	})
}

// Reassign gives a case to somebody of the team, whoever has it. Only an admin may (ErrNotAdmin).
func (d *Desk) Reassign(tx Tx, id CaseID, by, to PersonID) (Case, error) {
	role, err := d.Role(tx, by)
	if err == nil && role == Staff {
		err = ErrNotAdmin
	}
	if err != nil {
		return Case{}, fmt.Errorf("reassign case %s: %w", id, err)
	}
	return d.byTeam(tx, "reassign", id, by, func(c *Case, _ *Calendar, now time.Time) ([]Notice, error) {
		role, err := d.Role(tx, to)
		switch {
		case err != nil:
			return nil, err
		case role == "":
			return nil, ErrNotStaff
		case c.State.Over():
			return nil, c.ended()
		}
		c.give(to, now)
		return []Notice{c.notice(CaseReassigned, to)}, nil
	})
}

// LeaseOver frees a case whose holder's lease has run out. If the patient waits the holder is to hear of it: then ok. A lease that was
// renewed since is left.
func (d *Desk) LeaseOver(tx Tx, id CaseID) (c Case, ok bool, err error) {
	c, err = tx.Case(id)
	now := d.now()
	if err != nil || c.Holder == 0 || now.Before(c.LeaseUntil) || c.State.Over() {
		return c, false, err
	}
	lapsed := c.Holder
	c.free()
	if c.Waits() {
		c.Lapsed = lapsed
	}
	c, err = d.save(tx, c, now, c.changed())
	return c, err == nil && c.Lapsed != 0, err
}

// freeClaims gives back what somebody has who leaves the team.
func (d *Desk) freeClaims(tx Tx, id PersonID) error {
	cs, err := tx.ByHolder(id)
	if err != nil {
		return fmt.Errorf("claims of %d: %w", id, err)
	}
	for _, c := range cs {
		c.free()
		if _, err := d.save(tx, c, d.now(), c.changed()); err != nil {
			return err
		}
	}
	return nil
}

func (c *Case) give(to PersonID, now time.Time) { c.Holder, c.TakenAt, c.Lapsed = to, now, 0 }

func (c *Case) free() { c.Holder, c.TakenAt, c.LeaseUntil, c.Lapsed = 0, time.Time{}, time.Time{}, 0 }

// ended is why nothing can be done with a case that is over.
func (c *Case) ended() error {
	if c.State == Closed {
		return ErrClosed
	}
	return ErrDecided
}

// Answer records what the holder says to the patient, with the message of the team's that it is, or 0. From then on a person talks
// and the bot is silent. When the case is over anybody of the team may say one thing more, unless another has it.
func (d *Desk) Answer(tx Tx, id CaseID, by PersonID, text string, message int64) (Case, error) {
	return d.byTeam(tx, "answer", id, by, func(c *Case, _ *Calendar, now time.Time) ([]Notice, error) {
		if holder := c.HeldBy(now); holder != by && (holder != 0 || !c.State.Over()) {
			return nil, &HeldError{holder, c.TakenAt}
		}
		if c.Kind != Booking {
			c.State = Answered
		}
		if c.HeldBy(now) == 0 {
			c.give(by, now)
		}
		c.TalkUntil = now.Add(silence)
		c.More = append(slices.Clip(c.More), Line{At: now, From: by, Text: text, Message: message})
		return nil, nil
	})
}

// Amend records that somebody has changed what they had said; Retract that they have taken it back. ErrNotFound: nothing was said
// with this message. Only who has said it may (ErrNotOwner).
func (d *Desk) Amend(tx Tx, id CaseID, by PersonID, message int64, text string) (Case, error) {
	return d.onLine(tx, "amend in", id, by, message, func(l *Line) { l.Text, l.Edited = text, true })
}

// Retract is described at Amend. The holder may also take back what others have said.
func (d *Desk) Retract(tx Tx, id CaseID, by PersonID, message int64) (Case, error) {
	return d.onLine(tx, "retract from", id, by, message, func(l *Line) { l.Withdrawn = true })
}

func (d *Desk) onLine(tx Tx, what string, id CaseID, by PersonID, message int64, do func(*Line)) (Case, error) {
	return d.byTeam(tx, what, id, by, func(c *Case, _ *Calendar, now time.Time) ([]Notice, error) {
		i := slices.IndexFunc(c.More, func(l Line) bool { return l.Message == message && l.From != c.Patient && !l.Withdrawn })
		switch {
		case message == 0 || i < 0:
			return nil, ErrNotFound
		case c.More[i].From != by && c.HeldBy(now) != by:
			return nil, ErrNotOwner
		}
		c.More = slices.Clone(c.More)
		do(&c.More[i])
		return nil, nil
	})
}

// Close ends a question or an urgent case, and of a booking the conversation. Only the holder may, and anybody of the team when
// nobody has it. ErrClosed the second time; ErrState: there is no conversation. After a conversation the patient is told that the
// bot answers again.
func (d *Desk) Close(tx Tx, id CaseID, by PersonID) (Case, error) {
	return d.byTeam(tx, "close", id, by, func(c *Case, _ *Calendar, now time.Time) ([]Notice, error) {
		holder := c.HeldBy(now)
		switch {
		case c.State == Closed:
			return nil, ErrClosed
		case c.Kind == Booking && !c.Talking(now):
			return nil, ErrState
		case holder != 0 && holder != by:
			return nil, &HeldError{holder, c.TakenAt}
		}
		var notices []Notice
		if c.Talking(now) {
			notices = append(notices, c.notice(TalkOver, c.Patient))
		}
		c.TalkUntil = time.Time{}
		if c.Kind != Booking {
			c.State, c.DecidedBy = Closed, by
			c.free()
		}
		return notices, nil
	})
}

// Talk returns the case in which a person talks with the patient now, and whether there is one.
func (d *Desk) Talk(tx Tx, patient PersonID) (Case, bool, error) {
	now := d.now()
	cs, err := tx.CasesSince(patient, now.Add(-silence))
	if err != nil {
		return Case{}, false, fmt.Errorf("talk with patient %d: %w", patient, err)
	}
	cs = slices.DeleteFunc(cs, func(c Case) bool { return !c.Talking(now) })
	if len(cs) == 0 {
		return Case{}, false, nil
	}
	return slices.MaxFunc(cs, func(a, b Case) int { return a.TalkUntil.Compare(b.TalkUntil) }), true, nil
}

// mutedFor is how long the team hears nothing of a patient that it has muted.
const mutedFor = 24 * time.Hour

// Mute has nothing of a case's patient passed on for a day, but what sounds urgent; of a patient who is muted it has everything
// passed on again. Any of the team may. It returns until when the patient is muted, zero: not.
func (d *Desk) Mute(tx Tx, id CaseID, by PersonID) (until time.Time, err error) {
	c, err := d.byTeam(tx, "mute the patient of", id, by, func(*Case, *Calendar, time.Time) ([]Notice, error) { return nil, nil })
	if err != nil {
		return time.Time{}, err
	}
	p, err := tx.Person(c.Patient)
	if errors.Is(err, ErrNotFound) {
		p, err = Person{ID: c.Patient}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("mute patient %d: %w", c.Patient, err)
	}
	if now := d.now(); p.Muted(now) {
		p.MutedUntil = time.Time{}
	} else {
		p.MutedUntil = now.Add(mutedFor)
	}
	if err := tx.PutPerson(p); err != nil {
		return time.Time{}, fmt.Errorf("mute patient %d: %w", c.Patient, err)
	}
	return p.MutedUntil, nil
}

// byHolder changes a case for who has taken it.
func (d *Desk) byHolder(tx Tx, what string, id CaseID, by PersonID, do func(c *Case, cal *Calendar, now time.Time) ([]Notice, error)) (Case, error) {
	return d.byTeam(tx, what, id, by, func(c *Case, cal *Calendar, now time.Time) ([]Notice, error) {
		if c.State.Over() {
			return nil, c.ended()
		}
		if holder := c.HeldBy(now); holder != by {
			return nil, &HeldError{holder, c.TakenAt}
		}
		return do(c, cal, now)
	})
}

// byTeam changes a case for somebody of the team and has its card brought up to date. What its holder does renews the lease.
func (d *Desk) byTeam(tx Tx, what string, id CaseID, by PersonID, do func(c *Case, cal *Calendar, now time.Time) ([]Notice, error)) (Case, error) {
	fail := func(err error) (Case, error) { return Case{}, fmt.Errorf("%s case %s: %w", what, id, err) }
	role, err := d.Role(tx, by)
	if err != nil {
		return fail(err)
	}
	if role == "" {
		return fail(ErrNotStaff)
	}
	c, err := tx.Case(id)
	if err != nil {
		return fail(err)
	}
	cal, err := d.Calendar(tx)
	if err != nil {
		return fail(err)
	}
	now := d.now()
	notices, err := do(&c, cal, now)
	if err != nil {
		return fail(err)
	}
	if c.Holder != 0 && (c.Holder == by || c.TakenAt.Equal(now)) {
		c.LeaseUntil = cal.Later(now, lease)
		if !c.Waits() && c.TalkUntil.After(c.LeaseUntil) {
			c.LeaseUntil = c.TalkUntil // it is the patient's turn
		}
	}
	return d.save(tx, c, now, append([]Notice{c.changed()}, notices...)...)
}
