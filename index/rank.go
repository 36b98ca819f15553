package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"skindesk/faq"
)

// ranking is what the rankers make of one text: all entries, the best first.
type ranking struct {
	candidates []candidate
	words      []string
	language   faq.Language
	followed   bool    // the entry answered before was used
	alarm      Alarm   // what the rules of RedFlag found in the text
	mood       mood    // of the symptoms in it
	heard      float64 // how urgent the text sounds, as the logarithm of odds
}

// candidate is an entry with what each ranker thinks of it.
type candidate struct {
	entry    int
	learned  float64 // logarithm of the regression's probability
	alike    float64 // closeness of the features of its phrasings, 0 to 1
	found    float64 // bleve's match of its phrasings, 0 to about 1
	meant    float64 // cosine of its phrasings' vectors, -1 to 1
	stated   float64 // closeness of the features of the nearest sentence of its answer, in any language, 0 to 1
	said     float64 // cosine of the nearest sentence of its answer, -1 to 1
	logit    float64 // what the rankers say together
	evidence float64 // the same, for comparing questions of different length
	share    float64 // of the evidence for all entries, 0 to 1: how clear it is against the others
	phrase   int     // the phrasing that matched best, or -1
}

// weights say how much each ranker counts. What the rankers say adds up to the logarithm of an entry's odds.
type weights struct {
	learned, alike, found, meant, said, stated float64
}

// fused stands between what maximum likelihood finds on several files, the public set's tuning part and ours, and what our own questions like best (docs/answers.md).
var fused = weights{learned: 0.9, alike: 2, found: 1, meant: 11, said: 4, stated: 7}

// Hearing lets only the named rankers count, to see what each is worth: learned, alike, found, meant, said, stated.
func Hearing(rankers ...string) Option {
	return func(o *options) { o.rankers = rankers }
}

// only returns the weights with those of the other rankers at nothing; without names they stay. It returns an error for a name that no
// ranker has.
func (w weights) only(rankers []string) (weights, error) {
	if len(rankers) == 0 {
		return w, nil
	}
	var some weights
	places := map[string][2]*float64{
		"learned": {&w.learned, &some.learned}, "alike": {&w.alike, &some.alike}, "found": {&w.found, &some.found}, "meant": {&w.meant, &some.meant},
		"said": {&w.said, &some.said}, "stated": {&w.stated, &some.stated},
	}
	for _, name := range rankers {
		p, ok := places[name]
		if !ok {
			return weights{}, fmt.Errorf("there is no ranker %q", name)
		}
		*p[1] = *p[0]
	}
	return some, nil
}

// sum returns what the rankers say of a candidate together.
func (w weights) sum(c *candidate) float64 {
	return w.learned*c.learned + w.alike*c.alike + w.found*c.found + w.meant*c.meant + w.said*c.said + w.stated*c.stated
}

// total returns how much the rankers count together.
func (w weights) total() float64 {
	return w.learned + w.alike + w.found + w.meant + w.said + w.stated
}

// unstated is the part of the highest of said and stated that entries get that state nothing.
const unstated = 0.15

// rank ranks the entries for a text.
func (x *Index) rank(ctx context.Context, text string) (*ranking, error) {
	all := x.speller.mend(bare(words(truncate(Clean(text), maxQuery))))
	read := x.gloss.read(distinct(all, maxTokens))
	hurried, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	found, err := x.words.search(hurried, read)
	if err != nil {
		return nil, err
	}
	cs := make([]candidate, len(x.faq.Entries))
	p := make([]float32, len(cs))
	vector := x.vocab.vector(read)
	x.learned.probabilities(vector, p)
	x.likeness(cs, vector, found, nobody)
	meant := x.meaning.compare(cs, x.gloss.english(all), nobody)
	standIn(cs, x.gloss.understood(all))
	x.add(cs, p)
	for _, i := range x.exact[exactKey(all)] {
		cs[i].logit += exactly
	}
	r := &ranking{candidates: cs, words: all, language: Language(text)}
	x.listen(r, text, meant)
	r.weigh()
	return r, nil
}

// nobody is the number of no phrasing.
const nobody = -1

// crowding is how much of what speaks for an entry goes by the logarithm of its phrasings: of many the best three are closer by chance. What
// is asked often has more of them as well, so less than all of that is taken away.
const crowding = 0.6

// crowd finds for each entry what its phrasings have by their number, beside those of the others.
func (x *Index) crowd() {
	x.crowded = make([]float64, len(x.faq.Entries))
	counted := x.weights.total() / fused.total() // of some rankers alone as much is taken off as they count
	for _, entry := range x.owner {
		x.crowded[entry]++
	}
	var mean float64
	for i, n := range x.crowded {
		x.crowded[i] = counted * crowding * math.Log(max(1, n))
		mean += x.crowded[i] / float64(len(x.crowded))
	}
	for i := range x.crowded {
		x.crowded[i] -= mean
	}
}

