package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"skindesk/preview"
)

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
	t   *testing.T
	dir string
	env []string
	log bytes.Buffer

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
	r := &programRun{t: t, dir: dir, env: []string{
		asProgram + "=serve", "TELEGRAM_BOT_TOKEN=" + telegram.Token(), "TELEGRAM_API_URL=" + url, fmt.Sprintf("STAFF_CHAT_ID=%d", group), fmt.Sprintf("ADMIN_IDS=%d", admin),
		"DATA_DIR=" + filepath.Join(dir, "data"), "FAQ_FILE=" + faqFile, "SEND_RATE=3000", "LISTEN_ADDR=127.0.0.1:0",
	}}
	t.Cleanup(func() {
		r.kill()
		if t.Failed() {
			t.Logf("the program's log:\n%s", r.log.String())
		}
	})
	return r
}

// database is the folder in which the program keeps what it knows.
func (r *programRun) database() string { return filepath.Join(r.dir, "data") }

func (r *programRun) start() {
	r.t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.child = exec.Command(os.Args[0])
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
