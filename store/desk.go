package store

import (
	"fmt"
	"time"

	"skindesk/desk"
)

var _ desk.Tx = (*Tx)(nil)

// A record with personal words is kept whole in its sealed body; the columns beside it only serve for finding.

// Case returns desk.ErrNotFound if there is none.
func (tx *Tx) Case(id desk.CaseID) (desk.Case, error) {
	var body []byte
	found, err := tx.one([]any{&body}, `SELECT body FROM "case" WHERE id = $1`, id)
	if err != nil {
		return desk.Case{}, fmt.Errorf("case %s: %w", id, err)
	}
	if !found {
		return desk.Case{}, fmt.Errorf("case %s: %w", id, desk.ErrNotFound)
	}
	return openJSON[desk.Case](tx, "case", id, body)
}

// PutCase inserts or replaces.
func (tx *Tx) PutCase(c desk.Case) error {
	body, err := tx.sealJSON("case", c.ID, c)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO "case" (id, kind, state, version, patient, opened_at, changed_at, holder, visit_at, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state, version = excluded.version,
			patient = excluded.patient, opened_at = excluded.opened_at, changed_at = excluded.changed_at,
			holder = excluded.holder, visit_at = excluded.visit_at, body = excluded.body`,
		c.ID, c.Kind, c.State, c.Version, c.Patient, millis(c.OpenedAt), millis(c.ChangedAt), c.Holder, millis(c.Visit.At), body)
	if err != nil {
		return fmt.Errorf("put case %s: %w", c.ID, err)
	}
	return nil
}

// notOver is the condition of the index case_open; a test compares it with desk.State.Over.
const notOver = `state NOT IN ('closed', 'came', 'no-show', 'declined', 'cancelled', 'expired')`

// OpenCases lists a patient's cases that are not over, oldest first.
func (tx *Tx) OpenCases(patient desk.PersonID) ([]desk.Case, error) {
	return list(tx, tx.deskCase, `SELECT id, body FROM "case" WHERE patient = $1 AND `+notOver+` ORDER BY id`, patient)
}

// CasesSince lists a patient's cases that have changed since a time, over or not, oldest first.
func (tx *Tx) CasesSince(patient desk.PersonID, since time.Time) ([]desk.Case, error) {
	return list(tx, tx.deskCase, `SELECT id, body FROM "case" WHERE patient = $1 AND changed_at >= $2 ORDER BY id`, patient, millis(since))
}

// QuestionsSince lists everybody's questions that were asked since a time, over or not, oldest first.
func (tx *Tx) QuestionsSince(since time.Time) ([]desk.Case, error) {
	return list(tx, tx.deskCase, `SELECT id, body FROM "case" WHERE kind = 'question' AND opened_at >= $1 ORDER BY id`, millis(since))
}

// ListOpen lists everybody's cases that are not over, oldest first.
func (tx *Tx) ListOpen() ([]desk.Case, error) {
	return list(tx, tx.deskCase, `SELECT id, body FROM "case" WHERE `+notOver+` ORDER BY id`)
}

// ByHolder lists the cases that are not over and that somebody has taken, oldest first.
func (tx *Tx) ByHolder(holder desk.PersonID) ([]desk.Case, error) {
	return list(tx, tx.deskCase, `SELECT id, body FROM "case" WHERE holder = $1 AND holder <> 0 AND `+notOver+` ORDER BY id`, holder)
}

// Visits lists the bookings with a confirmed hour in the span, whatever has become of them, by hour.
func (tx *Tx) Visits(s desk.Span) ([]desk.Case, error) {
	return list(tx, tx.deskCase, `SELECT id, body FROM "case" WHERE visit_at > 0 AND visit_at >= $1 AND visit_at < $2 ORDER BY visit_at, id`,
		millis(s.From), millis(s.To))
}

// deskCase reads a row of id and body.
func (tx *Tx) deskCase(r row) (desk.Case, error) {
	var id desk.CaseID
	var body []byte
	if err := r.Scan(&id, &body); err != nil {
		return desk.Case{}, err
	}
	return openJSON[desk.Case](tx, "case", id, body)
}

// Person returns desk.ErrNotFound if there is none.
func (tx *Tx) Person(id desk.PersonID) (desk.Person, error) {
	var body []byte
	found, err := tx.one([]any{&body}, `SELECT body FROM person WHERE id = $1`, id)
	if err != nil {
		return desk.Person{}, fmt.Errorf("person %d: %w", id, err)
	}
	if !found {
		return desk.Person{}, fmt.Errorf("person %d: %w", id, desk.ErrNotFound)
	}
	return openJSON[desk.Person](tx, "person", id, body)
}

// PutPerson inserts or replaces.
func (tx *Tx) PutPerson(p desk.Person) error {
	body, err := tx.sealJSON("person", p.ID, p)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO person (id, last_seen, body) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen, body = excluded.body`, p.ID, millis(p.LastSeen), body)
	if err != nil {
		return fmt.Errorf("put person %d: %w", p.ID, err)
	}
	return nil
}

