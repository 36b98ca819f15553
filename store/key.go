package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const keyFile = "skindesk.key"

// KeyFileBeside is where the key of a data folder lies when nobody has chosen another place: beside the folder, so that a copy of the
// folder does not hold it.
func KeyFileBeside(folder string) string {
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	return filepath.Join(filepath.Dir(folder), keyFile)
}

// ParseKey reads a key as it is written in a setting or a file: 32 bytes in base64.
func ParseKey(s string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(s))
	if err != nil || len(key) != keyLength {
		return nil, fmt.Errorf("is not %d bytes in base64", keyLength)
	}
	return key, nil
}

// Key tells where the store's key comes from.
type Key struct {
	ID   string // tells keys apart, and nothing of the key
	File string // "": it was given
	Made bool   // at this start
}

// Key of the store.
func (s *Store) Key() Key { return s.key }

// unlock finds the store's key, which is the one given or else that in the key file, and makes one if nothing has been sealed yet.
// It never makes a key for data that is sealed.
func (s *Store) unlock(ctx context.Context, o Options) error {
	check, sealed, err := keyCheck(ctx, s.write)
	if err != nil {
		return err
	}
	key := o.Key
	if len(key) == 0 {
		s.key.File = o.KeyFile
		key, err = readKey(o.KeyFile)
		if errors.Is(err, fs.ErrNotExist) {
			if sealed {
				return fmt.Errorf("%w: the data is sealed with key %s, and there is none: DATA_KEY is empty and %s is missing; put that file back, or set DATA_KEY to what stood in it. "+
					"Without the key nobody can read the data; to begin with nothing, move the database and %s away",
					ErrKey, keyOf(check), o.KeyFile, markerFile)
			}
			key, s.key.Made, err = makeKey(o.KeyFile)
		}
		if err != nil {
			return err
		}
	}
	if s.sealer, err = newSealer(key); err != nil {
		return err
	}
	s.key.ID = s.sealer.String()
	if !sealed {
		return nil
	}
	if _, err := s.sealer.openText(metaTable, metaKeyCheck, check); err != nil {
		from := "DATA_KEY"
		if s.key.File != "" {
			from = s.key.File
		}
		return fmt.Errorf("%w: the data is sealed with key %s, but %s holds key %s; put the right key there. "+
			"A backup needs the key that was in use when it was made", ErrKey, keyOf(check), from, s.sealer)
	}
	return nil
}

// unlockIfPossible is for a store that is only read: a copy can be made without the key.
func (s *Store) unlockIfPossible(ctx context.Context, o Options) error {
	check, sealed, err := keyCheck(ctx, s.read)
	if err != nil {
		return damage(err)
	}
	if sealed {
		s.key.ID = keyOf(check)
	}
	key := o.Key
	if len(key) == 0 {
		if key, err = readKey(o.KeyFile); errors.Is(err, fs.ErrNotExist) {
			return nil
		} else if err != nil {
			return err
		}
	}
	s.sealer, err = newSealer(key)
	return err
}

func readKey(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	key, err := ParseKey(string(b))
	if err != nil {
		return nil, fmt.Errorf("the key in %s %w", path, err)
	}
	return key, nil
}

// makeKey writes a new key, which is there whole or not at all. If another process was quicker, its key is taken.
func makeKey(path string) (key []byte, made bool, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("make a key file: %w; make the folder writable, or set DATA_KEY (for example to what `openssl rand -base64 32` prints)", err)
		}
	}()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, false, err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // 0600
	if err != nil {
		return nil, false, err
	}
	defer os.Remove(temp.Name()) //nolint:errcheck // the key itself has the other name
	key = make([]byte, keyLength)
	rand.Read(key) //nolint:errcheck // never fails
	_, err = temp.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, false, err
	}
	if err := os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) { // unlike a rename it replaces nothing
		key, err = readKey(path)
		return key, false, err
	} else if err != nil {
		return nil, false, err
	}
	return key, true, syncFile(filepath.Dir(path))
}

// The key check is a sealed word: a wrong key cannot open it.
const (
	metaTable    = "meta"
	metaKeyCheck = "key_check"
	checkWord    = "skindesk"
)

// keyCheck returns it; sealed is false for a database without, to which nothing has been sealed.
func keyCheck(ctx context.Context, db *sql.DB) (check string, sealed bool, err error) {
	var tables int
	if err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'`).Scan(&tables); err != nil || tables == 0 {
		return "", false, err
	}
	err = db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = $1`, metaKeyCheck).Scan(&check)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return check, err == nil, err
}

// keyOf is the id of the key that a check was sealed with.
func keyOf(check string) string {
	b, err := base64.RawStdEncoding.DecodeString(check)
	if err != nil || len(b) < 1+idLength {
		return "unknown"
	}
	return fmt.Sprintf("%x", b[1:1+idLength])
}
