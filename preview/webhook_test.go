package preview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

// Rows 11 to 14: the webhook. The bot's end is a function here, so that waiting takes no time.

// receiver is a bot's webhook.
type receiver struct {
	mu     sync.Mutex
	got    []delivery
	answer func(n int, text string) *http.Response // n counts the deliveries from 0; nil: 200
	hold   chan struct{}                           // nil: answer at once
	flying int
	most   int // at the same time
}

type delivery struct {
	at     time.Time
	header http.Header
	method string
	url    string
	event  event
}

func (d delivery) text() string {
	var m struct{ Text, Data string }
	if json.Unmarshal(d.event[d.event.kind()], &m) != nil {
		return ""
	}
	return m.Text + m.Data
}

func (r *receiver) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	d := delivery{at: time.Now(), header: req.Header, method: req.Method, url: req.URL.String()}
	if err := json.Unmarshal(body, &d.event); err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.got = append(r.got, d)
	n := len(r.got) - 1
	r.flying++
	r.most = max(r.most, r.flying)
	r.mu.Unlock()
	if r.hold != nil {
		select {
		case <-r.hold:
		case <-req.Context().Done():
		}
	}
	r.mu.Lock()
	r.flying--
	r.mu.Unlock()
	if r.answer != nil {
		if a := r.answer(n, d.text()); a != nil {
			return a, nil
		}
	}
	return answered(200, "", nil), nil
}

func answered(status int, body string, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), Header: header,
		Body: io.NopCloser(strings.NewReader(body)),
	}
}

