package preview

import (
	"maps"
	"strings"
	"time"
)

// maxCalls is how many calls are remembered; older ones make room.
const maxCalls = 100_000

// Call is one call of the Bot API that the server received.
type Call struct {
	At     time.Time
	Method string            // as Telegram spells it in lower case: "sendmessage"
	Params map[string]string // as a form would carry them; empty if the call was refused unread
	Chat   int64             // the chat_id, if it was a number
	Status int               // of the answer, even if a fault kept it back; 0 while carrying out, or for none
	Fault  Kind              // what met the call, if anything
}

// Calls returns every call so far, oldest first.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := make([]Call, len(s.calls))
	for i, c := range s.calls {
		calls[i] = *c
		calls[i].Params = maps.Clone(c.Params)
	}
	return calls
}

// note remembers that a call arrived.
func (s *Server) note(name string, fault Fault) *Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Call{At: s.now(), Method: strings.ToLower(name), Fault: fault.Kind}
	if len(s.calls) >= maxCalls {
		s.calls = append(s.calls[:0], s.calls[maxCalls/2:]...)
	}
	s.calls = append(s.calls, c)
	if fault.Kind != "" {
		s.touch() // the page counts them
	}
	return c
}

// describe adds what the call asks for.
func (s *Server) describe(c *Call, req *request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Params, c.Chat = req.values, req.integer("chat_id")
}

// finish adds how the call was answered.
func (s *Server) finish(c *Call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Status = status
}
