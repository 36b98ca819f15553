package index

import (
	"math"
	"slices"
	"testing"
)

// trained has learned three classes, each with a feature of its own; feature 3 says nothing.
func trained() *regression {
	var texts []sparse
	var class []int
	var weight []float32
	for i := range 30 {
		texts = append(texts, sparse{[]int32{int32(i % 3), 3}, []float32{1, 1}})
		class, weight = append(class, i%3), append(weight, 1)
	}
	r, _ := train(texts, class, weight, 4, 3)
	return r
}

func TestRegressionLearnsWhatTellsClassesApart(t *testing.T) {
	r := trained()
	p := make([]float32, 3)
	for c := range 3 {
		r.probabilities(sparse{[]int32{int32(c)}, []float32{1}}, p)
		if p[c] < 0.8 || math.Abs(float64(p[0]+p[1]+p[2])-1) > 1e-5 {
			t.Errorf("class %d: probabilities %v", c, p)
		}
	}
	r.probabilities(sparse{[]int32{3}, []float32{1}}, p)
	if slices.Max(p) > 0.5 {
		t.Errorf("a feature that all share decides: %v", p)
	}
	r.probabilities(sparse{}, p)
	if slices.Max(p)-slices.Min(p) > 1e-6 {
		t.Errorf("nothing at all decides: %v", p)
	}
}

func TestTrainingHasNoLuckInIt(t *testing.T) {
	if a, b := trained(), trained(); !slices.Equal(a.weights, b.weights) || !slices.Equal(a.scales, b.scales) {
		t.Error("two trainings differ")
	}
}

func TestSoftmaxOfLargeNumbers(t *testing.T) {
	p := []float32{1000, 0, -1000}
	softmax(p)
	if p[0] != 1 || p[1] != 0 || p[2] != 0 {
		t.Errorf("got %v", p)
	}
}

// Weights as bytes say nearly what the learned ones said; classes beyond four are counted by another part of the loop.
func TestWeightsAsBytes(t *testing.T) {
	learned := &trainer{classes: 5, weights: []float32{-1.5, 0.3, 2, 0, 0.01, 0, 0, 0, 0, 0}, squares: make([]float32, 2)}
	text := sparse{[]int32{0, 1}, []float32{0.8, 0.6}}
	want, got := make([]float32, 5), make([]float32, 5)
	learned.probabilities(text, want)
	learned.quantised().probabilities(text, got)
	for c := range want {
		if math.Abs(float64(got[c]-want[c])) > 0.01 {
			t.Errorf("class %d: %.3f as bytes, %.3f as learned", c, got[c], want[c])
		}
	}
}
