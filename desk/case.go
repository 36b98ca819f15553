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

// The states of cases. Questions and urgent cases are Open, Answered, Closed; a booking starts as Requested.
const (
	Open     State = "open"
	Answered State = "answered"
	Closed   State = "closed"

	Requested State = "requested" // the clinic has to say something
	Proposed  State = "proposed"  // the patient has to choose one of the hours offered
	Confirmed State = "confirmed"
	Came      State = "came"
	NoShow    State = "no-show"
	Declined  State = "declined"  // by the clinic, before anything was confirmed
	Cancelled State = "cancelled" // by either
	Expired   State = "expired"   // the day that was asked for has come without an answer
)

// Over tells whether a case has ended.
func (s State) Over() bool {
	switch s {
	case Closed, Came, NoShow, Declined, Cancelled, Expired:
		return true
	}
	return false
}

// Case is something that the clinic has to deal with.
type Case struct {
	ID       CaseID       `json:"id"`
	Kind     CaseKind     `json:"kind"`
	State    State        `json:"state"`
	Version  int64        `json:"version"` // rises with every change
	Patient  PersonID     `json:"patient"`
	Language faq.Language `json:"language"`
	Name     string       `json:"name,omitempty"`
	Phone    string       `json:"phone,omitempty"`
	Words    string       `json:"words"`           // what the patient wrote
	Topic    string       `json:"topic,omitempty"` // id of the entry it is about
	Said     string       `json:"said,omitempty"`  // what the bot had answered
	More     []Line       `json:"more,omitempty"`  // what either side added later, oldest first
	Visit    Visit        `json:"visit,omitzero"`  // of a booking

	Holder     PersonID  `json:"holder,omitempty"` // who of the team has taken it, in force until LeaseUntil
	TakenAt    time.Time `json:"taken_at,omitzero"`
	LeaseUntil time.Time `json:"lease_until,omitzero"`
	Lapsed     PersonID  `json:"lapsed,omitempty"`    // who had it last and has let the lease run out
	TalkUntil  time.Time `json:"talk_until,omitzero"` // a person talks with the patient and the bot is silent
	DecidedBy  PersonID  `json:"decided_by,omitempty"`
	DecidedAt  time.Time `json:"decided_at,omitzero"` // when the team last offered or confirmed an hour

	Wish Wish `json:"wish,omitzero"` // of a question: to hear when it can be answered

	AskedAt  time.Time `json:"asked_at,omitzero"` // when the patient last asked for something that is promised an answer
	Pings    int       `json:"pings,omitempty"`   // how often the team was told that nobody has taken an urgent case
	PingedAt time.Time `json:"pinged_at,omitzero"`

	OpenedAt  time.Time `json:"opened_at"`
	ChangedAt time.Time `json:"changed_at"`
}

// Line is something said in a case after it was opened.
type Line struct {
	At        time.Time `json:"at"`
	From      PersonID  `json:"from"`
	Text      string    `json:"text"`
	Edited    bool      `json:"edited,omitempty"`    // a patient's: replaces something written before; the team's: was changed since
	Withdrawn bool      `json:"withdrawn,omitempty"` // taken back by the team
	Message   int64     `json:"message,omitempty"`   // under which the team's message is known
	Phone     bool      `json:"phone,omitempty"`     // the patient gives the number in Case.Phone to be called; Text has its end
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
	Visit    Visit // of a booking
	Wish     Wish  // of a question
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
		Name: o.Name, Phone: o.Phone, Words: o.Words, Topic: o.Topic, Said: o.Said, OpenedAt: now, AskedAt: now,
	}
	switch o.Kind {
	case Booking:
		c.Visit = o.Visit
	case Question:
		c.Wish = o.Wish
	}
	return d.save(tx, c, now, Notice{ID: "opened/" + c.ID.String(), Kind: CaseOpened})
}

func (k CaseKind) first() State {
	if k == Booking {
		return Requested
	}
	return Open
}

