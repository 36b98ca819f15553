package faq

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a bare machine has no zone files, and the clinic's hours need its zone
	"unicode"
	"unicode/utf8"
)

// Limits of texts, in characters. A Telegram message holds 4,096; the longest answer leaves room for title, note and a second answer's
// beginning. A button's text is cut to what a phone shows, so a long title is only ugly.
const (
	MaxEntries  = 2000
	MaxTitle    = 300
	MaxQuestion = 500
	MaxAnswer   = 3000
	MaxGloss    = 100
)

var idPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,48}$`)

// check looks for what is well-formed but wrong.
func (p *parser) check(f *FAQ) {
	if v := p.root.child("version"); v != nil && f.Version != 1 {
		p.fault(v.at, `"version" is the version of the file's shape and always 1`, `write "version": 1`)
	}
	if len(f.Entries) == 0 {
		p.fault(p.root.find("entries").at, "there are no entries", `"entries" is a list with at least one entry`)
	}
	if len(f.Entries) > MaxEntries {
		p.fault(p.root.find("entries", MaxEntries).at, fmt.Sprintf("more than %d entries", MaxEntries), "")
	}
	p.checkIDs(f)
	for i := range f.Entries {
		p.entry = f.Entries[i].ID
		p.checkEntry(f, i)
		p.entry = ""
	}
	p.checkShared(f)
	p.checkLists(f)
	if p.root.child("clinic") != nil {
		p.checkClinic(&f.Clinic)
	}
}

func (p *parser) checkIDs(f *FAQ) {
	ids(p, p.root, "entries", f.Entries, func(e Entry) string { return e.ID })
	ids(p, p.root, "documents", f.Documents, func(d Document) string { return d.ID })
	ids(p, p.root, "topics", f.Topics, func(t Topic) string { return t.ID })
	ids(p, p.root, "replies", f.Replies, func(r Reply) string { return r.ID })
	ids(p, p.root, "intake", f.Intake, func(i Intake) string { return i.ID })
}

// ids checks that the ids of a list are well-formed and each stands once.
func ids[T any](p *parser, in *value, list string, items []T, id func(T) string) {
	seen := map[string]bool{}
	for i, item := range items {
		at := in.find(list, i, "id").at
		switch s := id(item); {
		case s == "":
			p.fault(at, `the "id" is missing`, "give it a short name of its own")
		case !idPattern.MatchString(s):
			p.fault(at, fmt.Sprintf("the id %q is not well-formed", s), "1 to 48 of A-Z a-z 0-9 - _")
		case seen[s]:
			p.fault(at, fmt.Sprintf("the id %q stands twice in %q", s, list), "every id is unique: rename one of them")
		default:
			seen[s] = true
		}
	}
}

func (p *parser) checkEntry(f *FAQ, i int) {
	e := &f.Entries[i]
	v := p.root.find("entries", i)
	if !slices.Contains(Kinds, e.Kind) {
		p.fault(v.find("kind").at, fmt.Sprintf("unknown kind %q", e.Kind), fmt.Sprintf("the kinds are %v", Kinds))
	}
	p.checkQuestions(e, v)
	if v.child("answer") == nil {
		p.fault(v.at, `the "answer" is missing`, `write "answer": {"en": "..."}`)
	} else {
		p.checkText(v.find("answer"), e.Answer, "answer", MaxAnswer)
		p.checkMarkup(f, v.find("answer"), e.Answer)
	}
	if v.child("title") != nil {
		p.checkText(v.find("title"), e.Title, "title", MaxTitle)
	}
	for j, id := range e.Related {
		if _, ok := f.byID[id]; !ok || id == e.ID {
			p.fault(v.find("related", j).at, fmt.Sprintf("the related entry %q is not another entry of this file", id), "write the id as it stands in that entry, or delete it here")
		}
	}
	if e.Source.Document != "" && !slices.ContainsFunc(f.Documents, func(d Document) bool { return d.ID == e.Source.Document }) {
		p.fault(v.find("source", "document").at, fmt.Sprintf("the document %q is not in the list \"documents\"", e.Source.Document), "add it there, or correct the id")
	}
	if e.Topic != "" && e.Kind == Answer && len(f.Topics) > 0 && !slices.ContainsFunc(f.Topics, func(t Topic) bool { return t.ID == e.Topic }) {
		p.fault(v.find("topic").at, fmt.Sprintf("the topic %q is not in the list \"topics\"", e.Topic), "add it there, or correct the id")
	}
	reviewed := p.date(v.find("reviewed"), e.Reviewed)
	due := p.date(v.find("review_by"), e.ReviewBy)
	if !due.IsZero() && due.Before(reviewed) {
		p.fault(v.find("review_by").at, "the next review lies before the last one", "")
	}
}

