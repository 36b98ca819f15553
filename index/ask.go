package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"skindesk/faq"
	"skindesk/index/encoder"
)

// Index answers questions from one FAQ. It is safe for use by several goroutines until it is closed.
type Index struct {
	faq      *faq.FAQ
	numbers  map[string]int // of the entries, by id
	phrases  []phrase
	texts    []reading        // of the phrases; nil once the index is built
	used     map[string]int   // how often the phrases use a word; likewise
	owner    []int            // the entry of each, close together for the walk of every question
	crowded  []float64        // by entry: what its phrasings have by their number
	exact    map[string][]int // the entries that have a wording, by its exactKey
	gloss    *glossary
	speller  *speller
	vocab    *vocabulary
	near     *postings
	answers  *postings // the sentences of the answers in every language
	answerOf []int     // the entry of each
	learned  *regression
	ear      *ear
	alarms   map[int]string // of each urgent entry, the rule that knows most of its phrasings
	words    *lexical
	meaning  *meaning
	weights  weights
	policy   policy
	keeping  *sync.WaitGroup // of what was built, for the next start; the first question does not wait for it
}

// phrase is one question of an entry.
type phrase struct {
	entry    int
	text     string
	language faq.Language
}

// New builds an index of the FAQ in memory. It returns an error when ctx ends, or when a part cannot be built.
func New(ctx context.Context, f *faq.FAQ, o ...Option) (*Index, error) {
	var chosen options
	for _, set := range o {
		set(&chosen)
	}
	heard, err := fused.only(chosen.rankers)
	if err != nil {
		return nil, err
	}
	x := &Index{faq: f, numbers: map[string]int{}, exact: map[string][]int{}, gloss: newGlossary(f), weights: heard, policy: usual, keeping: new(sync.WaitGroup)}
	x.list()
	if len(x.phrases) > maxVectors {
		return nil, fmt.Errorf("%d phrasings are more than the %d that can be told apart", len(x.phrases), maxVectors)
	}
	e, err := encoder.Shared()
	if err != nil {
		return nil, err
	}
	c := chosen.cache
	if len(chosen.rankers) > 0 {
		c = cache{} // it knows only the whole of them
	}
	if !c.recall(x, e) {
		if err := x.build(ctx, e, c); err != nil {
			if x.words != nil {
				err = errors.Join(err, x.words.close())
			}
			return nil, err
		}
		built := *x
		x.keeping.Go(func() { _ = c.keep(&built) }) // else the next start builds again
	}
	x.speller = newSpeller(x.used, x.gloss, e.Knows)
	x.alarms = alarmsOf(f)
	x.used, x.texts, x.meaning.held, x.gloss.known = nil, nil, nil, nil // the rest is what only building needs
	return x, nil
}

// build makes the index of the file: on one processor sentences are encoded, on the other words counted and learned.
func (x *Index) build(ctx context.Context, e *encoder.Encoder, c cache) (err error) {
	x.readPhrases()
	var own map[int]encoder.Vector
	group, building := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		if x.meaning, err = newMeaning(building, x, e, c); err != nil {
			return fmt.Errorf("encode the questions: %w", err)
		}
		return nil
	})
	group.Go(func() (err error) {
		if x.words, err = newLexical(x.texts); err != nil {
			return fmt.Errorf("build the word index: %w", err)
		}
		return nil
	})
	group.Go(func() (err error) {
		own = x.learnWords()
		x.ear, err = newEar(x.faq, x.phrases, x.vocab, x.gloss)
		return err
	})
	if err := group.Wait(); err != nil {
		return err
	}
	x.words.vocab = x.vocab
	if x.policy, err = x.tune(ctx, own); err != nil {
		return fmt.Errorf("ask the phrasings left out: %w", err)
	}
	return nil
}

