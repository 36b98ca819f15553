package index

import (
	"context"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"skindesk/faq"
	"skindesk/index/encoder"
)

// Nobody has labelled what the patients of a new file will ask. The nearest to it are its own phrasings, each asked as if the file
// did not have it: that shows how sure the right entry gets. With its whole entry left out it is a stranger of the same topic.

const (
	heldMost = 300  // phrasings that are asked so, evenly chosen
	ownSteps = 0.85 // of what the regression learned from a phrasing itself: so much of it the others would not have taught
)

// trial is a phrasing asked as if the file did not have it, or did not have its entry either.
type trial struct {
	known    bool    // it has its entry still
	right    bool    // which comes first
	states   bool    // what comes first is said, not handed over
	evidence float64 // for the first, and so on
	sureness float64
	share    float64
}

// held returns the numbers of the phrasings to be asked. An urgent one is met by other rules.
func (x *Index) held() []int {
	var all []int
	for i, p := range x.phrases {
		if x.faq.Entries[p.entry].Kind != faq.Urgent {
			all = append(all, i)
		}
	}
	var some []int
	for i := range min(heldMost, len(all)) {
		some = append(some, all[i*len(all)/min(heldMost, len(all))])
	}
	return some
}

// holdOut asks the phrasings that are held. own is what the regression learned from each.
func (x *Index) holdOut(ctx context.Context, own map[int]encoder.Vector) ([]trial, error) {
	english := make([]int, len(x.phrases)) // the number of each among the English phrasings
	n := 0
	for i, p := range x.phrases {
		if english[i] = nobody; p.language == faq.English {
			english[i] = n
			n++
		}
	}
	held := x.held()
	trials := make([]trial, 2*len(held))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for k, i := range held {
		group.Go(func() error {
			r, err := x.rankWithout(ctx, i, english[i], own[i])
			if err != nil {
				return err
			}
			entry := x.phrases[i].entry
			trials[2*k] = x.try(r, entry, true)
			r.candidates = slices.DeleteFunc(r.candidates, func(c candidate) bool { return c.entry == entry })
			if len(r.candidates) > 0 {
				r.weigh()
				trials[2*k+1] = x.try(r, entry, false)
			}
			return nil
		})
	}
	return trials, group.Wait()
}

func (x *Index) try(r *ranking, entry int, known bool) trial {
	top := r.best()
	return trial{known: known, right: top.entry == entry, states: x.faq.Entries[top.entry].Kind == faq.Answer,
		evidence: top.evidence, sureness: top.sureness(), share: top.share}
}

// rankWithout ranks the entries for a phrasing as rank would if the file did not have it.
func (x *Index) rankWithout(ctx context.Context, i, english int, own encoder.Vector) (*ranking, error) {
	ws := x.texts[i].words
	read := x.gloss.read(distinct(ws, maxTokens))
	found, err := x.words.search(ctx, read) // however long it takes: thresholds must not depend on how busy the machine is
	if err != nil {
		return nil, err
	}
	forget(found, i)
	cs := make([]candidate, len(x.faq.Entries))
	p := make([]float32, len(cs))
	vector := x.vocab.vector(read)
	x.learned.probabilities(vector, p)
	unlearn(p, own)
	x.likeness(cs, vector, found, i)
	x.meaning.compare(cs, x.gloss.english(ws), english)
	standIn(cs, x.gloss.understood(ws))
	x.add(cs, p)
	r := &ranking{candidates: cs, words: ws}
	r.weigh()
	return r, nil
}

// forget takes a phrasing out of what was found; the best of the others is then the measure.
func forget(found []float32, i int) {
	before := slices.Max(found)
	found[i] = 0
	if after := slices.Max(found); after > 0 {
		for j := range found {
			found[j] *= before / after
		}
	}
}

// unlearn takes from the regression's probabilities what it has learned from the text itself.
func unlearn(p []float32, own encoder.Vector) {
	var sum float32
	for c := range p {
		p[c] *= float32(math.Exp(-ownSteps * float64(own[c])))
		sum += p[c]
	}
	for c := range p {
		p[c] /= max(sum, 1e-30)
	}
}
