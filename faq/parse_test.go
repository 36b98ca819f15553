package faq

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Whatever the bytes: no panic, either a FAQ or faults, each at a place inside the file; and what is accepted is accepted again.
func FuzzParse(f *testing.F) {
	for _, dir := range []string{"broken", "good", "warned"} {
		names, err := filepath.Glob(filepath.Join("testdata", dir, "*.json"))
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			f.Add(read(f, name))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sameAsJSON(t, data)
		faq, warnings, err := Parse(data)
		var faults Faults
		if (faq == nil) != errors.As(err, &faults) || (faq == nil) != (len(faults) > 0) {
			t.Fatalf("a FAQ: %v, error %v", faq != nil, err)
		}
		rows := bytes.Split(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\n"))
		for _, fault := range append(faults, warnings...) {
			if fault.Line < 1 || fault.Line > len(rows) || fault.Column < 1 || fault.Column > len([]rune(string(rows[fault.Line-1])))+1 {
				t.Errorf("a fault outside of the file: %v", fault)
			}
			if fault.Reason == "" || fault.Hint == "" || strings.Contains(fault.String(), "\n") {
				t.Errorf("a fault that does not tell: %q", fault)
			}
		}
		if faq == nil {
			return
		}
		again, _, err := Parse(data)
		if err != nil || !cmp.Equal(faq.Entries, again.Entries) || !Compare(faq, again).None() {
			t.Errorf("accepted once, then: %v", err)
		}
		for i := range faq.Entries {
			if e := &faq.Entries[i]; len(e.Asked()) == 0 || len(e.Answer) == 0 || len(e.Title) == 0 {
				t.Errorf("accepted without words: %+v", e)
			}
		}
	})
}

// sameAsJSON checks that our reader and encoding/json agree on what is JSON, but for the limits that only ours has.
func sameAsJSON(t *testing.T, data []byte) {
	r := reader{data: data}
	if !r.decodable() {
		return
	}
	_, slips := readTree(data)
	for _, s := range slips {
		if strings.Contains(s.reason, "nested too deeply") {
			return
		}
	}
	if valid := json.Valid(data); valid != (len(slips) == 0) {
		t.Errorf("JSON: %v, but slips %v", valid, slips)
	}
}

// A fault put at any place of the clinic's own file is told at that place and in that entry, and nothing else is.
func TestPlacesInTheClinicFile(t *testing.T) {
	data := read(t, clinicFile)
	f, _ := clinicFAQ(t)
	for _, i := range []int{0, 1, len(f.Entries) / 2, len(f.Entries) - 1} {
		id := f.Entries[i].ID
		start := bytes.Index(data, []byte(`"id": "`+id+`"`))
		for _, tt := range []struct{ old, new, reason string }{
			{`"questions"`, `"qestions"`, "unknown field"},
			{`"answer":`, `"answer"`, "a colon : is missing"},
			{`"en": [`, `"eng": [`, "unknown language"},
		} {
			at := start + bytes.Index(data[start:], []byte(tt.old))
			changed := append(append(bytes.Clone(data[:at]), tt.new...), data[at+len(tt.old):]...)
			if tt.new == `"answer"` {
				at += len(`"answer" `)
			}
			line, column := lineAndColumn(data[:at])
			_, _, err := Parse(changed)
			var faults Faults
			errors.As(err, &faults)
			found := 0
			for _, fault := range faults {
				if fault.Line == line && fault.Column == column && fault.Entry == id && strings.Contains(fault.Reason, tt.reason) {
					found++
				}
			}
			if found != 1 || len(faults) > 2 {
				t.Errorf("%s: %s at %d:%d; got\n%v", id, tt.reason, line, column, faults)
			}
		}
	}
}

// hostile are files of a megabyte, each with as many faults of one kind as it can hold.
func hostile() map[string][]byte {
	const n = 400_000
	many := func(format, before, after string) []byte {
		var b strings.Builder
		b.WriteString(before)
		for i := 0; b.Len() < n; i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			if strings.Contains(format, "%") {
				fmt.Fprintf(&b, format, i)
			} else {
				b.WriteString(format)
			}
		}
		b.WriteString(after)
		return []byte(b.String())
	}
	const entry = `{"id": "a", "questions": {"en": ["q"]}, "answer": {"en": "a"}`
	return map[string][]byte{
		"entries that are lists": many(`[]`, `{"entries": [`, `]}`),
		"empty entries":          many(`{}`, `{"entries": [`, `]}`),
		"unknown fields":         many(`"f%d": 0`, `{`, `}`),
		"one field many times":   many(`"version": 1`, `{`, `}`),
		"missing commas":         many(`"q" "r"`, `{"entries": [`, `]}`),
		"commas":                 many(``, `{"entries": [`, `]}`),
		"empty glossary":         many(`"w%d": ""`, `{"entries": [`+entry+`}], "glossary": {"en": {`, `}}}`),
		"unknown weekdays":       many(`"d%d": []`, `{"entries": [`+entry+`}], "clinic": {"timezone": "UTC", "hours": {`, `}}}`),
		"dangling related":       many(`"r%d"`, `{"entries": [`+entry+`, "related": [`, `]}]}`),
		"the same phrasing":      many(`"q"`, `{"entries": [{"id": "a", "answer": {"en": "a"}, "questions": {"en": [`, `]}}]}`),
		"open tags":              []byte(`{"entries": [` + strings.Replace(entry, `"en": "a"`, `"en": "`+strings.Repeat("<b>", n/3)+`"`, 1) + `}]}`),
		"stray brackets":         []byte(`{"entries": [` + strings.Replace(entry, `"en": "a"`, `"en": "`+strings.Repeat("<", n)+`"`, 1) + `}]}`),
		"links":                  []byte(`{"entries": [` + strings.Replace(entry, `"en": "a"`, `"en": "`+strings.Repeat("a.com ", n/6)+`"`, 1) + `}]}`),
		"backslashes":            []byte(`{"entries": [` + strings.Replace(entry, `"en": "a"`, `"en": "`+strings.Repeat(`\x`, n/2)+`"`, 1) + `}]}`),
		"comments":               bytes.Repeat([]byte("#\n"), n/2),
		"brackets":               bytes.Repeat([]byte("["), n),
		"one long number":        append([]byte(`{"version": `), bytes.Repeat([]byte("1"), n)...),
		"a long id":              []byte(`{"entries": [{"id": "` + strings.Repeat("x", n/2) + `", "questions": {"en": [` + strings.Repeat(`"",`, n/8) + `""]}}]}`),
	}
}

// Time grows with the file and not with its square: a megabyte of faults takes seconds at the very worst, on a slow machine, where
// anything quadratic would take minutes.
func TestHostileFiles(t *testing.T) {
	for name, data := range hostile() {
		began := time.Now()
		f, _, err := Parse(data)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if f == nil && err == nil || len(data) > maxBytes {
			t.Errorf("%s: %d bytes, no FAQ and no error", name, len(data))
		}
	}
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile(clinicFile)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseHostile(b *testing.B) {
	for name, data := range hostile() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if f, _, err := Parse(data); f == nil && err == nil {
					b.Fatal("no FAQ and no error")
				}
			}
		})
	}
}
