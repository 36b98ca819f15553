package faq

import "encoding/json"

// value is a JSON value that knows its place, so that every fault can be shown where it stands.
type value struct {
	at      int // offset of the first byte in the file
	shape   shape
	scalar  any // string, json.Number, bool or nil
	members []member
	items   []*value
}

type member struct {
	key string
	at  int // offset of the key
	val *value
}

type shape int

const (
	scalarShape shape = iota
	objectShape
	arrayShape
)

// what names the value's shape for a person.
func (v *value) what() string {
	switch v.shape {
	case objectShape:
		return "an object { }"
	case arrayShape:
		return "a list [ ]"
	}
	switch s := v.scalar.(type) {
	case string:
		return "a text"
	case json.Number:
		return "the number " + s.String()
	case bool:
		return "true or false"
	}
	return "null"
}

// find walks down by keys (string) and positions (int) and returns the deepest value there is on the way.
func (v *value) find(path ...any) *value {
	for _, step := range path {
		next := v.child(step)
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

// child returns the value one step down, or nil.
func (v *value) child(step any) *value {
	switch s := step.(type) {
	case int:
		if s < len(v.items) {
			return v.items[s]
		}
	case string:
		for _, m := range v.members {
			if m.key == s {
				return m.val
			}
		}
	case Language:
		return v.child(string(s))
	}
	return nil
}

// dropRepeated keeps the first of the members with one key and returns the others.
func (v *value) dropRepeated() []member {
	seen := make(map[string]bool, len(v.members))
	var first, repeated []member
	for _, m := range v.members {
		if seen[m.key] {
			repeated = append(repeated, m)
			continue
		}
		seen[m.key] = true
		first = append(first, m)
	}
	if len(repeated) > 0 {
		v.members = first
	}
	return repeated
}
