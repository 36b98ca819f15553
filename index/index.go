// Package index finds the answer: a patient's question goes in, a verdict comes out. The verdict says whether to answer, to
// offer a choice, to hand over to the clinic or to say plainly that nothing fits, and carries the scores that explain it.
//
// An Index is made from one faq.FAQ and never changes; Live holds the current one and switches to the next in one step.
// Nothing in here knows a particular clinic or treatment: what is found is decided by the loaded file and by language alone.
// The alarm rules of RedFlag are built in and always on.
package index

import "skindesk/faq"

// Kind is what a message turned out to be.
type Kind string

// The kinds of verdicts. All but Choose and Unknown are also kinds of entries.
const (
	KindAnswer   Kind = "answer"
	KindChoose   Kind = "choose"  // close candidates: the patient picks
	KindStaff    Kind = "staff"   // known to be a question for the clinic
	KindUnknown  Kind = "unknown" // nothing fits
	KindBooking  Kind = "booking"
	KindHuman    Kind = "human"
	KindUrgent   Kind = "urgent"
	KindChitchat Kind = "chitchat"
	KindOffTopic Kind = "offtopic"
	KindAbuse    Kind = "abuse"
)

// Question is what a patient wrote.
type Question struct {
	Text  string
	After string // id of the entry answered just before, or empty; unknown ids are ignored
}

// Answer is the verdict on a question.
type Answer struct {
	Kind     Kind
	Entries  []string     // ids of the entries to be said, at most 2
	Choices  []string     // ids of the entries to be offered as buttons, at most 3
	Scores   []Score      // the five best entries, best first
	Language faq.Language // guessed from the text
	Alarm    Alarm        // the red flag that made it urgent, else zero
	Followed bool         // the entry answered before was used to understand the question
	Next     []string     // the candidates after those said or offered, best first, at most 5, for "not what I meant"
}

// Score is how well an entry fits a question: higher is surer, comparable between questions.
type Score struct {
	ID       string
	Kind     faq.Kind // of the entry
	Value    float64
	Phrasing string             // the question of the entry that matched best
	Parts    map[string]float64 // what the value is made of, by name
}
