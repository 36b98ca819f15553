package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pressly/goose/v3"
)

// filled makes a store with some hundred kilobytes in a folder, closed again.
func filled(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	s, err := Open(t.Context(), folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, 100)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return folder
}

func fill(t *testing.T, s *Store, rows int64) {
	t.Helper()
	commit(t, s, func(tx *Tx) error {
		for i := range rows {
			if err := tx.PutChat(Chat{ID: i + 1, State: make([]byte, 4000)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestOneProcessAtATime(t *testing.T) {
	folder := t.TempDir()
	open(t, folder)
	if _, err := Open(t.Context(), "sqlite://"+folder, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
}

func TestOtherDatabasesAreRefusedPlainly(t *testing.T) {
	for url, want := range map[string]string{"postgres://u:secret@h/d": "no PostgreSQL yet", "mysql://u:secret@h/d": `"mysql"`} {
		_, err := Open(t.Context(), url, Options{})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v", url, err)
		}
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "odd name? 100%")
	s := open(t, folder)
	fill(t, s, 1)
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v %v", info.Mode(), err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 5 { // database, -wal, -shm, lock, marker
		t.Errorf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f.Name(), info.Mode(), err)
		}
	}
}

func TestDamageIsRefused(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(path string, size int64) error
		want  error
	}{
		{"removed", func(path string, _ int64) error { return os.Remove(path) }, ErrMissing},
		{"emptied", func(path string, _ int64) error { return os.Truncate(path, 0) }, ErrMissing},
		{"half a file", func(path string, size int64) error { return os.Truncate(path, size/2) }, ErrDamaged},
		{"zeroed header", func(path string, _ int64) error { return overwrite(path, 0, make([]byte, 100)) }, ErrDamaged},
		{"garbage in the middle", func(path string, size int64) error {
			return overwrite(path, size/2/4096*4096, []byte(strings.Repeat("garbage ", 2048)))
		}, ErrDamaged},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := filled(t)
			path := filepath.Join(folder, databaseFile)
			backup := filepath.Join(folder, "backup.db")
			saved, err := Open(t.Context(), folder, Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(saved.Backup(t.Context(), backup), saved.Close()); err != nil {
				t.Fatal(err)
			}
			if err := test.spoil(path, size(path)); err != nil {
				t.Fatal(err)
			}

			began := time.Now()
			_, err = Open(t.Context(), folder, Options{})
			if !errors.Is(err, test.want) {
				t.Fatalf("got %v, want %v", err, test.want)
			}
			if !strings.Contains(err.Error(), "copy a backup to "+path) {
				t.Errorf("does not say how to restore: %v", err)
			}
			t.Logf("refused in %v: %v", time.Since(began), err)

			if err := os.Rename(backup, path); err != nil { // as it said
				t.Fatal(err)
			}
			s := open(t, folder)
			c := do(t, s, func(tx *Tx) (Chat, error) { return tx.Chat(100) })
			same(t, c.Version, int64(1))
		})
	}
}

func overwrite(path string, at int64, with []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(with, at)
	return errors.Join(err, f.Close())
}

func TestATornLogLosesTheLastTransactionOnly(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	s := open(t, from)
	for i := range 50 {
		commit(t, s, func(tx *Tx) error { return tx.SetMeta(fmt.Sprint(i), "kept") })
	}
	for _, name := range []string{databaseFile, databaseFile + "-wal"} { // as a power cut leaves them; s itself goes on no more
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "-wal") {
			b = b[:len(b)-100]
		}
		if err := os.WriteFile(filepath.Join(to, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	torn := open(t, to)
	kept := do(t, torn, func(tx *Tx) (n int, err error) {
		for i := range 50 {
			if _, found, err := tx.Meta(fmt.Sprint(i)); err != nil {
				return 0, err
			} else if found {
				n++
			}
		}
		return n, nil
	})
	same(t, kept, 49)
}

func TestAFullDiskRefusesAndRecovers(t *testing.T) {
	folder := t.TempDir()
	s, err := Open(t.Context(), folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, 10)
	limit := func(pages int) {
		t.Helper()
		if _, err := s.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil { // SQLite's own "full", error 13
			t.Fatal(err)
		}
	}
	limit(1) // as many as there are
	confirmed, refused := 10, 0
	receive := func(update int64) error {
		return s.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.Receive(Inbound{UpdateID: update, Chat: 7, Body: make([]byte, 8000)})
			return err
		})
	}
	var updates int64
	for range 20 {
		updates++
		switch err := receive(updates); {
		case err == nil:
			confirmed++
		case errors.Is(err, ErrUnavailable):
			refused++
		default:
			t.Fatal(err)
		}
		if err := s.View(t.Context(), func(tx *Tx) error { _, err := tx.Chat(1); return err }); err != nil {
			t.Fatalf("cannot read while the disk is full: %v", err)
		}
	}
	if refused < 15 {
		t.Fatalf("only %d of 20 refused: the disk was not full", refused)
	}
	limit(1 << 20)
	for range 20 {
		updates++
		if err := receive(updates); err != nil {
			t.Fatal(err)
		}
		confirmed++
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, folder)
	got := do(t, again, func(tx *Tx) (n int, err error) {
		_, err = tx.one([]any{&n}, `SELECT (SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM chat)`)
		return n, err
	})
	same(t, got, confirmed)
}

func TestBackupWhileInUse(t *testing.T) {
	folder := t.TempDir()
	s := open(t, folder)
	fill(t, s, 10)
	beside, err := Open(t.Context(), folder, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close() //nolint:errcheck // checked by the second close of Backup below
	if err := beside.Update(t.Context(), func(tx *Tx) error { return tx.SetMeta("a", "b") }); err == nil {
		t.Error("a store opened for reading was changed")
	}
	restored := t.TempDir()
	dest := filepath.Join(restored, databaseFile)
	if err := beside.Backup(t.Context(), dest); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), dest); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over an existing file: got %v", err)
	}
	if err := s.Backup(t.Context(), filepath.Join(folder, "no", "such.db")); err == nil {
		t.Error("into a folder that is not there: no error")
	}
	files, err := os.ReadDir(restored)
	if err != nil || len(files) != 1 {
		t.Errorf("left over: %v %v", files, err)
	}
	copied := open(t, restored)
	same(t, do(t, copied, func(tx *Tx) (Chat, error) { return tx.Chat(10) }).Version, int64(1))
}

