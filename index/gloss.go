package index

import (
	"maps"
	"slices"
	"strings"

	"skindesk/faq"

	porter "github.com/blevesearch/go-porterstemmer"
)

// glossary carries words over from one wording to another: Roman Urdu and Urdu into English, and the patients' English words
// into the clinic's. It comes from the loaded file; without one every word stands for itself.
type glossary struct {
	exact map[string][]string // words as they are written, of every language but English
	soft  map[string][]string // Roman Urdu by its soft keys
	lay   map[string][]string // the patients' English to the clinic's
	known map[string]wordKeys // of the file's words; nil once the index is built
}

func newGlossary(f *faq.FAQ) *glossary {
	g := &glossary{exact: map[string][]string{}, soft: map[string][]string{}, lay: map[string][]string{}, known: map[string]wordKeys{}}
	for _, l := range []faq.Language{faq.RomanUrdu, faq.Urdu, faq.English} {
		for _, w := range slices.Sorted(maps.Keys(f.Glossary[l])) { // in order, so that the same file gives the same index
			ws, gloss := words(Clean(w)), words(Clean(f.Glossary[l][w]))
			g.remember(gloss)
			switch l {
			case faq.English:
				enter(g.lay, strings.Join(ws, " "), gloss)
			case faq.RomanUrdu:
				enter(g.soft, strings.Join(softKeys(ws), " "), gloss)
				fallthrough
			default:
				enter(g.exact, strings.Join(ws, " "), gloss)
			}
		}
	}
	return g
}

// enter keeps the first gloss of a key.
func enter(m map[string][]string, key string, gloss []string) {
	if _, taken := m[key]; !taken {
		m[key] = gloss
	}
}

// english is what the encoder is to read: the translation without small words and Urdu letters that the glossary has no word for.
// Of a text that has nothing else all is kept.
func (g *glossary) english(ws []string) []string {
	all := g.translated(ws, softKeys(ws), func(w string, roman bool) bool { return !isLatin(w) || roman && particles[w] && !common[w] })
	if len(all) == 0 {
		return ws
	}
	return all
}

// understood returns which part of a text's words the encoder can read in English, 0 to 1. Small words do not count.
func (g *glossary) understood(ws []string) float64 {
	lost, small := 0, 0
	g.translated(ws, softKeys(ws), func(w string, roman bool) bool {
		switch {
		case !isLatin(w) || roman && !particles[w] && !common[w]:
			lost++
		case roman && particles[w]:
			small++
		}
		return true
	})
	return 1 - float64(lost)/float64(max(1, len(ws)-small))
}

// translate returns the words of a text in English as far as the glossary knows them, in their order. soft are the words' soft keys.
func (g *glossary) translate(ws, soft []string) []string {
	return g.translated(ws, soft, func(string, bool) bool { return false })
}

func (g *glossary) translated(ws, soft []string, drop func(w string, roman bool) bool) []string {
	roman := romanUrduShare(ws) > 0.25 // "is" and "me" are words of both
	out := make([]string, 0, len(ws))
	for i := 0; i < len(ws); {
		gloss, used := g.lookup(ws[i:], soft[i:], roman)
		if used == 0 {
			if used = 1; !drop(ws[i], roman) {
				gloss = ws[i : i+1]
			}
		}
		out = append(out, gloss...)
		i += used
	}
	return out
}

// lookup glosses the longest beginning of ws that the glossary knows, up to three words, and tells how many words that were. A
// word as it is written counts before one that only sounds like it.
func (g *glossary) lookup(ws, soft []string, roman bool) ([]string, int) {
	for n := min(3, len(ws)); n > 0; n-- {
		part := strings.Join(ws[:n], " ")
		if gloss, ok := g.lay[part]; ok && (n > 1 || !roman) {
			return gloss, n
		}
		urdu := !isLatin(part)
		if !roman && !urdu || n == 1 && common[part] {
			continue
		}
		if gloss, ok := g.exact[part]; ok {
			return gloss, n
		}
		if gloss, ok := g.soft[strings.Join(soft[:n], " ")]; ok {
			return gloss, n
		}
	}
	return nil, 0
}

// stem returns the stem of an English word; other words hardly change.
func stem(w string) string {
	if len(w) < 3 || !isLatin(w) {
		return w
	}
	return porter.StemString(w)
}

func isLatin(w string) bool {
	for i := 0; i < len(w); i++ {
		if w[i] >= 0x80 {
			return false
		}
	}
	return true
}
