package index

import (
	"math"
	"math/rand/v2"

	"skindesk/faq"
	"skindesk/index/encoder"
)

// regression is a multinomial logistic regression from the features of a text to the entries: it learns which words tell
// entries apart. It holds its weights as bytes, with one scale a feature.
type regression struct {
	classes int
	scales  []float32 // by feature
	weights []byte    // by feature, then class
}

// Settings of the training. Twice the rounds or half the step change the figures by less than their noise.
const (
	epochs    = 6
	stepSize  = 0.5
	balancing = 1.0  // 0: every phrasing counts alike; 1: every entry does
	slight    = 1e-3 // a smaller error of a class is not worth a step
)

// trainer holds the weights while they are learned by stochastic gradient descent with AdaGrad steps (Duchi, Hazan, Singer 2011).
type trainer struct {
	classes int
	weights []float32 // by feature, then class
	squares []float32 // the step sizes' sums; one a feature is a tenth of the memory of one a weight, and as good
}

// train learns to tell the classes of the texts. Of each of the texts that are held it also returns how much its own steps added to
// what each class is given for it.
func train(texts []sparse, class []int, weight []float32, features, classes int, held ...int) (*regression, map[int]encoder.Vector) {
	weights, free := encoder.Room(features * classes)
	defer free()
	t := &trainer{classes: classes, weights: weights, squares: make([]float32, features)}
	own := make(map[int]encoder.Vector, len(held))
	for _, i := range held {
		own[i] = make(encoder.Vector, classes)
	}
	rng := rand.New(rand.NewPCG(1, 2)) // the same file gives the same weights
	errs := make([]float32, classes)
	for range epochs {
		for _, i := range rng.Perm(len(texts)) {
			t.probabilities(texts[i], errs)
			errs[class[i]]--
			stepped := t.step(texts[i], errs, weight[i])
			if o := own[i]; o != nil {
				o.Add(errs, -stepped)
			}
		}
	}
	return t.quantised(), own
}

// balance returns how much each phrasing counts: all phrasings of an entry in a language together as much as those of any other
// entry, so that neither many phrasings nor a language speak for an entry by themselves.
func balance(phrases []phrase) []float32 {
	type group struct {
		entry    int
		language faq.Language
	}
	in, of, groups := map[group]int{}, map[faq.Language]int{}, map[faq.Language]int{}
	for _, p := range phrases {
		g := group{p.entry, p.language}
		if in[g] == 0 {
			groups[p.language]++
		}
		in[g]++
		of[p.language]++
	}
	weight := make([]float32, len(phrases))
	for i, p := range phrases {
		usual := float64(of[p.language]) / float64(groups[p.language])
		weight[i] = float32(math.Pow(usual/float64(in[group{p.entry, p.language}]), balancing))
	}
	return weight
}

// step moves the weights of the text's features against the error of each class. It returns how far, as seen by the text itself: for
// each class by so many times its error, which it leaves weighted in errs.
func (t *trainer) step(text sparse, errs []float32, weight float32) (far float32) {
	var norm float32
	for c := range errs {
		if errs[c] *= weight; errs[c] <= slight && errs[c] >= -slight {
			errs[c] = 0
		}
		norm += errs[c] * errs[c]
	}
	for i, f := range text.index {
		x := text.value[i]
		t.squares[f] += norm * x * x
		rate := stepSize / (float32(math.Sqrt(float64(t.squares[f]))) + 1e-3)
		t.row(f).Add(errs, -rate*x)
		far += rate * x * x
	}
	return far
}

func (t *trainer) row(feature int32) encoder.Vector {
	return t.weights[int(feature)*t.classes : (int(feature)+1)*t.classes]
}

// probabilities writes the probability of each class into p.
func (t *trainer) probabilities(text sparse, p []float32) {
	clear(p)
	encoder.Vector(p).AddRows(t.weights, text.index, text.value)
	softmax(p)
}

// quantised returns the learned regression with bytes for weights.
func (t *trainer) quantised() *regression {
	r := &regression{classes: t.classes, scales: make([]float32, len(t.squares)), weights: make([]byte, len(t.weights))}
	for f := range r.scales {
		row := t.row(int32(f))
		var top float32
		for _, w := range row {
			top = max(top, float32(math.Abs(float64(w))))
		}
		if top == 0 {
			continue
		}
		r.scales[f] = top / 127
		for c, w := range row {
			half := math.Copysign(0.5, float64(w))
			r.weights[f*t.classes+c] = byte(int8(float64(w/r.scales[f]) + half)) // to the nearest; math.Round takes three times as long
		}
	}
	return r
}

// probabilities writes the probability of each class into p.
func (r *regression) probabilities(text sparse, p []float32) {
	clear(p)
	for i, f := range text.index {
		x := text.value[i] * r.scales[f]
		for c, w := range r.weights[int(f)*r.classes : (int(f)+1)*r.classes] {
			p[c] += x * float32(int8(w))
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
