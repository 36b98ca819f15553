package desk

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"skindesk/faq"
)

// CaseID is the number under which people speak of a case.
type CaseID int64

func (id CaseID) String() string { return strconv.FormatInt(int64(id), 10) }

// firstCase is added to the counter: a number of four digits is noticed in a text and not taken for a count.
const firstCase = 1000

// CaseKind says what a case is about.
type CaseKind string

// The kinds of cases.
const (
	Question CaseKind = "question"
	Booking  CaseKind = "booking"
	Urgent   CaseKind = "urgent"
)

// State is how far a case has come.
type State string

// The states of cases. A booking starts as Requested, the others as Open.
const (
	Open      State = "open"
	Requested State = "requested"
	Answered  State = "answered"
	Closed    State = "closed"
)

// Case is something that the clinic has to deal with.
type Case struct {
	ID         CaseID       `json:"id"`
	Kind       CaseKind     `json:"kind"`
	State      State        `json:"state"`
	Version    int64        `json:"version"` // rises with every change
	Patient    PersonID     `json:"patient"`
	Language   faq.Language `json:"language"`
	Name       string       `json:"name,omitempty"`
	Phone      string       `json:"phone,omitempty"`
	Words      string       `json:"words"`           // what the patient wrote
	Topic      string       `json:"topic,omitempty"` // id of the entry it is about
	Said       string       `json:"said,omitempty"`  // what the bot had answered
	More       []Line       `json:"more,omitempty"`  // what either side added later, oldest first
	Holder     PersonID     `json:"holder,omitempty"`
	LeaseUntil time.Time    `json:"lease_until,omitzero"`
	OpenedAt   time.Time    `json:"opened_at"`
	ChangedAt  time.Time    `json:"changed_at"`
}

// Line is something said in a case after it was opened.
type Line struct {
	At     time.Time `json:"at"`
	From   PersonID  `json:"from"`
	Text   string    `json:"text"`
	Edited bool      `json:"edited,omitempty"` // replaces something the patient had written before
}

// Opening is what a patient's case starts with.
type Opening struct {
	Kind     CaseKind
	Patient  PersonID
	Language faq.Language
	Name     string
	Phone    string
	Words    string
	Topic    string
	Said     string
}

// Open opens a case, gives it a number and tells the team.
func (d *Desk) Open(tx Tx, o Opening) (Case, error) {
	n, err := tx.Number("case")
	if err != nil {
		return Case{}, fmt.Errorf("open a case of patient %d: %w", o.Patient, err)
	}
	now := d.now()
	c := Case{
		ID: CaseID(firstCase + n), Kind: o.Kind, State: o.Kind.first(), Patient: o.Patient, Language: o.Language,
		Name: o.Name, Phone: o.Phone, Words: o.Words, Topic: o.Topic, Said: o.Said, OpenedAt: now,
	}
	return d.save(tx, c, now, Notice{ID: "opened/" + c.ID.String(), Kind: CaseOpened})
}

// Add puts the patient's later words to the case: the team gets them under the card. A case that was closed is open again.
// Only its patient may, everybody else gets ErrNotOwner.
func (d *Desk) Add(tx Tx, id CaseID, patient PersonID, text string) (Case, error) {
	return d.add(tx, id, Line{From: patient, Text: text}, true)
}

// Append puts the patient's later words onto the card without a message of their own: for what is said while nobody of the
// team has answered yet. Only the patient may.
func (d *Desk) Append(tx Tx, id CaseID, patient PersonID, text string) (Case, error) {
	return d.add(tx, id, Line{From: patient, Text: text}, false)
}

// Correct puts to the case that the patient has changed what they had written. Only the patient may.
func (d *Desk) Correct(tx Tx, id CaseID, patient PersonID, text string) (Case, error) {
	return d.add(tx, id, Line{From: patient, Text: text, Edited: true}, true)
}

func (d *Desk) add(tx Tx, id CaseID, l Line, tell bool) (Case, error) {
	c, err := owned(tx, id, l.From)
	if err != nil {
		return Case{}, fmt.Errorf("add to case %s: %w", id, err)
	}
	l.At = d.now()
	c.More = append(slices.Clip(c.More), l)
	if c.State == Closed {
		c.State = c.Kind.first()
	}
	notices := []Notice{c.changed()}
	if tell {
		notices = append(notices, c.line())
	}
	return d.save(tx, c, l.At, notices...)
}

