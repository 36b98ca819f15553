package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skindesk/faq"
	"skindesk/store"
)

// previewed runs the preview on the data folder until the returned function is called, which waits for its end.
func previewed(t *testing.T, env map[string]string) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	s := session{env: env}
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, environ{s.lookup, strings.NewReader(""), in, &s.stderr}, []string{"preview", "--addr", "127.0.0.1:0"})
		in.CloseWithError(errors.Join(err, io.EOF))
		ended <- err
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "Stop it") {
	}
	if err := lines.Err(); err != nil {
		cancel()
		t.Fatalf("the preview did not start: %v\n%s", err, &s.stderr)
	}
	return func() {
		cancel()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the preview ended with: %v", err)
		}
	}
}

// restored puts a backup in the place of a database, opens it as a start would, and returns the FAQ that it holds.
func restored(t *testing.T, copied string) *faq.FAQ {
	t.Helper()
	folder := t.TempDir()
	data, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "skindesk.db"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var body []byte
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		v, err := tx.ActiveFAQ()
		if err == nil {
			body, err = tx.FAQBody(v.N)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	f, _, err := faq.Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestBackupOfARunningAndOfAStoppedService(t *testing.T) {
	file := withoutDotenv(t, smallFAQ)
	data := t.TempDir()
	copies := t.TempDir()
	stop := previewed(t, map[string]string{"DATA_DIR": data, "FAQ_FILE": file})
	env := map[string]string{"DATA_DIR": filepath.Join(data, "preview")}
	for _, when := range []string{"running", "stopped"} {
		if when == "stopped" {
			stop()
		}
		dest := filepath.Join(copies, when+".db")
		t.Chdir(copies)
		given := when + ".db" // as people write it
		if when == "stopped" {
			given = dest
		}
		s := session{env: env}
		if err := s.run(t, "backup", given); err != nil {
			t.Fatalf("%s: %v", when, err)
		}
		if !strings.Contains(s.stdout.String(), given) || !strings.Contains(s.stdout.String(), "keep the key too") {
			t.Errorf("%s: said %q", when, &s.stdout)
		}
		if f := restored(t, dest); len(f.Entries) != 15 {
			t.Errorf("%s: the copy holds %d entries, want 15", when, len(f.Entries))
		}
		if info, err := os.Stat(dest); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: the copy is open to others: %v %v", when, info.Mode(), err)
		}
	}
}

func TestBackupOverwritesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	data := t.TempDir()
	st, err := store.Open(t.Context(), data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(dest, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := session{env: map[string]string{"DATA_DIR": data}}
	if err := s.run(t, "backup", dest); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want fs.ErrExist", err)
	}
	if kept, err := os.ReadFile(dest); err != nil || string(kept) != "precious" {
		t.Errorf("the file is now %q, %v", kept, err)
	}
}

func TestBackupWithoutADatabase(t *testing.T) {
	t.Chdir(t.TempDir())
	s := session{env: map[string]string{"DATA_DIR": "nothing-here"}}
	if err := s.run(t, "backup", "copy.db"); !errors.Is(err, store.ErrMissing) {
		t.Errorf("got %v, want store.ErrMissing", err)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if err := s.run(t, "backup"); err == nil || !strings.Contains(err.Error(), "for example") {
		t.Errorf("without a name: %v", err)
	}
}
