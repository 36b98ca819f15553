package index

import (
	"context"
	"math"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"skindesk/faq"
	"skindesk/index/encoder"
)

// meaning compares sentences by their vectors, so that a question finds its entry without sharing a word with it. The encoder
// knows English: of the file only English is encoded, and a question in Roman Urdu or Urdu by its gloss.
type meaning struct {
	encoder  *encoder.Encoder
	near     *encoder.Matrix           // the English phrasings, then the sentences of the answers
	owner    []int                     // the entry of each
	asked    int                       // how many of them are phrasings
	centroid *encoder.Matrix           // of each entry's phrasings; zero where it has none in English
	length   []float64                 // of the sum of each entry's phrasings, that the centroid is made of
	held     map[string]encoder.Vector // of the phrasings that are asked as if the file did not have them, in English; nil once the index is built
}

// asked writes words as the encoder is to see a question. It minds case and punctuation, so all are dressed alike.
func asked(ws []string) string { return strings.Join(ws, " ") + "?" }

// englishAsked writes a question in English words, as much of it as is read.
func englishAsked(ws []string) string { return asked(ws[:min(len(ws), maxTokens)]) }

// stated likewise writes a sentence of an answer.
func stated(ws []string) string { return strings.Join(ws, " ") + "." }

// sentence is an English text to encode, and whose it is.
type sentence struct {
	entry int
	text  string
}

func newMeaning(ctx context.Context, x *Index, e *encoder.Encoder, c cache) (*meaning, error) {
	questions := x.englishQuestions()
	all := append(questions, answerSentences(x.faq, faq.English)...)
	kept := len(all)
	for _, i := range x.held() {
		all = append(all, sentence{x.phrases[i].entry, englishAsked(x.gloss.english(x.texts[i].words))})
	}
	vectors, err := c.encode(ctx, e, all)
	if err != nil {
		return nil, err
	}
	m := &meaning{encoder: e, asked: len(questions), length: make([]float64, len(x.faq.Entries)), held: map[string]encoder.Vector{}}
	for i, s := range all[kept:] {
		m.held[s.text] = vectors[kept+i]
	}
	all, vectors = all[:kept], vectors[:kept]
	centroid := make([]encoder.Vector, len(x.faq.Entries))
	for i, s := range all {
		m.owner = append(m.owner, s.entry)
		if i < m.asked {
			centroid[s.entry] = sum(centroid[s.entry], vectors[i])
		}
	}
	for i, c := range centroid {
		if c != nil {
			m.length[i] = math.Sqrt(c.Dot(c))
		}
		normalise(c)
	}
	m.near, m.centroid = encoder.NewMatrix(vectors), encoder.NewMatrix(centroid)
	return m, nil
}

func (x *Index) englishQuestions() []sentence {
	var ss []sentence
	for i, p := range x.phrases {
		if p.language == faq.English {
			ss = append(ss, sentence{p.entry, asked(x.texts[i].words)})
		}
	}
	return ss
}

// answerSentences returns the sentences of what may be stated. Those of the other kinds say only that the clinic must answer.
func answerSentences(f *faq.FAQ, l faq.Language) []sentence {
	var ss []sentence
	for i := range f.Entries {
		if f.Entries[i].Kind != faq.Answer {
			continue
		}
		for s := range strings.FieldsFuncSeq(faq.Plain(f.Entries[i].Answer[l]), func(r rune) bool { return strings.ContainsRune(".;۔\n", r) }) {
			if ws := words(Clean(s)); len(ws) > 2 {
				ss = append(ss, sentence{i, stated(ws)})
			}
		}
	}
	return ss
}

func sum(v, w encoder.Vector) encoder.Vector {
	if v == nil {
		v = make(encoder.Vector, encoder.Dim)
	}
	for i, x := range w {
		v[i] += x
	}
	return v
}

func normalise(v encoder.Vector) {
	if v == nil {
		return
	}
	scale := float32(1 / math.Sqrt(v.Dot(v)))
	for i := range v {
		v[i] *= scale
	}
}

// deaf is the part of a question's words below which what the encoder says of the rest is no judge of the whole. The closeness of the
// words then speaks for it, on a scale where what the encoder finds unlike has about as much as silent.
const (
	deaf   = 0.5
	silent = 0.3
)

// standIn lets the closeness of words speak for the encoder where it has understood too little.
func standIn(cs []candidate, understood float64) {
	if understood >= deaf {
		return
	}
	for i := range cs {
		cs[i].meant = max(cs[i].meant, silent+cs[i].alike)
	}
}

// compare fills in what the vectors say of each entry for a question in English words, and returns the question's. The file's English
// phrasing with the number without, if any, is left out, as if the file did not have it.
func (m *meaning) compare(cs []candidate, ws []string, without int) encoder.Vector {
	text := englishAsked(ws)
	v, ok := m.held[text]
	if !ok {
		v = m.encoder.Encode(text)
	}
	for i, p := range m.near.Products(v) {
		c := &cs[m.owner[i]]
		switch {
		case i == without:
		case i < m.asked:
			c.meant = max(c.meant, float64(p))
		default:
			c.said = max(c.said, float64(p))
		}
	}
	centroid := m.centroid.Products(v)
	if without != nobody {
		entry := m.owner[without]
		centroid[entry] = m.centroidWithout(entry, centroid[entry])
	}
	for i := range cs {
		cs[i].meant = (cs[i].meant + float64(centroid[i])) / 2
	}
	return v
}

// centroidWithout returns the cosine of a phrasing to the sum of its entry's others, given that to the sum of all.
func (m *meaning) centroidWithout(entry int, cosine float32) float32 {
	n := m.length[entry]
	product := n*float64(cosine) - 1
	rest := math.Sqrt(max(0, n*n-2*n*float64(cosine)+1))
	if rest < 0.1 { // there are no others
		return 0
	}
	return float32(product / rest)
}

// encodeAll encodes sentences on all processors but one, which learns the words meanwhile, and takes as long.
func encodeAll(ctx context.Context, e *encoder.Encoder, texts []string) ([]encoder.Vector, error) {
	const together = 64 // a cancelled build ends after this many
	vectors := make([]encoder.Vector, len(texts))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, runtime.GOMAXPROCS(0)-1))
	for from := 0; from < len(texts); from += together {
		group.Go(func() error {
			copy(vectors[from:], e.EncodeAll(texts[from:min(from+together, len(texts))]))
			return ctx.Err()
		})
	}
	return vectors, group.Wait()
}
