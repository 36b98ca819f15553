package preview

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	settleFor  = 2 * time.Second      // how long a stop waits for those who live by the clock
	settleLook = 4 * time.Millisecond // between two looks
	maxStops   = 1000                 // of one way forward; the rest is a jump
)

// Clock is a wall clock that can be moved forward, and never goes back. Who lives by it is woken when it moves, and it
// stops at every moment for which somebody has planned something, so that what was planned happens at its time and in
// its order. It is safe for use by many goroutines.
type Clock struct {
	moving chan struct{} // holds a value while somebody moves the clock

	mu        sync.Mutex
	ahead     time.Duration
	followers []Follower
}

// Follower is somebody who lives by a clock.
type Follower struct {
	// Wake says that the time has changed. Optional.
	Wake func()
	// Agenda tells when the follower will do something next (zero: nothing is planned), and whether it is done with what
	// was to be done until now. Optional.
	Agenda func(context.Context) (next time.Time, idle bool)
}

// NewClock makes a clock that is so far ahead of the machine's.
func NewClock(ahead time.Duration) *Clock {
	return &Clock{ahead: max(ahead, 0), moving: make(chan struct{}, 1)}
}

// Now is what the clock shows.
func (c *Clock) Now() time.Time { return time.Now().Add(c.Ahead()) }

// Ahead is how far the clock is ahead of the machine's.
func (c *Clock) Ahead() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ahead
}

// Follow adds somebody who lives by the clock.
func (c *Clock) Follow(f Follower) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.followers = append(c.followers, f)
}

// Forward moves the clock to a later time and returns when everybody is done with what fell into the time between. An
// earlier time changes nothing. It ends early with ctx.
func (c *Clock) Forward(ctx context.Context, to time.Time) error {
	select {
	case c.moving <- struct{}{}:
		defer func() { <-c.moving }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for range maxStops {
		stop := c.nextStop(ctx, to)
		if !c.set(stop) {
			break
		}
		if !c.settled(ctx) {
			return ctx.Err()
		}
	}
	c.set(to)
	c.settled(ctx)
	return ctx.Err()
}

// nextStop is the earliest moment that somebody has planned for, or the end of the way.
func (c *Clock) nextStop(ctx context.Context, to time.Time) time.Time {
	now := c.Now()
	for _, f := range c.all() {
		if f.Agenda == nil {
			continue
		}
		// What is overdue cannot be done just now, and keeps nobody up.
		if next, _ := f.Agenda(ctx); next.After(now) && next.Before(to) {
			to = next
		}
	}
	return to
}

// set moves the clock and wakes everybody. It reports whether that was forward.
func (c *Clock) set(to time.Time) bool {
	c.mu.Lock()
	ahead := time.Until(to)
	forward := ahead > c.ahead
	if forward {
		c.ahead = ahead
	}
	c.mu.Unlock()
	if forward {
		for _, f := range c.all() {
			if f.Wake != nil {
				f.Wake()
			}
		}
	}
	return forward
}

// settled waits until everybody is idle, but not for ever: in an outage nobody is. It reports false when ctx ended.
func (c *Clock) settled(ctx context.Context) bool {
	look := time.NewTicker(settleLook)
	defer look.Stop()
	for end := time.Now().Add(settleFor); time.Now().Before(end); {
		select {
		case <-look.C:
		case <-ctx.Done():
			return false
		}
		busy := slices.ContainsFunc(c.all(), func(f Follower) bool {
			if f.Agenda == nil {
				return false
			}
			_, idle := f.Agenda(ctx)
			return !idle
		})
		if !busy {
			return true
		}
	}
	return ctx.Err() == nil
}

func (c *Clock) all() []Follower {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.followers)
}