// list numbers the entries and their questions, and finds what these have by their number alone.
func (x *Index) list() {
	for i := range x.faq.Entries {
		x.numbers[x.faq.Entries[i].ID] = i
		for _, l := range faq.Languages {
			for _, q := range x.faq.Entries[i].Questions[l] {
				x.phrases, x.owner = append(x.phrases, phrase{entry: i, text: q, language: l}), append(x.owner, i)
			}
		}
	}
	x.phrases = slices.Clip(x.phrases)
	x.crowd()
}

// readPhrases cuts all phrases into words and finds the keys of these, once for each.
func (x *Index) readPhrases() {
	x.texts = make([]reading, len(x.phrases))
	keys := make([]string, len(x.phrases))
	spread(len(x.phrases), func(i int) { x.texts[i].words = words(Clean(x.phrases[i].text)) })
	x.used = map[string]int{}
	for _, t := range x.texts {
		x.gloss.remember(t.words)
		for _, w := range t.words {
			x.used[w]++
		}
	}
	spread(len(x.phrases), func(i int) {
		ws := x.texts[i].words
		x.texts[i] = x.gloss.read(ws)
		keys[i] = strings.Join(each(bare(ws), func(w string) string { return x.gloss.keys(w).soft }), " ")
	})
	for i, key := range keys {
		if entry := x.phrases[i].entry; !slices.Contains(x.exact[key], entry) {
			x.exact[key] = append(x.exact[key], entry)
		}
	}
}

// spread does something for each of n, on all processors.
func spread(n int, do func(i int)) {
	var all sync.WaitGroup
	size := 1 + n/runtime.GOMAXPROCS(0)
	for from := 0; from < n; from += size {
		all.Go(func() {
			for i := from; i < min(from+size, n); i++ {
				do(i)
			}
		})
	}
	all.Wait()
}

// learnWords makes the features of all phrases and trains the regression on them. It also returns what that learned from each phrasing
// that is to be held out.
func (x *Index) learnWords() (own map[int]encoder.Vector) {
	var vectors, said []sparse
	x.vocab, vectors = newVocabulary(x.texts)
	x.near = newPostings(vectors, len(x.vocab.idf))
	for _, l := range faq.Languages {
		for _, s := range answerSentences(x.faq, l) {
			said, x.answerOf = append(said, x.vocab.vector(x.gloss.read(words(s.text)))), append(x.answerOf, s.entry)
		}
	}
	x.answers = newPostings(said, len(x.vocab.idf))
	x.learned, own = train(vectors, x.owner, balance(x.phrases), len(x.vocab.idf), len(x.faq.Entries), x.held()...)
	return own
}

// FAQ returns what the index was made from.
func (x *Index) FAQ() *faq.FAQ { return x.faq }

// Close frees the index. No question may be asked afterwards.
func (x *Index) Close() error {
	x.keeping.Wait()
	return x.words.close()
}

// Ask finds what a question is to be met with. It returns an error only when ctx ends or bleve fails.
func (x *Index) Ask(ctx context.Context, q Question) (Answer, error) {
	whole, err := x.rankAfter(ctx, q)
	if err != nil {
		return Answer{}, fmt.Errorf("find the answer: %w", err)
	}
	a := Answer{Language: whole.language, Alarm: whole.alarm, Followed: whole.followed}
	var parts []ranked
	if !whole.followed { // what leans on the question before is one thought
		if parts, err = x.rankParts(ctx, q.Text); err != nil {
			return Answer{}, fmt.Errorf("find the answer of a part: %w", err)
		}
	}
	if asked := questionsIn(parts); len(asked) == 1 && len(whole.words) > longWords {
		if whole, err = x.focus(ctx, whole, asked[0]); err != nil {
			return Answer{}, fmt.Errorf("find the answer to the question in a story: %w", err)
		}
	}
	a.Scores = x.scores(whole)
	x.decide(&a, whole, parts)
	x.addAlarm(&a, q.Text, whole, nil)
	for _, p := range parts {
		x.addAlarm(&a, p.text, p.ranking, whole)
	}
	return a, nil
}
