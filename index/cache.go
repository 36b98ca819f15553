package index

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"skindesk/index/encoder"
)

// Option changes how an index is built.
type Option func(*options)

type options struct{ cache cache }

// CacheIn keeps the vectors of the file's sentences in a file of the folder, so that the next start need not encode them
// again. The cache holds nothing that is not in the FAQ, and can be deleted at any time.
func CacheIn(folder string) Option {
	return func(o *options) { o.cache.path = filepath.Join(folder, "vectors.cache") }
}

func settings(opts []Option) options {
	var o options
	for _, set := range opts {
		set(&o)
	}
	return o
}

// cache is a file of vectors: the hash of the weights, then for each sentence its hash and its numbers.
type cache struct{ path string }

type sentenceHash [16]byte

func hashOf(text string) sentenceHash {
	sum := sha256.Sum256([]byte(text))
	return sentenceHash(sum[:16])
}

const cacheRecord = len(sentenceHash{}) + 4*encoder.Dim

// encode returns the vectors of sentences, from the cache where it has them. A cache that cannot be read or written costs only time.
func (c cache) encode(ctx context.Context, e *encoder.Encoder, ss []sentence) ([]encoder.Vector, error) {
	known := c.read()
	vectors := make([]encoder.Vector, len(ss))
	var texts []string
	var missing []int
	for i, s := range ss {
		if v, ok := known[hashOf(s.text)]; ok {
			vectors[i] = v
			continue
		}
		texts, missing = append(texts, s.text), append(missing, i)
	}
	fresh, err := encodeAll(ctx, e, texts)
	if err != nil {
		return nil, err
	}
	for k, i := range missing {
		vectors[i] = fresh[k]
	}
	if len(missing) > 0 || len(known) > 2*len(ss) {
		c.write(ss, vectors)
	}
	return vectors, nil
}

func (c cache) read() map[sentenceHash]encoder.Vector {
	if c.path == "" {
		return nil
	}
	data, err := os.ReadFile(c.path)
	head := cacheHead()
	if err != nil || len(data) < len(head) || string(data[:len(head)]) != head || (len(data)-len(head))%cacheRecord != 0 {
		return nil
	}
	known := map[sentenceHash]encoder.Vector{}
	for data = data[len(head):]; len(data) > 0; data = data[cacheRecord:] {
		v := make(encoder.Vector, encoder.Dim)
		for i := range v {
			v[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[len(sentenceHash{})+4*i:]))
		}
		if n := v.Dot(v); math.Abs(n-1) < 1e-3 { // a damaged number must not decide an answer
			known[sentenceHash(data[:16])] = v
		}
	}
	return known
}

func cacheHead() string { return "skindesk vectors 1 " + encoder.Hash() + "\n" }

// write replaces the cache in one step; the last writer wins.
func (c cache) write(ss []sentence, vectors []encoder.Vector) {
	if c.path == "" {
		return
	}
	data := []byte(cacheHead())
	seen := map[sentenceHash]bool{}
	for i, s := range ss {
		h := hashOf(s.text)
		if seen[h] {
			continue
		}
		seen[h] = true
		data = append(data, h[:]...)
		for _, x := range vectors[i] {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
		}
	}
	if err := replaceFile(c.path, data); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return // the next start encodes again
	}
}

func replaceFile(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(tmp.Name())))
	}
	return nil
}
