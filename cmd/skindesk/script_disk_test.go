package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf16"
)

// checkDisk looks into every file that the program has left, for what somebody wrote. The file of what the clinic says to everybody may
// hold the same words.
func (w *world) checkDisk() {
	public, err := os.ReadFile(scriptFAQ)
	w.check(err)
	public = bytes.ToLower(public)
	var texts []string
	for _, p := range w.people {
		for _, m := range append(p.Messages(), p.In(w.team).Messages()...) {
			if m.From == p.ID() && strings.ContainsRune(m.Text, ' ') && !bytes.Contains(public, bytes.ToLower([]byte(m.Text))) {
				texts = append(texts, m.Text)
			}
		}
	}
	for _, where := range w.onDisk(texts) {
		w.t.Error(where)
	}
}

// onDisk returns where the program's files hold any of the texts.
func (w *world) onDisk(texts []string) (found []string) {
	w.check(filepath.WalkDir(w.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(path, filepath.Join(w.folder, "data")) && filepath.Ext(path) != ".db" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, text := range texts {
			for _, form := range written(text) {
				if bytes.Contains(data, form) {
					found = append(found, path+" holds "+strconv.Quote(text))
				}
			}
		}
		return nil
	}))
	return found
}

// written is a text in the ways in which a file may hold it.
func written(text string) [][]byte {
	quoted, _ := json.Marshal(text) // a string cannot fail
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	ascii := strconv.QuoteToASCII(text)
	return [][]byte{[]byte(text), quoted[1 : len(quoted)-1], []byte(ascii[1 : len(ascii)-1]), little, big}
}

// nowhere makes a backup and looks for texts in all files; the log of the database is among them.
func nowhere(w *world, texts []string) {
	w.check(w.running.store.Backup(w.t.Context(), filepath.Join(w.folder, "backup"+strconv.Itoa(len(texts))+".db")))
	for _, where := range w.onDisk(texts) {
		w.failf("%s", where)
	}
	if len(w.onDisk([]string{"SQLite format 3"})) == 0 {
		w.failf("there is no database to look into")
	}
}
