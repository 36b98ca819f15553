package index

import (
	"strings"

	"skindesk/faq"

	porter "github.com/blevesearch/go-porterstemmer"
)

// glossary carries words over from one wording to another: Roman Urdu and Urdu into English, and the patients' English words
// into the clinic's. It comes from the loaded file; without one every word stands for itself.
type glossary struct {
	roman   map[string][]string // soft key, or two joined by a space, to English words
	urdu    map[string][]string // cleaned Urdu word or two to English words
	english map[string][]string // words to the words used instead
}

func newGlossary(f *faq.FAQ) *glossary {
	g := &glossary{roman: map[string][]string{}, urdu: map[string][]string{}, english: map[string][]string{}}
	for w, gloss := range f.Glossary[faq.RomanUrdu] {
		g.roman[strings.Join(softKeys(words(Clean(w))), " ")] = words(Clean(gloss))
	}
	for w, gloss := range f.Glossary[faq.Urdu] {
		g.urdu[strings.Join(words(Clean(w)), " ")] = words(Clean(gloss))
	}
	for w, gloss := range f.Glossary[faq.English] {
		g.english[strings.Join(words(Clean(w)), " ")] = words(Clean(gloss))
	}
	return g
}

// english returns the words of a text in English as far as the glossary knows them, in their order.
func (g *glossary) translate(ws []string) []string {
	roman := romanUrduShare(ws) > 0
	var out []string
	for i := 0; i < len(ws); {
		gloss, used := g.lookup(ws[i:], roman)
		if used == 0 {
			gloss, used = []string{ws[i]}, 1
		}
		out = append(out, gloss...)
		i += used
	}
	return out
}

// lookup glosses the longest beginning of ws that the glossary knows, up to three words, and tells how many words that were.
func (g *glossary) lookup(ws []string, roman bool) ([]string, int) {
	for n := min(3, len(ws)); n > 0; n-- {
		part := strings.Join(ws[:n], " ")
		if gloss, ok := g.urdu[part]; ok {
			return gloss, n
		}
		if gloss, ok := g.english[part]; ok && (n > 1 || !roman) {
			return gloss, n
		}
		if (!roman && urduShare(part) == 0) || n == 1 && common[part] {
			continue
		}
		if gloss, ok := g.roman[strings.Join(softKeys(ws[:n]), " ")]; ok {
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
