package faq

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// value is a JSON value that knows its place, so that every fault can be shown where it stands. encoding/json alone loses
// the place and keeps the last of two equal keys in silence.
type value struct {
	at      int // offset of the first byte in the file
	scalar  any // string, json.Number, bool or nil
	members []member
	items   []*value
	shape   shape
}

type member struct {
	key string
	at  int
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
	switch {
	case v.shape == objectShape:
		return "an object { }"
	case v.shape == arrayShape:
		return "a list [ ]"
	}
	switch v.scalar.(type) {
	case string:
		return "a text"
	case json.Number:
		return "a number"
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

const (
	maxBytes = 1 << 20 // of a whole file; the limit of an upload
	maxDepth = 16      // the contract's shape needs 7
)

// source is the file's bytes while they are read, and where its lines begin.
type source struct {
	data []byte
	dec  *json.Decoder
	last int // offset behind the last token
}

// place returns line and column of an offset, both from 1; the column counts characters.
func (s *source) place(offset int) (line, column int) {
	offset = min(offset, len(s.data))
	before := s.data[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

// syntaxError is a place where the bytes are no JSON.
type syntaxError struct {
	at     int
	reason string
	hint   string
}

func (e *syntaxError) Error() string { return e.reason }

// readTree reads the whole file as one JSON value. It returns a *syntaxError where it is none.
func readTree(data []byte) (*value, error) {
	if err := encodingFault(data); err != nil {
		return nil, err
	}
	s := &source{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	s.dec.UseNumber()
	v, err := s.value(0)
	if err != nil {
		return nil, s.explain(err)
	}
	if rest := bytes.TrimLeft(data[s.dec.InputOffset():], " \t\r\n"); len(rest) > 0 {
		return nil, &syntaxError{len(data) - len(rest), "something follows after the end of the JSON", "delete everything after the last closing brace }"}
	}
	return v, nil
}

func encodingFault(data []byte) error {
	switch {
	case len(data) > maxBytes:
		return &syntaxError{0, fmt.Sprintf("the file has %d bytes, more than the %d that are read", len(data), maxBytes), "shorten it; a clinic's file has some hundred kilobytes"}
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return &syntaxError{0, "the file is saved as UTF-16", "save it again with the encoding UTF-8"}
	case !utf8.Valid(data):
		at := 0
		for at < len(data) {
			r, n := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			at += n
		}
		return &syntaxError{at, "the file is not in the encoding UTF-8", "save it again with the encoding UTF-8"}
	}
	return nil
}

// token returns the next token and the offset where it begins.
func (s *source) token() (json.Token, int, error) {
	from := int(s.dec.InputOffset())
	tok, err := s.dec.Token()
	for from < len(s.data) && strings.IndexByte(" \t\r\n,:", s.data[from]) >= 0 {
		from++
	}
	s.last = from
	return tok, from, err
}

func (s *source) value(depth int) (*value, error) {
	tok, at, err := s.token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, &syntaxError{at, "the values are nested too deeply", "compare with the shape of an entry that works"}
	}
	switch tok {
	case json.Delim('{'):
		return s.object(at, depth)
	case json.Delim('['):
		return s.array(at, depth)
	}
	return &value{at: at, scalar: tok}, nil
}

func (s *source) object(at, depth int) (*value, error) {
	v := &value{at: at, shape: objectShape}
	for s.dec.More() {
		tok, keyAt, err := s.token()
		if err != nil {
			return nil, err
		}
		key, ok := tok.(string)
		if !ok {
			return nil, &syntaxError{keyAt, "a name in double quotes is missing here", `write "name": value`}
		}
		val, err := s.value(depth + 1)
		if err != nil {
			return nil, err
		}
		v.members = append(v.members, member{key, keyAt, val})
	}
	_, _, err := s.token()
	return v, err
}

func (s *source) array(at, depth int) (*value, error) {
	v := &value{at: at, shape: arrayShape}
	for s.dec.More() {
		item, err := s.value(depth + 1)
		if err != nil {
			return nil, err
		}
		v.items = append(v.items, item)
	}
	_, _, err := s.token()
	return v, err
}

// explain turns a decoder's error into one with a place and a hint.
func (s *source) explain(err error) error {
	var own *syntaxError
	if errors.As(err, &own) {
		return own
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || s.last >= len(s.data) {
		return &syntaxError{len(s.data), "the file ends before it is complete", "a closing brace }, bracket ] or quote \" is missing, or the file was cut off"}
	}
	var syn *json.SyntaxError
	at := s.last
	if errors.As(err, &syn) && int(syn.Offset) > at && int(syn.Offset) <= len(s.data) {
		at = int(syn.Offset) - 1
	}
	if comma, ok := s.trailingComma(at); ok {
		return &syntaxError{comma, "a comma stands before the closing bracket", "delete this comma"}
	}
	return &syntaxError{at, "this is no valid JSON: " + err.Error(), "often a comma or a quote is missing just before this place; a quote inside a text is written \\\""}
}

// trailingComma tells whether the closing bracket at the offset follows a comma, and where that comma stands.
func (s *source) trailingComma(at int) (int, bool) {
	if s.data[at] != '}' && s.data[at] != ']' {
		return 0, false
	}
	before := bytes.TrimRight(s.data[:at], " \t\r\n")
	return len(before) - 1, len(before) > 0 && before[len(before)-1] == ','
}
