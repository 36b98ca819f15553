package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"skindesk/store"
)

const (
	sendDeadline   = 15 * time.Second
	sendBackoff    = 500 * time.Millisecond // and doubling
	sendLongest    = time.Minute
	unsureLongest  = 5 * time.Minute  // every repeat may be one more message
	tapDeadline    = 5 * time.Second  // for the answer to a tap: the chat goes on
	tapAnswered    = 30 * time.Second // after that nobody looks at the button any more
	blockedGroup   = time.Minute      // until the staff chat is tried again
	beyondRepair   = "the text could not be shown even without markup"
	dispatchErrors = 5 * time.Second
)

// dispatch wakes the chats that have got rows to send.
func (m *mail) dispatch(ctx context.Context, senders *crew) {
	var seen int64
	for ctx.Err() == nil {
		var chats []int64
		pause := lookAgain
		err := m.store.View(ctx, func(tx *store.Tx) (err error) {
			chats, seen, err = tx.QueuedAfter(seen)
			return err
		})
		if err != nil && ctx.Err() == nil {
			m.log.Error("read the outbox", "err", m.reason(err))
			pause = dispatchErrors
		}
		for _, chat := range chats {
			senders.wake(ctx, chat)
		}
		sleep(ctx, pause, &m.queued)
	}
}

// deliver sends the next row of a chat, if it may be sent now: claim, send, mark. The claim checks everything anew, because
// what was read before may be stale.
func (m *mail) deliver(ctx context.Context, chat int64) (pause time.Duration, more bool) {
	head, found, err := m.head(ctx, chat)
	if err != nil {
		m.log.Error("read the outbox", "chat", chat, "err", m.reason(err))
		return backoff(storeBackoff, longBackoff, 1), true
	}
	if !found {
		return 0, false
	}
	now := m.now()
	if pause := max(head.Due.Sub(now), m.limits.wait(chat, creates(head.Method), kept(head), now)); pause > 0 {
		m.joinWaiting(ctx, chat)
		return pause, true
	}
	if !m.admit(ctx, chat) {
		return 0, false
	}
	defer m.release(chat)
	if pause := m.limits.wait(chat, creates(head.Method), kept(head), m.now()); pause > 0 { // told meanwhile
		return pause, true
	}
	o, err := m.claim(ctx, head.Seq)
	switch {
	case errors.Is(err, store.ErrDone):
		return 0, true
	case err != nil:
		m.log.Error("claim", "seq", head.Seq, "err", m.reason(err))
		m.disk(ctx, err)
		return backoff(storeBackoff, longBackoff, 3), true
	}
	if creates(o.Method) {
		m.limits.sent(chat, m.now())
	}
	m.settle(ctx, o, m.send(ctx, o))
	return 0, true
}

// joinWaiting makes fewer messages of those that wait for the clinic's group, now that it may get no more for a while.
func (m *mail) joinWaiting(ctx context.Context, chat int64) {
	if !m.staff(chat) || m.join == nil {
		return
	}
	if err := m.store.Update(ctx, func(tx *store.Tx) error { return m.join(tx, m.now()) }); err != nil && ctx.Err() == nil {
		m.log.Error("join what waits", "err", m.reason(err))
	}
}

func (m *mail) head(ctx context.Context, chat int64) (o store.Outbound, found bool, err error) {
	err = m.store.View(ctx, func(tx *store.Tx) (err error) {
		o, found, err = tx.Head(chat, m.now())
		return err
	})
	return o, found, err
}

func (m *mail) claim(ctx context.Context, seq int64) (o store.Outbound, err error) {
	err = m.store.Update(ctx, func(tx *store.Tx) (err error) {
		o, err = tx.Claim(seq, m.now())
		return err
	})
	return o, err
}

// admit waits for the bot's turn. Private chats wait in a short queue, so that a group never stands behind a crowd of them.
func (m *mail) admit(ctx context.Context, chat int64) bool {
	if chat > 0 {
		select {
		case m.limits.senders <- struct{}{}:
		case <-ctx.Done():
			return false
		}
	}
	if m.limits.bot.Wait(ctx) != nil {
		m.release(chat)
		return false
	}
	return true
}

func (m *mail) release(chat int64) {
	if chat > 0 {
		<-m.limits.senders
	}
}

