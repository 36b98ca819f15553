package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"skindesk/index/encoder"
)

// window is how many words apart the parts of a symptom may stand.
const window = 10

// span is a run of words: start is its first, end the one after its last.
type span struct{ start, end int }

// asking is how a segment opens when it asks something.
type asking int

const (
	asksNothing asking = iota
	asksPlain          // what, how, is it, kya; or the sentence ends with a question mark
	asksModal          // can, could, will: about what may come
	asksWhen           // when does, how long, kab: about what passes
)

// segment is what stands between two commas, stops or words like "but".
type segment struct {
	span
	asks     asking
	contrast bool // begins with a "but"
}

// message is a text as the alarm rules read it: its words, where they belong, and the concepts they name.
type message struct {
	words    []string
	segment  []int // of each word
	sentence []int // of each word
	segments []segment
	at       [][]span // of each concept, in order
}

// reader turns texts into messages.
type reader struct {
	ids     map[string]int
	terms   *term
	typos   map[string][]string // words with one letter left out, to the words themselves
	known   map[string]bool     // words that are no misspelling of another
	written map[string]bool     // words of the Roman Urdu terms
	rules   []compiledRule
	bare    []pattern // of one concept each, which is no symptom by itself
}

// term is a node of the tree of terms; the way to it is a sequence of word keys.
type term struct {
	next     map[string]*term
	concepts []int
}

type compiledRule struct {
	name     string
	patterns []pattern
}

// pattern is a set of concepts that stand together when a symptom is described.
type pattern struct {
	concepts []int
	without  []int // concepts that must not be near
	evident  bool  // needs a sign that it is so now
	negative bool  // its own words hold a "not"
	always   bool  // said in any mood it is an alarm
}

// read cleans a text and finds its segments and concepts. Its time grows with the length of the text alone.
func (r *reader) read(text string) *message {
	m := &message{at: make([][]span, len(r.ids))}
	m.cut(Clean(strings.ReplaceAll(text, "\n", " . ")))
	keys := make([][]string, len(m.words))
	for i, w := range m.words {
		keys[i] = r.keys(w)
	}
	for i := range m.words {
		r.mark(m, keys, i, i, r.terms)
	}
	m.dropCovered()
	m.ask()
	return m
}

const (
	stops  = ".!?۔؟…\n"
	pauses = ",;:()،؛–—"
)

// cut splits a cleaned text into words, segments and sentences.
func (m *message) cut(clean string) {
	sentence, start := 0, 0
	first := 0 // segment where the sentence begins
	for i, c := range clean {
		stop := strings.ContainsRune(stops, c) && !insideNumber(clean, i)
		if !stop && !strings.ContainsRune(pauses, c) {
			continue
		}
		m.add(clean[start:i], sentence)
		start = i + utf8.RuneLen(c)
		if stop {
			if c == '?' || c == '؟' {
				for j := first; j < len(m.segments); j++ {
					m.segments[j].asks = asksPlain
				}
			}
			sentence++
			first = len(m.segments)
		}
	}
	m.add(clean[start:], sentence)
}

