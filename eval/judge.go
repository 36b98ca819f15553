package eval

import (
	"slices"

	"skindesk/index"
)

// Outcome is how an answer meets a case.
type Outcome string

// The outcomes. Wrong and False are what must be rare: a patient was told something else as the answer.
const (
	Right     Outcome = "right"
	Half      Outcome = "half"       // one part of a double question is missing
	Button    Outcome = "button"     // not said, but offered
	BadButton Outcome = "bad button" // only entries were offered for what no entry answers
	Wrong     Outcome = "wrong"      // another entry was said
	False     Outcome = "false"      // an entry was said as the answer to what no entry answers
	Alarm     Outcome = "alarm"      // a question for the clinic was taken for an urgent case
	Missed    Outcome = "missed"     // the rest: handed over or met as something else
)

var handed = []string{"staff", "unknown", "human"}

// judge compares an answer with its case. known are the entries that some case of the bank wants: an answer of those is a
// claim about the document, another entry beside it is a hand-over.
func judge(c Case, a index.Answer, known map[string]bool) Outcome {
	kind, wanted, entries := label(a.Kind), c.wanted(), c.entries()
	if kind == "answer" && overlap(entries, a.Entries) {
		if out, ok := judgeSaid(c, a, known); ok {
			return out
		}
	}
	switch {
	case slices.Contains(labels, kind) && slices.Contains(wanted, kind):
		return Right
	case slices.Contains(wanted, Unanswerable) && slices.Contains(handed, kind):
		return Right
	case c.answerable():
		return judgeAnswerable(kind, entries, a)
	case kind == "answer":
		return False
	case c.Topic == Unanswerable:
		return judgeUnanswerable(kind, entries, a, known)
	case c.Topic == "human" && (kind == "staff" || kind == "urgent"):
		return Right
	}
	return Missed
}

// judgeSaid judges an answer that says a right entry. It does not decide (false) when two other entries were said as well.
func judgeSaid(c Case, a index.Answer, known map[string]bool) (Outcome, bool) {
	strange := slices.DeleteFunc(slices.Clone(a.Entries), func(id string) bool { return slices.Contains(c.entries(), id) })
	if len(strange) > 1 || len(strange) == 1 && len(a.Entries) != 2 {
		return "", false
	}
	if len(strange) == 1 && known[strange[0]] {
		if c.answerable() {
			return Wrong, true
		}
		return False, true
	}
	for _, id := range c.Both {
		if !slices.Contains(a.Entries, id) && !slices.Contains(a.Choices, id) {
			return Half, true
		}
	}
	return Right, true
}

func judgeAnswerable(kind string, entries []string, a index.Answer) Outcome {
	switch {
	case kind == "answer":
		return Wrong
	case overlap(entries, a.Choices):
		return Button
	}
	return Missed
}

func judgeUnanswerable(kind string, entries []string, a index.Answer, known map[string]bool) Outcome {
	switch {
	case kind == "choose" && (overlap(entries, a.Choices) || slices.ContainsFunc(a.Choices, func(id string) bool { return !known[id] })):
		return Button
	case kind == "choose":
		return BadButton
	case kind == "urgent":
		return Alarm
	}
	return Missed
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
