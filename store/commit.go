package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// A durable commit waits for the disk, a few hundred a second at most. So changes that are asked for while one is under way
// share the next: each in a savepoint of its own, one after the other, all in one commit. Each caller gets its own result, and
// none returns before the commit that holds its changes.

// Update changes the store in one transaction: either everything that fn did is kept, or, when fn or the commit fails,
// nothing. fn runs in the caller's goroutine, may run again after a conflict, and must touch nothing but its Tx.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &change{turn: make(chan *sql.Tx), ran: make(chan struct{}), done: make(chan struct{})}
	s.changes.add(c, s.carry)
	gaveUp := ctx.Done()
	for {
		select {
		case tx := <-c.turn:
			c.run(tx, func() error { return fn(&Tx{ctx: context.WithoutCancel(ctx), tx: tx, sealer: s.sealer}) })
		case <-c.done:
			return c.err
		case <-gaveUp:
			if s.changes.remove(c) {
				return ctx.Err()
			}
			gaveUp = nil // under way: its true result is worth the wait
		}
	}
}

// change is an Update on its way.
type change struct {
	turn chan *sql.Tx  // it may run now, once for each try
	ran  chan struct{} // it has
	done chan struct{} // closed when err is final

	err    error
	result error // of the last run
	gone   bool  // fn ended its goroutine
}

// run calls fn in a savepoint. If fn panics, nothing of it is kept, and the panic goes on when the others have been told.
func (c *change) run(tx *sql.Tx, fn func() error) {
	c.result, c.gone = errGone, true
	defer func() {
		if c.gone {
			_ = undo(tx) // should it fail, so does the commit
		}
		c.ran <- struct{}{}
	}()
	c.result = savepoint(tx, fn)
	c.gone = false
}

var errGone = errors.New("the change ended in the middle")

func savepoint(tx *sql.Tx, fn func() error) error {
	if _, err := tx.Exec(`SAVEPOINT change`); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return errors.Join(err, undo(tx))
	}
	_, err := tx.Exec(`RELEASE SAVEPOINT change`)
	return err
}

func undo(tx *sql.Tx) error {
	if _, err := tx.Exec(`ROLLBACK TO SAVEPOINT change`); err != nil {
		return err
	}
	_, err := tx.Exec(`RELEASE SAVEPOINT change`)
	return err
}

// changes are those that wait for a commit, in the order in which they came. A goroutine carries them as long as there are any.
type changes struct {
	mu      sync.Mutex
	waiting []*change
	busy    bool
	all     sync.WaitGroup
}

func (q *changes) add(c *change, carry func([]*change)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, c)
	if q.busy {
		return
	}
	q.busy = true
	q.all.Go(func() {
		for batch := q.take(); len(batch) > 0; batch = q.take() {
			carry(batch)
		}
	})
}

func (q *changes) take() (batch []*change) {
	q.mu.Lock()
	defer q.mu.Unlock()
	batch, q.waiting = q.waiting, nil
	q.busy = len(batch) > 0
	return batch
}

// remove reports whether c was still waiting.
func (q *changes) remove(c *change) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.waiting, c)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	return i >= 0
}

const commitTries = 3 // for a conflict with somebody outside this process

// carry commits a batch of changes and tells each what became of it.
func (s *Store) carry(batch []*change) {
	err := s.commit(batch)
	for try := 1; err != nil && conflict(err) && try < commitTries; try++ {
		err = s.commit(batch)
	}
	for _, c := range batch {
		c.err = c.result
		if err != nil {
			c.err = errors.Join(c.result, fmt.Errorf("commit: %w", err))
		}
		c.err = explain(c.err)
		close(c.done)
	}
}

func (s *Store) commit(batch []*change) error {
	// No cancelling inside: an interrupted statement would take the whole batch with it.
	tx, err := s.write.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	for _, c := range batch {
		if c.gone {
			continue
		}
		c.turn <- tx
		<-c.ran
	}
	return tx.Commit()
}
