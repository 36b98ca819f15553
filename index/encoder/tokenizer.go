package encoder

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// tokenizer cuts a text into the pieces of a SentencePiece unigram vocabulary (Kudo 2018, arXiv:1804.10959): of all ways to
// cut it, the one whose pieces' log probabilities add up highest, found by Viterbi's algorithm.
type tokenizer struct {
	root *node
}

// node is a place in the trie of pieces.
type node struct {
	next  map[rune]*node
	piece int // id of the piece that ends here, or 0
	score float32
}

const (
	unknown  = 0 // id of what no piece covers
	reserved = 6 // ids that never come from text
	space    = '\u2581'
)

func readTokenizer(r *reader) *tokenizer {
	t := &tokenizer{root: new(node)}
	for id := range int(r.uint16()) {
		score := r.float32()
		piece := r.text(int(r.byte()))
		if id >= reserved {
			t.add(piece, id, score)
		}
	}
	return t
}

func (t *tokenizer) add(piece string, id int, score float32) {
	n := t.root
	for _, r := range piece {
		if n.next == nil {
			n.next = map[rune]*node{}
		}
		if n.next[r] == nil {
			n.next[r] = new(node)
		}
		n = n.next[r]
	}
	n.piece, n.score = id, score
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
	for n, j := t.root, i; j < len(rs); j++ {
		if n = n.next[rs[j]]; n == nil {
			break
		}
		if n.piece != 0 {
			found = true
			reach(&best[j+1], step{true, best[i].score + n.score, n.piece, j + 1 - i})
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
	n := e.tokens.root
	for _, r := range string(space) + word {
		if n = n.next[r]; n == nil {
			return false
		}
	}
	return n.piece != 0
}
