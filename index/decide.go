package index

import (
	"math"
	"slices"

	"skindesk/faq"
)

// policy holds the thresholds of the verdict. Evidence is on the scale of candidate.evidence, shares are parts of all evidence.
type policy struct {
	sure   float64 // sureness from which an entry is said
	lead   float64 // and it must have this share
	kind   float64 // share of all entries of a kind together, to be met as that kind
	likely float64 // evidence from which a choice is offered, or something is taken for a kind that states nothing
	offer  float64 // share from which an entry is worth a button
	part   float64 // sureness from which a part of a message counts by itself
	half   float64 // evidence at which the first entry is as likely right as wrong
	slope  float64 // of that likelihood's odds
}

// usual is tuned on our own questions and the public set; the lead on questions that nobody read and on a file of half the wordings (docs/answers.md).
var usual = policy{sure: 5, lead: 0.38, kind: 0.40, likely: 4.5, offer: 0.01, part: 11.5, half: 6, slope: 0.9}

// value returns how likely the first entry is right, 0 to 1, by the evidence for it.
func (p policy) value(evidence float64) float64 {
	return 1 / (1 + math.Exp(-p.slope*(evidence-p.half)))
}

// Thresholds returns by name what a verdict needs, for people to see beside the scores.
func (x *Index) Thresholds() map[string]float64 {
	return map[string]float64{"said from sureness": x.policy.sure, "said from share": x.policy.lead, "kind from share": x.policy.kind,
		"offered from evidence": x.policy.likely, "offered from share": x.policy.offer, "part from sureness": x.policy.part}
}

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
	case top.evidence < x.policy.likely:
	case e.Kind == faq.Answer:
		v.kind = KindChoose
		if v.sure >= x.policy.sure && top.share >= x.policy.lead {
			v.kind, v.entry = KindAnswer, top.entry
		}
		v.choices = x.offer(r, v.entry)
		if first := x.wish(r); first >= 0 {
			v.kind, v.entry, v.choices = Kind(x.faq.Entries[first].Kind), first, nil
		}
	case e.Kind == faq.Staff:
		v.kind = KindChoose
		if r.shareOf(x.faq, faq.Staff) >= x.policy.kind {
			v.kind, v.entry = KindStaff, top.entry
		}
		v.choices = x.offer(r, v.entry)
	case r.shareOf(x.faq, e.Kind) >= x.policy.kind:
		v.kind, v.entry = Kind(e.Kind), top.entry
	default:
		v.kind, v.choices = KindChoose, x.offer(r, -1)
	}
	if v.kind == KindChoose && len(v.choices) == 0 {
		v.kind = KindUnknown
	}
	return v
}

// wish returns the best entry of a wish that several entries share (a visit, a person): together they have more than the first entry of all,
// and enough to be met as that kind. It returns -1 if there is none.
func (x *Index) wish(r *ranking) int {
	for _, c := range r.candidates {
		if k := x.faq.Entries[c.entry].Kind; k == faq.Booking || k == faq.Human {
			if share := r.shareOf(x.faq, k); share >= x.policy.kind && share > r.best().share {
				return c.entry
			}
		}
	}
	return -1
}

// offer returns up to three entries worth a button: questions that the file answers or hands over, but not the one that is said.
func (x *Index) offer(r *ranking, said int) []string {
	var ids []string
	for _, c := range r.candidates {
		e := &x.faq.Entries[c.entry]
		if len(ids) == 3 || c.share < x.policy.offer {
			break
		}
		if c.entry != said && x.offered(c.entry) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// offered tells whether an entry may be a button: one that the file answers or hands over.
func (x *Index) offered(entry int) bool {
	k := x.faq.Entries[entry].Kind
	return k == faq.Answer || k == faq.Staff
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
	asking := questionsIn(parts)
	if len(asking) > 1 && (a.Kind == KindAnswer || a.Kind == KindStaff || a.Kind == KindChoose || a.Kind == KindUnknown) {
		x.several(a, asking)
	}
	for _, p := range parts {
		x.join(a, p, len(whole.words) > storyWords, len(asking) > 1)
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
