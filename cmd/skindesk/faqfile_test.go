package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skindesk/bot"
)

func put(t *testing.T, path, content string, mode fs.FileMode) {
	t.Helper()
	if err := errors.Join(os.WriteFile(path, []byte(content), mode), os.Chmod(path, mode)); err != nil {
		t.Fatal(err)
	}
}

func wantContent(t *testing.T, path, content string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != content {
		t.Errorf("%s holds %q, %v, want %q", path, got, err, content)
	}
}

// wantOnly wants these files in the folder and nothing beside them.
func wantOnly(t *testing.T, folder string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("in the folder: %q, want %q", got, names)
	}
}

func TestAFileIsReplacedInOneStepAndKeepsItsMode(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "faq.json")
	put(t, path, "old", 0o600)
	reader, err := os.Open(path) // has the old one to its end
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := faqFile(path).replace(sumOf([]byte("old")), []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, path, "new")
	was := make([]byte, 10)
	if n, _ := reader.Read(was); string(was[:n]) != "old" {
		t.Errorf("somebody who was reading got %q", was[:n])
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	wantOnly(t, folder, "faq.json")
}

func TestAFileThatSomebodyHasEditedIsNotReplaced(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "faq.json")
	put(t, path, "edited", 0o644)
	if err := faqFile(path).replace(sumOf([]byte("old")), []byte("new")); !errors.Is(err, bot.ErrFileChanged) {
		t.Errorf("got %v, want ErrFileChanged", err)
	}
	wantContent(t, path, "edited")
	wantOnly(t, folder, "faq.json")
}

func TestAFileThatIsThereAlreadyOrIsMissing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "faq.json")
	for range 2 { // put where there is none, and again
		if err := faqFile(path).replace("whatever", []byte("new")); err != nil {
			t.Error(err)
		}
		wantContent(t, path, "new")
	}
	wantOnly(t, folder, "faq.json")
	if err := create(path, []byte("newer")); !errors.Is(err, bot.ErrFileChanged) {
		t.Errorf("over a file that has appeared: got %v, want ErrFileChanged", err)
	}
	wantContent(t, path, "new")
}

func TestALinkStaysALink(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "real.json"), filepath.Join(folder, "faq.json")
	put(t, target, "old", 0o644)
	if err := os.Symlink("real.json", link); err != nil {
		t.Fatal(err)
	}
	if err := faqFile(link).replace(sumOf([]byte("old")), []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, target, "new")
	if to, err := os.Readlink(link); err != nil || to != "real.json" {
		t.Errorf("the link points to %q, %v", to, err)
	}
}

func TestWhatIsSetAsideStandsBesideTheFile(t *testing.T) {
	folder := t.TempDir()
	f := faqFile(filepath.Join(folder, "faq.json"))
	for range 2 {
		name, err := f.setAside([]byte("my edit"))
		if err != nil || name != "faq.aside-"+sumOf([]byte("my edit"))[:8]+".json" {
			t.Errorf("%q, %v", name, err)
		}
		wantContent(t, filepath.Join(folder, name), "my edit")
	}
}

func TestAFileOfNoEndIsNotRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "faq.json")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, maxFAQFile+1)); err != nil {
		t.Fatal(err)
	}
	if _, err := faqFile(path).read(); err == nil {
		t.Error("no error")
	}
	for _, args := range [][]string{{"check", path}, {"ask", "--faq", path, "x"}} {
		if err := (&session{}).run(t, args...); err == nil || !strings.Contains(err.Error(), "larger than") {
			t.Errorf("%s: %v", args[0], err)
		}
	}
}
