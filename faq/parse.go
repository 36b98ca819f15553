package faq

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// Parse reads and checks the bytes of a faq.json. It returns the FAQ and the warnings about it, or Faults as the error:
// every fault that was found, in one pass. A UTF-8 byte order mark at the start is accepted.
func Parse(data []byte) (*FAQ, []Fault, error) {
	sum := sha256.Sum256(data)
	f := &FAQ{SHA256: hex.EncodeToString(sum[:])}
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	p := newParser(text)
	if p.root != nil {
		p.fill(p.root, reflect.ValueOf(f).Elem())
		f.complete(p.root)
		p.check(f)
	}
	faults, warnings := place(p.found, text).split()
	if len(faults) > 0 {
		return nil, warnings, faults
	}
	return f, warnings, nil
}

// complete sets what the contract says of absent values.
func (f *FAQ) complete(root *value) {
	if root.child("version") == nil {
		f.Version = 1
	}
	if root.child("clinic") == nil {
		f.Clinic.Example = true // a file that says nothing of the clinic promises nothing
	}
	f.Clinic.complete(root.child("clinic"))
	f.byID = make(map[string]int, len(f.Entries))
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Kind == "" {
			e.Kind = Answer
		}
		if len(e.Title) == 0 {
			e.Title = firstQuestions(e.Questions)
		}
		if _, taken := f.byID[e.ID]; !taken {
			f.byID[e.ID] = i
		}
	}
}

func firstQuestions(questions map[Language][]string) Text {
	t := Text{}
	for l, qs := range questions {
		if len(qs) > 0 {
			t[l] = qs[0]
		}
	}
	return t
}

// parser collects the faults of one file while its tree becomes a FAQ.
type parser struct {
	root   *value // nil if the bytes could not be read to the end
	entry  string // id of the entry being read, for the faults' sake
	found  []found
	told   int // faults found, those included that are not kept
	warned int
	broken map[int]bool // offsets of values that do not even have their shape, and of which no more is said
	fields map[reflect.Type]map[string]int
}

func newParser(text []byte) *parser {
	p := &parser{broken: map[int]bool{}, fields: map[reflect.Type]map[string]int{}}
	root, slips := readTree(text)
	for _, s := range slips {
		p.entry = s.entry
		p.breaks(s.at, s.reason, s.hint)
	}
	p.entry = ""
	p.root = root
	return p
}

// maxFaults are as many faults, and as many warnings, as are told of one file: more than anyone reads, less than fills a memory.
const maxFaults = 1000

// fault notes what is wrong at an offset, unless the value there is broken: it is told once.
func (p *parser) fault(at int, reason, hint string) {
	if p.broken[at] {
		return
	}
	switch p.told++; {
	case p.told <= maxFaults:
		p.found = append(p.found, found{at, Fault{Entry: p.entry, Reason: reason, Hint: hint}})
	case p.told == maxFaults+1:
		p.found = append(p.found, found{at, Fault{Entry: p.entry, Reason: fmt.Sprintf("there are more than %d faults", maxFaults), Hint: "mend these first"}})
	}
}

// breaks notes a fault after which nothing more is said of the value.
func (p *parser) breaks(at int, reason, hint string) {
	p.fault(at, reason, hint)
	if p.told <= maxFaults {
		p.broken[at] = true
	}
}

func (p *parser) warn(at int, reason, hint string) {
	if p.warned++; p.warned <= maxFaults {
		p.found = append(p.found, found{at, Fault{Entry: p.entry, Reason: reason, Hint: hint, Warning: true}})
	}
}

// fill sets a Go value from a JSON value of the same shape; what differs is a fault and left at its zero value, as an empty list is.
func (p *parser) fill(v *value, to reflect.Value) {
	if to.Type() == reflect.TypeFor[Entry]() {
		if id := v.child("id"); id != nil {
			p.entry, _ = id.scalar.(string)
		}
		defer func() { p.entry = "" }()
	}
	switch to.Kind() {
	case reflect.Struct:
		p.fillStruct(v, to)
	case reflect.Map:
		p.fillMap(v, to)
	case reflect.Slice:
		p.fillSlice(v, to)
	default:
		p.fillScalar(v, to)
	}
}

