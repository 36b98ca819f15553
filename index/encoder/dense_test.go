package encoder

import "math/rand/v2"

// anyTile is always the same one, with the largest numbers that there are among its numbers.
func anyTile(floor float32) *tile {
	const in, out = inner, 70
	rng := rand.New(rand.NewPCG(3, 4))
	t := &tile{in: in, out: out, floor: floor, x: make([]int16, rowsAtOnce*in), panel: make([]byte, panelWidth*in)}
	for i := range t.x {
		if t.x[i] = int16(rng.IntN(2*steps+1) - steps); i < in {
			t.x[i] = steps
		}
	}
	for i := range t.panel {
		if t.panel[i] = byte(rng.IntN(255) - 127); i%(2*panelWidth) < 2 {
			t.panel[i] = 127
		}
	}
	for _, fs := range []*[]float32{&t.by, &t.scales, &t.bias, &t.y} {
		*fs = make([]float32, rowsAtOnce*out)
		for i := range *fs {
			(*fs)[i] = rng.Float32() - 0.5
		}
	}
	return t
}
