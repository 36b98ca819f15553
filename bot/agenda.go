package bot

import (
	"context"
	"time"

	"skindesk/store"
)

// Wake has the bot look at its clock again, for when that was moved.
func (b *Bot) Wake() { b.mail.wake() }

// Agenda tells when the bot will next do something of its own accord, zero if nothing is planned, and whether it is done with
// what was to be handled and sent until now. Whoever moves its clock goes by this.
func (b *Bot) Agenda(ctx context.Context) (next time.Time, idle bool, err error) {
	err = b.store.View(ctx, func(tx *store.Tx) (err error) {
		now := b.now()
		if next, err = nextNotice(tx); err != nil {
			return err
		}
		if idle, err = b.mailIdle(tx, now); err != nil {
			return err
		}
		idle = idle && (next.IsZero() || next.After(now))
		return nil
	})
	return next, idle, err
}

func nextNotice(tx *store.Tx) (time.Time, error) {
	due, found, err := tx.NextNotice()
	if err != nil || !found {
		return time.Time{}, err
	}
	return due, nil
}

// mailIdle tells whether no update waits to be handled and no row to be sent.
func (b *Bot) mailIdle(tx *store.Tx, now time.Time) (bool, error) {
	waiting, err := tx.WaitingChats()
	if err != nil || len(waiting) > 0 {
		return false, err
	}
	chats, _, err := tx.QueuedAfter(0)
	if err != nil {
		return false, err
	}
	for _, chat := range chats {
		head, found, err := tx.Head(chat, now)
		if err != nil || found && !head.Due.After(now) {
			return false, err
		}
	}
	return true, nil
}
