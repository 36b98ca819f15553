package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Tx is an open transaction. It holds the desk's records (it is a desk.Tx), the mail in both directions, and the rest of what
// the bot remembers. It ends with the function that it was given to.
type Tx struct {
	ctx    context.Context
	tx     *sql.Tx
	sealer *sealer
}

// Try calls fn and keeps what it did only if it returns no error: the transaction goes on without it.
func (tx *Tx) Try(fn func() error) error {
	if _, err := tx.tx.ExecContext(tx.ctx, `SAVEPOINT try`); err != nil {
		return err
	}
	if err := fn(); err != nil {
		_, undone := tx.tx.ExecContext(tx.ctx, `ROLLBACK TO SAVEPOINT try`)
		_, released := tx.tx.ExecContext(tx.ctx, `RELEASE SAVEPOINT try`)
		return errors.Join(err, undone, released)
	}
	_, err := tx.tx.ExecContext(tx.ctx, `RELEASE SAVEPOINT try`)
	return err
}

// exec tells how many rows were changed.
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	res, err := tx.tx.ExecContext(tx.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// one reads the only row; found is false when there is none.
func (tx *Tx) one(into []any, query string, args ...any) (found bool, err error) {
	err = tx.tx.QueryRowContext(tx.ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// list reads every row by scan.
func list[T any](tx *Tx, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// row is a row to scan: *sql.Row or *sql.Rows.
type row interface{ Scan(...any) error }

func number(r row) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

// Number returns the next number of an ever-growing counter, from 1.
func (tx *Tx) Number(counter string) (int64, error) { return tx.numbers(counter, 1) }

// numbers takes several numbers and returns the last.
func (tx *Tx) numbers(counter string, many int64) (last int64, err error) {
	_, err = tx.one([]any{&last}, `INSERT INTO counter (name, n) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET n = counter.n + excluded.n RETURNING n`, counter, many)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", counter, err)
	}
	return last, nil
}

// Meta returns a value that was set under a name.
func (tx *Tx) Meta(name string) (value string, found bool, err error) {
	found, err = tx.one([]any{&value}, `SELECT value FROM meta WHERE name = $1`, name)
	return value, found, err
}

// SetMeta keeps a value under a name.
func (tx *Tx) SetMeta(name, value string) error {
	_, err := tx.exec(`INSERT INTO meta (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// Audit notes who did what to which object: ids and names of actions only, never a text.
func (tx *Tx) Audit(at time.Time, who int64, what, object string) error {
	n, err := tx.Number("audit")
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO audit (n, at, who, what, object) VALUES ($1, $2, $3, $4, $5)`, n, millis(at), who, what, object)
	return err
}

// millis is how times are stored: Unix milliseconds, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
