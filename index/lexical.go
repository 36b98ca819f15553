package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// lexical is an index of bleve's with one document a phrasing, in memory or in a folder. Its fields hold the keys of a reading.
type lexical struct {
	index  bleveindex.Index
	rules  mapping.IndexMapping
	reader bleveindex.IndexReader
	phrase []int // that each of bleve's documents is
	copied copied
	memory memory
	closed atomic.Bool
	vocab  *vocabulary // tells how many phrasings have a key
	docs   int
	slots  chan struct{} // bleve's searches at once: two, so that a burst does not pile up memory
}

// field is one of the searched fields: a family of features.
type field struct {
	family int
	boost  float64
	fuzzy  bool // one letter may differ
}

var fields = []field{{inStem, 1.0, false}, {inSoft, 0.8, true}, {inSkeleton, 0.4, false}, {inGloss, 0.8, false}}

func (f field) name() string            { return families[f.family].name }
func (f field) keys(r reading) []string { return families[f.family].of(r) }

const (
	searchTime   = 5 * time.Second // a safeguard only: what a question costs is bounded by its words, and an answer is not to depend on the load
	searchTokens = 16
	common1in    = 12 // a key that more than one phrasing in so many has costs most of the time and tells least
	rare         = 30 // but so few phrasings cost nothing
	searchHits   = 60 // phrasings; about three for each of the entries that can matter
)

// newLexical makes an index in memory of the keys of all phrasings.
func newLexical(texts []reading) (*lexical, error) {
	l := &lexical{docs: len(texts), phrase: make([]int, len(texts))}
	queue := bleveindex.NewAnalysisQueue(1)
	defer queue.Close()
	if err := l.open("", queue); err != nil {
		return nil, err
	}
	if err := errors.Join(l.fill(texts), l.read(), l.number()); err != nil {
		return nil, fmt.Errorf("fill the index: %w", errors.Join(err, l.close()))
	}
	return l, nil
}

// open begins an empty index in memory, or goes to the one that lies in a folder, only to read it.
func (l *lexical) open(folder string, queue *bleveindex.AnalysisQueue) error {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
	ix, err := scorch.NewScorch(scorch.Name, map[string]any{"path": folder, "read_only": folder != "", "bolt_timeout": "1s"}, queue)
	if err != nil {
		return err
	}
	l.index, l.rules, l.slots = ix, m, make(chan struct{}, 2)
	return ix.Open()
}

func (l *lexical) fill(texts []reading) error {
	batch, counted := bleveindex.NewBatch(), counts{}
	for i, t := range texts {
		doc := document.NewDocument(strconv.Itoa(i))
		for _, f := range fields {
			doc.AddField(counted.field(f.name(), f.keys(t)))
		}
		batch.Update(doc)
	}
	return l.index.Batch(batch)
}

// keysField is a field of a document for bleve. Its keys are cut by us, here as in a question, so there is nothing to analyse.
type keysField struct {
	name   string
	length int
	counts bleveindex.TokenFrequencies
}

func (*keysField) Analyze()                                                {}
func (f *keysField) Name() string                                          { return f.name }
func (f *keysField) AnalyzedLength() int                                   { return f.length }
func (f *keysField) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.counts }
func (*keysField) Options() bleveindex.FieldIndexingOptions                { return bleveindex.IndexField }
func (*keysField) EncodedFieldType() byte                                  { return 't' }
func (*keysField) ArrayPositions() []uint64                                { return nil }
func (*keysField) Value() []byte                                           { return nil }
func (*keysField) NumPlainTextBytes() uint64                               { return 0 }
func (*keysField) Size() int                                               { return 0 }

// counts holds what bleve calls the frequency of a key: how often it stands in a field, from once up. All fields share them, for
// bleve only reads.
type counts map[string][]*bleveindex.TokenFreq

func (c counts) field(name string, keys []string) *keysField {
	f := &keysField{name: name, counts: make(bleveindex.TokenFrequencies, len(keys))}
	for _, k := range keys {
		if k == "" {
			continue
		}
		f.length++
		times := 1
		if before := f.counts[k]; before != nil {
			times += before.Frequency()
		}
		f.counts[k] = c.of(k, times)
	}
	return f
}

func (c counts) of(key string, times int) *bleveindex.TokenFreq {
	for len(c[key]) < times {
		tf := &bleveindex.TokenFreq{Term: []byte(key)}
		tf.SetFrequency(len(c[key]) + 1)
		c[key] = append(c[key], tf)
	}
	return c[key][times-1]
}

// read opens the filled index for searching.
func (l *lexical) read() (err error) {
	if l.reader, err = l.index.Reader(); err != nil {
		return err
	}
	n, err := l.reader.DocCount()
	if err == nil && n != uint64(l.docs) {
		err = fmt.Errorf("there are %d phrasings of %d", n, l.docs)
	}
	return err
}

