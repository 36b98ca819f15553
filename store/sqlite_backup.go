package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the database to dest while the store is in use, and checks it. The copy is there whole or not at all;
// an existing file is never overwritten.
func (s *Store) Backup(ctx context.Context, dest string) (err error) {
	if dest, err = filepath.Abs(dest); err != nil { // SQLite's addresses know no other
		return fmt.Errorf("back up: %w", err)
	}
	if _, err := os.Lstat(dest); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fs.ErrExist
		}
		return fmt.Errorf("back up to %s: %w", dest, err)
	}
	temp, err := os.CreateTemp(filepath.Dir(dest), "."+filepath.Base(dest)+".*") // 0600
	if err != nil {
		return fmt.Errorf("back up to %s: %w", dest, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("back up to %s: %w", dest, err), os.Remove(temp.Name()))
		}
	}()
	if err := temp.Close(); err != nil {
		return err
	}
	if err := s.copyTo(ctx, temp.Name()); err != nil {
		return explain(err)
	}
	if err := checkCopy(ctx, temp.Name()); err != nil {
		return err
	}
	if err := syncFile(temp.Name()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), dest); err != nil {
		return err
	}
	return syncFile(filepath.Dir(dest))
}

func (s *Store) copyTo(ctx context.Context, path string) error {
	db, err := openDB(s.path, "mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, path)
	return errors.Join(err, db.Close())
}

func checkCopy(ctx context.Context, path string) error {
	db, err := openDB(path, readOptions)
	if err != nil {
		return err
	}
	return errors.Join(quickCheck(ctx, db), db.Close())
}

// syncFile has a file's or folder's bytes written to the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
