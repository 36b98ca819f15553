package preview

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

// One test for each row of what a faithful stand-in must do, by plain HTTP. Rows 15, 16, 19, 22 and 30 rest on
// documents or reports of the live service, not on its source.

// begun is a person who has written to the bot, with nothing left to read.
func begun(s *Server, name string, o ...PersonOption) *Person {
	p := s.Person(name, o...)
	p.Say("/start")
	settle(s)
	return p
}

// settle drops what the bot has not read.
func settle(s *Server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates.pending = nil
}

func TestRow01ParametersFromAnywhere(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	id := formatID(anna.ID())
	text := func(r reply) string {
		t.Helper()
		var m models.Message
		if err := json.Unmarshal(r.Result, &m); err != nil || !r.OK {
			t.Fatalf("%d %s: %v", r.Status, r.Description, err)
		}
		return m.Text
	}
	form := url.Values{"chat_id": {id}, "text": {"form"}}.Encode()
	if got := text(c.post("SENDMESSAGE", "application/x-www-form-urlencoded", strings.NewReader(form))); got != "form" {
		t.Errorf("form: %q", got)
	}
	if got := text(c.post("sendmessage?chat_id="+id, "application/json; charset=utf-8", strings.NewReader(`{"text":"json"}`))); got != "json" {
		t.Errorf("query and JSON: %q", got)
	}
	body, kind := parts(t, map[string]string{"text": "parts"}, "", "", nil)
	if got := text(c.post("sendMessage?chat_id="+id, kind, body)); got != "parts" {
		t.Errorf("query and multipart: %q", got)
	}
	answer, err := c.http.Get(c.base + "/sendMessage?" + url.Values{"chat_id": {id}, "text": {"get"}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if got := text(c.read("GET", answer)); got != "get" {
		t.Errorf("GET: %q", got)
	}
}

// parts writes a multipart body.
func parts(t *testing.T, fields map[string]string, file, name string, data []byte) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	if file != "" {
		part, err := w.CreateFormFile(file, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}

func TestRow01TruncatedBodyStoresNothing(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	before := len(anna.Messages())
	id := formatID(anna.ID())
	whole, kind := parts(t, map[string]string{"chat_id": id, "text": "hello"}, "", "", nil)
	body, err := io.ReadAll(whole)
	if err != nil {
		t.Fatal(err)
	}
	// Every shorter body but those that lack only the line break after the closing line.
	for n := 1; n < len(body)-2; n++ {
		if r := c.post("sendMessage", kind, bytes.NewReader(body[:n])); r.OK || r.Status != 400 {
			t.Fatalf("%d of %d bytes: %d %s", n, len(body), r.Status, r.Description)
		}
	}
	// A process killed in the middle of a chunked body: the connection just ends.
	target, err := url.Parse(c.base)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", target.Host)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST %s/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n",
		target.Path, kind, len(body)/2, body[:len(body)/2])
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if got := len(anna.Messages()); got != before {
		t.Errorf("%d messages, want %d", got, before)
	}
}

func TestRow02TokensAndMethods(t *testing.T) {
	s, c := overTCP(t, Options{})
	base := strings.TrimSuffix(c.base, s.Token())
	with := func(token string) caller { return caller{t, c.http, base + token} }
	with("123456:"+strings.Repeat("x", 35)).refused("getMe", nil, 401, "Unauthorized")
	for _, token := range []string{"nonsense", "0123:abc", "x:abc", "-5:abc", "123:" + strings.Repeat("x", 90)} {
		with(token).refused("getMe", nil, 401, "Unauthorized: invalid token specified")
	}
	c.refused("noSuchMethod", nil, 404, "Not Found: method not found")
	var me models.User
	c.must("getMe", nil, &me)
	if me.ID != s.Bot().ID || !me.IsBot || me.Username != "skindesk_preview_bot" {
		t.Errorf("got %+v", me)
	}
}

func TestRow03StatusEqualsCode(t *testing.T) {
	s, c := overTCP(t, Options{})
	c.refused("sendMessage", params{"chat_id": 1, "text": "x"}, 400, "Bad Request: chat not found")
	s.Faults().Add(Fault{Kind: TooMany, RetryAfter: 7, Times: 1})
	r := c.call("getMe", nil)
	if r.Status != 429 || r.Code != 429 || r.Parameters.RetryAfter != 7 || r.Header.Get("Retry-After") != "7" ||
		r.Description != "Too Many Requests: retry after 7" {
		t.Errorf("got %+v", r)
	}
}

func TestRow04Offsets(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna := s.Person("Anna")
		for range 5 {
			anna.Say("x")
		}
		ask := func(offset int64) []int64 {
			time.Sleep(5 * time.Second) // as a bot that is in no hurry
			var ids []int64
			for _, e := range c.updates(params{"offset": offset}) {
				ids = append(ids, e.id(t))
			}
			return ids
		}
		all := ask(0)
		if len(all) != 5 {
			t.Fatalf("got %v", all)
		}
		first := all[0]
		steps := []struct {
			offset int64
			want   []int64
		}{
			{0, all},                // nothing is forgotten
			{first - 100, all},      // far below: the head
			{first + 1, all[1:]},    // confirms the first
			{0, all[1:]},            // which stays forgotten
			{first, all[1:]},        // and does not come back
			{first + 5000, all[1:]}, // not believed: the head
			{-2, all[3:]},           // clears all but the last two
			{0, all[3:]},
			{first + 5, nil}, // confirms all
		}
		for _, step := range steps {
			if diff := cmp.Diff(step.want, ask(step.offset)); diff != "" {
				t.Errorf("offset %+d: -want +got\n%s", step.offset-first, diff)
			}
		}
	})
}

func TestRow05LimitAndTimeout(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		waited := func(p params) time.Duration {
			start := time.Now()
			c.updates(p)
			return time.Since(start)
		}
		if got := waited(params{"timeout": 600}); got != 50*time.Second {
			t.Errorf("a timeout of 600 waited %s", got)
		}
		time.Sleep(time.Minute)
		if got := waited(params{}); got != 0 {
			t.Errorf("the first short poll waited %s", got)
		}
		if got := waited(params{}); got != 3*time.Second {
			t.Errorf("the same again at once waited %s", got)
		}
		time.Sleep(time.Minute)
		anna := s.Person("Anna")
		for range 120 {
			anna.Say("x")
		}
		if got := len(c.updates(params{"limit": 1000})); got != 100 {
			t.Errorf("limit 1000 gave %d", got)
		}
		if got := len(c.updates(params{"limit": 50})); got != 1 {
			t.Errorf("the same again within half a second gave %d", got)
		}
		time.Sleep(4 * time.Second)
		if got := len(c.updates(params{"limit": 0})); got != 1 {
			t.Errorf("limit 0 gave %d", got)
		}
	})
}

