package index

import (
	"slices"
	"sync"
)

// match is how well a phrasing matches a key.
type match struct {
	phrase int32
	score  float32
}

// memory keeps what bleve has said of keys.
type memory struct {
	mu   sync.Mutex
	of   map[string][]match
	size int
}

const (
	remembered = 1 << 18 // matches, 2 MB; beyond that all is forgotten
	keyCost    = 8       // how many matches a key takes the room of
)

func (m *memory) get(key string) ([]match, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.of[key]
	return found, ok
}

func (m *memory) put(key string, found []match) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size += len(found) + keyCost; m.of == nil || m.size > remembered {
		m.of, m.size = map[string][]match{}, len(found)+keyCost
	}
	m.of[key] = slices.Clip(found)
}
