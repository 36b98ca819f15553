package eval

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skindesk/faq"
	"skindesk/index"
)

// scored is a question whose best entry is known with its scores.
func scored(topic, best string, kind faq.Kind, value, sureness float64, met index.Kind) Result {
	r := Result{Case: Case{Topic: topic, Lang: "en"}, Answer: index.Answer{
		Kind: met, Scores: []index.Score{{ID: best, Kind: kind, Value: value, Parts: map[string]float64{"sureness": sureness}}},
	}}
	if met == index.KindAnswer {
		r.Answer.Entries = []string{best}
	}
	r.Outcome = judge(r.Case, r.Answer, map[string]bool{"pain": true, "sun": true})
	return r
}

func fiveResults() *Report {
	return &Report{Results: []Result{
		scored("pain", "pain", faq.Answer, 0.95, 9, index.KindAnswer),
		scored("sun", "pain", faq.Answer, 0.85, 8, index.KindAnswer),
		scored("sun", "sun", faq.Answer, 0.85, 7, index.KindChoose),
		scored(Unanswerable, "pain", faq.Answer, 0.15, 2, index.KindUnknown),
		scored(Unanswerable, "price", faq.Staff, 0.95, 9, index.KindStaff),
		scored("booking", "pain", faq.Answer, 0.95, 12, index.KindAnswer), // not about the topic: counts for none of this
	}}
}

func TestTradeoff(t *testing.T) {
	got := fiveResults().Tradeoff("all", func(Case) bool { return true })
	want := Tradeoff{Name: "all", Actual: TradeoffPoint{NotSaid: 1.0 / 3, Wrong: 1.0 / 5}, Points: []TradeoffPoint{
		{Sureness: 9, NotSaid: 2.0 / 3, Wrong: 0},
		{Sureness: 8, NotSaid: 1.0 / 3, Wrong: 1.0 / 5},
		{Sureness: 7, NotSaid: 0, Wrong: 1.0 / 5},
		{Sureness: 2, NotSaid: 0, Wrong: 2.0 / 5},
	}}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestCalibration(t *testing.T) {
	got := fiveResults().Calibration()
	want := Calibration{Bins: []Bin{
		{From: 0.1, To: 0.2, Score: 0.15, Right: Share{0, 1}},
		{From: 0.8, To: 0.9, Score: 0.85, Right: Share{1, 2}},
		{From: 0.9, To: 1, Score: 0.95, Right: Share{2, 2}}, // handing over is right where nothing answers
	}, ECE: (1*0.15 + 2*0.35 + 2*0.05) / 5}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if c := new(Report).Calibration(); c.ECE != 0 || len(c.Bins) != 0 {
		t.Errorf("of nothing: %+v", c)
	}
}

func TestPictureIsXMLInsideItsFrame(t *testing.T) {
	var b strings.Builder
	r := fiveResults()
	err := WritePicture(&b, "less < more & so on", []Tradeoff{r.Tradeoff("all", func(Case) bool { return true }), r.Tradeoff("none", func(Case) bool { return false })})
	if err != nil {
		t.Fatal(err)
	}
	texts, d := 0, xml.NewDecoder(strings.NewReader(b.String()))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in:\n%s", err, &b)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" {
			texts++
		}
	}
	if texts < 20 || strings.Contains(b.String(), "NaN") || !strings.Contains(b.String(), "less &lt; more &amp; so on") {
		t.Errorf("%d texts in:\n%s", texts, &b)
	}
	for _, share := range []float64{0, 0.5, 1} {
		if x, y := across(share), upwards(share, 1); math.Min(x, y) < 0 || x > pictureWidth || y > pictureHeight {
			t.Errorf("%v is drawn at %v, %v", share, x, y)
		}
	}
}
