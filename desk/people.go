package desk

import (
	"errors"
	"fmt"
	"time"

	"skindesk/faq"
)

// PersonID is a Telegram user id; the private chat with a person has the same id.
type PersonID int64

// Person is somebody who has written to the clinic.
type Person struct {
	ID          PersonID     `json:"id"`
	Name        string       `json:"name,omitempty"`
	Phone       string       `json:"phone,omitempty"`
	Language    faq.Language `json:"language,omitempty"` // chosen by the person, or empty
	Consent     time.Time    `json:"consent,omitzero"`   // when they last agreed that the clinic sees what they send
	LastSeen    time.Time    `json:"last_seen,omitzero"`
	Unreachable bool         `json:"unreachable,omitempty"` // has blocked the bot or deleted the account
	MutedUntil  time.Time    `json:"muted_until,omitzero"`  // the team hears nothing but what sounds urgent
}

// Muted tells whether the team has muted the person.
func (p Person) Muted(now time.Time) bool { return now.Before(p.MutedUntil) }

// Meet returns the person as known, with the name they go by now, and notes that they were here. Somebody who was
// unreachable and writes can be reached again.
func (d *Desk) Meet(tx Tx, id PersonID, name string) (Person, error) {
	p, err := tx.Person(id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Person{}, fmt.Errorf("meet person %d: %w", id, err)
	}
	back := p.Unreachable
	p.ID, p.Name, p.LastSeen, p.Unreachable = id, name, d.now(), false
	if err := tx.PutPerson(p); err != nil {
		return Person{}, fmt.Errorf("meet person %d: %w", id, err)
	}
	if back {
		return p, d.tellOfPatient(tx, id)
	}
	return p, nil
}

// Lose notes that nothing can be sent to a person any more; the cards of their open cases say so.
func (d *Desk) Lose(tx Tx, id PersonID) error {
	p, err := tx.Person(id)
	if errors.Is(err, ErrNotFound) {
		p, err = Person{ID: id}, nil
	}
	if err != nil {
		return fmt.Errorf("lose person %d: %w", id, err)
	}
	if p.Unreachable {
		return nil
	}
	p.Unreachable = true
	if err := tx.PutPerson(p); err != nil {
		return fmt.Errorf("lose person %d: %w", id, err)
	}
	return d.tellOfPatient(tx, id)
}

// tellOfPatient has the cards of a patient's open cases brought up to date.
func (d *Desk) tellOfPatient(tx Tx, id PersonID) error {
	cs, err := tx.OpenCases(id)
	if err != nil {
		return fmt.Errorf("cases of patient %d: %w", id, err)
	}
	for _, c := range cs {
		if _, err := d.save(tx, c, d.now(), c.changed()); err != nil {
			return err
		}
	}
	return nil
}
