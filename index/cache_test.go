package index

import (
	"bytes"
	"context"
	"encoding/binary"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"testing"

	"skindesk/index/encoder"
)

var cacheable = []sentence{{0, "how many sessions do i need?"}, {0, "does it hurt?"}, {1, "how long does it last?"}, {1, "does it hurt?"}}

func shared(t *testing.T) *encoder.Encoder {
	t.Helper()
	e, err := encoder.Shared()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// filled returns a cache that knows all sentences, and their vectors.
func filled(t *testing.T) (cache, []encoder.Vector) {
	t.Helper()
	c := cache{t.TempDir()}
	vectors, err := c.encode(t.Context(), shared(t), cacheable)
	if err != nil {
		t.Fatal(err)
	}
	return c, vectors
}

// isWarm tells whether all sentences come from the cache: with an ended context nothing can be encoded.
func isWarm(t *testing.T, c cache) bool {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.encode(ctx, shared(t), cacheable)
	return err == nil
}

func sameVectors(a, b []encoder.Vector) bool {
	for i := range a {
		if len(a[i]) != len(b[i]) || a[i].Dot(b[i]) < 1-1e-5 {
			return false
		}
	}
	return len(a) == len(b)
}

func TestCacheSparesTheEncoder(t *testing.T) {
	c, fresh := filled(t)
	if !isWarm(t, c) {
		t.Error("the second start encodes again")
	}
	warm, err := c.encode(t.Context(), shared(t), cacheable)
	if err != nil || !sameVectors(fresh, warm) {
		t.Errorf("other vectors came back: %v", err)
	}
	if isWarm(t, cache{}) {
		t.Error("without a folder it claims to know the sentences")
	}
}

// spoil rewrites a file of the cache and returns what it held.
func spoil(t *testing.T, c cache, name string, damage func([]byte) []byte) []byte {
	t.Helper()
	path := filepath.Join(c.folder, name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, damage(bytes.Clone(data)), 0o600); err != nil {
		t.Fatal(err)
	}
	return data
}

// Whatever happened to the file, the vectors are right, and the file is whole again.
func TestVectorsSurviveDamage(t *testing.T) {
	first := len(vectorsFirst()) + len(sentenceHash{}) // the place of the first sentence's numbers
	number := func(value float64) func([]byte) []byte {
		return func(b []byte) []byte {
			binary.LittleEndian.PutUint32(b[first:], math.Float32bits(float32(value)))
			return b
		}
	}
	for what, damage := range map[string]func([]byte) []byte{
		"empty":                 func([]byte) []byte { return nil },
		"cut in a record":       func(b []byte) []byte { return b[:len(b)-7] },
		"cut in the first line": func(b []byte) []byte { return b[:9] },
		"one sentence missing":  func(b []byte) []byte { return b[:len(b)-vectorRecord] },
		"of other weights":      func(b []byte) []byte { b[22] ^= 1; return b },
		"something else":        func([]byte) []byte { return bytes.Repeat([]byte("no vectors at all "), 500) },
		"a number that is none": number(math.NaN()),
		"an endless number":     number(math.Inf(1)),
		"a number too large":    number(3),
	} {
		c, want := filled(t)
		whole := spoil(t, c, vectorFile, damage)
		if isWarm(t, c) {
			t.Errorf("%s: taken for good", what)
		}
		got, err := c.encode(t.Context(), shared(t), cacheable)
		if err != nil || !sameVectors(want, got) {
			t.Errorf("%s: other vectors: %v", what, err)
		}
		if again, err := os.ReadFile(filepath.Join(c.folder, vectorFile)); err != nil || !bytes.Equal(whole, again) {
			t.Errorf("%s: the file was not written anew: %v", what, err)
		}
	}
}

func TestCacheThatCannotBeWritten(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, vectorFile), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []cache{{folder}, {filepath.Join(folder, "no", "such", "folder")}} {
		if vectors, err := c.encode(t.Context(), shared(t), cacheable); err != nil || len(vectors) != len(cacheable) {
			t.Errorf("%s: %d vectors, %v", c.folder, len(vectors), err)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestCacheKeepsNoMoreThanIsUsed(t *testing.T) {
	c, _ := filled(t)
	if _, err := c.encode(t.Context(), shared(t), cacheable[:1]); err != nil {
		t.Fatal(err)
	}
	if n := len(c.vectors()); n != 1 {
		t.Errorf("%d vectors for a single sentence", n)
	}
}

// The cache holds what the clinic says and nothing of what patients ask.
func TestAskingLeavesTheCacheAlone(t *testing.T) {
	folder := t.TempDir()
	f := parsed(t, `{"version": 1, "entries": [{"id": "a", "questions": {"en": ["how many sessions do i need"]}, "answer": {"en": "Four."}},
		{"id": "b", "questions": {"en": ["does it hurt"]}, "answer": {"en": "A little."}}]}`)
	ix, err := New(t.Context(), f, CacheIn(folder))
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close() //nolint:errcheck // a test
	ix.keeping.Wait()
	read := func() map[string]string {
		all := map[string]string{}
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			all[path] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := read()
	for _, q := range []string{"i am Zulekha, how many sessions do i need", "0300 7654321 call me please"} {
		if _, err := ix.Ask(t.Context(), Question{Text: q}); err != nil {
			t.Fatal(err)
		}
	}
	if after := read(); len(before) == 0 || !maps.Equal(before, after) {
		t.Errorf("%d files became %d, or others", len(before), len(after))
	}
}
