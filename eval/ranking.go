package eval

import (
	"cmp"
	"slices"

	"skindesk/faq"
	"skindesk/index"
)

// rank returns at which place of the scores a wanted entry stands, from 1; 0 where it is not among them.
func (x Result) rank() int {
	wanted := x.Case.entries()
	return 1 + slices.IndexFunc(x.Answer.Scores, func(s index.Score) bool { return slices.Contains(wanted, s.ID) })
}

// best returns the best score's value.
func (x Result) best() float64 {
	if len(x.Answer.Scores) == 0 {
		return 0
	}
	return x.Answer.Scores[0].Value
}

// onTopic tells whether a question is about the file's topic, with an entry or without; and so counts for what scores are worth.
func (x Result) onTopic() bool { return x.Case.answerable() || x.Case.Topic == Unanswerable }

// stated returns the best score of an entry that states something, and whether that entry is wanted. One that hands over is how a
// stranger is rightly met, however sure.
func (x Result) stated() (score float64, wanted bool) {
	for _, s := range x.Answer.Scores {
		if s.Kind == "" || s.Kind == faq.Answer {
			return s.Value, slices.Contains(x.Case.entries(), s.ID)
		}
	}
	return 0, false
}

// areas measures the scores alone, whatever the verdict made of them.
func (r *Report) areas() (auroc, oscr float64) {
	var points []point
	for _, x := range r.Results {
		if x.onTopic() {
			score, wanted := x.stated()
			points = append(points, point{score: score, stranger: !x.Case.answerable(), right: x.Case.answerable() && wanted})
		}
	}
	return areas(points)
}

// point is a question on the scale of the best score.
type point struct {
	score           float64
	stranger, right bool
}

// areas returns the area under the receiver operating characteristic (known against stranger) and under the open-set
// classification rate curve (Dhamija, Günther, Boult 2018: rightly answered against strangers answered).
func areas(points []point) (auroc, oscr float64) {
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(b.score, a.score) })
	var known, strangers float64
	for _, p := range points {
		if p.stranger {
			strangers++
		} else {
			known++
		}
	}
	if known == 0 || strangers == 0 {
		return 0, 0
	}
	var seen, right float64
	for i := 0; i < len(points); {
		var dSeen, dRight, dStranger float64
		j := i
		for ; j < len(points) && points[j].score == points[i].score; j++ { // ties count half
			switch {
			case points[j].stranger:
				dStranger++
			case points[j].right:
				dRight++
				dSeen++
			default:
				dSeen++
			}
		}
		auroc += dStranger * (seen + dSeen/2)
		oscr += dStranger * (right + dRight/2)
		seen, right, i = seen+dSeen, right+dRight, j
	}
	return auroc / known / strangers, oscr / known / strangers
}
