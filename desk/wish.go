package desk

import (
	"fmt"
	"slices"
	"time"
)

// Wish is that a patient wants to hear, once, when the clinic has written an answer to their question.
type Wish struct {
	Since time.Time `json:"since"`
	Not   []string  `json:"not,omitempty"`   // entries that the patient had been told already
	Entry string    `json:"entry,omitempty"` // the one that answers now, to be told when Due
	Due   time.Time `json:"due,omitzero"`
}

// wishFor is how long a patient waits for an answer of the file.
const wishFor = 90 * 24 * time.Hour

// WishWaits tells whether the wish is still to be met. Whom the team has answered needs no other answer.
func (c Case) WishWaits() bool { return !c.Wish.Since.IsZero() && c.Wish.Entry == "" && !c.teamSpoke() }

// teamSpoke tells whether the patient has words of the team's.
func (c Case) teamSpoke() bool {
	return slices.ContainsFunc(c.More, func(l Line) bool { return l.From != c.Patient && !l.Withdrawn })
}

// Wishes lists the questions whose patients wait for an answer of the file.
func (d *Desk) Wishes(tx Tx) ([]Case, error) {
	cs, err := tx.QuestionsSince(d.now().Add(-wishFor))
	if err != nil {
		return nil, fmt.Errorf("wishes for an answer: %w", err)
	}
	return slices.DeleteFunc(cs, func(c Case) bool { return !c.WishWaits() }), nil
}

// Answerable notes that an entry answers a question that somebody waits for; they are told in waking hours. Nothing happens if the wish is
// over, or if they have been told that entry already.
func (d *Desk) Answerable(tx Tx, id CaseID, entry string) error {
	c, err := tx.Case(id)
	if err != nil || !c.WishWaits() || slices.Contains(c.Wish.Not, entry) {
		return err
	}
	cal, err := d.Calendar(tx)
	if err != nil {
		return fmt.Errorf("answer of case %s: %w", id, err)
	}
	now := d.now()
	c.Wish.Entry, c.Wish.Due = entry, cal.Waking(now)
	if err := d.note(tx, c, now); err != nil || c.Wish.Due.After(now) {
		return err
	}
	return tx.PutNotice(c.wishNotice())
}

func (c Case) wishNotice() Notice {
	return Notice{ID: fmt.Sprintf("%s/%s/%d", AnswerAdded, c.ID, c.Wish.Due.Unix()), Kind: AnswerAdded, Case: c.ID, Whom: c.Patient, Due: c.Wish.Due}
}

// wishMet tells whether the answer may be said: the wish stands, and the patient can be reached.
func (d *Desk) wishMet(tx Tx, c Case) (bool, error) {
	p, err := tx.Person(c.Patient)
	if err != nil && !isMissing(err) {
		return false, err
	}
	return c.Wish.Entry != "" && !c.teamSpoke() && !p.Unreachable, nil
}

// Told ends a wish: its answer was said. If it could not be, because the entry is gone again, the wish waits for another.
func (d *Desk) Told(tx Tx, id CaseID, said bool) error {
	c, err := tx.Case(id)
	if err != nil {
		return err
	}
	if c.Wish.Entry, c.Wish.Due = "", (time.Time{}); said {
		c.Wish = Wish{}
	}
	return d.note(tx, c, d.now())
}

// Unwish ends all wishes of a patient for answers.
func (d *Desk) Unwish(tx Tx, patient PersonID) error {
	now := d.now()
	cs, err := tx.CasesSince(patient, now.Add(-wishFor))
	if err != nil {
		return fmt.Errorf("end the wishes of patient %d: %w", patient, err)
	}
	for _, c := range cs {
		if c.Wish.Since.IsZero() {
			continue
		}
		c.Wish = Wish{}
		if err := d.note(tx, c, now); err != nil {
			return err
		}
	}
	return nil
}
