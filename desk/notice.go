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

// The kinds of notices for the team.
const (
	CaseOpened     NoticeKind = "opened"     // the group gets the case's card
	CaseChanged    NoticeKind = "changed"    // the card is brought up to date
	LineAdded      NoticeKind = "line"       // the group gets what the patient added
	CaseReassigned NoticeKind = "reassigned" // somebody has been given the case by an admin
	LeaseEnds      NoticeKind = "lease"      // the holder has done nothing for too long

	PatientChanged   NoticeKind = "patient-changed" // the patient asks for something else
	PatientPicked    NoticeKind = "patient-picked"
	PatientNoneFits  NoticeKind = "patient-none"
	PatientCancelled NoticeKind = "patient-cancelled"
)

// The kinds of notices for the patient.
const (
	VisitOffered   NoticeKind = "offered"
	VisitConfirmed NoticeKind = "confirmed"
	VisitMoved     NoticeKind = "moved" // confirmed, after another hour had been
	VisitDeclined  NoticeKind = "declined"
	VisitCancelled NoticeKind = "called-off" // by the clinic
	VisitCame      NoticeKind = "came"
	DraftNudge     NoticeKind = "draft-nudge" // of a request that was begun and not sent
	DraftErase     NoticeKind = "draft-erase" // nothing is said: the draft is forgotten
	TalkOver       NoticeKind = "talk-over"   // the bot answers again
)
