// Package desk is what the clinic does: the cases that patients open and staff answer, the people on both sides, and who may
// do what. It holds the rules and nothing else. Every verb works inside a transaction that the caller has opened and leaves
// in it the changed records and the notices of what someone now has to be told; it never sends, waits or reads a clock twice.
package desk

import (
	"errors"
	"time"

	"skindesk/faq"
)

// What a caller decides on. A verb that returns one of these has changed nothing.
var (
	ErrNotFound = errors.New("not found")
	ErrNotStaff = errors.New("not on the clinic's team")
	ErrNotOwner = errors.New("belongs to someone else")
	ErrClosed   = errors.New("already closed")
)

// Desk has the verbs of patients and staff.
type Desk struct {
	now    func() time.Time
	clinic func() faq.Clinic
}

// New returns a Desk that tells the time by now and reads the clinic's own data, as it is in force, from clinic.
func New(now func() time.Time, clinic func() faq.Clinic) *Desk {
	return &Desk{now: now, clinic: clinic}
}
