package index

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
)

// A text is compared by its features: stems, pairs of stems, pieces of words, Roman-Urdu keys, and the stems of what the
// glossary makes of it. Each family is a vector of its own length 1, so that a long text has no more weight than a short one.

// family is a kind of features; its weight says how much of a comparison it decides.
type family struct {
	name   string
	weight float64
	many   bool // it has so many features that most of them stand in one text only
	of     func(r reading) []string
}

// The places of the families. They stand in the order of their names, and so do the features' numbers.
const (
	inGloss = iota
	inGlossPair
	inPair
	inPiece
	inSkeleton
	inSoft
	inStem
)

var families = []family{
	{"gloss", 1.0, false, func(r reading) []string { return r.gloss }},
	{"glosspair", 0.4, true, func(r reading) []string { return pairs(r.gloss) }},
	{"pair", 0.5, true, func(r reading) []string { return pairs(r.stems) }},
	{"piece", 0.9, true, func(r reading) []string { return pieces(r.words) }},
	{"skeleton", 0.7, false, func(r reading) []string { return r.skeletons }},
	{"soft", 0.7, false, func(r reading) []string { return r.soft }},
	{"stem", 1.0, false, func(r reading) []string { return r.stems }},
}

func each(ws []string, f func(string) string) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = f(w)
	}
	return out
}

func pairs(ws []string) []string {
	var ps []string
	for i := 1; i < len(ws); i++ {
		ps = append(ps, ws[i-1]+" "+ws[i])
	}
	return ps
}

// pieces returns the runs of 3 and 4 characters of each word with its edges marked.
func pieces(ws []string) []string {
	n := 0
	for _, w := range ws {
		n += 2 * len(w)
	}
	ps := make([]string, 0, n)
	var starts []int // of the word's characters
	for _, w := range ws {
		w = "<" + w + ">"
		starts = starts[:0]
		for i := range w {
			starts = append(starts, i)
		}
		starts = append(starts, len(w))
		for n := 3; n <= 4; n++ {
			for i := 0; i+n < len(starts); i++ {
				ps = append(ps, w[starts[i]:starts[i+n]])
			}
		}
	}
	return ps
}

// sparse is a vector with few non-zero places, in rising order of index.
type sparse struct {
	index []int32
	value []float32
}

// postings holds vectors by feature, so that only those are visited that share one with the question.
type postings struct {
	vectors int
	starts  []int32   // by feature, where it begins in all
	units   []float32 // by feature
	all     []posting
}

// posting is the value that a vector has at a feature: the vector's number in the upper 20 bits, the value in units below. A
// megabyte holds a quarter of a million of them, and all numbers of a file would take twice that.
type posting = uint32

const (
	valueBits  = 12
	maxVectors = 1 << (32 - valueBits)
)

func newPostings(vectors []sparse, features int) *postings {
	p := &postings{vectors: len(vectors), starts: make([]int32, features+1), units: make([]float32, features)}
	for _, v := range vectors {
		for j, f := range v.index {
			p.starts[f+1]++
			p.units[f] = max(p.units[f], v.value[j]/(1<<valueBits-1))
		}
	}
	for f := range features {
		p.starts[f+1] += p.starts[f]
	}
	p.all = make([]posting, p.starts[features])
	next := slices.Clone(p.starts)
	for i, v := range vectors {
		for j, f := range v.index {
			p.all[next[f]] = posting(i<<valueBits) | posting(v.value[j]/p.units[f]+0.5)
			next[f]++
		}
	}
	return p
}

// products returns the dot product of each vector with v.
func (p *postings) products(v sparse) []float32 {
	sums := make([]float32, p.vectors)
	for i, f := range v.index {
		by := v.value[i] * p.units[f]
		for _, in := range p.all[p.starts[f]:p.starts[f+1]] {
			sums[in>>valueBits] += by * float32(in&(1<<valueBits-1))
		}
	}
	return sums
}

// vocabulary numbers the features of a set of texts and weighs them by rarity.
type vocabulary struct {
	number []map[string]int32 // by family
	texts  []int32            // that have a feature
	idf    []float32
	unseen float32 // idf of a feature that no text has
}

// newVocabulary takes its features from texts, and returns the vectors of the texts as well. Of the families that have many, what
// only one text has is noise and left out.
func newVocabulary(texts []reading) (*vocabulary, []sparse) {
	v := &vocabulary{unseen: idf(len(texts), 1)}
	vectors := make([]weighed, len(texts))
	for _, fam := range families {
		c := newCounter(len(texts))
		for i, t := range texts {
			c.count(i, fam.of(t))
		}
		numbers := v.add(c, fam.many)
		for i, found := range c.in {
			found = slices.DeleteFunc(found, func(f occurrence) bool { return numbers[f.feature] < 0 })
			for j := range found {
				found[j].feature = numbers[found[j].feature]
			}
			slices.SortFunc(found, func(a, b occurrence) int { return cmp.Compare(a.feature, b.feature) })
			vectors[i].add(v, fam, found, 0)
		}
	}
	v.texts, v.idf = slices.Clip(v.texts), slices.Clip(v.idf)
	finished := make([]sparse, len(vectors))
	for i := range vectors {
		finished[i] = vectors[i].vector()
	}
	return v, finished
}

