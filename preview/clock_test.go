package preview

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// planner does one thing after the other, each at its time, as soon as it is woken.
type planner struct {
	clock *Clock
	plans []time.Time
	done  []time.Duration // after the start, when each was done
	start time.Time
}

func (p *planner) wake() {
	for len(p.plans) > 0 && !p.clock.Now().Before(p.plans[0]) {
		p.plans = p.plans[1:]
		p.done = append(p.done, p.clock.Now().Sub(p.start).Round(time.Second))
	}
}

func (p *planner) agenda(context.Context) (time.Time, bool) {
	if len(p.plans) == 0 {
		return time.Time{}, true
	}
	return p.plans[0], true
}

func TestClockStopsWhereSomethingIsPlanned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewClock(0)
		p := &planner{clock: c, start: c.Now()}
		for _, after := range []time.Duration{time.Hour, 20 * time.Hour, 72 * time.Hour} {
			p.plans = append(p.plans, c.Now().Add(after))
		}
		c.Follow(Follower{Wake: p.wake, Agenda: p.agenda})
		if err := c.Forward(t.Context(), c.Now().Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]time.Duration{time.Hour, 20 * time.Hour}, p.done); diff != "" {
			t.Error(diff)
		}
		if got := c.Ahead().Round(time.Minute); got != 24*time.Hour {
			t.Errorf("ahead by %s", got)
		}
	})
}

func TestClockNeverGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewClock(5 * time.Hour)
		if err := c.Forward(t.Context(), c.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := c.Ahead(); got != 5*time.Hour {
			t.Errorf("ahead by %s", got)
		}
		if got := NewClock(-time.Hour).Ahead(); got != 0 {
			t.Errorf("a new clock is ahead by %s", got)
		}
	})
}

// In an outage nobody gets done with anything: the clock waits a little at each stop and goes on.
func TestClockDoesNotWaitForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewClock(0)
		c.Follow(Follower{Agenda: func(context.Context) (time.Time, bool) { return c.Now().Add(-time.Minute), false }})
		began := time.Now()
		if err := c.Forward(t.Context(), c.Now().Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 2*settleFor+time.Second {
			t.Errorf("took %s", took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := c.Forward(ctx, c.Now().Add(time.Hour)); err == nil {
			t.Error("a move that was called off says that all is well")
		}
	})
}
