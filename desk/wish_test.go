package desk

import (
	"testing"
	"time"

	"skindesk/faq"
)

// A wish for an answer is met once, in waking hours, unless the patient has stopped it, has the team's answer or cannot be reached.
func TestWish(t *testing.T) {
	night := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		meanwhile func(p *play, id CaseID)
		want      int
	}{
		"met":          {func(*play, CaseID) {}, 1},
		"found twice":  {func(p *play, id CaseID) { p.check(p.d.Answerable(p.m, id, "other")) }, 1},
		"stopped":      {func(p *play, _ CaseID) { p.check(p.d.Unwish(p.m, anna)) }, 0},
		"of another":   {func(p *play, _ CaseID) { p.check(p.d.Unwish(p.m, bilal)) }, 1},
		"unreachable":  {func(p *play, _ CaseID) { p.check(p.d.Lose(p.m, anna)) }, 0},
		"closed":       {func(p *play, id CaseID) { p.must(p.d.Close(p.m, id, sana)) }, 1},
		"changed":      {func(p *play, id CaseID) { p.must(p.d.Append(p.m, id, anna, "please")) }, 1},
		"by the team":  {func(p *play, id CaseID) { p.must(p.d.Take(p.m, id, sana)); p.must(p.d.Answer(p.m, id, sana, "yes", 5)) }, 0},
		"entry is out": {func(p *play, id CaseID) { p.check(p.d.Told(p.m, id, false)) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlay(t, faq.Clinic{Timezone: "UTC"}, night)
			o := question()
			o.Wish = Wish{Since: night, Not: []string{"pain"}}
			c, err := p.d.Open(p.m, o)
			p.check(err)
			p.check(p.d.Answerable(p.m, c.ID, "pain")) // she has been told that one
			if cs, err := p.d.Wishes(p.m); err != nil || len(cs) != 1 {
				t.Fatalf("waiting: %+v, %v", cs, err)
			}
			p.check(p.d.Answerable(p.m, c.ID, "laptop"))
			tt.meanwhile(p, c.ID)
			p.until(night.Add(48 * time.Hour))
			n := 0
			for _, said := range p.said {
				if said.Kind != AnswerAdded {
					continue
				}
				n++
				if said.Whom != anna || said.c.Wish.Entry != "laptop" || said.at.Hour() != 8 {
					t.Errorf("said %+v", said)
				}
			}
			if n != tt.want {
				t.Errorf("told %d times, want %d", n, tt.want)
			}
			if cs, err := p.d.Wishes(p.m); err != nil || len(cs) > 0 && name != "entry is out" {
				t.Errorf("still waiting: %+v, %v", cs, err)
			}
		})
	}
}

func (p *play) must(_ Case, err error) {
	p.t.Helper()
	p.check(err)
}
