package faq

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Parse reads and checks the bytes of a faq.json. It returns the FAQ and the warnings about it, or Faults as the error:
// every fault that was found, in one pass. A UTF-8 byte order mark at the start is accepted.
func Parse(data []byte) (*FAQ, []Fault, error) {
	p := parser{src: &source{data: bytes.TrimPrefix(data, []byte("\ufeff"))}}
	sum := sha256.Sum256(data)
	f := &FAQ{SHA256: hex.EncodeToString(sum[:])}
	root, err := readTree(p.src.data)
	if err != nil {
		var syn *syntaxError
		if errors.As(err, &syn) {
			p.fault(syn.at, syn.reason, syn.hint)
			return nil, nil, p.faults
		}
		return nil, nil, err
	}
	p.root = root
	p.fill(root, reflect.ValueOf(f).Elem())
	f.complete(root)
	p.check(f)
	slices.SortStableFunc(p.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	faults, warnings := p.faults.split()
	if len(faults) > 0 {
		return nil, warnings, faults
	}
	return f, warnings, nil
}

// complete sets what the contract says of absent values.
func (f *FAQ) complete(root *value) {
	if root.child("clinic") == nil {
		f.Clinic.Example = true // a file that says nothing of the clinic promises nothing
	}
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
	src    *source
	root   *value
	entry  string // id of the entry being read, for the faults' sake
	faults Faults
}

func (p *parser) fault(at int, reason, hint string) {
	line, column := p.src.place(at)
	p.faults = append(p.faults, Fault{Line: line, Column: column, Entry: p.entry, Reason: reason, Hint: hint})
}

func (p *parser) warn(at int, reason, hint string) {
	p.fault(at, reason, hint)
	p.faults[len(p.faults)-1].Warning = true
}

// fill sets a Go value from a JSON value of the same shape; what differs is a fault and left at its zero value.
func (p *parser) fill(v *value, to reflect.Value) {
	if to.Type() == reflect.TypeFor[Entry]() {
		p.entry, _ = v.find("id").scalar.(string)
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
	fields := map[string]int{}
	for i := range to.NumField() {
		if name := to.Type().Field(i).Tag.Get("json"); name != "" && name != "-" {
			fields[name] = i
		}
	}
	for _, m := range p.once(v) {
		i, known := fields[m.key]
		if !known {
			p.fault(m.at, fmt.Sprintf("unknown field %q", m.key), "known here: "+strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
			continue
		}
		p.fill(m.val, to.Field(i))
	}
}

func (p *parser) fillMap(v *value, to reflect.Value) {
	if !p.isA(v, objectShape) {
		return
	}
	to.Set(reflect.MakeMap(to.Type()))
	for _, m := range p.once(v) {
		if to.Type().Key() == reflect.TypeFor[Language]() && !slices.Contains(Languages, Language(m.key)) {
			p.fault(m.at, fmt.Sprintf("unknown language %q", m.key), `the languages are "en", "ur-Latn" (Roman Urdu) and "ur"`)
			continue
		}
		item := reflect.New(to.Type().Elem()).Elem()
		p.fill(m.val, item)
		to.SetMapIndex(reflect.ValueOf(m.key).Convert(to.Type().Key()), item)
	}
}

func (p *parser) fillSlice(v *value, to reflect.Value) {
	if !p.isA(v, arrayShape) {
		return
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
	wanted := map[reflect.Kind]string{reflect.String: "a text", reflect.Bool: "true or false", reflect.Int: "a whole number", reflect.Int64: "a whole number"}
	p.fault(v.at, fmt.Sprintf("%s is wanted here, not %s", wanted[to.Kind()], v.what()), "")
}

func (p *parser) isA(v *value, want shape) bool {
	if v.shape == want {
		return true
	}
	p.fault(v.at, fmt.Sprintf("%s is wanted here, not %s", (&value{shape: want}).what(), v.what()), "")
	return false
}

// once returns the members of an object without those whose key stands a second time.
func (p *parser) once(v *value) []member {
	seen := map[string]bool{}
	var first []member
	for _, m := range v.members {
		if seen[m.key] {
			p.fault(m.at, fmt.Sprintf("the field %q stands twice", m.key), "only one of them can count: delete the other")
			continue
		}
		seen[m.key] = true
		first = append(first, m)
	}
	return first
}
