// Package encoder turns an English sentence into a vector of 512 numbers, so that sentences of like meaning lie close together.
//
// It is Google's Universal Sentence Encoder Lite (Cer et al. 2018, arXiv:1803.11175) in pure Go: a SentencePiece tokeniser, two
// transformer layers, the mean over the tokens. The weights are embedded in the binary with 8 bits each; NOTICE says where they
// come from and under which licence, and the program in the folder weights makes the file anew from the published package.
package encoder

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"math"
	"sync"
)

//go:embed use-lite-int8.bin
var weightsFile []byte

// Dim is the length of a vector.
const Dim = 512

// MaxTokens is how many tokens of a sentence are read; what follows is cut off. A chat message of 400 characters has about 100.
const MaxTokens = 128

// Encoder encodes sentences. It is safe for use by several goroutines.
type Encoder struct {
	tokens  *tokenizer
	model   *model
	scratch sync.Pool
}

// New loads the embedded weights. It returns an error only when the embedded file is damaged.
func New() (*Encoder, error) {
	r := &reader{data: weightsFile}
	r.magic("USEL2\n")
	t := readTokenizer(r)
	m := readModel(r)
	if r.bad || len(r.data) != 0 {
		return nil, fmt.Errorf("the embedded weights of the sentence encoder are damaged")
	}
	return &Encoder{tokens: t, model: m, scratch: sync.Pool{New: func() any { return new(scratch) }}}, nil
}

// Shared returns the one Encoder of the process, loaded at the first call.
var Shared = sync.OnceValues(New)

// Hash names the weights: the SHA-256 of their file, in hexadecimal. Stored vectors are good as long as it stays.
var Hash = sync.OnceValue(func() string {
	sum := sha256.Sum256(weightsFile)
	return hex.EncodeToString(sum[:])
})

// Encode returns the vector of a sentence. A text without a token gives the vector of an unknown one.
func (e *Encoder) Encode(sentence string) Vector {
	return e.EncodeAll([]string{sentence})[0]
}

// rowsInBatch is how many tokens pass through the network together: enough to use each weight many times once it is at hand.
const rowsInBatch = 96

// EncodeAll returns the vectors of sentences in their order, faster than one by one.
func (e *Encoder) EncodeAll(sentences []string) []Vector {
	s := e.scratch.Get().(*scratch)
	defer e.scratch.Put(s)
	vectors := make([]Vector, 0, len(sentences))
	var batch [][]int
	rows := 0
	for i, sentence := range sentences {
		batch = append(batch, e.tokens.tokenize(sentence))
		rows += len(batch[len(batch)-1])
		if rows >= rowsInBatch || i == len(sentences)-1 {
			vectors = append(vectors, e.model.encode(batch, s)...)
			batch, rows = batch[:0], 0
		}
	}
	return vectors
}

// finish applies the last layer's tanh and scales to length 1.
func finish(v Vector) Vector {
	var square float64
	for i, x := range v {
		v[i] = float32(math.Tanh(float64(x)))
		square += float64(v[i]) * float64(v[i])
	}
	scale := float32(1 / math.Sqrt(max(square, 1e-12)))
	for i := range v {
		v[i] *= scale
	}
	return v
}
