package preview

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A client that is not ours, in another language, drives the stand-in: what both of our ends agree upon could be wrong.
func TestForeignClient(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 to be that client:", err)
	}
	s, c := overTCP(t, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	base, _, _ := strings.Cut(c.base, "/bot")
	bot := exec.CommandContext(ctx, python, "testdata/client.py", base)
	bot.Env = append(os.Environ(), "TOKEN="+s.Token(), "NO_PROXY=*", "no_proxy=*")
	var said bytes.Buffer
	bot.Stdout, bot.Stderr = &said, &said
	if err := bot.Start(); err != nil {
		t.Fatal(err)
	}
	anna := s.Person("Anna")
	until := func(what string, done func(Message) bool) {
		t.Helper()
		for !done(anna.Last()) {
			s.mu.Lock()
			changed := s.changed
			s.mu.Unlock()
			if done(anna.Last()) {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
				t.Fatalf("%s: she sees %+v\n%s", what, anna.Last(), &said)
			}
		}
	}
	hers := anna.Say("hello")
	until("greeting", func(m Message) bool { return m.FromBot })
	if m := anna.Last(); m.HTML() != "Hello <b>Anna</b>, you said: سلام" || m.ReplyTo != hers.ID || len(m.Buttons) != 1 {
		t.Errorf("she sees %+v", m)
	}
	tapped, err := anna.Tap("👍 yes")
	if err != nil {
		t.Fatal(err)
	}
	until("tap", func(m Message) bool { return m.Text == "tapped yes" })
	if text, _, answered := tapped.Answer(); !answered || text != "noted: yes" {
		t.Errorf("the tap was answered %q", text)
	}
	content := bytes.Repeat([]byte("faq\x00é"), 100)
	anna.SendDocument("faq.json", content, "")
	until("document", func(m Message) bool { return m.FromBot && m.Media == "document" })
	s.mu.Lock()
	back := s.files[anna.at.visible()[len(anna.at.visible())-1].Document.FileID]
	s.mu.Unlock()
	if back.name != "copy-of-faq.json" || !bytes.Equal(back.data, content) {
		t.Errorf("%s came back with %d bytes, want %d", back.name, len(back.data), len(content))
	}
	anna.Say("stop")
	if err := bot.Wait(); err != nil {
		t.Errorf("%v\n%s", err, &said)
	}
}
