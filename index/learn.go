package index

import (
	"math"
	"math/rand/v2"
)

// regression is a multinomial logistic regression from the features of a text to the entries: it learns which words tell
// entries apart. Trained by stochastic errsient descent with AdaGrad steps (Duchi, Hazan, Singer 2011).
type regression struct {
	classes int
	weights []float32 // by feature, then class
}

// Settings of the training. Twice the rounds or half the step change the figures by less than their noise.
const (
	epochs   = 6
	stepSize = 0.5
	decay    = 2e-6 // L2, applied to the features of each text
	slight   = 1e-3 // a smaller error of a class is not worth a step
)

func train(texts []sparse, class []int, features, classes int) *regression {
	r := &regression{classes: classes, weights: make([]float32, features*classes)}
	squares := make([]float32, features) // one step size a feature: a tenth of the memory, as good
	rng := rand.New(rand.NewPCG(1, 2))   // the same file gives the same weights
	errs := make([]float32, classes)
	for range epochs {
		for _, i := range rng.Perm(len(texts)) {
			r.probabilities(texts[i], errs)
			errs[class[i]]--
			r.step(texts[i], errs, squares)
		}
	}
	return r
}

// step moves the weights of the text's features against the error of each class.
func (r *regression) step(t sparse, errs, squares []float32) {
	wrong := make([]int32, 0, 32)
	var norm float32
	for c, e := range errs {
		if e > slight || e < -slight {
			wrong = append(wrong, int32(c))
			norm += e * e
		}
	}
	for i, f := range t.index {
		x := t.value[i]
		squares[f] += norm * x * x
		rate := stepSize / (float32(math.Sqrt(float64(squares[f]))) + 1e-3)
		row := r.weights[int(f)*r.classes : (int(f)+1)*r.classes]
		for _, c := range wrong {
			row[c] -= rate * (errs[c]*x + decay*row[c])
		}
	}
}

// probabilities writes the probability of each class into p.
func (r *regression) probabilities(t sparse, p []float32) {
	clear(p)
	for i, f := range t.index {
		x := t.value[i]
		row := r.weights[int(f)*r.classes : (int(f)+1)*r.classes]
		to := p[:len(row)]
		for len(row) >= 4 && len(to) >= 4 { // by fours: half of all time of a start is spent here
			to[0] += x * row[0]
			to[1] += x * row[1]
			to[2] += x * row[2]
			to[3] += x * row[3]
			row, to = row[4:], to[4:]
		}
		for c, w := range row {
			to[c] += x * w
		}
	}
	softmax(p)
}

func softmax(p []float32) {
	top := p[0]
	for _, x := range p {
		top = max(top, x)
	}
	var sum float32
	for i, x := range p {
		p[i] = float32(math.Exp(float64(x - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}