func (p *parser) fillStruct(v *value, to reflect.Value) {
	if !p.isA(v, objectShape) {
		return
	}
	fields := p.fieldsOf(to.Type())
	for _, m := range v.members {
		i, known := fields[m.key]
		if !known {
			p.breaks(m.at, "unknown field "+quote(m.key), "known here: "+strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
			continue
		}
		p.fill(m.val, to.Field(i))
	}
}

// fieldsOf returns the position of each field of a struct by its name in JSON.
func (p *parser) fieldsOf(t reflect.Type) map[string]int {
	if known, ok := p.fields[t]; ok {
		return known
	}
	fields := map[string]int{}
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("json"); name != "" && name != "-" {
			fields[name] = i
		}
	}
	p.fields[t] = fields
	return fields
}

func (p *parser) fillMap(v *value, to reflect.Value) {
	if !p.isA(v, objectShape) {
		return
	}
	if len(v.members) == 0 {
		return
	}
	to.Set(reflect.MakeMap(to.Type()))
	for _, m := range v.members {
		if reason, hint := keyFault(to.Type().Key(), m.key); reason != "" {
			p.breaks(m.at, reason, hint)
			continue
		}
		item := reflect.New(to.Type().Elem()).Elem()
		p.fill(m.val, item)
		to.SetMapIndex(reflect.ValueOf(m.key).Convert(to.Type().Key()), item)
	}
}

// keyFault tells what is wrong with a name that stands as the key of a map.
func keyFault(kind reflect.Type, key string) (reason, hint string) {
	if kind == reflect.TypeFor[Language]() && !slices.Contains(Languages, Language(key)) {
		return "unknown language " + quote(key), languageHint
	}
	return textFault(key)
}

const languageHint = `the languages are "en", "ur-Latn" (Roman Urdu) and "ur"`

// textFault tells what no text of the file may hold.
func textFault(s string) (reason, hint string) {
	for _, r := range s {
		switch {
		case r == unicode.ReplacementChar:
			return "the text holds a character that was lost on the way (\ufffd)", "type it anew"
		case unicode.IsControl(r) && r != '\n':
			return fmt.Sprintf("the text holds a control character (%U)", r), "delete it, and type it anew instead of pasting it"
		}
	}
	return "", ""
}

func (p *parser) fillSlice(v *value, to reflect.Value) {
	if !p.isA(v, arrayShape) || len(v.items) == 0 {
		return
	}
	if len(v.items) > MaxEntries {
		p.fault(v.items[MaxEntries].at, fmt.Sprintf("the list has %d items, at most %d are allowed", len(v.items), MaxEntries), "join or delete some")
		v.items = v.items[:MaxEntries]
	}
	to.Set(reflect.MakeSlice(to.Type(), len(v.items), len(v.items)))
	for i, item := range v.items {
		p.fill(item, to.Index(i))
	}
}

func (p *parser) fillScalar(v *value, to reflect.Value) {
	switch s := v.scalar.(type) {
	case string:
		if to.Kind() == reflect.String {
			if reason, hint := textFault(s); reason != "" {
				p.breaks(v.at, reason, hint)
			}
			to.SetString(s)
			return
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(s)
			return
		}
	case json.Number:
		if n, err := s.Int64(); err == nil && to.CanInt() {
			to.SetInt(n)
			return
		}
	}
	switch to.Kind() {
	case reflect.String:
		p.wanted(v, "a text", `write it in double quotes`)
	case reflect.Bool:
		p.wanted(v, "true or false", "write one of these words without quotes")
	default:
		p.wanted(v, "a whole number", "write digits without quotes")
	}
}

func (p *parser) wanted(v *value, what, hint string) {
	p.breaks(v.at, fmt.Sprintf("%s is wanted here, not %s", what, v.what()), hint)
}

// isA tells whether the value is an object or a list, as it should be. Of two equal names in an object the first counts from here on.
func (p *parser) isA(v *value, want shape) bool {
	if v.shape != want {
		p.wanted(v, (&value{shape: want}).what(), "compare with the same place in another entry or in the example")
		return false
	}
	for _, m := range v.dropRepeated() {
		p.breaks(m.at, fmt.Sprintf("the field %s stands twice", quote(m.key)), "only one of them can count: delete the other")
	}
	return true
}
