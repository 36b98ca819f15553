package encoder

// The weights stay bytes in memory: a quarter of the memory to hold and to read, and widening them is cheap beside fetching
// them. They lie in panels of 16 columns, so that one panel stays in the processor's first cache while all rows pass by.
const (
	panelWidth = 16
	rowsAtOnce = 4
)

// dense is a matrix with a bias: y = x·w·scale + b, with one scale a column.
type dense struct {
	in, out int
	panels  []byte // by panel, then input, then the panel's columns
	scales  []float32
	bias    []float32
}

// padded rounds a number of rows up to whole groups; the surplus rows are computed and ignored.
func padded(rows int) int { return (rows + rowsAtOnce - 1) / rowsAtOnce * rowsAtOnce }

// apply multiplies n rows. x and y must hold padded(n) rows.
func (d *dense) apply(x []float32, n int, y []float32) {
	var sums [rowsAtOnce * panelWidth]float32
	for j := 0; j < d.out; j += panelWidth {
		panel := d.panels[j*d.in : (j+panelWidth)*d.in]
		scales, bias := d.scales[j:j+panelWidth], d.bias[j:j+panelWidth]
		for i := 0; i < n; i += rowsAtOnce {
			multiply(d.in, x[i*d.in:], d.in, panel, &sums)
			for r := range rowsAtOnce {
				to := y[(i+r)*d.out+j:][:panelWidth]
				for c, s := range sums[r*panelWidth:][:panelWidth] {
					to[c] = s*scales[c] + bias[c]
				}
			}
		}
	}
}

// multiplyPlain is the reference for the vector instructions, and what other processors run.
func multiplyPlain(k int, x []float32, stride int, panel []byte, y *[rowsAtOnce * panelWidth]float32) {
	clear(y[:])
	for i := range k {
		var wide [panelWidth]float32
		for c, b := range panel[i*panelWidth:][:panelWidth] {
			wide[c] = float32(int8(b))
		}
		for r := range rowsAtOnce {
			v, to := x[r*stride+i], y[r*panelWidth:][:panelWidth]
			for c, w := range wide {
				to[c] += v * w
			}
		}
	}
}

// dense reads a matrix of bytes, row by row, with one scale a column, and its bias.
func (r *reader) dense(in, out int) dense {
	d := dense{in: in, out: out, scales: r.floats(out), panels: make([]byte, in*out)}
	rows := r.bytes(in * out)
	for i := range in {
		for j := 0; j < out; j += panelWidth {
			copy(d.panels[j*in+i*panelWidth:][:panelWidth], rows[i*out+j:])
		}
	}
	d.bias = r.floats(out)
	return d
}
