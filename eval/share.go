package eval

import "math"

// Share is how many of how many.
type Share struct {
	Hits int `json:"hits"`
	Of   int `json:"of"`
}

// Value returns the share between 0 and 1; of nothing it is 0.
func (s Share) Value() float64 { return float64(s.Hits) / float64(max(1, s.Of)) }

// Within returns the bounds between which the share of all such questions lies with 95 % confidence (Wilson 1927): unlike
// plus-or-minus bounds they stay between 0 and 1 and are right for few questions and for shares near the ends. Of nothing all is
// possible.
func (s Share) Within() (low, high float64) {
	if s.Of == 0 {
		return 0, 1
	}
	const z = 1.959964 // 97.5 % of a normal distribution lie below
	n, p := float64(s.Of), s.Value()
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-reach), min(1, middle+reach)
}
