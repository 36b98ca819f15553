package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadCases(t *testing.T) {
	got, err := ReadCases(strings.NewReader(`
{"id": "c1", "lang": "ur", "kind": "plain", "q": "one", "topic": "pain", "accept": ["sun"], "after": "sessions"}

{"q": "two", "id": "card_arrival"}
{"q": "three", "id": "", "kind": "near"}
{"id": "c4", "q": "four", "topic": "sessions", "both": ["sessions", "pain"]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Case{
		{ID: "c1", Lang: "ur", Kind: "plain", Q: "one", Topic: "pain", Accept: []string{"sun"}, After: "sessions"},
		{ID: "L4", Q: "two", Topic: "card_arrival"},
		{ID: "L5", Q: "three", Topic: Unanswerable, Kind: "near"},
		{ID: "c4", Q: "four", Topic: "sessions", Both: []string{"sessions", "pain"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReadCasesNamesTheLine(t *testing.T) {
	if _, err := ReadCases(strings.NewReader("{\"q\": \"one\", \"topic\": \"pain\"}\n\n{\"q\": 2}\n")); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("got %v", err)
	}
}
