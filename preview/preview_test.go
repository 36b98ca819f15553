package preview

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// caller is a bot that knows nothing but HTTP.
type caller struct {
	t    *testing.T
	http *http.Client
	base string // with the token
}

// reply is an answer of the Bot API.
type reply struct {
	Status      int
	Header      http.Header
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter      int   `json:"retry_after"`
		MigrateToChatID int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

type params map[string]any

// call posts JSON.
func (c caller) call(method string, p params) reply {
	c.t.Helper()
	body, err := json.Marshal(p)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.post(method, "application/json", bytes.NewReader(body))
}

func (c caller) post(method, kind string, body io.Reader) reply {
	c.t.Helper()
	answer, err := c.http.Post(c.base+"/"+method, kind, body)
	if err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
	return c.read(method, answer)
}

func (c caller) read(method string, answer *http.Response) reply {
	c.t.Helper()
	defer answer.Body.Close()
	r := reply{Status: answer.StatusCode, Header: answer.Header}
	if err := json.NewDecoder(answer.Body).Decode(&r); err != nil {
		c.t.Fatalf("%s: answer: %v", method, err)
	}
	return r
}

// must is a call that succeeds; its result goes into the value.
func (c caller) must(method string, p params, into any) {
	c.t.Helper()
	r := c.call(method, p)
	if !r.OK || r.Status != http.StatusOK {
		c.t.Fatalf("%s %v: %d %s", method, p, r.Status, r.Description)
	}
	if into != nil {
		if err := json.Unmarshal(r.Result, into); err != nil {
			c.t.Fatalf("%s: result %s: %v", method, r.Result, err)
		}
	}
}

// refused is a call that fails in exactly this way.
func (c caller) refused(method string, p params, code int, description string) {
	c.t.Helper()
	r := c.call(method, p)
	if r.OK || r.Status != code || r.Code != code || r.Description != description {
		c.t.Errorf("%s %v: got %d %q, want %d %q", method, p, r.Status, r.Description, code, description)
	}
}

// event is an update as the wire has it.
type event map[string]json.RawMessage

func (e event) id(t *testing.T) int64 {
	t.Helper()
	var id int64
	if err := json.Unmarshal(e["update_id"], &id); err != nil {
		t.Fatal(err)
	}
	return id
}

// kind is the one field besides the id.
func (e event) kind() string {
	for name := range e {
		if name != "update_id" {
			return name
		}
	}
	return ""
}

func (e event) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal(e[e.kind()], v); err != nil {
		t.Fatalf("%s: %v", e[e.kind()], err)
	}
}

func (c caller) updates(p params) []event {
	c.t.Helper()
	var events []event
	c.must("getUpdates", p, &events)
	return events
}

// drain reads and confirms everything that waits, without waiting.
func (c caller) drain(s *Server) []event {
	c.t.Helper()
	var all []event
	for s.Pending() > 0 {
		batch := c.updates(params{})
		last := batch[len(batch)-1].id(c.t)
		all = append(all, batch...)
		s.mu.Lock()
		s.fetch(last+1, 1, false) // confirmed here: the same call again at once would be slowed down
		s.updates.askedBefore = false
		s.mu.Unlock()
	}
	return all
}

// clock is a wall clock that tests set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// overTCP serves a new Telegram on a real port.
func overTCP(t *testing.T, o Options) (*Server, caller) {
	t.Helper()
	s := New(o)
	srv := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Close()
		srv.Close()
	})
	return s, caller{t, srv.Client(), srv.URL + "/bot" + s.Token()}
}

// inBubble runs a test where waiting takes no time.
func inBubble(t *testing.T, o Options, test func(*testing.T, *Server, caller)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := New(o)
		defer s.Close()
		test(t, s, caller{t, s.Client(), "http://telegram.preview/bot" + s.Token()})
	})
}

func TestLongPollTakesNoRealTime(t *testing.T) {
	began := time.Now()
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		start := time.Now()
		if got := c.updates(params{"timeout": 50}); len(got) != 0 {
			t.Errorf("got %d updates from nobody", len(got))
		}
		if waited := time.Since(start); waited != 50*time.Second {
			t.Errorf("waited %s, want 50s", waited)
		}
	})
	if real := time.Since(began); real > 10*time.Second {
		t.Errorf("took %s of real time", real)
	}
}

func TestPollWakesOnUpdate(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna := s.Person("Anna")
		go func() {
			time.Sleep(7 * time.Second)
			anna.Say("hello")
		}()
		start := time.Now()
		got := c.updates(params{"timeout": 50})
		if len(got) != 1 || got[0].kind() != "message" {
			t.Fatalf("got %v, want one message", got)
		}
		if waited := time.Since(start); waited != 7*time.Second {
			t.Errorf("waited %s, want 7s", waited)
		}
	})
}

func TestCloseEndsWaitingPoll(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			answer, err := c.http.Get(c.base + "/getUpdates?timeout=50")
			if err == nil {
				answer.Body.Close()
			}
		}()
		synctest.Wait()
		start := time.Now()
		s.Close()
		<-ended
		if waited := time.Since(start); waited != 0 {
			t.Errorf("Close took %s", waited)
		}
		if _, err := c.http.Get(c.base + "/getMe"); err == nil {
			t.Error("a closed server still answers")
		}
	})
}

func TestDefaults(t *testing.T) {
	s := New(Options{})
	defer s.Close()
	if !wellFormed(s.Token()) || len(s.Token()) != 46 {
		t.Errorf("token %q does not look like one", s.Token())
	}
	if other := New(Options{}); other.Token() == s.Token() {
		t.Error("two servers made the same token")
	}
	if got := s.Bot().Username; got != "skindesk_preview_bot" {
		t.Errorf("username %q", got)
	}
	later := New(Options{FirstMessageID: 500, Now: newClock().now})
	anna := later.Person("Anna")
	if m := anna.Say("x"); m.ID != 500 || later.updates.pending[0].id != newClock().now().Unix() {
		t.Errorf("first message %d, first update %d", m.ID, later.updates.pending[0].id)
	}
	if !strings.HasPrefix(s.Token(), formatID(s.Bot().ID)+":") {
		t.Error("the token does not begin with the bot's id")
	}
}