// deliveries are all of them so far.
func (r *receiver) deliveries() []delivery {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

func (r *receiver) texts() (all []string) {
	for _, d := range r.deliveries() {
		all = append(all, d.text())
	}
	return all
}

// times are the seconds from the first delivery to each.
func (r *receiver) times() (all []int) {
	got := r.deliveries()
	for _, d := range got {
		all = append(all, int(d.at.Sub(got[0].at)/time.Second))
	}
	return all
}

func withWebhook(t *testing.T, r *receiver, p params, test func(*testing.T, *Server, caller)) {
	t.Helper()
	inBubble(t, Options{Webhook: &http.Client{Transport: r}}, func(t *testing.T, s *Server, c caller) {
		if p == nil {
			p = params{}
		}
		p["url"] = "https://bot.example/hook"
		c.must("setWebhook", p, nil)
		test(t, s, c)
	})
}

func TestRow11WebhookPosts(t *testing.T) {
	r := &receiver{}
	withWebhook(t, r, params{"secret_token": "s3cret_-"}, func(t *testing.T, s *Server, c caller) {
		anna := s.Person("Anna")
		anna.Say("سلام")
		anna.Say("two")
		synctest.Wait()
		if diff := cmp.Diff([]string{"سلام", "two"}, r.texts()); diff != "" {
			t.Fatal(diff)
		}
		got := r.deliveries()
		d := got[0]
		if d.method != "POST" || d.url != "https://bot.example/hook" || d.header.Get("Content-Type") != "application/json" ||
			d.header.Get("X-Telegram-Bot-Api-Secret-Token") != "s3cret_-" || d.header.Get("Connection") != "keep-alive" {
			t.Errorf("%s %s %v", d.method, d.url, d.header)
		}
		if got[1].event.id(t) != d.event.id(t)+1 {
			t.Errorf("ids %d and %d", d.event.id(t), got[1].event.id(t))
		}
		if s.Pending() != 0 {
			t.Error("what was taken is still pending")
		}
	})
}

func TestRow11WebhookRetries(t *testing.T) {
	r := &receiver{}
	r.answer = func(n int, text string) *http.Response {
		if strings.HasPrefix(text, "bad") && n < 11 {
			return answered(503, "", nil)
		}
		return nil
	}
	withWebhook(t, r, nil, func(t *testing.T, s *Server, c caller) {
		anna := s.Person("Anna")
		anna.Say("bad")
		anna.Say("after it")
		synctest.Wait()
		var info struct {
			LastErrorMessage   string `json:"last_error_message"`
			LastErrorDate      int64  `json:"last_error_date"`
			PendingUpdateCount int    `json:"pending_update_count"`
		}
		c.must("getWebhookInfo", nil, &info)
		if info.LastErrorMessage != "Wrong response from the webhook: 503 Service Unavailable" || info.LastErrorDate == 0 || info.PendingUpdateCount != 2 {
			t.Errorf("info %+v", info)
		}
		// Another chat goes on meanwhile.
		s.Person("Bilal").Say("bad luck elsewhere")
		time.Sleep(100 * time.Millisecond)
		synctest.Wait()
		if got := strings.Count(strings.Join(r.texts(), "|"), "bad luck"); got == 0 {
			t.Errorf("the other chat waits: %q", r.texts())
		}
		time.Sleep(time.Hour)
		got := strings.Join(r.texts(), "|") + "|"
		if s.Pending() != 0 || strings.Count(got, "after it") != 1 || strings.LastIndex(got, "bad|") > strings.Index(got, "after it") {
			t.Errorf("after an hour: %q, pending %d", got, s.Pending())
		}
	})
	r = &receiver{answer: func(n int, _ string) *http.Response {
		if n < 9 {
			return answered(500, "", nil)
		}
		return nil
	}}
	withWebhook(t, r, nil, func(t *testing.T, s *Server, c caller) {
		s.Person("Anna").Say("x")
		time.Sleep(time.Hour)
		got := r.times()
		if len(got) != 10 {
			t.Fatalf("%d deliveries at %v", len(got), got)
		}
		if diff := cmp.Diff([]int{0, 0, 2, 6, 14, 30, 62}, got[:7]); diff != "" { // at once, then 2, 4, 8, 16, 32 s
			t.Error(diff)
		}
		for i := 7; i < len(got); i++ {
			if gap := got[i] - got[i-1]; gap < 59 || gap > 121 {
				t.Errorf("the %dth waited %d s", i, gap)
			}
		}
	})
}

func TestRow11WebhookRetryAfter(t *testing.T) {
	r := &receiver{answer: func(n int, _ string) *http.Response {
		switch n {
		case 0:
			return answered(503, "", http.Header{"Retry-After": {"7"}})
		case 1:
			return answered(429, "", http.Header{"Retry-After": {"999999"}})
		}
		return nil
	}}
	withWebhook(t, r, nil, func(t *testing.T, s *Server, c caller) {
		s.Person("Anna").Say("x")
		time.Sleep(2 * time.Hour)
		if diff := cmp.Diff([]int{0, 7, 3607}, r.times()); diff != "" {
			t.Error(diff)
		}
	})
}

// Messages of a chat share a queue, taps have one for each user: a tap may overtake.
func TestRow11WebhookQueues(t *testing.T) {
	r := &receiver{}
	withWebhook(t, r, params{"max_connections": 3}, func(t *testing.T, s *Server, c caller) {
		r.hold = make(chan struct{})
		anna := s.Person("Anna")
		anna.Say("one")
		anna.Say("two")
		c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": buttons("go", "tap")}, nil)
		if _, err := anna.Tap("go"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := strings.Join(r.texts(), " "); got != "one tap" && got != "tap one" {
			t.Errorf("in flight: %q, want the first message and the tap", got)
		}
		for _, name := range []string{"B", "C", "D", "E"} {
			s.Person(name).Say(name)
		}
		synctest.Wait()
		close(r.hold)
		time.Sleep(time.Second)
		r.mu.Lock()
		most := r.most
		r.mu.Unlock()
		if len(r.texts()) != 7 || most != 3 {
			t.Errorf("%d deliveries, %d at once; want 7 and 3", len(r.texts()), most)
		}
		if got := r.texts(); strings.Index(strings.Join(got, " "), "one") > strings.Index(strings.Join(got, " "), "two") {
			t.Errorf("one chat out of order: %q", got)
		}
	})
}

func TestRow12WebhookAnswerIsCarriedOut(t *testing.T) {
	r := &receiver{}
	var anna *Person
	r.answer = func(n int, text string) *http.Response {
		json := http.Header{"Content-Type": {"application/json"}}
		switch text {
		case "json":
			return answered(200, fmt.Sprintf(`{"method":"sendMessage","chat_id":%d,"text":"from JSON"}`, anna.ID()), json)
		case "form":
			return answered(200, fmt.Sprintf("method=SendMessage&chat_id=%d&text=from+a+form", anna.ID()),
				http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
		case "delete":
			return answered(200, `{"method":"deleteWebhook"}`, json)
		case "get":
			return answered(200, `{"method":"getMe"}`, json)
		case "nonsense":
			return answered(200, `{"method":`, json)
		}
		return nil
	}
	withWebhook(t, r, nil, func(t *testing.T, s *Server, c caller) {
		anna = s.Person("Anna")
		for _, text := range []string{"json", "form", "delete", "get", "nonsense", "nothing"} {
			anna.Say(text)
		}
		time.Sleep(time.Minute)
		var said []string
		for _, m := range anna.Messages() {
			if m.FromBot {
				said = append(said, m.Text)
			}
		}
		if diff := cmp.Diff([]string{"from JSON", "from a form"}, said); diff != "" {
			t.Error(diff)
		}
		if len(r.texts()) != 6 || s.Pending() != 0 {
			t.Errorf("deliveries %q, pending %d: what is refused must not end the webhook or come again", r.texts(), s.Pending())
		}
		for _, call := range s.Calls() {
			if call.Method == "getme" || call.Method == "deletewebhook" {
				t.Errorf("%s was carried out", call.Method)
			}
		}
	})
}

func TestRow13SetWebhook(t *testing.T) {
	r := &receiver{}
	inBubble(t, Options{Webhook: &http.Client{Transport: r}}, func(t *testing.T, s *Server, c caller) {
		const bad = "Bad Request: "
		for _, x := range []struct{ url, secret, want string }{
			{"http://bot.example/hook", "", "bad webhook: An HTTPS URL must be provided for webhook"},
			{"https://bot.example:8080/hook", "", "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"},
			{"https://", "", "invalid webhook URL specified"},
			{"https://bot.example", strings.Repeat("x", 257), "secret token is too long"},
			{"https://bot.example", "with space", "secret token contains unallowed characters"},
			{"https://bot.example", "schlüssel", "secret token contains unallowed characters"},
		} {
			time.Sleep(time.Second)
			c.refused("setWebhook", params{"url": x.url, "secret_token": x.secret}, 400, bad+x.want)
		}
		for _, good := range []string{"https://bot.example:443", "https://bot.example:80", "https://bot.example:88", "https://bot.example:8443", "bot.example/x"} {
			time.Sleep(time.Second)
			c.must("setWebhook", params{"url": good, "secret_token": strings.Repeat("x", 256)}, nil)
		}
		if r := c.call("setWebhook", params{"url": "https://bot.example/two"}); r.Status != 429 || r.Parameters.RetryAfter != 1 {
			t.Errorf("a second one at once: %d %s", r.Status, r.Description)
		}
		time.Sleep(time.Second)
		for _, want := range []string{"Webhook was set", "Webhook is already set"} {
			if r := c.call("setWebhook", params{"url": "https://bot.example/two"}); r.Description != want {
				t.Errorf("%q, want %q", r.Description, want)
			}
			time.Sleep(time.Second)
		}
		for _, want := range []string{"Webhook was deleted", "Webhook is already deleted"} {
			if r := c.call("deleteWebhook", nil); !r.OK || r.Description != want {
				t.Errorf("%q, want %q", r.Description, want)
			}
		}
		certificate := func(size int) reply {
			time.Sleep(time.Second)
			body, kind := parts(t, map[string]string{"url": "https://bot.example"}, "certificate", "cert.pem", bytes.Repeat([]byte("x"), size))
			return c.post("setWebhook", kind, body)
		}
		if r := certificate(maxCertificate); !r.OK {
			t.Errorf("3 MB: %d %s", r.Status, r.Description)
		}
		var info models.WebhookInfo
		c.must("getWebhookInfo", nil, &info)
		if !info.HasCustomCertificate || info.MaxConnections != 40 {
			t.Errorf("info %+v", info)
		}
		if r := certificate(maxCertificate + 1); r.Status != 400 || r.Description != bad+"certificate size is too big (3145729 bytes)" {
			t.Errorf("over 3 MB: %d %s", r.Status, r.Description)
		}
	})
}

func TestRow14ChangeOfMode(t *testing.T) {
	r := &receiver{}
	inBubble(t, Options{Webhook: &http.Client{Transport: r}}, func(t *testing.T, s *Server, c caller) {
		anna := s.Person("Anna")
		anna.Say("while polling")
		c.must("setWebhook", params{"url": "https://bot.example"}, nil)
		synctest.Wait()
		if diff := cmp.Diff([]string{"while polling"}, r.texts()); diff != "" {
			t.Error(diff)
		}
		r.answer = func(int, string) *http.Response { return answered(500, "", nil) }
		anna.Say("not taken")
		synctest.Wait()
		c.must("deleteWebhook", nil, nil)
		if got := c.updates(nil); len(got) != 1 {
			t.Fatalf("back to polling: %v", got)
		}
		time.Sleep(2 * time.Second)
		c.must("setWebhook", params{"url": "https://bot.example", "drop_pending_updates": true}, nil)
		if s.Pending() != 0 {
			t.Error("drop_pending_updates leaves something")
		}
		anna.Say("once more")
		synctest.Wait()
		c.must("deleteWebhook", params{"drop_pending_updates": true}, nil)
		time.Sleep(5 * time.Second)
		if got := c.updates(nil); len(got) != 0 {
			t.Errorf("dropped with the webhook: %v", got)
		}
	})
}

// The same update comes once more although it was answered with 200.
func TestRow33DeliverAgainAfter200(t *testing.T) {
	r := &receiver{}
	withWebhook(t, r, nil, func(t *testing.T, s *Server, c caller) {
		s.Faults().Add(Fault{Kind: Twice, Times: 1})
		s.Person("Anna").Say("x")
		time.Sleep(time.Minute)
		if got := r.deliveries(); len(got) != 2 || got[0].event.id(t) != got[1].event.id(t) {
			t.Errorf("deliveries %q", r.texts())
		}
	})
}
