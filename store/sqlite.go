package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The files of a store's folder. While a process has the database open it must not open the file in any other way: closing
// any descriptor of it would drop SQLite's locks.
const (
	databaseFile = "skindesk.db"
	lockFile     = "skindesk.lock"   // held by the process that has the store
	markerFile   = "skindesk.marker" // says that there has been a database: an emptied one would pass for a new one
)

const marker = "This folder holds skindesk's database, skindesk.db. If that is lost, skindesk refuses to start, so that nobody takes\n" +
	"an empty database for the clinic's: put a backup in its place. Remove this file only to begin with an empty database.\n"

const readers = 4 // connections for View

func openSQLite(ctx context.Context, folder string, o Options) (_ *Store, err error) {
	folder, err = filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	path := filepath.Join(folder, databaseFile)
	o.KeyFile = cmp.Or(o.KeyFile, KeyFileBeside(folder))
	if o.ReadOnly {
		return openBeside(ctx, path, o)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	lock := flock.New(filepath.Join(folder, lockFile))
	if got, err := lock.TryLock(); err != nil {
		return nil, fmt.Errorf("open store: lock %s: %w", lock.Path(), err)
	} else if !got {
		return nil, fmt.Errorf("open store: %s: %w; stop the skindesk that runs there, or set another DATA_DIR", folder, ErrLocked)
	}
	s := &Store{path: path}
	s.close = func() error { return errors.Join(closeDB(s.read), closeDB(s.write), lock.Unlock()) }
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	existed, err := prepare(path)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := s.connect(ctx, path, existed); err != nil {
		return nil, fmt.Errorf("open store: %s: %w", path, err)
	}
	if err := s.unlock(ctx, o); err != nil {
		return nil, fmt.Errorf("open store: %s: %w", path, err)
	}
	if err := migrate(ctx, s, goose.DialectSQLite3, migrations(), folder); err != nil {
		return nil, fmt.Errorf("open store: %s: %w", path, err)
	}
	if err := s.scrub(ctx, folder); err != nil {
		return nil, fmt.Errorf("open store: %s: remove what was plain: %w", path, err)
	}
	if err := putMarker(folder); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// openBeside opens only for reading, whoever else has the database.
func openBeside(ctx context.Context, path string, o Options) (*Store, error) {
	if size(path) == 0 {
		return nil, fmt.Errorf("open store: %s: %w", path, ErrMissing)
	}
	s := &Store{path: path}
	s.close = func() error { return errors.Join(closeDB(s.read), closeDB(s.write)) }
	var err error
	if s.read, err = openDB(path, readOptions); err != nil {
		return nil, fmt.Errorf("open store: %s: %w", path, err)
	}
	s.write = s.read // whose connections refuse to write
	if err := s.read.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %s: %w", path, damage(err)), s.close())
	}
	if err := s.unlockIfPossible(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %s: %w", path, err), s.close())
	}
	return s, nil
}

func closeDB(db *sql.DB) error {
	if db == nil {
		return nil
	}
	return db.Close()
}

// prepare makes the file, readable by its owner only, and reports whether there was a database before.
func prepare(path string) (existed bool, err error) {
	if size(path) > 0 {
		return true, nil
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), markerFile)); err == nil {
		return false, fmt.Errorf("%s: %w, though there has been one; to restore, %s; to begin with an empty one, remove %s beside it",
			path, ErrMissing, restore(path), markerFile)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false, err
	}
	return false, f.Close()
}

// restore says how. The old log must go: SQLite would replay it into the backup.
func restore(path string) string {
	return "stop skindesk, remove the -wal and -shm files beside it, and copy a backup to " + path
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func putMarker(folder string) error {
	path := filepath.Join(folder, markerFile)
	if size(path) > 0 {
		return nil
	}
	if err := os.WriteFile(path, []byte(marker), 0o600); err != nil {
		return err
	}
	return errors.Join(syncFile(path), syncFile(folder))
}

const (
	writeOptions = "_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=secure_delete(1)"
	readOptions = "_pragma=busy_timeout(10000)&_pragma=query_only(1)"
)

func openDB(path, options string) (*sql.DB, error) {
	c, err := newKeeping((&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: options}).String())
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil
}

// connect opens both pools and has an existing database checked.
func (s *Store) connect(ctx context.Context, path string, check bool) (err error) {
	if s.write, err = openDB(path, writeOptions); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = openDB(path, readOptions); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	if err := s.write.PingContext(ctx); err != nil {
		return wayOut(path, damage(err))
	}
	if !check {
		return nil
	}
	return wayOut(path, quickCheck(ctx, s.write))
}

func wayOut(path string, err error) error {
	if !errors.Is(err, ErrDamaged) {
		return err
	}
	return fmt.Errorf("%w; to restore, %s (keep the damaged files aside)", err, restore(path))
}

func quickCheck(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&found); err != nil {
		return damage(err)
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, found)
	}
	return nil
}

// damage makes a broken file recognisable as ErrDamaged.
func damage(err error) error {
	switch code(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// code is SQLite's primary result code, 0 if the error is not SQLite's.
func code(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// unavailable tells the engine's own trouble from a fault of what it was asked.
func unavailable(err error) bool {
	switch code(err) {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN,
		sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone)
}

// conflict tells a transaction that may be run again.
func conflict(err error) bool { return code(err) == sqlite3.SQLITE_BUSY }
