package store

import (
	"context"
	"time"
)

// How long ended mail is kept, and what the clinic looks back on. An update id that Telegram gives again after a week of silence
// must not meet an old row; a notice must be known as told for as long as it could be put again.
const (
	inboxKept  = 7 * 24 * time.Hour
	outboxKept = 30 * 24 * time.Hour
	noticeKept = 30 * 24 * time.Hour
	gapKept    = 90 * 24 * time.Hour
	tallyKept  = 400 * 24 * time.Hour
)

// Prune removes mail that has ended and notices that were told long ago, and what was asked in vain or counted even longer ago.
func (s *Store) Prune(ctx context.Context, now time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		if _, err := tx.exec(`DELETE FROM inbox WHERE state > 0 AND received_at < $1`, millis(now.Add(-inboxKept))); err != nil {
			return err
		}
		if _, err := tx.exec(`DELETE FROM outbox WHERE state > 1 AND ended_at < $1`, millis(now.Add(-outboxKept))); err != nil {
			return err
		}
		if _, err := tx.exec(`DELETE FROM notice WHERE done = 1 AND done_at < $1`, millis(now.Add(-noticeKept))); err != nil {
			return err
		}
		if _, err := tx.exec(`DELETE FROM gap WHERE at < $1`, millis(now.Add(-gapKept))); err != nil {
			return err
		}
		_, err := tx.exec(`DELETE FROM tally WHERE day < $1`, now.Add(-tallyKept).Format(time.DateOnly))
		return err
	})
}
