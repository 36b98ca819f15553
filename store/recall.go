package store

import (
	"errors"
	"fmt"
	"time"
)

// ErrBusy is returned for a row that is being sent just now.
var ErrBusy = errors.New("is being sent")

// WaitingAlone lists the calls of a method in a chat that were never tried and whose purpose begins so, the most urgent lane left out,
// in the order in which they were queued; only those whose object no other row waits for.
func (tx *Tx) WaitingAlone(chat int64, method, purpose string) ([]Outbound, error) {
	return list(tx, tx.outbound, `SELECT `+outboundColumns+` FROM outbox AS o WHERE chat_id = $1 AND state = 0 AND tries = 0 AND lane > 0
		AND method = $2 AND SUBSTR(purpose, 1, LENGTH($3)) = $3
		AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.chat_id = o.chat_id AND e.object = o.object AND e.seq <> o.seq AND e.state < 2)
		ORDER BY seq`, chat, method, purpose)
}

// WaitingFor lists the calls of a method about an object in a chat that wait for their turn.
func (tx *Tx) WaitingFor(chat int64, object, method string) ([]Outbound, error) {
	return list(tx, tx.outbound, `SELECT `+outboundColumns+` FROM outbox WHERE chat_id = $1 AND object = $2 AND method = $3 AND state = 0 ORDER BY seq`,
		chat, object, method)
}

// Rewrite changes the parameters of a call that was never tried, and when it is due. ok is false if it is too late for that.
func (tx *Tx) Rewrite(key string, body []byte, due time.Time) (ok bool, err error) {
	n, err := tx.exec(`UPDATE outbox SET body = $1, due = $2 WHERE dedup = $3 AND state = 0 AND tries = 0`,
		tx.sealer.seal("outbox", key, body), millis(due), key)
	if err != nil {
		return false, fmt.Errorf("rewrite %s: %w", key, err)
	}
	return n > 0, nil
}

// Waiting returns a row that was never tried.
func (tx *Tx) Waiting(key string) (o Outbound, found bool, err error) {
	return tx.first(`WHERE dedup = $1 AND state = 0 AND tries = 0`, key)
}

// Recall takes a row back that has not been sent. If it has, sent is true and messageID what it has become. ErrBusy: nobody knows yet.
func (tx *Tx) Recall(key string, now time.Time) (messageID int64, sent bool, err error) {
	var state int
	var seq int64
	found, err := tx.one([]any{&seq, &state, &messageID}, `SELECT seq, state, message_id FROM outbox WHERE dedup = $1`, key)
	switch {
	case err != nil || !found:
		return 0, false, err
	case state == 0:
		return 0, false, tx.MarkDead(seq, "taken back", now)
	case state == 1:
		return 0, false, fmt.Errorf("recall %s: %w", key, ErrBusy)
	}
	return messageID, state == 2, nil
}