// Add puts the patient's later words to the case: the team gets them under the card. A case that was closed is open again.
// Only its patient may, everybody else gets ErrNotOwner.
func (d *Desk) Add(tx Tx, id CaseID, patient PersonID, text string) (Case, error) {
	return d.add(tx, id, Line{From: patient, Text: text}, true)
}

// Append puts the patient's later words onto the card without a message of their own: for what is said while nobody of the
// team has taken the case. Only the patient may.
func (d *Desk) Append(tx Tx, id CaseID, patient PersonID, text string) (Case, error) {
	return d.add(tx, id, Line{From: patient, Text: text}, false)
}

// Correct puts to the case that the patient has changed what they had written. Only the patient may.
func (d *Desk) Correct(tx Tx, id CaseID, patient PersonID, text string) (Case, error) {
	return d.add(tx, id, Line{From: patient, Text: text, Edited: true}, true)
}

func (d *Desk) add(tx Tx, id CaseID, l Line, tell bool) (Case, error) {
	return d.byPatient(tx, "add to", id, l.From, func(c *Case, now time.Time) ([]Notice, error) {
		return c.hear(l, now, tell), nil
	})
}

// hear takes the patient's words. Words of the patient keep a conversation with a person alive.
func (c *Case) hear(l Line, now time.Time, tell bool) []Notice {
	l.At = now
	c.More = append(slices.Clip(c.More), l)
	if c.State == Closed {
		c.State, c.AskedAt = c.Kind.first(), now
	}
	if c.Talking(now) {
		c.TalkUntil = now.Add(silence)
	}
	if tell {
		return []Notice{c.line()}
	}
	return nil
}

// GivePhone puts the patient's phone number to the case and tells the team under the card that they want to be called. Only the patient may.
func (d *Desk) GivePhone(tx Tx, id CaseID, patient PersonID, phone string) (Case, error) {
	return d.byPatient(tx, "give a phone to", id, patient, func(c *Case, now time.Time) ([]Notice, error) {
		c.Phone = phone
		return c.hear(Line{From: patient, Text: MaskPhone(phone), Phone: true}, now, true), nil
	})
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

// byPatient changes a case for its patient and has its card brought up to date.
func (d *Desk) byPatient(tx Tx, what string, id CaseID, patient PersonID, do func(c *Case, now time.Time) ([]Notice, error)) (Case, error) {
	c, err := tx.Case(id)
	if err == nil && c.Patient != patient {
		err = ErrNotOwner
	}
	var notices []Notice
	now, waited := d.now(), c.Waits()
	if err == nil {
		notices, err = do(&c, now)
	}
	if err == nil && !waited && c.Waits() && c.HeldBy(now) != 0 {
		err = d.leaseAnew(tx, &c, now)
	}
	if err != nil {
		return Case{}, fmt.Errorf("%s case %s: %w", what, id, err)
	}
	return d.save(tx, c, now, append([]Notice{c.changed()}, notices...)...)
}

// leaseAnew has the holder's lease begin now: it is their turn.
func (d *Desk) leaseAnew(tx Tx, c *Case, now time.Time) error {
	cal, err := d.Calendar(tx)
	if err == nil {
		c.LeaseUntil = cal.Later(now, lease)
	}
	return err
}

// save writes a changed case, the notices that the change causes, due now, and in place of all that was planned for it what has to be
// told later as things stand now.
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
	if err := d.planAnew(tx, c, now); err != nil {
		return Case{}, fmt.Errorf("plan case %s: %w", c.ID, err)
	}
	return c, nil
}

// notice is one that the change which is about to be saved causes; it is told once.
func (c Case) notice(k NoticeKind, whom PersonID) Notice {
	return Notice{ID: fmt.Sprintf("%s/%s/%d", k, c.ID, c.Version+1), Kind: k, Whom: whom}
}

// changed is the notice of the change that is about to be saved.
func (c Case) changed() Notice { return c.notice(CaseChanged, 0) }

// line is the notice of the line that was added last.
func (c Case) line() Notice {
	return Notice{ID: fmt.Sprintf("line/%s/%d", c.ID, len(c.More)), Kind: LineAdded, N: len(c.More)}
}
