package eval

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"skindesk/index"
)

// What Ask makes of urgent sentences and of their harmless twins that were written blind and that nothing was fitted to. This is
// the honest figure; those of the sentences in index/alarms, which the ear has learned, say little.
func TestAlarmsOnSentencesOfStrangers(t *testing.T) {
	var data []byte
	for _, set := range []string{"3", "5"} {
		some, err := os.ReadFile("../index/testdata/redflags-blind" + set + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, some...)
	}
	var caught, alarms Share
	for line := range strings.Lines(string(data)) {
		var c struct {
			Q      string
			Urgent bool
		}
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		a, err := clinicIndex(t).Ask(t.Context(), index.Question{Text: c.Q})
		if err != nil {
			t.Fatal(err)
		}
		rings := a.Kind == index.KindUrgent
		if c.Urgent {
			caught.add(rings)
		} else {
			alarms.add(rings)
		}
		if rings != c.Urgent {
			t.Logf("urgent %v, rings %v: %q", c.Urgent, rings, c.Q)
		}
	}
	if caught.Value() < 0.84 || alarms.Value() > 0.06 || caught.Of < 70 || alarms.Of < 55 {
		t.Errorf("caught %+v, false alarms %+v", caught, alarms)
	}
}

func (s *Share) add(hit bool) {
	s.Of++
	if hit {
		s.Hits++
	}
}
