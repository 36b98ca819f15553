package faq

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	maxBytes   = 1 << 20 // of a whole file; the limit of an upload
	maxDepth   = 16      // the contract's shape needs 7
	entryDepth = 2       // of an entry, in the list "entries" of the top
)

// slip is a place where the bytes are no JSON.
type slip struct {
	at     int
	entry  string // id of the entry it stands in, as far as that was read
	reason string
	hint   string
}

// reader reads bytes as JSON. It is our own because encoding/json stops at the first slip, tells its place only roughly and keeps the
// last of two equal keys in silence, while a person who edits a file by hand wants every comma shown where it is missing.
type reader struct {
	data    []byte
	at      int
	section string // name of the top-level value being read
	entry   string // id of the entry being read
	slips   []slip
}

// readTree reads the whole file as one JSON value. The value is nil if a slip left no way to go on; the slips before it and
// those that did not hinder reading are returned in any case.
func readTree(data []byte) (*value, []slip) {
	r := reader{data: data}
	if !r.decodable() {
		return nil, r.slips
	}
	v := r.value(0)
	if r.space(); v != nil && r.at < len(data) {
		r.slip(r.at, "something follows after the end of the JSON", "delete everything after the closing brace } that belongs to the first {")
	}
	return v, r.slips
}

func (r *reader) slip(at int, reason, hint string) {
	if len(r.slips) <= maxFaults { // one more than are told, so that it is told that there are more
		r.slips = append(r.slips, slip{at, r.entry, reason, hint})
	}
}

// slipEnd is the slip of a file that has no more bytes where some must follow.
func (r *reader) slipEnd() {
	if len(bytes.TrimSpace(r.data)) == 0 {
		r.slip(0, "the file is empty", "take back the last version that worked")
		return
	}
	r.slip(len(r.data), "the file ends before it is complete", "a closing brace } or bracket ] is missing, or the file was cut off")
}

// decodable tells whether the bytes are a text of a size that is read.
func (r *reader) decodable() bool {
	const utf8Hint = "save it again with the encoding UTF-8"
	switch {
	case len(r.data) > maxBytes:
		r.slip(0, fmt.Sprintf("the file has %d bytes, more than the %d that are read", len(r.data), maxBytes), "shorten it; a clinic's file has some hundred kilobytes")
	case bytes.HasPrefix(r.data, []byte{0xff, 0xfe}), bytes.HasPrefix(r.data, []byte{0xfe, 0xff}),
		bytes.HasPrefix(r.data, []byte{'{', 0}), bytes.HasPrefix(r.data, []byte{0, '{'}):
		r.slip(0, "the file is saved as UTF-16", utf8Hint)
	case !utf8.Valid(r.data):
		r.slip(invalidAt(r.data), "the file is not in the encoding UTF-8", utf8Hint)
	}
	return len(r.slips) == 0
}

