package index

import (
	"math"

	"skindesk/index/encoder"
)

// ridge is a linear regression from sentence vectors to entries, one against the rest, kept small by a penalty on its weights
// (Hoerl, Kennard 1970). It has a closed solution, so nothing of it depends on luck.
type ridge struct {
	mean    encoder.Vector
	weights *encoder.Matrix // one row a class
	lower   [][]float64     // the factor of the inverse, for leaving out
}

// penalty on the squared weights; between 1 and 10 hardly anything changes.
const penalty = 3.0

func newRidge(xs []encoder.Vector, class []int, classes int) *ridge {
	r := &ridge{mean: make(encoder.Vector, encoder.Dim)}
	for _, x := range xs {
		for i, v := range x {
			r.mean[i] += v / float32(len(xs))
		}
	}
	centred := make([]encoder.Vector, len(xs))
	for i, x := range xs {
		centred[i] = r.centre(x)
	}
	r.lower = cholesky(gram(centred))
	right := make([][]float64, classes)
	for i, x := range centred {
		if right[class[i]] == nil {
			right[class[i]] = make([]float64, encoder.Dim)
		}
		for j, v := range x {
			right[class[i]][j] += float64(v)
		}
	}
	weights := make([]encoder.Vector, classes)
	for c, y := range right {
		if y != nil {
			weights[c] = solve(r.lower, y)
		}
	}
	r.weights = encoder.NewMatrix(weights)
	return r
}

// leaveOut makes of the scores of a vector that was learned those that it would have had otherwise: what pulls the line towards one
// example is known exactly (Allen 1974).
func (r *ridge) leaveOut(x encoder.Vector, class int, scores []float32) {
	c := r.centre(x)
	y := make([]float64, len(c))
	for i, v := range c {
		y[i] = float64(v)
	}
	pull := float32(min(0.95, solve(r.lower, y).Dot(c)))
	for i := range scores {
		if i == class {
			scores[i] = (scores[i] - pull) / (1 - pull)
		} else {
			scores[i] /= 1 - pull
		}
	}
}

func (r *ridge) centre(x encoder.Vector) encoder.Vector {
	c := make(encoder.Vector, len(x))
	for i, v := range x {
		c[i] = v - r.mean[i]
	}
	return c
}

// scores returns the regression's value of each class, about 1 for the right one and 0 for the others.
func (r *ridge) scores(x encoder.Vector) []float32 { return r.weights.Products(r.centre(x)) }

// gram returns the lower half of xᵀx plus the penalty on its diagonal, row by row.
func gram(xs []encoder.Vector) [][]float64 {
	g := make([][]float64, encoder.Dim)
	columns := make([]encoder.Vector, encoder.Dim) // the products of two columns are products of two vectors
	for j := range columns {
		columns[j] = make(encoder.Vector, len(xs))
		for i, x := range xs {
			columns[j][i] = x[j]
		}
	}
	const together = 8 // rows: a column that is at hand serves all of them
	for from := 0; from < len(g); from += together {
		for j := range from + together {
			for i := max(from, j); i < from+together; i++ {
				g[i] = append(g[i], columns[i].Dot(columns[j]))
			}
		}
	}
	for i := range g {
		g[i][i] += penalty
	}
	return g
}

// cholesky overwrites the lower half of a positive definite matrix with its factor L, a = L·Lᵀ.
func cholesky(a [][]float64) [][]float64 {
	for i := range a {
		for j := range i + 1 {
			s := a[i][j] - product(a[i][:j], a[j])
			if i == j {
				a[i][i] = math.Sqrt(s)
			} else {
				a[i][j] = s / a[j][j]
			}
		}
	}
	return a
}

// solve returns x of L·Lᵀ·x = y.
func solve(l [][]float64, y []float64) encoder.Vector {
	for i := range l {
		y[i] = (y[i] - product(l[i][:i], y)) / l[i][i]
	}
	for i := len(l) - 1; i >= 0; i-- {
		y[i] /= l[i][i]
		last, to := y[i], y[:i]
		for k, v := range l[i][:len(to)] {
			to[k] -= v * last
		}
	}
	x := make(encoder.Vector, len(y))
	for i, v := range y {
		x[i] = float32(v)
	}
	return x
}

// product is that of two vectors, as long as the first. It sums by fours, so that no sum waits for the one before.
func product(x, y []float64) float64 {
	var a, b, c, d float64
	y = y[:len(x)]
	for len(x) >= 4 && len(y) >= 4 {
		a += x[0] * y[0]
		b += x[1] * y[1]
		c += x[2] * y[2]
		d += x[3] * y[3]
		x, y = x[4:], y[4:]
	}
	for i, v := range x {
		a += v * y[i]
	}
	return a + b + c + d
}
