package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"skindesk/bot"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/preview"
	"skindesk/store"
)

// TestScripts plays the conversations of testdata/script. Each script has a skindesk of its own, wired as serve wires it, with
// the stand-in for Telegram at the far end of the wire, in a synctest bubble: time passes only when everybody waits.
//
// The people: anna, bilal and noor (whose phone is set to Urdu) are patients. The team's group holds sana (staff), omar (admin)
// and eve (neither). Patients and omar are in their private chat with the bot, sana and eve in the group; "in team", "in private"
// or "in other" before the verb moves somebody for one line. An argument "…" in double quotes is a Go string, @file is a file of
// the script.
//
//	anna says 'a' 'b'             sends messages, one right after the other
//	anna replies 'x' to 'y'       replies to the newest message that holds y, or with "to first" to the oldest
//	sana replies with album ['caption'] to 'y'   or with anything else that can be sent
//	bilal follows omar            opens the newest link to the bot that omar has in his private chat
//	bilal enters team, quits team the team's group; "promotes bot" makes the bot an administrator of it, "forbids
//	                              reactions" has the group allow none
//	anna anonymously replies 'x' to 'y'
//	anna requests 'T' 'day' 'part' ['0300…']   types a request for a visit and sends it
//	anna edits 'x' to 'y'         changes the newest message of her own that holds x
//	sana deletes 'x'              the newest message of the bot that holds x
//	anna taps 'L' [under 'y']     presses the newest button with the label, or that under the newest message that holds y; "under first":
//	                              under the oldest
//	anna taps twice 'L'           before anything was answered
//	anna forges 'data' under 'y'  sends a tap with any data
//	anna shares phone             by the keyboard's button
//	anna shares contact '+92…'    somebody else's
//	anna sends sticker|voice|video|photo|album|document|location ['caption']
//	anna blocks, unblocks, leaves  the last: deletes the account
//	anna sees 'x' 'y'             in what the bot has written or changed in the chat since the last act of anybody: x, and after it y
//	anna sees not 'x' 'y'         in all of that there is neither
//	anna opens 'visit.ics' 'x' 'y'  the newest file of that name holds x, and after it y
//	anna gets 2                   so many messages of the bot are new or changed since the last act
//	anna has 2 'x'                so many messages of the bot in the whole chat hold x
//	anna alerted 'x'              the notice that answered her tap holds x
//	eve adds bot                  to another group, which is then "in other"
//	omar removes bot, brings bot  from the team's group, and back; "silences bot" takes its right to write
//	clock +2h                     lets time pass
//	clock 'Tue 19:00'             until the clinic's clock shows this next; also '5 Sep 11:00'
//	restart                       stops the program and starts it on what it has kept
//	down 3h                       the program does not run for so long
//	crash                         drops the program as a power cut would, and starts it on what was on the disk
//	setting NAME 'value'          for the next start
//	faq replaces 'x' 'y'          in the clinic's file on the disk, which is noticed at once; "faq quietly …" is noticed by nobody
//	faq is @file, is gone         likewise; @faq.json is the clinic's file as it first was
//	faq holds 'x', lacks 'x'      what stands in it now
//	telegram refuses|errs|stumbles|cuts|hangs N [method]    the next N calls: unread, 500, 502, carried out but unanswered (ended, held)
//	telegram limits N 30s [method]                          answers 429
//	telegram rejects N 'why' [method]                       answers 400
//	telegram repeats N            hands out what was confirmed once more; "taps twice" hands a tap out twice
//	telegram is away, is back
//	telegram delivers KIND @file  an update with this body; $ANNA, $BILAL, $TEAM stand for ids
//	crowd 12 asks 'x'             so many new patients, guest1 to guest12, ask the clinic at the same time
//	called 2 leaveChat            so many calls of the method were answered with success
//
// What a chat looks like: "bot, to “question”: text [button] [button] 👍", one line for a message.
func TestScripts(t *testing.T) {
	kept := t.TempDir() // what an index is made of: the files of the scripts say mostly the same
	ix, err := scriptIndex(kept)
	if err != nil {
		t.Fatal(err)
	}
	indexer := newIndexer(kept)
	t.Cleanup(func() { // when the last script has ended
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
		close(indexer.orders)
	})
	commands := map[string]func(*testscript.TestScript, bool, []string){}
	for name, do := range worldCommands {
		commands[name] = inWorld(do)
	}
	for _, name := range []string{"anna", "bilal", "noor", "sana", "omar", "eve"} {
		commands[name] = inWorld(func(w *world, args []string) { w.line(w.people[name], args) })
	}
	for i := range crowdSize {
		name := fmt.Sprintf("guest%d", i+1)
		commands[name] = inWorld(func(w *world, args []string) {
			if w.people[name] == nil {
				w.failf("there is no crowd with %s", name)
			}
			w.line(w.people[name], args)
		})
	}
	testscript.RunT(scripts{t}, testscript.Params{
		Dir:  filepath.Join("testdata", "script"),
		Cmds: commands,
		Setup: func(env *testscript.Env) error {
			w, err := newWorld(env.T().(*bubble), ix, indexer, env.WorkDir)
			env.Values[worldKey{}] = w
			env.Setenv("TEAM", id(w.team.ID()))
			env.Defer(w.end)
			return err
		},
	})
}

