package preview

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Kind is a way in which a call can go wrong.
type Kind string

const (
	Refuse      Kind = "refuse"    // the connection ends before the call is read; nothing is carried out
	ServerError Kind = "500"       // 500 with JSON
	BadGateway  Kind = "502"       // 502 with a page of HTML
	Reject      Kind = "400"       // 400 with a Description; nothing is carried out
	TooMany     Kind = "429"       // 429 with retry_after; nothing is carried out
	Cut         Kind = "cut"       // carried out, and the connection ends without an answer
	Half        Kind = "half"      // carried out, and the connection ends in the middle of the answer
	Hang        Kind = "hang"      // no answer until the bot gives up, or For has passed
	Slow        Kind = "slow"      // carried out; the answer takes For, a piece at a time
	Twice       Kind = "twice"     // getUpdates: what the offset confirms comes once more; webhook: what was answered with 200
	TapTwice    Kind = "tap twice" // a tap arrives a second time as a new update, as after a reconnect
	Reorder     Kind = "reorder"   // an update is overtaken by the next one of another chat
)

// Fault is a rule: which calls meet which trouble, how likely and how often.
type Fault struct {
	Kind        Kind
	Methods     []string      // which methods; all if empty. TapTwice and Reorder meet updates, not methods
	Chance      float64       // of each such call, 0 to 1; always if zero
	Times       int           // how often at most; no limit if zero
	RetryAfter  int           // seconds, for TooMany; 1 if zero
	Description string        // for Reject
	For         time.Duration // for Hang (until the bot gives up if zero) and Slow (10 s if zero)
	CarriedOut  bool          // ServerError, BadGateway and Hang: the call took effect all the same
}

// Faults chooses the fault of each call. Rules are tried in the order in which they were added; the first that fires
// counts. Nothing goes wrong until a rule is added.
type Faults struct {
	net *network

	mu    sync.Mutex
	dice  *rand.Rand
	rules []*rule
	flow  bool // Telegram's limits on sending are kept
	fired map[Kind]int

	switched map[string]*rule // by the page
}

type rule struct {
	Fault
	left int // how often it may still fire; negative for no limit
}

func newFaults(n *network) *Faults {
	return &Faults{net: n, dice: rand.New(rand.NewPCG(1, 2)), fired: map[Kind]int{}, switched: map[string]*rule{}}
}

// Seed starts the dice anew, so that a run can be repeated.
func (f *Faults) Seed(seed uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dice = rand.New(rand.NewPCG(seed, 2))
}

// Add puts a rule in force and returns a function that lifts it.
func (f *Faults) Add(fault Fault) (lift func()) {
	r := f.add(fault)
	return func() { f.lift(r) }
}

func (f *Faults) add(fault Fault) *rule {
	r := &rule{Fault: fault, left: fault.Times}
	if fault.Times <= 0 {
		r.left = -1
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = append(f.rules, r)
	return r
}

func (f *Faults) lift(r *rule) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = slices.DeleteFunc(f.rules, func(x *rule) bool { return x == r })
}

// Clear lifts every rule and ends an outage.
func (f *Faults) Clear() {
	f.mu.Lock()
	f.rules, f.flow = nil, false
	f.mu.Unlock()
	f.net.cut(false)
}

// Outage cuts the line or mends it. Over [Server.Client] no connection can be made meanwhile and open ones end; over a
// listener of someone else's, every call's connection ends unread. People go on writing: updates wait.
func (f *Faults) Outage(on bool) { f.net.cut(on) }

// Limits sets whether too many messages at once are refused with 429, as Telegram's FAQ has it: 30 a second for the bot, 20
// a minute in a group, one a second in a private chat, where a short burst passes.
func (f *Faults) Limits(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.flow = on
}

func (f *Faults) limited() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.flow
}

// Fired counts how often each kind of fault has met a call.
func (f *Faults) Fired() map[Kind]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	counts := make(map[Kind]int, len(f.fired))
	for kind, n := range f.fired {
		counts[kind] = n
	}
	return counts
}

