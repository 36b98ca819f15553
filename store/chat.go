package store

import (
	"fmt"

	"skindesk/desk"
)

// Chat is how far a conversation is.
type Chat struct {
	ID      int64
	Version int64  // 0: not kept yet
	State   []byte // the bot's; personal
}

// Chat returns a conversation; one that is not kept yet has Version 0.
func (tx *Tx) Chat(id int64) (Chat, error) {
	c := Chat{ID: id}
	found, err := tx.one([]any{&c.Version, &c.State}, `SELECT version, state FROM chat WHERE id = $1`, id)
	if found {
		c.State, err = tx.sealer.open("chat", id, c.State)
	}
	return c, err
}

// PutChat keeps a conversation that was read at c.Version, and raises the version. ErrConflict: it has changed since.
func (tx *Tx) PutChat(c Chat) error {
	query := `UPDATE chat SET version = $1, state = $2 WHERE id = $3 AND version = $4`
	args := []any{c.Version + 1, tx.sealer.seal("chat", c.ID, c.State), c.ID, c.Version}
	if c.Version == 0 {
		query = `INSERT INTO chat (version, state, id) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`
		args = args[:3]
	}
	n, err := tx.exec(query, args...)
	if err != nil {
		return fmt.Errorf("put chat %d: %w", c.ID, err)
	}
	if n == 0 {
		return fmt.Errorf("put chat %d: %w", c.ID, ErrConflict)
	}
	return nil
}

// PutThread remembers which case a message in a staff chat belongs to.
func (tx *Tx) PutThread(chat, message int64, c desk.CaseID, patient desk.PersonID) error {
	_, err := tx.exec(`INSERT INTO thread (chat_id, message_id, case_id, patient) VALUES ($1, $2, $3, $4)
		ON CONFLICT (chat_id, message_id) DO UPDATE SET case_id = excluded.case_id, patient = excluded.patient`, chat, message, c, patient)
	return err
}

// Thread returns the case that a message in a staff chat belongs to.
func (tx *Tx) Thread(chat, message int64) (c desk.CaseID, found bool, err error) {
	found, err = tx.one([]any{&c}, `SELECT case_id FROM thread WHERE chat_id = $1 AND message_id = $2`, chat, message)
	return c, found, err
}

// Threads lists the messages of a case in a staff chat, oldest first.
func (tx *Tx) Threads(chat int64, c desk.CaseID) ([]int64, error) {
	return list(tx, number, `SELECT message_id FROM thread WHERE chat_id = $1 AND case_id = $2 ORDER BY message_id`, chat, c)
}
