package encoder

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// tokenizer cuts a text into the pieces of a SentencePiece unigram vocabulary (Kudo 2018, arXiv:1804.10959): of all ways to
// cut it, the one whose pieces' log probabilities add up highest, found by Viterbi's algorithm.
type tokenizer struct {
	nodes []node // the trie of pieces; the root first
}

// node is a place in the trie. The nodes that follow it stand together, in the order of their letters.
type node struct {
	letter rune
	first  int32 // of the nodes that follow
	follow int32 // how many
	piece  int32 // id of the piece that ends here, or 0
	score  float32
}

const (
	unknown  = 0 // id of what no piece covers
	reserved = 6 // ids that never come from text
	space    = '\u2581'
)

// entry is a piece of the vocabulary.
type entry struct {
	letters []rune
	id      int32
	score   float32
}

func readTokenizer(r *reader) *tokenizer {
	var all []entry
	for id := range int32(r.uint16()) {
		score := r.float32()
		letters := []rune(r.text(int(r.byte())))
		if id >= reserved && len(letters) > 0 {
			all = append(all, entry{letters, id, score})
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return slices.Compare(a.letters, b.letters) })
	return newTokenizer(all)
}

// newTokenizer makes the trie of sorted pieces, level by level.
func newTokenizer(all []entry) *tokenizer {
	t := &tokenizer{nodes: make([]node, 1, 4*len(all)+1)}
	level := [][]entry{all} // the pieces that go through each of the last nodes
	for depth, at := 0, 0; len(level) > 0; depth++ {
		var below [][]entry
		for _, through := range level {
			n := &t.nodes[at]
			for len(through) > 0 && len(through[0].letters) == depth {
				n.piece, n.score = through[0].id, through[0].score
				through = through[1:]
			}
			groups := byLetter(through, depth)
			n.first, n.follow = int32(len(t.nodes)), int32(len(groups))
			for _, g := range groups {
				t.nodes = append(t.nodes, node{letter: g[0].letters[depth]})
			}
			below = append(below, groups...)
			at++
		}
		level = below
	}
	t.nodes = slices.Clip(t.nodes)
	return t
}

// byLetter parts sorted pieces by their letter at a place.
func byLetter(all []entry, at int) [][]entry {
	var groups [][]entry
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].letters[at] == all[0].letters[at] {
			n++
		}
		groups = append(groups, all[:n])
		all = all[n:]
	}
	return groups
}

// next returns the node that follows with a letter, or nil.
func (t *tokenizer) next(n *node, letter rune) *node {
	from := t.nodes[n.first : n.first+n.follow]
	i, found := slices.BinarySearchFunc(from, letter, func(n node, letter rune) int { return cmp.Compare(n.letter, letter) })
	if !found {
		return nil
	}
	return &from[i]
}

// step is the best way to have read the text up to a place.
type step struct {
	reached bool
	score   float32
	piece   int
	length  int
}

// tokenize returns at most MaxTokens ids, at least one.
func (t *tokenizer) tokenize(text string) []int {
	// Four characters a token are usual; what lies far behind the last token that is read need not be cut.
	text = norm.NFKC.String(cut(text, 16*MaxTokens))
	rs := []rune(string(space) + strings.ReplaceAll(text, " ", string(space)))
	best := make([]step, len(rs)+1)
	best[0].reached = true
	for i := range rs {
		if best[i].reached {
			t.extend(rs, i, best)
		}
	}
	ids := make([]int, 0, len(rs))
	for end := len(rs); end > 0; end -= best[end].length {
		if id := best[end].piece; id != unknown || len(ids) == 0 || ids[len(ids)-1] != unknown { // a run of unknowns is one
			ids = append(ids, id)
		}
	}
	slices.Reverse(ids)
	return ids[:min(len(ids), MaxTokens)]
}

// extend tries every piece that begins at i, or one unknown character.
func (t *tokenizer) extend(rs []rune, i int, best []step) {
	found := false
	for n, j := &t.nodes[0], i; j < len(rs); j++ {
		if n = t.next(n, rs[j]); n == nil {
			break
		}
		if n.piece != 0 {
			found = true
			reach(&best[j+1], step{true, best[i].score + n.score, int(n.piece), j + 1 - i})
		}
	}
	if !found {
		reach(&best[i+1], step{true, best[i].score, unknown, 1})
	}
}

func reach(at *step, by step) {
	if !at.reached || by.score >= at.score {
		*at = by
	}
}

// cut returns the first n runes.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// Knows tells whether a lower-case word is one piece of the vocabulary, as the commoner English words are. Where it does, the
// word is hardly a misspelling of another.
func (e *Encoder) Knows(word string) bool {
	n := &e.tokens.nodes[0]
	for _, r := range string(space) + word {
		if n = e.tokens.next(n, r); n == nil {
			return false
		}
	}
	return n.piece != 0
}
