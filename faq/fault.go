package faq

import (
	"fmt"
	"strings"
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
		fmt.Fprintf(&b, "entry %q: ", f.Entry)
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
