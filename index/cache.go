package index

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"skindesk/index/encoder"
)

// Option changes how an index is built.
type Option func(*options)

type options struct {
	cache   cache
	rankers []string // that are heard; all, where there are none
}

// CacheIn keeps what a build has computed in files of the folder, so that the next start is quick: the index of the same file, and the
// vectors of its sentences for when it has changed. They hold nothing that is not in the FAQ, and can be deleted at any time.
func CacheIn(folder string) Option {
	return func(o *options) { o.cache.folder = folder }
}

// cache is a folder of computed things, each file with a first line that says what it was computed from. One that cannot be
// read or written costs only time.
type cache struct{ folder string }

// read returns what follows the first line of a file, or nothing where that line is another.
func (c cache) read(name, first string) []byte {
	if c.folder == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(c.folder, name))
	if err != nil || len(data) < len(first) || string(data[:len(first)]) != first {
		return nil
	}
	return data[len(first):]
}

// write replaces a file in one step; the last writer wins.
func (c cache) write(name string, fill func(io.Writer) error) error {
	if c.folder == "" {
		return nil
	}
	tmp, err := os.CreateTemp(c.folder, name+".*")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(tmp, 1<<16)
	if err = errors.Join(fill(w), w.Flush(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(c.folder, name))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, errors.Join(err, os.Remove(tmp.Name())))
	}
	return nil
}

const (
	vectorFile = "vectors.cache"
	indexFile  = "index.cache"
)

type sentenceHash [16]byte

func hashOf(text string) sentenceHash {
	sum := sha256.Sum256([]byte(text))
	return sentenceHash(sum[:16])
}

// vectorRecord is the length of a sentence's hash and its numbers.
const vectorRecord = len(sentenceHash{}) + 4*encoder.Dim

func vectorsFirst() string { return "skindesk vectors 2 " + encoder.Hash() + "\n" }

// encode returns the vectors of sentences, those that the cache lacks newly made, each once.
func (c cache) encode(ctx context.Context, e *encoder.Encoder, ss []sentence) ([]encoder.Vector, error) {
	known := c.vectors()
	vectors := make([]encoder.Vector, len(ss))
	var texts []string
	var missing []int
	place := map[string]int{} // of a text among those
	for i, s := range ss {
		if v, ok := known[hashOf(s.text)]; ok {
			vectors[i] = v
			continue
		}
		missing = append(missing, i)
		if _, listed := place[s.text]; !listed {
			place[s.text] = len(texts)
			texts = append(texts, s.text)
		}
	}
	fresh, err := encodeAll(ctx, e, texts)
	if err != nil {
		return nil, err
	}
	for _, i := range missing {
		vectors[i] = fresh[place[ss[i].text]]
	}
	if len(missing) > 0 || len(known) > 2*len(ss) {
		_ = c.keepVectors(ss, vectors) // else the next start encodes again
	}
	return vectors, nil
}

func (c cache) vectors() map[sentenceHash]encoder.Vector {
	data := c.read(vectorFile, vectorsFirst())
	known := make(map[sentenceHash]encoder.Vector, len(data)/vectorRecord)
	for ; len(data) >= vectorRecord; data = data[vectorRecord:] {
		v := make(encoder.Vector, encoder.Dim)
		for i := range v {
			v[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[len(sentenceHash{})+4*i:]))
		}
		if n := v.Dot(v); math.Abs(n-1) < 1e-3 { // a damaged number must not decide an answer
			known[sentenceHash(data[:len(sentenceHash{})])] = v
		}
	}
	return known
}

func (c cache) keepVectors(ss []sentence, vectors []encoder.Vector) error {
	return c.write(vectorFile, func(w io.Writer) error {
		_, err := io.WriteString(w, vectorsFirst())
		seen, record := map[sentenceHash]bool{}, make([]byte, 0, vectorRecord)
		for i, s := range ss {
			h := hashOf(s.text)
			if seen[h] {
				continue
			}
			seen[h] = true
			record = append(record[:0], h[:]...)
			for _, x := range vectors[i] {
				record = binary.LittleEndian.AppendUint32(record, math.Float32bits(x))
			}
			_, failed := w.Write(record)
			err = errors.Join(err, failed)
		}
		return err
	})
}
