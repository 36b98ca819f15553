package desk

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
)

// A holiday is announced: the team hears of the visits on it, one tap offers their patients other hours, and only then do they hear of it.
func TestClosureUnderConfirmedVisits(t *testing.T) {
	p := newPlay(t, noorClinic(), local(t, 23, 12, 0))
	p.check(p.d.Watch(p.m)) // the calendar as it is
	visit := func(patient PersonID, at time.Time) CaseID {
		c := p.case_(p.d.Request(p.m, Opening{Patient: patient, Name: "X", Words: "please"}))
		p.case_(p.d.Take(p.m, c.ID, sana))
		p.case_(p.d.Confirm(p.m, c.ID, sana, at))
		p.case_(p.d.HandBack(p.m, c.ID, sana))
		return c.ID
	}
	first, second, third := visit(anna, local(t, 25, 12, 0)), visit(bilal, local(t, 25, 15, 0)), visit(30, local(t, 26, 12, 0))
	p.until(p.now.Add(time.Minute))
	p.check(p.d.Watch(p.m))
	if p.count(CalendarChanged) != 0 {
		t.Fatal("told of a calendar that has not changed")
	}

	p.clinic.SpecialDays = []faq.SpecialDays{{From: "2026-11-25", To: "2026-11-25", Name: "Holiday"}}
	p.check(p.d.Watch(p.m))
	p.check(p.d.Watch(p.m))
	p.until(p.now.Add(time.Minute))
	if n := p.count(CalendarChanged); n != 1 {
		t.Errorf("the team is told %d times, want once", n)
	}
	if n := p.count(VisitOffered); n != 0 {
		t.Errorf("%d patients hear of it before the team has decided", n)
	}
	clashes, err := p.d.Clashes(p.m)
	p.check(err)
	got := map[CaseID][]time.Time{}
	for _, x := range clashes {
		got[x.Case.ID] = x.Instead
	}
	// On Friday at three in the afternoon the clinic is open as well, at noon too.
	want := map[CaseID][]time.Time{
		first:  {local(t, 26, 12, 0), local(t, 27, 12, 0), local(t, 28, 12, 0)},
		second: {local(t, 26, 15, 0), local(t, 27, 15, 0), local(t, 28, 15, 0)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("clashes (-want +got):\n%s", diff)
	}

	if _, err := p.d.OfferInstead(p.m, anna); err == nil {
		t.Error("a patient offers hours")
	}
	p.case_(p.d.Take(p.m, second, boss)) // who looks after it themselves
	asked, err := p.d.OfferInstead(p.m, sana)
	p.check(err)
	if len(asked) != 1 || asked[0].ID != first || asked[0].State != Proposed {
		t.Errorf("asked: %+v", asked)
	}
	again, err := p.d.OfferInstead(p.m, sana)
	p.check(err)
	if len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}
	p.until(p.now.Add(time.Minute))
	if n := p.count(VisitOffered); n != 1 {
		t.Errorf("%d patients are asked, want one", n)
	}
	if c := p.m.cases[third]; c.State != Confirmed {
		t.Errorf("a visit on another day is %s", c.State)
	}
	p.until(local(t, 26, 9, 30))
	for _, s := range p.said {
		if (s.Kind == RemindEvening || s.Kind == RemindHours) && s.Case == first {
			t.Errorf("reminded of an hour that does not hold: %+v", s)
		}
	}
}

// Where the clinic is closed at the same hour of another day, it is when it opens.
func TestInstead(t *testing.T) {
	clinic := noorClinic()
	clinic.Hours["wed"], clinic.Hours["thu"] = nil, []string{"16:00-20:00"}
	cal := calendar(t, clinic)
	want := []time.Time{local(t, 26, 16, 0), local(t, 27, 11, 0), local(t, 28, 14, 0)} // on Friday two o'clock is prayer
	if diff := cmp.Diff(want, cal.instead(local(t, 25, 14, 0), local(t, 24, 12, 0))); diff != "" {
		t.Errorf("instead (-want +got):\n%s", diff)
	}
}

func (p *play) count(k NoticeKind) (n int) {
	for _, s := range p.said {
		if s.Kind == k {
			n++
		}
	}
	return n
}
