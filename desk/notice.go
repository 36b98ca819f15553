package desk

import "time"

// Notice is something to tell someone at a time. It never holds text: what is said is made from the records as they are
// when it comes due.
type Notice struct {
	ID   string // unique; putting the same notice again replaces it
	Kind NoticeKind
	Case CaseID
	Line int      // for LineAdded: which of Case.More, counted from 1
	Whom PersonID // a patient, or 0 for the clinic's team
	Due  time.Time
}

// NoticeKind says what a notice tells.
type NoticeKind string

// The kinds of notices.
const (
	CaseOpened  NoticeKind = "opened"  // the team gets the case's card
	CaseChanged NoticeKind = "changed" // the card is brought up to date
	LineAdded   NoticeKind = "line"    // the team gets what the patient added
)