const staffColumns = `id, role, granted_by, until_at`

func staffMember(r row) (m desk.StaffMember, err error) {
	var until int64
	err = r.Scan(&m.ID, &m.Role, &m.GrantedBy, &until)
	m.Until = instant(until)
	return m, err
}

// Staff returns desk.ErrNotFound for somebody who is not on the team.
func (tx *Tx) Staff(id desk.PersonID) (desk.StaffMember, error) {
	all, err := list(tx, staffMember, `SELECT `+staffColumns+` FROM staff WHERE id = $1`, id)
	if err != nil {
		return desk.StaffMember{}, fmt.Errorf("staff %d: %w", id, err)
	}
	if len(all) == 0 {
		return desk.StaffMember{}, fmt.Errorf("staff %d: %w", id, desk.ErrNotFound)
	}
	return all[0], nil
}

// PutStaff inserts or replaces.
func (tx *Tx) PutStaff(m desk.StaffMember) error {
	_, err := tx.exec(`INSERT INTO staff (id, role, granted_by, until_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET role = excluded.role, granted_by = excluded.granted_by, until_at = excluded.until_at`,
		m.ID, m.Role, m.GrantedBy, millis(m.Until))
	return err
}

// DropStaff takes somebody off the team; nobody there is no error.
func (tx *Tx) DropStaff(id desk.PersonID) error {
	_, err := tx.exec(`DELETE FROM staff WHERE id = $1`, id)
	return err
}

// ListStaff lists the team by id.
func (tx *Tx) ListStaff() ([]desk.StaffMember, error) {
	return list(tx, staffMember, `SELECT `+staffColumns+` FROM staff ORDER BY id`)
}

// PutInvite inserts a link to the team, and forgets those whose time is over.
func (tx *Tx) PutInvite(i desk.Invite) error {
	if _, err := tx.exec(`DELETE FROM invite WHERE until_at < $1`, millis(i.Until.Add(-24*time.Hour))); err != nil {
		return fmt.Errorf("put invite: %w", err)
	}
	_, err := tx.exec(`INSERT INTO invite (hash, made_by, until_at) VALUES ($1, $2, $3)`, i.Hash, i.By, millis(i.Until))
	if err != nil {
		return fmt.Errorf("put invite: %w", err)
	}
	return nil
}

// TakeInvite removes the link with this hash and returns it, or desk.ErrNotFound.
func (tx *Tx) TakeInvite(hash []byte) (desk.Invite, error) {
	i := desk.Invite{Hash: hash}
	var until int64
	found, err := tx.one([]any{&i.By, &until}, `DELETE FROM invite WHERE hash = $1 RETURNING made_by, until_at`, hash)
	if err == nil && !found {
		err = desk.ErrNotFound
	}
	if err != nil {
		return desk.Invite{}, fmt.Errorf("take invite: %w", err)
	}
	i.Until = instant(until)
	return i, nil
}

// PutNotice inserts or replaces. A notice that was told is not told again: nothing happens.
func (tx *Tx) PutNotice(n desk.Notice) error {
	seq, err := tx.Number("notice")
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO notice (id, seq, kind, case_id, n, whom, due) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, case_id = excluded.case_id, n = excluded.n,
			whom = excluded.whom, due = excluded.due WHERE notice.done = 0`,
		n.ID, seq, n.Kind, n.Case, n.N, n.Whom, millis(n.Due))
	if err != nil {
		return fmt.Errorf("put notice %s: %w", n.ID, err)
	}
	return nil
}

// DropNotices removes the notices of a case that come due after a time and are not done.
func (tx *Tx) DropNotices(c desk.CaseID, after time.Time) error {
	_, err := tx.exec(`DELETE FROM notice WHERE case_id = $1 AND done = 0 AND due > $2`, c, millis(after))
	return err
}

// DueNotices lists notices that are due at now and not done, earliest due first, then in the order they were put.
func (tx *Tx) DueNotices(now time.Time, limit int) ([]desk.Notice, error) {
	return list(tx, deskNotice, `SELECT id, kind, case_id, n, whom, due FROM notice
		WHERE done = 0 AND due <= $1 ORDER BY due, seq LIMIT $2`, millis(now), limit)
}

func deskNotice(r row) (n desk.Notice, err error) {
	var due int64
	err = r.Scan(&n.ID, &n.Kind, &n.Case, &n.N, &n.Whom, &due)
	n.Due = instant(due)
	return n, err
}

// NextNotice tells when the earliest notice that is not done is due.
func (tx *Tx) NextNotice() (due time.Time, found bool, err error) {
	var ms int64
	found, err = tx.one([]any{&ms}, `SELECT due FROM notice WHERE done = 0 ORDER BY due LIMIT 1`)
	return instant(ms), found, err
}

// DoneNotice marks a notice as told.
func (tx *Tx) DoneNotice(id string, now time.Time) error {
	_, err := tx.exec(`UPDATE notice SET done = 1, done_at = $1 WHERE id = $2`, millis(now), id)
	return err
}
