package desk

import (
	"errors"
	"fmt"
	"slices"
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
}

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

// Role is what somebody on the team may do. An admin may do whatever staff may.
type Role string

// The roles. Whoever is not on the team has the empty one.
const (
	Staff Role = "staff"
	Admin Role = "admin"
)

// StaffMember is somebody on the clinic's team.
type StaffMember struct {
	ID        PersonID
	Role      Role
	GrantedBy PersonID  // 0: by the settings
	Until     time.Time // zero: until taken off
}

// Role returns what somebody may do now.
func (d *Desk) Role(tx Tx, id PersonID) (Role, error) {
	m, err := tx.Staff(id)
	switch {
	case errors.Is(err, ErrNotFound):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("role of %d: %w", id, err)
	case !m.Until.IsZero() && !d.now().Before(m.Until):
		return "", nil
	}
	return m.Role, nil
}

// Enlist makes the team what the settings say: who is no longer named there is taken off. Members whom an admin has added
// since stay.
func (d *Desk) Enlist(tx Tx, admins, staff []PersonID) error {
	team, err := tx.ListStaff()
	if err != nil {
		return fmt.Errorf("enlist: %w", err)
	}
	for _, m := range team {
		if m.GrantedBy == 0 && !slices.Contains(admins, m.ID) && !slices.Contains(staff, m.ID) {
			if err := tx.DropStaff(m.ID); err != nil {
				return fmt.Errorf("take %d off the team: %w", m.ID, err)
			}
		}
	}
	enlist := func(ids []PersonID, r Role) error {
		for _, id := range ids {
			if err := tx.PutStaff(StaffMember{ID: id, Role: r}); err != nil {
				return fmt.Errorf("put %d on the team: %w", id, err)
			}
		}
		return nil
	}
	if err := enlist(staff, Staff); err != nil {
		return err
	}
	return enlist(admins, Admin) // last: somebody named in both is an admin
}