// invalidAt returns the offset of the first byte that is no UTF-8.
func invalidAt(data []byte) int {
	for at := 0; at < len(data); {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return len(data)
}

// space skips what stands between values; a comment, which JSON does not know, is a slip.
func (r *reader) space() {
	for r.at < len(r.data) {
		rest := r.data[r.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			r.at++
		case rest[0] == '#', bytes.HasPrefix(rest, []byte("//")):
			r.comment("\n")
		case bytes.HasPrefix(rest, []byte("/*")):
			r.comment("*/")
		default:
			return
		}
	}
}

func (r *reader) comment(end string) {
	r.slip(r.at, "a comment stands here", "the file has no place for comments: delete it")
	_, after, _ := bytes.Cut(r.data[r.at:], []byte(end))
	r.at = len(r.data) - len(after)
}

// next returns the next byte, and 0 at the end of the file.
func (r *reader) next() byte {
	if r.at == len(r.data) {
		return 0
	}
	return r.data[r.at]
}

// value reads the next value. Like all that read here it returns nothing after a slip that leaves no way to go on.
func (r *reader) value(depth int) *value {
	r.space()
	switch at := r.at; {
	case at == len(r.data):
		r.slipEnd()
		return nil
	case depth > maxDepth:
		r.slip(at, "the values are nested too deeply", "compare with the shape of an entry that works")
		return nil
	case r.next() == '{':
		return r.object(depth)
	case r.next() == '[':
		return r.array(depth)
	case r.next() == '"':
		s, ok := r.text()
		if !ok {
			return nil
		}
		return &value{at: at, scalar: s}
	}
	return r.bare()
}

func (r *reader) object(depth int) *value {
	v := &value{at: r.at, shape: objectShape}
	if !r.list('}', func() bool { return r.member(v, depth) }) {
		return nil
	}
	if depth == entryDepth {
		r.entry = ""
	}
	return v
}

func (r *reader) member(v *value, depth int) bool {
	m := member{at: r.at}
	ok := false
	if r.next() != '"' {
		r.slip(r.at, "a name in straight double quotes is missing here", `write "name": value; a quote inside a text is written \"`)
		return false
	}
	if m.key, ok = r.text(); !ok {
		return false
	}
	if r.space(); r.next() != ':' {
		r.slip(r.at, fmt.Sprintf("a colon : is missing after the name %s", quote(m.key)), `write "name": value; a quote inside a text is written \"`)
		return false
	}
	r.at++
	if depth == 0 {
		r.section = m.key
	}
	if m.val = r.value(depth + 1); m.val == nil {
		return false
	}
	if depth == entryDepth && r.section == "entries" && m.key == "id" {
		r.entry, _ = m.val.scalar.(string)
	}
	v.members = append(v.members, m)
	return true
}

func (r *reader) array(depth int) *value {
	v := &value{at: r.at, shape: arrayShape}
	ok := r.list(']', func() bool {
		item := r.value(depth + 1)
		v.items = append(v.items, item)
		return item != nil
	})
	if !ok {
		return nil
	}
	return v
}

// list reads from the opening bracket to the closing one, with the commas between the items. An item tells whether it could be read.
func (r *reader) list(closing byte, item func() bool) bool {
	r.at++
	for first := true; ; first = false {
		end := r.at // of the item before
		r.space()
		comma := r.commas(first)
		switch c := r.next(); {
		case r.at == len(r.data):
			r.slipEnd()
			return false
		case c == closing:
			if comma >= 0 {
				r.slip(comma, "a comma stands before the closing bracket", "delete this comma")
			}
			r.at++
			return true
		case c == '}' || c == ']':
			r.slip(r.at, fmt.Sprintf("%c closes here what %c should close", c, closing), "a bracket before this place is missing, or this one is too much")
			return false
		case first || comma >= 0:
		case c == ':' && closing == ']':
			r.slip(r.at, "a colon : stands in a list [ ]", "the ] of the list is missing before this name")
			return false
		case strings.IndexByte(`"{[`, c) < 0:
			r.slip(end, "a comma is missing here, or the text ended too early", `a quote inside a text is written \"`)
			return false
		default:
			r.slip(end, "a comma is missing here", "write a comma between one value and the next")
		}
		if !item() {
			return false
		}
	}
}

// commas skips the comma before an item and returns its place, or -1 if there is none. More than one is a slip.
func (r *reader) commas(first bool) int {
	comma := -1
	for r.next() == ',' {
		if first || comma >= 0 {
			r.slip(r.at, "a comma too many", "delete this comma")
		} else {
			comma = r.at
		}
		r.at++
		r.space()
	}
	return comma
}

// text reads a string with its quotes.
func (r *reader) text() (string, bool) {
	from, sound, plain := r.at, true, true
	for r.at++; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; {
		case c == '"':
			r.at++
			quoted := r.data[from:r.at]
			s := string(quoted[1 : len(quoted)-1])
			if !sound {
				return strings.Map(printable, s), true
			}
			if plain {
				return s, true
			}
			if err := json.Unmarshal(quoted, &s); err != nil {
				r.slip(from, "the text cannot be read: "+err.Error(), "type it anew")
				return "", false
			}
			return s, true
		case c == '\\':
			plain = false
			sound = r.escape() && sound
		case c == '\n' || c == '\r':
			r.slip(from, "the text that begins here does not end in its line", `a quote " is missing at its end; a new line inside a text is written \n`)
			return "", false
		case c < ' ':
			sound = false
			r.slip(r.at, fmt.Sprintf("the text holds a control character (%U)", c), "delete it, and type it anew instead of pasting it")
		}
	}
	r.slipEnd()
	return "", false
}

// printable drops a control character, of which has been told.
func printable(r rune) rune {
	if r < ' ' {
		return -1
	}
	return r
}

// escape steps from a backslash to the last character that belongs to it, and tells whether one does.
func (r *reader) escape() bool {
	after := r.data[r.at+1:]
	switch {
	case len(after) > 0 && strings.IndexByte(`"\/bfnrt`, after[0]) >= 0:
		r.at++
	case len(after) > 4 && after[0] == 'u' && len(bytes.Trim(after[1:5], "0123456789abcdefABCDEF")) == 0:
		r.at += 5
	default:
		r.slip(r.at, "a backslash stands alone", `delete it, or write \\ for a backslash, \" for a quote and \n for a new line`)
		return false
	}
	return true
}

// bare reads what stands without quotes: a number, true, false or null, or a text that lacks them.
func (r *reader) bare() *value {
	v := &value{at: r.at}
	for r.at < len(r.data) && strings.IndexByte(" \t\r\n,]}[{\"", r.data[r.at]) < 0 {
		r.at++
	}
	switch word := string(r.data[v.at:r.at]); {
	case word == "true" || word == "false":
		v.scalar = word == "true"
	case word == "null":
	case word == "":
		r.slip(v.at, "a value is missing here", `write "name": value`)
		return nil
	case json.Valid([]byte(word)):
		v.scalar = json.Number(word)
	default:
		return r.unquoted(v.at, word)
	}
	return v
}

// unquoted tells what is wrong with a word without quotes and takes it as a text if it is all that stands there.
func (r *reader) unquoted(at int, word string) *value {
	if strings.ContainsAny(word, "'`“”„‘’«»") {
		r.slip(at, "the text stands in quotes of another kind, or in none", `use the straight double quote "`)
	} else {
		r.slip(at, quote(word)+" stands without quotes", "a text stands in double quotes; numbers, true and false stand as they are, in small letters")
	}
	if r.space(); strings.IndexByte(",]}", r.next()) < 0 {
		return nil
	}
	return &value{at: at, scalar: word}
}
