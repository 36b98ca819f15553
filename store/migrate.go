package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

func migrations() fs.FS {
	sub, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return migrationFiles // cannot be: the folder is embedded above; goose then finds nothing and says so
	}
	return sub
}

// migrate brings the tables up to date. It only goes forward, and leaves a backup in folder before it changes a database
// that is in use. The backup of one that was not sealed yet is removed once it is.
func migrate(ctx context.Context, s *Store, dialect goose.Dialect, files fs.FS, folder string) error {
	p, have, want, err := provider(ctx, s, dialect, files, "")
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	switch {
	case have == want:
		return nil
	case have > want:
		return fmt.Errorf("%w (its tables are at %d, this one knows %d): update skindesk, or restore a backup from before", ErrNewer, have, want)
	case have > 0:
		name := fmt.Sprintf("before-%d.db", want)
		// One that is there comes from a start that was cut off: it is from before, too.
		if err := s.Backup(ctx, filepath.Join(folder, name)); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("migrate: %w", err)
		}
		if p, _, _, err = provider(ctx, s, dialect, files, name); err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate from %d to %d: %w", have, want, err)
	}
	return nil
}

// provider knows the steps, and tells at which the database is and which is the last.
func provider(ctx context.Context, s *Store, dialect goose.Dialect, files fs.FS, copyName string) (p *goose.Provider, have, want int64, err error) {
	p, err = goose.NewProvider(dialect, s.write, files, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(sealing(s.sealer, copyName)))
	if err != nil {
		return nil, 0, 0, err
	}
	have, want, err = p.GetVersions(ctx)
	return p, have, want, err
}
