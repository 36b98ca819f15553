package index

import (
	"strings"
	"unicode"
)

// Roman Urdu has no spelling: kitne, kitny, ktne and کتنے are one word. Two keys fold what writers vary. The soft key keeps
// vowels in one spelling; the skeleton keeps only the consonants, so it forgives more and says less.

// latin gives each Urdu letter the Latin one that people type for it.
var latin = map[rune]string{
	'ا': "a", 'آ': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ٹ': "t", 'ث': "s", 'ج': "j", 'چ': "ch", 'ح': "h", 'خ': "kh",
	'د': "d", 'ڈ': "d", 'ذ': "z", 'ر': "r", 'ڑ': "r", 'ز': "z", 'ژ': "z", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "z",
	'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q", 'ک': "k", 'گ': "g", 'ل': "l", 'م': "m", 'ن': "n",
	'ں': "n", 'و': "o", 'ہ': "h", 'ھ': "h", 'ء': "", 'ی': "i", 'ے': "e", 'ئ': "i", 'ؤ': "o", 'أ': "a", 'ۓ': "e",
}

func romanised(word string) string {
	var b strings.Builder
	for _, r := range word {
		if l, ok := latin[r]; ok {
			b.WriteString(l)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// softSpelling folds the common variants of Roman Urdu, longest first.
var softSpelling = strings.NewReplacer(
	"tion", "shn", "ssion", "shn",
	"aa", "a", "ee", "i", "ie", "i", "oo", "u", "ou", "u", "ay", "e", "ai", "e", "ei", "e", "ey", "e",
	"kh", "k", "gh", "g", "ph", "f", "th", "t", "dh", "d", "bh", "b", "jh", "j", "rh", "r", "zh", "z", "ck", "k",
	"q", "k", "w", "v", "x", "ks",
)

// softKey returns the soft key of a lower-case word.
func softKey(word string) string {
	s := once(softSpelling.Replace(romanised(word)))
	if len(s) <= 2 {
		return s
	}
	s = strings.TrimRight(s, "h")
	switch n := len(s); {
	case n < 2:
		return s
	case s[n-1] == 'y':
		s = s[:n-1] + "e"
	case n > 3 && s[n-1] == 'n' && isVowel(s[n-2]): // nasal: nahin, nahi; karein, kare
		s = s[:n-1]
	}
	return s
}

// skeletonKey returns the consonants of a lower-case word; a vowel only where it begins.
func skeletonKey(word string) string {
	s := once(softSpelling.Replace(romanised(word))) // doubled letters first: what vowels part are two
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isVowel(c):
			if i == 0 {
				b.WriteByte('a')
			}
		case (c == 'y' || c == 'h') && i > 0:
		case c == 'c' && i+1 < len(s) && s[i+1] == 'h':
			b.WriteByte('c')
		case c == 'c' && i+1 < len(s) && (s[i+1] == 'e' || s[i+1] == 'i'):
			b.WriteByte('s')
		case c == 'c':
			b.WriteByte('k')
		case c == 'n' && i == len(s)-1 && i > 1 && isVowel(s[i-1]):
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// once writes doubled letters once.
func once(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// softKeys returns the soft keys of a text's words.
func softKeys(ws []string) []string { return each(ws, softKey) }
