package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of what is searched. A message may have 4,096 characters; a question is rarely longer than this, and bleve's cost
// grows with every token.
const (
	maxQuery  = 400 // characters of a message that are searched
	maxTokens = 32  // distinct tokens of a query
	maxToken  = 32  // characters of a token; longer ones are no words
)

// Clean returns a message as it can be worked with: normalised, without control, zero-width and bidirectional marks, with
// Arabic letters and digits in the form that Urdu keyboards give, white space folded. Case is kept.
func Clean(text string) string {
	text = beforeFolding.Replace(strings.ToValidUTF8(text, " "))
	text = norm.NFKC.String(text)
	text = strings.Map(plainRune, text)
	return strings.Join(strings.Fields(text), " ")
}

// beforeFolding replaces what NFKC would make something else of: an accent a space, an honorific in one character up to 18 of them.
var beforeFolding = strings.NewReplacer("´", "'", "ﷺ", " ", "ﷻ", " ")

// plainRune maps a character to the one that is searched, or drops it (-1).
func plainRune(r rune) rune {
	switch {
	case r == '\u200c' || r == '\u200b': // zero-width (non-)joiner between parts of an Urdu word
		return -1
	case r == 'ي' || r == 'ى':
		return 'ی'
	case r == 'ك':
		return 'ک'
	case r == 'ه' || r == 'ة' || r == 'ۃ':
		return 'ہ'
	case r == '’' || r == '‘' || r == '`' || r == '´':
		return '\''
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case unicode.Is(unicode.Mn, r): // diacritics are rarely typed, and never needed
		return -1
	case unicode.Is(unicode.Cf, r), r == utf8.RuneError:
		return -1
	case unicode.IsControl(r):
		return ' '
	}
	return r
}

// words splits a cleaned text into lower-case words of letters and digits. An apostrophe inside a word is dropped (don't, dont).
func words(clean string) []string {
	clean = strings.ReplaceAll(strings.ToLower(clean), "'", "")
	ws := strings.FieldsFunc(clean, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	kept := ws[:0]
	for _, w := range ws {
		if utf8.RuneCountInString(w) <= maxToken {
			kept = append(kept, squeeze(w))
		}
	}
	return kept
}

// squeeze shortens a letter that is drawn out (soooo, plzzzz) to two.
func squeeze(w string) string {
	var b strings.Builder
	run, last := 0, rune(0)
	for _, r := range w {
		if run++; r != last {
			run, last = 1, r
		}
		if run <= 2 || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// distinct returns the first n different strings.
func distinct(ss []string, n int) []string {
	seen := make(map[string]bool, len(ss))
	var first []string
	for _, s := range ss {
		if !seen[s] && len(first) < n {
			seen[s] = true
			first = append(first, s)
		}
	}
	return first
}

// truncate cuts a text to n characters, at a space where there is one near.
func truncate(s string, n int) string {
	for i := range s {
		if n--; n >= 0 {
			continue
		}
		s = s[:i]
		if space := strings.LastIndexByte(s, ' '); space > i/2 {
			s = s[:space]
		}
		break
	}
	return s
}
