package eval

import (
	"math"
	"testing"
)

func TestShare(t *testing.T) {
	for _, x := range []struct {
		s                Share
		value, low, high float64
	}{
		{Share{0, 0}, 0, 0, 1},
		{Share{0, 10}, 0, 0, 0.2775},
		{Share{10, 10}, 1, 0.7225, 1},
		{Share{5, 10}, 0.5, 0.2366, 0.7634},
		{Share{1, 50}, 0.02, 0.0035, 0.1050},
		{Share{150, 200}, 0.75, 0.6857, 0.8049},
	} {
		low, high := x.s.Within()
		if x.s.Value() != x.value || math.Abs(low-x.low) > 5e-5 || math.Abs(high-x.high) > 5e-5 {
			t.Errorf("%+v is %.4f within %.4f and %.4f, want %v, %v, %v", x.s, x.s.Value(), low, high, x.value, x.low, x.high)
		}
	}
}
