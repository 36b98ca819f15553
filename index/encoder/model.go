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
	embedding   quantised // one row a token; kept as bytes, only the needed rows are widened
	frequencies []float32 // of the position signal
	layers      [2]layer
	out         dense
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
	m.frequencies = r.floats(embedded / 2)
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
	l.down = r.dense(inner, Dim)
	return l
}

// scratch is the memory of one run, reused by the next.
type scratch struct {
	x, h, qkv, ctx, y, wide []float32
}

func grow(s *[]float32, n int) []float32 {
	if cap(*s) < n {
		*s = make([]float32, n)
	}
	return (*s)[:n]
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
	mean := grow(&s.h, padded(len(sentences))*Dim)
	clear(mean)
	row = 0
	for i, tokens := range sentences {
		for range tokens {
			for j, v := range x[row*Dim : (row+1)*Dim] {
				mean[i*Dim+j] += v / float32(len(tokens))
			}
			row++
		}
	}
	out := grow(&s.y, padded(len(sentences))*Dim)
	m.out.apply(mean, len(sentences), out)
	vectors := make([]Vector, len(sentences))
	for i := range vectors {
		vectors[i] = finish(append(Vector(nil), out[i*Dim:(i+1)*Dim]...))
	}
	return vectors
}

// embed writes twice the token's embedding plus the position signal: sines in the first half of a row, cosines in the second.
func (m *model) embed(tokens []int, x []float32) {
	for p, id := range tokens {
		row := x[p*embedded : (p+1)*embedded]
		scale := 2 * m.embedding.scales[id]
		for j, b := range m.embedding.values[id*embedded : (id+1)*embedded] {
			row[j] = scale * float32(int8(b))
		}
		for j, f := range m.frequencies {
			sin, cos := math.Sincos(float64(float32(p) * f))
			row[j] += float32(sin)
			row[embedded/2+j] += float32(cos)
		}
	}
}

// run applies the layer to n rows of x, the sentences' tokens one after the other, and returns n rows of length Dim in x's memory.
func (l *layer) run(x []float32, n int, sentences [][]int, s *scratch) []float32 {
	rows := padded(n)
	h := grow(&s.h, rows*Dim)
	l.attendNorm.apply(x, h, n, l.width)
	qkv := grow(&s.qkv, rows*3*Dim)
	l.qkv.apply(h, n, qkv)
	ctx := grow(&s.ctx, rows*Dim)
	row := 0
	for _, tokens := range sentences {
		attend(qkv[row*3*l.width:], ctx[row*l.width:], len(tokens), l.width)
		row += len(tokens)
	}
	y := grow(&s.y, rows*Dim)
	l.mix.apply(ctx, n, y)
	if l.residual != nil {
		l.residual.apply(x, n, h)
		add(y[:n*Dim], h)
	} else {
		add(y[:n*Dim], x)
	}
	l.ffNorm.apply(y, h, n, Dim)
	wide := grow(&s.wide, rows*inner)
	l.up.apply(h, n, wide)
	for i, v := range wide {
		wide[i] = max(0, v)
	}
	x = grow(&s.x, rows*Dim)
	l.down.apply(wide, n, x)
	add(x[:n*Dim], y)
	return x
}

func add(to, from []float32) {
	for i, v := range from[:len(to)] {
		to[i] += v
	}
}

// apply normalises each row to mean 0 and variance 1, then scales and shifts it (Ba, Kiros, Hinton 2016, arXiv:1607.06450).
func (l normal) apply(x, y []float32, n, width int) {
	for i := range n {
		row, to := x[i*width:(i+1)*width], y[i*width:(i+1)*width]
		var mean, variance float64
		for _, v := range row {
			mean += float64(v)
		}
		mean /= float64(width)
		for _, v := range row {
			variance += (float64(v) - mean) * (float64(v) - mean)
		}
		inverse := 1 / math.Sqrt(variance/float64(width)+1e-6)
		for j, v := range row {
			to[j] = float32((float64(v)-mean)*inverse)*l.scale[j] + l.bias[j]
		}
	}
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
				key := qkv[j*3*width+width+head*size:][:size]
				w[j] = scale * float32(Vector(query).Dot(key))
			}
			softmax(w)
			to := ctx[i*width+head*size:][:size]
			clear(to)
			for j, a := range w {
				for k, v := range qkv[j*3*width+2*width+head*size:][:size] {
					to[k] += a * v
				}
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