// GivePhone puts the patient's phone number to the case and tells the team under the card. Only the patient may.
func (d *Desk) GivePhone(tx Tx, id CaseID, patient PersonID, phone string) (Case, error) {
	c, err := owned(tx, id, patient)
	if err != nil {
		return Case{}, fmt.Errorf("give a phone to case %s: %w", id, err)
	}
	now := d.now()
	c.Phone = phone
	c.More = append(slices.Clip(c.More), Line{At: now, From: patient, Text: phone})
	if c.State == Closed {
		c.State = c.Kind.first()
	}
	return d.save(tx, c, now, c.changed(), c.line())
}

// Answer records what somebody of the team says to the patient. It is theirs to say also when the case was answered or closed
// before: then it stands as answered. Others get ErrNotStaff.
func (d *Desk) Answer(tx Tx, id CaseID, by PersonID, text string) (Case, error) {
	c, err := d.decided(tx, id, by)
	if err != nil {
		return Case{}, fmt.Errorf("answer case %s: %w", id, err)
	}
	now := d.now()
	c.State = Answered
	c.More = append(slices.Clip(c.More), Line{At: now, From: by, Text: text})
	return d.save(tx, c, now, c.changed())
}

// Close ends a case. Only the team may (else ErrNotStaff); a second time is ErrClosed.
func (d *Desk) Close(tx Tx, id CaseID, by PersonID) (Case, error) {
	c, err := d.decided(tx, id, by)
	if err == nil && c.State == Closed {
		err = ErrClosed
	}
	if err != nil {
		return Case{}, fmt.Errorf("close case %s: %w", id, err)
	}
	c.State = Closed
	return d.save(tx, c, d.now(), c.changed())
}

// Latest returns the patient's open case that changed last, and whether there is one.
func (d *Desk) Latest(tx Tx, patient PersonID) (Case, bool, error) {
	cs, err := tx.OpenCases(patient)
	if err != nil || len(cs) == 0 {
		return Case{}, false, err
	}
	last := slices.MaxFunc(cs, func(a, b Case) int { return a.ChangedAt.Compare(b.ChangedAt) })
	return last, true, nil
}

// decided returns a case to somebody who may decide on it.
func (d *Desk) decided(tx Tx, id CaseID, by PersonID) (Case, error) {
	role, err := d.Role(tx, by)
	if err != nil {
		return Case{}, err
	}
	if role == "" {
		return Case{}, ErrNotStaff
	}
	return tx.Case(id)
}

func owned(tx Tx, id CaseID, patient PersonID) (Case, error) {
	c, err := tx.Case(id)
	if err != nil {
		return Case{}, err
	}
	if c.Patient != patient {
		return Case{}, ErrNotOwner
	}
	return c, nil
}

// save writes a changed case and the notices that the change causes, due now.
func (d *Desk) save(tx Tx, c Case, now time.Time, notices ...Notice) (Case, error) {
	c.Version++
	c.ChangedAt = now
	if err := tx.PutCase(c); err != nil {
		return Case{}, fmt.Errorf("save case %s: %w", c.ID, err)
	}
	for _, n := range notices {
		n.Case, n.Due = c.ID, now
		if err := tx.PutNotice(n); err != nil {
			return Case{}, fmt.Errorf("tell of case %s: %w", c.ID, err)
		}
	}
	return c, nil
}

// changed is the notice of the change that is about to be saved.
func (c Case) changed() Notice {
	return Notice{ID: fmt.Sprintf("changed/%s/%d", c.ID, c.Version+1), Kind: CaseChanged}
}

// line is the notice of the line that was added last.
func (c Case) line() Notice {
	return Notice{ID: fmt.Sprintf("line/%s/%d", c.ID, len(c.More)), Kind: LineAdded, Line: len(c.More)}
}

func (k CaseKind) first() State {
	if k == Booking {
		return Requested
	}
	return Open
}
