package index

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, x := range []struct{ what, text, want string }{
		{"case is kept", "How MANY sessions?", "How MANY sessions?"},
		{"white space is folded", "  how\tmany \n\n sessions\u00a0? ", "how many sessions ?"},
		{"control characters part words", "how\x00many\x07sessions", "how many sessions"},
		{"broken UTF-8", "how\xff\xfemany", "how many"},
		{"marks of direction go", "\u202eabc\u202c \u2066def\u2069 \u200fghi", "abc def ghi"},
		{"zero-width characters go", "ses\u200bsion\ufeffs ses\u00adsion", "sessions session"},
		{"an Urdu word keeps together", "می\u200cکرو", "میکرو"},
		{"Arabic yeh and kaf", "كتني علاج", "کتنی علاج"},
		{"Arabic heh and teh marbuta", "ہے هے معاينة", "ہے ہے معاینہ"},
		{"Arabic presentation forms", "ﻋﻼج", "علاج"},
		{"vowel marks go", "عِلاَج café", "علاج café"},
		{"digits of every script", "٦ ۶ 6 ６", "6 6 6 6"},
		{"typographic apostrophes", "don’t don‘t don`t don´t", "don't don't don't don't"},
		{"wide and styled letters", "ｈｏｗ 𝐦𝐚𝐧𝐲 ﬁne", "how many fine"},
		{"nothing but marks", "\u200d\u200e\u200f", ""},
		{"nothing", "", ""},
	} {
		if got := Clean(x.text); got != x.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", x.what, x.text, got, x.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"How many, exactly?", "how many exactly"},
		{"don't can't", "dont cant"},
		{"6-8 sessions/year", "6 8 sessions year"},
		{"soooo looong", "soo loong"},
		{"1000 rupees", "1000 rupees"},
		{"کتنے سیشن؟", "کتنے سیشن"},
		{"😀 ok 👍🏽", "ok"},
		{strings.Repeat("x", 33) + " y", "y"}, // squeezing comes after: nobody means a word of 33 letters
		{"...", ""},
	} {
		if got := strings.Join(words(Clean(x.text)), " "); got != x.want {
			t.Errorf("words(%q) = %q, want %q", x.text, got, x.want)
		}
	}
}

func TestTruncate(t *testing.T) {
	for _, x := range []struct {
		text string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly", 7, "exactly"},
		{"one two three", 10, "one two"},
		{"a bcdefghijklmnop", 10, "a bcdefghi"}, // the space is too far back
		{"کتنے سیشن", 6, "کتنے"},
	} {
		if got := truncate(x.text, x.n); got != x.want {
			t.Errorf("truncate(%q, %d) = %q, want %q", x.text, x.n, got, x.want)
		}
	}
}

func TestDistinct(t *testing.T) {
	if got := distinct([]string{"a", "b", "a", "c", "d"}, 3); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("got %v", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, text := range append([]string{"how many?", "ﷺ\u0651\u200d", "e\u0301\u0323", "\xed\xa0\x80", "１２３"}, hostile...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := Clean(text)
		if !utf8.ValidString(clean) || strings.TrimSpace(clean) != clean || strings.Contains(clean, "  ") {
			t.Errorf("Clean(%q) = %q", text, clean)
		}
		for _, r := range clean {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) {
				t.Errorf("Clean(%q) keeps %U", text, r)
			}
		}
		for _, w := range words(clean) {
			if n := utf8.RuneCountInString(w); n == 0 || n > maxToken {
				t.Errorf("words(%q): %q", clean, w)
			}
		}
		if n := utf8.RuneCountInString(truncate(clean, maxQuery)); n > maxQuery {
			t.Errorf("truncate left %d characters of %q", n, text)
		}
	})
}
