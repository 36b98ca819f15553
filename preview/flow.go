package preview

import (
	"slices"
	"strings"
	"time"
)

// How much a bot may send. The first three are what Telegram's FAQ for bots says, without exact figures for bursts; the
// others stand in its server's source.
const (
	flowAll      = 30 // messages a second
	flowPrivate  = 3  // a second each, counted over three so that a short burst passes
	flowGroup    = 20 // a minute
	maxUnsent    = 310
	floodPause   = 3 * time.Second
	floodWait    = 60 // seconds
	flowEveryone = 0  // the key of the whole bot
)

// flow is when messages were last sent, by chat.
type flow map[int64][]time.Time

// creates tells the methods that put a new message into a chat.
func creates(method string) bool {
	return strings.HasPrefix(method, "send") && method != "sendchataction" || strings.HasPrefix(method, "copymessage") ||
		strings.HasPrefix(method, "forwardmessage")
}

// beginSend counts a message that is on its way to a chat; false if there are too many already.
func (s *Server) beginSend(chat int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsent[chat]++
	return s.unsent[chat] <= maxUnsent
}

func (s *Server) endSend(chat int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unsent[chat]--; s.unsent[chat] == 0 {
		delete(s.unsent, chat)
	}
}

// mayFlow refuses a message that comes too early, if the limits are kept.
func (s *Server) mayFlow(r *request) error {
	if !creates(r.method) || !s.faults.limited() {
		return nil
	}
	chat, now := r.integer("chat_id"), s.now()
	many, span := flowPrivate, flowPrivate*time.Second
	if chat < 0 {
		many, span = flowGroup, time.Minute
	}
	wait := max(s.flow.wait(flowEveryone, flowAll, time.Second, now), s.flow.wait(chat, many, span, now))
	if wait > 0 {
		return tooMany(int((wait + time.Second - 1) / time.Second))
	}
	s.flow[flowEveryone] = append(s.flow[flowEveryone], now)
	s.flow[chat] = append(s.flow[chat], now)
	return nil
}

// wait is how long it takes until one more message fits into the span.
func (f flow) wait(key int64, many int, span time.Duration, now time.Time) time.Duration {
	f[key] = slices.DeleteFunc(f[key], func(t time.Time) bool { return now.Sub(t) >= span })
	if len(f[key]) < many {
		return 0
	}
	return f[key][len(f[key])-many].Add(span).Sub(now)
}
