package encoder

import "golang.org/x/sys/cpu"

// multiplyAVX2 is multiplyPlain with vector instructions, about ten times as fast.
//
//go:noescape
func multiplyAVX2(k int, x *float32, stride int, w *byte, y *float32)

var hasAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// multiply writes the products of 4 rows of x (stride numbers apart, k long) with a panel of weights into y, 4 rows of 16.
func multiply(k int, x []float32, stride int, panel []byte, y *[rowsAtOnce * panelWidth]float32) {
	if !hasAVX2 {
		multiplyPlain(k, x, stride, panel, y)
		return
	}
	_, _ = x[(rowsAtOnce-1)*stride+k-1], panel[k*panelWidth-1]
	multiplyAVX2(k, &x[0], stride, &panel[0], &y[0])
}
