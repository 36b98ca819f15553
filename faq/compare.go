package faq

import (
	"reflect"
	"slices"
)

// Changes is what differs between two versions of a FAQ. The lists hold ids in the order of the newer file (Removed: of the
// older one).
type Changes struct {
	Added   []string
	Changed []string
	Removed []string
	Moved   []Moved
	Other   bool // something beside the entries differs: the clinic's data, replies, glossary ...
}

// Moved is a phrasing that stood in one entry and now stands in another.
type Moved struct {
	Phrasing string
	From, To string
}

// None tells that the versions say the same.
func (c Changes) None() bool {
	return len(c.Added)+len(c.Changed)+len(c.Removed)+len(c.Moved) == 0 && !c.Other
}

// Compare tells what a newer version changes.
func Compare(older, newer *FAQ) Changes {
	var c Changes
	for i := range newer.Entries {
		e := &newer.Entries[i]
		before, was := older.Entry(e.ID)
		switch {
		case !was:
			c.Added = append(c.Added, e.ID)
		case !reflect.DeepEqual(before, e):
			c.Changed = append(c.Changed, e.ID)
		}
	}
	for i := range older.Entries {
		if _, still := newer.Entry(older.Entries[i].ID); !still {
			c.Removed = append(c.Removed, older.Entries[i].ID)
		}
	}
	c.Moved = moved(older, newer)
	c.Other = !reflect.DeepEqual(older.aside(), newer.aside())
	return c
}

func moved(older, newer *FAQ) []Moved {
	home := map[string][]string{} // a phrasing may stand in several entries
	for i := range older.Entries {
		for _, q := range older.Entries[i].Asked() {
			home[Normalize(q)] = append(home[Normalize(q)], older.Entries[i].ID)
		}
	}
	var ms []Moved
	for i := range newer.Entries {
		e := &newer.Entries[i]
		for _, q := range e.Asked() {
			was := home[Normalize(q)]
			if len(was) > 0 && !slices.Contains(was, e.ID) {
				ms = append(ms, Moved{Phrasing: q, From: was[0], To: e.ID})
			}
		}
	}
	return ms
}

// aside returns the FAQ without its entries and what is derived from the bytes.
func (f *FAQ) aside() FAQ {
	c := *f
	c.Entries, c.byID, c.SHA256 = nil, nil, ""
	return c
}
