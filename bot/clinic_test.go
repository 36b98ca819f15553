package bot

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"skindesk/faq"
	"skindesk/index"
	"skindesk/preview"
	"skindesk/store"
)

// clinic is a running bot with the people around it, inside a synctest bubble.
type clinic struct {
	t      *testing.T
	server *preview.Server
	http   *http.Client
	folder string
	store  *store.Store
	index  *index.Index
	live   *index.Live
	bot    *Bot
	config func(*Config)
	stop   func()

	anna, bilal *preview.Person // patients
	sana        *preview.Person // staff, in her private chat
	admin       *preview.Person
	stranger    *preview.Person
	group       *preview.Group
	sanaHere    *preview.Person // in the group
}

// inClinic runs a test with an open clinic.
func inClinic(t *testing.T, fn func(c *clinic)) { inClinicWith(t, func(*Config) {}, fn) }

func inClinicWith(t *testing.T, config func(*Config), fn func(c *clinic)) {
	t.Helper()
	inClinicOn(t, testIndex(t), config, fn)
}

func inClinicOn(t *testing.T, ix *index.Index, config func(*Config), fn func(c *clinic)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := &clinic{t: t, index: ix, folder: t.TempDir(), config: config}
		c.server = preview.New(preview.Options{})
		c.http = c.server.Client()
		c.anna, c.bilal = c.server.Person("Anna"), c.server.Person("Bilal")
		c.sana, c.admin, c.stranger = c.server.Person("Sana"), c.server.Person("Admin"), c.server.Person("Stranger")
		c.group = c.server.Supergroup("Team", c.sana, c.admin, c.stranger)
		c.sanaHere = c.sana.In(c.group)
		c.admin.Say("/start")
		c.open()
		defer func() {
			c.close()
			c.server.Close()
		}()
		fn(c)
	})
}

// open starts the bot on the clinic's folder.
func (c *clinic) open() {
	c.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var err error
	if c.store, err = store.Open(ctx, c.folder, store.Options{}); err != nil {
		c.t.Fatal(err)
	}
	c.live = index.NewLive(c.index)
	cfg := Config{
		Store: c.store, Live: c.live, Client: c.http, Token: c.server.Token(), APIURL: "http://telegram.preview",
		StaffChat: c.group.ID(), Admins: []int64{c.admin.ID()}, Staff: []int64{c.sana.ID()}, SendRate: 3000,
	}
	if testing.Verbose() {
		cfg.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	c.config(&cfg)
	if c.bot, err = New(cfg); err != nil {
		c.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- c.bot.Run(ctx) }()
	c.stop = func() {
		cancel()
		if err := <-done; err != nil {
			c.t.Error("run:", err)
		}
	}
	c.settle()
}

func (c *clinic) close() {
	c.stop()
	if err := c.store.Close(); err != nil {
		c.t.Error(err)
	}
}

// restart stops the bot and starts it again on what it has kept.
func (c *clinic) restart() {
	c.close()
	c.open()
}

// settle lets everything happen that is under way.
func (c *clinic) settle() {
	synctest.Wait()
	time.Sleep(5 * time.Second)
	synctest.Wait()
}

// testIndex is an index of the tests' FAQ. It is made outside of any bubble, because bleve works with goroutines of the whole
// process, and serves every test.
func testIndex(t *testing.T) *index.Index {
	t.Helper()
	ix, err := sharedIndex()
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

var sharedIndex = sync.OnceValues(func() (*index.Index, error) { return changedIndex("\x00", "") })

// changedIndex is an index of the tests' FAQ with one text in it replaced.
func changedIndex(old, text string) (*index.Index, error) {
	data, err := os.ReadFile(filepath.Join("testdata", "faq.json"))
	if err != nil {
		return nil, err
	}
	f, _, err := faq.Parse([]byte(strings.ReplaceAll(string(data), old, text)))
	if err != nil {
		return nil, err
	}
	return index.New(context.Background(), f)
}

// says writes in a chat, waits, and returns what the bot has said there since.
func (c *clinic) says(p *preview.Person, text string) []preview.Message {
	return c.does(p, func() { p.Say(text) })
}

// taps presses a button, waits, and returns what the bot has said there since.
func (c *clinic) taps(p *preview.Person, label string) []preview.Message {
	c.t.Helper()
	return c.does(p, func() {
		if _, err := p.Tap(label); err != nil {
			c.t.Fatalf("%s taps %q: %v; sees %s", p.Name(), label, err, c.sees(p))
		}
	})
}

func (c *clinic) does(p *preview.Person, do func()) []preview.Message {
	c.t.Helper()
	before := len(p.Messages())
	do()
	c.settle()
	return slices.DeleteFunc(p.Messages()[before:], func(m preview.Message) bool { return !m.FromBot })
}

// sees shows the end of a chat for a failure's text.
func (c *clinic) sees(p *preview.Person) string {
	var b strings.Builder
	ms := p.Messages()
	for _, m := range ms[max(0, len(ms)-6):] {
		b.WriteString("\n  " + m.Name + ": " + strings.ReplaceAll(m.Text, "\n", " / "))
		for _, row := range m.Buttons {
			for _, bt := range row {
				b.WriteString(" [" + bt.Text + "]")
			}
		}
	}
	return b.String()
}

// want fails unless one of the messages holds the text; it returns that message.
func (c *clinic) want(ms []preview.Message, text string) preview.Message {
	c.t.Helper()
	for _, m := range ms {
		if strings.Contains(m.Text, text) {
			return m
		}
	}
	var got []string
	for _, m := range ms {
		got = append(got, m.Text)
	}
	c.t.Fatalf("no message holds %q in:\n%s", text, strings.Join(got, "\n---\n"))
	return preview.Message{}
}

// card returns the newest message of the bot in the group that holds the text.
func (c *clinic) card(text string) preview.Message {
	c.t.Helper()
	ms := c.sanaHere.Messages()
	slices.Reverse(ms)
	return c.want(slices.DeleteFunc(ms, func(m preview.Message) bool { return !m.FromBot }), text)
}

// labels lists the buttons under a message.
func labels(m preview.Message) []string {
	var ls []string
	for _, row := range m.Buttons {
		for _, b := range row {
			ls = append(ls, b.Text)
		}
	}
	return ls
}
