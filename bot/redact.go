package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"skindesk/faq"
)

// What tells who somebody is by its form: addresses, handles, and numbers of three digits and more however they are grouped.
var personal = regexp.MustCompile(`(?i)(?:https?://|\bwww\.|\bt\.me/)\S+` + // links
	`|[^\s<>()]+@[^\s@<>()]+\.[^\s@<>()]+` + // mail
	`|@\w{3,}` + // handles
	`|[+＋]?\p{Nd}(?:[ \-./()–]{0,2}\p{Nd}){2,}`) // numbers

// redactedMark stands where something was taken out.
const redactedMark = "…"

// introducers are words after which a name stands.
var introducers = [][]string{
	{"my", "name", "is"}, {"name", "is"}, {"i", "am"}, {"i'm"}, {"this", "is"}, {"mera", "naam"}, {"mera", "nam"}, {"naam"}, {"میرا", "نام"}, {"نام"},
	{"dr"}, {"doctor"}, {"mr"}, {"mrs"}, {"ms"}, {"miss"}, {"ڈاکٹر"},
}

// ordinary words are nobody's name, though they may stand where one is expected and be absent from the clinic's file.
var ordinary = strings.Fields(`a an the is are was my your it its he she they we you i for in on of to and or but not no yes so very too also there here
	who what which how when where why do does did can could will would may should have has from with at by if then than that this sir madam available afraid worried pregnant
	hai hain hoon hun ka ki ke ko se par mein main bhi aur ya yeh ye woh wo kya kaun kab kahan kaise kitna kitne kitni
	ہے ہیں ہوں کا کی کے کو سے پر میں بھی اور یا یہ وہ کیا کون کب کہاں کیسے کتنا کتنے کتنی`)

// redact returns a text without what tells who wrote it or of whom: links, mail addresses, handles, longer numbers, and names as
// far as they can be told (the person's own, what follows "my name is" or "Dr", a capitalised word inside a sentence). Words that
// the clinic itself uses are known to be none. It returns "" when nothing is left to learn from.
func redact(text, name string, known map[string]bool) string {
	own := strings.Fields(strings.ToLower(name))
	var out, before []string // before: the words of this sentence so far, bare
	taken := false           // the word before was a name, so this may be its second half
	for _, w := range strings.Fields(withoutPersonal(tidy(text))) {
		word := strings.TrimFunc(w, notInWord)
		bare := strings.ToLower(word)
		common := bare == "" || known[bare] || slices.Contains(ordinary, bare)
		isName := len([]rune(bare)) > 1 && slices.Contains(own, bare) ||
			!common && (taken || introduced(before) || len(before) > 0 && isCapitalised(word))
		if isName {
			w = strings.Replace(w, word, redactedMark, 1)
		}
		taken = isName
		if before = append(before, bare); endsSentence(w) && !slices.ContainsFunc(introducers, func(i []string) bool { return len(i) == 1 && i[0] == bare }) {
			before = nil
		}
		if len(out) == 0 || strings.Trim(w, redactedMark) != "" || out[len(out)-1] != redactedMark {
			out = append(out, w)
		}
	}
	text = strings.Join(out, " ")
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return ""
	}
	return text
}

// withoutPersonal puts the mark in place of what tells by its form who somebody is. Gaps are made even first, as a wide one would hide a
// number, and what is left is looked at again until nothing of the kind is.
func withoutPersonal(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for personal.MatchString(text) {
		text = personal.ReplaceAllString(text, redactedMark)
	}
	return text
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }

func introduced(before []string) bool {
	return slices.ContainsFunc(introducers, func(words []string) bool {
		n := len(before) - len(words)
		return n >= 0 && slices.Equal(before[n:], words)
	})
}

func endsSentence(w string) bool {
	return strings.ContainsFunc(w, func(r rune) bool { return strings.ContainsRune(".!?:۔؟", r) })
}

// isCapitalised tells a word like Ayesha from one like PRP.
func isCapitalised(word string) bool {
	rs := []rune(word)
	return len(rs) > 2 && unicode.IsUpper(rs[0]) && unicode.IsLower(rs[1])
}

// vocabulary are the words that a file of the clinic uses.
type vocabulary struct {
	of    *faq.FAQ
	words map[string]bool
}

// knownWords returns the words of the file, collected once for each version.
func (b *Bot) knownWords(f *faq.FAQ) map[string]bool {
	if v := b.vocabulary.Load(); v != nil && v.of == f {
		return v.words
	}
	v := &vocabulary{of: f, words: map[string]bool{}}
	add := func(text string) {
		for w := range strings.FieldsSeq(text) {
			v.words[strings.ToLower(strings.TrimFunc(w, notInWord))] = true
		}
	}
	for i := range f.Entries {
		for _, q := range f.Entries[i].Asked() {
			add(q)
		}
		for _, l := range faq.Languages {
			add(f.Entries[i].Title[l])
			add(faq.Plain(f.Entries[i].Answer[l]))
		}
	}
	b.vocabulary.Store(v)
	return v.words
}