func TestRow06SecondPollEndsTheFirst(t *testing.T) {
	const want = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		poll := func(offset int) <-chan reply {
			got := make(chan reply, 1)
			go func() { got <- c.call("getUpdates", params{"timeout": 50, "offset": offset}) }()
			synctest.Wait()
			return got
		}
		start := time.Now()
		one, two, three := poll(1), poll(2), poll(3)
		if r := <-one; r.Status != 409 || r.Description != want || time.Since(start) != 0 {
			t.Errorf("first: %d %s after %s", r.Status, r.Description, time.Since(start))
		}
		if r := <-two; r.Status != 409 || r.Description != want || time.Since(start) != 3*time.Second {
			t.Errorf("second: %d %s after %s", r.Status, r.Description, time.Since(start))
		}
		if r := <-three; !r.OK {
			t.Errorf("third: %d %s", r.Status, r.Description)
		}
	})
}

func TestRow07WebhookStopsPolling(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		waiting := make(chan reply, 1)
		go func() { waiting <- c.call("getUpdates", params{"timeout": 50}) }()
		synctest.Wait()
		c.must("setWebhook", params{"url": "https://bot.example/hook"}, nil)
		if r := <-waiting; r.Status != 409 || r.Description != "Conflict: terminated by setWebhook request" {
			t.Errorf("waiting poll: %d %s", r.Status, r.Description)
		}
		c.refused("getUpdates", nil, 409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
		var info models.WebhookInfo
		c.must("getWebhookInfo", nil, &info)
		if info.URL != "https://bot.example/hook" {
			t.Errorf("got %+v", info)
		}
		c.must("deleteWebhook", nil, nil)
		c.updates(nil)
	})
}

func TestRow08AllowedUpdates(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna := begun(s, "Anna")
		kinds := func(p params) string {
			time.Sleep(5 * time.Second)
			var got []string
			for _, e := range c.updates(p) {
				got = append(got, e.kind())
			}
			settle(s)
			return strings.Join(got, " ")
		}
		do := func() {
			m := anna.Say("x")
			anna.React(m, "👍")
			anna.Edit(m, "y")
		}
		do()
		if got := kinds(nil); got != "message edited_message" {
			t.Errorf("default: %q", got)
		}
		do()
		if got := kinds(params{"allowed_updates": []string{"message_reaction"}}); got != "message edited_message" {
			t.Errorf("made before the change: %q", got)
		}
		do()
		if got := kinds(nil); got != "message_reaction" {
			t.Errorf("kept: %q", got)
		}
		kinds(params{"allowed_updates": []string{}})
		do()
		if got := kinds(nil); got != "message edited_message" {
			t.Errorf("default again: %q", got)
		}
	})
}

func TestRow09UpdateIDs(t *testing.T) {
	clock := newClock()
	s, c := overTCP(t, Options{Now: clock.now})
	anna := s.Person("Anna")
	for range 3 {
		anna.Say("x")
	}
	got := c.updates(nil)
	for i := 1; i < len(got); i++ {
		if got[i].id(t) != got[i-1].id(t)+1 {
			t.Errorf("id %d after %d", got[i].id(t), got[i-1].id(t))
		}
	}
	last := got[2].id(t)
	settle(s)
	clock.pass(6 * 24 * time.Hour)
	anna.Say("x")
	if id := c.drain(s)[0].id(t); id != last+1 {
		t.Errorf("id %d after six days, want %d", id, last+1)
	}
	clock.pass(8 * 24 * time.Hour)
	anna.Say("x")
	if id := c.drain(s)[0].id(t); id == last+2 || id <= 0 {
		t.Errorf("id %d after an idle week goes on as before", id)
	}
}

func TestRow10Lifetimes(t *testing.T) {
	clock := newClock()
	inBubble(t, Options{Now: clock.now}, func(t *testing.T, s *Server, c caller) {
		anna := begun(s, "Anna")
		c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": buttons("go", "go")}, nil)
		kinds := func() (got []string) {
			time.Sleep(5 * time.Second)
			for _, e := range c.updates(nil) {
				got = append(got, e.kind())
			}
			return got
		}
		anna.Say("hello")
		if _, err := anna.Tap("go"); err != nil {
			t.Fatal(err)
		}
		clock.pass(149 * time.Second)
		if diff := cmp.Diff([]string{"message", "callback_query"}, kinds()); diff != "" {
			t.Error(diff)
		}
		clock.pass(time.Second)
		if diff := cmp.Diff([]string{"message"}, kinds()); diff != "" {
			t.Error(diff)
		}
		clock.pass(24*time.Hour - 151*time.Second)
		if diff := cmp.Diff([]string{"message"}, kinds()); diff != "" {
			t.Error(diff)
		}
		clock.pass(time.Second)
		if got := kinds(); len(got) != 0 {
			t.Errorf("after a day: %v", got)
		}
	})
}

// buttons is a keyboard of one column: label, data, label, data.
func buttons(labelled ...string) params {
	var rows [][]params
	for i := 0; i < len(labelled); i += 2 {
		rows = append(rows, []params{{"text": labelled[i], "callback_data": labelled[i+1]}})
	}
	return params{"inline_keyboard": rows}
}

// Rests on how the Bot API behaves, which no document promises.
func TestRow15MessageIDs(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna, sana := begun(s, "Anna"), begun(s, "Sana")
	basic, super := s.Group("Staff", sana), s.Supergroup("Branch", sana)
	send := func(chat int64) int {
		var m models.Message
		c.must("sendMessage", params{"chat_id": chat, "text": "x"}, &m)
		return m.ID
	}
	first := send(anna.ID())
	for i, chat := range []int64{sana.ID(), basic.ID(), anna.ID()} {
		if got := send(chat); got != first+1+i {
			t.Errorf("shared series: %d, want %d", got, first+1+i)
		}
	}
	if got := send(super.ID()); got != 1 {
		t.Errorf("the supergroup's own series: %d, want 1", got)
	}
	c.must("deleteMessage", params{"chat_id": super.ID(), "message_id": 1}, nil)
	if got := send(super.ID()); got != 2 {
		t.Errorf("after a deletion: %d, want 2", got)
	}
	if basic.ID() >= 0 || super.ID() > -1_000_000_000_000 {
		t.Errorf("group ids %d, %d", basic.ID(), super.ID())
	}
}

