package desk

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"
)

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
	Until     time.Time // zero: until taken off; past: is no longer in the team's group and may do nothing until back in it
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

// OnTeam tells whether somebody is on the team, be they in its group or not.
func (d *Desk) OnTeam(tx Tx, id PersonID) (bool, error) {
	_, err := tx.Staff(id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Away notes that somebody is not in the team's group any more: what they had taken is free again, and staff may do nothing until they
// are Back. An admin stays one. It returns who it is; changed is false if they are not on the team or it was known.
func (d *Desk) Away(tx Tx, id PersonID) (m StaffMember, changed bool, err error) {
	m, err = tx.Staff(id)
	switch {
	case errors.Is(err, ErrNotFound):
		return StaffMember{}, false, nil
	case err != nil:
		return StaffMember{}, false, fmt.Errorf("%d is away: %w", id, err)
	case !m.Until.IsZero():
		return m, false, nil
	}
	if m.Role == Staff {
		m.Until = d.now()
		if err := tx.PutStaff(m); err != nil {
			return m, false, fmt.Errorf("%d is away: %w", id, err)
		}
	}
	return m, m.Role == Staff, d.freeClaims(tx, id)
}

// Back notes that somebody of the team is in its group again.
func (d *Desk) Back(tx Tx, id PersonID) (changed bool, err error) {
	m, err := tx.Staff(id)
	switch {
	case errors.Is(err, ErrNotFound) || err == nil && m.Until.IsZero():
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%d is back: %w", id, err)
	}
	m.Until = time.Time{}
	return true, tx.PutStaff(m)
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
			if err := d.drop(tx, m.ID); err != nil {
				return err
			}
		}
	}
	enlist := func(ids []PersonID, r Role) error {
		for _, id := range ids {
			m := StaffMember{ID: id, Role: r}
			if i := slices.IndexFunc(team, func(m StaffMember) bool { return m.ID == id && m.Role == r }); i >= 0 {
				m.Until = team[i].Until
			}
			if err := tx.PutStaff(m); err != nil {
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

// Invite is a link with which one person can join the team. Only a hash of what stands in it is kept.
type Invite struct {
	Hash  []byte
	By    PersonID // the admin who made it
	Until time.Time
}

// invitedFor is how long a link to the team can be used.
const invitedFor = 15 * time.Minute

// Invite makes a link to the team of a secret that nobody can guess. Only an admin may (ErrNotAdmin). It can be used once, until the time
// returned.
func (d *Desk) Invite(tx Tx, by PersonID, secret string) (until time.Time, err error) {
	if err := d.admin(tx, by); err != nil {
		return time.Time{}, fmt.Errorf("invite: %w", err)
	}
	hash := sha256.Sum256([]byte(secret))
	until = d.now().Add(invitedFor)
	if err := tx.PutInvite(Invite{Hash: hash[:], By: by, Until: until}); err != nil {
		return time.Time{}, fmt.Errorf("invite: %w", err)
	}
	return until, nil
}

// Join puts somebody who has followed a link on the team. ErrInvite: nobody has made it, it was used, its time is over, or who made it
// is no admin any more. Somebody who is on the team already stays what they are, and the link is used up.
func (d *Desk) Join(tx Tx, id PersonID, secret string) (StaffMember, error) {
	hash := sha256.Sum256([]byte(secret))
	i, err := tx.TakeInvite(hash[:])
	switch {
	case errors.Is(err, ErrNotFound):
		return StaffMember{}, fmt.Errorf("join %d: %w", id, ErrInvite)
	case err != nil:
		return StaffMember{}, fmt.Errorf("join %d: %w", id, err)
	case !d.now().Before(i.Until) || d.admin(tx, i.By) != nil:
		return StaffMember{}, fmt.Errorf("join %d: %w", id, ErrInvite)
	}
	if role, err := d.Role(tx, id); err != nil || role != "" {
		return StaffMember{ID: id, Role: role}, err
	}
	m := StaffMember{ID: id, Role: Staff, GrantedBy: i.By}
	if err := tx.PutStaff(m); err != nil {
		return StaffMember{}, fmt.Errorf("join %d: %w", id, err)
	}
	return m, nil
}

// Dismiss takes somebody off the team; what they had taken is free again. Only an admin may (ErrNotAdmin). ErrBySettings: the settings
// name them, so they would be back at the next start. ErrNotStaff: not on the team.
func (d *Desk) Dismiss(tx Tx, by, id PersonID) error {
	fail := func(err error) error { return fmt.Errorf("dismiss %d: %w", id, err) }
	if err := d.admin(tx, by); err != nil {
		return fail(err)
	}
	m, err := tx.Staff(id)
	switch {
	case errors.Is(err, ErrNotFound):
		return fail(ErrNotStaff)
	case err != nil:
		return fail(err)
	case m.GrantedBy == 0:
		return fail(ErrBySettings)
	}
	return d.drop(tx, id)
}

// drop takes somebody off the team and frees what they had taken.
func (d *Desk) drop(tx Tx, id PersonID) error {
	if err := tx.DropStaff(id); err != nil {
		return fmt.Errorf("take %d off the team: %w", id, err)
	}
	return d.freeClaims(tx, id)
}

func (d *Desk) admin(tx Tx, id PersonID) error {
	role, err := d.Role(tx, id)
	if err == nil && role != Admin {
		err = ErrNotAdmin
	}
	return err
}

// Name notes what somebody of the team is called, so that others can be told who has a case.
func (d *Desk) Name(tx Tx, id PersonID, name string) error {
	p, err := tx.Person(id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("name of %d: %w", id, err)
	}
	if name == "" || p.Name == name {
		return nil
	}
	p.ID, p.Name = id, name
	return tx.PutPerson(p)
}