// add makes of what the rankers say of each entry one number; p is what the regression says.
func (x *Index) add(cs []candidate, p []float32) {
	x.fillUnstated(cs)
	for i := range cs {
		c := &cs[i]
		c.entry, c.learned = i, math.Log(float64(p[i])+1e-6)
		c.logit = x.weights.sum(c) - x.crowded[i]
	}
}

const (
	clearWeight  = 1.0 // of the lead over all others, when it is to be decided whether an entry is said
	lengthWeight = 2.5 // a short question is like something by chance, a long one is not
	usualLength  = 6.0 // words
	longest      = 20  // words that count: of a longer text some is no question
	exactly      = 6.0 // evidence for an entry that has the question word for word
	hushed       = 20  // against urgent entries where symptoms are named only as being not so
)

// sureness is the evidence for a candidate together with how clear it is against the others, both as logarithms of odds.
func (c candidate) sureness() float64 {
	return c.evidence + clearWeight*math.Log((c.share+1e-6)/(1-c.share+1e-6))
}

// weigh makes evidence and shares of what the rankers say together, and sorts.
func (r *ranking) weigh() {
	top := math.Inf(-1)
	for _, c := range r.candidates {
		top = max(top, c.logit)
	}
	var sum float64
	length := lengthWeight * math.Log(float64(min(max(1, len(r.words)), longest))/usualLength)
	for i := range r.candidates {
		c := &r.candidates[i]
		c.share = math.Exp(c.logit - top)
		sum += c.share
		c.evidence = c.logit + length
	}
	for i := range r.candidates {
		r.candidates[i].share /= sum
	}
	slices.SortStableFunc(r.candidates, func(a, b candidate) int { return cmp.Compare(b.logit, a.logit) })
}

// best returns the first candidate; of an empty FAQ, which does not exist, there would be none.
func (r *ranking) best() candidate { return r.candidates[0] }

// shareOf adds up the shares of the entries that are of a kind.
func (r *ranking) shareOf(f *faq.FAQ, k faq.Kind) float64 {
	var sum float64
	for _, c := range r.candidates {
		if f.Entries[c.entry].Kind == k {
			sum += c.share
		}
	}
	return sum
}

// fillUnstated lets the entries whose text states nothing keep up with those whose sentences can match.
func (x *Index) fillUnstated(cs []candidate) {
	var said, stated float64
	for _, c := range cs {
		said, stated = max(said, c.said), max(stated, c.stated)
	}
	for i := range cs {
		if x.faq.Entries[i].Kind != faq.Answer {
			cs[i].said, cs[i].stated = unstated*said, unstated*stated
		}
	}
}

// exactKey is what two wordings share that differ only in spelling.
func exactKey(ws []string) string { return strings.Join(softKeys(ws), " ") }

// likeness fills in how close the phrasings of each entry, but one, are by features and by bleve.
func (x *Index) likeness(cs []candidate, vector sparse, found []float32, without int) {
	alike, matched := make([]best, len(cs)), make([]best, len(cs))
	nearest := make([]float64, len(cs))
	for i := range cs {
		cs[i].phrase = -1
	}
	for i, s := range x.near.products(vector) {
		if s == 0 && found[i] == 0 || i == without {
			continue
		}
		p := x.owner[i]
		alike[p].add(float64(s))
		both := float64(s) + float64(found[i])
		matched[p].add(float64(found[i]))
		if both > nearest[p] {
			nearest[p], cs[p].phrase = both, i
		}
	}
	for i, s := range x.answers.products(vector) {
		c := &cs[x.answerOf[i]]
		c.stated = max(c.stated, float64(s))
	}
	for i := range cs {
		cs[i].alike = (alike[i].first() + alike[i].mean()) / 2
		cs[i].found = (matched[i].first() + matched[i].mean()) / 2
	}
}

// best keeps the three highest values that were added. An entry is more than its luckiest phrasing, and less than the mean of all.
type best [3]float64

func (b *best) add(v float64) {
	for i, w := range b {
		if v > w {
			copy(b[i+1:], b[i:2])
			b[i] = v
			return
		}
	}
}

func (b *best) first() float64 { return b[0] }
func (b *best) mean() float64  { return (b[0] + b[1] + b[2]) / 3 }

// scores returns the five best for people and programs to see. What speaks for another counts against an entry that comes behind it.
func (x *Index) scores(r *ranking) []Score {
	var ss []Score
	for _, c := range r.candidates[:min(5, len(r.candidates))] {
		behind := r.best().logit - c.logit
		e := &x.faq.Entries[c.entry]
		s := Score{ID: e.ID, Kind: e.Kind, Value: x.policy.value(c.evidence - behind), Parts: map[string]float64{
			"learned": c.learned, "alike": c.alike, "found": c.found, "meant": c.meant, "said": c.said, "stated": c.stated,
			"evidence": c.evidence, "share": c.share, "sureness": c.sureness(),
		}}
		if c.phrase >= 0 {
			s.Phrasing = x.phrases[c.phrase].text
		}
		ss = append(ss, s)
	}
	return ss
}
