package eval

import (
	"math"

	"skindesk/index"
)

// Calibration tells whether scores are to be believed: of all questions whose best score is about 0.8, eight of ten should have the
// right entry first.
type Calibration struct {
	Bins []Bin   `json:"bins"`
	ECE  float64 `json:"ece"` // expected calibration error: the mean distance of score and share, bins weighed by their questions
}

// Bin holds the questions whose best score lies from From up to To.
type Bin struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Score float64 `json:"score"` // the mean of their best scores
	Right Share   `json:"right"` // how many have the right entry first
}

const bins = 10

// Calibration compares the best scores of the questions about the file's topic with how often the best entry was right. For a
// question that no entry answers, one that hands over is.
func (r *Report) Calibration() Calibration {
	all := make([]Bin, bins)
	for i := range all {
		all[i].From, all[i].To = float64(i)/bins, float64(i+1)/bins
	}
	n := 0
	for _, x := range r.Results {
		if !x.onTopic() || len(x.Answer.Scores) == 0 {
			continue
		}
		n++
		b := &all[min(bins-1, int(x.best()*bins))]
		b.Score += x.best()
		b.Right.Of++
		if x.bestIsRight() {
			b.Right.Hits++
		}
	}
	c := Calibration{Bins: []Bin{}}
	for _, b := range all {
		if b.Right.Of == 0 {
			continue
		}
		b.Score /= float64(b.Right.Of)
		c.ECE += float64(b.Right.Of) / float64(n) * math.Abs(b.Score-b.Right.Value())
		c.Bins = append(c.Bins, b)
	}
	return c
}

func (x Result) bestIsRight() bool {
	kind := index.Kind(x.Answer.Scores[0].Kind)
	return x.rank() == 1 || !x.Case.answerable() && (kind == index.KindStaff || kind == index.KindHuman)
}
