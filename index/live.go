package index

import (
	"sync"
	"sync/atomic"
)

// Live holds the index in use. Switching is one step: whoever has pinned the old index finishes with it, and it is closed
// when the last of them lets go.
type Live struct {
	current atomic.Pointer[pinned]
}

// pinned counts the users of one index; the holder of Live is one of them.
type pinned struct {
	index *Index
	mu    sync.Mutex
	users int
}

// NewLive returns a Live that serves ix and owns it.
func NewLive(ix *Index) *Live {
	l := new(Live)
	l.current.Store(&pinned{index: ix, users: 1})
	return l
}

// Pin returns the index in use and a function that must be called once when done with it. Until then the index stays open,
// whatever Switch does. It returns nil after Close.
func (l *Live) Pin() (*Index, func()) {
	for {
		p := l.current.Load()
		if p == nil {
			return nil, func() {}
		}
		if p.take() {
			return p.index, sync.OnceFunc(p.release)
		}
	}
}

// Switch makes ix the index in use and lets go of the one before.
func (l *Live) Switch(ix *Index) {
	if old := l.current.Swap(&pinned{index: ix, users: 1}); old != nil {
		old.release()
	}
}

// Close lets go of the index in use.
func (l *Live) Close() {
	if old := l.current.Swap(nil); old != nil {
		old.release()
	}
}

func (p *pinned) take() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.users == 0 {
		return false
	}
	p.users++
	return true
}

func (p *pinned) release() {
	p.mu.Lock()
	p.users--
	last := p.users == 0
	p.mu.Unlock()
	if last {
		p.index.Close()
	}
}
