package index

import (
	"context"

	"skindesk/faq"
)

// pointing are words that point at what was said before.
var pointing = set(`it that this they them those these one mine more else then too same again
	iska is iske iski ye yeh us uska uske uski woh wo inka unka aur phir isse usse isme usme اس یہ وہ ان اور پھر اسکا`)

// maxFollowWords is the length up to which a question may lean on what was said before.
const maxFollowWords = 12

// rankAfter ranks a question in the light of the entry that was answered just before. A short question that is not clear by
// itself, or that points back, is read together with what that entry is about.
func (x *Index) rankAfter(ctx context.Context, q Question) (*ranking, error) {
	r, err := x.rank(ctx, q.Text)
	at, known := x.numbers[q.After]
	if err != nil || !known || len(r.words) > maxFollowWords || x.clear(r) && !points(r.words) {
		return r, err
	}
	previous := &x.faq.Entries[at]
	title, _ := previous.Title.In(faq.English)
	both, err := x.rank(ctx, q.Text+" "+title)
	if err != nil {
		return nil, err
	}
	alone := make([]float64, len(both.candidates))
	for _, c := range r.candidates {
		alone[c.entry] = c.logit
	}
	top := r.best().entry
	for i := range both.candidates {
		c := &both.candidates[i]
		c.logit = followAlone*alone[c.entry] + (1-followAlone)*c.logit
		if c.entry == at {
			c.logit -= followSame // that was said already
		}
		if near(previous, &x.faq.Entries[c.entry]) {
			c.logit += followNear
		}
	}
	both.weigh()
	both.alarm, both.mood, both.heard = r.alarm, r.mood, r.heard
	both.words, both.language, both.followed = r.words, r.language, both.best().entry != top || !x.clear(r)
	return both, nil
}

// Weights of a follow-up: of the question alone against the question with the title of the entry before, of the entry before
// itself, and of those close to it.
const (
	followAlone = 0.7
	followSame  = 0.5
	followNear  = 0.5
)

// near tells whether an entry is of the same topic or named as related.
func near(previous, e *faq.Entry) bool {
	for _, id := range previous.Related {
		if id == e.ID {
			return true
		}
	}
	return previous.Topic != "" && previous.Topic == e.Topic
}

// clear tells whether a ranking needs no context.
func (x *Index) clear(r *ranking) bool {
	v := x.judge(r)
	return v.kind != KindChoose && v.kind != KindUnknown
}

func points(ws []string) bool {
	for _, w := range ws {
		if pointing[w] {
			return true
		}
	}
	return false
}
