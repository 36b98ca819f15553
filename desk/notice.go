package desk

import "time"

// Notice is something to tell someone at a time. It never holds text: what is said is made from the records as they are
// when it comes due.
type Notice struct {
	ID   string // unique; putting the same notice again replaces it, unless it was told
	Kind NoticeKind
	Case CaseID
	N    int      // which one, where there are several: of LineAdded the line of Case.More, counted from 1
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
	TalkOver       NoticeKind = "talk-over" // the bot answers again
)

// What comes by itself when its time has come.
const (
	PromiseOver    NoticeKind = "promise"        // nobody has answered by when the patient was told
	RequestOver    NoticeKind = "request-over"   // what was asked for can no longer be met
	OfferOver      NoticeKind = "offer-over"     // the hours offered can no longer be chosen
	UrgentAgain    NoticeKind = "urgent-again"   // nobody has taken an urgent case; N: for the how manieth time it is said
	PleaseCall     NoticeKind = "please-call"    // the patient could not be reminded
	RemindEvening  NoticeKind = "remind-evening" // of a visit, on the evening before
	RemindHours    NoticeKind = "remind-hours"   // of a visit, some hours before
	VisitDay       NoticeKind = "visit-day"      // the card gets the buttons of the day
	VisitMissed    NoticeKind = "missed"         // on the morning after the patient has not come
	CheckIn        NoticeKind = "check-in"       // how it goes; N: days since the visit
	AnswerAdded    NoticeKind = "answer-added"   // the file answers now what the patient had asked
	MaintenanceDue NoticeKind = "maintenance"    // it is time to think of the next visit

	CalendarChanged NoticeKind = "calendar" // visits may be confirmed for when the clinic is closed now

	MorningList  NoticeKind = "morning-list"  // what the team has before it today
	ClosingCheck NoticeKind = "closing-check" // what is left when the clinic closes

	DraftNudge NoticeKind = "draft-nudge" // of a request that was begun and not sent
	DraftErase NoticeKind = "draft-erase" // nothing is said: the draft is forgotten
)
