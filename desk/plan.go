package desk

import (
	"errors"
	"fmt"
	"time"
)

// planAnew puts what has to be told later of a case, as it is now, in place of all that was planned for it.
func (d *Desk) planAnew(tx Tx, c Case, now time.Time) error {
	if err := tx.DropNotices(c.ID, now); err != nil {
		return err
	}
	p, err := tx.Person(c.Patient)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	cal, err := d.Calendar(tx)
	if err != nil {
		return err
	}
	for _, n := range plan(c, p, cal, now) {
		if err := tx.PutNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// plan is what has to be told later of a case as it is now. It follows from the record alone, so that nothing else has to be put right when
// that changes.
func plan(c Case, _ Person, _ *Calendar, now time.Time) []Notice {
	var ns []Notice
	later := func(k NoticeKind, whom PersonID, due time.Time) {
		if due.After(now) {
			ns = append(ns, Notice{ID: fmt.Sprintf("%s/%s/%d", k, c.ID, c.Version), Kind: k, Case: c.ID, Whom: whom, Due: due})
		}
	}
	if c.Holder != 0 && (c.State == Open || c.State == Requested) {
		later(LeaseEnds, c.Holder, c.LeaseUntil)
	}
	return ns
}