// occurrence is a feature and how often a text has it.
type occurrence struct{ feature, times int32 }

// counter counts the features of one family, numbered as they come.
type counter struct {
	number map[string]int32
	names  []string
	texts  []int32        // that have a feature
	last   []int32        // of those
	at     []int32        // where the feature stands in that text's list
	in     [][]occurrence // by text
}

func newCounter(texts int) *counter {
	return &counter{number: map[string]int32{}, in: make([][]occurrence, texts)}
}

// count adds the features of a text; texts come in their order.
func (c *counter) count(text int, fs []string) {
	list := make([]occurrence, 0, len(fs))
	for _, f := range fs {
		n, known := c.number[f]
		if !known {
			n = int32(len(c.names))
			c.number[f] = n
			c.names, c.texts, c.last, c.at = append(c.names, f), append(c.texts, 0), append(c.last, -1), append(c.at, 0)
		}
		if c.last[n] == int32(text) {
			list[c.at[n]].times++
			continue
		}
		c.last[n], c.at[n] = int32(text), int32(len(list))
		c.texts[n]++
		list = append(list, occurrence{n, 1})
	}
	c.in[text] = list
}

// add takes in a family that was counted, and returns the features' numbers by those of the counter; -1 for what is left out.
func (v *vocabulary) add(c *counter, many bool) []int32 {
	order := make([]int32, 0, len(c.names))
	numbers := make([]int32, len(c.names))
	for n, texts := range c.texts {
		if numbers[n] = -1; texts > 1 || !many {
			order = append(order, int32(n))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(c.names[a], c.names[b]) }) // the same file gives the same index, bit by bit
	number := make(map[string]int32, len(order))
	for _, n := range order {
		numbers[n] = int32(len(v.idf))
		number[strings.Clone(c.names[n])] = numbers[n] // a piece would keep its whole word in memory
		v.texts, v.idf = append(v.texts, c.texts[n]), append(v.idf, idf(len(c.in), int(c.texts[n])))
	}
	v.number = append(v.number, number)
	return numbers
}

// having returns how many texts have a feature of a family.
func (v *vocabulary) having(family int, feature string) int {
	number, known := v.number[family][feature]
	if !known {
		return 0
	}
	return int(v.texts[number])
}

func idf(texts, with int) float32 {
	return float32(math.Log(1 + float64(texts)/float64(with)))
}

// vector returns the features of a text, each family scaled to length 1 times its weight, the whole to length 1. Features
// that the vocabulary lacks count for the length: a text full of unknown words is close to nothing.
func (v *vocabulary) vector(r reading) sparse {
	var w weighed
	var found []occurrence
	for i, fam := range families {
		found = found[:0]
		unseen := 0
		for f, n := range runs(fam.of(r)) {
			if number, known := v.number[i][f]; known {
				found = append(found, occurrence{number, int32(n)})
			} else if !fam.many {
				unseen++
			}
		}
		w.add(v, fam, found, unseen)
	}
	return w.vector()
}

// weighed is a vector in the making.
type weighed struct {
	sparse
	total float64
}

// add appends the features of a family that were found in a text, in rising order, and lets those count that are not known.
func (w *weighed) add(v *vocabulary, fam family, found []occurrence, unseen int) {
	start := len(w.index)
	square := float64(unseen) * float64(v.unseen*v.unseen)
	w.index, w.value = slices.Grow(w.index, len(found)), slices.Grow(w.value, len(found))
	for _, f := range found {
		x := float64(v.idf[f.feature])
		if f.times > 1 {
			x *= 1 + math.Log(float64(f.times))
		}
		square += x * x
		w.index, w.value = append(w.index, f.feature), append(w.value, float32(x))
	}
	if square == 0 {
		return
	}
	w.total += fam.weight * fam.weight
	scale := float32(fam.weight / math.Sqrt(square))
	for j := start; j < len(w.value); j++ {
		w.value[j] *= scale
	}
}

// vector scales to length 1.
func (w *weighed) vector() sparse {
	scale := float32(1 / math.Sqrt(max(w.total, 1e-9)))
	for i := range w.value {
		w.value[i] *= scale
	}
	return w.sparse
}

// runs yields the different strings in their order, and how often each is there.
func runs(fs []string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		fs = slices.Clone(fs)
		slices.Sort(fs)
		for len(fs) > 0 {
			n := 1
			for n < len(fs) && fs[n] == fs[0] {
				n++
			}
			if !yield(fs[0], n) {
				return
			}
			fs = fs[n:]
		}
	}
}
