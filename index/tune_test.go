package index

import (
	"context"
	"math"
	"testing"

	"skindesk/index/encoder"
)

// heldOut makes trials: of a hundred phrasings the right entry comes first with the evidence given, and of as many strangers another one.
func heldOut(right, stranger float64) []trial {
	var ts []trial
	for i := range 100 {
		spread := float64(i%10) / 10
		ts = append(ts, trial{known: true, right: true, states: true, evidence: right + spread, sureness: right + spread + 1, share: 0.9},
			trial{states: true, evidence: stranger + spread, sureness: stranger + spread + 1, share: 0.9})
	}
	return ts
}

func TestThresholdsPartKnownFromStrangers(t *testing.T) {
	p := tuned(heldOut(13, 9), 100, 50)
	if p.sure <= 10.9 || p.sure > 14 {
		t.Errorf("an entry is said from %v: strangers have up to 10.9, the known from 14", p.sure)
	}
	if low, high := p.value(9.5), p.value(13.5); low > 0.2 || high < 0.8 {
		t.Errorf("a stranger's score is %.2f, that of a right entry %.2f", low, high)
	}
}

func TestThresholdsAreBounded(t *testing.T) {
	for what, trials := range map[string][]trial{"nothing is alike": heldOut(-50, -50), "everything is": heldOut(90, 90), "strangers are surer": heldOut(8, 14)} {
		p := tuned(trials, 100, 50)
		if p.sure < usual.sure || p.sure > shyest.sure || p.lead < usual.lead || p.lead > shyest.lead || p.likely < usual.likely || p.likely > shyest.likely {
			t.Errorf("%s: %+v", what, p)
		}
	}
}

func TestThresholdsOfAGrownFileStayNearTheUsual(t *testing.T) {
	small, grown := tuned(heldOut(13, 9), 500, 50), tuned(heldOut(13, 9), 5000, 50)
	if d := grown.sure - usual.sure; d <= 0 || d > (small.sure-usual.sure)/5 {
		t.Errorf("said from %v in a small file, from %v in a grown one", small.sure, grown.sure)
	}
	if p := tuned(nil, 0, 3); p != usual {
		t.Errorf("without a phrasing: %+v", p)
	}
}

// What a text's own steps added is known: without them the regression hardly knows it.
func TestRegressionUnlearns(t *testing.T) {
	texts := []sparse{{[]int32{0}, []float32{1}}, {[]int32{1}, []float32{1}}}
	r, own := train(texts, []int{0, 1}, []float32{1, 1}, 2, 2, 0)
	p := make([]float32, 2)
	r.probabilities(texts[0], p)
	knew := p[0]
	unlearn(p, own[0])
	if knew < 0.8 || p[0] > 0.7 || own[1] != nil {
		t.Errorf("its class had %.2f and has %.2f without itself", knew, p[0])
	}
	unlearn(p, encoder.Vector{0, 0})
	if math.Abs(float64(p[0]+p[1]-1)) > 1e-5 {
		t.Errorf("probabilities %v", p)
	}
}

func TestHearingKnowsItsRankers(t *testing.T) {
	f := smallIndex(t).FAQ()
	if _, err := New(context.Background(), f, Hearing("rumours")); err == nil {
		t.Error("an unknown ranker is heard")
	}
	x, err := New(context.Background(), f, Hearing("found"))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if x.weights != (weights{found: fused.found}) {
		t.Errorf("heard are %+v", x.weights)
	}
}
