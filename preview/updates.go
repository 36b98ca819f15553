package preview

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	messageLife = 24 * time.Hour
	tapLife     = 150 * time.Second
	maxPoll     = 50 // seconds; a longer wait is cut to this
	idleReset   = 7 * 24 * time.Hour
	holdFor     = 2 * time.Second
	farOffset   = 10 // an offset this far beyond the newest update is not believed
)

// update is one event as the bot will read it, written down when it happens.
type update struct {
	id      int64
	kind    string
	lane    int64 // updates of one lane are delivered to a webhook one after the other
	body    json.RawMessage
	expires time.Time
}

func (u update) MarshalJSON() ([]byte, error) {
	return encode(map[string]any{"update_id": u.id, u.kind: u.body}), nil
}

// queue keeps the updates that the bot has not confirmed, and how it asks for them.
type queue struct {
	pending  []update
	next     int64
	lastPush time.Time
	allowed  map[string]bool // nil: the default

	waiting     *poll
	lastOffset  int64
	lastStart   time.Time // by the clock that waiting uses
	quietUntil  time.Time // conflicts before this are told late
	askedBefore bool
}

// poll is a getUpdates call that waits. Exactly one value is ever sent on wake.
type poll struct {
	offset, limit int64
	wake          chan error // nil: look again; else the conflict that ended it
}

// optionalKinds are left out unless the bot asks for them by name.
func optionalKinds() []string {
	return []string{"chat_member", "message_reaction", "message_reaction_count"}
}

func (q *queue) wants(kind string) bool {
	if q.allowed == nil {
		return !slices.Contains(optionalKinds(), kind)
	}
	return q.allowed[kind]
}

// The lanes of what is no message, beside those of the chats.
const (
	tapLane      = 3 << 33
	memberLane   = 5 << 33
	reactionLane = 8 << 33
)

// push adds an update, if the bot wants this kind, and wakes whoever waits for it. It returns the id, or 0: also for one that
// is held back.
func (s *Server) push(kind string, lane int64, body any, expires time.Time) int64 {
	if !s.updates.wants(kind) {
		return 0
	}
	u := update{kind: kind, lane: lane, body: encode(body), expires: expires}
	held := s.held
	s.held = nil
	switch {
	case held != nil && held.lane == lane: // one chat keeps its order
		s.enqueue(*held)
		return s.enqueue(u)
	case held != nil:
		defer s.enqueue(*held)
	case s.faults.reorders():
		s.hold(u)
		return 0
	}
	return s.enqueue(u)
}

// hold keeps an update back until one of another lane has overtaken it, or for a while.
func (s *Server) hold(u update) {
	s.held = &u
	time.AfterFunc(holdFor, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.held == &u {
			s.held = nil
			s.enqueue(u)
		}
	})
}

// enqueue gives an update its number.
func (s *Server) enqueue(u update) int64 {
	q := &s.updates
	now := s.now()
	if len(q.pending) == 0 && !q.lastPush.IsZero() && now.Sub(q.lastPush) > idleReset {
		// After an idle week Telegram starts at a number of its own choice, which may be a lower one.
		q.next = 1 + rand.Int64N(1<<30)
	}
	q.lastPush = now
	u.id = q.next
	q.next++
	q.pending = append(q.pending, u)
	q.end(nil)
	s.hook.ring()
	return u.id
}

// end wakes the waiting poll: to look again, or with the conflict that ends it.
func (q *queue) end(err error) {
	if q.waiting != nil {
		q.waiting.wake <- err
		q.waiting = nil
	}
}

