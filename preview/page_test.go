package preview

import (
	"bufio"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

// open serves the page of a new Telegram, with the Bot API under the same address.
func open(t *testing.T) (*Server, caller, string) {
	t.Helper()
	s := New(Options{})
	srv := httptest.NewServer(s.Page())
	t.Cleanup(func() {
		s.Close()
		srv.Close()
	})
	return s, caller{t, srv.Client(), srv.URL + "/bot" + s.Token()}, srv.URL
}

// act does something on the page and returns what the page learned.
func (c caller) act(url string, a action) acted {
	c.t.Helper()
	body, err := json.Marshal(a)
	if err != nil {
		c.t.Fatal(err)
	}
	answer, err := c.http.Post(url+"/act", "application/json", strings.NewReader(string(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	var done acted
	if err := json.NewDecoder(answer.Body).Decode(&done); err != nil {
		c.t.Fatal(err)
	}
	if done.OK != (answer.StatusCode == 200) {
		c.t.Errorf("%+v with status %d", done, answer.StatusCode)
	}
	return done
}

func TestPageActions(t *testing.T) {
	s, c, url := open(t)
	anna, sana := s.Person("Anna"), s.Person("Sana")
	group := s.Group("Staff", sana)
	settle(s)
	next := func() (m models.Message) {
		t.Helper()
		got := c.drain(s)
		if len(got) != 1 {
			t.Fatalf("the bot was told %v", got)
		}
		got[0].into(t, &m)
		return m
	}

	done := c.act(url, action{Person: anna.ID(), Do: "say", Text: "what does it cost?"})
	if m := next(); m.Text != "what does it cost?" || m.ID != done.Message || m.Chat.ID != anna.ID() {
		t.Errorf("said %+v", m)
	}
	var card models.Message
	c.must("sendMessage", params{"chat_id": group.ID(), "text": "#1", "reply_markup": buttons("Take", "take:1", "Close", "close:1")}, &card)
	c.act(url, action{Person: sana.ID(), Chat: group.ID(), Do: "say", Text: "from 5,000", Message: card.ID})
	if m := next(); m.ReplyToMessage == nil || m.ReplyToMessage.ID != card.ID || m.From.ID != sana.ID() {
		t.Errorf("replied %+v", m)
	}
	c.act(url, action{Person: sana.ID(), Chat: group.ID(), Do: "tap", Message: card.ID, Row: 1})
	var q models.CallbackQuery
	c.drain(s)[0].into(t, &q)
	if q.Data != "close:1" || q.From.ID != sana.ID() {
		t.Errorf("tapped %+v", q)
	}
	c.act(url, action{Person: anna.ID(), Do: "contact"})
	if m := next(); m.Contact == nil || m.Contact.UserID != anna.ID() || m.Contact.PhoneNumber == "" {
		t.Errorf("contact %+v", m.Contact)
	}
	c.act(url, action{Person: anna.ID(), Do: "document", Name: "faq.json", Bytes: []byte("{}")})
	if m := next(); m.Document == nil || m.Document.FileName != "faq.json" {
		t.Errorf("document %+v", m.Document)
	}
	c.act(url, action{Person: anna.ID(), Do: "edit", Message: done.Message, Text: "and how long?"})
	if m := next(); m.Text != "and how long?" {
		t.Errorf("edited %+v", m)
	}
	for _, wrong := range []action{
		{Person: 7, Do: "say", Text: "x"}, {Person: anna.ID(), Chat: group.ID(), Do: "say", Text: "x"},
		{Person: anna.ID(), Do: "dance"}, {Person: anna.ID(), Do: "say", Text: "  "},
		{Person: sana.ID(), Chat: group.ID(), Do: "tap", Message: card.ID, Row: 9}, {Person: sana.ID(), Chat: group.ID(), Do: "tap", Message: 999},
	} {
		if done := c.act(url, wrong); done.OK || done.Error == "" {
			t.Errorf("%+v: %+v", wrong, done)
		}
	}
	if s.Pending() != 0 {
		t.Error("a wrong action reached the bot")
	}
}

func TestPageIsOnlyForThisMachine(t *testing.T) {
	s, c, url := open(t)
	anna := s.Person("Anna")
	host := strings.TrimPrefix(url, "http://")
	act := `{"person":` + formatID(anna.ID()) + `,"do":"say","text":"x"}`
	tests := []struct {
		name, method, path, host string
		header                   map[string]string
		want                     int
	}{
		{"own page", "POST", "/act", host, map[string]string{"Origin": url, "Sec-Fetch-Site": "same-origin"}, 200},
		{"a program", "POST", "/act", host, nil, 200},
		{"localhost", "POST", "/act", "localhost:8080", nil, 200},
		{"loopback v6", "POST", "/act", "[::1]:8080", nil, 200},
		{"a name turned on us", "POST", "/act", "evil.example:8080", nil, 403},
		{"a name turned on us, reading", "GET", "/state", "evil.example", nil, 403},
		{"a lookalike name", "GET", "/events", "127.0.0.1.evil.example", nil, 403},
		{"another machine's address", "GET", "/", "192.168.1.5:8080", nil, 403},
		{"another site's form", "POST", "/act", host, map[string]string{"Origin": "https://evil.example"}, 403},
		{"no origin at all", "POST", "/act", host, map[string]string{"Origin": "null"}, 403},
		{"another port", "POST", "/act", host, map[string]string{"Origin": "http://127.0.0.1:1"}, 403},
		{"another site's script", "POST", "/act", host, map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"another site's picture", "GET", "/state", host, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403},
		{"a link from elsewhere", "GET", "/", host, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200},
		{"the address line", "GET", "/", host, map[string]string{"Sec-Fetch-Site": "none"}, 200},
		{"plain text", "POST", "/act", host, map[string]string{"Content-Type": "text/plain"}, 415},
		{"a form", "POST", "/act", host, map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, 415},
		{"reading an action", "GET", "/act", host, nil, 404},
	}
	for _, test := range tests {
		before := len(anna.Messages())
		r, err := http.NewRequest(test.method, url+test.path, strings.NewReader(act))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = test.host
		r.Header.Set("Content-Type", "application/json")
		for k, v := range test.header {
			r.Header.Set(k, v)
		}
		answer, err := c.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != test.want {
			t.Errorf("%s: %d, want %d", test.name, answer.StatusCode, test.want)
		}
		if did := len(anna.Messages()) > before; did != (test.method == "POST" && test.want == 200) {
			t.Errorf("%s: acted %v", test.name, did)
		}
	}
}

func TestPageIsLive(t *testing.T) {
	s, c, url := open(t)
	anna := s.Person("Anna")
	answer, err := c.http.Get(url + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	lines := bufio.NewReader(answer.Body)
	next := func() (st pageState) {
		t.Helper()
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				if err := json.Unmarshal([]byte(data), &st); err != nil {
					t.Fatal(err)
				}
				return st
			}
		}
	}
	if st := next(); len(st.People) != 1 || len(st.Chats) != 1 || len(st.Chats[0].Messages) != 0 {
		t.Fatalf("at first %+v", st)
	}
	anna.Say("سلام")
	c.must("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "HTML", "text": "<b>hi</b>", "reply_markup": buttons("Yes", "y")}, nil)
	var got []pageMessage
	for len(got) < 2 {
		got = next().Chats[0].Messages
	}
	if got[0].Text != "سلام" || got[0].Bot || !got[1].Bot || got[1].Buttons[0][0].Text != "Yes" || got[1].Entities[0].Type != "bold" {
		t.Errorf("messages %+v", got)
	}
	anna.DeleteAccount()
	next()
	s.Close()
	if _, err := io.Copy(io.Discard, lines); err != nil {
		t.Errorf("the stream ends with %v", err)
	}
}

// Everything the page loads comes from the program itself.
func TestPageAssets(t *testing.T) {
	s, c, url := open(t)
	photo := s.Person("Anna").SendPhoto("")
	get := func(path string) (int, string, string) {
		answer, err := c.http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode == 200 && !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'self'") {
			t.Errorf("%s: no policy", path)
		}
		return answer.StatusCode, answer.Header.Get("Content-Type"), string(body)
	}
	for path, kind := range map[string]string{"/": "text/html", "/page.css": "text/css", "/app.js": "text/javascript", "/pane.js": "text/javascript", "/media/" + photo.File: "image/png"} {
		if status, got, _ := get(path); status != 200 || !strings.HasPrefix(got, kind) {
			t.Errorf("%s: %d %s", path, status, got)
		}
	}
	if status, _, _ := get("/media/nothing"); status != 404 {
		t.Errorf("unknown media: %d", status)
	}
	outside := regexp.MustCompile(`(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//`)
	err := fs.WalkDir(pageFiles, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(pageFiles, path)
		if found := outside.Find(body); found != nil {
			t.Errorf("%s loads from outside: %s", path, found)
		}
		if strings.Contains(string(body), "innerHTML") {
			t.Errorf("%s makes markup of texts", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPageShowsAlertsAndKeyboards(t *testing.T) {
	s, c, _ := open(t)
	anna := begun(s, "Anna")
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": buttons("go", "go")}, nil)
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "number?", "reply_markup": params{
		"keyboard": [][]any{{params{"text": "Share", "request_contact": true}}, {"Skip"}},
	}}, nil)
	if _, err := anna.Tap("go"); err != nil {
		t.Fatal(err)
	}
	c.must("answerCallbackQuery", params{"callback_query_id": s.lastQuery(), "text": "done", "show_alert": true}, nil)
	st, _ := s.state()
	if want := [][]keyUI{{{Text: "Share", Contact: true}}, {{Text: "Skip"}}}; !cmp.Equal(want, st.Chats[0].Keyboards[anna.ID()]) {
		t.Errorf("keyboards %+v", st.Chats[0].Keyboards)
	}
	if want := []pageAlert{{N: 1, Chat: anna.ID(), Text: "done", Modal: true}}; !cmp.Equal(want, st.People[0].Alerts) {
		t.Errorf("alerts %+v", st.People[0].Alerts)
	}
}

// A page that nobody reads is noticed, and the stream goes on through quiet hours.
func TestPageHeartbeat(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		r := httptest.NewRequest("GET", "http://127.0.0.1/events", nil)
		w := httptest.NewRecorder()
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.Page().ServeHTTP(w, r)
		}()
		time.Sleep(time.Minute + time.Second)
		s.Close()
		<-done
		if got := strings.Count(w.Body.String(), ": still here"); got != 3 {
			t.Errorf("%d heartbeats in a minute, want 3", got)
		}
	})
}
