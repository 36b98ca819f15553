package eval

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Summary is a report in numbers, as JSON has it: the figures, between which bounds they are known, how the questions of each group
// were met, and what the scores are worth.
type Summary struct {
	Figures
	Within      map[string][2]float64      `json:"within"` // 95 % bounds of the shares (Wilson)
	Counts      map[string]Share           `json:"counts"`
	Groups      map[string]map[Outcome]int `json:"groups"`
	Calibration Calibration                `json:"calibration"`
}

// Summary counts the report.
func (r *Report) Summary() Summary {
	s := Summary{Figures: r.Figures(), Within: map[string][2]float64{}, Counts: r.Shares(), Groups: r.groups(), Calibration: r.Calibration()}
	for name, share := range s.Counts {
		low, high := share.Within()
		s.Within[name] = [2]float64{low, high}
	}
	return s
}

// groups counts the outcomes of the questions with an entry by language, of the others by label, and of all by kind.
func (r *Report) groups() map[string]map[Outcome]int {
	groups := map[string]map[Outcome]int{}
	add := func(group string, o Outcome) {
		if groups[group] == nil {
			groups[group] = map[Outcome]int{}
		}
		groups[group][o]++
	}
	for _, x := range r.Results {
		what := x.Case.Topic
		if x.Case.answerable() {
			what = "with an entry"
		}
		add(what, x.Outcome)
		if x.Case.Lang != "" {
			add(what+", "+x.Case.Lang, x.Outcome)
		}
		if x.Case.Kind != "" {
			add("kind "+x.Case.Kind, x.Outcome)
		}
	}
	return groups
}

// Write prints the report for people: shares with their bounds, the outcomes by group, and the table of calibration.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	r.writeShares(&b)
	b.WriteByte('\n')
	r.writeGroups(&b)
	b.WriteByte('\n')
	r.writeCalibration(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) writeShares(b *strings.Builder) {
	b.WriteString("share                 counted      value   95 % within (Wilson)\n")
	shares := r.Shares()
	for _, name := range shareNames {
		if s := shares[name]; s.Of > 0 {
			low, high := s.Within()
			fmt.Fprintf(b, "%-20s %4d of %4d  %5.1f %%   %5.1f to %5.1f %%\n", name, s.Hits, s.Of, 100*s.Value(), 100*low, 100*high)
		}
	}
	auroc, oscr := r.areas()
	fmt.Fprintf(b, "of the best score: AUROC %.3f, OSCR %.3f\n", auroc, oscr)
}

func (r *Report) writeGroups(b *strings.Builder) {
	groups := r.groups()
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		n := 0
		for _, k := range groups[group] {
			n += k
		}
		fmt.Fprintf(b, "%-28s n=%4d ", group, n)
		for _, o := range []Outcome{Right, Half, Button, BadButton, Wrong, False, Alarm, Missed} {
			if k := groups[group][o]; k > 0 {
				fmt.Fprintf(b, "  %s %d (%.0f%%)", o, k, 100*float64(k)/float64(n))
			}
		}
		b.WriteByte('\n')
	}
}

func (r *Report) writeCalibration(b *strings.Builder) {
	c := r.Calibration()
	b.WriteString("best score     questions   mean score   right first\n")
	for _, bin := range c.Bins {
		fmt.Fprintf(b, "%.1f to %.1f   %9d   %10.2f   %11.2f\n", bin.From, bin.To, bin.Right.Of, bin.Score, bin.Right.Value())
	}
	fmt.Fprintf(b, "expected calibration error %.3f\n", c.ECE)
}

// WriteMisses prints every case that was not right, one a line, in the order of the cases.
func (r *Report) WriteMisses(w io.Writer) error {
	for _, x := range r.Results {
		if x.Outcome == Right {
			continue
		}
		if _, err := fmt.Fprintf(w, "%-10s %s [%s] %q -> %s %v %v\n", x.Outcome, x.Case.ID, x.Case.Topic, x.Case.Q, cmp.Or(x.Answer.Kind, "-"), x.Answer.Entries, x.Answer.Choices); err != nil {
			return err
		}
	}
	return nil
}
