package index

import (
	"cmp"
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
	storyWords   = 15           // from this length on some of a message is no question
	longWords    = 40           // from this length on the question is to be found in the message
	maxStory     = 4 * maxQuery // characters in which it is looked for
	severalSure  = 10.5         // sureness from which one of several questions counts by itself
)

var (
	ends     = regexp.MustCompile(`[.!\n;]+|\?+|؟+|۔+|,`)
	joints   = regexp.MustCompile(`(?i)\s(?:and|also|plus|but|aur|or phir|lekin|magar|اور|لیکن|مگر)\s`)
	begging  = regexp.MustCompile(`(?i)(?:\b(?:know|tell me|tell us|find out|wonder(?:ing)?|wanted to ask|want to ask|batay?ein|bata ?dein|bata ?den|batao|poochna|puchna|jan'?na|maloom)\b|بتائیں|بتا دیں|پوچھنا|جاننا|معلوم)[^.!?؟۔\n]{0,40}?\s(ke|k|that|کہ|how|what|when|where|which|who|why|whether|if)\s`)
	question = set(`how what when where which who whom whose why whether
		kya kia kitne kitna kitni kitny kab kaise kese kesy kaisa kahan kyun kyu kiun kon kaun konsa kaunsa kis
		کیا کتنے کتنا کتنی کب کیسے کیسا کہاں کیوں کون کونسا کس`)
	inverted = set(`is are am was were do does did can could will would should shall may has have had any isnt arent dont doesnt wont cant`) // asks at the start only
	openers  = set(`and so or but also then plus well ok please`)
)

// part is a piece of a message.
type part struct {
	text   string
	asks   bool   // it reads like a question
	before string // the sentence before it
}

// split cuts a message into sentences, and a sentence at its joints where both sides ask something. Of a message of many parts
// those that ask are kept before others.
func split(text string) []part {
	var ps []part
	before := ""
	for _, whole := range sentences(Clean(strings.ReplaceAll(text, "\n", ". "))) {
		s, begged := plea(whole)
		sides := joints.Split(s, -1)
		if len(sides) > 1 && !slices.ContainsFunc(sides, func(side string) bool { return !asks(side) }) {
			for _, side := range sides {
				ps = append(ps, part{side, true, before})
			}
		} else {
			ps = append(ps, part{s, begged || asks(s), before})
		}
		if len(words(whole)) >= minPartWords {
			before = whole
		}
	}
	ps = slices.DeleteFunc(ps, func(p part) bool { return len(words(p.text)) < minPartWords })
	if len(ps) < 2 {
		return nil
	}
	for len(ps) > maxParts {
		i := leastAsking(ps)
		ps = slices.Delete(ps, i, i+1)
	}
	return ps
}

// leastAsking returns the last part that asks nothing, or the first of all: a story ends with what it is about.
func leastAsking(ps []part) int {
	for i, p := range slices.Backward(ps) {
		if !p.asks {
			return i
		}
	}
	return 0
}

// plea returns what follows "please tell me whether" and the like in a longer sentence, and whether it has such words.
func plea(s string) (rest string, begged bool) {
	at := begging.FindStringSubmatchIndex(s)
	if at == nil || len(words(s)) <= storyWords {
		return s, at != nil
	}
	from := at[2] // the question word is part of the question
	if w := s[at[2]:at[3]]; w == "ke" || w == "k" || w == "that" || w == "کہ" || w == "if" {
		from = at[3]
	}
	return strings.TrimSpace(s[from:]), true
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
	first := ws
	if len(ws) > 1 && openers[ws[0]] {
		first = ws[1:]
	}
	return len(first) > 0 && inverted[first[0]] || slices.ContainsFunc(ws[:min(2, len(ws))], func(w string) bool { return question[w] }) ||
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
	for _, p := range split(truncate(text, maxStory)) {
		r, err := x.rank(ctx, p.text)
		if err != nil {
			return nil, err
		}
		rs = append(rs, ranked{p, r})
	}
	return rs, nil
}

// questionsIn returns the parts that ask.
func questionsIn(parts []ranked) []ranked {
	return slices.DeleteFunc(slices.Clone(parts), func(p ranked) bool { return !p.asks })
}

// focus ranks a message that tells a story around one question: what it asks, in the light of the sentence before and of the rest.
func (x *Index) focus(ctx context.Context, whole *ranking, asked ranked) (*ranking, error) {
	const alone, before, rest = 0.4, 0.3, 0.3 // what each weighs
	near, err := x.rank(ctx, asked.before+" "+asked.text)
	if err != nil {
		return nil, err
	}
	told := make([]float64, len(x.faq.Entries))
	for _, c := range near.candidates {
		told[c.entry] = before * c.logit
	}
	for _, c := range whole.candidates {
		told[c.entry] += rest * c.logit
	}
	f := *whole
	f.candidates, f.words = slices.Clone(asked.candidates), asked.words
	for i := range f.candidates {
		c := &f.candidates[i]
		c.logit = alone*c.logit + told[c.entry]
	}
	f.weigh()
	return &f, nil
}

// several meets a message of several questions: the entries that the parts are sure of, two at most, and choices for the others.
// It does nothing where no part is sure by itself.
func (x *Index) several(a *Answer, questions []ranked) {
	var said, left []string
	kinds := map[string]Kind{}
	for _, p := range questions {
		v := x.judge(p.ranking)
		if v.entry < 0 || v.sure < severalSure || v.kind != KindAnswer && v.kind != KindStaff {
			if v.entry >= 0 && x.offered(v.entry) {
				left = append(left, x.faq.Entries[v.entry].ID)
			}
			left = append(left, v.choices...)
			continue
		}
		if id := x.faq.Entries[v.entry].ID; !slices.Contains(said, id) {
			said = append(said, id)
			kinds[id] = v.kind
		}
	}
	slices.SortStableFunc(said, func(a, b string) int {
		return cmp.Compare(slices.Index(precedence, kinds[a]), slices.Index(precedence, kinds[b]))
	})
	if len(said) == 0 || kinds[said[0]] == KindStaff && a.Kind != KindStaff {
		return
	}
	a.Kind, a.Entries, a.Choices = kinds[said[0]], said[:min(2, len(said))], left[:min(3, len(left))]
	if a.Kind == KindStaff {
		a.Entries = said[:1]
	}
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