// Rests on the documentation.
func TestRow16SentMessageEchoes(t *testing.T) {
	clock := newClock()
	s, c := overTCP(t, Options{Now: clock.now})
	anna := begun(s, "Anna", WithUsername("anna_k"))
	var m models.Message
	c.must("sendMessage", params{
		"chat_id": anna.ID(), "parse_mode": "HTML", "text": " 😀 <b>سلام</b> &lt;3 /help ", "reply_markup": buttons("Yes", "y"),
	}, &m)
	want := []models.MessageEntity{{Type: "bold", Offset: 3, Length: 4}, {Type: "bot_command", Offset: 11, Length: 5}}
	if m.Text != "😀 سلام <3 /help" || !cmp.Equal(want, m.Entities) {
		t.Errorf("text %q, entities %+v", m.Text, m.Entities)
	}
	if m.Date != int(clock.now().Unix()) || m.Chat.ID != anna.ID() || m.Chat.Type != "private" || m.Chat.Username != "anna_k" {
		t.Errorf("date %d, chat %+v", m.Date, m.Chat)
	}
	if m.From == nil || m.From.ID != s.Bot().ID || m.ReplyMarkup.InlineKeyboard[0][0].CallbackData != "y" {
		t.Errorf("from %+v, markup %+v", m.From, m.ReplyMarkup)
	}
	if seen := anna.Last(); seen.ID != m.ID || seen.Text != m.Text || seen.HTML() != "😀 <b>سلام</b> &lt;3 /help" {
		t.Errorf("seen: %+v, %s", seen, seen.HTML())
	}
}