// inWorld makes a command of the script that is being played.
func inWorld(do func(*world, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		w := ts.Value(worldKey{}).(*world)
		w.ts = ts
		if neg {
			w.failf("no line begins with !")
		}
		for i, a := range args {
			args[i] = w.text(a)
		}
		do(w, args)
	}
}

// scriptIndex is an index of the scripts' FAQ. Bleve's goroutines belong to the whole process, so it is made outside the bubbles.
func scriptIndex(kept string) (*index.Index, error) {
	_, f, err := readFAQ(scriptFAQ, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return index.New(context.Background(), f, index.CacheIn(kept))
}

const scriptFAQ = "testdata/clinic.json"

// indexer makes the indexes of files that scripts change, outside the bubbles as well.
type indexer struct {
	one    sync.Mutex // order at a time
	orders chan *faq.FAQ
	made   chan madeIndex
}

type madeIndex struct {
	*index.Index
	err error
}

func newIndexer(kept string) *indexer {
	in := &indexer{orders: make(chan *faq.FAQ), made: make(chan madeIndex)}
	go func() {
		for f := range in.orders {
			ix, err := index.New(context.Background(), f, index.CacheIn(kept))
			in.made <- madeIndex{ix, err}
		}
	}()
	return in
}

func (in *indexer) build(_ context.Context, f *faq.FAQ) (*index.Index, error) {
	in.one.Lock()
	defer in.one.Unlock()
	in.orders <- f
	made := <-in.made
	return made.Index, made.err
}

// scripts gives each script a bubble. Inside one neither t.Run nor t.Parallel is allowed.
type scripts struct{ *testing.T }

func (s scripts) Verbose() bool { return testing.Verbose() }

func (s scripts) Run(name string, f func(testscript.T)) {
	s.T.Run(name, func(t *testing.T) {
		t.Parallel()
		b := &bubble{}
		synctest.Test(t, func(t *testing.T) {
			b.T = t
			f(b)
		})
		if b.skipped != nil {
			t.Skip(b.skipped...)
		}
	})
}

// bubble is the T of one script.
type bubble struct {
	*testing.T
	skipped []any
}

func (b *bubble) Verbose() bool                  { return testing.Verbose() }
func (b *bubble) Parallel()                      {}
func (b *bubble) Run(string, func(testscript.T)) { panic("a script begins no other") }
func (b *bubble) Skip(args ...any) {
	b.skipped = append([]any{}, args...)
	b.SkipNow()
}

type worldKey struct{}

// world is a skindesk and the people around it.
type world struct {
	t        *bubble
	ts       *testscript.TestScript // as long as a line is played
	index    *index.Index
	indexer  *indexer
	folder   string
	data     int // the number of the database's folder: a crash leaves a copy
	set      map[string]string
	telegram *preview.Server
	clock    *preview.Clock
	away     bool
	people   map[string]*person
	team     *preview.Group
	other    *preview.Group

	running *service
	stop    context.CancelFunc
	ended   chan error
	log     logFile

	before       map[string]map[int]string // what each chat held before the last act
	alertsBefore map[int64]int
}

func newWorld(t *bubble, ix *index.Index, in *indexer, folder string) (*world, error) {
	w := &world{t: t, index: ix, indexer: in, folder: folder, people: map[string]*person{}}
	w.clock = preview.NewClock(0)
	w.telegram = preview.New(preview.Options{ReadsGroups: true, Clock: w.clock})
	w.clock.Follow(preview.Follower{
		Wake: func() {
			if w.running != nil {
				w.running.bot.Wake()
			}
		},
		Agenda: func(ctx context.Context) (time.Time, bool) {
			if w.running == nil {
				return time.Time{}, true
			}
			next, idle, err := w.running.bot.Agenda(ctx)
			return next, idle && err == nil
		},
	})
	for _, name := range []string{"Anna", "Bilal", "Noor", "Sana", "Omar", "Eve"} {
		w.enter(name)
	}
	w.team = w.telegram.Supergroup("Clinic team", w.people["omar"].Person, w.people["sana"].Person, w.people["eve"].Person)
	for _, name := range []string{"sana", "eve"} {
		w.people[name].home = w.team
	}
	w.set = map[string]string{
		"TELEGRAM_BOT_TOKEN": w.telegram.Token(), "TELEGRAM_API_URL": "http://telegram.preview", "FAQ_FILE": filepath.Join(folder, "faq.json"),
		"LOG_LEVEL": "debug", "STAFF_CHAT_ID": id(w.team.ID()), "ADMIN_IDS": id(w.people["omar"].ID()), "STAFF_IDS": id(w.people["sana"].ID()),
	}
	w.mark()
	clinic, err := os.ReadFile(scriptFAQ)
	if err != nil {
		return w, err
	}
	return w, errors.Join(os.WriteFile(w.set["FAQ_FILE"], clinic, 0o640), w.start())
}

func id(n int64) string { return strconv.FormatInt(n, 10) }

func (w *world) enter(name string) {
	var options []preview.PersonOption
	if name == "Noor" {
		options = append(options, preview.WithLanguage("ur"))
	}
	p := &person{Person: w.telegram.Person(name, options...), name: name}
	w.people[p.key()] = p
}

// end ends the program and the stand-in, so that nothing is left in the bubble.
func (w *world) end() {
	w.ts = nil
	w.checkDisk()
	w.checkMessages()
	if w.running != nil {
		w.close()
	}
	w.telegram.Close()
	w.checkLog()
}

// checkLog looks for what must never be logged: the token, and what somebody wrote.
func (w *world) checkLog() {
	log := w.log.text()
	if strings.Contains(log, w.telegram.Token()) {
		w.t.Error("the token is in the log")
	}
	for _, p := range w.people {
		for _, m := range append(p.Messages(), p.In(w.team).Messages()...) {
			if m.From == p.ID() && strings.ContainsRune(m.Text, ' ') && strings.Contains(log, m.Text) {
				w.t.Errorf("%q, which %s wrote, is in the log", m.Text, p.name)
			}
		}
	}
}

// start wires the service as start of serve.go does, but for the index: that is made once, and outside.
func (w *world) start() error {
	c, err := readConfig(func(name string) (string, bool) { v, ok := w.set[name]; return v, ok })
	if err != nil {
		return err
	}
	c.client, c.DataDir = w.telegram.Client(), filepath.Join(w.folder, "data"+strconv.Itoa(w.data))
	ctx, stop := context.WithCancel(context.Background())
	s := &service{log: newLogger(&w.log, c), now: w.clock.Now}
	w.running, w.stop, w.ended = s, stop, make(chan error, 1)
	defer func() {
		if err != nil {
			w.ended <- s.close()
		}
	}()
	data, f, err := readFAQ(c.FAQFile, s.log)
	if err != nil {
		return err
	}
	if s.store, err = store.Open(ctx, c.DataDir, store.Options{}); err != nil {
		return err
	}
	if data, f, err = inForce(ctx, s.store, data, f); err != nil {
		return err
	}
	ix := w.index
	if f.SHA256 != ix.FAQ().SHA256 {
		if ix, err = w.indexer.build(ctx, f); err != nil {
			return err
		}
	}
	s.live = index.NewLive(ix)
	if ix == w.index {
		s.live.Pin() // for good: closing this Live must not close the index of all scripts
	}
	s.bot, err = bot.New(bot.Config{
		Store: s.store, Live: s.live, Build: w.indexer.build, File: faqFile(c.FAQFile).forBot(), Client: c.client, Token: c.Token, APIURL: c.APIURL,
		StaffChat: c.StaffChat, Admins: c.Admins, Staff: c.Staff, Log: s.log, SendRate: c.SendRate, Now: w.clock.Now,
	})
	if err != nil {
		return err
	}
	if err = s.bot.Adopt(ctx, data); err != nil {
		return err
	}
	go func() { w.ended <- s.run(ctx) }()
	w.settle(time.Second)
	return nil
}

// close stops the program and waits for it, as SIGTERM does.
func (w *world) close() {
	w.stop()
	w.check(<-w.ended)
	w.check(w.running.close())
	w.running = nil
}

// settle lets everything happen that is under way, and some time pass.
func (w *world) settle(d time.Duration) {
	synctest.Wait()
	time.Sleep(d)
	synctest.Wait()
}

// crash takes what is on the disk at this moment for what a power cut would leave, ends the program where nobody hears it, and starts
// it anew on that.
func (w *world) crash() {
	synctest.Wait() // nothing is half written
	before := filepath.Join(w.folder, "data"+strconv.Itoa(w.data))
	w.data++
	w.check(os.CopyFS(filepath.Join(w.folder, "data"+strconv.Itoa(w.data)), os.DirFS(before)))
	w.telegram.Faults().Outage(true)
	w.close()
	w.telegram.Faults().Outage(w.away)
	w.check(w.start())
}

func (w *world) check(err error) {
	if err != nil {
		w.failf("%v", err)
	}
}

// failf ends the script with a text and what the program has logged.
func (w *world) failf(format string, args ...any) {
	if w.ts == nil {
		w.t.Fatalf(format, args...)
	}
	log := w.log.text()
	w.ts.Logf("the program's log ends:\n%s", log[max(0, len(log)-4000):])
	w.ts.Fatalf(format, args...)
}

// logFile keeps what the program logs.
type logFile struct {
	mu   sync.Mutex
	kept []byte
}

func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept = append(l.kept, p...)
	return len(p), nil
}

func (l *logFile) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.kept)
}
