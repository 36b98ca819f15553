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
	ix, err := index.New(ctx, f)
	if err != nil {
		return err
	}
	defer ix.Close()
	r, err := eval.Run(ctx, ix.Ask, cs)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(env.stdout).Encode(r.Figures())
	}
	if *misses {
		if err := r.WriteMisses(env.stdout); err != nil {
			return err
		}
	}
	if err := r.Write(env.stdout); err != nil {
		return err
	}
	out, err := json.MarshalIndent(r.Figures(), "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stdout, "%s\n", out)
	return err
}
