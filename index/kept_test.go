package index

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// keptIndex returns a small index and the folder that it was kept in.
func keptIndex(t *testing.T) (*Index, cache) {
	t.Helper()
	c := cache{t.TempDir()}
	x, err := New(t.Context(), parsed(t, smallFAQ), CacheIn(c.folder))
	if err != nil {
		t.Fatal(err)
	}
	x.keeping.Wait()
	t.Cleanup(func() { _ = x.Close() })
	return x, c
}

// recalled tells whether the cache brings an index of the file back, into one that has nothing yet.
func recalled(t *testing.T, c cache, file string) bool {
	t.Helper()
	x := &Index{faq: parsed(t, file)}
	before := *x
	known := c.recall(x, shared(t))
	if known {
		_ = x.words.close()
	} else if !reflect.DeepEqual(before, *x) {
		t.Error("what could not be recalled has left something behind")
	}
	return known
}

// Only the last index is kept, and nothing that was left half written.
func TestTheFolderDoesNotGrow(t *testing.T) {
	x, c := keptIndex(t)
	if err := os.WriteFile(filepath.Join(c.folder, indexFile+".123"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.keep(x); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(c.folder); err != nil || len(left) != 3 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// Whatever an index is made of comes back: a field that is forgotten among those kept is found here.
func TestAnIndexComesBackWhole(t *testing.T) {
	cold, c := keptIndex(t)
	if !recalled(t, c, smallFAQ) {
		t.Fatal("it was not kept")
	}
	warm, err := New(t.Context(), parsed(t, smallFAQ), CacheIn(c.folder))
	if err != nil {
		t.Fatal(err)
	}
	defer warm.Close() //nolint:errcheck // a test
	a, b := reflect.ValueOf(cold).Elem(), reflect.ValueOf(warm).Elem()
	for i := range a.NumField() {
		if name := a.Type().Field(i).Name; name != "words" && name != "speller" && name != "keeping" && !same(a.Field(i), b.Field(i)) {
			t.Errorf("%s is another one:\n%v\n%v", name, a.Field(i), b.Field(i))
		}
	}
	if !reflect.DeepEqual(cold.speller.known, warm.speller.known) || !reflect.DeepEqual(cold.speller.skeleton, warm.speller.skeleton) {
		t.Error("the speller knows other words")
	}
}

// same compares as reflect.DeepEqual does, which reads no unexported fields by themselves.
func same(a, b reflect.Value) bool {
	one, two := reflect.New(a.Type()).Elem(), reflect.New(b.Type()).Elem()
	for _, v := range []struct{ to, from reflect.Value }{{one, a}, {two, b}} {
		v.to.Set(reflect.NewAt(v.from.Type(), v.from.Addr().UnsafePointer()).Elem())
	}
	return reflect.DeepEqual(one.Interface(), two.Interface())
}

func TestADamagedIndexIsMadeAnew(t *testing.T) {
	_, c := keptIndex(t)
	path := filepath.Join(c.folder, indexFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if recalled(t, c, smallFAQ) {
			t.Errorf("%s: taken for good", what)
		}
	}
	try("empty", nil)
	try("a byte more", append(bytes.Clone(whole), 0))
	for i := 1; i < 60; i++ {
		at := i * len(whole) / 60
		try("cut", whole[:at])
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0x40
		try("a bit changed", damaged)
	}
	for at := range 40 { // the first lengths
		damaged := bytes.Clone(whole)
		damaged[len(indexFirst(parsed(t, smallFAQ).SHA256))+at] = 0xff
		try("a length changed", damaged)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	words, err := filepath.Glob(filepath.Join(c.folder, wordsFolders, "*"))
	if err != nil || len(words) < 2 {
		t.Fatalf("the copy of bleve's index is %v, %v", words, err)
	}
	for _, path := range words {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		try := func(what string, damage func() error) {
			t.Helper()
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			if recalled(t, c, smallFAQ) {
				t.Errorf("%s %s: taken for good", path, what)
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		try("cut", func() error { return os.Truncate(path, int64(len(whole)/2)) })
		try("changed", func() error { return os.WriteFile(path, append(bytes.Clone(whole[1:]), 7), 0o600) })
		try("gone", func() error { return os.Remove(path) })
	}
	if !recalled(t, c, smallFAQ) || recalled(t, c, smallFAQ+" ") || recalled(t, cache{}, smallFAQ) {
		t.Error("it is not recalled for its own file alone")
	}
}
