package eval

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
	"skindesk/index"
)

var update = flag.Bool("update", false, "rewrite testdata/report.golden")

func TestAreas(t *testing.T) {
	right := func(s float64) point { return point{score: s, right: true} }
	wrong := func(s float64) point { return point{score: s} }
	stranger := func(s float64) point { return point{score: s, stranger: true} }
	for _, x := range []struct {
		what        string
		points      []point
		auroc, oscr float64
	}{
		{"parted, all right", []point{right(0.9), right(0.8), stranger(0.2), stranger(0.1)}, 1, 1},
		{"the wrong way round", []point{right(0.1), stranger(0.9)}, 0, 0},
		{"all alike", []point{right(0.5), right(0.5), stranger(0.5)}, 0.5, 0.5},
		{"parted, half of them right", []point{right(0.9), wrong(0.8), stranger(0.1)}, 1, 0.5},
		{"a stranger in between", []point{right(0.9), stranger(0.7), right(0.5), stranger(0.1)}, 0.75, 0.75},
		{"a wrong one above a stranger, a right one below", []point{wrong(0.9), stranger(0.7), right(0.5)}, 0.5, 0},
		{"a tie of a right one with one of two strangers", []point{right(0.5), stranger(0.5), stranger(0.1)}, 0.75, 0.75},
		{"no strangers", []point{right(0.9)}, 0, 0},
		{"only strangers", []point{stranger(0.9)}, 0, 0},
		{"nothing", nil, 0, 0},
	} {
		auroc, oscr := areas(slices.Clone(x.points))
		if math.Abs(auroc-x.auroc) > 1e-9 || math.Abs(oscr-x.oscr) > 1e-9 {
			t.Errorf("%s: AUROC %v, OSCR %v, want %v and %v", x.what, auroc, oscr, x.auroc, x.oscr)
		}
		slices.Reverse(x.points) // the order of the questions says nothing
		if again, _ := areas(x.points); again != auroc {
			t.Errorf("%s: AUROC %v, and %v the other way round", x.what, auroc, again)
		}
	}
}

// scripted answers each question as its name says, so that every figure is known beforehand.
func scripted(_ context.Context, q index.Question) (index.Answer, error) {
	kind, rest, _ := strings.Cut(q.Text, " ")
	said, best, _ := strings.Cut(rest, " ")
	a := index.Answer{Kind: index.Kind(kind)}
	switch a.Kind {
	case index.KindChoose:
		a.Choices = strings.Split(said, ",")
	case index.KindAnswer, index.KindStaff:
		a.Entries = strings.Split(said, ",")
	}
	for i, id := range strings.Split(best, ",") {
		a.Scores = append(a.Scores, index.Score{ID: id, Value: 0.9 - 0.1*float64(i)})
	}
	return a, nil
}

func TestFigures(t *testing.T) {
	cases := []Case{
		{ID: "1", Topic: "pain", Q: "answer pain pain,sun"},
		{ID: "2", Topic: "pain", Q: "choose sun,pain sun,pain"},
		{ID: "3", Topic: "sun", Q: "answer pain pain,price,book,sun"},
		{ID: "4", Topic: "sun", Q: "unknown - sun"},
		{ID: "5", Topic: Unanswerable, Q: "staff price price"},
		{ID: "6", Topic: Unanswerable, Q: "answer pain pain"},
		{ID: "7", Topic: Unanswerable, Q: "choose pain pain"},
		{ID: "8", Topic: Unanswerable, Q: "urgent - pain"},
		{ID: "9", Topic: "booking", Q: "booking - book"},
		{ID: "10", Topic: "booking", Q: "unknown - book"},
		{ID: "11", Topic: "human", Q: "human - person"},
		{ID: "12", Topic: "urgent", Q: "urgent - pain"},
		{ID: "13", Topic: "pain", Accept: []string{"urgent"}, Q: "urgent - pain"}, // as good, so no false alarm
	}
	r, err := Run(t.Context(), scripted, cases)
	if err != nil {
		t.Fatal(err)
	}
	got := r.Figures()
	got.P50Ms, got.P99Ms, got.AUROC, got.OSCR, got.ECE = 0, 0, 0, 0, 0
	want := Figures{
		Questions: 13, Right: 2.0 / 5, RightOrButton: 3.0 / 5, Wrong: 1.0 / 5, NeedlessHandover: 1.0 / 5, UnanswerableRight: 1.0 / 4, FalseAnswers: 1.0 / 4,
		BadButtons: 1.0 / 4, Booking: 0.5, Human: 1, Urgent: 1, FalseAlarms: 1, A1: 3.0 / 5, A3: 4.0 / 5,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestRunEndsWithTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	_, err := Run(t.Context(), func(context.Context, index.Question) (index.Answer, error) { return index.Answer{}, broken }, []Case{{ID: "g7", Q: "a"}})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "g7") {
		t.Errorf("got %v", err)
	}
}

func TestFiguresOfNothing(t *testing.T) {
	if got := new(Report).Figures(); got != (Figures{}) {
		t.Errorf("got %+v", got)
	}
}

