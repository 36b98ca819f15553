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

// Limits of lists, and of texts in characters. A Telegram message holds 4,096; the longest answer leaves room for title, note and a second answer's
// beginning. A button's text is cut to what a phone shows, so a long title is only ugly.
const (
	MaxEntries  = 2000 // and of items in any other list
	MaxTitle    = 300
	MaxQuestion = 500
	MaxAnswer   = 3000
	MaxGloss    = 100
)

var (
	idPattern   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,48}$`)
	hostPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
)

// check looks for what is well-formed but wrong.
func (p *parser) check(f *FAQ) {
	if v := p.root.child("version"); v != nil && f.Version != 1 {
		p.fault(v.at, `"version" is the version of the file's shape and always 1`, `write "version": 1`)
	}
	entries := p.root.find("entries")
	if len(f.Entries) == 0 {
		p.fault(entries.at, "there are no entries", `"entries" is a list with at least one entry`)
	}
	known, seen := namesOf(f), map[string]bool{}
	for i := range f.Entries {
		e, v := &f.Entries[i], entries.find(i)
		p.entry = e.ID
		p.checkID(v, e.ID, seen)
		p.checkEntry(e, v, known)
	}
	p.checkShared(f, entries)
	p.entry = ""
	p.checkLists(f)
	if v := p.root.child("clinic"); v != nil {
		p.checkClinic(&f.Clinic, v)
	}
}

// names is what entries may refer to.
type names struct {
	entries, documents, topics, hosts map[string]bool
}

func namesOf(f *FAQ) names {
	n := names{entries: map[string]bool{}, documents: map[string]bool{}, topics: map[string]bool{}, hosts: map[string]bool{}}
	for _, e := range f.Entries {
		n.entries[e.ID] = true
	}
	for _, d := range f.Documents {
		n.documents[d.ID] = true
	}
	for _, t := range f.Topics {
		n.topics[t.ID] = true
	}
	for _, h := range f.Links {
		n.hosts[h] = true
	}
	return n
}

// checkID checks that an item's id is well-formed and the first of its list.
func (p *parser) checkID(v *value, id string, seen map[string]bool) {
	at := v.child("id")
	switch {
	case at == nil:
		p.fault(v.at, `the "id" is missing`, `write "id": "..." with a short name of its own`)
	case !idPattern.MatchString(id):
		p.fault(at.at, fmt.Sprintf("the id %s is not well-formed", quote(id)), "1 to 48 of A-Z a-z 0-9 - _")
	case seen[id]:
		p.fault(at.at, fmt.Sprintf("the id %s stands twice in this list", quote(id)), "every id is unique: rename one of them")
	}
	seen[id] = true
}

func (p *parser) checkEntry(e *Entry, v *value, known names) {
	if c := v.child("clinic"); c != nil && !slices.Contains(FactsKnown, e.Clinic) {
		p.fault(c.at, fmt.Sprintf("unknown part of the clinic's data %s", quote(fmt.Sprint(c.scalar))), fmt.Sprintf("the parts are %v", FactsKnown))
	}
	if k := v.child("kind"); k != nil && (!slices.Contains(Kinds, e.Kind) || k.scalar == "") {
		p.fault(k.at, fmt.Sprintf("unknown kind %s", quote(fmt.Sprint(k.scalar))), fmt.Sprintf("the kinds are %v", Kinds))
	}
	p.checkQuestions(v.find("questions"))
	if answer := v.child("answer"); answer == nil {
		p.fault(v.at, `the "answer" is missing`, `write "answer": {"en": "..."}`)
	} else {
		p.checkText(answer, e.Answer, "answer", MaxAnswer)
		p.checkMarkup(answer, e.Answer, known.hosts)
	}
	if title := v.child("title"); title != nil {
		p.checkText(title, e.Title, "title", MaxTitle)
	}
	for j, id := range e.Related {
		if !known.entries[id] || id == e.ID {
			p.fault(v.find("related", j).at, fmt.Sprintf("the related entry %s is not another entry of this file", quote(id)), "write the id as it stands in that entry, or delete it here")
		}
	}
	if id := e.Source.Document; id != "" && !known.documents[id] {
		p.fault(v.find("source", "document").at, fmt.Sprintf("the document %s is not in the list \"documents\"", quote(id)), "add it there, or correct the id")
	}
	if a := v.child("about"); a != nil && (e.Kind != Booking || !slices.Contains(Abouts, e.About)) {
		p.fault(a.at, fmt.Sprintf("%s cannot be what the entry is about", quote(string(e.About))), fmt.Sprintf("only an entry of the kind booking has this; it is one of %v", Abouts))
	}
	if e.Topic != "" && e.Kind == Answer && len(known.topics) > 0 && !known.topics[e.Topic] {
		p.fault(v.find("topic").at, fmt.Sprintf("the topic %s is not in the list \"topics\"", quote(e.Topic)), "add it there, or correct the id")
	}
	p.atMost(MaxTitle, v.find("topic"), e.Topic)
	p.atMost(MaxTitle, v.find("source", "section"), e.Source.Section)
	p.checkReview(e, v)
}

func (p *parser) checkReview(e *Entry, v *value) {
	reviewed := p.date(v.find("reviewed"), e.Reviewed)
	due := p.date(v.find("review_by"), e.ReviewBy)
	if !due.IsZero() && due.Before(reviewed) {
		p.fault(v.find("review_by").at, "the next review lies before the last one", "correct one of the two dates")
	}
}

