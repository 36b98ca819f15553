package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

const sealVersion = 2 // of the tables: from here on they are sealed

// metaPlainCopy names the copy that was made before the sealing, which is the last place where anything can be read. As long as it
// stands there, traces of what was plain may be left.
const metaPlainCopy = "plain_copy"

// plainColumns are those that hold personal words in tables of version 1.
var plainColumns = []struct {
	table, key, column string
	text               bool
}{
	{"inbox", "seq", "body", false},
	{"inbox", "seq", "reason", true},
	{"outbox", "dedup", "body", false},
	{"outbox", "dedup", "reason", true},
	{"chat", "id", "state", false},
	{"case", "id", "body", false},
	{"person", "id", "body", false},
}

// sealing is the migration that seals what is there. copy is the name of the copy made before, "" for a new database.
func sealing(s *sealer, copyName string) *goose.Migration {
	return goose.NewGoMigration(sealVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		for _, c := range plainColumns {
			if err := sealColumn(ctx, tx, s, c.table, c.key, c.column, c.text); err != nil {
				return fmt.Errorf("seal %s.%s: %w", c.table, c.column, err)
			}
		}
		if copyName != "" {
			if _, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2)`, metaPlainCopy, copyName); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2)`, metaKeyCheck, s.sealText(metaTable, metaKeyCheck, checkWord))
		return err
	}}, nil)
}

// sealColumn seals a column row by row, some hundred at a time.
func sealColumn(ctx context.Context, tx *sql.Tx, s *sealer, table, key, column string, text bool) error {
	const many = 500
	where, args := "", []any{}
	for {
		keys, values, err := columnPart(ctx, tx, fmt.Sprintf(`SELECT %s, %s FROM "%s" %s ORDER BY %s LIMIT %d`, key, column, table, where, key, many), args...)
		if err != nil || len(keys) == 0 {
			return err
		}
		for i, k := range keys {
			var sealed any
			if text {
				sealed = s.sealText(table+"."+column, k, string(values[i]))
			} else {
				b := s.seal(table, k, values[i])
				if back, err := s.open(table, k, b); err != nil || !bytes.Equal(back, values[i]) {
					return errors.Join(fmt.Errorf("row %v does not come back as it was", k), err)
				}
				sealed = b
			}
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(`UPDATE "%s" SET %s = $1 WHERE %s = $2`, table, column, key), sealed, k); err != nil {
				return err
			}
		}
		where, args = fmt.Sprintf("WHERE %s > $1", key), []any{keys[len(keys)-1]}
	}
}

func columnPart(ctx context.Context, tx *sql.Tx, query string, args ...any) (keys []any, values [][]byte, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var k any
		var v []byte
		if err := rows.Scan(&k, &v); err != nil {
			return nil, nil, err
		}
		keys, values = append(keys, k), append(values, v)
	}
	return keys, values, rows.Err()
}

// scrub removes what may be left of plain words after the sealing: in free pages, in the log, and the copy made before. Cut off in the
// middle, it is done again at the next start.
func (s *Store) scrub(ctx context.Context, folder string) error {
	var plain string
	err := s.write.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = $1`, metaPlainCopy).Scan(&plain)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, statement := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := s.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := os.Remove(filepath.Join(folder, filepath.Base(plain))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_, err = s.write.ExecContext(ctx, `DELETE FROM meta WHERE name = $1`, metaPlainCopy)
	return err
}
