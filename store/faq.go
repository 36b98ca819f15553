package store

import (
	"fmt"
	"time"
)

// PublishFAQ makes these bytes the active version of faq.json and returns its number. Every version is kept. Bytes that are
// already active stay under their number.
func (tx *Tx) PublishFAQ(body []byte, sha256, by string, at time.Time) (n int64, err error) {
	n, active, _, err := tx.ActiveFAQ()
	if err != nil || n > 0 && active == sha256 {
		return n, err
	}
	n, err = tx.Number("faq")
	if err != nil {
		return 0, err
	}
	_, err = tx.exec(`INSERT INTO faq_version (n, body, sha256, published_by, published_at) VALUES ($1, $2, $3, $4, $5)`,
		n, body, sha256, by, millis(at))
	if err != nil {
		return 0, fmt.Errorf("publish FAQ version %d: %w", n, err)
	}
	return n, nil
}

// ActiveFAQ returns the version published last; n is 0 when there is none.
func (tx *Tx) ActiveFAQ() (n int64, sha256 string, body []byte, err error) {
	_, err = tx.one([]any{&n, &sha256, &body}, `SELECT n, sha256, body FROM faq_version ORDER BY n DESC LIMIT 1`)
	return n, sha256, body, err
}