func TestRow17HTMLErrors(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	for markup, want := range map[string]string{
		"a <x>b</x>":    `Unsupported start tag "x" at byte offset 2`,
		"é <b>x":        "Can't find end tag corresponding to start tag b",
		"<b>x</i>":      `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"x</b>":         "Unexpected end tag at byte offset 1",
		"x <b":          "Unclosed start tag at byte offset 2",
		"temp < 5 here": `Unsupported start tag "" at byte offset 5`,
	} {
		want = "Bad Request: can't parse entities: " + want
		c.refused("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "HTML", "text": markup}, 400, want)
		c.refused("editMessageText", params{"chat_id": anna.ID(), "message_id": 1, "parse_mode": "html", "text": markup}, 400, want)
	}
	c.refused("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "BBCode", "text": "x"}, 400, "Bad Request: unsupported parse_mode")
	c.must("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "HTML", "text": "&nbsp; &apos; &#39; &amp;"}, nil)
	if got := anna.Last().Text; got != "&nbsp; &apos; ' &" {
		t.Errorf("entities: %q", got)
	}
}

func TestRow18Lengths(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	refused := func(text, want string) {
		t.Helper()
		c.refused("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "HTML", "text": text}, 400, "Bad Request: "+want)
	}
	refused("", "message text is empty")
	refused("<b></b>", "text must be non-empty")
	refused(" \u200b\n", "text must be non-empty")
	refused(strings.Repeat("x", 4097), "message is too long")
	refused(strings.Repeat("x", 32769), "text is too long")
	refused(strings.Repeat(`<a href="https://clinic.example/`+strings.Repeat("a", 200)+`">x</a>`, 45), "ENTITIES_TOO_LONG")
	var m models.Message
	c.must("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "HTML", "text": "<b>" + strings.Repeat("x", 4096) + "</b>"}, &m)
	if len(m.Text) != 4096 || len(m.Entities) != 1 {
		t.Errorf("%d bytes, %d entities", len(m.Text), len(m.Entities))
	}
	c.must("sendMessage", params{"chat_id": anna.ID(), "parse_mode": "HTML", "text": strings.Repeat("<b>x</b> ", 150)}, &m)
	if len(m.Entities) != 100 {
		t.Errorf("%d entities are used, want 100", len(m.Entities))
	}
	c.refused("sendPhoto", params{"chat_id": anna.ID(), "photo": "x", "caption": strings.Repeat("x", 1025)}, 400, "Bad Request: message caption is too long")
}

// Rests on reports that disagree: UTF-16 units by default, code points as an option.
func TestRow19UnitOfLength(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": strings.Repeat("😀", 2048)}, nil)
	c.refused("sendMessage", params{"chat_id": anna.ID(), "text": strings.Repeat("😀", 2049)}, 400, "Bad Request: message is too long")

	s, c = overTCP(t, Options{CodePoints: true})
	anna = begun(s, "Anna")
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": strings.Repeat("😀", 4096)}, nil)
	c.refused("sendMessage", params{"chat_id": anna.ID(), "text": strings.Repeat("😀", 4097)}, 400, "Bad Request: message is too long")
}

func TestRow20Edits(t *testing.T) {
	clock := newClock()
	s, c := overTCP(t, Options{Now: clock.now})
	anna := begun(s, "Anna")
	at := func(id int, text string, markup any) params {
		p := params{"chat_id": anna.ID(), "message_id": id, "text": text}
		if markup != nil {
			p["reply_markup"] = markup
		}
		return p
	}
	const same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same " +
		"as a current content and reply markup of the message"
	var m models.Message
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "one", "reply_markup": buttons("Yes", "y")}, &m)
	c.refused("editMessageText", at(m.ID, "one ", buttons("Yes", "y")), 400, same)
	clock.pass(time.Minute)
	c.must("editMessageText", at(m.ID, "two", nil), &m)
	if seen := anna.Last(); seen.Text != "two" || seen.Buttons != nil || !seen.Edited || m.EditDate != int(clock.now().Unix()) {
		t.Errorf("after the edit: %+v, edit date %d", seen, m.EditDate)
	}
	c.must("editMessageReplyMarkup", at(m.ID, "", buttons("No", "n")), nil)
	if got := anna.Last().Buttons; len(got) != 1 || got[0][0].Data != "n" {
		t.Errorf("buttons %v", got)
	}
	c.refused("editMessageReplyMarkup", at(m.ID, "", buttons("No", "n")), 400, same)
	c.refused("editMessageText", at(m.ID+50, "x", nil), 400, "Bad Request: message to edit not found")
	hers := anna.Say("mine")
	c.refused("editMessageText", at(hers.ID, "x", nil), 400, "Bad Request: message can't be edited")
	c.must("deleteMessage", params{"chat_id": anna.ID(), "message_id": m.ID}, nil)
	c.refused("editMessageText", at(m.ID, "x", nil), 400, "Bad Request: message to edit not found")
	c.refused("deleteMessage", params{"chat_id": anna.ID(), "message_id": m.ID}, 400, "Bad Request: message to delete not found")
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": params{"keyboard": [][]string{{"A"}}}}, &m)
	c.refused("editMessageText", at(m.ID, "y", nil), 400, "Bad Request: message can't be edited")
	clock.pass(49 * time.Hour)
	c.refused("deleteMessage", params{"chat_id": anna.ID(), "message_id": m.ID}, 400, "Bad Request: message can't be deleted for everyone")
}

func TestRow21ButtonData(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	send := func(markup any) params { return params{"chat_id": anna.ID(), "text": "x", "reply_markup": markup} }
	c.must("sendMessage", send(buttons("a", strings.Repeat("x", 64))), nil)
	c.refused("sendMessage", send(buttons("a", strings.Repeat("x", 65))), 400, "Bad Request: BUTTON_DATA_INVALID")
	c.refused("sendMessage", send(buttons("a", strings.Repeat("س", 33))), 400, "Bad Request: BUTTON_DATA_INVALID")
	textOnly := "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
	c.refused("sendMessage", send(buttons("a", "")), 400, textOnly)
	c.refused("sendMessage", send(params{"inline_keyboard": [][]params{{{"text": "a"}}}}), 400, textOnly)
	c.refused("sendMessage", send("{"), 400, "Bad Request: can't parse reply keyboard markup JSON object")
	if got := len(anna.Messages()); got != 2 {
		t.Errorf("%d messages, want /start and the one good send", got)
	}
}

// How late is late rests on reports; the test takes the option's default.
func TestRow22AnswerOnceAndInTime(t *testing.T) {
	const late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	clock := newClock()
	s, c := overTCP(t, Options{Now: clock.now})
	anna := begun(s, "Anna")
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": buttons("go", "go:1")}, nil)
	tap := func() (Tapped, string) {
		tapped, err := anna.Tap("go")
		if err != nil {
			t.Fatal(err)
		}
		var q models.CallbackQuery
		c.drain(s)[0].into(t, &q)
		if q.Data != "go:1" || q.From.ID != anna.ID() || q.Message.Message == nil || q.ChatInstance == "" {
			t.Fatalf("query %+v", q)
		}
		return tapped, q.ID
	}
	tapped, id := tap()
	clock.pass(15 * time.Second)
	var done bool
	c.must("answerCallbackQuery", params{"callback_query_id": id, "text": "taken by Sana", "show_alert": true}, &done)
	if text, alert, answered := tapped.Answer(); !done || text != "taken by Sana" || !alert || !answered {
		t.Errorf("answer %q %v %v", text, alert, answered)
	}
	c.refused("answerCallbackQuery", params{"callback_query_id": id}, 400, late)
	c.refused("answerCallbackQuery", params{"callback_query_id": "123"}, 400, late)
	_, id = tap()
	clock.pass(16 * time.Second)
	c.refused("answerCallbackQuery", params{"callback_query_id": id}, 400, late)
	if diff := cmp.Diff([]string{"taken by Sana"}, anna.Alerts()); diff != "" {
		t.Error(diff)
	}
}

func TestRow23ForgedData(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	var m models.Message
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "no buttons"}, &m)
	if _, err := anna.TapData(anna.Last(), "confirm:1042:3"); err != nil {
		t.Fatal(err)
	}
	var q models.CallbackQuery
	c.drain(s)[0].into(t, &q)
	if q.Data != "confirm:1042:3" || q.Message.Message.ID != m.ID {
		t.Errorf("query %+v", q)
	}
	c.must("deleteMessage", params{"chat_id": anna.ID(), "message_id": m.ID}, nil)
	if _, err := anna.TapData(Message{ID: m.ID}, "again"); err != nil {
		t.Fatal(err)
	}
	q = models.CallbackQuery{}
	c.drain(s)[0].into(t, &q)
	if q.Message.InaccessibleMessage == nil || q.Message.InaccessibleMessage.MessageID != m.ID {
		t.Errorf("query of a deleted message: %+v", q.Message)
	}
}

func TestRow24Unreachable(t *testing.T) {
	s, c := overTCP(t, Options{})
	to := func(id any) params { return params{"chat_id": id, "text": "x"} }
	anna, sana, stranger := begun(s, "Anna"), begun(s, "Sana"), s.Person("Stranger")
	c.refused("sendMessage", to(12345), 400, "Bad Request: chat not found")
	c.refused("sendMessage", to("@nobody"), 400, "Bad Request: chat not found")
	c.refused("sendMessage", to(""), 400, "Bad Request: chat_id is empty")
	c.refused("sendMessage", to(stranger.ID()), 400, "Bad Request: chat not found")
	group := s.Group("Staff", sana, stranger)
	c.refused("sendMessage", to(stranger.ID()), 403, "Forbidden: bot can't initiate conversation with a user")
	anna.Block()
	c.refused("sendMessage", to(anna.ID()), 403, "Forbidden: bot was blocked by the user")
	anna.Unblock()
	c.must("sendMessage", to(anna.ID()), nil)
	threaded := to(anna.ID())
	threaded["message_thread_id"] = 7
	c.refused("sendMessage", threaded, 400, "Bad Request: message thread not found")
	anna.DeleteAccount()
	c.refused("sendMessage", to(anna.ID()), 403, "Forbidden: user is deactivated")

	super := s.Supergroup("Branch", sana)
	for g, name := range map[*Group]string{group: "group chat", super: "supergroup chat"} {
		c.must("sendMessage", to(g.ID()), nil)
		g.RemoveBot()
		c.refused("sendMessage", to(g.ID()), 403, "Forbidden: bot was kicked from the "+name)
		g.AddBot()
		c.must("leaveChat", params{"chat_id": g.ID()}, nil)
		c.refused("sendMessage", to(g.ID()), 403, "Forbidden: bot is not a member of the "+name)
		g.AddBot()
	}
	group.Delete()
	c.refused("sendMessage", to(group.ID()), 403, "Forbidden: the group chat was deleted")
}

func TestRow25Migration(t *testing.T) {
	s, c := overTCP(t, Options{})
	sana, bilal := s.Person("Sana"), s.Person("Bilal")
	g := s.Group("Staff", sana, bilal)
	old := g.ID()
	settle(s)
	var before models.Message
	c.must("sendMessage", params{"chat_id": old, "text": "card #1042"}, &before)
	g.Upgrade()
	if g.ID() > -1_000_000_000_000 {
		t.Errorf("the supergroup's id is %d", g.ID())
	}
	var from, to models.Message
	got := c.drain(s)
	if len(got) != 2 {
		t.Fatalf("the bot was told %v, want both service messages", got)
	}
	got[0].into(t, &to)
	got[1].into(t, &from)
	if to.Chat.ID != old || to.MigrateToChatID != g.ID() || from.Chat.ID != g.ID() || from.MigrateFromChatID != old || from.ID != 1 {
		t.Errorf("told of %d to %d, and %d from %d as message %d", to.Chat.ID, to.MigrateToChatID, from.Chat.ID, from.MigrateFromChatID, from.ID)
	}
	r := c.call("sendMessage", params{"chat_id": old, "text": "x"})
	if r.Status != 400 || r.Description != "Bad Request: group chat was upgraded to a supergroup chat" || r.Parameters.MigrateToChatID != g.ID() {
		t.Errorf("writing to the old id: %+v", r)
	}
	c.must("sendMessage", params{"chat_id": g.ID(), "text": "x"}, nil)
	var m struct{ Status string }
	c.must("getChatMember", params{"chat_id": g.ID(), "user_id": bilal.ID()}, &m)
	if m.Status != "member" {
		t.Errorf("who was in the group is now %q", m.Status)
	}
	g.Upgrade()
	if s.Pending() != 0 {
		t.Error("a supergroup was upgraded once more")
	}
}

func TestRow26Limits(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna, sana := begun(s, "Anna"), begun(s, "Sana")
		g := s.Group("Staff", sana)
		send := func(chat int64) reply { return c.call("sendMessage", params{"chat_id": chat, "text": "x"}) }
		for range 40 {
			if r := send(g.ID()); !r.OK {
				t.Fatalf("without limits: %d %s", r.Status, r.Description)
			}
		}
		s.Faults().Limits(true)
		for i := range 20 {
			if r := send(g.ID()); !r.OK {
				t.Fatalf("card %d: %d %s", i, r.Status, r.Description)
			}
			time.Sleep(100 * time.Millisecond)
		}
		if r := send(g.ID()); r.Status != 429 || r.Parameters.RetryAfter != 58 || r.Header.Get("Retry-After") != "58" {
			t.Errorf("card 21 after two seconds: %d %s", r.Status, r.Description)
		}
		for range 3 { // a short burst passes
			if r := send(anna.ID()); !r.OK {
				t.Errorf("%d %s", r.Status, r.Description)
			}
		}
		if r := send(anna.ID()); r.Status != 429 || r.Parameters.RetryAfter != 3 {
			t.Errorf("the fourth at once: %d %s", r.Status, r.Description)
		}
		time.Sleep(58 * time.Second)
		if r := send(g.ID()); !r.OK {
			t.Errorf("after the wait: %d %s", r.Status, r.Description)
		}
		time.Sleep(time.Minute)
		refused := 0
		for i := range 40 {
			if r := send(begun(s, fmt.Sprint("Patient ", i)).ID()); r.Status == 429 {
				refused++
			}
		}
		if refused != 10 {
			t.Errorf("%d of 40 in one second were refused, want 10", refused)
		}
		s.Faults().Clear()
		if r := send(g.ID()); !r.OK {
			t.Error("the limits stay after Clear")
		}
	})
}

func TestRow26TooManyUnsent(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna := begun(s, "Anna")
		s.Faults().Add(Fault{Kind: Slow, Methods: []string{"sendMessage"}, For: time.Minute})
		var wg sync.WaitGroup
		for range 310 {
			wg.Go(func() { c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x"}, nil) })
		}
		synctest.Wait()
		start := time.Now()
		r := c.call("sendMessage", params{"chat_id": anna.ID(), "text": "one too many"})
		if r.Status != 429 || r.Parameters.RetryAfter != 60 || time.Since(start) != 3*time.Second {
			t.Errorf("%d %s after %s", r.Status, r.Description, time.Since(start))
		}
		wg.Wait()
		s.Faults().Clear()
		c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x"}, nil)
	})
}

func TestRow27ReplyToMissing(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	hers := anna.Say("question")
	answer := func(to int, lenient bool) params {
		return params{"chat_id": anna.ID(), "text": "x", "reply_parameters": params{"message_id": to, "allow_sending_without_reply": lenient}}
	}
	var m models.Message
	c.must("sendMessage", answer(hers.ID, false), &m)
	if m.ReplyToMessage == nil || m.ReplyToMessage.ID != hers.ID || m.ReplyToMessage.Text != "question" {
		t.Errorf("reply %+v", m.ReplyToMessage)
	}
	c.refused("sendMessage", answer(9999, false), 400, "Bad Request: message to be replied not found")
	c.must("sendMessage", answer(9999, true), &m)
	anna.Delete(hers)
	c.refused("sendMessage", answer(hers.ID, false), 400, "Bad Request: message to be replied not found")
}

func TestRow28Files(t *testing.T) {
	clock := newClock()
	s, c := overTCP(t, Options{Now: clock.now})
	anna := begun(s, "Anna")
	info := func(id string) (f models.File) {
		t.Helper()
		c.must("getFile", params{"file_id": id}, &f)
		return f
	}
	download := func(path string) (int, string) {
		t.Helper()
		answer, err := c.http.Get(strings.Replace(c.base, "/bot", "/file/bot", 1) + "/" + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	sent := anna.SendDocument("faq.json", []byte(`{"version":1}`), "")
	f := info(sent.File)
	if status, body := download(f.FilePath); status != 200 || body != `{"version":1}` || f.FileSize != 13 {
		t.Errorf("download: %d %q of %d bytes", status, body, f.FileSize)
	}
	if status, _ := download("documents/nothing"); status != 404 {
		t.Errorf("unknown path: %d", status)
	}
	clock.pass(61 * time.Minute)
	if status, _ := download(f.FilePath); status != 404 {
		t.Errorf("after an hour the path gives %d", status)
	}
	if status, _ := download(info(sent.File).FilePath); status != 200 {
		t.Errorf("asked anew: %d", status)
	}
	c.refused("getFile", params{"file_id": "nonsense"}, 400, "Bad Request: wrong file_id or the file is temporarily unavailable")
	info(anna.SendDocument("big", make([]byte, maxDownload), "").File)
	tooBig := anna.SendDocument("bigger", make([]byte, maxDownload+1), "")
	c.refused("getFile", params{"file_id": tooBig.File}, 400, "Bad Request: file is too big")

	upload := func(size int) reply {
		body, kind := parts(t, map[string]string{"chat_id": formatID(anna.ID())}, "document", "visit.ics", make([]byte, size))
		return c.post("sendDocument", kind, body)
	}
	if r := upload(maxUpload); !r.OK {
		t.Errorf("50 MB: %d %s", r.Status, r.Description)
	}
	if last := anna.Last(); last.Media != "document" || last.FileName != "visit.ics" {
		t.Errorf("she sees %+v", last)
	}
	if r := upload(maxUpload + 1); r.Status != 413 {
		t.Errorf("over 50 MB: %d %s", r.Status, r.Description)
	}
	var m models.Message
	c.must("sendDocument", params{"chat_id": anna.ID(), "document": sent.File}, &m)
	if m.Document == nil || m.Document.FileUniqueID == "" || m.Document.FileName != "faq.json" {
		t.Errorf("sent by its id: %+v", m.Document)
	}
}

func TestRow29Members(t *testing.T) {
	s, c := overTCP(t, Options{})
	owner, sana, bilal, eve, stranger := s.Person("Omar"), s.Person("Sana"), s.Person("Bilal"), s.Person("Eve"), s.Person("Noor")
	g := s.Supergroup("Staff", owner, sana, bilal, eve)
	status := func(id int64) string {
		t.Helper()
		var m struct {
			Status string
			User   models.User
		}
		c.must("getChatMember", params{"chat_id": g.ID(), "user_id": id}, &m)
		if m.User.ID != id {
			t.Errorf("asked for %d, told of %d", id, m.User.ID)
		}
		return m.Status
	}
	g.Promote(sana)
	g.Restrict(bilal)
	g.Remove(eve)
	for id, want := range map[int64]string{
		owner.ID(): "creator", sana.ID(): "administrator", bilal.ID(): "restricted", eve.ID(): "left", s.Bot().ID: "member",
	} {
		if got := status(id); got != want {
			t.Errorf("%d is %q, want %q", id, got, want)
		}
	}
	g.Ban(bilal)
	if got := status(bilal.ID()); got != "kicked" {
		t.Errorf("thrown out: %q", got)
	}
	c.refused("getChatMember", params{"chat_id": g.ID(), "user_id": 99}, 400, "Bad Request: user not found")
	c.refused("getChatMember", params{"chat_id": g.ID()}, 400, "Bad Request: invalid user_id specified")
	// Only an administrator may rely on what it is told of others: of somebody never met, an ordinary member learns nothing.
	c.refused("getChatMember", params{"chat_id": g.ID(), "user_id": stranger.ID()}, 400, "Bad Request: user not found")
	g.PromoteBot()
	if got := status(stranger.ID()); got != "left" {
		t.Errorf("a stranger, asked by an administrator: %q", got)
	}
}

// Rests on the documentation of privacy mode.
func TestRow30Groups(t *testing.T) {
	s, c := overTCP(t, Options{})
	sana := s.Person("Sana")
	g := s.Supergroup("Staff", sana)
	here := sana.In(g)
	settle(s)
	var card models.Message
	c.must("sendMessage", params{"chat_id": g.ID(), "text": "card #1042"}, &card)
	arrives := func(what string, say func() Message, want bool) models.Message {
		t.Helper()
		sent := say()
		var m models.Message
		got := c.drain(s)
		if len(got) > 0 {
			got[0].into(t, &m)
		}
		if (len(got) == 1 && m.ID == sent.ID) != want {
			t.Errorf("%s: arrived %v, want %v", what, len(got) == 1, want)
		}
		return m
	}
	say := func(text string) func() Message { return func() Message { return here.Say(text) } }
	onCard := func() Message { return here.Reply(here.Messages()[0], "on my way") }
	arrives("group talk", say("good morning"), false)
	arrives("command", say("/here"), true)
	arrives("our command", say("/here@skindesk_preview_bot"), true)
	arrives("another bot's command", say("/here@other_bot"), false)
	arrives("mention", say("ask @skindesk_preview_bot"), true)
	arrives("somebody else's mention", say("ask @skindesk"), false)
	if m := arrives("answer to the bot", onCard, true); m.ReplyToMessage == nil || m.ReplyToMessage.ID != card.ID || m.ReplyToMessage.From.ID != s.Bot().ID {
		t.Errorf("reply to %+v", m.ReplyToMessage)
	}
	m := arrives("anonymous administrator", func() Message { return here.Anonymous().Say("/here") }, true)
	if m.From.ID != 1087968824 || m.From.Username != "GroupAnonymousBot" || m.SenderChat == nil || m.SenderChat.ID != g.ID() {
		t.Errorf("anonymous: from %+v, sender chat %+v", m.From, m.SenderChat)
	}
	m = arrives("channel", func() Message { return here.AsChannel("News").Say("/here") }, true)
	if m.From.ID != 136817688 || m.SenderChat == nil || m.SenderChat.Type != "channel" {
		t.Errorf("channel: from %+v, sender chat %+v", m.From, m.SenderChat)
	}
	g.PromoteBot()
	settle(s)
	arrives("group talk to an administrator", say("good morning"), true)

	s, c = overTCP(t, Options{ReadsGroups: true})
	sana = s.Person("Sana")
	g = s.Group("Staff", sana)
	here = sana.In(g)
	settle(s)
	arrives("group talk without privacy mode", say("good morning"), true)
}

func TestRow31Events(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna", WithLastName("K"))
	next := func(kind string, v any) {
		t.Helper()
		got := c.drain(s)
		if len(got) != 1 || got[0].kind() != kind {
			t.Fatalf("got %v, want one %s", got, kind)
		}
		got[0].into(t, v)
	}
	change := func(from, to models.ChatMemberType) {
		t.Helper()
		var u models.ChatMemberUpdated
		next("my_chat_member", &u)
		if u.OldChatMember.Type != from || u.NewChatMember.Type != to {
			t.Errorf("%s to %s, want %s to %s", u.OldChatMember.Type, u.NewChatMember.Type, from, to)
		}
	}
	anna.Block()
	change("member", "kicked")
	anna.Unblock()
	change("kicked", "member")
	g := s.Supergroup("Staff", anna)
	change("left", "member")
	g.PromoteBot()
	change("member", "administrator")
	g.DemoteBot()
	change("administrator", "member")

	said := anna.Say("befor")
	settle(s)
	anna.Edit(said, "before")
	var m models.Message
	next("edited_message", &m)
	if m.ID != said.ID || m.Text != "before" || m.EditDate == 0 {
		t.Errorf("edited: %+v", m)
	}
	anna.ShareContact("+923001234567")
	m = models.Message{}
	next("message", &m)
	if m.Contact == nil || m.Contact.PhoneNumber != "+923001234567" || m.Contact.UserID != anna.ID() || m.Contact.LastName != "K" {
		t.Errorf("own contact: %+v", m.Contact)
	}
	anna.ShareOtherContact("Mum", "+923007654321", 0)
	m = models.Message{}
	next("message", &m)
	if m.Contact == nil || m.Contact.UserID != 0 {
		t.Errorf("other contact: %+v", m.Contact)
	}
	anna.SendAlbum(3, "my skin")
	got := c.drain(s)
	albums, captions := map[string]bool{}, []string{}
	for _, e := range got {
		var m models.Message
		e.into(t, &m)
		albums[m.MediaGroupID] = true
		captions = append(captions, m.Caption)
	}
	if len(got) != 3 || len(albums) != 1 || albums[""] || !cmp.Equal(captions, []string{"my skin", "", ""}) {
		t.Errorf("album: %d messages, groups %v, captions %q", len(got), albums, captions)
	}
	g.RemoveBot()
	got = c.drain(s)
	if len(got) != 2 || got[0].kind() != "my_chat_member" || got[1].kind() != "message" {
		t.Errorf("thrown out: %v", got)
	}
}

func TestRow32Commands(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna, noor := begun(s, "Anna"), begun(s, "Noor", WithLanguage("ur"))
	sana := s.Person("Sana")
	g := s.Group("Staff", sana)
	set := func(p params, names ...string) {
		t.Helper()
		var list []params
		for _, name := range names {
			list = append(list, params{"command": name, "description": "does " + name})
		}
		p["commands"] = list
		c.must("setMyCommands", p, nil)
	}
	get := func(p params) string {
		t.Helper()
		var list []models.BotCommand
		c.must("getMyCommands", p, &list)
		var names []string
		for _, item := range list {
			names = append(names, item.Command)
		}
		return strings.Join(names, " ")
	}
	private, chat := params{"type": "all_private_chats"}, params{"type": "chat", "chat_id": g.ID()}
	set(params{}, "start", "help")
	set(params{"scope": private, "language_code": "ur"}, "book")
	set(params{"scope": chat}, "open")
	for _, x := range []struct {
		p    params
		want string
	}{
		{params{}, "start help"}, {params{"language_code": "ur"}, ""}, {params{"scope": private}, ""},
		{params{"scope": private, "language_code": "ur"}, "book"}, {params{"scope": chat}, "open"},
	} {
		if got := get(x.p); got != x.want {
			t.Errorf("%v: %q, want %q", x.p, got, x.want)
		}
	}
	// What people see in their menu is the nearest list.
	for _, x := range []struct {
		who  *Person
		want string
	}{{anna, "start help"}, {noor, "book"}, {sana.In(g), "open"}} {
		var names []string
		for _, item := range x.who.Commands() {
			names = append(names, item.Command)
		}
		if got := strings.Join(names, " "); got != x.want {
			t.Errorf("%s sees %q, want %q", x.who.Name(), got, x.want)
		}
	}
	c.must("deleteMyCommands", params{"scope": chat}, nil)
	if got := get(params{"scope": chat}); got != "" {
		t.Errorf("after deleting: %q", got)
	}
	c.refused("setMyCommands", params{"commands": []params{{"command": "Größe", "description": "x"}}}, 400, "Bad Request: BOT_COMMAND_INVALID")
	c.refused("setMyCommands", params{"commands": []params{{"command": "a", "description": ""}}}, 400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
	c.refused("setMyCommands", params{"scope": params{"type": "planet"}, "commands": []params{}}, 400,
		"Bad Request: can't parse BotCommandScope: Unsupported type specified")
}

func TestRow33RefuseAndErrors(t *testing.T) {
	s, c := overTCP(t, Options{})
	anna := begun(s, "Anna")
	send := func() (*http.Response, error) {
		return c.http.Post(c.base+"/sendMessage", "application/json",
			strings.NewReader(fmt.Sprintf(`{"chat_id":%d,"text":"x"}`, anna.ID())))
	}
	count := func(fault Fault, carriedOut bool, check func(*http.Response, error)) {
		t.Helper()
		s.Faults().Clear()
		fault.Methods, fault.Times = []string{"sendMessage"}, 1
		s.Faults().Add(fault)
		before := len(anna.Messages())
		answer, err := send()
		check(answer, err)
		if err == nil {
			answer.Body.Close()
		}
		if got := len(anna.Messages()) > before; got != carriedOut {
			t.Errorf("%s: carried out %v, want %v", fault.Kind, got, carriedOut)
		}
		if answer, err = send(); err != nil || answer.StatusCode != 200 {
			t.Errorf("%s: the next call fails: %v", fault.Kind, err)
		} else {
			answer.Body.Close()
		}
	}
	broken := func(kind Kind) func(*http.Response, error) {
		return func(answer *http.Response, err error) {
			if err == nil {
				_, err = io.ReadAll(answer.Body)
			}
			if err == nil {
				t.Errorf("%s: a whole answer came", kind)
			}
		}
	}
	status := func(want int, kind string) func(*http.Response, error) {
		return func(answer *http.Response, err error) {
			if err != nil || answer.StatusCode != want || answer.Header.Get("Content-Type") != kind {
				t.Errorf("got %+v %v, want %d %s", answer, err, want, kind)
			}
		}
	}
	count(Fault{Kind: Refuse}, false, broken(Refuse))
	count(Fault{Kind: Cut}, true, broken(Cut))
	count(Fault{Kind: Half}, true, broken(Half))
	count(Fault{Kind: ServerError}, false, status(500, "application/json"))
	count(Fault{Kind: ServerError, CarriedOut: true}, true, status(500, "application/json"))
	count(Fault{Kind: BadGateway}, false, status(502, "text/html"))
	count(Fault{Kind: TooMany, RetryAfter: 3}, false, status(429, "application/json"))
	count(Fault{Kind: Reject, Description: "no"}, false, status(400, "application/json"))
	calls := s.Calls()
	var statuses []int
	for _, call := range calls {
		statuses = append(statuses, call.Status)
	}
	if want := []int{0, 200, 200, 200, 200, 200, 500, 200, 200, 200, 502, 200, 429, 200, 400, 200}; !cmp.Equal(want, statuses) {
		t.Errorf("calls are remembered as %v, want %v", statuses, want)
	}
	if last := calls[len(calls)-1]; last.Method != "sendmessage" || last.Chat != anna.ID() || last.Params["text"] != "x" {
		t.Errorf("call %+v", last)
	}
}

func TestRow33HangSlowAndOutage(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna := begun(s, "Anna")
		s.Faults().Add(Fault{Kind: Hang, Times: 1, For: 90 * time.Second})
		start := time.Now()
		if answer, err := c.http.Get(c.base + "/getMe"); err == nil {
			answer.Body.Close()
			t.Error("a hanging call was answered")
		}
		if waited := time.Since(start); waited != 90*time.Second {
			t.Errorf("hung for %s", waited)
		}
		s.Faults().Add(Fault{Kind: Slow, Times: 1, For: 20 * time.Second})
		start = time.Now()
		c.must("getMe", nil, nil)
		if waited := time.Since(start); waited != 20*time.Second {
			t.Errorf("a slow answer took %s", waited)
		}
		s.Faults().Outage(true)
		anna.Say("are you there?")
		if _, err := c.http.Get(c.base + "/getUpdates"); err == nil || !strings.Contains(err.Error(), "connection refused") {
			t.Errorf("in an outage: %v", err)
		}
		s.Faults().Outage(false)
		if got := c.updates(nil); len(got) != 1 {
			t.Errorf("after the outage: %v", got)
		}
		if got := s.Faults().Fired(); got[Hang] != 1 || got[Slow] != 1 {
			t.Errorf("fired %v", got)
		}
	})
}

func TestRow33OutageEndsWaitingPoll(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		var wg sync.WaitGroup
		wg.Go(func() {
			if answer, err := c.http.Get(c.base + "/getUpdates?timeout=50"); err == nil {
				answer.Body.Close()
				t.Error("a poll survived the outage")
			}
		})
		synctest.Wait()
		start := time.Now()
		s.Faults().Outage(true)
		wg.Wait()
		if waited := time.Since(start); waited != 0 {
			t.Errorf("ended after %s", waited)
		}
	})
}

func TestRow33DeliverTwice(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna := begun(s, "Anna")
		anna.Say("one")
		first := c.updates(nil)
		s.Faults().Add(Fault{Kind: Twice, Times: 1})
		again := c.updates(params{"offset": first[0].id(t) + 1})
		if len(again) != 1 || again[0].id(t) != first[0].id(t) {
			t.Fatalf("got %v, want %v again", again, first)
		}
		time.Sleep(time.Minute)
		if rest := c.updates(params{"offset": first[0].id(t) + 1}); len(rest) != 0 {
			t.Errorf("a third time: %v", rest)
		}
		c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": buttons("go", "go")}, nil)
		s.Faults().Add(Fault{Kind: TapTwice, Times: 1})
		if _, err := anna.Tap("go"); err != nil {
			t.Fatal(err)
		}
		taps := c.drain(s)
		if len(taps) != 2 || taps[0].id(t) == taps[1].id(t) || !bytes.Equal(taps[0]["callback_query"], taps[1]["callback_query"]) {
			t.Errorf("one tap came as %v", taps)
		}
	})
}

// The update that was to come first is overtaken by one of another chat, and by none of its own.
func TestRow33Reorder(t *testing.T) {
	inBubble(t, Options{}, func(t *testing.T, s *Server, c caller) {
		anna, bilal := begun(s, "Anna"), begun(s, "Bilal")
		texts := func() (got []string) {
			last := int64(0)
			for _, e := range c.drain(s) {
				var m models.Message
				e.into(t, &m)
				if id := e.id(t); id <= last {
					t.Errorf("id %d after %d", id, last)
				}
				last = e.id(t)
				got = append(got, m.Text)
			}
			return got
		}
		s.Faults().Add(Fault{Kind: Reorder, Times: 1})
		anna.Say("first")
		bilal.Say("second")
		if diff := cmp.Diff([]string{"second", "first"}, texts()); diff != "" {
			t.Error(diff)
		}
		s.Faults().Add(Fault{Kind: Reorder, Times: 1})
		anna.Say("one")
		anna.Say("two")
		bilal.Say("three")
		if diff := cmp.Diff([]string{"one", "two", "three"}, texts()); diff != "" {
			t.Error(diff)
		}
		s.Faults().Add(Fault{Kind: Reorder, Times: 1})
		anna.Say("alone")
		if s.Pending() != 0 {
			t.Error("what is held back is there")
		}
		time.Sleep(3 * time.Second)
		if diff := cmp.Diff([]string{"alone"}, texts()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRow33ClockJump(t *testing.T) {
	clock := NewClock(0)
	s, c := overTCP(t, Options{Clock: clock})
	anna := begun(s, "Anna")
	var before, after models.Message
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x", "reply_markup": buttons("go", "go")}, &before)
	if _, err := anna.Tap("go"); err != nil {
		t.Fatal(err)
	}
	if err := clock.Forward(t.Context(), clock.Now().Add(30*time.Hour)); err != nil {
		t.Fatal(err)
	}
	c.must("sendMessage", params{"chat_id": anna.ID(), "text": "x"}, &after)
	if gone := after.Date - before.Date; gone < 30*3600 || gone > 30*3600+60 {
		t.Errorf("%d seconds have passed by the messages' dates", gone)
	}
	if got := c.updates(nil); len(got) != 0 {
		t.Errorf("a tap of the day before is still there: %v", got)
	}
}

func TestRow33ChanceIsRepeatable(t *testing.T) {
	s, c := overTCP(t, Options{})
	run := func() (pattern string) {
		s.Faults().Clear()
		s.Faults().Seed(7)
		s.Faults().Add(Fault{Kind: ServerError, Chance: 0.3, Methods: []string{"getme"}})
		for range 200 {
			pattern += string("0123456789"[c.call("getMe", nil).Status/100])
		}
		return pattern
	}
	one := run()
	if n := strings.Count(one, "5"); n < 40 || n > 80 {
		t.Errorf("%d of 200 calls failed at a chance of 0.3", n)
	}
	if run() != one {
		t.Error("the same seed gave another run")
	}
}

// A raw keep-alive connection is used again after an error.
func TestRow03KeepAlive(t *testing.T) {
	s, c := overTCP(t, Options{})
	target, err := url.Parse(c.base)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", target.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for _, want := range []int{404, 200, 401} {
		path := map[int]string{404: target.Path + "/nothing", 200: target.Path + "/getMe", 401: "/bot1:x/getMe"}[want]
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path)
		answer, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != want {
			t.Errorf("%s: %d %v, want %d", strings.Replace(path, s.Token(), "TOKEN", 1), answer.StatusCode, err, want)
		}
		answer.Body.Close()
	}
}
