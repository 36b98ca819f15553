package store

import (
	"fmt"
	"time"
)

// Inbound is an update as it came from Telegram.
type Inbound struct {
	Seq        int64 // ours, ever growing; update ids may begin anew
	UpdateID   int64
	Chat       int64  // updates of one chat are handled in order
	Body       []byte // JSON as received
	Tries      int
	Due        time.Time // not before
	ReceivedAt time.Time
}

// Receive keeps updates and tells how many were new. An update that is already there changes nothing.
func (tx *Tx) Receive(in ...Inbound) (fresh int, err error) {
	if len(in) == 0 {
		return 0, nil
	}
	last, err := tx.numbers("inbox", int64(len(in)))
	if err != nil {
		return 0, err
	}
	for i, u := range in {
		seq := last - int64(len(in)-1-i)
		n, err := tx.exec(`INSERT INTO inbox (seq, update_id, chat_id, body, received_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (update_id) DO NOTHING`, seq, u.UpdateID, u.Chat, tx.sealer.seal("inbox", seq, u.Body), millis(u.ReceivedAt))
		if err != nil {
			return 0, fmt.Errorf("receive update %d: %w", u.UpdateID, err)
		}
		fresh += int(n)
	}
	return fresh, nil
}

// WaitingChats lists the chats with updates that have not been ended.
func (tx *Tx) WaitingChats() ([]int64, error) {
	return list(tx, number, `SELECT DISTINCT chat_id FROM inbox WHERE state = 0`)
}

// OldestInbound returns the oldest update of a chat that has not been ended, due or not.
func (tx *Tx) OldestInbound(chat int64) (in Inbound, found bool, err error) {
	var due, received int64
	found, err = tx.one([]any{&in.Seq, &in.UpdateID, &in.Chat, &in.Body, &in.Tries, &due, &received},
		`SELECT seq, update_id, chat_id, body, tries, due, received_at FROM inbox
		WHERE chat_id = $1 AND state = 0 ORDER BY seq LIMIT 1`, chat)
	in.Due, in.ReceivedAt = instant(due), instant(received)
	if found {
		in.Body, err = tx.sealer.open("inbox", in.Seq, in.Body)
	}
	return in, found, err
}

// FinishInbound ends an update as handled. ErrDone: it has been ended before, so what was decided must not be kept.
func (tx *Tx) FinishInbound(seq int64) error {
	return tx.changeOne(fmt.Sprintf("finish inbox row %d", seq), `UPDATE inbox SET state = 1 WHERE seq = $1 AND state = 0`, seq)
}

// FailInbound counts a try and puts the next one off until retry.
func (tx *Tx) FailInbound(seq int64, reason string, retry time.Time) error {
	return tx.changeOne(fmt.Sprintf("fail inbox row %d", seq),
		`UPDATE inbox SET tries = tries + 1, reason = $1, due = $2 WHERE seq = $3 AND state = 0`,
		tx.sealer.sealText("inbox.reason", seq, reason), millis(retry), seq)
}

// KillInbound ends an update that cannot be handled; it is kept with the reason.
func (tx *Tx) KillInbound(seq int64, reason string) error {
	return tx.changeOne(fmt.Sprintf("kill inbox row %d", seq),
		`UPDATE inbox SET state = 2, tries = tries + 1, reason = $1 WHERE seq = $2 AND state = 0`,
		tx.sealer.sealText("inbox.reason", seq, reason), seq)
}

// changeOne is a statement that has to find its row open; ErrDone if not.
func (tx *Tx) changeOne(what, query string, args ...any) error {
	n, err := tx.exec(query, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if n == 0 {
		return fmt.Errorf("%s: %w", what, ErrDone)
	}
	return nil
}