// send makes the call: marked when it may be a second one, and once without markup when Telegram does not understand that.
func (m *mail) send(ctx context.Context, o store.Outbound) outcome {
	params := o.Body
	if o.Unsure && creates(o.Method) {
		params = m.mark(o)
	}
	params, err := addressed(o, params)
	if err != nil {
		return outcome{reason: "parameters: " + m.reason(err)}
	}
	out := m.try(ctx, o.Method, params, o.File)
	if out.fate != malformed {
		return out
	}
	m.log.Error("markup refused", "seq", o.Seq, "purpose", o.Purpose, "reason", out.reason)
	if params, err = plain(params); err != nil {
		return outcome{reason: m.reason(err)}
	}
	if out = m.try(ctx, o.Method, params, o.File); out.fate == malformed {
		return outcome{reason: beyondRepair}
	}
	return out
}

// settle writes down what became of a row. A send that succeeded must not be repeated only because the disk is full just now: it
// tries until it is written or the bot stops.
func (m *mail) settle(ctx context.Context, o store.Outbound, out outcome) {
	if m.staff(o.Chat) && out.unreachable && !isTapAnswer(o) {
		out.fate, out.after = wait, blockedGroup
		m.raise(ctx, alarmStaffChat)
	}
	if out.fate == revoked {
		m.raise(ctx, alarmToken)
		m.limits.stop(m.now().Add(tokenPause))
	}
	if out.fate == wait {
		m.limits.told(o.Chat, m.now(), out.after)
	}
	if isTapAnswer(o) {
		out = tapOutcome(o, out, m.now())
	}
	switch out.fate {
	case retry:
		out.after = backoff(sendBackoff, sendLongest, m.limits.failed(o.Seq))
	case unsure:
		out.after = backoff(sendBackoff, unsureLongest, m.limits.failed(o.Seq))
	default:
		m.limits.over(o.Seq)
	}
	m.logOutcome(o, out)
	for failures := 1; ; failures++ {
		err := guard(func() error {
			return m.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return m.write(tx, o, out, true) })
		})
		if err != nil && !errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrDone) {
			m.log.Error("settle", "seq", o.Seq, "purpose", o.Purpose, "err", m.reason(err))
			err = m.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return m.write(tx, o, out, false) })
		}
		if err == nil || errors.Is(err, store.ErrDone) || ctx.Err() != nil {
			break
		}
		m.log.Error("settle", "seq", o.Seq, "err", m.reason(err))
		m.disk(ctx, err)
		sleep(ctx, backoff(storeBackoff, longBackoff, failures), new(bell))
	}
	m.poke()
}

func isTapAnswer(o store.Outbound) bool { return o.Lane == store.LaneTap }

// tapOutcome has the answer to a tap tried again only as long as somebody may still look at the button, and never told of: it is a
// small notice above what the chat says anyway.
func tapOutcome(o store.Outbound, out outcome, now time.Time) outcome {
	late := now.Sub(o.CreatedAt) >= tapAnswered
	switch {
	case out.sent || out.fate == revoked:
	case (out.fate == retry || out.fate == unsure) && !late:
		out.fate = retry // to answer twice does nothing
	default:
		out.fate, out.unreachable = dropped, false
	}
	return out
}

func (m *mail) staff(chat int64) bool { return chat != 0 && chat == m.staffChat() }

// write is the transaction of settle. Without follow it only ends the row: what follows from that has failed.
func (m *mail) write(tx *store.Tx, o store.Outbound, out outcome, follow bool) error {
	now := m.now()
	switch out.fate {
	case dropped:
		return tx.MarkDead(o.Seq, out.reason, now)
	case retry:
		return tx.Retry(o.Seq, now.Add(out.after), false)
	case unsure:
		return tx.Retry(o.Seq, now.Add(out.after), true)
	case wait:
		return tx.PutBack(o.Seq, now.Add(out.after))
	case revoked:
		return tx.PutBack(o.Seq, now)
	case migrated:
		if err := errors.Join(tx.PutBack(o.Seq, now), tx.MigrateChat(o.Chat, out.moved)); err != nil || !follow {
			return err
		}
		return m.moved(tx, o.Chat, out.moved)
	}
	var err error
	if out.sent {
		err = tx.MarkSent(o.Seq, out.messageID, now)
	} else {
		err = tx.MarkDead(o.Seq, out.reason, now)
	}
	if err != nil || !follow {
		return err
	}
	if err := m.settled(tx, o, out); err != nil {
		return fmt.Errorf("what follows from %s: %w", o.Method, err)
	}
	return nil
}

func (m *mail) logOutcome(o store.Outbound, out outcome) {
	if out.sent {
		m.log.Debug("sent", "seq", o.Seq, "chat", o.Chat, "method", o.Method, "purpose", o.Purpose, "try", o.Tries, "unsure", o.Unsure)
		return
	}
	m.log.Warn("not sent", "seq", o.Seq, "chat", o.Chat, "method", o.Method, "purpose", o.Purpose, "try", o.Tries, "reason", out.reason)
}
