package desk

import "time"

// Tx is what the desk asks of an open transaction: plain get, list and put. What was put is seen by later gets of the same
// transaction.
type Tx interface {
	// Number returns the next number of an ever-growing counter, from 1.
	Number(counter string) (int64, error)

	// Meta returns a value that is kept under a name, and whether there is one.
	Meta(name string) (value string, found bool, err error)
	// SetMeta inserts or replaces.
	SetMeta(name, value string) error

	// Case returns ErrNotFound if there is none.
	Case(id CaseID) (Case, error)
	// PutCase inserts or replaces.
	PutCase(c Case) error
	// OpenCases lists a patient's cases that are not over, oldest first.
	OpenCases(patient PersonID) ([]Case, error)
	// CasesSince lists a patient's cases that have changed since a time, over or not, oldest first.
	CasesSince(patient PersonID, since time.Time) ([]Case, error)
	// QuestionsSince lists everybody's questions that were asked since a time, over or not, oldest first.
	QuestionsSince(since time.Time) ([]Case, error)
	// ListOpen lists everybody's cases that are not over, oldest first.
	ListOpen() ([]Case, error)
	// ByHolder lists the cases that are not over and that somebody has taken, in force or not, oldest first.
	ByHolder(holder PersonID) ([]Case, error)
	// Visits lists the bookings with a confirmed hour in the span, whatever has become of them, by hour.
	Visits(s Span) ([]Case, error)

	// Person returns ErrNotFound if there is none.
	Person(id PersonID) (Person, error)
	// PutPerson inserts or replaces.
	PutPerson(p Person) error

	// Staff returns ErrNotFound for somebody who is not on the team.
	Staff(id PersonID) (StaffMember, error)
	// PutStaff inserts or replaces.
	PutStaff(m StaffMember) error
	// DropStaff takes somebody off the team; nobody there is no error.
	DropStaff(id PersonID) error
	// ListStaff lists the team by id.
	ListStaff() ([]StaffMember, error)

	// PutInvite inserts a link to the team.
	PutInvite(i Invite) error
	// TakeInvite removes the link with this hash and returns it, or ErrNotFound.
	TakeInvite(hash []byte) (Invite, error)

	// PutNotice inserts or replaces. One that was told is not told again: then nothing happens.
	PutNotice(n Notice) error
	// DropNotices removes the notices of a case that come due after a time and are not done.
	DropNotices(c CaseID, after time.Time) error
	// DueNotices lists notices that are due at now and not done, earliest due first, then in the order they were put.
	DueNotices(now time.Time, limit int) ([]Notice, error)
	// DoneNotice marks a notice as told.
	DoneNotice(id string, now time.Time) error
}
