package index

import (
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
	of     func(ws []string, g *glossary) []string
}

var families = []family{
	{"stem", 1.0, func(ws []string, _ *glossary) []string { return each(ws, stem) }},
	{"pair", 0.5, func(ws []string, _ *glossary) []string { return pairs(each(ws, stem)) }},
	{"piece", 0.9, func(ws []string, _ *glossary) []string { return pieces(ws) }},
	{"soft", 0.7, func(ws []string, _ *glossary) []string { return softKeys(ws) }},
	{"skeleton", 0.7, func(ws []string, _ *glossary) []string { return skeletonKeys(ws) }},
	{"gloss", 1.0, func(ws []string, g *glossary) []string { return each(g.translate(ws), stem) }},
	{"glosspair", 0.4, func(ws []string, g *glossary) []string { return pairs(each(g.translate(ws), stem)) }},
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
	var ps []string
	for _, w := range ws {
		r := []rune("<" + w + ">")
		for n := 3; n <= 4; n++ {
			for i := 0; i+n <= len(r); i++ {
				ps = append(ps, string(r[i:i+n]))
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
	in      [][]posting // by feature
}

// posting is the value that a vector has at a feature.
type posting struct {
	vector int32
	value  float32
}

func newPostings(vectors []sparse, features int) *postings {
	p := &postings{vectors: len(vectors), in: make([][]posting, features)}
	for i, v := range vectors {
		for j, f := range v.index {
			p.in[f] = append(p.in[f], posting{int32(i), v.value[j]})
		}
	}
	return p
}

// products returns the dot product of each vector with v.
func (p *postings) products(v sparse) []float32 {
	sums := make([]float32, p.vectors)
	for i, f := range v.index {
		for _, in := range p.in[f] {
			sums[in.vector] += v.value[i] * in.value
		}
	}
	return sums
}

// vocabulary numbers the features of a set of texts and weighs them by rarity.
type vocabulary struct {
	gloss  *glossary
	number map[string]int32
	idf    []float32
	unseen []float32 // idf of a feature that no text has, by family
}

// newVocabulary takes its features from the phrasings. Pieces that only one of them has are noise and left out.
func newVocabulary(phrases []phrase, g *glossary) *vocabulary {
	v := &vocabulary{gloss: g, number: map[string]int32{}}
	counts := map[string]int{}
	for _, p := range phrases {
		for _, fam := range families {
			for _, f := range distinct(fam.of(p.words, g), math.MaxInt) {
				counts[fam.name+":"+f]++
			}
		}
	}
	keys := make([]string, 0, len(counts))
	for k, n := range counts {
		if n > 1 || !many(k[:strings.IndexByte(k, ':')]) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys) // the same file gives the same index, bit by bit
	v.idf = make([]float32, len(keys))
	for i, k := range keys {
		v.number[k] = int32(i)
		v.idf[i] = idf(len(phrases), counts[k])
	}
	for range families {
		v.unseen = append(v.unseen, idf(len(phrases), 1))
	}
	return v
}

// many tells whether a family has so many features that most of them stand in one text only.
func many(family string) bool { return family == "piece" || family == "pair" || family == "glosspair" }

func idf(texts, with int) float32 {
	return float32(math.Log(1 + float64(texts)/float64(with)))
}

// vector returns the features of a text, each family scaled to length 1 times its weight, the whole to length 1. Features
// that the vocabulary lacks count for the length: a text full of unknown words is close to nothing.
func (v *vocabulary) vector(ws []string) sparse {
	var vec sparse
	var total float64
	for i, fam := range families {
		start := len(vec.index)
		var square float64
		for f, n := range tally(fam.of(ws, v.gloss)) {
			number, known := v.number[fam.name+":"+f]
			if !known {
				if !many(fam.name) {
					square += float64(v.unseen[i] * v.unseen[i])
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
	vec.sort()
	return vec
}

func tally(fs []string) map[string]int {
	m := make(map[string]int, len(fs))
	for _, f := range fs {
		m[f]++
	}
	return m
}

func (v *sparse) scale(by float64) {
	for i := range v.value {
		v.value[i] *= float32(by)
	}
}

func (v *sparse) sort() {
	order := make([]int, len(v.index))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return int(v.index[a]) - int(v.index[b]) })
	s := sparse{make([]int32, len(order)), make([]float32, len(order))}
	for i, o := range order {
		s.index[i], s.value[i] = v.index[o], v.value[o]
	}
	*v = s
}
