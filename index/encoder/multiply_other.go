//go:build !amd64

package encoder

// multiply writes the products of 4 rows of x (stride numbers apart, k long) with a panel of weights into y, 4 rows of 16.
func multiply(k int, x []float32, stride int, panel []byte, y *[rowsAtOnce * panelWidth]float32) {
	multiplyPlain(k, x, stride, panel, y)
}
