// Package faq is what the clinic says: the entries of faq.json, each with the questions that patients ask and the answer
// in up to three languages, together with the clinic's own data (hours, treatments, ready-made replies).
//
// A FAQ comes out of Parse whole and checked, or not at all; every fault is reported at once with its place and a hint.
// It is never changed afterwards: an edited file makes a new one, and Compare tells what is different.
package faq

// Language is a BCP 47 tag of a language that patients write and texts are written in.
type Language string

// The languages that the clinic's patients use. Roman Urdu is Urdu in Latin letters.
const (
	English   Language = "en"
	RomanUrdu Language = "ur-Latn"
	Urdu      Language = "ur"
)

// Languages lists them in the order in which they are shown.
var Languages = []Language{English, RomanUrdu, Urdu}

// Kind says what an entry is for.
type Kind string

// The kinds of entries. An Answer is said as it stands; a Staff entry marks what only the clinic can answer; the others
// are things that people write to a clinic and that are no question about a treatment.
const (
	Answer   Kind = "answer"
	Staff    Kind = "staff"
	Booking  Kind = "booking"
	Human    Kind = "human"
	Urgent   Kind = "urgent"
	Chitchat Kind = "chitchat"
	OffTopic Kind = "offtopic"
	Abuse    Kind = "abuse"
)

// About says what an entry of the kind Booking is about when it is no wish for a visit.
type About string

// What can be asked about: whether one may just come and what has to be paid before; or a visit that was asked for already: how it
// stands, another time, calling it off, coming late.
const (
	AboutWalkIn About = "walk-in"
	AboutStatus About = "status"
	AboutChange About = "change"
	AboutCancel About = "cancel"
	AboutLate   About = "late"
)

// Abouts lists them.
var Abouts = []About{AboutWalkIn, AboutStatus, AboutChange, AboutCancel, AboutLate}

// Kinds lists every kind.
var Kinds = []Kind{Answer, Staff, Booking, Human, Urgent, Chitchat, OffTopic, Abuse}

// Fact is something that the clinic has said of itself in its data.
type Fact string

// The facts that patients ask about.
const (
	Hours   Fact = "hours"
	Address Fact = "address"
	Phone   Fact = "phone"
)

// FactsKnown lists every fact.
var FactsKnown = []Fact{Hours, Address, Phone}

// Text is a text in one or more languages.
type Text map[Language]string

// In returns the text in the language, else in English, else in the first language there is, and the language it is in.
// An empty Text gives an empty string.
func (t Text) In(want Language) (string, Language) {
	for _, l := range append([]Language{want, English}, Languages...) {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	return "", want
}

// FAQ is a loaded and checked faq.json.
type FAQ struct {
	Schema    string                         `json:"$schema"` // for editors; not read
	Version   int                            `json:"version"` // of the file's shape: 1
	Clinic    Clinic                         `json:"clinic"`
	Replies   []Reply                        `json:"replies"`
	Intake    []Intake                       `json:"intake"`
	Documents []Document                     `json:"documents"`
	Topics    []Topic                        `json:"topics"`
	Glossary  map[Language]map[string]string `json:"glossary"` // word lists that help finding; never shown
	Links     []string                       `json:"links"`    // the hosts that answers may link to
	Entries   []Entry                        `json:"entries"`

	SHA256 string `json:"-"` // of the file's bytes, in hexadecimal

	byID map[string]int
}

// Entry is one thing the clinic says.
type Entry struct {
	ID        string                `json:"id"`
	Kind      Kind                  `json:"kind"`
	Clinic    Fact                  `json:"clinic"` // what of the clinic's own data is said instead of the answer, once it is set
	Topic     string                `json:"topic"`
	About     About                 `json:"about"`    // of a Booking entry that is no wish for a visit
	Clinical  bool                  `json:"clinical"` // shown with the line "general information, not advice for you"
	Title     Text                  `json:"title"`
	Questions map[Language][]string `json:"questions"`
	Answer    Text                  `json:"answer"` // Telegram's HTML, checked
	Source    Source                `json:"source"`
	Related   []string              `json:"related"`   // ids of entries
	Reviewed  string                `json:"reviewed"`  // the date a clinician signed, YYYY-MM-DD, or empty
	ReviewBy  string                `json:"review_by"` // the date of the next review, YYYY-MM-DD, or empty
}

// Source is the place in the clinic's documents that an answer rests on.
type Source struct {
	Document string `json:"document"`
	Section  string `json:"section"`
}

// Topic is a heading of the menu; its entries are those that carry its id.
type Topic struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
}

// Document is something the clinic has written and answers rest on.
type Document struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Reply is a ready-made answer for staff.
type Reply struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
	Text  Text   `json:"text"`
}

// Intake is a question that a patient is asked before coming.
type Intake struct {
	ID       string `json:"id"`
	Question Text   `json:"question"`
}

// Entry returns the entry with the id and whether there is one.
func (f *FAQ) Entry(id string) (*Entry, bool) {
	i, ok := f.byID[id]
	if !ok {
		return nil, false
	}
	return &f.Entries[i], true
}

// OfTopic returns the entries of a topic that state an answer, in the order of the file.
func (f *FAQ) OfTopic(topic string) []*Entry {
	var es []*Entry
	for i := range f.Entries {
		if e := &f.Entries[i]; e.Topic == topic && e.Kind == Answer {
			es = append(es, e)
		}
	}
	return es
}

// Asked returns the entry's questions in every language, in a fixed order of languages.
func (e *Entry) Asked() []string {
	var qs []string
	for _, l := range Languages {
		qs = append(qs, e.Questions[l]...)
	}
	return qs
}
