package index

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// speller mends words that the file does not know: what a hasty thumb left out, doubled or swapped. It knows the words of the
// loaded file and the small words of the languages; what stands for an English word of its own is never touched.
type speller struct {
	known    map[string]int      // how often a word is used
	skeleton map[string][]string // words by their consonants, the most used first
	initial  map[rune][]string   // words by their first letter
	english  func(word string) bool
}

const (
	smallWords = 5 // how often a small word counts as used
	mendLetter = 4 // letters from which one may be wrong
	mendMost   = 4 // words of a text that are mended: a text of nothing else is another language, not haste
)

// newSpeller makes one of how often the file uses each word.
func newSpeller(used map[string]int, g *glossary, english func(string) bool) *speller {
	s := &speller{known: maps.Clone(used), skeleton: map[string][]string{}, initial: map[rune][]string{}, english: english}
	for _, small := range []map[string]bool{particles, common, question, pointing} {
		for w := range small {
			s.known[w] += smallWords
		}
	}
	for _, w := range slices.SortedFunc(maps.Keys(s.known), s.byUse) {
		if r, _ := utf8.DecodeRuneInString(w); len(w) > 1 {
			s.initial[r] = append(s.initial[r], w)
			k := skeletonKey(w)
			s.skeleton[k] = append(s.skeleton[k], w)
		}
	}
	for w := range g.exact { // known, but nothing to be mended to: most of them hardly anybody writes
		s.known[w]++
	}
	for w := range g.lay {
		s.known[w]++
	}
	return s
}

func (s *speller) byUse(a, b string) int {
	return cmp.Or(s.known[b]-s.known[a], cmp.Compare(a, b))
}

// mend returns the words with those replaced that are nearly one of the file's.
func (s *speller) mend(ws []string) []string {
	var mended []string
	left := mendMost
	for i, w := range ws {
		if left == 0 || s.fine(w) {
			continue
		}
		if other := s.nearest(w); other != "" {
			if mended == nil {
				mended = slices.Clone(ws)
			}
			mended[i] = other
			left--
		}
	}
	if mended == nil {
		return ws
	}
	return mended
}

func (s *speller) fine(w string) bool {
	return len(w) < 2 || s.known[w] > 0 || s.english(w) || w[0] >= '0' && w[0] <= '9'
}

// nearest returns the most used of the words that w may be meant for, or nothing. Left out vowels come before a wrong letter.
func (s *speller) nearest(w string) string {
	for _, other := range s.skeleton[skeletonKey(w)] {
		if isLatin(w) && isLatin(other) && leavesOut(w, other) {
			return other
		}
	}
	if utf8.RuneCountInString(w) < mendLetter {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(w)
	nearest, most := "", math.MinInt
	for _, other := range s.initial[first] {
		if n := s.known[other]; n > most && oneOff([]rune(w), []rune(other)) {
			nearest, most = other, n
		}
	}
	return nearest
}

// leavesOut tells whether short is long without some of its letters.
func leavesOut(short, long string) bool {
	if len(short) >= len(long) {
		return false
	}
	i := 0
	for j := 0; j < len(long) && i < len(short); j++ {
		if long[j] == short[i] {
			i++
		}
	}
	return i == len(short)
}

// oneOff tells whether one letter more, less, other, or two swapped make b of a (Damerau 1964).
func oneOff(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) {
		return false
	}
	return slices.Equal(a[i+1:], b[i+1:]) ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
