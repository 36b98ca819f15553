// Package desk is what the clinic does: the cases that patients open and staff answer, the people on both sides, and who may
// do what. It holds the rules and nothing else. Every verb works inside a transaction that the caller has opened and leaves
// in it the changed records and the notices of what someone now has to be told; it never sends, waits or reads a clock twice.
package desk

import (
	"errors"
	"fmt"
	"time"

	"skindesk/faq"
)

// What a caller decides on. A verb that returns one of these has changed nothing.
var (
	ErrNotFound     = errors.New("not found")
	ErrNotStaff     = errors.New("not on the clinic's team")
	ErrNotOwner     = errors.New("belongs to someone else")
	ErrNotHolder    = errors.New("held by someone else or by nobody") // always a *HeldError, which says by whom
	ErrClosed       = errors.New("already closed")
	ErrDecided      = errors.New("already decided")
	ErrState        = errors.New("not possible as things stand")
	ErrTimes        = errors.New("not one to three hours to come, each when the clinic is open")
	ErrTooEarly     = errors.New("too early to know")
	ErrTooLate      = errors.New("too late to change")
	ErrExpiredOffer = errors.New("no longer offered")
	ErrInvite       = errors.New("no link to the team, or one that is used up")
	ErrBySettings   = errors.New("on the team by the settings")
)

// HeldError says who has a case, when somebody else wanted to act on it. It is an ErrNotHolder.
type HeldError struct {
	Holder PersonID // 0: nobody has taken it
	Since  time.Time
}

func (e *HeldError) Error() string {
	if e.Holder == 0 {
		return "not taken by anybody"
	}
	return fmt.Sprintf("taken by %d", e.Holder)
}

// Is makes every HeldError an ErrNotHolder.
func (e *HeldError) Is(target error) bool { return target == ErrNotHolder }

// Desk has the verbs of patients and staff.
type Desk struct {
	now    func() time.Time
	clinic func() faq.Clinic
}

// New returns a Desk that tells the time by now and reads the clinic's own data, as it is in force, from clinic.
func New(now func() time.Time, clinic func() faq.Clinic) *Desk {
	return &Desk{now: now, clinic: clinic}
}
