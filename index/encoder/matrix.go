package encoder

import "math"

// Matrix holds many vectors, as bytes with one scale each, and multiplies them all with another vector at once. It is for
// finding the nearest: a product differs from the exact one by about 0.001.
type Matrix struct {
	n     int
	dense dense
}

// NewMatrix returns a matrix of the vectors, which all have the length Dim.
func NewMatrix(vs []Vector) *Matrix {
	width := (len(vs) + panelWidth - 1) / panelWidth * panelWidth
	d := dense{in: Dim, out: width, panels: make([]byte, Dim*width), scales: make([]float32, width), bias: make([]float32, width), floor: noFloor}
	for j, v := range vs {
		if d.scales[j] = largest(v) / 127; d.scales[j] == 0 {
			continue
		}
		for i, x := range v {
			d.put(i, j, byte(int8(math.Round(float64(x/d.scales[j])))))
		}
	}
	return &Matrix{len(vs), d}
}

// Parts returns what MatrixOf makes the matrix of again.
func (m *Matrix) Parts() (n int, scales []float32, values []byte) {
	return m.n, m.dense.scales, m.dense.panels
}

// MatrixOf returns the matrix with the parts, or nil where they do not belong together.
func MatrixOf(n int, scales []float32, values []byte) *Matrix {
	width := len(scales)
	if n < 0 || n > width || width%panelWidth != 0 || len(values) != Dim*width {
		return nil
	}
	return &Matrix{n, dense{in: Dim, out: width, panels: values, scales: scales, bias: make([]float32, width), floor: noFloor}}
}

// Products returns the dot product of each vector of the matrix with v.
func (m *Matrix) Products(v Vector) []float32 {
	if m.n == 0 {
		return nil
	}
	var x rows
	x.take(v, 1, Dim)
	d := &m.dense
	var y [rowsAtOnce * panelWidth]float32 // of which one row is wanted
	t := tile{in: Dim, out: panelWidth, x: x.values, by: x.scales, floor: noFloor, y: y[:]}
	products := make([]float32, d.out)
	for j := 0; j < d.out; j += panelWidth {
		t.panel, t.scales, t.bias = d.panels[j*Dim:(j+panelWidth)*Dim], d.scales[j:j+panelWidth], d.bias[j:j+panelWidth]
		t.multiply()
		copy(products[j:], y[:panelWidth])
	}
	return products[:m.n]
}
