package encoder

import (
	"encoding/binary"
	"math"
)

// The shape of the network.
const (
	pieces   = 8002
	embedded = 256 // length of a token's embedding
	heads    = 4
	inner    = 1536 // width of the feed-forward part
)

// model holds the weights, ready to multiply with.
type model struct {
	embedding quantised // one row a token; kept as bytes, only the needed rows are widened
	positions []float32 // one row a place
	layers    [2]layer
	out       dense
}

// layer is one transformer layer with its normalisations before the attention and before the feed-forward part.
type layer struct {
	width              int // of its input
	attendNorm, ffNorm normal
	qkv, mix           dense
	residual           *dense // brings the input to the layer's width; nil where it has it already
	up, down           dense
}

type normal struct{ scale, bias []float32 }

// quantised is a matrix of bytes with one scale a row.
type quantised struct {
	cols   int
	scales []float32
	values []byte
}

func readModel(r *reader) *model {
	m := &model{embedding: quantised{cols: embedded, scales: r.floats(pieces), values: r.bytes(pieces * embedded)}}
	m.positions = positionSignals(r.floats(embedded / 2))
	for i, width := range []int{embedded, Dim} {
		m.layers[i] = readLayer(r, width)
	}
	m.out = r.dense(Dim, Dim)
	return m
}

func readLayer(r *reader, width int) layer {
	l := layer{width: width}
	l.attendNorm = normal{r.floats(width), r.floats(width)}
	l.qkv = r.dense(width, 3*width)
	l.mix = r.dense(width, Dim)
	if width != Dim {
		d := r.dense(width, Dim)
		l.residual = &d
	}
	l.ffNorm = normal{r.floats(Dim), r.floats(Dim)}
	l.up = r.dense(Dim, inner)
	l.up.floor = 0 // ReLU
	l.down = r.dense(inner, Dim)
	return l
}

// scratch is the memory of one run, reused by the next.
type scratch struct {
	x, h, qkv, ctx, y, wide []float32
	rows                    rows
}

func grow(s *[]float32, n int) []float32 {
	if cap(*s) < n {
		*s = make([]float32, n)
	}
	return (*s)[:n]
}

// apply multiplies n rows with a matrix into memory of the scratch.
func (s *scratch) apply(d *dense, x []float32, n int, to *[]float32) []float32 {
	y := grow(to, padded(n)*d.out)
	s.rows.take(x, n, d.in)
	d.apply(&s.rows, n, y)
	return y
}

// encode runs the network over several sentences' tokens at once and returns a vector for each.
func (m *model) encode(sentences [][]int, s *scratch) []Vector {
	n := 0
	for _, tokens := range sentences {
		n += len(tokens)
	}
	x := grow(&s.x, padded(n)*Dim)
	row := 0
	for _, tokens := range sentences {
		m.embed(tokens, x[row*embedded:])
		row += len(tokens)
	}
	for i := range m.layers {
		x = m.layers[i].run(x, n, sentences, s)
	}
	mean := grow(&s.h, len(sentences)*Dim)
	clear(mean)
	row = 0
	for i, tokens := range sentences {
		for range tokens {
			Vector(mean[i*Dim:(i+1)*Dim]).Add(x[row*Dim:(row+1)*Dim], 1/float32(len(tokens)))
			row++
		}
	}
	out := s.apply(&m.out, mean, len(sentences), &s.y)
	vectors := make([]Vector, len(sentences))
	for i := range vectors {
		vectors[i] = finish(append(Vector(nil), out[i*Dim:(i+1)*Dim]...))
	}
	return vectors
}

// embed writes twice the token's embedding plus the position signal.
func (m *model) embed(tokens []int, x []float32) {
	for p, id := range tokens {
		row := x[p*embedded : (p+1)*embedded]
		scale := 2 * m.embedding.scales[id]
		for j, b := range m.embedding.values[id*embedded : (id+1)*embedded] {
			row[j] = scale * float32(int8(b))
		}
		Vector(row).Add(m.positions[p*embedded:(p+1)*embedded], 1)
	}
}

// positionSignals returns that of each place in a sentence: sines in the first half of a row, cosines in the second.
func positionSignals(frequencies []float32) []float32 {
	signals := make([]float32, MaxTokens*embedded)
	for p := range MaxTokens {
		row := signals[p*embedded:]
		for j, f := range frequencies {
			sin, cos := math.Sincos(float64(float32(p) * f))
			row[j], row[embedded/2+j] = float32(sin), float32(cos)
		}
	}
	return signals
}

