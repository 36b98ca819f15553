package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"skindesk/preview"
)

// TestKilledAtRandomItAnswersEveryQuestionInOrder asks 200 questions from 20 chats while the program is killed ten times with
// SIGKILL, in the middle of a call that chance picks, and every tenth call fails in one of three ways. Each chat must then
// hold an answer to every question, in the order of the questions, and nothing twice without the mark of a repeat.
func TestKilledAtRandomItAnswersEveryQuestionInOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program eleven times")
	}
	const chats, kills = 20, 10
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 1))

	telegram := preview.New(preview.Options{})
	defer telegram.Close()
	telegram.Faults().Seed(seed)
	for _, kind := range []preview.Kind{preview.Refuse, preview.ServerError, preview.Cut} {
		telegram.Faults().Add(preview.Fault{Kind: kind, Chance: 0.034})
	}
	line := &killingLine{next: telegram, dice: dice, passed: make(chan struct{}, 1)}
	front := httptest.NewServer(line)
	defer front.Close()

	sana := telegram.Person("Sana")
	group := telegram.Supergroup("Clinic", sana)
	var patients []*preview.Person
	for i := range chats {
		patients = append(patients, telegram.Person("Patient "+strconv.Itoa(i)))
	}
	questions, faqFile := killFAQ()
	run := newRun(t, telegram, front.URL, group.ID(), sana.ID(), faqFile)
	began := time.Now()
	asked := make([][]int, chats) // ids of the questions, chat by chat
	for round := range kills {
		run.start()
		for i, p := range patients {
			asked[i] = append(asked[i], p.Say(questions[round%len(questions)]).ID)
		}
		line.killIn(1+dice.IntN(chats), run.kill)
		run.awaitDeath()
	}
	run.start()
	// The chat is sent in order, so once this is answered nothing earlier is still to come.
	last := make([]int, chats)
	for i, p := range patients {
		last[i] = p.Say("thank you").ID
	}
	run.await(line.passed, func() (missing int) {
		for i, p := range patients {
			if !slices.ContainsFunc(p.Messages(), func(m preview.Message) bool { return m.FromBot && m.ReplyTo == last[i] }) {
				missing++
			}
		}
		return missing
	})
	run.kill()
	run.awaitDeath()

	repeats := 0
	for i, p := range patients {
		repeats += checkChat(t, p, append(asked[i], last[i]))
	}
	t.Logf("%d questions, %d calls, %d kills, faults %v, %d repeats (all marked), %v", chats*kills, len(telegram.Calls()), kills, telegram.Faults().Fired(), repeats,
		time.Since(began).Round(time.Millisecond))
	if strings.Contains(run.log.String(), telegram.Token()) {
		t.Error("the token is in the log")
	}
}

// checkChat looks at one chat as its patient sees it, and returns how many marked repeats it holds.
func checkChat(t *testing.T, p *preview.Person, asked []int) (repeats int) {
	t.Helper()
	unmarked := map[int]int{}
	var order []int
	for _, m := range p.Messages() {
		if !m.FromBot {
			continue
		}
		if m.ReplyTo == 0 {
			t.Errorf("%s: %q answers no question", p.Name(), m.Text)
			continue
		}
		if strings.Contains(m.Text, "↻") {
			repeats++
		} else {
			unmarked[m.ReplyTo]++
		}
		order = append(order, m.ReplyTo)
	}
	if !slices.IsSorted(order) {
		t.Errorf("%s: out of order: %v", p.Name(), order)
	}
	for _, id := range asked {
		if !slices.Contains(order, id) {
			t.Errorf("%s: question %d is not answered", p.Name(), id)
		}
		if unmarked[id] > 1 {
			t.Errorf("%s: question %d is answered %d times without a mark", p.Name(), id, unmarked[id])
		}
	}
	return repeats
}

// A small faq.json: the program is started eleven times.
func killFAQ() (questions []string, file []byte) {
	type entry struct {
		ID        string              `json:"id"`
		Questions map[string][]string `json:"questions"`
		Answer    map[string]string   `json:"answer"`
	}
	var entries []entry
	for i, about := range []string{"parking", "toenails", "scholarships", "elephants", "umbrellas", "passports", "violins", "pancakes", "lighthouses", "marathons"} {
		q := "what about " + about
		questions = append(questions, q)
		entries = append(entries, entry{
			ID: about, Questions: map[string][]string{"en": {q, "tell me of your " + about}},
			Answer: map[string]string{"en": fmt.Sprintf("This is all that we know about %s, and it is number %d.", about, i)},
		})
	}
	file, _ = json.Marshal(map[string]any{"version": 1, "entries": entries}) // strings and numbers only
	return questions, file
}

