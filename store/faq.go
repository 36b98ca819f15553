package store

import (
	"errors"
	"fmt"
	"time"
)

// FAQVersion is a published faq.json, without its bytes.
type FAQVersion struct {
	N        int64 // 0: there is none
	SHA256   string
	By       string // who published it: a word of the caller's
	At       time.Time
	Restores int64 // the version whose bytes it brought back, 0: it brought new ones
}

// Content is the version that first had these bytes.
func (v FAQVersion) Content() int64 {
	if v.Restores > 0 {
		return v.Restores
	}
	return v.N
}

// ErrNoVersion: there is no such version of faq.json.
var ErrNoVersion = errors.New("no such version of faq.json")

// PublishFAQ makes these bytes the active version of faq.json and returns its number. Every version is kept. Bytes that are
// already active stay under their number.
func (tx *Tx) PublishFAQ(body []byte, sha256, by string, at time.Time) (n int64, err error) {
	active, err := tx.ActiveFAQ()
	if err != nil || active.N > 0 && active.SHA256 == sha256 {
		return active.N, err
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

// RestoreFAQ makes the bytes of an earlier version the active one, under a new number.
func (tx *Tx) RestoreFAQ(earlier int64, by string, at time.Time) (n int64, err error) {
	v, err := tx.FAQVersion(earlier)
	if err != nil {
		return 0, err
	}
	if n, err = tx.Number("faq"); err != nil {
		return 0, err
	}
	_, err = tx.exec(`INSERT INTO faq_version (n, body, sha256, published_by, published_at, restores)
		SELECT $1, body, sha256, $2, $3, $4 FROM faq_version WHERE n = $4`, n, by, millis(at), v.Content())
	if err != nil {
		return 0, fmt.Errorf("restore FAQ version %d: %w", earlier, err)
	}
	return n, nil
}

const faqColumns = `n, sha256, published_by, published_at, restores`

func faqVersion(r row) (v FAQVersion, err error) {
	var at int64
	err = r.Scan(&v.N, &v.SHA256, &v.By, &at, &v.Restores)
	v.At = instant(at)
	return v, err
}

// ActiveFAQ returns the version published last; its N is 0 when there is none.
func (tx *Tx) ActiveFAQ() (FAQVersion, error) {
	vs, err := list(tx, faqVersion, `SELECT `+faqColumns+` FROM faq_version ORDER BY n DESC LIMIT 1`)
	if err != nil || len(vs) == 0 {
		return FAQVersion{}, err
	}
	return vs[0], nil
}

// FAQVersion returns a version, or ErrNoVersion.
func (tx *Tx) FAQVersion(n int64) (FAQVersion, error) {
	vs, err := list(tx, faqVersion, `SELECT `+faqColumns+` FROM faq_version WHERE n = $1`, n)
	if err == nil && len(vs) == 0 {
		err = ErrNoVersion
	}
	if err != nil {
		return FAQVersion{}, fmt.Errorf("FAQ version %d: %w", n, err)
	}
	return vs[0], nil
}

// FAQBody returns the bytes of a version, or ErrNoVersion.
func (tx *Tx) FAQBody(n int64) (body []byte, err error) {
	found, err := tx.one([]any{&body}, `SELECT body FROM faq_version WHERE n = $1`, n)
	if err == nil && !found {
		err = ErrNoVersion
	}
	if err != nil {
		return nil, fmt.Errorf("FAQ version %d: %w", n, err)
	}
	return body, nil
}
