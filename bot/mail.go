package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	telegram "github.com/go-telegram/bot"

	"skindesk/store"
)

// mail is the way of an update in and of a message out. It knows nothing of the clinic: what an update means and what is said are
// the functions that it was given.
//
// In: the poll loop keeps every update before Telegram is told that it came; then each chat's updates are handled one after
// the other, chats beside each other. Out: each chat's rows are claimed, sent and marked one after the other, as fast as
// Telegram allows. Whatever is cut off goes on from the tables.
type mail struct {
	store  *store.Store
	client *telegram.Bot // made by newClient
	token  string
	apiURL string
	http   *http.Client
	now    func() time.Time
	log    *slog.Logger
	rate   float64 // messages a second; the limits of chats and groups scale with it

	// handle decides what an update means, commits that and ends its row in one transaction.
	handle func(ctx context.Context, in store.Inbound) error
	// letter tells staff and admin of an update that cannot be handled, and ends its row, in one transaction.
	letter func(ctx context.Context, in store.Inbound, cause error) error
	// notices renders what is due and tells when the next is; zero: not as things stand.
	notices func(ctx context.Context) (next time.Time, err error)
	// settled adds what follows to the transaction that ends a row as sent or dead.
	settled func(tx *store.Tx, o store.Outbound, out outcome) error
	// mark returns the parameters of a repeat that may be a second one, visibly marked.
	mark func(o store.Outbound) []byte
	// join makes fewer messages of those that wait for the clinic's group. Optional.
	join func(tx *store.Tx, now time.Time) error
	// staffChat is the clinic's group; 0: none. What is to go there waits when it cannot be reached.
	staffChat func() int64
	// moved adds to the transaction that moves a group's rows to the id that Telegram gave it.
	moved func(tx *store.Tx, from, to int64) error
	// back is told, in a transaction, that Telegram could not be reached for longer than a tap lives. Optional.
	back func(tx *store.Tx, from, to time.Time) error
	// alarm queues word to the admins, once for each key.
	alarm func(tx *store.Tx, key, what string) error
	// shout tells the admins at once and unsaved, for when the store cannot keep an alarm. Optional.
	shout func(ctx context.Context, what string)

	queued bell  // the outbox may have got new rows
	due    bell  // a notice may be due
	reach  reach // the poll loop's
	limits *limits
	crews  atomic.Pointer[[]*crew] // those at work

	shouting sync.Mutex
	shouted  time.Time
}

const (
	lookAgain    = time.Minute            // at the latest, should nobody have rung
	storeBackoff = 500 * time.Millisecond // and doubling, while the store cannot serve
)

// run polls, handles, tells notices and sends until ctx ends, and returns when all that was begun is finished: a send under way
// gets its answer or its time-out.
func (m *mail) run(ctx context.Context) error {
	m.limits = newLimits(m.rate)
	handlers, senders := newCrew(m.answer), newCrew(m.deliver)
	m.crews.Store(&[]*crew{handlers, senders})
	var chats []int64
	err := m.store.View(ctx, func(tx *store.Tx) (err error) {
		chats, err = tx.WaitingChats()
		return err
	})
	if err != nil {
		return fmt.Errorf("read the inbox: %w", err)
	}
	for _, chat := range chats {
		handlers.wake(ctx, chat)
	}
	var loops sync.WaitGroup
	loops.Go(func() { m.poll(ctx, handlers) })
	loops.Go(func() { m.tell(ctx) })
	loops.Go(func() { m.dispatch(ctx, senders) })
	loops.Wait()
	m.leave(ctx)
	handlers.wait()
	senders.wait()
	return nil
}

// wake has everybody who waits look at the clock again.
func (m *mail) wake() {
	m.poke()
	if crews := m.crews.Load(); crews != nil {
		for _, c := range *crews {
			c.wakeAll()
		}
	}
}

// poke has the mail look for what is due or queued: after rows were queued by others than its own functions.
func (m *mail) poke() {
	m.due.ring()
	m.queued.ring()
}

// tell renders notices whenever one is due.
func (m *mail) tell(ctx context.Context) {
	for ctx.Err() == nil {
		var next time.Time
		err := guard(func() (err error) {
			next, err = m.notices(ctx)
			return err
		})
		m.queued.ring()
		pause := lookAgain
		switch {
		case err != nil && ctx.Err() == nil:
			m.log.Error("notices", "err", m.reason(err))
			m.disk(ctx, err)
			pause = 5 * time.Second
		case !next.IsZero():
			pause = min(pause, next.Sub(m.now()))
		}
		sleep(ctx, pause, &m.due)
	}
}

// raise tells the admins, once an hour for each trouble.
func (m *mail) raise(ctx context.Context, what string) {
	key := fmt.Sprintf("alarm/%s/%d", what, m.now().Unix()/3600)
	err := m.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return m.alarm(tx, key, what) })
	if err != nil {
		m.log.Error("alarm not kept", "what", what, "err", m.reason(err))
		m.disk(ctx, err)
		return
	}
	m.queued.ring()
}

// disk shouts, once an hour, if the error says that the store cannot keep anything.
func (m *mail) disk(ctx context.Context, err error) {
	if !errors.Is(err, store.ErrUnavailable) || m.shout == nil {
		return
	}
	m.shouting.Lock()
	recent := !m.shouted.IsZero() && m.now().Sub(m.shouted) < time.Hour
	if !recent {
		m.shouted = m.now()
	}
	m.shouting.Unlock()
	if !recent {
		m.shout(ctx, alarmDisk)
	}
}

// guard makes a panic an error.
func guard(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{v, debug.Stack()}
		}
	}()
	return fn()
}

// panicError is a panic that was caught. Its text leaves the value out unless it is Go's own: it may hold a patient's words.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string {
	if err, ok := p.value.(runtime.Error); ok {
		return "panic: " + err.Error()
	}
	return fmt.Sprintf("panic: a %T", p.value)
}

const reasonLength = 300 // bytes kept of an error

// reason is an error's text without the token, short enough to be kept.
func (m *mail) reason(err error) string {
	text := strings.NewReplacer(m.token, "***", url.PathEscape(m.token), "***", url.QueryEscape(m.token), "***").Replace(err.Error())
	return strings.ToValidUTF8(text[:min(len(text), reasonLength)], "")
}
