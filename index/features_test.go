package index

import (
	"math"
	"slices"
	"strings"
	"testing"

	"skindesk/faq"
)

func testReadings(g *glossary) []reading {
	var rs []reading
	for _, q := range []string{"how many sessions do i need", "number of sessions", "does it hurt", "is it painful", "how long does it last", "kitne session lagte hain", "کتنے سیشن لگتے ہیں"} {
		rs = append(rs, g.read(words(q)))
	}
	return rs
}

func dot(a, b sparse) float64 {
	p := newPostings([]sparse{a}, 1<<12)
	return float64(p.products(b)[0])
}

func TestVectorsAreOfLengthOneAtMost(t *testing.T) {
	g := newGlossary(&faq.FAQ{})
	v, _ := newVocabulary(testReadings(g))
	of := func(text string) sparse { return v.vector(g.read(words(text))) }
	for _, p := range testReadings(g) {
		vec := v.vector(p)
		if n := dot(vec, vec); n < 0.9 || n > 1+1e-4 {
			t.Errorf("%q: squared length %.4f, want about 1", p.words, n)
		}
		if !slices.IsSorted(vec.index) {
			t.Errorf("%q: places out of order", p.words)
		}
	}
	known, strange := of("does it hurt"), of("does zzyzx qwertz hurt")
	if a, b := dot(known, known), dot(known, strange); b > 0.8*a {
		t.Errorf("two unknown words hardly count: %.3f against %.3f", b, a)
	}
	for _, nothing := range []string{"", "zzyzx", "7"} {
		if vec := of(nothing); len(vec.index) > 0 && dot(vec, vec) > 0.5 {
			t.Errorf("%q is close to something: %v", nothing, vec)
		}
	}
}

func TestAlikeTextsAreClose(t *testing.T) {
	g := newGlossary(&faq.FAQ{})
	v, _ := newVocabulary(testReadings(g))
	of := func(text string) sparse { return v.vector(g.read(words(text))) }
	for _, x := range []struct{ text, near, far string }{
		{"how many sesions i need", "how many sessions do i need", "does it hurt"},
		{"will it be painful", "is it painful", "number of sessions"},
		{"kitnay seshn lagtay hain", "kitne session lagte hain", "how long does it last"},
		{"kitne session lagte hain", "کتنے سیشن لگتے ہیں", "does it hurt"},
	} {
		if near, far := dot(of(x.text), of(x.near)), dot(of(x.text), of(x.far)); near <= far {
			t.Errorf("%q is %.3f from %q and %.3f from %q", x.text, near, x.near, far, x.far)
		}
	}
}

func TestTheSameTextsGiveTheSameVocabulary(t *testing.T) {
	g := newGlossary(&faq.FAQ{})
	a, vectors := newVocabulary(testReadings(g))
	b, _ := newVocabulary(testReadings(g))
	for i, r := range testReadings(g) {
		if again := a.vector(r); !slices.Equal(again.index, vectors[i].index) || !slices.Equal(again.value, vectors[i].value) {
			t.Errorf("%q: %v, as a question %v", r.words, vectors[i], again)
		}
	}
	va, vb := a.vector(g.read(words("how many sessions"))), b.vector(g.read(words("how many sessions")))
	if !slices.Equal(va.index, vb.index) {
		t.Error("features are numbered differently")
	}
	for i := range va.value {
		if math.Abs(float64(va.value[i]-vb.value[i])) > 1e-6 {
			t.Errorf("feature %d: %v and %v", va.index[i], va.value[i], vb.value[i])
		}
	}
}

func TestPieces(t *testing.T) {
	if got := strings.Join(pieces([]string{"scar"}), " "); got != "<sc sca car ar> <sca scar car>" {
		t.Errorf("got %q", got)
	}
	if got := pairs([]string{"a", "b", "c"}); !slices.Equal(got, []string{"a b", "b c"}) {
		t.Errorf("got %q", got)
	}
	if got := pairs([]string{"a"}); got != nil {
		t.Errorf("pairs of one word: %q", got)
	}
}
