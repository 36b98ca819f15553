package eval

import (
	"context"
	"fmt"
	"io"
	"slices"

	"skindesk/faq"
	"skindesk/index"
)

// An ablation takes a part of the whole away, to see what it is worth.
type ablation struct {
	name    string
	rankers []string              // heard; all, where there are none
	change  func(faq.FAQ) faq.FAQ // of the file; nil for none
}

var ablations = []ablation{
	{"all together", nil, nil},
	{"bleve alone", []string{"found"}, nil},
	{"words together, no encoder", []string{"learned", "alike", "found", "stated"}, nil},
	{"encoder alone", []string{"meant", "said"}, nil},
	{"without bleve", []string{"learned", "alike", "meant", "said", "stated"}, nil},
	{"without regressions", []string{"alike", "found", "meant", "said", "stated"}, nil},
	{"without sentences of answers", []string{"learned", "alike", "found", "meant"}, nil},
	{"without staff entries", nil, withoutStaff},
	{"without glossary", nil, func(f faq.FAQ) faq.FAQ { f.Glossary = nil; return f }},
}

func withoutStaff(f faq.FAQ) faq.FAQ {
	f.Entries = slices.DeleteFunc(slices.Clone(f.Entries), func(e faq.Entry) bool { return e.Kind == faq.Staff })
	return f
}

// WriteAblations builds an index of the file for each part that is taken away, asks the cases, and prints a table of what is left. The
// thresholds are fitted anew each time, as they are at every load.
func WriteAblations(ctx context.Context, w io.Writer, f *faq.FAQ, cases []Case) error {
	fmt.Fprintf(w, "%-30s %6s %6s %6s %6s  %6s %6s %6s %6s\n", "", "a1", "a3", "AUROC", "OSCR", "right", "button", "wrong", "false")
	for _, a := range ablations {
		changed := *f
		if a.change != nil {
			changed = a.change(changed)
		}
		r, err := ablate(ctx, &changed, a.rankers, cases)
		if err != nil {
			return fmt.Errorf("%s: %w", a.name, err)
		}
		g := r.Figures()
		if _, err := fmt.Fprintf(w, "%-30s %6.1f %6.1f %6.3f %6.3f  %6.1f %6.1f %6.1f %6.1f\n", a.name,
			100*g.A1, 100*g.A3, g.AUROC, g.OSCR, 100*g.Right, 100*(g.RightOrButton-g.Right), 100*g.Wrong, 100*g.FalseAnswers); err != nil {
			return err
		}
	}
	return nil
}

func ablate(ctx context.Context, f *faq.FAQ, rankers []string, cases []Case) (*Report, error) {
	x, err := index.New(ctx, f, index.Hearing(rankers...))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	return Run(ctx, x.Ask, cases)
}
