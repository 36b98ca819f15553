package eval

import (
	"context"
	"fmt"
	"time"

	"skindesk/index"
)

// Result is one case with what came of it.
type Result struct {
	Case    Case
	Answer  index.Answer
	Outcome Outcome
	Took    time.Duration
}

// Report is the whole of a run.
type Report struct {
	Results []Result
}

// Asker answers questions; an *index.Index does.
type Asker func(ctx context.Context, q index.Question) (index.Answer, error)

// Run asks every question and judges the answers.
func Run(ctx context.Context, ask Asker, cs []Case) (*Report, error) {
	known := map[string]bool{}
	for _, c := range cs {
		for _, id := range c.entries() {
			known[id] = true
		}
	}
	r := &Report{Results: make([]Result, 0, len(cs))}
	for _, c := range cs {
		start := time.Now()
		a, err := ask(ctx, index.Question{Text: c.Q, After: c.After})
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", c.ID, err)
		}
		r.Results = append(r.Results, Result{Case: c, Answer: a, Outcome: judge(c, a, known), Took: time.Since(start)})
	}
	return r, nil
}
