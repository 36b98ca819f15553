package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"skindesk/preview"
)

// What waits for a time to come goes on when the clock is moved there.
func TestMovedClockWakesTheBot(t *testing.T) {
	var clock *preview.Clock
	config := func(c *Config) {
		if clock == nil { // made inside the bubble
			clock = preview.NewClock(0)
		}
		c.Now = clock.Now
	}
	inClinicWith(t, config, func(c *clinic) {
		clock.Follow(preview.Follower{
			Wake: func() { c.bot.Wake() },
			Agenda: func(ctx context.Context) (time.Time, bool) {
				next, idle, err := c.bot.Agenda(ctx)
				if err != nil {
					t.Error(err)
				}
				return next, idle
			},
		})
		c.server.Faults().Add(preview.Fault{Kind: preview.TooMany, RetryAfter: 3 * 3600, Times: 1, Methods: []string{"sendMessage"}})
		if got := c.says(c.anna, "hello"); len(got) != 0 {
			t.Fatalf("sent although told to wait: %v", got)
		}
		if _, idle, err := c.bot.Agenda(c.t.Context()); err != nil || !idle {
			t.Errorf("what waits for its time keeps the bot busy: %v", err)
		}
		began := time.Now()
		if err := clock.Forward(c.t.Context(), clock.Now().Add(3*time.Hour+time.Minute)); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("moving took %s", took)
		}
		c.settle()
		last := c.anna.Last()
		if !last.FromBot || strings.TrimSpace(last.Text) == "" {
			t.Errorf("after three hours by the clock the chat ends with %+v", last)
		}
	})
}
