package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// brokenFAQ writes a file with three faults and a warning and returns its path.
func brokenFAQ(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "broken.json")
	text := `{"version": 1, "entries": [
  {"id": "one", "questions": {"en": ["what is it"]}, "answer": {"en": "It is this."}, "related": ["nobody"]},
  {"id": "two", "questions": {"en": ["what is it"]}, "answer": {"en": ""}},
  {"id": "one", "questions": {"en": ["where is it"]}, "answer": {"en": "There."}}
]}
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckNamesEveryFault(t *testing.T) {
	var s session
	file := brokenFAQ(t)
	if err := s.run(t, "check", file); !errors.Is(err, errReported) {
		t.Fatalf("got %v, want errReported", err)
	}
	lines := strings.Split(strings.TrimSpace(s.stdout.String()), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, "3 faults") {
		t.Errorf("the last line is %q", last)
	}
	for _, want := range []struct{ place, says string }{{":2:", `"nobody"`}, {":3:", `"two"`}, {":4:", `"one"`}} {
		found := false
		for _, l := range lines {
			found = found || strings.HasPrefix(l, file+want.place) && strings.Contains(l, want.says)
		}
		if !found {
			t.Errorf("no fault at %s about %s in:\n%s", want.place, want.says, &s.stdout)
		}
	}
}

func TestCheckOfAGoodFile(t *testing.T) {
	var s session
	if err := s.run(t, "check", smallFAQ); err != nil {
		t.Fatalf("%v\n%s", err, &s.stdout)
	}
	if want := smallFAQ + ": good, 15 entries, "; !strings.Contains(s.stdout.String(), want) {
		t.Errorf("got %q, want %q in it", &s.stdout, want)
	}
}

// Warnings are shown, and do not fail.
func TestCheckWarns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "warned.json")
	text := `{"entries": [
  {"id": "a", "questions": {"en": ["what is it"]}, "answer": {"en": "It is this."}},
  {"id": "b", "questions": {"en": ["what is it"]}, "answer": {"en": "It is that."}}
]}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var s session
	if err := s.run(t, "check", file); err != nil {
		t.Errorf("%v", err)
	}
	if !strings.Contains(s.stdout.String(), "warning: ") {
		t.Errorf("no warning of a phrasing that stands in two entries:\n%s", &s.stdout)
	}
}

func TestCheckWithoutAFileTakesTheSetting(t *testing.T) {
	file := withoutDotenv(t, smallFAQ)
	s := session{env: map[string]string{"FAQ_FILE": file}}
	if err := s.run(t, "check"); err != nil || !strings.Contains(s.stdout.String(), "good, 15 entries") {
		t.Errorf("%v: %s", err, &s.stdout)
	}
}