// number notes which phrase each document is.
func (l *lexical) number() error {
	for i := range l.phrase {
		doc, err := l.reader.InternalID(strconv.Itoa(i))
		if err != nil {
			return err
		}
		if doc == nil || doc.Value() >= uint64(l.docs) {
			return fmt.Errorf("phrasing %d is not where it should be", i)
		}
		l.phrase[doc.Value()] = i
	}
	return nil
}

// search returns how well each phrasing matches, between 0 and 1: BM25 beside that of the best, times the weight that the words
// known here have among all words of the question. BM25 itself has no scale that two questions share.
//
// It is bleve's own disjunction: the sum of what each key gives a phrasing, times the part of the keys that matched. But bleve
// walks through all keys' documents at once with a heap, and that takes most of its time. When the time of ctx is over, nothing matches.
func (l *lexical) search(ctx context.Context, r reading) ([]float32, error) {
	if l.closed.Load() {
		return nil, bleve.ErrorIndexClosed
	}
	sums, matched := make([]float32, l.docs), make([]uint8, l.docs)
	var known, all float64
	clauses := 0
	for _, f := range fields {
		for _, k := range distinct(f.keys(r), searchTokens) {
			n := l.vocab.having(f.family, k)
			if n > max(rare, l.docs/common1in) {
				continue
			}
			found, err := l.matches(ctx, f, k, n)
			if errors.Is(err, context.DeadlineExceeded) {
				return make([]float32, l.docs), nil // a busy machine: the other rankers decide alone
			}
			if err != nil {
				return nil, err
			}
			for _, p := range found {
				sums[p.phrase] += p.score
				matched[p.phrase]++
			}
			clauses++
			weight := f.boost * math.Log(1+float64(l.docs)/float64(max(1, n)))
			all += weight
			if n > 0 {
				known += weight
			}
		}
	}
	if clauses == 0 {
		return sums, nil
	}
	for i, n := range matched {
		sums[i] *= float32(n) / float32(clauses)
	}
	keepBest(sums, searchHits, float32(known/all))
	return sums, nil
}

// matches returns what bleve says of the phrasings for one key. It asks bleve once for each key: patients use few words.
func (l *lexical) matches(ctx context.Context, f field, key string, exact int) ([]match, error) {
	fuzzy := f.fuzzy && len(key) > 3
	if exact == 0 && !fuzzy {
		return nil, nil
	}
	name := f.name() + ":" + key
	if found, ok := l.memory.get(name); ok {
		return found, nil
	}
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	found, err := l.ask(ctx, clause(f, key, fuzzy))
	if err == nil {
		l.memory.put(name, found)
	}
	return found, err
}

// ask runs a query of bleve's to its end.
func (l *lexical) ask(ctx context.Context, q query.Query) ([]match, error) {
	// Without this word bleve scores by TF-IDF, whatever the mapping says.
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey, search.GetScoringModelCallbackFn(func() string { return bleveindex.BM25Scoring }))
	s, err := q.Searcher(ctx, l.reader, l.rules, search.SearcherOptions{})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.SetQueryNorm(1) // the weight of the key against others, not yet scaled to theirs
	c := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0), IndexReader: l.reader}
	var found []match
	for {
		m, err := s.Next(c)
		if m == nil || err != nil {
			return found, errors.Join(err, ctx.Err())
		}
		found = append(found, match{int32(l.phrase[m.IndexInternalID.Value()]), float32(m.Score)})
		c.DocumentMatchPool.Put(m)
	}
}

// keepBest leaves the n highest values, with the highest as the scale, and nothing of the others.
func keepBest(values []float32, n int, scale float32) {
	top := make([]float32, n) // in falling order
	for _, v := range values {
		if v <= top[n-1] {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, v, func(a, b float32) int { return cmp.Compare(b, a) })
		copy(top[at+1:], top[at:n-1])
		top[at] = v
	}
	for i, v := range values {
		switch {
		case v == 0:
		case v < top[n-1]:
			values[i] = 0
		default:
			values[i] = scale * v / top[0]
		}
	}
}

func clause(f field, key string, fuzzy bool) query.Query {
	if fuzzy {
		q := bleve.NewFuzzyQuery(key)
		q.SetField(f.name())
		q.SetBoost(f.boost)
		q.SetFuzziness(1)
		q.SetPrefix(1)
		return q
	}
	q := bleve.NewTermQuery(key)
	q.SetField(f.name())
	q.SetBoost(f.boost)
	return q
}

func (l *lexical) close() error {
	l.closed.Store(true)
	if l.reader == nil {
		return l.index.Close()
	}
	return errors.Join(l.reader.Close(), l.index.Close())
}
