package eval

import (
	"cmp"
	"slices"

	"skindesk/index"
)

// Tradeoff is what a bolder or a shyer threshold would give: the less is left to buttons and to the clinic, the more is wrong.
type Tradeoff struct {
	Name   string
	Points []TradeoffPoint // from saying nothing to saying everything
	Actual TradeoffPoint   // what the verdict makes of it, with all its gates
}

// TradeoffPoint is one threshold.
type TradeoffPoint struct {
	Sureness float64 // from which the best entry is said
	NotSaid  float64 // of the questions that have an entry: met with buttons or handed over
	Wrong    float64 // of all questions about the file's topic: another entry said, or one where none answers
}

// Tradeoff moves the threshold of the verdict over the results that are wanted.
func (r *Report) Tradeoff(name string, of func(Case) bool) Tradeoff {
	var on []Result
	for _, x := range r.Results {
		if x.onTopic() && of(x.Case) {
			on = append(on, x)
		}
	}
	slices.SortStableFunc(on, func(a, b Result) int { return cmp.Compare(b.sureness(), a.sureness()) })
	t := Tradeoff{Name: name}
	known, said, wrong := 0, 0, 0
	for _, x := range on {
		if x.Case.answerable() {
			known++
		}
	}
	point := func(sureness float64, said, wrong int) TradeoffPoint {
		return TradeoffPoint{Sureness: sureness, NotSaid: 1 - float64(said)/float64(max(1, known)), Wrong: float64(wrong) / float64(max(1, len(on)))}
	}
	for i, x := range on {
		if x.states() && x.Case.answerable() {
			said++
		}
		if x.states() && x.rank() != 1 {
			wrong++
		}
		if i+1 == len(on) || on[i+1].sureness() != x.sureness() { // what is equally sure is said together
			t.Points = append(t.Points, point(x.sureness(), said, wrong))
		}
	}
	said, wrong = 0, 0
	for _, x := range on {
		if x.Case.answerable() && x.Answer.Kind == index.KindAnswer {
			said++
		}
		if x.Outcome == Wrong || x.Outcome == False {
			wrong++
		}
	}
	t.Actual = point(0, said, wrong)
	return t
}

// states tells whether the best entry states something, so that saying it can be wrong.
func (x Result) states() bool {
	return len(x.Answer.Scores) > 0 && index.Kind(x.Answer.Scores[0].Kind) == index.KindAnswer
}

// sureness returns the value that the verdict compares with its threshold.
func (x Result) sureness() float64 {
	if len(x.Answer.Scores) == 0 {
		return 0
	}
	return x.Answer.Scores[0].Parts["sureness"]
}
