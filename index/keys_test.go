package index

import (
	"strings"
	"testing"

	"skindesk/faq"
)

// Each line is one word as different people write it.
var spellings = struct{ soft, skeleton []string }{
	soft: []string{
		"kitne kitnay", "nahin nahi", "kahaan kahan kaha", "jhurriyan jhuriyan", "daag dag", "theek thik teek", "faida fayda", "khoon khun",
		"session seshn", "phir fir", "waqfa vaqfa", "chehra chehrah",
	},
	skeleton: []string{
		"kitne kitny ktne kitnay kitne کتنے", "session sessn seshn سیشن", "dard drd durd درد", "nishan nishaan nshan نشان", "natija nateeja natijah نتیجہ",
		"clinic clinik klinic کلینک", "doctor dakter daktar ڈاکٹر", "kab kub kb کب", "bohat bahut bht بہت", "needling nidling",
	},
}

func TestSoftKeyFoldsSpellings(t *testing.T) { oneKey(t, "soft", softKey, spellings.soft) }

func TestSkeletonKeyFoldsSpellings(t *testing.T) {
	oneKey(t, "skeleton", skeletonKey, spellings.skeleton)
}

func oneKey(t *testing.T, name string, key func(string) string, lines []string) {
	t.Helper()
	for _, line := range lines {
		ws := strings.Fields(line)
		for _, w := range ws[1:] {
			if a, b := key(ws[0]), key(w); a != b {
				t.Errorf("%s key of %s is %q, of %s %q", name, ws[0], a, w, b)
			}
		}
	}
}

// What must not be one word: a key that forgives everything finds nothing.
func TestKeysKeepWordsApart(t *testing.T) {
	for _, pair := range []string{"kitne kab", "dard daag", "session season", "scar sugar", "kaun kahan", "pani paisa", "umar asar", "درد دھوپ"} {
		ws := strings.Fields(pair)
		if softKey(ws[0]) == softKey(ws[1]) {
			t.Errorf("%s and %s share the soft key %q", ws[0], ws[1], softKey(ws[0]))
		}
	}
	for _, pair := range []string{"kitne kab", "dard daag", "scar pore", "asar session", "natija nishan"} {
		ws := strings.Fields(pair)
		if skeletonKey(ws[0]) == skeletonKey(ws[1]) {
			t.Errorf("%s and %s share the skeleton %q", ws[0], ws[1], skeletonKey(ws[0]))
		}
	}
}

// A skeleton of one letter stands for ka, ke, ki, ko, kya and kahe alike.
func TestShortSkeletonsAreLeftOut(t *testing.T) {
	g := newGlossary(&faq.FAQ{})
	if got := g.read(strings.Fields("ka ke ki ko hai kya")).skeletons; len(got) != 0 {
		t.Errorf("got %q", got)
	}
	if got := softKeys(strings.Fields("ka ke hai")); len(got) != 3 {
		t.Errorf("soft keys of three words: %q", got)
	}
}

func TestKeysOfOddWords(t *testing.T) {
	for _, w := range []string{"", "h", "hh", "hhh", "yy", "n", "aeiou", "ء", "6", "x1", "日本", "é"} {
		soft, skeleton := softKey(w), skeletonKey(w) // none of these may panic
		if len(soft) > 2*len(w)+2 || len(skeleton) > 2*len(w)+2 {
			t.Errorf("keys of %q: %q, %q", w, soft, skeleton)
		}
	}
}
