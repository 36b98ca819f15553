package encoder

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The vector instructions do what the plain code does: products to the last bit, so that a file gives the same answers on every
// processor; a sum of floats as near as its order allows.
func TestVectorInstructionsGiveTheSameProducts(t *testing.T) {
	for name, k := range map[string]struct {
		has      bool
		multiply func(*tile)
	}{"AVX2": {hasAVX2, (*tile).multiplyAVX2}, "VNNI": {hasVNNI, (*tile).multiplyVNNI}} {
		t.Run(name, func(t *testing.T) {
			if !k.has {
				t.Skip("this processor does not have it")
			}
			for _, floor := range []float32{0, noFloor} {
				got, want := anyTile(floor), anyTile(floor)
				k.multiply(got)
				want.multiplyPlain()
				if !slices.Equal(got.y, want.y) {
					t.Errorf("floor %v: the products are\n%v, want\n%v", floor, got.y, want.y)
				}
			}
		})
	}
}

func TestVectorInstructionsOnFloats(t *testing.T) {
	if !hasAVX2 {
		t.Skip("this processor has none")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 7, 8, 31, 32, 64, 211, 512} {
		v, w := make([]float32, n), make([]float32, n)
		for i := range v {
			v[i], w[i] = rng.Float32()-0.5, rng.Float32()-0.5
		}
		if got, want := dot(v, w), dotPlain(v, w); math.Abs(float64(got-want)) > 1e-4 {
			t.Errorf("the product of %d numbers is %v, want %v", n, got, want)
		}
		if got, want := largest(v), largestPlain(v); got != want {
			t.Errorf("the largest of %d numbers is %v, want %v", n, got, want)
		}
		a, b := make([]int16, n), make([]int16, n)
		round(v, 12345, a)
		roundPlain(v, 12345, b)
		if !slices.Equal(a, b) {
			t.Errorf("%d numbers are rounded to %v, want %v", n, a, b)
		}
		x, y := slices.Clone(v), slices.Clone(v)
		addScaled(x, w, 0.3, w)
		addScaledPlain(y, w, 0.3)
		if !slices.Equal(x, y) {
			t.Errorf("%d sums are %v, want %v", n, x, y)
		}
	}
}
