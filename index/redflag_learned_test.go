package index

import "testing"

// area returns the chance that an urgent sentence sounds more urgent than a harmless one.
func area(e *ear, cases []alarmSentence) float64 {
	var more, pairs float64
	for _, u := range cases {
		for _, h := range cases {
			if !u.Urgent || h.Urgent {
				continue
			}
			pairs++
			if e.hears(u.Q) > e.hears(h.Q) {
				more++
			}
		}
	}
	return more / pairs
}

// What it learned from some sentences the ear hears in others.
func TestEarHearsWhatItWasNotTold(t *testing.T) {
	x := smallIndex(t)
	told := flagCases(t, "alarms/tables.jsonl", "alarms/blind1.jsonl", "alarms/ordinary.jsonl")
	e := earFrom(told, x.faq, x.phrases, x.vocab, x.gloss)
	if got := area(e, flagCases(t, "alarms/blind2.jsonl")); got < 0.85 {
		t.Errorf("an urgent sentence sounds more urgent in %.3f of the pairs", got)
	}
	deaf := &ear{vocab: x.vocab, gloss: x.gloss, weights: make([]float32, earSize)}
	if got := area(deaf, flagCases(t, "alarms/blind2.jsonl")); got != 0 {
		t.Errorf("an ear that has learned nothing tells sentences apart: %.3f", got)
	}
}

// The same file gives the same ear, bit by bit.
func TestEarLearnsTheSameEachTime(t *testing.T) {
	x := smallIndex(t)
	e, err := newEar(x.faq, x.phrases, x.vocab, x.gloss)
	if err != nil {
		t.Fatal(err)
	}
	const q = "my forehead is hot and there is something sticky on it since noon"
	if got, want := e.hears(q), x.ear.hears(q); got != want {
		t.Errorf("%v, before %v", got, want)
	}
}

func TestEarReadsTheWholeMessage(t *testing.T) {
	x := smallIndex(t)
	const alarm = "there is yellow pus coming out of my cheek and i have a fever"
	long := ""
	for range 60 {
		long += "i came to you in spring and liked the place. "
	}
	if got, end := x.ear.hears(long+alarm), x.ear.hears(long); got < end+1 {
		t.Errorf("a long message sounds like %.2f with an alarm at its end, like %.2f without", got, end)
	}
}

// An alarm that only the ear hears, and moods in which it must keep silent.
func TestAskAddsAlarms(t *testing.T) {
	x := smallIndex(t)
	for _, c := range []struct {
		q    string
		want bool
	}{
		{"my lips are swollen", true}, // by the rules
		{"no fever, only a little pink", false},
		{"what if i get fever", false},
		{"how many sessions do i need", false},
		{"my cheek", false},
		{"my lips, left side today", false},
		{"یہ میرا گال", false},
	} {
		a, err := x.Ask(t.Context(), Question{Text: c.q})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Kind == KindUrgent; got != c.want || got != (a.Alarm.Rule != "") {
			t.Errorf("%q is met by %s, alarm %v, want urgent %v", c.q, a.Kind, a.Alarm, c.want)
		}
	}
	for _, c := range []struct {
		what  string
		r     ranking
		share float64
		want  bool
	}{
		{"loud", ranking{mood: unsaid, heard: earSure}, 0, true},
		{"faint", ranking{mood: unsaid, heard: earRings}, 0.1, false},
		{"faint, and like an urgent entry", ranking{mood: unsaid, heard: earRings}, 0.6, true},
		{"loud, half a symptom doubted", ranking{mood: doubted, heard: earSure}, 0, true},
		{"middling, half a symptom doubted", ranking{mood: doubted, heard: earRings}, 0.6, false},
		{"loud, a symptom denied", ranking{mood: notSo, heard: 2 * earSure}, 0.9, false},
		{"loud, of two words", ranking{mood: unsaid, heard: earSure, words: words("noor jahan")}, 0, false},
	} {
		if c.r.words == nil {
			c.r.words = words("enough words to be heard in")
		}
		if got := c.r.sounds(c.share); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

// An urgent entry's alarm has the name of the rule that knows the entry's phrasings, so that self-harm gets its own words.
func TestAlarmsOfEntries(t *testing.T) {
	f := parsed(t, `{"entries": [
		{"id": "dark", "kind": "urgent", "questions": {"en": ["i want to die", "i do not want to live any longer", "everything is grey"]}, "answer": {"en": "You are not alone."}},
		{"id": "odd", "kind": "urgent", "questions": {"en": ["the purple elephant sings"]}, "answer": {"en": "Please call."}},
		{"id": "hello", "kind": "chitchat", "questions": {"en": ["hello"]}, "answer": {"en": "Hello!"}}]}`)
	got := alarmsOf(f)
	if len(got) != 2 || got[0] != SelfHarm || got[1] != unnamed {
		t.Errorf("got %v", got)
	}
}

func BenchmarkEar(b *testing.B) {
	x := smallIndex(b)
	b.ReportAllocs()
	for b.Loop() {
		x.ear.hears("how many sessions do i need for deep acne scars and is it painful?")
	}
}
