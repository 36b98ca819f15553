package bot

import (
	"context"
	"sync"
	"time"
)

// crew gives each chat that has something to do a worker of its own: one thing after the other in a chat, chats beside each other.
type crew struct {
	// work does the next thing of a chat. It returns how long to pause before the one after, or more = false when there is
	// nothing left until the chat is woken.
	work func(ctx context.Context, chat int64) (pause time.Duration, more bool)

	mu   sync.Mutex
	busy map[int64]*bell
	all  sync.WaitGroup
}

func newCrew(work func(context.Context, int64) (time.Duration, bool)) *crew {
	return &crew{work: work, busy: map[int64]*bell{}}
}

// wake has a chat looked at, now or right after what is being done for it.
func (c *crew) wake(ctx context.Context, chat int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b, ok := c.busy[chat]; ok {
		b.ring()
		return
	}
	b := new(bell)
	c.busy[chat] = b
	c.all.Go(func() {
		for ctx.Err() == nil {
			pause, more := c.work(ctx, chat)
			if more {
				sleep(ctx, pause, b)
			} else if c.leave(chat, b) {
				return
			}
		}
	})
}

// wakeAll has every chat looked at that waits for a time to come.
func (c *crew) wakeAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.busy {
		b.ring()
	}
}

// leave ends a chat's worker unless somebody has rung meanwhile.
func (c *crew) leave(chat int64, b *bell) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b.rung() {
		return false
	}
	delete(c.busy, chat)
	return true
}

// wait returns when every worker has ended.
func (c *crew) wait() { c.all.Wait() }

// bell wakes whoever waits for it, or the next who will. The zero value is ready.
type bell struct {
	once sync.Once
	c    chan struct{}
}

func (b *bell) ch() chan struct{} {
	b.once.Do(func() { b.c = make(chan struct{}, 1) })
	return b.c
}

func (b *bell) ring() {
	select {
	case b.ch() <- struct{}{}:
	default:
	}
}

// rung reports, once, whether somebody has rung.
func (b *bell) rung() bool {
	select {
	case <-b.ch():
		return true
	default:
		return false
	}
}

// sleep waits until the time is over, the bell rings or ctx ends.
func sleep(ctx context.Context, d time.Duration, b *bell) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-b.ch():
	case <-ctx.Done():
	}
}
