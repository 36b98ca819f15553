package index

import (
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
type posting uint32

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

// newVocabulary takes its features from texts. Of the families that have many, what only one text has is noise and left out.
func newVocabulary(texts []reading) *vocabulary {
	v := &vocabulary{unseen: idf(len(texts), 1)}
	for _, fam := range families {
		counts := map[string]int{}
		for _, t := range texts {
			for f := range runs(fam.of(t)) {
				counts[f]++
			}
		}
		keys := make([]string, 0, len(counts))
		for k, n := range counts {
			if n > 1 || !fam.many {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys) // the same file gives the same index, bit by bit
		number := make(map[string]int32, len(keys))
		for _, k := range keys {
			number[strings.Clone(k)] = int32(len(v.idf)) // a piece would keep its whole word in memory
			v.texts, v.idf = append(v.texts, int32(counts[k])), append(v.idf, idf(len(texts), counts[k]))
		}
		v.number = append(v.number, number)
	}
	v.texts, v.idf = slices.Clip(v.texts), slices.Clip(v.idf)
	return v
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
	var vec sparse
	var total float64
	for i, fam := range families {
		start := len(vec.index)
		var square float64
		for f, n := range runs(fam.of(r)) {
			number, known := v.number[i][f]
			if !known {
				if !fam.many {
					square += float64(v.unseen * v.unseen)
				}
				continue
			}
			x := (1 + math.Log(float64(n))) * float64(v.idf[number])
			square += x * x
			vec.index = append(vec.index, number)
			vec.value = append(vec.value, float32(x))
		}
		if square == 0 {
			continue
		}
		total += fam.weight * fam.weight
		scale := float32(fam.weight / math.Sqrt(square))
		for j := start; j < len(vec.value); j++ {
			vec.value[j] *= scale
		}
	}
	vec.scale(1 / math.Sqrt(max(total, 1e-9)))
	return vec
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

func (v *sparse) scale(by float64) {
	for i := range v.value {
		v.value[i] *= float32(by)
	}
}
