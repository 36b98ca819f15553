package store

import (
	"fmt"
	"time"

	"skindesk/desk"
)

// Tally is how often something happened on a day.
type Tally struct {
	Day   string // of the clinic's time, like 2026-11-25
	Name  string // what happened
	About string // the entry, topic or code that it was about, or ""
	N     int64
}

// Count adds one to a tally.
func (tx *Tx) Count(day, name, about string) error {
	_, err := tx.exec(`INSERT INTO tally (day, name, about, n) VALUES ($1, $2, $3, 1)
		ON CONFLICT (day, name, about) DO UPDATE SET n = tally.n + 1`, day, name, about)
	if err != nil {
		return fmt.Errorf("count %s on %s: %w", name, day, err)
	}
	return nil
}

// Tallied tells how often it happened on a day, and how many different things it was about.
func (tx *Tx) Tallied(day, name string) (n, abouts int64, err error) {
	_, err = tx.one([]any{&n, &abouts}, `SELECT COALESCE(SUM(n), 0), COUNT(*) FROM tally WHERE day = $1 AND name = $2`, day, name)
	return n, abouts, err
}

// Tallies lists what happened from the first day to the last, both included, oldest day first.
func (tx *Tx) Tallies(first, last string) ([]Tally, error) {
	return list(tx, scanTally, `SELECT day, name, about, n FROM tally WHERE day >= $1 AND day <= $2 ORDER BY day, name, about`, first, last)
}

func scanTally(r row) (t Tally, err error) {
	err = r.Scan(&t.Day, &t.Name, &t.About, &t.N)
	return t, err
}

// Gap is a question that was asked in vain, without anything that tells who asked.
type Gap struct {
	ID      int64         `json:"-"`
	Patient desk.PersonID `json:"-"` // so that one person counts once, and can be forgotten
	At      time.Time     `json:"-"`
	GapWords
}

// GapWords are what is kept of a gap as a body.
type GapWords struct {
	Why      string   `json:"why"` // what made it one
	Text     string   `json:"text"`
	Language string   `json:"language,omitempty"`
	Shown    []string `json:"shown,omitempty"` // the entries that were said
	Near     []string `json:"near,omitempty"`  // the next best ones
}

// PutGap keeps a gap and returns its number.
func (tx *Tx) PutGap(g Gap) (int64, error) {
	id, err := tx.Number("gap")
	if err != nil {
		return 0, err
	}
	body, err := tx.sealJSON("gap", id, g.GapWords)
	if err != nil {
		return 0, err
	}
	_, err = tx.exec(`INSERT INTO gap (id, patient, at, body) VALUES ($1, $2, $3, $4)`, id, g.Patient, millis(g.At), body)
	if err != nil {
		return 0, fmt.Errorf("put gap %d: %w", id, err)
	}
	return id, nil
}

const gapColumns = `id, patient, at, body`

func (tx *Tx) gap(r row) (g Gap, err error) {
	var at int64
	var body []byte
	if err := r.Scan(&g.ID, &g.Patient, &at, &body); err != nil {
		return Gap{}, err
	}
	g.At = instant(at)
	g.GapWords, err = openJSON[GapWords](tx, "gap", g.ID, body)
	return g, err
}

// Gaps lists those since a time, oldest first.
func (tx *Tx) Gaps(since time.Time) ([]Gap, error) {
	return list(tx, tx.gap, `SELECT `+gapColumns+` FROM gap WHERE at >= $1 ORDER BY id`, millis(since))
}

// GapsOf lists a patient's, oldest first.
func (tx *Tx) GapsOf(patient desk.PersonID) ([]Gap, error) {
	return list(tx, tx.gap, `SELECT `+gapColumns+` FROM gap WHERE patient = $1 ORDER BY id`, patient)
}

// DropGaps forgets a patient's.
func (tx *Tx) DropGaps(patient desk.PersonID) error {
	_, err := tx.exec(`DELETE FROM gap WHERE patient = $1`, patient)
	return err
}
