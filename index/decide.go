package index

import (
	"slices"

	"skindesk/faq"
)

// Thresholds of the verdict, tuned on two thirds of our own questions and the public set. Evidence is on the scale of
// candidate.evidence, shares are parts of all evidence.
const (
	sureAnswer = 5.0  // sureness from which an entry is said
	leadShare  = 0.65 // and it must have this share
	kindShare  = 0.40 // of all entries of a kind together, to be met as that kind
	likely     = 3.0  // evidence from which a choice is offered, or something is taken for a kind that states nothing
	offerShare = 0.01
	surePart   = 11.0 // sureness from which a part of a message counts by itself
)

// verdict is what one text alone would be met with.
type verdict struct {
	kind    Kind
	entry   int // said; -1 for none
	sure    float64
	choices []string
}

// judge makes a verdict of a ranking.
func (x *Index) judge(r *ranking) verdict {
	top := r.best()
	e := &x.faq.Entries[top.entry]
	v := verdict{kind: KindUnknown, entry: -1, sure: top.sureness()}
	switch {
	case top.evidence < likely:
	case e.Kind == faq.Answer:
		v.kind = KindChoose
		if v.sure >= sureAnswer && top.share >= leadShare {
			v.kind, v.entry = KindAnswer, top.entry
		}
		v.choices = x.offer(r, v.entry)
	case e.Kind == faq.Staff:
		v.kind = KindChoose
		if r.shareOf(x.faq, faq.Staff) >= kindShare {
			v.kind, v.entry = KindStaff, top.entry
		}
		v.choices = x.offer(r, v.entry)
	case r.shareOf(x.faq, e.Kind) >= kindShare:
		v.kind, v.entry = Kind(e.Kind), top.entry
	default:
		v.kind, v.choices = KindChoose, x.offer(r, -1)
	}
	if v.kind == KindChoose && len(v.choices) == 0 {
		v.kind = KindUnknown
	}
	return v
}

// offer returns up to three entries worth a button: questions that the file answers or hands over, but not the one that is said.
func (x *Index) offer(r *ranking, said int) []string {
	var ids []string
	for _, c := range r.candidates {
		e := &x.faq.Entries[c.entry]
		if len(ids) == 3 || c.share < offerShare {
			break
		}
		if c.entry != said && (e.Kind == faq.Answer || e.Kind == faq.Staff) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// precedence is the order in which the kinds of a message's parts count.
var precedence = []Kind{KindUrgent, KindBooking, KindHuman, KindAnswer, KindChoose, KindStaff, KindChitchat, KindOffTopic, KindAbuse, KindUnknown}

// decide puts the verdicts on the whole message and on its parts together.
func (x *Index) decide(a *Answer, whole *ranking, parts []ranked) {
	v := x.judge(whole)
	a.Kind, a.Choices = v.kind, v.choices
	if v.entry >= 0 {
		a.Entries = []string{x.faq.Entries[v.entry].ID}
	}
	for _, p := range parts {
		x.join(a, p, len(whole.words) > storyWords)
	}
	a.Choices = slices.DeleteFunc(a.Choices, func(id string) bool { return slices.Contains(a.Entries, id) })
	if a.Alarm.Rule != "" {
		a.Kind, a.Choices = KindUrgent, nil
		if e := &x.faq.Entries[whole.best().entry]; v.kind != KindUrgent || e.Kind != faq.Urgent {
			a.Entries = nil
		}
	}
	for _, c := range whole.candidates {
		e := &x.faq.Entries[c.entry]
		if len(a.Next) == 5 {
			break
		}
		if e.Kind == faq.Answer && !slices.Contains(a.Entries, e.ID) && !slices.Contains(a.Choices, e.ID) {
			a.Next = append(a.Next, e.ID)
		}
	}
}
