// Package store is the clinic's durable memory: what came in, what has to go out, how far each conversation is, and the desk's
// cases, people and notices.
//
// View reads and Update changes, each in one transaction; what an Update has returned without an error is on the disk. The
// personal texts (message bodies, cases, people, conversations) are sealed under a key that is kept elsewhere. One SQL text
// serves every engine; what an engine has of its own stands in the file with its name.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// What a caller decides on.
var (
	// ErrLocked: another process has the store open.
	ErrLocked = errors.New("in use by another process")
	// ErrMissing: the database is gone or empty though there was one.
	ErrMissing = errors.New("the database is missing or empty")
	// ErrDamaged: the database cannot be read as a whole.
	ErrDamaged = errors.New("the database is damaged")
	// ErrNewer: a newer version of the program has changed the tables.
	ErrNewer = errors.New("the database was written by a newer version")
	// ErrDone: somebody else has already ended this row.
	ErrDone = errors.New("already done")
	// ErrConflict: the record has changed since it was read.
	ErrConflict = errors.New("changed meanwhile")
	// ErrUnavailable: the engine cannot serve now (disk full, busy, gone). Nothing was changed and what was asked is not at
	// fault: the same may succeed later.
	ErrUnavailable = errors.New("the database is not available")
)

// Store holds everything that has to survive a restart. Its methods may be called from many goroutines.
type Store struct {
	write *sql.DB // one connection: there is one writer at a time
	read  *sql.DB
	path  string // of the database
	close func() error

	sealer *sealer
	key    Key

	changes changes
}

// Options of Open.
type Options struct {
	// ReadOnly opens beside a process that has the store: it takes no lock, changes no tables and serves View and Backup.
	ReadOnly bool
	// Key seals personal data: 32 bytes. Without one the key is read from KeyFile, which is made for data that is not sealed yet.
	Key []byte
	// KeyFile is by default KeyFileBeside the folder.
	KeyFile string
}

// Open opens the store at url, "sqlite:///folder" or just a folder, and creates it when there is none. It refuses with
// ErrLocked, ErrMissing, ErrDamaged, ErrKey or ErrNewer, and says what to do.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	scheme, rest, found := strings.Cut(url, "://")
	switch {
	case !found:
		return openSQLite(ctx, url, o)
	case scheme == "sqlite":
		return openSQLite(ctx, rest, o)
	case scheme == "postgres" || scheme == "postgresql":
		return nil, errors.New("open store: this build has no PostgreSQL yet; leave DATABASE_URL empty to use SQLite in DATA_DIR")
	}
	return nil, fmt.Errorf("open store: unknown kind of database %q; known is sqlite:///folder", scheme)
}

// Close ends the store's use. Transactions must have ended before.
func (s *Store) Close() error {
	s.changes.all.Wait()
	return s.close()
}

// View reads in one transaction, which sees one state of everything. What fn writes is refused.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing to keep
	return explain(fn(&Tx{ctx: ctx, tx: tx, sealer: s.sealer}))
}

// explain makes an engine's own trouble recognisable as ErrUnavailable.
func explain(err error) error {
	if err == nil || errors.Is(err, ErrUnavailable) || !unavailable(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}
