package bot

import (
	"context"
	"errors"
	"time"

	"skindesk/store"
)

const (
	handlersAtOnce = 16 // they share the store's commits, so more than there are cores
	inboxTries     = 3
	inboxBackoff   = time.Second
)

var errNotEnded = errors.New("the handler did not end the update's row")

// answer handles a chat's updates, oldest first, until none is left or one has to wait.
func (m *mail) answer(ctx context.Context, chat int64) (pause time.Duration, more bool) {
	select {
	case m.limits.handlers <- struct{}{}:
		defer func() { <-m.limits.handlers }()
	case <-ctx.Done():
		return 0, false
	}
	var last int64
	for ctx.Err() == nil {
		in, found, err := m.oldest(ctx, chat)
		switch {
		case err != nil:
			m.log.Error("read the inbox", "chat", chat, "err", m.reason(err))
			return backoff(storeBackoff, longBackoff, 1), true
		case !found:
			return 0, false
		case in.Due.After(m.now()):
			return in.Due.Sub(m.now()), true
		case in.Seq == last:
			err = errNotEnded
		default:
			err = guard(func() error { return m.handle(ctx, in) })
		}
		last = in.Seq
		m.poke()
		if err == nil || errors.Is(err, store.ErrDone) || ctx.Err() != nil {
			continue
		}
		if pause := m.failed(ctx, in, err); pause > 0 {
			return pause, true
		}
	}
	return 0, false
}

func (m *mail) oldest(ctx context.Context, chat int64) (in store.Inbound, found bool, err error) {
	err = m.store.View(ctx, func(tx *store.Tx) (err error) {
		in, found, err = tx.OldestInbound(chat)
		return err
	})
	return in, found, err
}

// failed counts a try of an update; the last makes it a dead letter and the chat goes on. Trouble of the store is nobody's
// try. It returns how long the chat has to pause.
func (m *mail) failed(ctx context.Context, in store.Inbound, cause error) time.Duration {
	m.logFailure(in, cause)
	err := cause
	if !errors.Is(cause, store.ErrUnavailable) {
		if in.Tries+1 >= inboxTries {
			err = m.bury(ctx, in, cause)
		} else {
			err = m.store.Update(ctx, func(tx *store.Tx) error {
				return tx.FailInbound(in.Seq, m.reason(cause), m.now().Add(backoff(inboxBackoff, longBackoff, 2*in.Tries+1)))
			})
		}
	}
	if err == nil || errors.Is(err, store.ErrDone) {
		return 0
	}
	m.disk(ctx, err)
	return backoff(storeBackoff, longBackoff, in.Tries+2)
}

// bury ends an update that cannot be handled. If even the letter about it fails, the row is ended without.
func (m *mail) bury(ctx context.Context, in store.Inbound, cause error) error {
	err := guard(func() error { return m.letter(ctx, in, cause) })
	m.poke()
	if err == nil || errors.Is(err, store.ErrUnavailable) || ctx.Err() != nil {
		return err
	}
	m.log.Error("dead letter without a word", "seq", in.Seq, "update", in.UpdateID, "err", m.reason(err))
	return m.store.Update(ctx, func(tx *store.Tx) error { return tx.KillInbound(in.Seq, m.reason(cause)) })
}

func (m *mail) logFailure(in store.Inbound, cause error) {
	args := []any{"seq", in.Seq, "update", in.UpdateID, "chat", in.Chat, "try", in.Tries + 1, "err", m.reason(cause)}
	var p *panicError
	if errors.As(cause, &p) {
		args = append(args, "stack", string(p.stack))
	}
	m.log.Error("handle", args...)
}