func (p *parser) checkQuestions(e *Entry, v *value) {
	n := 0
	for l, qs := range e.Questions {
		for j, q := range qs {
			n++
			at := v.find("questions", l, j).at
			switch {
			case !strings.ContainsFunc(q, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
				p.fault(at, "a question without a word", "write it as a patient would, or delete it")
			case utf8.RuneCountInString(q) > MaxQuestion:
				p.fault(at, fmt.Sprintf("the question has %d characters, at most %d are allowed", utf8.RuneCountInString(q), MaxQuestion), "patients write short: keep the part that asks")
			}
		}
	}
	if n == 0 && len(p.faultsOf(v.find("questions"))) == 0 {
		p.fault(v.find("questions").at, "the entry has no questions, so it cannot be found", `write "questions": {"en": ["..."]}`)
	}
}

// faultsOf returns the faults that already stand at the value's place.
func (p *parser) faultsOf(v *value) Faults {
	line, column := p.src.place(v.at)
	var fs Faults
	for _, f := range p.faults {
		if f.Line == line && f.Column == column {
			fs = append(fs, f)
		}
	}
	return fs
}

// checkText checks that a text says something in each language it names, and not too much.
func (p *parser) checkText(v *value, t Text, what string, limit int) {
	if v.shape == objectShape && len(v.members) == 0 {
		p.fault(v.at, fmt.Sprintf("the %s is empty", what), `write {"en": "..."}`)
	}
	for l, s := range t {
		at := v.find(l).at
		switch n := utf8.RuneCountInString(s); {
		case strings.TrimSpace(Plain(s)) == "":
			p.fault(at, fmt.Sprintf("the %s is empty in %q", what, l), "write it, or delete this language: English is shown then")
		case n > limit:
			p.fault(at, fmt.Sprintf("the %s has %d characters, at most %d are allowed", what, n, limit), "a chat message is read on a phone: shorten it")
		case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
			p.fault(at, fmt.Sprintf("the %s holds a control character", what), "type it anew instead of pasting it")
		}
	}
}

func (p *parser) checkMarkup(f *FAQ, v *value, t Text) {
	for l, s := range t {
		for _, reason := range markupFaults(s, f.Links) {
			p.fault(v.find(l).at, reason, "Telegram knows <b> <i> <u> <s> <code> <pre> <blockquote> <a href=\"...\">; write &lt; and &amp; for < and &")
		}
	}
}

// checkShared warns of the same phrasing in two entries: which of them is meant cannot be known then.
func (p *parser) checkShared(f *FAQ) {
	owner := map[string]string{}
	for i := range f.Entries {
		e := &f.Entries[i]
		for _, l := range Languages {
			for j, q := range e.Questions[l] {
				key := Normalize(q)
				first, taken := owner[key]
				if !taken {
					owner[key] = e.ID
					continue
				}
				if first == e.ID {
					continue
				}
				p.entry = e.ID
				p.warn(p.root.find("entries", i, "questions", l, j).at, fmt.Sprintf("the phrasing %q stands in entry %q too", q, first), "keep it where its answer is")
				p.entry = ""
			}
		}
	}
}

// Normalize returns a phrasing as it is compared with others: lower case, letters and digits only, single spaces.
func Normalize(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}

func (p *parser) checkLists(f *FAQ) {
	for i, r := range f.Replies {
		p.checkText(p.root.find("replies", i, "title"), r.Title, "title", MaxTitle)
		p.checkText(p.root.find("replies", i, "text"), r.Text, "text", MaxAnswer)
	}
	for i, q := range f.Intake {
		p.checkText(p.root.find("intake", i, "question"), q.Question, "question", MaxQuestion)
	}
	for i, t := range f.Topics {
		p.checkText(p.root.find("topics", i, "title"), t.Title, "title", MaxTitle)
	}
	for i, h := range f.Links {
		if h != strings.ToLower(h) || h == "" || strings.ContainsAny(h, "/: ") {
			p.fault(p.root.find("links", i).at, fmt.Sprintf("%q is no host name", h), `only the name, such as "example.org"`)
		}
	}
	for l, words := range f.Glossary {
		for w, gloss := range words {
			if strings.TrimSpace(w) == "" || strings.TrimSpace(gloss) == "" || utf8.RuneCountInString(w+gloss) > MaxGloss {
				p.fault(p.root.find("glossary", l, w).at, fmt.Sprintf("the glossary's line %q is empty or too long", w), "a word and its meaning in a few words")
			}
		}
	}
}

func (p *parser) date(v *value, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		p.fault(v.at, fmt.Sprintf("%q is no date", s), "write it as 2027-02-28")
	}
	return t
}