// pick chooses the fault that meets a call; its Kind is empty if all goes well.
func (f *Faults) pick(method string) Fault {
	return f.choose(func(r *rule) bool {
		switch r.Kind {
		case TapTwice, Reorder:
			return false
		case Twice:
			return strings.EqualFold(method, "getUpdates") && r.meets(method)
		}
		return r.meets(method)
	})
}

// redelivers says whether what a webhook has taken is to come once more.
func (f *Faults) redelivers() bool {
	return f.choose(func(r *rule) bool { return r.Kind == Twice }).Kind == Twice
}

// reorders says whether an update is to be overtaken.
func (f *Faults) reorders() bool {
	return f.choose(func(r *rule) bool { return r.Kind == Reorder }).Kind == Reorder
}

// doubles says whether a tap is to arrive twice.
func (f *Faults) doubles() bool {
	return f.choose(func(r *rule) bool { return r.Kind == TapTwice }).Kind == TapTwice
}

func (f *Faults) choose(applies func(*rule) bool) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rules {
		if r.left == 0 || !applies(r) || (r.Chance > 0 && f.dice.Float64() >= r.Chance) {
			continue
		}
		r.left--
		f.fired[r.Kind]++
		return r.Fault
	}
	return Fault{}
}

func (r *rule) meets(method string) bool {
	return len(r.Methods) == 0 || slices.ContainsFunc(r.Methods, func(m string) bool { return strings.EqualFold(m, method) })
}

// carriesOut says whether a call that meets this fault takes effect.
func (f Fault) carriesOut() bool {
	switch f.Kind {
	case Refuse, Reject, TooMany:
		return false
	case ServerError, BadGateway, Hang:
		return f.CarriedOut
	}
	return true
}

// status is what a call that was not carried out is answered with; 0 for no answer.
func (f Fault) status() int {
	switch f.Kind {
	case ServerError:
		return http.StatusInternalServerError
	case BadGateway:
		return http.StatusBadGateway
	case Reject:
		return http.StatusBadRequest
	case TooMany:
		return http.StatusTooManyRequests
	}
	return 0
}

// spoil answers, or does not, the way the fault has it. The body is the true answer of a call that was carried out.
func (s *Server) spoil(w http.ResponseWriter, r *http.Request, f Fault, body []byte) {
	switch f.Kind {
	case ServerError:
		writeError(w, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error"})
	case BadGateway:
		html := "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
		write(w, http.StatusBadGateway, http.Header{"Content-Type": {"text/html"}}, []byte(html))
	case Reject:
		writeError(w, &apiError{code: http.StatusBadRequest, text: "Bad Request: " + f.Description})
	case TooMany:
		writeError(w, tooMany(max(f.RetryAfter, 1)))
	case Half:
		s.answerHalf(w, body)
	case Hang:
		s.hang(r, f.For)
		hangUp(w)
	case Slow:
		s.dribble(w, r, orElse(f.For, 10*time.Second), body)
	default:
		hangUp(w)
	}
}

// answerHalf promises the whole answer, sends half, and leaves; net/http then ends the connection.
func (s *Server) answerHalf(w http.ResponseWriter, body []byte) {
	announce(w, len(body))
	_, _ = w.Write(body[:len(body)/2])
	_ = http.NewResponseController(w).Flush()
}

func (s *Server) hang(r *http.Request, d time.Duration) {
	if d > 0 {
		s.pause(r.Context(), d)
		return
	}
	select {
	case <-r.Context().Done():
	case <-s.closed:
	}
}

func (s *Server) dribble(w http.ResponseWriter, r *http.Request, d time.Duration, body []byte) {
	const pieces = 10
	announce(w, len(body))
	for i := range pieces {
		if !s.pause(r.Context(), d/pieces) {
			return
		}
		_, _ = w.Write(body[len(body)*i/pieces : len(body)*(i+1)/pieces])
		_ = http.NewResponseController(w).Flush()
	}
}

// announce begins an answer of a known length.
func announce(w http.ResponseWriter, length int) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(http.StatusOK)
}
