package encoder

import "math"

// The weights are bytes and the activations 16-bit numbers with one scale a row, so that all products and sums are whole numbers:
// every processor gives the same vectors, and a vector instruction does twice as many as with floats. The weights lie in
// panels of 32 columns, so that one panel stays in the processor's first cache while all rows pass by.
const (
	panelWidth = 32
	rowsAtOnce = 4
	steps      = 8191 // of an activation on either side of zero: with the 127 of a weight, 1,536 products add up within 32 bits
)

// dense is a matrix with a bias: y = max(x·w·scale + b, floor), with one scale a column.
type dense struct {
	in, out int
	panels  []byte // by panel, then pair of inputs, then column, then the two of the pair
	scales  []float32
	bias    []float32
	floor   float32
}

// noFloor is the floor of a matrix whose results are taken as they are.
var noFloor = float32(math.Inf(-1))

// rows are activations as whole numbers, with one scale a row.
type rows struct {
	values []int16
	scales []float32
}

// padded rounds a number of rows up to whole groups; the surplus rows are computed and ignored.
func padded(rows int) int { return (rows + rowsAtOnce - 1) / rowsAtOnce * rowsAtOnce }

// take reads n rows of x.
func (r *rows) take(x []float32, n, width int) {
	if need := padded(n) * width; cap(r.values) < need {
		r.values = make([]int16, need)
	}
	if cap(r.scales) < padded(n) {
		r.scales = make([]float32, padded(n))
	}
	r.values, r.scales = r.values[:padded(n)*width], r.scales[:padded(n)]
	for i := range n {
		row := x[i*width : (i+1)*width]
		top := largest(row)
		r.scales[i] = top / steps
		by := float32(0)
		if top > 0 {
			by = steps / top
		}
		round(row, by, r.values[i*width:(i+1)*width])
	}
}

// apply multiplies n rows. y must hold padded(n) rows.
func (d *dense) apply(x *rows, n int, y []float32) {
	for j := 0; j < d.out; j += panelWidth {
		t := tile{in: d.in, out: d.out, floor: d.floor, scales: d.scales[j : j+panelWidth], bias: d.bias[j : j+panelWidth], panel: d.panels[j*d.in : (j+panelWidth)*d.in]}
		for i := 0; i < n; i += rowsAtOnce {
			t.x, t.by = x.values[i*d.in:(i+rowsAtOnce)*d.in], x.scales[i:i+rowsAtOnce]
			t.y = y[i*d.out+j : (i+rowsAtOnce-1)*d.out+j+panelWidth]
			t.multiply()
		}
	}
}

// tile is the part of a product that is made at once: 4 rows by the 32 columns of a panel.
type tile struct {
	in, out      int
	x            []int16
	by           []float32 // scale of each row
	panel        []byte
	scales, bias []float32
	floor        float32
	y            []float32 // rows are out numbers apart
}

// multiplyPlain is the reference for the vector instructions, and what other processors run.
func (t *tile) multiplyPlain() {
	for r := range rowsAtOnce {
		var sums [panelWidth]int32
		x := t.x[r*t.in : (r+1)*t.in]
		for i := 0; i+1 < len(x); i += 2 {
			a, b := int32(x[i]), int32(x[i+1])
			pair := t.panel[i*panelWidth:][:2*panelWidth]
			for c := range sums {
				sums[c] += a*int32(int8(pair[2*c])) + b*int32(int8(pair[2*c+1]))
			}
		}
		to := t.y[r*t.out:][:panelWidth]
		for c, s := range sums {
			to[c] = max(float32(float32(s)*(t.by[r]*t.scales[c]))+t.bias[c], t.floor)
		}
	}
}

// put writes the weight from input i to column j.
func (d *dense) put(i, j int, weight byte) {
	d.panels[j/panelWidth*panelWidth*d.in+i/2*2*panelWidth+j%panelWidth*2+i%2] = weight
}

// dense reads a matrix in panels with one scale a column, and its bias. The weights stay where they are.
func (r *reader) dense(in, out int) dense {
	return dense{in: in, out: out, floor: noFloor, scales: r.floats(out), panels: r.bytes(in * out), bias: r.floats(out)}
}