// killingLine passes calls on and, at one of them, kills: before Telegram has read it, or when it has been answered.
type killingLine struct {
	next   http.Handler
	passed chan struct{} // a call was passed on

	mu   sync.Mutex
	dice *rand.Rand
	left int // calls until the kill; 0: none is planned
	kill func()
}

// killIn plans a kill at the n-th call from now.
func (l *killingLine) killIn(n int, kill func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.left, l.kill = n, kill
}

func (l *killingLine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	before, after := l.turn(strings.HasSuffix(r.URL.Path, "/getUpdates"))
	if before != nil {
		before()
	}
	l.next.ServeHTTP(w, r)
	if after != nil {
		after()
	}
	select {
	case l.passed <- struct{}{}:
	default:
	}
}

// turn returns the kill if this is its call. A poll is cut before it is read: it may be answered only a minute later.
func (l *killingLine) turn(poll bool) (before, after func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left == 0 {
		return nil, nil
	}
	if l.left--; l.left > 0 {
		return nil, nil
	}
	if poll || l.dice.IntN(2) == 0 {
		return l.kill, nil
	}
	return nil, l.kill
}

// programRun is the program as a process of its own, started again and again on the same data.
type programRun struct {
	t      *testing.T
	binary string
	dir    string
	env    []string
	log    bytes.Buffer

	mu    sync.Mutex
	child *exec.Cmd
	ended chan error
}

func newRun(t *testing.T, telegram *preview.Server, url string, group, admin int64, faqJSON []byte) *programRun {
	t.Helper()
	dir := t.TempDir()
	faqFile := filepath.Join(dir, "faq.json")
	if err := os.WriteFile(faqFile, faqJSON, 0o600); err != nil {
		t.Fatal(err)
	}
	r := &programRun{t: t, dir: dir, binary: filepath.Join(dir, "skindesk"), env: []string{
		"TELEGRAM_BOT_TOKEN=" + telegram.Token(), "TELEGRAM_API_URL=" + url, fmt.Sprintf("STAFF_CHAT_ID=%d", group), fmt.Sprintf("ADMIN_IDS=%d", admin),
		"DATA_DIR=" + filepath.Join(dir, "data"), "FAQ_FILE=" + faqFile, "SEND_RATE=3000", "LISTEN_ADDR=127.0.0.1:0",
	}}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", r.binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	t.Cleanup(func() {
		r.kill()
		if t.Failed() {
			t.Logf("the program's log:\n%s", r.log.String())
		}
	})
	return r
}

func (r *programRun) start() {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.child = exec.Command(r.binary)
	r.child.Dir, r.child.Env, r.child.Stdout, r.child.Stderr = r.dir, r.env, &r.log, &r.log
	if err := r.child.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.ended = make(chan error, 1)
	go func(child *exec.Cmd, ended chan<- error) { ended <- child.Wait() }(r.child, r.ended)
}

// kill ends the child as a power cut would; one that has ended already is left alone.
func (r *programRun) kill() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.child != nil && r.child.Process != nil {
		_ = r.child.Process.Signal(os.Kill)
	}
}

// awaitDeath waits for the kill, and fails if the child ends otherwise or is not killed in time.
func (r *programRun) awaitDeath() {
	r.t.Helper()
	select {
	case err := <-r.ended:
		if err == nil || err.Error() != "signal: killed" {
			r.t.Fatalf("the program ended by itself: %v", err)
		}
	case <-time.After(time.Minute):
		_ = r.child.Process.Signal(syscall.SIGQUIT) // its goroutines show in the log
		<-r.ended
		r.t.Fatal("too few calls in a minute: the program hangs")
	}
}

// await returns when nothing is missing; it looks again whenever something has happened.
func (r *programRun) await(happened <-chan struct{}, missing func() int) {
	r.t.Helper()
	deadline := time.After(2 * time.Minute)
	for {
		n := missing()
		if n == 0 {
			return
		}
		select {
		case <-happened:
		case err := <-r.ended:
			r.t.Fatalf("the program ended by itself: %v", err)
		case <-deadline:
			_ = r.child.Process.Signal(syscall.SIGQUIT) // its goroutines show in the log
			<-r.ended
			r.t.Fatalf("%d chats still wait for the last answer", n)
		}
	}
}
