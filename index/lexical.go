package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// lexical is a bleve index in memory with one document a phrasing. Its fields hold keys made here, so that what is indexed
// and what is searched are cut by the same code.
type lexical struct {
	index  bleve.Index
	gloss  *glossary
	number map[string]int // of documents with a key, by field and key
	docs   int
	slots  chan struct{} // bleve's searches at once: two, so that a burst does not pile up memory
}

// field is one of the searched fields.
type field struct {
	name  string
	boost float64
	fuzzy bool // one letter may differ
	keys  func(ws []string, g *glossary) []string
}

var fields = []field{
	{"stem", 1.0, false, func(ws []string, _ *glossary) []string { return each(ws, stem) }},
	{"soft", 0.8, true, func(ws []string, _ *glossary) []string { return softKeys(ws) }},
	{"skeleton", 0.4, false, func(ws []string, _ *glossary) []string { return skeletonKeys(ws) }},
	{"gloss", 0.8, false, func(ws []string, g *glossary) []string { return each(g.translate(ws), stem) }},
}

const (
	searchTime   = 300 * time.Millisecond
	searchTokens = 16
	common1in    = 12 // a key that more than one phrasing in so many has costs most of the time and tells least
	rare         = 30 // but so few phrasings cost nothing
	searchHits   = 60 // phrasings; about three for each of the entries that can matter
)

func newLexical(phrases []phrase, g *glossary) (*lexical, error) {
	// Not NewMemOnly: that one is no scorch index, and BM25 would silently be TF-IDF.
	ix, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	l := &lexical{index: ix, gloss: g, number: map[string]int{}, docs: len(phrases), slots: make(chan struct{}, 2)}
	if err := l.fill(phrases); err != nil {
		return nil, fmt.Errorf("fill the index: %w (and %v)", err, ix.Close())
	}
	return l, nil
}

func newMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range fields {
		text := bleve.NewTextFieldMapping()
		text.Analyzer, text.Store, text.IncludeInAll, text.IncludeTermVectors, text.DocValues = keyword.Name, false, false, false, false
		doc.AddFieldMappingsAt(f.name, text)
	}
	m.DefaultMapping = doc
	return m
}

func (l *lexical) fill(phrases []phrase) error {
	batch := l.index.NewBatch()
	for i, p := range phrases {
		doc := map[string]any{}
		for _, f := range fields {
			keys := f.keys(p.words, l.gloss)
			doc[f.name] = keys // a list: each key is a token as it stands
			for _, k := range distinct(keys, math.MaxInt) {
				l.number[f.name+":"+k]++
			}
		}
		if err := batch.Index(strconv.Itoa(i), doc); err != nil {
			return err
		}
	}
	return l.index.Batch(batch)
}

// search returns how well phrasings match, by number, each between 0 and 1: BM25 beside that of the best, times the weight that
// the words known here have among all words of the question. BM25 itself has no scale that two questions share.
func (l *lexical) search(ctx context.Context, ws []string) (map[int]float64, error) {
	var clauses []query.Query
	var known, all float64
	for _, f := range fields {
		for _, k := range distinct(f.keys(ws, l.gloss), searchTokens) {
			n := l.number[f.name+":"+k]
			if n > max(rare, l.docs/common1in) {
				continue
			}
			clauses = append(clauses, clause(f, k))
			weight := f.boost * math.Log(1+float64(l.docs)/float64(max(1, n)))
			all += weight
			if n > 0 {
				known += weight
			}
		}
	}
	if len(clauses) == 0 {
		return nil, nil
	}
	return l.run(ctx, bleve.NewDisjunctionQuery(clauses...), known/all)
}

func (l *lexical) run(ctx context.Context, q query.Query, known float64) (map[int]float64, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-ctx.Done():
		return nil, nil
	}
	res, err := l.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, searchHits, 0, false))
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, nil // a busy machine: the other rankers decide alone
	}
	if err != nil {
		return nil, err
	}
	found := make(map[int]float64, len(res.Hits))
	for _, hit := range res.Hits {
		i, err := strconv.Atoi(hit.ID)
		if err != nil {
			return nil, fmt.Errorf("document %q: %w", hit.ID, err)
		}
		found[i] = known * hit.Score / res.MaxScore
	}
	return found, nil
}

func clause(f field, key string) query.Query {
	if f.fuzzy && len(key) > 3 {
		q := bleve.NewFuzzyQuery(key)
		q.SetField(f.name)
		q.SetBoost(f.boost)
		q.SetFuzziness(1)
		q.SetPrefix(1)
		return q
	}
	q := bleve.NewTermQuery(key)
	q.SetField(f.name)
	q.SetBoost(f.boost)
	return q
}

func (l *lexical) close() error { return l.index.Close() }
