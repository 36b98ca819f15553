package store

import (
	"fmt"
	"time"
)

// The lanes of a group, most urgent first.
const (
	LaneTap      = -1 // answers to taps, which wait for nobody
	LaneUrgent   = 0
	LaneBooking  = 1
	LaneQuestion = 2
	LaneNotice   = 3
)

// Outbound is a call of the Bot API that has to be made.
//
// A private chat (positive id) gets its rows strictly in the order of Seq, answers to taps apart that have to be tried again. In a group (negative id) the most urgent lane
// goes first, and rows of one Object keep their order: a row that would overtake an earlier one of its object takes that along
// into its lane.
type Outbound struct {
	Key       string // unique: queueing the same key again changes nothing
	Seq       int64
	Chat      int64
	Lane      int
	Object    string // what it is about, such as a case, or ""
	Purpose   string // for whoever is told what became of it
	Method    string
	Body      []byte // the parameters, JSON
	File      File   // sent along, if it has a name; only Claim brings it back
	Unsure    bool   // an earlier try may have reached Telegram
	Tries     int
	Due       time.Time // not before
	MessageID int64     // once sent
	Reason    string    // once dead
	CreatedAt time.Time
}

// File is a document or picture that goes out with a call.
type File struct {
	Name string // what the reader sees: nothing personal
	Body []byte
}

// Queue adds a row to the outbox.
func (tx *Tx) Queue(o Outbound) error {
	seq, err := tx.Number("outbox")
	if err != nil {
		return err
	}
	n, err := tx.exec(`INSERT INTO outbox (dedup, seq, chat_id, lane, object, purpose, method, body, due, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (dedup) DO NOTHING`,
		o.Key, seq, o.Chat, o.Lane, o.Object, o.Purpose, o.Method, tx.sealer.seal("outbox", o.Key, o.Body), millis(o.Due), millis(o.CreatedAt))
	if err != nil {
		return fmt.Errorf("queue %s: %w", o.Key, err)
	}
	if n > 0 && o.File.Name != "" {
		if err := tx.putUpload(o.Key, o.File); err != nil {
			return fmt.Errorf("queue %s: %w", o.Key, err)
		}
	}
	if n == 0 || o.Chat > 0 || o.Object == "" || o.Lane == LaneTap {
		return nil
	}
	_, err = tx.exec(`UPDATE outbox SET lane = $1 WHERE chat_id = $2 AND object = $3 AND state < 2 AND lane > $1`, o.Lane, o.Chat, o.Object)
	if err != nil {
		return fmt.Errorf("queue %s: %w", o.Key, err)
	}
	return nil
}

// QueuedAfter lists the chats that have got rows after a seq, and the last seq there is. It begins with 0 and goes on with
// what it returned.
func (tx *Tx) QueuedAfter(seq int64) (chats []int64, last int64, err error) {
	if _, err := tx.one([]any{&last}, `SELECT COALESCE(MAX(seq), 0) FROM outbox`); err != nil {
		return nil, 0, err
	}
	if last <= seq {
		return nil, seq, nil
	}
	chats, err = list(tx, number, `SELECT DISTINCT chat_id FROM outbox WHERE seq > $1 AND state < 2`, seq)
	return chats, last, err
}

const outboundColumns = `dedup, seq, chat_id, lane, object, purpose, method, body, unsure, tries, due, message_id, reason, created_at`

func (tx *Tx) outbound(r row) (o Outbound, err error) {
	var unsure int
	var due, created int64
	err = r.Scan(&o.Key, &o.Seq, &o.Chat, &o.Lane, &o.Object, &o.Purpose, &o.Method, &o.Body, &unsure, &o.Tries, &due,
		&o.MessageID, &o.Reason, &created)
	if err != nil {
		return o, err
	}
	o.Unsure, o.Due, o.CreatedAt = unsure != 0, instant(due), instant(created)
	if o.Body, err = tx.sealer.open("outbox", o.Key, o.Body); err != nil {
		return o, err
	}
	o.Reason, err = tx.sealer.openText("outbox.reason", o.Key, o.Reason)
	return o, err
}

// Head returns the row of a chat that has to be sent next, due or not. In a group a row that is put off keeps back only its own object; the
// answer to a tap that is put off keeps back nothing anywhere.
func (tx *Tx) Head(chat int64, now time.Time) (o Outbound, found bool, err error) {
	if chat > 0 {
		o, found, err = tx.first(`WHERE chat_id = $1 AND state < 2 AND (lane >= 0 OR due <= $2) ORDER BY seq LIMIT 1`, chat, millis(now))
		if found || err != nil {
			return o, found, err
		}
		return tx.first(`WHERE chat_id = $1 AND state < 2 ORDER BY due, seq LIMIT 1`, chat)
	}
	o, found, err = tx.first(`AS o WHERE chat_id = $1 AND state < 2 AND due <= $2
		AND (object = '' OR lane < 0 OR NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.chat_id = o.chat_id AND e.object = o.object
			AND e.state < 2 AND e.lane >= 0 AND e.seq < o.seq))
		ORDER BY lane, seq LIMIT 1`, chat, millis(now))
	if found || err != nil {
		return o, found, err
	}
	return tx.first(`WHERE chat_id = $1 AND state < 2 AND due > $2 ORDER BY due, seq LIMIT 1`, chat, millis(now))
}