// run applies the layer to n rows of x, the sentences' tokens one after the other, and returns n rows of length Dim in x's memory.
func (l *layer) run(x []float32, n int, sentences [][]int, s *scratch) []float32 {
	h := grow(&s.h, padded(n)*Dim)
	l.attendNorm.apply(x, h, n, l.width)
	qkv := s.apply(&l.qkv, h, n, &s.qkv)
	ctx := grow(&s.ctx, n*Dim)
	row := 0
	for _, tokens := range sentences {
		attend(qkv[row*3*l.width:], ctx[row*l.width:], len(tokens), l.width)
		row += len(tokens)
	}
	y := s.apply(&l.mix, ctx, n, &s.y)[:n*Dim]
	if l.residual != nil {
		Vector(y).Add(s.apply(l.residual, x, n, &s.h), 1)
	} else {
		Vector(y).Add(x, 1)
	}
	l.ffNorm.apply(y, h, n, Dim)
	wide := s.apply(&l.up, h, n, &s.wide)
	x = s.apply(&l.down, wide, n, &s.x)
	Vector(x[:n*Dim]).Add(y, 1)
	return x
}

// apply normalises each row to mean 0 and variance 1, then scales and shifts it (Ba, Kiros, Hinton 2016, arXiv:1607.06450).
func (l normal) apply(x, y []float32, n, width int) {
	for i := range n {
		row, to := x[i*width:(i+1)*width], y[i*width:(i+1)*width]
		mean, inverse := moments(row)
		for j, v := range row {
			to[j] = (v-mean)*inverse*l.scale[j] + l.bias[j]
		}
	}
}

// moments returns the mean of a row and one over its standard deviation. It sums by fours, so that no sum waits for the one before.
func moments(row []float32) (mean, inverse float32) {
	var a, b, c, d, aa, bb, cc, dd float64
	for x := row; len(x) >= 4; x = x[4:] {
		p, q, r, s := float64(x[0]), float64(x[1]), float64(x[2]), float64(x[3])
		a, b, c, d = a+p, b+q, c+r, d+s
		aa, bb, cc, dd = aa+p*p, bb+q*q, cc+r*r, dd+s*s
	}
	n := float64(len(row))
	m := (a + b + c + d) / n
	return float32(m), float32(1 / math.Sqrt(max(0, (aa+bb+cc+dd)/n-m*m)+1e-6))
}

// attend is scaled dot-product attention with four heads (Vaswani et al. 2017, arXiv:1706.03762) over rows of query, key and value.
func attend(qkv, ctx []float32, n, width int) {
	size := width / heads
	scale := float32(1 / math.Sqrt(float64(size)))
	var weights [MaxTokens]float32
	for head := range heads {
		for i := range n {
			query := qkv[i*3*width+head*size:][:size]
			w := weights[:n]
			for j := range n {
				w[j] = scale * dot(query, qkv[j*3*width+width+head*size:][:size])
			}
			softmax(w)
			to := ctx[i*width+head*size:][:size]
			clear(to)
			for j, a := range w {
				Vector(to).Add(qkv[j*3*width+2*width+head*size:][:size], a)
			}
		}
	}
}

func softmax(w []float32) {
	top := w[0]
	for _, v := range w {
		top = max(top, v)
	}
	var sum float32
	for i, v := range w {
		w[i] = float32(math.Exp(float64(v - top)))
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
}

// reader takes values off the weights file. Past its end it notes that it is bad and gives zeros.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.data) {
		r.bad = true
		return make([]byte, n)
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) magic(want string) { r.bad = string(r.bytes(len(want))) != want || r.bad }
func (r *reader) byte() byte        { return r.bytes(1)[0] }
func (r *reader) uint16() uint16    { return binary.LittleEndian.Uint16(r.bytes(2)) }
func (r *reader) float32() float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(r.bytes(4)))
}
func (r *reader) text(n int) string { return string(r.bytes(n)) }

func (r *reader) floats(n int) []float32 {
	b := r.bytes(4 * n)
	fs := make([]float32, n)
	for i := range fs {
		fs[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return fs
}