func clinicCases(t *testing.T) []Case {
	t.Helper()
	return casesIn(t, "testdata/cases.jsonl")
}

func casesIn(t *testing.T, file string) []Case {
	t.Helper()
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	cs, err := ReadCases(in)
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

// built is the index of the clinic's file, made once.
var built = sync.OnceValues(func() (*index.Index, error) {
	data, err := os.ReadFile("../faq.json")
	if err != nil {
		return nil, err
	}
	f, _, err := faq.Parse(data)
	if err != nil {
		return nil, err
	}
	return index.New(context.Background(), f)
})

func clinicIndex(t *testing.T) *index.Index {
	t.Helper()
	x, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// A question that the file has word for word measures nothing.
func TestCasesAreFair(t *testing.T) {
	f, languages, seen := clinicIndex(t).FAQ(), map[string]int{}, map[string]string{}
	for _, e := range f.Entries {
		for _, q := range e.Asked() {
			seen[bare(q)] = "faq.json, " + e.ID
		}
	}
	cases := clinicCases(t)
	asked := map[string]bool{}
	for _, c := range cases {
		languages[c.Lang]++
		if where, ok := seen[bare(c.Q)]; ok {
			t.Errorf("%s: %q stands also in %s", c.ID, c.Q, where)
		}
		seen[bare(c.Q)] = "case " + c.ID
		for _, id := range append(c.entries(), c.After) {
			if _, ok := f.Entry(id); !ok && id != "" {
				t.Errorf("%s: there is no entry %q", c.ID, id)
			}
			asked[id] = true
		}
	}
	if len(cases) < 150 || languages["en"] < 75 || languages["ur-Latn"] < 40 || languages["ur"] < 20 {
		t.Errorf("too few cases: %v", languages)
	}
	for _, e := range f.Entries {
		if e.Kind == faq.Answer && !asked[e.ID] {
			t.Errorf("no case asks for %s", e.ID)
		}
	}
}

// What strangers wrote measures how the file is worded, so none of it may become a phrasing.
func TestNoStrangersQuestionIsAPhrasing(t *testing.T) {
	f, seen, ids := clinicIndex(t).FAQ(), map[string]string{}, map[string]bool{}
	for _, e := range f.Entries {
		for _, q := range e.Asked() {
			seen[bare(q)] = e.ID
		}
	}
	strangers := append(casesIn(t, "testdata/strangers.jsonl"), casesIn(t, "testdata/unread.jsonl")...)
	for _, c := range strangers {
		if ids[c.ID] {
			t.Errorf("two questions are called %s", c.ID)
		}
		ids[c.ID] = true
		if where, ok := seen[bare(c.Q)]; ok {
			t.Errorf("%s: %q is a phrasing of %s", c.ID, c.Q, where)
		}
		for _, id := range append(c.entries(), c.After) {
			if _, ok := f.Entry(id); !ok && id != "" {
				t.Errorf("%s: there is no entry %q", c.ID, id)
			}
		}
	}
	if len(strangers) < 300 {
		t.Errorf("%d questions of strangers, want 300", len(strangers))
	}
}

// bare keeps what tells two wordings apart.
func bare(q string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(index.Clean(q)), func(r rune) bool { return strings.ContainsRune(" ?!.,'\"؟،۔-", r) }), " ")
}

// TestGoldenReport shows what a change of the file or of the ranking costs: every figure but the times, and every question that
// is not met rightly.
func TestGoldenReport(t *testing.T) {
	r, err := Run(t.Context(), clinicIndex(t).Ask, clinicCases(t))
	if err != nil {
		t.Fatal(err)
	}
	got := golden(t, r)
	const file = "testdata/report.golden"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("-%s +now (go test ./eval -update accepts it):\n%s%s", file, others("-", want, got), others("+", got, want))
	}
	f := r.Figures()
	if f.Urgent < 1 || f.Right < 0.5 || f.RightOrButton < 0.75 || f.Wrong > 0.08 || f.FalseAnswers > 0.08 {
		t.Errorf("below what was promised: %+v", f)
	}
}

// others returns the lines of a text that another one lacks.
func others(sign string, a, b []byte) string {
	there := strings.Split(string(b), "\n")
	var lines strings.Builder
	for line := range strings.SplitSeq(string(a), "\n") {
		if !slices.Contains(there, line) {
			lines.WriteString(sign + " " + line + "\n")
		}
	}
	return lines.String()
}

func golden(t *testing.T, r *Report) []byte {
	t.Helper()
	var b bytes.Buffer
	figures := reflect.ValueOf(r.Figures())
	for i := range figures.NumField() {
		name, value := figures.Type().Field(i).Tag.Get("json"), figures.Field(i)
		switch {
		case strings.HasPrefix(name, "ms_"): // of the machine, not of the answers
		case value.CanInt():
			fmt.Fprintf(&b, "%-20s %d\n", name, value.Int())
		default:
			fmt.Fprintf(&b, "%-20s %.3f\n", name, value.Float())
		}
	}
	for _, write := range []func(io.Writer) error{r.Write, r.WriteMisses} {
		b.WriteByte('\n')
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}
