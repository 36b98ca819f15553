package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"skindesk/preview"
	"skindesk/store"
)

// post is the mail alone, with a handler that answers every message by repeating it, against a stand-in for Telegram. It lives in a
// synctest bubble, so its waits take no time.
type post struct {
	t      testing.TB
	server *preview.Server
	store  *store.Store
	folder string
	mail   *mail
	log    strings.Builder

	stop  context.CancelFunc
	ended chan error

	mu      sync.Mutex
	letters []string // the causes
	alarms  []string
	settled []outcome
}

// inPost runs a test in a bubble.
func inPost(t *testing.T, test func(*testing.T, *post)) {
	synctest.Test(t, func(t *testing.T) {
		p := &post{t: t, server: preview.New(preview.Options{ReadsGroups: true}), folder: t.TempDir()}
		t.Cleanup(p.server.Close)
		p.open()
		p.mail = p.newMail()
		test(t, p)
		p.end()
		if strings.Contains(p.log.String(), p.server.Token()) {
			t.Error("the token is in the log")
		}
	})
}

func (p *post) open() {
	s, err := store.Open(context.Background(), p.folder, store.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	p.store = s
	p.t.Cleanup(func() { _ = s.Close() }) // a second close does nothing
}

func (p *post) newMail() *mail {
	m := &mail{
		store: p.store, token: p.server.Token(), apiURL: "http://telegram.preview", http: p.server.Client(), now: time.Now, rate: usualRate,
		log: slog.New(slog.NewTextHandler(&guarded{w: &p.log, mu: &p.mu}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	m.handle = func(ctx context.Context, in store.Inbound) error {
		return m.store.Update(ctx, func(tx *store.Tx) error { return echo(tx, in) })
	}
	m.letter = func(ctx context.Context, in store.Inbound, cause error) error {
		p.note(&p.letters, cause.Error())
		return m.store.Update(ctx, func(tx *store.Tx) error { return tx.KillInbound(in.Seq, "letter") })
	}
	m.notices = func(context.Context) (time.Time, error) { return time.Time{}, nil }
	m.settled = func(_ *store.Tx, _ store.Outbound, out outcome) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.settled = append(p.settled, out)
		return nil
	}
	m.mark = func(o store.Outbound) []byte {
		return []byte(strings.Replace(string(o.Body), `"text":"`, `"text":"↻ `, 1))
	}
	m.staffChat = func() int64 { return 0 }
	m.moved = func(*store.Tx, int64, int64) error { return nil }
	m.alarm = func(_ *store.Tx, _, what string) error { p.note(&p.alarms, what); return nil }
	client, err := newClient(m.token, m.apiURL, m.http, func(err error) { p.t.Log(m.reason(err)) })
	if err != nil {
		p.t.Fatal(err)
	}
	m.client = client
	return m
}

func (p *post) note(list *[]string, s string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	*list = append(*list, s)
}

// guarded is a writer for many.
type guarded struct {
	w  *strings.Builder
	mu *sync.Mutex
}

func (g *guarded) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.w.Write(b)
}

// said is what the tests read of an update.
type said struct {
	Message struct {
		ID   int64 `json:"message_id"`
		Chat struct {
			ID int64 `json:"id"`
		} `json:"chat"`
		Text string `json:"text"`
	} `json:"message"`
}

// echo ends the update and says its text again, in reply to it.
func echo(tx *store.Tx, in store.Inbound) error {
	var u said
	if err := json.Unmarshal(in.Body, &u); err != nil {
		return err
	}
	if err := tx.FinishInbound(in.Seq); err != nil || u.Message.ID == 0 {
		return err
	}
	return tx.Queue(message("in/"+strconv.FormatInt(in.Seq, 10), u.Message.Chat.ID, u.Message.Text, u.Message.ID))
}

// message is a row of the outbox; replyTo 0: no reply.
func message(key string, chat int64, text string, replyTo int64) store.Outbound {
	p := map[string]any{"chat_id": chat, "text": text}
	if replyTo != 0 {
		p["reply_parameters"] = map[string]any{"message_id": replyTo}
	}
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // a map of strings and numbers
	}
	return store.Outbound{Key: key, Chat: chat, Method: "sendMessage", Body: b, Lane: store.LaneQuestion}
}

func (p *post) start() {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop, p.ended = cancel, make(chan error, 1)
	go func() { p.ended <- p.mail.run(ctx) }()
}

func (p *post) end() {
	if p.stop == nil {
		return
	}
	p.stop()
	if err := <-p.ended; err != nil {
		p.t.Error(err)
	}
	p.stop = nil
}

// after lets that much time pass, and what it brings.
func (p *post) after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (p *post) queue(rows ...store.Outbound) {
	p.t.Helper()
	p.update(func(tx *store.Tx) error {
		for _, o := range rows {
			if err := tx.Queue(o); err != nil {
				return err
			}
		}
		return nil
	})
	p.mail.poke()
}

func (p *post) update(fn func(*store.Tx) error) {
	p.t.Helper()
	if err := p.store.Update(context.Background(), fn); err != nil {
		p.t.Fatal(err)
	}
}

// calls are the calls of a method; "" for all.
func (p *post) calls(method string) (calls []preview.Call) {
	for _, c := range p.server.Calls() {
		if method == "" || strings.EqualFold(c.Method, method) {
			calls = append(calls, c)
		}
	}
	return calls
}

// answers are the texts that somebody got from the bot.
func answers(who *preview.Person) (texts []string) {
	for _, m := range who.Messages() {
		if m.FromBot {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func want[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("%s: want -, got +:\n%s", what, d)
	}
}

func TestEveryMessageIsAnsweredInItsChatsOrder(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		const chats, messages = 8, 12
		p.start()
		var people []*preview.Person
		for i := range chats {
			people = append(people, p.server.Person("Patient "+strconv.Itoa(i)))
		}
		var texts []string
		for i := range messages {
			texts = append(texts, strconv.Itoa(i))
			for _, who := range people {
				who.Say(strconv.Itoa(i))
			}
		}
		p.after(time.Minute)
		for _, who := range people {
			want(t, who.Name(), answers(who), texts)
			for _, m := range who.Messages() {
				if m.FromBot && m.ReplyTo == 0 {
					t.Errorf("%s: %q answers no message", who.Name(), m.Text)
				}
			}
		}
		want(t, "left on Telegram's side", p.server.Pending(), 0)
	})
}

func TestNoticesAreToldWhenDue(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		due := time.Now().Add(25 * time.Hour)
		var told []time.Time
		p.mail.notices = func(context.Context) (time.Time, error) {
			if time.Now().Before(due) {
				return due, nil
			}
			told = append(told, time.Now())
			due = due.Add(1000 * time.Hour)
			return due, nil
		}
		first := due
		p.start()
		p.after(26 * time.Hour)
		want(t, "told", told, []time.Time{first})
	})
}

