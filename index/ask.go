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
	owner    []int            // the entry of each, close together for the walk of every question
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
}

// phrase is one question of an entry.
type phrase struct {
	entry    int
	text     string
	words    []string // nil once the index is built
	language faq.Language
}

// New builds an index of the FAQ in memory. It returns an error when ctx ends, or when a part cannot be built.
func New(ctx context.Context, f *faq.FAQ, o ...Option) (*Index, error) {
	var chosen options
	for _, set := range o {
		set(&chosen)
	}
	c := chosen.cache
	heard, err := fused.only(chosen.rankers)
	if err != nil {
		return nil, err
	}
	x := &Index{faq: f, numbers: map[string]int{}, exact: map[string][]int{}, gloss: newGlossary(f), weights: heard, policy: usual}
	x.list()
	if len(x.phrases) > maxVectors {
		return nil, fmt.Errorf("%d phrasings are more than the %d that can be told apart", len(x.phrases), maxVectors)
	}
	e, err := encoder.Shared()
	if err != nil {
		return nil, err
	}
	policy, tuned := c.policy(f.SHA256)
	var own map[int]encoder.Vector
	group, building := errgroup.WithContext(ctx)
	group.Go(func() (err error) { // on one processor sentences are encoded, on the other words counted and learned
		if x.meaning, err = newMeaning(building, f, x.phrases, c); err != nil {
			return fmt.Errorf("encode the questions: %w", err)
		}
		x.speller = newSpeller(x.phrases, x.gloss, e.Knows)
		return nil
	})
	group.Go(func() (err error) {
		texts := x.readPhrases()
		group.Go(func() (err error) {
			if x.words, err = newLexical(texts); err != nil {
				return fmt.Errorf("build the word index: %w", err)
			}
			return nil
		})
		own = x.learnWords(texts, c, tuned)
		x.ear, err = newEar(f, x.phrases, x.vocab, x.gloss, c)
		x.alarms = alarmsOf(f)
		return err
	})
	if err := group.Wait(); err != nil {
		if x.words != nil {
			err = errors.Join(err, x.words.close())
		}
		return nil, err
	}
	x.words.vocab = x.vocab
	if !tuned {
		if policy, err = x.tune(ctx, own); err != nil {
			return nil, fmt.Errorf("ask the phrasings left out: %w", errors.Join(err, x.words.close()))
		}
		_ = c.keepPolicy(f.SHA256, policy) // else the next start asks again
	}
	x.policy, x.meaning.ridge.lower, x.gloss.known = policy, nil, nil // the rest is what only building needs
	for i := range x.phrases {
		x.phrases[i].words = nil
	}
	return x, nil
}

// list numbers the entries and their questions, and cuts these into words.
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
	var all sync.WaitGroup
	for some := range slices.Chunk(x.phrases, 1+len(x.phrases)/runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i := range some {
				some[i].words = words(Clean(some[i].text))
			}
		})
	}
	all.Wait()
}

// readPhrases finds the keys of all phrases. Those of a word are found once.
func (x *Index) readPhrases() []reading {
	texts := make([]reading, len(x.phrases))
	for i, p := range x.phrases {
		x.gloss.remember(p.words)
		texts[i] = x.gloss.read(p.words)
		key := strings.Join(each(bare(p.words), func(w string) string { return x.gloss.keys(w).soft }), " ")
		if !slices.Contains(x.exact[key], p.entry) {
			x.exact[key] = append(x.exact[key], p.entry)
		}
	}
	return texts
}

// learnWords makes the features of all phrases and trains the regression on them, unless the cache has it and nobody needs to know what
// it has learned from each phrasing that is held out.
func (x *Index) learnWords(texts []reading, c cache, tuned bool) (own map[int]encoder.Vector) {
	var vectors, said []sparse
	x.vocab, vectors = newVocabulary(texts)
	x.near = newPostings(vectors, len(x.vocab.idf))
	for _, l := range faq.Languages {
		for _, s := range answerSentences(x.faq, l) {
			said, x.answerOf = append(said, x.vocab.vector(x.gloss.read(words(s.text)))), append(x.answerOf, s.entry)
		}
	}
	x.answers = newPostings(said, len(x.vocab.idf))
	features, classes := len(x.vocab.idf), len(x.faq.Entries)
	if x.learned = c.regression(x.faq.SHA256, features, classes); x.learned == nil || !tuned {
		x.learned, own = train(vectors, x.owner, balance(x.phrases), features, classes, x.held()...)
		_ = c.keepRegression(x.faq.SHA256, x.learned) // else the next start learns again
	}
	return own
}

// FAQ returns what the index was made from.
func (x *Index) FAQ() *faq.FAQ { return x.faq }

// Close frees the index. No question may be asked afterwards.
func (x *Index) Close() error { return x.words.close() }

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
