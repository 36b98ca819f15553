package bot

import (
	"reflect"
	"regexp"
	"strings"
	"unicode"

	"skindesk/faq"
)

// A line of Urdu runs from right to left, and what is written from left to right in it would fall apart: "1042#", "privacy/",
// "?how much". The marks that hold it together cannot be seen, so they are set here and stand in no text file.
const (
	leftToRight = "\u200e"
	rightToLeft = "\u200f"
)

// Two of the marks never follow each other: Telegram keeps only the last of such a row.
var (
	runs      = regexp.MustCompile(`(^|[^(/<\w])(\(?#\{case\}|/[a-z])`)
	lineBegin = regexp.MustCompile(`^(?:<[^>]*>|[^\p{L}{<])*(\p{L}|\{[a-z_]+)`)
	markFirst = regexp.MustCompile("^((?:<[^>]*>)*)" + leftToRight)
)

// ours are the places that are filled with a word of the same language, or begin a piece of a sentence.
var ours = map[string]bool{"{part": true, "{n": true, "{count": true, "{day": true, "{month": true, "{when": true, "{from": true}

// direct sets the marks in the sentences of a language that is written from right to left.
func (w *words) direct() {
	if w.lang != faq.Urdu {
		return
	}
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.CanSet() {
			f.SetString(directed(f.String()))
		}
	}
}

// directed has each line with Urdu in it begin on the right, whatever it begins with, and keeps numbers of cases and commands whole.
func directed(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !hasUrdu(line) {
			continue
		}
		line = runs.ReplaceAllString(line, "${1}"+leftToRight+"${2}")
		if m := lineBegin.FindStringSubmatch(line); m != nil && !hasUrdu(m[1]) && !ours[m[1]] {
			line = rightToLeft + markFirst.ReplaceAllString(line, "$1")
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// within returns a value as it stands in a sentence: one that is read from left to right keeps its order, and what it begins and ends
// with, in a sentence that is not.
func within(sentence, value string) string {
	if value == "" || !hasUrdu(sentence) || hasUrdu(value) || strings.Trim(value, "0123456789:.,/") == "" {
		return value
	}
	runes := []rune(value)
	if first := runes[0]; !unicode.IsLetter(first) {
		value = leftToRight + value
	}
	if last := runes[len(runes)-1]; !unicode.IsLetter(last) && !unicode.IsDigit(last) {
		value += leftToRight
	}
	return value
}

func hasUrdu(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) })
}
