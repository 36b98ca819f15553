package index

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"skindesk/index/encoder"
)

// An index is kept whole, so that the same program makes nothing of the same file twice: in a file, and what is bleve's in a folder.

// program is the hash of the running program, or nothing where it cannot be read: another one may count or learn in another way.
var program = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	sum, err := sumOf(path)
	if err != nil {
		return ""
	}
	return sum
})

// sumOf returns the hash of a file.
func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func indexFirst(faqHash string) string { return "skindesk index " + program() + " " + faqHash + "\n" }

// carry lists what is kept.
func (x *Index) carry(t *tape) {
	x.words.carry(t)
	table(t, &x.used, t.int)
	table(t, &x.exact, t.ints)
	x.vocab.carry(t)
	x.near.carry(t)
	x.answers.carry(t)
	t.ints(&x.answerOf)
	numbers(t, &x.learned.scales)
	numbers(t, &x.learned.weights)
	numbers(t, &x.ear.weights)
	one(t, &x.ear.bias)
	x.meaning.carry(t)
	for _, threshold := range []*float64{&x.policy.sure, &x.policy.lead, &x.policy.likely, &x.policy.half, &x.policy.slope} {
		one(t, threshold)
	}
}

// carry needs no numbers for the names: a family's stand in the order of these.
func (v *vocabulary) carry(t *tape) {
	var next int32
	list(t, &v.number, func(family *map[string]int32) {
		names := slices.Sorted(maps.Keys(*family))
		if t.texts(&names); t.out == nil {
			*family = make(map[string]int32, len(names))
			for _, name := range names {
				(*family)[name] = next
				next++
			}
		}
	})
	numbers(t, &v.texts)
	numbers(t, &v.idf)
	one(t, &v.unseen)
}

func (p *postings) carry(t *tape) {
	t.int(&p.vectors)
	numbers(t, &p.starts)
	numbers(t, &p.units)
	numbers(t, &p.all)
}

func (m *meaning) carry(t *tape) {
	t.int(&m.asked)
	t.matrix(&m.near)
	t.ints(&m.owner)
	t.matrix(&m.centroid)
	numbers(t, &m.length)
}

// keep writes what was built.
func (c cache) keep(x *Index) error {
	if c.folder == "" || program() == "" {
		return nil
	}
	if err := c.keepWords(x.words); err != nil {
		return err
	}
	return c.write(indexFile, func(w io.Writer) error {
		sum := sha256.New()
		t := &tape{out: bufio.NewWriter(io.MultiWriter(w, sum))}
		t.raw([]byte(indexFirst(x.faq.SHA256)))
		x.carry(t)
		if err := errors.Join(t.err, t.out.Flush()); err != nil {
			return err
		}
		_, err := w.Write(sum.Sum(nil))
		return err
	})
}

// recall fills in what this program has made of the same file before. Where that is not there whole, it returns false and changes nothing.
func (c cache) recall(x *Index, e *encoder.Encoder) bool {
	if c.folder == "" || program() == "" {
		return false
	}
	f, err := os.Open(filepath.Join(c.folder, indexFile))
	if err != nil {
		return false
	}
	defer f.Close()
	y := *x
	y.vocab, y.near, y.answers = new(vocabulary), new(postings), new(postings)
	y.words = &lexical{vocab: y.vocab}
	y.learned, y.ear = &regression{classes: len(x.faq.Entries)}, &ear{vocab: y.vocab, gloss: y.gloss}
	y.meaning = &meaning{encoder: e}
	if y.readFrom(f) != nil || c.recallWords(y.words) != nil {
		return false
	}
	*x = y
	return true
}

// readFrom fills in what keep has written of the same file, and returns an error where that is not whole.
func (x *Index) readFrom(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum, size := sha256.New(), info.Size()-sha256.Size
	t := &tape{in: bufio.NewReader(io.TeeReader(io.LimitReader(f, size), sum)), left: size}
	first := make([]byte, len(indexFirst(x.faq.SHA256)))
	if t.raw(first); t.err != nil || string(first) != indexFirst(x.faq.SHA256) {
		return errDamaged
	}
	x.carry(t)
	var end [sha256.Size]byte
	if _, err := io.ReadFull(f, end[:]); t.err != nil || t.left != 0 || err != nil || string(sum.Sum(nil)) != string(end[:]) {
		return errDamaged
	}
	return nil
}
