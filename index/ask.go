package index

import (
	"context"
	"fmt"

	"skindesk/faq"
)

// Index answers questions from one FAQ. It is safe for use by several goroutines until it is closed.
type Index struct {
	faq     *faq.FAQ
	numbers map[string]int // of the entries, by id
	phrases []phrase
	gloss   *glossary
	vocab   *vocabulary
	vectors []sparse // of the phrases
	learned *regression
	words   *lexical
	meaning *meaning
}

// phrase is one question of an entry.
type phrase struct {
	entry    int
	text     string
	words    []string
	language faq.Language
}

// New builds an index of the FAQ in memory. It returns an error when ctx ends, or when a part cannot be built.
func New(ctx context.Context, f *faq.FAQ, o ...Option) (*Index, error) {
	x := &Index{faq: f, numbers: map[string]int{}, gloss: newGlossary(f)}
	for i := range f.Entries {
		x.numbers[f.Entries[i].ID] = i
		for _, l := range faq.Languages {
			for _, q := range f.Entries[i].Questions[l] {
				x.phrases = append(x.phrases, phrase{i, q, words(Clean(q)), l})
			}
		}
	}
	var err error
	if x.words, err = newLexical(x.phrases, x.gloss); err != nil {
		return nil, fmt.Errorf("build the word index: %w", err)
	}
	x.learnWords()
	if x.meaning, err = newMeaning(ctx, f, x.phrases, x.gloss, settings(o)); err != nil {
		return nil, fmt.Errorf("encode the questions: %w (%v)", err, x.words.close())
	}
	return x, nil
}

// learnWords makes the features of all phrases and trains the regression on them.
func (x *Index) learnWords() {
	x.vocab = newVocabulary(x.phrases, x.gloss)
	owner := make([]int, len(x.phrases))
	for i, p := range x.phrases {
		x.vectors = append(x.vectors, x.vocab.vector(p.words))
		owner[i] = p.entry
	}
	x.learned = train(x.vectors, owner, len(x.vocab.idf), len(x.faq.Entries))
}

// FAQ returns what the index was made from.
func (x *Index) FAQ() *faq.FAQ { return x.faq }

// Close frees the index. No question may be asked afterwards.
func (x *Index) Close() error { return x.words.close() }

// Ask finds what a question is to be met with. It returns an error only when ctx ends or bleve fails.
func (x *Index) Ask(ctx context.Context, q Question) (Answer, error) {
	a := Answer{Language: Language(q.Text)}
	if alarm, ok := RedFlag(q.Text); ok {
		a.Alarm = alarm
	}
	whole, err := x.rankAfter(ctx, q)
	if err != nil {
		return Answer{}, fmt.Errorf("find the answer: %w", err)
	}
	a.Followed = whole.followed
	a.Scores = x.scores(whole)
	parts, err := x.rankParts(ctx, q.Text)
	if err != nil {
		return Answer{}, fmt.Errorf("find the answer of a part: %w", err)
	}
	x.decide(&a, whole, parts)
	return a, nil
}