func (tx *Tx) first(where string, args ...any) (Outbound, bool, error) {
	all, err := list(tx, tx.outbound, `SELECT `+outboundColumns+` FROM outbox `+where, args...)
	if err != nil || len(all) == 0 {
		return Outbound{}, false, err
	}
	return all[0], true, nil
}

// Claim takes a row for sending and counts the try. A row that was already taken was cut off in the middle: it comes back
// Unsure. ErrDone: it is no longer to be sent, or not yet.
func (tx *Tx) Claim(seq int64, now time.Time) (Outbound, error) {
	all, err := list(tx, tx.outbound, `UPDATE outbox SET unsure = CASE WHEN state = 1 THEN 1 ELSE unsure END, state = 1, tries = tries + 1
		WHERE seq = $1 AND state < 2 AND due <= $2 RETURNING `+outboundColumns, seq, millis(now))
	if err != nil {
		return Outbound{}, fmt.Errorf("claim outbox row %d: %w", seq, err)
	}
	if len(all) == 0 {
		return Outbound{}, fmt.Errorf("claim outbox row %d: %w", seq, ErrDone)
	}
	o := all[0]
	if o.File, err = tx.upload(o.Key); err != nil {
		return Outbound{}, fmt.Errorf("claim outbox row %d: %w", seq, err)
	}
	return o, nil
}

// MarkSent ends a row as sent; messageID is 0 where Telegram gives none.
func (tx *Tx) MarkSent(seq, messageID int64, now time.Time) error {
	err := tx.changeOne(fmt.Sprintf("mark outbox row %d", seq),
		`UPDATE outbox SET state = 2, message_id = $1, ended_at = $2 WHERE seq = $3 AND state < 2`, messageID, millis(now), seq)
	if err != nil {
		return err
	}
	return tx.dropUpload(seq)
}

// Sent returns the id of the message that a row has become; ok is false as long as it has not been sent.
func (tx *Tx) Sent(key string) (messageID int64, ok bool, err error) {
	ok, err = tx.one([]any{&messageID}, `SELECT message_id FROM outbox WHERE dedup = $1 AND state = 2`, key)
	return messageID, ok, err
}

// MarkDead ends a row that will not be sent.
func (tx *Tx) MarkDead(seq int64, reason string, now time.Time) error {
	what := fmt.Sprintf("mark outbox row %d", seq)
	var key string
	if _, err := tx.one([]any{&key}, `SELECT dedup FROM outbox WHERE seq = $1`, seq); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	err := tx.changeOne(what, `UPDATE outbox SET state = 3, reason = $1, ended_at = $2 WHERE seq = $3 AND state < 2`,
		tx.sealer.sealText("outbox.reason", key, reason), millis(now), seq)
	if err != nil {
		return err
	}
	return tx.dropUpload(seq)
}

// Retry puts a row off after a failed try. With unsure it stays taken, so that the next claim knows.
func (tx *Tx) Retry(seq int64, due time.Time, unsure bool) error {
	state := 0
	if unsure {
		state = 1
	}
	return tx.changeOne(fmt.Sprintf("retry outbox row %d", seq),
		`UPDATE outbox SET state = $1, due = $2 WHERE seq = $3 AND state < 2`, state, millis(due), seq)
}

// PutBack gives a row back that was not sent through no fault of its own; the try does not count.
func (tx *Tx) PutBack(seq int64, due time.Time) error {
	return tx.changeOne(fmt.Sprintf("put back outbox row %d", seq),
		`UPDATE outbox SET state = 0, due = $1, tries = tries - 1 WHERE seq = $2 AND state < 2`, millis(due), seq)
}

// MigrateChat moves what is still to be sent, and the conversation, to the id that Telegram gave a group. The rows get new
// numbers in the same order, so that QueuedAfter tells of them. Changes to messages of the old group are dropped: their numbers
// mean nothing in the new one.
func (tx *Tx) MigrateChat(from, to int64) error {
	_, err := tx.exec(`UPDATE outbox SET state = 3 WHERE chat_id = $1 AND state < 2 AND (method LIKE 'edit%' OR method IN ('setMessageReaction', 'deleteMessage'))`, from)
	if err != nil {
		return fmt.Errorf("migrate chat %d to %d: %w", from, to, err)
	}
	last, err := tx.numbers("outbox", 0)
	if err != nil {
		return err
	}
	if _, err := tx.numbers("outbox", last); err != nil { // 1 to last become last+1 to 2 last
		return err
	}
	if _, err := tx.exec(`UPDATE outbox SET chat_id = $1, seq = seq + $2 WHERE chat_id = $3 AND state < 2`, to, last, from); err != nil {
		return fmt.Errorf("migrate chat %d to %d: %w", from, to, err)
	}
	if err := tx.moveChat(from, to); err != nil {
		return fmt.Errorf("migrate chat %d to %d: %w", from, to, err)
	}
	return nil
}

// moveChat keeps a conversation under another id, unless there is one already.
func (tx *Tx) moveChat(from, to int64) error {
	c, err := tx.Chat(from)
	if err != nil || c.Version == 0 {
		return err
	}
	if there, err := tx.Chat(to); err != nil || there.Version > 0 {
		return err
	}
	_, err = tx.exec(`UPDATE chat SET id = $1, state = $2 WHERE id = $3`, to, tx.sealer.seal("chat", to, c.State), from)
	return err
}
