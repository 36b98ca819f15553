package index

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
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

// CacheIn keeps what a build has computed in files of the folder, so that the next start is quick: the vectors of the file's
// sentences, and the weights learned from it. The files hold nothing that is not in the FAQ, and can be deleted at any time.
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
func (c cache) write(name, first string, data []byte) error {
	if c.folder == "" {
		return nil
	}
	tmp, err := os.CreateTemp(c.folder, name+".*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(append([]byte(first), data...))
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(c.folder, name))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, errors.Join(err, os.Remove(tmp.Name())))
	}
	return nil
}

const (
	vectorFile     = "vectors.cache"
	regressionFile = "regression.cache"
	earFile        = "ear.cache"
	policyFile     = "thresholds.cache"
)

type sentenceHash [16]byte

func hashOf(text string) sentenceHash {
	sum := sha256.Sum256([]byte(text))
	return sentenceHash(sum[:16])
}

// vectorRecord is the length of a sentence's hash and its numbers.
const vectorRecord = len(sentenceHash{}) + 4*encoder.Dim

func vectorsFirst() string { return "skindesk vectors 2 " + encoder.Hash() + "\n" }

// encode returns the vectors of sentences, those that the cache lacks newly made.
func (c cache) encode(ctx context.Context, e *encoder.Encoder, ss []sentence) ([]encoder.Vector, error) {
	known := c.vectors()
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
	var data []byte
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
	return c.write(vectorFile, vectorsFirst(), data)
}

// regressionFirst names the file that weights were learned from. The number rises with every change of features or training.
func regressionFirst(faqHash string) string { return "skindesk regression 3 " + faqHash + "\n" }

// regression returns the weights learned from the FAQ with the hash, if they are there whole.
func (c cache) regression(faqHash string, features, classes int) *regression {
	data := c.read(regressionFile, regressionFirst(faqHash))
	if len(data) != 32+4*features+features*classes {
		return nil
	}
	if sum := sha256.Sum256(data[32:]); string(sum[:]) != string(data[:32]) {
		return nil
	}
	r := &regression{classes: classes, scales: make([]float32, features), weights: data[32+4*features:]}
	for i := range r.scales {
		r.scales[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[32+4*i:]))
	}
	return r
}

func (c cache) keepRegression(faqHash string, r *regression) error {
	var data []byte
	for _, s := range r.scales {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(s))
	}
	data = append(data, r.weights...)
	sum := sha256.Sum256(data)
	return c.write(regressionFile, regressionFirst(faqHash), append(sum[:], data...))
}

// earFirst names the file and the sentences that an ear was learned from. The number rises with every change of the training.
func earFirst(faqHash, toldHash string) string {
	return "skindesk ear 1 " + faqHash + " " + toldHash + "\n"
}

// ear returns the weights of the ear, the bias last, that was learned from the FAQ and the sentences with the hashes, if they are
// there whole.
func (c cache) ear(faqHash, toldHash string) []float32 {
	data := c.read(earFile, earFirst(faqHash, toldHash))
	if len(data) != sha256.Size+4*(earSize+1) {
		return nil
	}
	if sum := sha256.Sum256(data[sha256.Size:]); string(sum[:]) != string(data[:sha256.Size]) {
		return nil
	}
	weights := make([]float32, earSize+1)
	for i := range weights {
		weights[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[sha256.Size+4*i:]))
	}
	return weights
}

func (c cache) keepEar(faqHash, toldHash string, weights []float32) error {
	data := make([]byte, 0, 4*len(weights))
	for _, w := range weights {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(w))
	}
	sum := sha256.Sum256(data)
	return c.write(earFile, earFirst(faqHash, toldHash), append(sum[:], data...))
}

// policyFirst names the file that thresholds were found for. The number rises with every change of the ranking or of how they are found.
func policyFirst(faqHash string) string { return "skindesk thresholds 1 " + faqHash + "\n" }

// policy returns the thresholds that were found for the FAQ with the hash, if they are there and possible.
func (c cache) policy(faqHash string) (policy, bool) {
	p := usual
	n, err := fmt.Sscanln(string(c.read(policyFile, policyFirst(faqHash))), &p.sure, &p.lead, &p.likely, &p.half, &p.slope)
	return p, err == nil && n == 5 && p.sure >= usual.sure && p.sure <= shyest.sure && p.lead >= usual.lead && p.lead <= shyest.lead &&
		p.likely >= usual.likely && p.likely <= shyest.likely && p.half >= 0 && p.half <= 20 && p.slope >= 0.1 && p.slope <= 2
}

func (c cache) keepPolicy(faqHash string, p policy) error {
	return c.write(policyFile, policyFirst(faqHash), fmt.Appendln(nil, p.sure, p.lead, p.likely, p.half, p.slope))
}
