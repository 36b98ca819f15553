package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watch notices when the content of a file has changed, however that comes about: written in place, bit by bit, put there by a
// rename, or by a link that points elsewhere now, as in a mounted volume. It waits until the file has come to rest. A file that is
// not there for a moment is nothing; neither are an editor's files beside it.
type watch struct {
	file    faqFile
	changed func(ctx context.Context, data []byte) error // told again after an error
	gone    func(ctx context.Context) error              // not there for longer than a moment
	log     *slog.Logger
	pace    pace

	notify  *fsnotify.Watcher // nil where there is none: then only the looks
	seen    string            // the content that was told last, by its sum
	last    os.FileInfo       // of the file when it was read last
	half    string            // content that may be half of something,
	since   time.Time         // and has been there since then
	missing time.Time         // since when it is not there
}

// pace is how long a watch waits.
type pace struct {
	rest   time.Duration // after a sign of change, for more of them
	most   time.Duration // while there are always more
	settle time.Duration // for the rest of what is no JSON yet
	absent time.Duration // for the file to come back
	look   time.Duration // between looks without a sign: some file systems give none
}

var usualPace = pace{
	rest: 300 * time.Millisecond, most: 3 * time.Second, settle: time.Second, absent: 10 * time.Second, look: 15 * time.Second,
}

// run watches until ctx ends.
func (w *watch) run(ctx context.Context) error {
	defer func() { w.unfollow(nil) }()
	looks := time.NewTicker(w.pace.look)
	defer looks.Stop()
	rest := time.NewTimer(0) // what was changed before the watch began is seen at once
	defer rest.Stop()
	var since time.Time // the first sign that has not been followed
	for {
		select {
		case <-ctx.Done():
			return nil
		case sign := <-w.signs():
			if !w.concerns(sign) {
				continue
			}
			if since.IsZero() {
				since = time.Now()
			}
			rest.Reset(min(w.pace.rest, max(0, w.pace.most-time.Since(since))))
		case err := <-w.troubles(): // such as too many changes at once
			w.log.Warn("watch the faq file", "err", err)
			rest.Reset(w.pace.rest)
		case <-looks.C:
			if w.differs() {
				rest.Reset(0)
			}
		case <-rest.C:
			since = time.Time{}
			if again := w.read(ctx); again > 0 {
				rest.Reset(again)
			}
		}
	}
}

// concerns tells a sign that is about the file from one about its neighbours.
func (w *watch) concerns(sign fsnotify.Event) bool {
	return filepath.Base(sign.Name) == filepath.Base(string(w.file)) || w.differs()
}

// differs tells whether another file than the one read last is there now, by its looks.
func (w *watch) differs() bool {
	info, err := os.Stat(string(w.file))
	if err != nil || w.last == nil {
		return (err == nil) != (w.last != nil) || err != nil && w.missing.IsZero()
	}
	return !os.SameFile(info, w.last) || info.Size() != w.last.Size() || !info.ModTime().Equal(w.last.ModTime())
}

// read reads the file and tells of its content if that is new and whole. It returns when to read again, 0: at the next sign.
func (w *watch) read(ctx context.Context) (again time.Duration) {
	w.follow() // before reading: what comes later gives a sign
	info, err := os.Stat(string(w.file))
	var data []byte
	if err == nil {
		data, err = w.file.read()
	}
	if errors.Is(err, fs.ErrNotExist) {
		return w.absent(ctx)
	}
	w.missing, w.last = time.Time{}, info
	if err != nil {
		w.log.Error("read the faq file", "err", err)
		return w.pace.look
	}
	sum := sumOf(data)
	if sum == w.seen {
		return 0
	}
	if wait := w.halfOf(data, sum); wait > 0 {
		return wait
	}
	if err := w.changed(ctx, data); err != nil {
		if ctx.Err() == nil {
			w.log.Error("take the faq file in", "err", err)
		}
		return w.pace.look
	}
	w.seen, w.half = sum, ""
	return 0
}

// halfOf tells how long to wait for the rest of what is no JSON yet; somebody may be writing it.
func (w *watch) halfOf(data []byte, sum string) time.Duration {
	if json.Valid(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		return 0
	}
	if sum != w.half {
		w.half, w.since = sum, time.Now()
	}
	return w.pace.settle - time.Since(w.since)
}

// absent waits for a file that is not there, and tells of it once.
func (w *watch) absent(ctx context.Context) (again time.Duration) {
	w.last = nil
	if w.missing.IsZero() {
		w.missing = time.Now()
	}
	if time.Since(w.missing) < w.pace.absent {
		return w.pace.absent / 10
	}
	if err := w.gone(ctx); err != nil {
		if ctx.Err() == nil {
			w.log.Error("the faq file is gone", "err", err)
		}
		return w.pace.look
	}
	w.seen = "" // whatever comes back is told
	return 0
}

// follow watches the folders in which the file and the links to it stand, for a file is replaced more often than written, and the
// file itself, which may be mounted alone. Any of them may be another one by the same name since the last time, so all is begun anew.
func (w *watch) follow() {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		w.log.Warn("changes of the faq file are only noticed at times", "every", w.pace.look, "err", err)
		w.unfollow(nil)
		return
	}
	for _, path := range w.places() {
		if err := n.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			w.log.Warn("watch", "path", path, "err", err)
		}
	}
	w.unfollow(n)
}

// unfollow ends what was watched until now.
func (w *watch) unfollow(next *fsnotify.Watcher) {
	if w.notify != nil {
		_ = w.notify.Close() // there is nothing to lose
	}
	w.notify = next
}

func (w *watch) signs() <-chan fsnotify.Event {
	if w.notify == nil {
		return nil
	}
	return w.notify.Events
}

func (w *watch) troubles() <-chan error {
	if w.notify == nil {
		return nil
	}
	return w.notify.Errors
}

const maxLinks = 16

func (w *watch) places() (paths []string) {
	path := string(w.file)
	for range maxLinks {
		if folder := filepath.Dir(path); !slices.Contains(paths, folder) {
			paths = append(paths, folder)
		}
		next, err := os.Readlink(path)
		if err != nil {
			return append(paths, path)
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(path), next)
		}
		path = next
	}
	return paths
}
