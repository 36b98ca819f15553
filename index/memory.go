package index

import (
	"slices"
	"sync"
)

// memory keeps what bleve has said of keys.
type memory struct {
	mu   sync.Mutex
	of   map[string][]posting
	size int
}

const (
	remembered = 1 << 18 // postings, 2 MB; beyond that all is forgotten
	keyCost    = 8       // how many postings a key takes the room of
)

func (m *memory) get(key string) ([]posting, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.of[key]
	return found, ok
}

func (m *memory) put(key string, found []posting) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size += len(found) + keyCost; m.of == nil || m.size > remembered {
		m.of, m.size = map[string][]posting{}, len(found)+keyCost
	}
	m.of[key] = slices.Clip(found)
}
