package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"skindesk/eval"
	"skindesk/index"
)

// evaluate measures the answers of a faq file on labelled questions.
func evaluate(ctx context.Context, env environ, args []string) error {
	fs := flags(env, "eval")
	file := fs.String("faq", "", "the faq file (default: FAQ_FILE)")
	cases := fs.String("cases", "", "JSON lines of labelled questions")
	asJSON := fs.Bool("json", false, "the figures as one JSON line")
	picture := fs.String("picture", "", "write the trade-off of wrong answers and hand-overs to this SVG file")
	ablations := fs.Bool("ablations", false, "print what is left of the figures without this or that ranker or part of the file")
	misses := fs.Bool("misses", false, "print every question that was not met rightly")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *cases == "" {
		return errors.New("eval: --cases is missing")
	}
	f, err := loadFAQ(env, *file)
	if err != nil {
		return err
	}
	in, err := os.Open(*cases)
	if err != nil {
		return fmt.Errorf("read the cases: %w", err)
	}
	defer in.Close()
	cs, err := eval.ReadCases(in)
	if err != nil {
		return fmt.Errorf("read the cases in %s: %w", *cases, err)
	}
	if *ablations {
		return eval.WriteAblations(ctx, env.stdout, f, cs)
	}
	ix, err := index.New(ctx, f)
	if err != nil {
		return err
	}
	defer ix.Close()
	r, err := eval.Run(ctx, ix.Ask, cs)
	if err != nil {
		return err
	}
	if *picture != "" {
		if err := draw(*picture, r); err != nil {
			return fmt.Errorf("draw the trade-off: %w", err)
		}
	}
	if *asJSON {
		return json.NewEncoder(env.stdout).Encode(r.Summary())
	}
	if *misses {
		if err := r.WriteMisses(env.stdout); err != nil {
			return err
		}
	}
	return r.Write(env.stdout)
}

// draw writes the trade-off of all questions, and of each language that has enough of them to tell something.
func draw(path string, r *eval.Report) error {
	const enough = 20
	ts := []eval.Tradeoff{r.Tradeoff("all", func(eval.Case) bool { return true })}
	for _, l := range []struct{ code, name string }{{"en", "English"}, {"ur-Latn", "Roman Urdu"}, {"ur", "Urdu"}} {
		n := 0
		t := r.Tradeoff(l.name, func(c eval.Case) bool {
			if c.Lang == l.code {
				n++
			}
			return c.Lang == l.code
		})
		if n >= enough {
			ts = append(ts, t)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(eval.WritePicture(f, fmt.Sprintf("Bolder or shyer: %d questions", len(r.Results)), ts), f.Close())
}
