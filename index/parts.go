package index

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"skindesk/faq"
)

// A message may hold more than one question, or a question at the end of a story. Its parts are ranked by themselves and may
// add to what the whole message would be met with.

const (
	maxParts     = 4
	minPartWords = 3
	storyWords   = 15 // from this length on the question is to be found in the message
)

var (
	ends     = regexp.MustCompile(`[.!\n;]+|\?+|؟+|۔+|,`)
	joints   = regexp.MustCompile(`(?i)\s(?:and|also|plus|but|aur|or phir|lekin|magar|اور|لیکن|مگر)\s`)
	question = set(`how what when where which who whom why is are am was do does did can could will would should shall may has have any
		kya kia kitne kitna kitni kitny kab kaise kese kesy kaisa kahan kyun kyu kiun kon kaun konsa kaunsa kis
		کیا کتنے کتنا کتنی کب کیسے کیسا کہاں کیوں کون کونسا کس`)
)

// part is a piece of a message.
type part struct {
	text string
	asks bool // it reads like a question
}

// split cuts a message into sentences, and a sentence at its joints where both sides ask something.
func split(text string) []part {
	var ps []part
	for _, s := range sentences(Clean(strings.ReplaceAll(text, "\n", ". "))) {
		sides := joints.Split(s, -1)
		if len(sides) > 1 && !slices.ContainsFunc(sides, func(side string) bool { return !asks(side) }) {
			for _, side := range sides {
				ps = append(ps, part{text: side, asks: true})
			}
			continue
		}
		ps = append(ps, part{text: s, asks: asks(s)})
	}
	ps = slices.DeleteFunc(ps, func(p part) bool { return len(words(p.text)) < minPartWords })
	if len(ps) < 2 {
		return nil
	}
	return ps[:min(len(ps), maxParts)]
}

// sentences cuts behind question marks, full stops, commas; each keeps its question mark.
func sentences(clean string) []string {
	var ss []string
	from := 0
	for _, at := range ends.FindAllStringIndex(clean, -1) {
		ss = append(ss, strings.TrimSpace(clean[from:at[1]]))
		from = at[1]
	}
	return append(ss, strings.TrimSpace(clean[from:]))
}

// asks tells whether a text reads like a question: it has a question mark or begins, near enough, with a question word.
func asks(s string) bool {
	if strings.ContainsAny(s, "?؟") {
		return true
	}
	ws := words(s)
	return slices.ContainsFunc(ws[:min(2, len(ws))], func(w string) bool { return question[w] }) ||
		romanUrduShare(ws) > 0.5 && slices.ContainsFunc(ws, func(w string) bool { return question[w] && !common[w] })
}

// ranked is a part with its ranking.
type ranked struct {
	part
	*ranking
}

// rankParts ranks the parts of a message that has several.
func (x *Index) rankParts(ctx context.Context, text string) ([]ranked, error) {
	var rs []ranked
	for _, p := range split(truncate(text, 2*maxQuery)) {
		r, err := x.rank(ctx, p.text)
		if err != nil {
			return nil, err
		}
		rs = append(rs, ranked{p, r})
	}
	return rs, nil
}

// join adds the verdict on a part to what the message is met with. A part counts only when it is sure by itself; an answer
// or a hand-over also only when it asks something, for a story tells many things that nobody asks about; a second answer only
// when several parts ask, for of a single question the whole message is the better reading.
func (x *Index) join(a *Answer, p ranked, story, several bool) {
	v := x.judge(p.ranking)
	if v.entry < 0 || v.sure < x.policy.part {
		return
	}
	id := x.faq.Entries[v.entry].ID
	switch {
	case slices.Contains(a.Entries, id):
	case v.kind == KindBooking || v.kind == KindHuman || v.kind == KindUrgent:
		if before(v.kind, a.Kind) {
			a.Kind, a.Entries, a.Choices = v.kind, append([]string{id}, x.answersAmong(a.Entries)...), nil
		}
	case !p.asks:
	case v.kind == KindAnswer && (a.Kind == KindBooking || a.Kind == KindHuman) && len(a.Entries) == 1:
		a.Entries = append(a.Entries, id)
	case v.kind == KindAnswer && a.Kind == KindAnswer && len(a.Entries) == 1 && several:
		a.Entries = append(a.Entries, id)
	case v.kind == KindStaff && a.Kind == KindAnswer && len(a.Entries) == 1:
		a.Entries = append(a.Entries, id)
	case v.kind == KindAnswer && a.Kind == KindStaff:
		a.Kind, a.Entries = KindAnswer, []string{id, a.Entries[0]}
	case story && (v.kind == KindAnswer || v.kind == KindStaff) && before(KindAnswer, a.Kind) && a.Kind != KindStaff:
		a.Kind, a.Entries = v.kind, []string{id}
	}
}

// before tells whether a kind counts more than another.
func before(a, b Kind) bool { return slices.Index(precedence, a) < slices.Index(precedence, b) }

// answersAmong returns the first of the entries that states an answer.
func (x *Index) answersAmong(ids []string) []string {
	for _, id := range ids {
		if x.faq.Entries[x.numbers[id]].Kind == faq.Answer {
			return []string{id}
		}
	}
	return nil
}
