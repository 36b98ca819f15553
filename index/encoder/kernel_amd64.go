package encoder

import "golang.org/x/sys/cpu"

// What the processor has is asked once, at the start. Vector instructions take whole blocks; what is left over goes the plain way.
var (
	hasAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasVNNI = hasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VNNI
)

//go:noescape
func multiplyVNNI(pairs int, x *int16, stride int, panel *byte, by, scales, bias *float32, floor float32, y *float32, out int)

//go:noescape
func multiplyAVX2(pairs int, x *int16, stride int, panel *byte, by, scales, bias *float32, floor float32, y *float32, out int)

//go:noescape
func dotAVX2(n int, v, w *float32) float32

//go:noescape
func addScaledAVX2(n int, v, w *float32, by float32, next *float32)

//go:noescape
func largestAVX2(n int, x *float32) float32

//go:noescape
func roundAVX2(n int, x *float32, by float32, to *int16)

func (t *tile) multiply() {
	switch {
	case hasVNNI:
		t.multiplyVNNI()
	case hasAVX2:
		t.multiplyAVX2()
	default:
		t.multiplyPlain()
	}
}

// check panics where the instructions would reach over an end.
func (t *tile) check() {
	_, _, _ = t.x[rowsAtOnce*t.in-1], t.panel[panelWidth*t.in-1], t.y[(rowsAtOnce-1)*t.out+panelWidth-1]
	_, _, _ = t.by[rowsAtOnce-1], t.scales[panelWidth-1], t.bias[panelWidth-1]
}

func (t *tile) multiplyVNNI() {
	t.check()
	multiplyVNNI(t.in/2, &t.x[0], 2*t.in, &t.panel[0], &t.by[0], &t.scales[0], &t.bias[0], t.floor, &t.y[0], 4*t.out)
}

// multiplyAVX2 makes half of the columns at a time: more sums do not fit into the registers.
func (t *tile) multiplyAVX2() {
	t.check()
	for c := 0; c < panelWidth; c += panelWidth / 2 {
		multiplyAVX2(t.in/2, &t.x[0], 2*t.in, &t.panel[2*c], &t.by[0], &t.scales[c], &t.bias[c], t.floor, &t.y[c], 4*t.out)
	}
}

func dot(v, w []float32) float32 {
	w = w[:len(v)]
	n := len(v) &^ 31
	if !hasAVX2 || n == 0 {
		return dotPlain(v, w)
	}
	return dotAVX2(n, &v[0], &w[0]) + dotPlain(v[n:], w[n:])
}

// addScaled adds w by times to v. What is to be added next is fetched meanwhile; it is as long as w.
func addScaled(v, w []float32, by float32, next []float32) {
	w, next = w[:len(v)], next[:len(v)]
	n := len(v) &^ 7
	if !hasAVX2 || n == 0 {
		addScaledPlain(v, w, by)
		return
	}
	addScaledAVX2(n, &v[0], &w[0], by, &next[0])
	addScaledPlain(v[n:], w[n:], by)
}

func largest(x []float32) float32 {
	n := len(x) &^ 7
	if !hasAVX2 || n == 0 {
		return largestPlain(x)
	}
	return max(largestAVX2(n, &x[0]), largestPlain(x[n:]))
}

func round(x []float32, by float32, to []int16) {
	n := len(x) &^ 15
	if !hasAVX2 || n == 0 {
		roundPlain(x, by, to)
		return
	}
	_ = to[n-1]
	roundAVX2(n, &x[0], by, &to[0])
	roundPlain(x[n:], by, to[n:])
}