// checkQuestions checks the questions of one entry, by language.
func (p *parser) checkQuestions(v *value) {
	n := 0
	for _, m := range v.members {
		for _, item := range m.val.items {
			n++
			q, _ := item.scalar.(string)
			switch {
			case !strings.ContainsFunc(q, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
				p.fault(item.at, "a question without a word", "write it as a patient would, or delete it")
			case utf8.RuneCountInString(q) > MaxQuestion:
				p.fault(item.at, fmt.Sprintf("the question has %d characters, at most %d are allowed", utf8.RuneCountInString(q), MaxQuestion), "patients write short: keep the part that asks")
			}
		}
	}
	if n == 0 {
		p.fault(v.at, "the entry has no questions, so it cannot be found", `write "questions": {"en": ["..."]}`)
	}
}

// checkText checks that a text says something in each language it names, and not too much.
func (p *parser) checkText(v *value, t Text, what string, limit int) {
	if len(v.members) == 0 {
		p.fault(v.at, fmt.Sprintf("the %s is empty", what), `write {"en": "..."}`)
	}
	for l, s := range t {
		at := v.find(l).at
		switch n := utf8.RuneCountInString(s); {
		case strings.TrimSpace(Plain(s)) == "":
			p.fault(at, fmt.Sprintf("the %s is empty in %q", what, l), "write it, or delete this language: English is shown then")
		case n > limit:
			p.fault(at, fmt.Sprintf("the %s has %d characters, at most %d are allowed", what, n, limit), "a chat message is read on a phone: shorten it")
		}
	}
}

// atMost checks the length of a text that may be empty.
func (p *parser) atMost(limit int, v *value, s string) {
	if n := utf8.RuneCountInString(s); n > limit {
		p.fault(v.at, fmt.Sprintf("the text has %d characters, at most %d are allowed", n, limit), "shorten it")
	}
}

func (p *parser) checkMarkup(v *value, t Text, hosts map[string]bool) {
	for l, s := range t {
		for _, m := range markupFaults(s, hosts) {
			p.fault(v.find(l).at, m.reason, m.hint)
		}
		if m := markdown.FindString(s); m != "" {
			p.warn(v.find(l).at, fmt.Sprintf("%s is shown as it stands", quote(m)), tagHint)
		}
	}
}

// checkShared warns of a phrasing that stands twice: in two entries nobody can know which of them is meant, in one the second is idle.
func (p *parser) checkShared(f *FAQ, entries *value) {
	owner := map[string]string{}
	for i := range f.Entries {
		e := &f.Entries[i]
		p.entry = e.ID
		for _, m := range entries.find(i, "questions").members {
			for _, item := range m.val.items {
				q, _ := item.scalar.(string)
				key := Normalize(q)
				first, taken := owner[key]
				switch {
				case key == "":
				case !taken:
					owner[key] = e.ID
				case first == e.ID:
					p.warn(item.at, fmt.Sprintf("the phrasing %s stands twice in this entry", quote(q)), "once is enough: delete this one")
				default:
					p.warn(item.at, fmt.Sprintf("the phrasing %s stands in entry %s too", quote(q), quote(first)), "keep it where its answer is")
				}
			}
		}
	}
}

// Normalize returns a phrasing as it is compared with others: lower case, letters and digits only, single spaces.
func Normalize(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func (p *parser) checkLists(f *FAQ) {
	p.checkTexts(f)
	seen := map[string]bool{}
	for i, d := range f.Documents {
		v := p.root.find("documents", i)
		p.checkID(v, d.ID, seen)
		p.atMost(MaxTitle, v.find("title"), d.Title)
	}
	for i, h := range f.Links {
		if !hostPattern.MatchString(h) {
			p.fault(p.root.find("links", i).at, fmt.Sprintf("%s is no host name", quote(h)), `only the name in small letters, such as "example.org"`)
		}
	}
	p.checkGlossary(p.root.child("glossary"))
}

// checkTexts checks the lists whose items are shown beside the entries.
func (p *parser) checkTexts(f *FAQ) {
	replies, intake, topics := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, r := range f.Replies {
		v := p.root.find("replies", i)
		p.checkID(v, r.ID, replies)
		p.requireText(v, "title", r.Title, MaxTitle)
		p.requireText(v, "text", r.Text, MaxAnswer)
	}
	for i, q := range f.Intake {
		v := p.root.find("intake", i)
		p.checkID(v, q.ID, intake)
		p.requireText(v, "question", q.Question, MaxQuestion)
	}
	for i, t := range f.Topics {
		v := p.root.find("topics", i)
		p.checkID(v, t.ID, topics)
		p.requireText(v, "title", t.Title, MaxTitle)
	}
}

// requireText checks a text that an item of a list must have.
func (p *parser) requireText(in *value, name string, t Text, limit int) {
	v := in.child(name)
	if v == nil {
		p.fault(in.at, fmt.Sprintf("the %q is missing", name), fmt.Sprintf(`write %q: {"en": "..."}`, name))
		return
	}
	p.checkText(v, t, name, limit)
}

func (p *parser) checkGlossary(v *value) {
	if v == nil {
		return
	}
	for _, language := range v.members {
		for _, m := range language.val.members {
			gloss, _ := m.val.scalar.(string)
			if strings.TrimSpace(m.key) == "" || strings.TrimSpace(gloss) == "" || utf8.RuneCountInString(m.key+gloss) > MaxGloss {
				p.fault(m.val.at, fmt.Sprintf("the glossary's line %s is empty or too long", quote(m.key)), "a word and its meaning in a few words")
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
		p.fault(v.at, fmt.Sprintf("%s is no date", quote(s)), "write it as 2027-02-28")
	}
	return t
}
