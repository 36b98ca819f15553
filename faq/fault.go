package faq

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Fault is something wrong in a faq.json, told to the person who edits it.
type Fault struct {
	Line    int    // from 1
	Column  int    // from 1, in characters
	Entry   string // id of the entry it stands in, or empty
	Reason  string // what is wrong
	Hint    string // what to do about it
	Warning bool   // worth a look, but the file works
}

// String returns the fault on one line: place, entry, reason and hint.
func (f Fault) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d:%d: ", f.Line, f.Column)
	if f.Warning {
		b.WriteString("warning: ")
	}
	if f.Entry != "" {
		fmt.Fprintf(&b, "entry %s: ", quote(f.Entry))
	}
	b.WriteString(f.Reason)
	if f.Hint != "" {
		fmt.Fprintf(&b, " (%s)", f.Hint)
	}
	return b.String()
}

// Faults are all faults of one file, in the order of their places. As an error it says them all, one a line.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// found is a fault whose place is still an offset in the file.
type found struct {
	at int
	Fault
}

// place sorts what was found and gives each its line and column, in one walk through the file.
func place(all []found, data []byte) Faults {
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.at, b.at) })
	fs := make(Faults, len(all))
	at, line, column := 0, 1, 1
	for i, f := range all {
		step := data[at:f.at]
		if newline := bytes.LastIndexByte(step, '\n'); newline >= 0 {
			line += bytes.Count(step, []byte("\n"))
			column = 1
			step = step[newline+1:]
		}
		column += utf8.RuneCount(step)
		at = f.at
		fs[i] = f.Fault
		fs[i].Line, fs[i].Column = line, column
	}
	return fs
}

// FaultOf is a fault of an entry that shows only when the file is used; its place is that entry's.
func FaultOf(data []byte, entry, reason, hint string) Fault {
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	at := 0
	if root, _ := readTree(text); root != nil {
		for _, e := range root.find("entries").items {
			if id := e.child("id"); id != nil && id.scalar == any(entry) {
				at = e.at
			}
		}
	}
	return place([]found{{at, Fault{Entry: entry, Reason: reason, Hint: hint}}}, text)[0]
}

// split parts the faults that forbid the file from the warnings.
func (fs Faults) split() (faults, warnings Faults) {
	for _, f := range fs {
		if f.Warning {
			warnings = append(warnings, f)
		} else {
			faults = append(faults, f)
		}
	}
	return faults, warnings
}

// quote returns a piece of the file in quotes, no longer than it takes to recognise it.
func quote(s string) string {
	const enough = 60
	n := 0
	for i := range s {
		if n++; n > enough {
			return strconv.Quote(s[:i] + "…")
		}
	}
	return strconv.Quote(s)
}
