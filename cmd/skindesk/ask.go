package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"skindesk/faq"
	"skindesk/index"
)

// askedLine is a question as it comes in with --json -.
type askedLine struct {
	Q     *string `json:"q"`
	After string  `json:"after"`
}

// answeredLine is the verdict on it.
type answeredLine struct {
	Kind    index.Kind         `json:"kind"`
	Answers []string           `json:"answers"`
	Choices []string           `json:"choices"`
	Scores  map[string]float64 `json:"scores"`
	Ms      float64            `json:"ms"`
}

func ask(ctx context.Context, env environ, args []string) error {
	fs := flags(env, "ask")
	file := fs.String("faq", "", "the faq file (default: FAQ_FILE)")
	after := fs.String("after", "", "id of the entry answered just before")
	asJSON := fs.Bool("json", false, "one JSON line a question")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() == 0 {
		return errors.New(`ask: a question is missing, for example: skindesk ask "how many sessions do i need?"`)
	}
	f, err := loadFAQ(env, *file)
	if err != nil {
		return err
	}
	ix, err := index.New(ctx, f)
	if err != nil {
		return err
	}
	defer ix.Close()
	question := strings.Join(fs.Args(), " ")
	if *asJSON && question == "-" {
		return askLines(ctx, ix, env.stdin, env.stdout)
	}
	q := index.Question{Text: question, After: *after}
	if *asJSON {
		return answerLine(ctx, ix, q, json.NewEncoder(env.stdout))
	}
	return explain(ctx, ix, q, env.stdout)
}

// loadFAQ reads and parses the file; its faults are the error.
func loadFAQ(env environ, file string) (*faq.FAQ, error) {
	if file == "" {
		c, err := readConfig(env.lookup)
		if err != nil {
			return nil, err
		}
		file = c.FAQFile
	}
	data, err := faqFile(file).read()
	if err != nil {
		return nil, fmt.Errorf("read the faq file: %w", err)
	}
	f, _, err := faq.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s is faulty:\n%w", file, err)
	}
	return f, nil
}

// askLines answers question by question. A line that is no question gets an error line, and the next is read.
func askLines(ctx context.Context, ix *index.Index, in io.Reader, out io.Writer) error {
	w := json.NewEncoder(out)
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			if err := askLine(ctx, ix, line, w); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the questions: %w", err)
		}
	}
}

func askLine(ctx context.Context, ix *index.Index, line []byte, w *json.Encoder) error {
	var q askedLine
	err := json.Unmarshal(line, &q)
	if err == nil && q.Q == nil {
		err = errors.New(`"q" is missing`)
	}
	if err != nil {
		return w.Encode(map[string]string{"error": "no question: " + err.Error()})
	}
	return answerLine(ctx, ix, index.Question{Text: *q.Q, After: q.After}, w)
}

func answerLine(ctx context.Context, ix *index.Index, q index.Question, w *json.Encoder) error {
	start := time.Now()
	a, err := ix.Ask(ctx, q)
	if err != nil {
		return w.Encode(map[string]string{"error": err.Error()})
	}
	out := answeredLine{
		Kind: a.Kind, Answers: nonNil(a.Entries), Choices: nonNil(a.Choices), Scores: map[string]float64{},
		Ms: float64(time.Since(start).Microseconds()) / 1000,
	}
	for _, s := range a.Scores {
		out.Scores[s.ID] = math.Round(s.Value*1e4) / 1e4
	}
	return w.Encode(out)
}

func nonNil(ids []string) []string {
	if ids == nil {
		return []string{}
	}
	return ids
}

// explain shows a person what a patient would get, and why.
func explain(ctx context.Context, ix *index.Index, q index.Question, w io.Writer) error {
	start := time.Now()
	a, err := ix.Ask(ctx, q)
	if err != nil {
		return err
	}
	took := time.Since(start)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "verdict: %s   language: %s   %.1f ms\n", a.Kind, a.Language, float64(took.Microseconds())/1000)
	if a.Alarm.Rule != "" {
		fmt.Fprintf(b, "alarm: %s (%q)\n", a.Alarm.Rule, a.Alarm.Words)
	}
	if a.Followed {
		fmt.Fprintf(b, "understood as following %s\n", q.After)
	}
	for _, id := range a.Entries {
		sayEntry(b, ix.FAQ(), id, a.Language)
	}
	if len(a.Choices) > 0 {
		fmt.Fprintln(b, "\nbuttons:")
		for _, id := range a.Choices {
			title, _ := entryTitle(ix.FAQ(), id, a.Language)
			fmt.Fprintf(b, "  [ %s ]  %s\n", title, id)
		}
	}
	fmt.Fprintln(b, "\nscores:")
	for _, s := range a.Scores {
		fmt.Fprintf(b, "  %.3f  %-28s %q\n         %s\n", s.Value, s.ID, s.Phrasing, parts(s.Parts))
	}
	fmt.Fprintf(b, "\nthresholds: %s\n", parts(ix.Thresholds()))
	return b.Flush()
}

func sayEntry(w io.Writer, f *faq.FAQ, id string, lang faq.Language) {
	e, ok := f.Entry(id)
	if !ok {
		return
	}
	title, _ := e.Title.In(lang)
	text, in := e.Answer.In(lang)
	fmt.Fprintf(w, "\n%s  (%s, %s)\n%s\n", title, id, in, faq.Plain(text))
}

func entryTitle(f *faq.FAQ, id string, lang faq.Language) (string, bool) {
	e, ok := f.Entry(id)
	if !ok {
		return id, false
	}
	title, _ := e.Title.In(lang)
	return title, true
}

func parts(m map[string]float64) string {
	type part struct {
		name  string
		value float64
	}
	var ps []part
	for k, v := range m {
		ps = append(ps, part{k, v})
	}
	slices.SortFunc(ps, func(a, b part) int { return cmp.Compare(a.name, b.name) })
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = fmt.Sprintf("%s %.3f", p.name, p.value)
	}
	return strings.Join(out, "  ")
}
