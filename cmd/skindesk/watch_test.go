package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// watched is a watch on a file with what it tells.
type watched struct {
	t       *testing.T
	folder  string
	path    string
	told    chan string
	refused int // so many are taken in only when told again
}

// hasty is a pace for tests; looks are far apart, so that what is noticed was noticed by a sign. However busy the machine is, the rest of
// a file comes sooner than the watch gives it up.
var hasty = pace{rest: 20 * time.Millisecond, most: 200 * time.Millisecond, settle: time.Hour, absent: time.Hour, look: time.Hour}

func watchFile(t *testing.T, p pace, path string) *watched { return watchFileRefusing(t, p, path, 0) }

func watchFileRefusing(t *testing.T, p pace, path string, refused int) *watched {
	t.Helper()
	w := &watched{t: t, folder: filepath.Dir(path), path: path, refused: refused, told: make(chan string, 100)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	watch := &watch{
		file: faqFile(path), log: slog.New(slog.DiscardHandler), pace: p,
		changed: func(_ context.Context, data []byte) error {
			if w.refused > 0 {
				w.refused--
				return errors.New("not now")
			}
			w.told <- string(data)
			return nil
		},
		gone: func(context.Context) error { w.told <- "gone"; return nil },
	}
	go func() { ended <- watch.run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return w
}

// tells wants the next word to be this.
func (w *watched) tells(want string) {
	w.t.Helper()
	select {
	case got := <-w.told:
		if got != want {
			w.t.Errorf("told %.40q, want %.40q", got, want)
		}
	case <-time.After(20 * time.Second):
		w.t.Fatalf("nothing told, want %.40q", want)
	}
}

// tellsNothing wants silence, for as long as everything takes to come to rest.
func (w *watched) tellsNothing() {
	w.t.Helper()
	select {
	case got := <-w.told:
		w.t.Errorf("told %.40q, want nothing", got)
	case <-time.After(150 * time.Millisecond):
	}
}

func (w *watched) write(name, content string) string {
	w.t.Helper()
	path := filepath.Join(w.folder, name)
	put(w.t, path, content, 0o644)
	return path
}

func (w *watched) do(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestAChangeIsNoticedHoweverItIsMade(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "faq.json")
	put(t, path, `"first"`, 0o644)
	w := watchFile(t, hasty, path)
	w.tells(`"first"`)

	w.write("faq.json", `"in place"`)
	w.tells(`"in place"`)

	w.do(os.Rename(w.write("faq.json~new", `"by a rename"`), path))
	w.tells(`"by a rename"`)

	w.write("faq.json", `"in place, on the new one"`)
	w.tells(`"in place, on the new one"`)

	w.do(os.Rename(path, path+"~")) // as vim does with a backup
	w.write("faq.json", `"away and written anew"`)
	w.tells(`"away and written anew"`)

	w.write(".faq.json.swp", "an editor's own")
	w.write("4913", "another's")
	w.write("faq.json", `"away and written anew"`) // saved without a change
	w.tellsNothing()
}

func TestHalfAFileIsWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.json")
	put(t, path, `{}`, 0o644)
	w := watchFile(t, hasty, path)
	w.tells(`{}`)
	f, err := os.Create(path) // empty now
	w.do(err)
	for _, piece := range []string{`{"entries": `, `[1, 2, `, `3]`, `}`} {
		time.Sleep(2 * hasty.rest)
		_, err := f.WriteString(piece)
		w.do(err)
	}
	w.do(f.Close())
	w.tells(`{"entries": [1, 2, 3]}`)
}

func TestAFileThatIsNoMoreThanHalfIsToldInTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.json")
	put(t, path, `{"entries": [1, 2,`, 0o644)
	p := hasty
	p.settle = 60 * time.Millisecond
	w := watchFile(t, p, path)
	w.tells(`{"entries": [1, 2,`)
	w.tellsNothing()
}

func TestALinkThatPointsElsewhereIsAChange(t *testing.T) {
	folder := t.TempDir() // as a mounted volume of settings looks
	for _, version := range []string{"one", "two"} {
		if err := os.Mkdir(filepath.Join(folder, version), 0o755); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(folder, version, "faq.json"), `"`+version+`"`, 0o644)
	}
	path := filepath.Join(folder, "faq.json")
	if err := errors.Join(os.Symlink("one", filepath.Join(folder, "..data")), os.Symlink("..data/faq.json", path)); err != nil {
		t.Fatal(err)
	}
	w := watchFile(t, hasty, path)
	w.tells(`"one"`)
	w.do(os.Symlink("two", filepath.Join(folder, "..new")))
	w.do(os.Rename(filepath.Join(folder, "..new"), filepath.Join(folder, "..data")))
	w.tells(`"two"`)
	w.do(os.RemoveAll(filepath.Join(folder, "one")))
	w.tellsNothing()
	w.write("two/faq.json", `"two, edited"`)
	w.tells(`"two, edited"`)
}

func TestAFileThatIsGoneForAMomentIsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.json")
	put(t, path, `1`, 0o644)
	w := watchFile(t, hasty, path)
	w.tells(`1`)
	w.do(os.Remove(path))
	time.Sleep(2 * hasty.rest) // it is missed
	w.write("faq.json", `1`)
	w.tellsNothing()
	w.write("faq.json", `2`)
	w.tells(`2`)
}

func TestAFileThatStaysAwayIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.json")
	put(t, path, `1`, 0o644)
	p := hasty
	p.absent = 100 * time.Millisecond
	w := watchFile(t, p, path)
	w.tells(`1`)
	w.do(os.Remove(path))
	w.tells("gone")
	w.tellsNothing() // once
	w.write("faq.json", `1`)
	w.tells(`1`)
}

func TestWithoutSignsChangesAreFoundByLooking(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.json")
	put(t, path, `1`, 0o644)
	p := hasty
	p.look = 50 * time.Millisecond
	w := watchFileRefusing(t, p, path, 2) // what could not be taken in is told again
	w.tells(`1`)
	w.write("faq.json", `22`)
	w.tells(`22`)
}
