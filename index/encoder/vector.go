package encoder

import "math"

// Vector is a sentence's meaning, of length 1: the dot product of two is their cosine.
type Vector []float32

// Dot returns the cosine of two vectors, -1 to 1.
func (v Vector) Dot(w Vector) float64 { return float64(dot(v, w)) }

// Add adds w to v, by times. It gives the same sums on every processor.
func (v Vector) Add(w Vector, by float32) { addScaled(v, w, by, w) }

// ahead is how many rows before its turn a row is fetched: memory takes as long as several rows do.
const ahead = 4

// AddRows adds rows of a matrix, each by times; rows are as long as v. It gives the same sums on every processor.
func (v Vector) AddRows(matrix []float32, rows []int32, by []float32) {
	row := func(i int) []float32 { return matrix[int(rows[i])*len(v):][:len(v)] }
	for i := range rows {
		addScaled(v, row(i), by[i], row(min(i+ahead, len(rows)-1)))
	}
}

func dotPlain(v, w []float32) float32 {
	w = w[:len(v)]
	var a, b, c, d float32
	for len(v) >= 4 && len(w) >= 4 {
		a += v[0] * w[0]
		b += v[1] * w[1]
		c += v[2] * w[2]
		d += v[3] * w[3]
		v, w = v[4:], w[4:]
	}
	for i, x := range v {
		a += x * w[i]
	}
	return a + b + c + d
}

func addScaledPlain(v, w []float32, by float32) {
	w = w[:len(v)]
	for len(v) >= 4 && len(w) >= 4 {
		v[0] += float32(by * w[0])
		v[1] += float32(by * w[1])
		v[2] += float32(by * w[2])
		v[3] += float32(by * w[3])
		v, w = v[4:], w[4:]
	}
	for i, x := range w {
		v[i] += float32(by * x)
	}
}

// largestPlain returns the largest magnitude.
func largestPlain(x []float32) float32 {
	var top float32
	for _, v := range x {
		top = max(top, v, -v)
	}
	return top
}

// roundPlain writes each number by times, as the nearest whole number.
func roundPlain(x []float32, by float32, to []int16) {
	for i, v := range x {
		to[i] = int16(math.RoundToEven(float64(v * by)))
	}
}
