package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// keeping opens connections that keep what SQLite has made of a query. The queries of the store are few and ever the same, and to
// read and plan one takes longer than to run it.
type keeping struct{ driver.Connector }

func newKeeping(name string) (driver.Connector, error) {
	c, err := sqlite.NewConnector(name)
	return keeping{c}, err
}

func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &keeper{engine: c.(engine), kept: map[string]*statement{}}, nil
}

// engine is what a connection of the driver can do.
type engine interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keeper is a connection with its statements. Like every connection it is used by one goroutine at a time.
type keeper struct {
	engine
	kept map[string]*statement
}

const mostKept = 200 // queries of one connection; the store has about half as many

// statement is a query as SQLite keeps it.
type statement struct {
	driver.Stmt
	busy bool // its rows are being read
}

// take returns the statement of a query, or nil when it is in use: a query may be asked once more while its rows are read.
func (k *keeper) take(ctx context.Context, query string) (*statement, error) {
	if s := k.kept[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if len(k.kept) >= mostKept {
		return nil, nil
	}
	s, err := k.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	k.kept[query] = &statement{Stmt: s}
	return k.kept[query], nil
}

func (k *keeper) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := k.take(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return k.engine.ExecContext(ctx, query, args)
	}
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := k.take(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return k.engine.QueryContext(ctx, query, args)
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &keptRows{rows, s}, nil
}

// Close ends the statements before the connection: SQLite would otherwise go on holding the file.
func (k *keeper) Close() error {
	var errs []error
	for _, s := range k.kept {
		errs = append(errs, s.Close())
	}
	clear(k.kept)
	return errors.Join(append(errs, k.engine.Close())...)
}

// keptRows give their statement back when they are closed.
type keptRows struct {
	driver.Rows
	of *statement
}

func (r *keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
