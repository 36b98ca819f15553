package eval

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"skindesk/faq"
)

// Whatever is taken away, a small file's questions are still asked and counted.
func TestAblations(t *testing.T) {
	data, err := os.ReadFile("../bot/testdata/faq.json")
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := faq.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	entries := len(f.Entries)
	cases := []Case{{ID: "1", Topic: "sessions-count", Q: "how many sessions would i need"}, {ID: "2", Topic: Unanswerable, Q: "what is the price"}}
	var b bytes.Buffer
	if err := WriteAblations(t.Context(), &b, f, cases); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 1+len(ablations) {
		t.Fatalf("%d lines:\n%s", len(lines), &b)
	}
	if !strings.HasPrefix(lines[1], "all together") || strings.Fields(lines[1])[2] != "100.0" {
		t.Errorf("the whole does not find the entry: %s", lines[1])
	}
	if len(f.Entries) != entries {
		t.Errorf("the file has %d entries afterwards, and had %d", len(f.Entries), entries)
	}
}