// insideNumber reports whether the stop at i is the point of a number, as in 102.5.
func insideNumber(s string, i int) bool {
	return i > 0 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// add appends the words of a piece as one segment, or as several where a "but", or an "and" with a new subject, begins another.
func (m *message) add(piece string, sentence int) {
	ws := unglued(words(piece))
	begin := true
	for i, w := range ws {
		contrast := contrasts[w]
		joins := joiners[w] && i+1 < len(ws) && subjects[ws[i+1]]
		if begin || contrast || joins {
			n := len(m.words)
			m.segments = append(m.segments, segment{span: span{n, n}, contrast: contrast})
		}
		begin = false
		m.words = append(m.words, w)
		m.segment = append(m.segment, len(m.segments)-1)
		m.sentence = append(m.sentence, sentence)
		m.segments[len(m.segments)-1].end = len(m.words)
	}
}

// keys returns what a word may be looked up by: itself, its Roman Urdu keys, and known words one slip away.
func (r *reader) keys(w string) []string {
	keys := []string{w}
	if one, ok := helpers[w]; ok {
		return append(keys, one)
	}
	if w[0] < utf8.RuneSelf && r.soundsRoman(w) {
		keys = append(keys, "~"+softKey(w), "^"+skeletonKey(w))
	}
	if len(w) < minTypo-1 || r.known[w] || englishWord(w) {
		return keys
	}
	near := r.typos[w]
	for i := range w {
		d := w[:i] + w[i+1:]
		if !utf8.ValidString(d) {
			continue
		}
		if len(d) >= minTypo && r.known[d] {
			near = append(near[:len(near):len(near)], d)
		}
		near = append(near[:len(near):len(near)], r.typos[d]...)
	}
	for _, v := range near {
		if v[0] == w[0] { // hardly anyone misses the first letter, and many words differ in nothing else
			keys = append(keys, v)
		}
	}
	slices.Sort(keys[1:])
	return slices.Compact(keys)
}

// soundsRoman reports whether a word may be a spelling of a Roman Urdu term. What is too short to be known by its
// sound (the particles ne, pe, ko) is none; an English word only if it stands so in the tables.
func (r *reader) soundsRoman(w string) bool {
	return len(softKey(w)) >= minSound && (r.written[w] || !soundAlikes[w] && !englishWord(w))
}

// englishWord tells whether a word is an English one as it stands, and so no slip in writing another.
func englishWord(w string) bool {
	e, err := encoder.Shared()
	return err == nil && (e.Knows(w) || e.Knows(strings.TrimSuffix(w, "s")))
}

// mark notes the concepts of all terms that begin at start and have been followed to word i.
func (r *reader) mark(m *message, keys [][]string, start, i int, t *term) {
	if i == len(keys) || m.sentence[i] != m.sentence[start] {
		return
	}
	if i > start && passable[m.words[i]] {
		r.mark(m, keys, start, i+1, t)
	}
	for _, k := range keys[i] {
		next := t.next[k]
		if next == nil {
			continue
		}
		for _, c := range next.concepts {
			if s := (span{start, i + 1}); !slices.Contains(tail(m.at[c], 4), s) {
				m.at[c] = append(m.at[c], s)
			}
		}
		r.mark(m, keys, start, i+1, next)
	}
}

// passable are words that may stand within an expression and change nothing: "ruk hi nahi raha", "cant even see".
var passable = set(`hi he bhi bhe to tou toh si sa ab bilkul bilkl even really just so very quite ہی بھی تو بالکل اب`)

func tail(s []span, n int) []span { return s[max(0, len(s)-n):] }

// dropCovered takes away what stands inside a longer expression that means something else: the "not" of "not sure" negates no
// symptom, the eye of "under eye" has none.
func (m *message) dropCovered() {
	longest := make([]int, len(m.words)) // the length of the longest expression over a word
	other := make([]int, len(m.words))   // the end of the expression of another thing, or of the past, over a word
	for c, spans := range m.at {
		for _, s := range spans {
			for i := s.start; i < s.end && s.end-s.start > 1; i++ {
				if c != underWay && c != theirs {
					longest[i] = max(longest[i], s.end-s.start)
				}
				if c == anotherThing || c == goods || c == wasThen || c == past && i > s.start {
					other[i] = max(other[i], s.end)
				}
			}
		}
	}
	for c := range m.at {
		hushed := c <= rumour || c == opensPlain || c == opensUrdu // yields to any longer expression
		m.at[c] = slices.DeleteFunc(m.at[c], func(s span) bool {
			words := s.end - s.start
			if hushed && longest[s.start] > words {
				return true
			}
			return other[s.start] >= s.end && (words == 1 || c > lastMark && c != anotherThing && c != goods)
		})
	}
}

// ask finds the segments that open with a question word.
func (m *message) ask() {
	for i := range m.segments {
		s := &m.segments[i]
		start := s.start
		for start < s.end-1 && fillers[m.words[start]] {
			start++
		}
		switch {
		case m.isAt(polite, start):
		case m.isAt(opensModal, start) && romanUrduShare(m.words[s.start:s.end]) < 0.5: // "do" is two in Urdu
			s.asks = asksModal
		case m.has(opensWhen, s.start, s.end):
			s.asks = asksWhen
		case m.isAt(opensPlain, start), m.has(opensUrdu, s.start, s.end):
			s.asks = asksPlain
		}
	}
}

// isAt reports whether a term of a concept begins at a word.
func (m *message) isAt(concept, word int) bool {
	_, ok := slices.BinarySearchFunc(m.at[concept], word, func(s span, w int) int { return s.start - w })
	return ok
}

// has reports whether a term of a concept begins in [from, to).
func (m *message) has(concept, from, to int) bool {
	i, _ := slices.BinarySearchFunc(m.at[concept], from, func(s span, w int) int { return s.start - w })
	return i < len(m.at[concept]) && m.at[concept][i].start < to
}

// marked reports whether a term of a concept begins in around, but not inside s.
func (m *message) marked(concept int, around, s span) bool {
	return m.has(concept, max(around.start, s.start-2*window), s.start) || m.has(concept, s.end, min(around.end, s.end+window))
}

// follows reports whether the segment before the one of s, in the same sentence, holds a term of a concept.
func (m *message) follows(concept int, s span) bool {
	k := m.segment[s.start]
	if k == 0 || m.sentence[m.segments[k-1].start] != m.sentence[s.start] {
		return false
	}
	return m.has(concept, m.segments[k-1].start, m.segments[k-1].end)
}

// sentenceOf returns the words of the sentence in which s stands, as far as they are near enough to speak of it.
func (m *message) sentenceOf(s span) (from, to int) {
	for from = s.start; from > max(0, s.start-3*window) && m.sentence[from-1] == m.sentence[s.start]; from-- {
	}
	for to = s.end; to < min(len(m.words), s.end+3*window) && m.sentence[to] == m.sentence[s.start]; to++ {
	}
	return from, to
}

// nearest returns the first term of a concept in the window around s and in its sentence that does not overlap s.
func (m *message) nearest(concept int, s span) (span, bool) {
	at := m.at[concept]
	i, _ := slices.BinarySearchFunc(at, s.start-window, func(s span, w int) int { return s.start - w })
	best, ok := span{}, false
	for ; i < len(at) && at[i].start < s.end+window; i++ {
		o := at[i]
		if m.sentence[o.start] != m.sentence[s.start] || o.start < s.end && s.start < o.end {
			continue
		}
		if !ok || distance(o, s) < distance(best, s) {
			best, ok = o, true
		}
	}
	return best, ok
}

// distance returns how many words lie between two spans that do not overlap.
func distance(a, b span) int { return max(b.start-a.end, a.start-b.end) }

// minTypo is the length from which a word may be misspelt by one letter.
const minTypo = 6
