//go:build !amd64

package encoder

func (t *tile) multiply()                               { t.multiplyPlain() }
func dot(v, w []float32) float32                        { return dotPlain(v, w) }
func addScaled(v, w []float32, by float32, _ []float32) { addScaledPlain(v, w, by) }
func largest(x []float32) float32                       { return largestPlain(x) }
func round(x []float32, by float32, to []int16)         { roundPlain(x, by, to) }
