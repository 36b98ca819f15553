package faq

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parsed(t *testing.T, data string) *FAQ {
	t.Helper()
	f, _, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCompare(t *testing.T) {
	older := string(read(t, "testdata/good/clinic.json"))
	third := older[strings.Index(older, ",\n    {\n      \"id\": \"price\""):strings.Index(older, "\n  ]\n}")]
	for _, tt := range []struct {
		name     string
		old, new string
		want     Changes
	}{
		{"nothing", "", "", Changes{}},
		{"the editor's line", `"./faq.schema.json"`, `"https://example.org/faq.schema.json"`, Changes{}},
		{"what is written out is the same as what is meant", `"id": "session-interval",`, `"id": "session-interval", "kind": "answer", "clinical": false, "title": {"en": "how long between two sessions"},`, Changes{}},
		{"an answer", "comes a few weeks", "comes some weeks", Changes{Changed: []string{"session-interval"}}},
		{"a removed entry", third, "", Changes{Removed: []string{"price"}}},
		{"an added entry", third, third + strings.NewReplacer("price", "refund", "what does it cost", "money back", "kitne paise lagenge", "paise wapas").Replace(third), Changes{Added: []string{"refund"}}},
		{"a new name", `"id": "price"`, `"id": "cost"`, Changes{Added: []string{"cost"}, Removed: []string{"price"}, Moved: []Moved{{"what does it cost", "price", "cost"}, {"kitne paise lagenge", "price", "cost"}}}},
		{"a new phrasing", `"what does it cost"`, `"what does it cost", "price list"`, Changes{Changed: []string{"price"}}},
		{"the hours", "14:30-20:00", "15:00-20:00", Changes{Other: true}},
		{"the glossary", "how many\"", "how much\"", Changes{Other: true}},
		{"another order", `"en": ["how many sessions do i need", "number of sittings"]`, `"en": ["number of sittings", "how many sessions do i need"]`, Changes{Changed: []string{"sessions-count"}}},
	} {
		if strings.Count(older, tt.old) != 1 && tt.old != "" {
			t.Fatalf("%s: %q stands %d times", tt.name, tt.old, strings.Count(older, tt.old))
		}
		newer := strings.Replace(older, tt.old, tt.new, 1)
		got := Compare(parsed(t, older), parsed(t, newer))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if got.None() != cmp.Equal(tt.want, Changes{}) {
			t.Errorf("%s: None() = %v", tt.name, got.None())
		}
	}
}

// A phrasing has moved when it left its entry; one that stands in both is a copy, of which Parse warns.
func TestCompareMoved(t *testing.T) {
	faq := func(a, b string) string {
		return `{"entries": [{"id": "a", "questions": {"en": [` + a + `]}, "answer": {"en": "A."}}, {"id": "b", "questions": {"en": [` + b + `]}, "answer": {"en": "B."}}]}`
	}
	older := parsed(t, faq(`"one", "two", "three"`, `"four"`))
	moved := Compare(older, parsed(t, faq(`"one", "three"`, `"four", "Two?"`)))
	if diff := cmp.Diff(Changes{Changed: []string{"a", "b"}, Moved: []Moved{{"Two?", "a", "b"}}}, moved); diff != "" {
		t.Errorf("moved (-want +got):\n%s", diff)
	}
	copied := Compare(older, parsed(t, faq(`"one", "two", "three"`, `"four", "two"`)))
	if diff := cmp.Diff(Changes{Changed: []string{"b"}}, copied); diff != "" {
		t.Errorf("copied (-want +got):\n%s", diff)
	}
}

// Another layout of the same file changes nothing but its hash.
func TestCompareLayout(t *testing.T) {
	data := read(t, clinicFile)
	var compact bytes.Buffer
	if err := json.Compact(&compact, data); err != nil {
		t.Fatal(err)
	}
	one, other := parsed(t, string(data)), parsed(t, compact.String())
	if got := Compare(one, other); !got.None() || one.SHA256 == other.SHA256 {
		t.Errorf("changes %+v, hashes %s and %s", got, one.SHA256, other.SHA256)
	}
}
