package eval

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
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

// Figures are the numbers of a report. Shares are between 0 and 1; a share of nothing is 0.
type Figures struct {
	Questions         int     `json:"questions"`
	Right             float64 `json:"right"`              // of the questions that have an entry
	RightOrButton     float64 `json:"right_or_button"`    // likewise
	Wrong             float64 `json:"wrong"`              // likewise
	NeedlessHandover  float64 `json:"needless_handover"`  // likewise: handed over although an entry answers it
	UnanswerableRight float64 `json:"unanswerable_right"` // of the questions that no entry answers: handed over
	FalseAnswers      float64 `json:"false_answers"`      // likewise: an entry was said as the answer
	BadButtons        float64 `json:"bad_buttons"`        // likewise: only entries were offered
	Booking           float64 `json:"booking"`
	Human             float64 `json:"human"`
	Urgent            float64 `json:"urgent"`
	FalseAlarms       int     `json:"false_alarms"`
	A1                float64 `json:"a1"`    // the wanted entry scores best, of the questions that have one
	A3                float64 `json:"a3"`    // it is among the best three
	AUROC             float64 `json:"auroc"` // chance that a question with an entry has a higher best score than one without
	OSCR              float64 `json:"oscr"`  // area under "answered rightly" against "strangers answered", over all thresholds
	P50Ms             float64 `json:"ms_p50"`
	P99Ms             float64 `json:"ms_p99"`
}

// Figures counts the report.
func (r *Report) Figures() Figures {
	answerable := func(x Result) bool { return x.Case.answerable() }
	topic := func(t string) func(Result) bool { return func(x Result) bool { return x.Case.Topic == t } }
	f := Figures{
		Questions:         len(r.Results),
		Right:             r.share(answerable, Right),
		RightOrButton:     r.share(answerable, Right, Button),
		Wrong:             r.share(answerable, Wrong),
		UnanswerableRight: r.share(topic(Unanswerable), Right),
		FalseAnswers:      r.share(topic(Unanswerable), False),
		BadButtons:        r.share(topic(Unanswerable), BadButton),
		Booking:           r.share(topic("booking"), Right),
		Human:             r.share(topic("human"), Right),
		Urgent:            r.share(topic("urgent"), Right),
	}
	f.NeedlessHandover = r.shareOf(answerable, func(x Result) bool {
		return x.Outcome == Missed && slices.Contains(handed, label(x.Answer.Kind))
	})
	for _, x := range r.Results {
		if x.Answer.Kind == index.KindUrgent && !slices.Contains(x.Case.wanted(), "urgent") {
			f.FalseAlarms++
		}
	}
	f.A1, f.A3, f.AUROC, f.OSCR = r.ranking()
	f.P50Ms, f.P99Ms = r.percentile(0.5), r.percentile(0.99)
	return f
}

func (r *Report) share(of func(Result) bool, outcomes ...Outcome) float64 {
	return r.shareOf(of, func(x Result) bool { return slices.Contains(outcomes, x.Outcome) })
}

func (r *Report) shareOf(of, is func(Result) bool) float64 {
	n, hits := 0, 0
	for _, x := range r.Results {
		if of(x) {
			n++
			if is(x) {
				hits++
			}
		}
	}
	return float64(hits) / float64(max(1, n))
}

func (r *Report) percentile(p float64) float64 {
	if len(r.Results) == 0 {
		return 0
	}
	took := make([]time.Duration, len(r.Results))
	for i, x := range r.Results {
		took[i] = x.Took
	}
	slices.Sort(took)
	return float64(took[int(float64(len(took)-1)*p)].Microseconds()) / 1000
}

// ranking measures the scores alone, whatever the verdict made of them.
func (r *Report) ranking() (a1, a3, auroc, oscr float64) {
	var first, three, n float64
	var points []point
	for _, x := range r.Results {
		if !x.Case.answerable() && x.Case.Topic != Unanswerable {
			continue
		}
		p := point{stranger: !x.Case.answerable()}
		if len(x.Answer.Scores) > 0 {
			p.score = x.Answer.Scores[0].Value
		}
		if !p.stranger {
			n++
			at := slices.IndexFunc(x.Answer.Scores, func(s index.Score) bool { return slices.Contains(x.Case.entries(), s.ID) })
			p.right = at == 0
			if at == 0 {
				first++
			}
			if at >= 0 && at < 3 {
				three++
			}
		}
		points = append(points, p)
	}
	auroc, oscr = areas(points)
	return first / max(1, n), three / max(1, n), auroc, oscr
}

// point is a question on the scale of the best score.
type point struct {
	score           float64
	stranger, right bool
}

// areas returns the area under the receiver operating characteristic (known against stranger) and under the open-set
// classification rate curve (Dhamija, Günther, Boult 2018: rightly answered against strangers answered).
func areas(points []point) (auroc, oscr float64) {
	slices.SortFunc(points, func(a, b point) int { return cmp.Compare(b.score, a.score) })
	var known, strangers float64
	for _, p := range points {
		if p.stranger {
			strangers++
		} else {
			known++
		}
	}
	if known == 0 || strangers == 0 {
		return 0, 0
	}
	var seen, right float64
	for i := 0; i < len(points); {
		var dSeen, dRight, dStranger float64
		j := i
		for ; j < len(points) && points[j].score == points[i].score; j++ { // ties count half
			switch {
			case points[j].stranger:
				dStranger++
			case points[j].right:
				dRight++
				dSeen++
			default:
				dSeen++
			}
		}
		auroc += dStranger * (seen + dSeen/2)
		oscr += dStranger * (right + dRight/2)
		seen, right, i = seen+dSeen, right+dRight, j
	}
	return auroc / known / strangers, oscr / known / strangers
}

// Write prints the report for people: a table by label and language, and by kind of question, then the misses.
func (r *Report) Write(w io.Writer) error {
	rows := map[string]map[Outcome]int{}
	add := func(row string, o Outcome) {
		if rows[row] == nil {
			rows[row] = map[Outcome]int{}
		}
		rows[row][o]++
	}
	for _, x := range r.Results {
		row := x.Case.Topic
		if x.Case.answerable() {
			row = "with an entry, " + cmp.Or(x.Case.Lang, "en")
		}
		add(row, x.Outcome)
		if x.Case.Kind != "" {
			add("  kind "+x.Case.Kind, x.Outcome)
		}
	}
	var b strings.Builder
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		n := 0
		for _, k := range rows[row] {
			n += k
		}
		fmt.Fprintf(&b, "%-28s n=%4d ", row, n)
		for _, o := range []Outcome{Right, Half, Button, BadButton, Wrong, False, Alarm, Missed} {
			if k := rows[row][o]; k > 0 {
				fmt.Fprintf(&b, "  %s %d (%.0f%%)", o, k, 100*float64(k)/float64(n))
			}
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMisses prints every case that was not right, one a line, in the order of the cases.
func (r *Report) WriteMisses(w io.Writer) error {
	for _, x := range r.Results {
		if x.Outcome == Right {
			continue
		}
		if _, err := fmt.Fprintf(w, "%-10s %s [%s] %q -> %s %v %v\n", x.Outcome, x.Case.ID, x.Case.Topic, x.Case.Q, x.Answer.Kind, x.Answer.Entries, x.Answer.Choices); err != nil {
			return err
		}
	}
	return nil
}
