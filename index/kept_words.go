package index

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// wordsFolders is the pattern of the folders that bleve's part of an index is kept in. Each build has one of its own, for bleve still
// reads in the one before when the file has changed.
const wordsFolders = "words.*.cache"

// copied is where a copy of bleve's index lies, and what it is made of.
type copied struct {
	folder string   // its name in the cache's
	files  []string // and their hashes, by turns
}

func (l *lexical) carry(t *tape) {
	t.int(&l.docs)
	t.ints(&l.phrase)
	names := append([]string{l.copied.folder}, l.copied.files...)
	if t.texts(&names); t.out == nil && len(names) > 0 {
		l.copied = copied{names[0], names[1:]}
	}
}

// copyFolder takes what bleve copies.
type copyFolder string

// GetWriter implements bleve's Directory.
func (f copyFolder) GetWriter(path string) (io.WriteCloser, error) {
	path = filepath.Join(string(f), filepath.Base(path))
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
}

// keepWords copies bleve's index into a folder of its own, and removes those before, and what a killed program has left half written.
func (c cache) keepWords(l *lexical) error {
	folder, err := os.MkdirTemp(c.folder, wordsFolders)
	if err != nil {
		return err
	}
	r := l.index.(bleveindex.CopyIndex).CopyReader()
	if err := errors.Join(r.CopyTo(copyFolder(folder)), r.CloseCopyReader(), l.noteFiles(folder)); err != nil {
		return errors.Join(fmt.Errorf("copy the word index: %w", err), os.RemoveAll(folder))
	}
	for _, pattern := range []string{wordsFolders, indexFile + ".*", vectorFile + ".*"} {
		others, _ := filepath.Glob(filepath.Join(c.folder, pattern))
		for _, other := range others {
			if other != folder {
				_ = os.RemoveAll(other) // else the next build does
			}
		}
	}
	return nil
}

// noteFiles notes what the folder holds.
func (l *lexical) noteFiles(folder string) error {
	l.copied = copied{folder: filepath.Base(folder)}
	files, err := os.ReadDir(folder)
	for _, f := range files {
		sum, failed := sumOf(filepath.Join(folder, f.Name()))
		l.copied.files, err = append(l.copied.files, f.Name(), sum), errors.Join(err, failed)
	}
	return err
}

// recallWords opens the copy, if it is as it was.
func (c cache) recallWords(l *lexical) error {
	folder, found := filepath.Join(c.folder, l.copied.folder), new(lexical)
	if err := found.noteFiles(folder); err != nil || !slices.Equal(found.copied.files, l.copied.files) {
		return errDamaged
	}
	if err := l.open(folder, nil); err != nil {
		return err
	}
	if err := l.read(); err != nil {
		return errors.Join(err, l.close())
	}
	return nil
}
