package faq

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files and the schema")

// files returns the JSON files of a directory in testdata.
func files(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", dir, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("files of %s: %v, %v", dir, names, err)
	}
	return names
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// golden compares what was printed with the file of that name, which -update rewrites.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(read(t, name)), got); diff != "" {
		t.Errorf("%s (-want +got; -update rewrites it):\n%s", name, diff)
	}
}

func lines(faults []Fault) string {
	if len(faults) == 0 {
		return ""
	}
	return Faults(faults).Error() + "\n"
}

func TestBrokenFiles(t *testing.T) {
	names := files(t, "broken")
	if len(names) < 20 {
		t.Errorf("%d broken files, want at least 20", len(names))
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			f, warnings, err := Parse(read(t, name))
			var faults Faults
			if f != nil || !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("got %v, %v; want no FAQ and Faults", f, err)
			}
			golden(t, strings.TrimSuffix(name, ".json")+".want", lines(faults)+lines(warnings))
			for _, fault := range faults {
				if fault.Hint == "" {
					t.Errorf("no hint: %v", fault)
				}
			}
		})
	}
}

func TestWarnedFiles(t *testing.T) {
	for _, name := range files(t, "warned") {
		f, warnings, err := Parse(read(t, name))
		if f == nil || err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		golden(t, strings.TrimSuffix(name, ".json")+".want", lines(warnings))
	}
}

func TestGoodFiles(t *testing.T) {
	for _, name := range files(t, "good") {
		f, warnings, err := Parse(read(t, name))
		if err != nil || f == nil || len(warnings) > 0 {
			t.Errorf("%s: warnings %v, error %v", name, warnings, err)
		}
	}
}

// token is a piece of a broken file at which a fault must be told.
type token struct {
	file, piece string
	behind      bool // the fault stands behind the piece, not at its start
	reason      string
}

// The golden files could keep a wrong place for ever; here the place is found in the file by what stands there.
func TestPlaces(t *testing.T) {
	for _, tt := range []token{
		{file: "trailing-comma", piece: ",\n    },\n    {\n      \"id\": \"session-interval\"", reason: "a comma stands before"},
		{file: "missing-comma", piece: `"kind": "answer"`, behind: true, reason: "a comma is missing"},
		{file: "missing-comma", piece: `"days_ahead": 60`, behind: true, reason: "a comma is missing"},
		{file: "unquoted-text", piece: "session-interval,\n", reason: "without quotes"},
		{file: "unquoted-name", piece: `topic: "sessions"`, reason: "a name in straight double quotes"},
		{file: "open-quote", piece: `"number of sittings`, reason: "does not end in its line"},
		{file: "quote-in-text", piece: `on the "`, behind: true, reason: "the text ended too early"},
		{file: "curly-quotes", piece: "“staff", reason: "another kind"},
		{file: "comments", piece: "// what", reason: "a comment"},
		{file: "comments", piece: "# only", reason: "a comment"},
		{file: "missing-value", piece: ",\n      \"clinical\"", reason: "a value is missing"},
		{file: "missing-bracket", piece: `: ["kitne session lagte hain"]`, reason: "a colon"},
		{file: "second-file", piece: `{"entries": []}`, reason: "something follows"},
		{file: "windows-1256", piece: "\x96", reason: "UTF-8"},
		{file: "control-characters", piece: "\tsittings", reason: "U+0009"},
		{file: "lone-backslash", piece: `\_skin`, reason: "a backslash"},
		{file: "half-character", piece: `"what does it cost`, reason: "lost on the way"},
		{file: "duplicate-key", piece: `"topic": "results"`, reason: "stands twice"},
		{file: "duplicate-key", piece: `"en": ["price list"]`, reason: "stands twice"},
		{file: "duplicate-id", piece: "\"sessions-count\",\n      \"kind\": \"staff\"", reason: "stands twice"},
		{file: "missing-id", piece: "{\n      \"kind\": \"staff\"", reason: `"id" is missing`},
		{file: "unknown-field", piece: `"answers"`, reason: "unknown field"},
		{file: "unknown-language", piece: `"urdu"`, reason: "unknown language"},
		{file: "unknown-language", piece: `"ur-PK"`, reason: "unknown language"},
		{file: "wrong-type", piece: `"yes"`, reason: "true or false is wanted"},
		{file: "wrong-type", piece: "2.5", reason: "a whole number"},
		{file: "wrong-type", piece: "null", reason: "a text is wanted"},
		{file: "too-long", piece: `"cost cost`, reason: "505 characters"},
		{file: "dangling-related", piece: `"session-intervall"`, reason: "not another entry"},
		{file: "markup-stray", piece: `"Each session comes >2`, reason: "&nbsp;"},
		{file: "bad-hours", piece: `"11am-8pm"`, reason: "no span"},
		{file: "bad-hours", piece: `"14:30-20:00"`, reason: "before the span before it"},
		{file: "bad-hours", piece: `"monday"`, reason: "unknown weekday"},
		{file: "bad-dates", piece: `"2026-11-31"`, reason: "no date"},
		{file: "several", piece: `"ur-latn"`, reason: "unknown language"},
	} {
		data := read(t, filepath.Join("testdata", "broken", tt.file+".json"))
		if n := bytes.Count(data, []byte(tt.piece)); n != 1 {
			t.Errorf("%s: %q stands %d times", tt.file, tt.piece, n)
			continue
		}
		at := bytes.Index(data, []byte(tt.piece))
		if tt.behind {
			at += len(tt.piece)
		}
		line, column := lineAndColumn(data[:at])
		_, _, err := Parse(data)
		var faults Faults
		errors.As(err, &faults)
		told := false
		for _, f := range faults {
			told = told || f.Line == line && f.Column == column && strings.Contains(f.Reason, tt.reason)
		}
		if !told {
			t.Errorf("%s: nothing like %q at %d:%d, where %q stands; got\n%v", tt.file, tt.reason, line, column, tt.piece, faults)
		}
	}
}

// lineAndColumn counts in the plainest way.
func lineAndColumn(before []byte) (line, column int) {
	line, column = 1, 1
	for _, r := range string(before) {
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}

func TestFileTooLarge(t *testing.T) {
	good := read(t, "testdata/good/smallest.json")
	pad := bytes.Repeat([]byte(" "), maxBytes-len(good))
	if _, _, err := Parse(append(pad, good...)); err != nil {
		t.Errorf("1 MB: %v", err)
	}
	_, _, err := Parse(append(append(pad, ' '), good...))
	if err == nil || !strings.Contains(err.Error(), "1048577 bytes") {
		t.Errorf("a byte more: %v", err)
	}
}

func TestTooManyEntries(t *testing.T) {
	for _, tt := range []struct {
		n    int
		want string
	}{{MaxEntries, ""}, {MaxEntries + 1, "2002:1: "}} {
		var b strings.Builder
		b.WriteString(`{"entries": [`)
		for i := range tt.n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("\n" + `{"id": "e` + strconv.Itoa(i) + `", "questions": {"en": ["q` + strconv.Itoa(i) + `"]}, "answer": {"en": "a"}}`)
		}
		b.WriteString("]}")
		_, _, err := Parse([]byte(b.String()))
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)) {
			t.Errorf("%d entries: %v, want %q", tt.n, err, tt.want)
		}
	}
}
