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

// Moved is a phrasing that stood in one entry and now stands in another instead.
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
	before, after := older.homes(), newer.homes()
	var ms []Moved
	for i := range newer.Entries {
		e := &newer.Entries[i]
		for _, q := range e.Asked() {
			key := Normalize(q)
			if slices.Contains(before[key], e.ID) {
				continue
			}
			left := slices.IndexFunc(before[key], func(id string) bool { return !slices.Contains(after[key], id) })
			if left >= 0 {
				ms = append(ms, Moved{Phrasing: q, From: before[key][left], To: e.ID})
			}
		}
	}
	return ms
}

// homes returns the ids of the entries in which each phrasing stands, mostly one.
func (f *FAQ) homes() map[string][]string {
	home := map[string][]string{}
	for i := range f.Entries {
		for _, q := range f.Entries[i].Asked() {
			key := Normalize(q)
			home[key] = append(home[key], f.Entries[i].ID)
		}
	}
	return home
}

// aside returns the FAQ without its entries, what only editors read and what is derived from the bytes.
func (f *FAQ) aside() FAQ {
	c := *f
	c.Schema, c.Entries, c.byID, c.SHA256 = "", nil, nil, ""
	return c
}