func TestNoticesThatFailAreTriedAgain(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		calls := 0
		p.mail.notices = func(context.Context) (time.Time, error) {
			switch calls++; calls {
			case 1:
				return time.Time{}, errors.New("no")
			case 2:
				panic("oh")
			}
			return time.Time{}, nil
		}
		p.start()
		p.after(12 * time.Second)
		want(t, "calls", calls, 3)
	})
}

func TestWhatWasBegunIsFinishedBeforeTheEnd(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.server.Faults().Add(preview.Fault{Kind: preview.Slow, Methods: []string{"sendMessage"}, For: 8 * time.Second})
		anna := p.server.Person("Anna")
		anna.Say("hello")
		p.start()
		p.after(2 * time.Second)
		began := time.Now()
		p.end()
		if took := time.Since(began); took < 5*time.Second || took > 7*time.Second {
			t.Errorf("ended after %v, want the six seconds that the answer took", took)
		}
		p.server.Faults().Clear()
		p.mail = p.newMail()
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"hello"}) // marked as sent, so not sent again
	})
}

func TestASendThatHangsEndsInTime(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.server.Faults().Add(preview.Fault{Kind: preview.Hang, Methods: []string{"sendMessage"}, Times: 1, CarriedOut: true})
		anna := p.server.Person("Anna")
		anna.Say("hello")
		p.start()
		p.after(time.Second)
		began := time.Now()
		p.end()
		if took := time.Since(began); took > sendDeadline {
			t.Errorf("ended after %v, want %v at most", took, sendDeadline)
		}
		p.mail = p.newMail()
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"hello", "↻ hello"})
	})
}

func TestTheReasonHoldsNoToken(t *testing.T) {
	m := &mail{token: "123:a b%"}
	err := errors.New("Post https://x/bot123:a b%/getMe and bot123:a%20b%25 and 123%3Aa+b%25: no" + strings.Repeat("é", 300))
	got := m.reason(err)
	for _, secret := range []string{"a b%", "a%20b", "a+b"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q is in %q", secret, got)
		}
	}
	if len(got) > reasonLength {
		t.Errorf("%d bytes", len(got))
	}
}

func TestAPanicsValueIsNotTold(t *testing.T) {
	err := guard(func() error { panic("what the patient wrote") })
	want(t, "error", err.Error(), "panic: a string")
	var none []int
	err = guard(func() error { return errors.New(strconv.Itoa(none[len(none)])) })
	want(t, "error", err.Error(), "panic: runtime error: index out of range [0] with length 0")
}

// BenchmarkMail tells how many updates a second are received, handled and answered durably, with nothing to think about.
func BenchmarkMail(b *testing.B) {
	const chats = 20
	folder, err := os.MkdirTemp(".", "mail") // on the disk: what is durable is measured
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(folder) })
	p := &post{t: b, server: preview.New(preview.Options{}), folder: filepath.Join(folder, "data")}
	defer p.server.Close()
	p.open()
	p.mail = p.newMail()
	p.mail.rate, p.mail.log = 1e6, slog.New(slog.DiscardHandler)
	var left sync.WaitGroup
	left.Add(b.N)
	p.mail.settled = func(*store.Tx, store.Outbound, outcome) error { left.Done(); return nil }
	for i := range b.N {
		if i < chats {
			p.server.Person("Patient", preview.WithID(int64(1000+i))).Say("hello")
			continue
		}
		p.server.Deliver("message", json.RawMessage(`{"message_id":1,"chat":{"id":`+strconv.Itoa(1000+i%chats)+`},"text":"hello"}`))
	}
	b.ResetTimer()
	p.start()
	left.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
	p.end()
}

// busiest returns the most times that fall into any span of a length.
func busiest(times []time.Time, span time.Duration) (most int) {
	slices.SortFunc(times, func(a, b time.Time) int { return cmp.Compare(a.UnixNano(), b.UnixNano()) })
	first := 0
	for i, at := range times {
		for at.Sub(times[first]) >= span {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}