// getUpdates is the one method that waits, so it takes the lock itself.
func (s *Server) getUpdates(r *request, again bool) (any, error) {
	s.mu.Lock()
	if s.hook != nil {
		s.mu.Unlock()
		return nil, s.tellConflict(r, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	s.allow(r)
	offset, limit, timeout := s.pace(r)
	got := s.fetch(offset, limit, again)
	if len(got) > 0 || timeout == 0 {
		s.mu.Unlock()
		return got, nil
	}
	p := &poll{offset: offset, limit: limit, wake: make(chan error, 1)}
	s.updates.end(conflict("terminated by other getUpdates request; make sure that only one bot instance is running"))
	s.updates.waiting = p
	s.mu.Unlock()
	return s.await(r, p, time.Duration(timeout)*time.Second)
}

// await waits for an update, for the time to pass, or for a reason to stop waiting.
func (s *Server) await(r *request, p *poll, d time.Duration) (any, error) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case err := <-p.wake:
		if err != nil {
			return nil, s.delayConflict(r, err)
		}
	case <-t.C:
	case <-r.ctx.Done():
	case <-s.closed:
		return nil, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error: restart"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.updates.waiting == p {
		s.updates.waiting = nil
	}
	return s.fetch(p.offset, p.limit, false), nil
}

// pace reads what the call asks for, and slows down a bot that asks for the same again and again.
func (s *Server) pace(r *request) (offset, limit, timeout int64) {
	offset = r.integer("offset")
	limit = 100
	if r.has("limit") {
		limit = min(max(r.integer("limit"), 1), 100)
	}
	timeout = min(max(r.integer("timeout"), 0), maxPoll)
	q, now := &s.updates, time.Now()
	if q.askedBefore && offset == q.lastOffset {
		since := now.Sub(q.lastStart)
		if timeout < 3 && since < 3*time.Second {
			timeout = 3
		}
		if since < 500*time.Millisecond {
			limit = 1
		}
	}
	q.askedBefore, q.lastOffset, q.lastStart = true, offset, now
	return offset, limit, timeout
}

// fetch forgets what the offset confirms and returns what comes after. With again set it forgets nothing this time.
func (s *Server) fetch(offset, limit int64, again bool) []update {
	q := &s.updates
	before := len(q.pending)
	s.expire()
	if offset < 0 {
		keep := min(int(-offset), len(q.pending))
		q.pending = slices.Clone(q.pending[len(q.pending)-keep:])
	}
	if offset > 0 && offset <= q.next+farOffset && !again {
		q.pending = slices.DeleteFunc(q.pending, func(u update) bool { return u.id < offset })
	}
	if len(q.pending) != before {
		s.touch() // the page counts what waits
	}
	return slices.Clone(q.pending[:min(int(limit), len(q.pending))])
}

// expire forgets what has waited too long.
func (s *Server) expire() {
	now := s.now()
	s.updates.pending = slices.DeleteFunc(s.updates.pending, func(u update) bool { return !now.Before(u.expires) })
}

// allow takes over a new list of kinds. An absent or broken one changes nothing, an empty one restores the default.
func (s *Server) allow(r *request) {
	raw := r.text("allowed_updates")
	var kinds []string
	if raw == "" || json.Unmarshal([]byte(raw), &kinds) != nil {
		return
	}
	if len(kinds) == 0 {
		s.updates.allowed = nil
		return
	}
	s.updates.allowed = map[string]bool{}
	for _, kind := range kinds {
		s.updates.allowed[kind] = true
	}
}

func (s *Server) tellConflict(r *request, text string) error {
	return s.delayConflict(r, conflict(text))
}

// delayConflict tells the first conflict at once and another within three seconds only after three more.
func (s *Server) delayConflict(r *request, err error) error {
	s.mu.Lock()
	now := time.Now()
	early := now.Before(s.updates.quietUntil)
	if !early {
		s.updates.quietUntil = now.Add(3 * time.Second)
	}
	s.mu.Unlock()
	if early {
		s.pause(r.ctx, 3*time.Second)
	}
	return err
}

// Pending counts the updates that the bot has not confirmed yet.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates.pending)
}

func formatID(id int64) string { return strconv.FormatInt(id, 10) }
