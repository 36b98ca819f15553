package store

import (
	"errors"
	"fmt"
	"testing"
)

// A query that is asked once more while its rows are read has rows of its own.
func TestAQueryWithinItself(t *testing.T) {
	s := open(t, t.TempDir())
	fill(t, s, 3)
	const query = `SELECT id FROM chat ORDER BY id`
	for range 2 { // the second time over the statement that was kept
		err := s.View(t.Context(), func(tx *Tx) error {
			pairs, err := list(tx, func(r row) (string, error) {
				outer, err := number(r)
				if err != nil {
					return "", err
				}
				inner, err := list(tx, number, query)
				return fmt.Sprint(outer, inner), err
			}, query)
			if got := fmt.Sprint(pairs); got != "[1 [1 2 3] 2 [1 2 3] 3 [1 2 3]]" {
				t.Errorf("got %s", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// A statement serves on after its own failure, after rows that nobody read to the end, and when there are more than are kept.
func TestAStatementServesOn(t *testing.T) {
	s := open(t, t.TempDir())
	fill(t, s, 3)
	const insert = `INSERT INTO chat (id, state, version) SELECT $1, state, version FROM chat WHERE id = 1`
	for i, wrong := range []bool{false, true, false} { // the second is there already
		id := []int64{10, 10, 11}[i]
		err := s.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.exec(insert, id)
			return err
		})
		if (err != nil) != wrong {
			t.Errorf("insert %d: %v", id, err)
		}
	}
	err := s.View(t.Context(), func(tx *Tx) error {
		for i := range mostKept + 50 {
			var first, nth int64
			_, err := tx.one([]any{&first}, `SELECT id FROM chat ORDER BY id`)
			_, err2 := tx.one([]any{&nth}, fmt.Sprintf(`SELECT id + %d FROM chat WHERE id = $1`, i), 2)
			if err := errors.Join(err, err2); err != nil || first != 1 || nth != int64(2+i) {
				return fmt.Errorf("%d and %d: %w", first, nth, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
