package index

import (
	"context"
	"math"
	"slices"

	"skindesk/index/encoder"
)

// The thresholds that suit a file are found by its own phrasings, each left out at a time, and bounded by those that suit most files.

const (
	wrongCosts = 2.0 // an answer that is wrong undoes so many that are right
	strangers  = 0.3 // questions without an entry for one that has one
	retained   = 0.03
	leastHeld  = 100  // phrasings from which they are believed
	fewEach    = 10.0 // phrasings of an entry up to which they are believed
)

// shyest bounds from above what the phrasings left out may demand; usual is the bound from below.
var shyest = policy{sure: 13, lead: 0.90, likely: 8}

// tune finds the policy for the file; own is what the regression learned from each phrasing that is held.
func (x *Index) tune(ctx context.Context, own map[int]encoder.Vector) (policy, error) {
	trials, err := x.holdOut(ctx, own)
	if err != nil {
		return policy{}, err
	}
	return tuned(trials, len(x.phrases), len(x.faq.Entries)), nil
}

// tuned returns the policy for a file of so many entries and phrasings. What is left out of a small file is like a patient's question. A
// file that has grown has phrasings because the others did not cover them: left out they are harder than questions are, and count less.
func tuned(trials []trial, phrasings, entries int) policy {
	known := slices.DeleteFunc(slices.Clone(trials), func(t trial) bool { return !t.known })
	trust := min(1, float64(len(known))/leastHeld) * min(1, fewEach*float64(entries)/float64(max(1, phrasings)))
	if trust == 0 {
		return usual
	}
	toward := func(from, to float64) float64 { return from + trust*(to-from) }
	p := usual
	sure, lead := worthiest(trials)
	p.sure, p.lead = toward(usual.sure, sure), toward(usual.lead, lead)
	slices.SortFunc(known, func(a, b trial) int { return int(math.Copysign(1, a.evidence-b.evidence)) })
	likely := known[int(retained*float64(len(known)))].evidence
	p.likely = toward(usual.likely, min(max(likely, usual.likely), shyest.likely))
	half, slope := calibrated(trials)
	p.half, p.slope = toward(usual.half, half), toward(usual.slope, slope)
	return p
}

// worthiest returns the thresholds under which the answers that would be said are worth most.
func worthiest(trials []trial) (sure, lead float64) {
	most := math.Inf(-1)
	for l := usual.lead; l <= shyest.lead; l += 0.05 {
		for s := usual.sure; s <= shyest.sure; s += 0.5 {
			if w := worth(trials, s, l); w > most+1e-9 {
				most, sure, lead = w, s, l
			}
		}
	}
	return sure, lead
}

func worth(trials []trial, sure, lead float64) float64 {
	var w float64
	for _, t := range trials {
		switch {
		case !t.states || t.sureness < sure || t.share < lead:
		case !t.known:
			w -= strangers * wrongCosts
		case t.right:
			w++
		default:
			w -= wrongCosts
		}
	}
	return w
}

// calibrated returns where the logistic function of the evidence is half, and its slope there, so that it says how often the first
// entry is right (Platt 1999).
func calibrated(trials []trial) (half, slope float64) {
	least := math.Inf(1)
	for h := 2.0; h <= 18; h += 0.25 {
		for s := 0.1; s <= 1.5; s += 0.1 {
			if l := surprise(trials, h, s); l < least {
				least, half, slope = l, h, s
			}
		}
	}
	return half, slope
}

// surprise is how badly the function says whether the first entries are right, in natural units of information.
func surprise(trials []trial, half, slope float64) float64 {
	var sum float64
	for _, t := range trials {
		odds := slope * (t.evidence - half)
		if t.known && t.right {
			odds = -odds
		}
		miss := math.Log1p(math.Exp(odds))
		if !t.known {
			miss *= strangers
		}
		sum += miss
	}
	return sum
}
