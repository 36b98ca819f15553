package index

import (
	"math"
	"math/rand/v2"
	"testing"

	"skindesk/index/encoder"
)

func TestCholeskyAndSolve(t *testing.T) {
	a := [][]float64{{4}, {2, 5}, {1, 3, 6}}
	full := [][]float64{{4, 2, 1}, {2, 5, 3}, {1, 3, 6}}
	want := []float64{1, -2, 3}
	y := make([]float64, 3)
	for i, row := range full {
		for j, v := range row {
			y[i] += v * want[j]
		}
	}
	for i, got := range solve(cholesky(a), y) {
		if math.Abs(float64(got)-want[i]) > 1e-5 {
			t.Errorf("x[%d] = %v, want %v", i, got, want[i])
		}
	}
}

// around returns unit vectors close to a few random directions, one direction a class.
func around(classes, each int) (xs []encoder.Vector, class []int) {
	rng := rand.New(rand.NewPCG(3, 4))
	for c := range classes {
		centre := noise(rng)
		for range each {
			x, away := make(encoder.Vector, encoder.Dim), noise(rng)
			for i := range x {
				x[i] = centre[i] + 0.7*away[i]
			}
			normalise(x)
			xs, class = append(xs, x), append(class, c)
		}
	}
	return xs, class
}

func noise(rng *rand.Rand) encoder.Vector {
	v := make(encoder.Vector, encoder.Dim)
	for i := range v {
		v[i] = float32(rng.NormFloat64())
	}
	normalise(v)
	return v
}

func TestRidgeTellsClassesApart(t *testing.T) {
	xs, class := around(4, 12)
	var known []encoder.Vector
	var of []int
	for i := range xs { // the last of each class is kept for asking
		if i%12 != 11 {
			known, of = append(known, xs[i]), append(of, class[i])
		}
	}
	r := newRidge(known, of, 5) // the fifth class has no example
	for i := 11; i < len(xs); i += 12 {
		scores := r.scores(xs[i])
		for c, s := range scores {
			if c != class[i] && s >= scores[class[i]] {
				t.Errorf("vector of class %d: scores %v", class[i], scores)
			}
		}
		if math.Abs(float64(scores[4])) > 1e-3 {
			t.Errorf("a class without examples scores %v", scores[4])
		}
	}
}

func TestRidgeOfNothing(t *testing.T) {
	r := newRidge(nil, nil, 2) // a file without a word of English
	for _, s := range r.scores(noise(rand.New(rand.NewPCG(1, 1)))) {
		if s != 0 {
			t.Errorf("got %v, want 0", s)
		}
	}
}