func TestMigrationsGoForwardAndBackUpFirst(t *testing.T) {
	folder := t.TempDir()
	s := open(t, folder)
	commit(t, s, func(tx *Tx) error { return tx.SetMeta("a", "before") })
	newer := fstest.MapFS{"09999_last.sql": {Data: []byte("-- +goose Up\nUPDATE meta SET value = 'after' WHERE name = 'a';")}}
	names, err := fs.Glob(migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		newer[name] = &fstest.MapFile{Data: data}
	}
	if err := migrate(t.Context(), s, goose.DialectSQLite3, newer, folder); err != nil {
		t.Fatal(err)
	}
	value := do(t, s, func(tx *Tx) (string, error) { v, _, err := tx.Meta("a"); return v, err })
	same(t, value, "after")
	if err := migrate(t.Context(), s, goose.DialectSQLite3, migrations(), folder); !errors.Is(err, ErrNewer) {
		t.Errorf("an older program on newer tables: got %v, want ErrNewer", err)
	}

	back := t.TempDir()
	if err := os.Rename(filepath.Join(folder, "before-9999.db"), filepath.Join(back, databaseFile)); err != nil {
		t.Fatal(err)
	}
	value = do(t, open(t, back), func(tx *Tx) (string, error) { v, _, err := tx.Meta("a"); return v, err })
	same(t, value, "before")
}

func BenchmarkUpdate(b *testing.B) {
	s, err := Open(b.Context(), b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a benchmark
	for _, callers := range []int{1, 16} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			b.SetParallelism(callers)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := s.Update(b.Context(), func(tx *Tx) error { _, err := tx.Number("n"); return err }); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
