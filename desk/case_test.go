package desk

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
)

const (
	anna  PersonID = 7
	bilal PersonID = 8
	sana  PersonID = 20
	boss  PersonID = 21
)

var noon = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// openDesk is a desk at noon with a team.
func openDesk(t *testing.T) (*Desk, *memory) {
	t.Helper()
	d, m := New(func() time.Time { return noon }, func() faq.Clinic { return faq.Clinic{Example: true} }), newMemory()
	if err := d.Enlist(m, []PersonID{boss}, []PersonID{sana}); err != nil {
		t.Fatal(err)
	}
	return d, m
}

func question() Opening {
	return Opening{Kind: Question, Patient: anna, Language: faq.English, Name: "Anna", Words: "does it hurt?", Topic: "pain", Said: "A little."}
}

func TestOpen(t *testing.T) {
	d, m := openDesk(t)
	got, err := d.Open(m, question())
	if err != nil {
		t.Fatal(err)
	}
	want := Case{
		ID: 1001, Kind: Question, State: Open, Version: 1, Patient: anna, Language: faq.English, Name: "Anna",
		Words: "does it hurt?", Topic: "pain", Said: "A little.", OpenedAt: noon, AskedAt: noon, ChangedAt: noon,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("case (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, m.cases[1001]); diff != "" {
		t.Errorf("stored case (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Notice{{ID: "opened/1001", Kind: CaseOpened, Case: 1001, Due: noon}}, m.notices); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
	for kind, state := range map[CaseKind]State{Booking: Requested, Urgent: Open} {
		o := question()
		o.Kind = kind
		if c, err := d.Open(m, o); err != nil || c.State != state {
			t.Errorf("a %s starts as %q (%v), want %q", kind, c.State, err, state)
		}
	}
}

// patientVerbs are what a patient can do with a case once it is open.
var patientVerbs = map[string]func(*Desk, Tx, CaseID, PersonID) (Case, error){
	"add":    func(d *Desk, tx Tx, id CaseID, by PersonID) (Case, error) { return d.Add(tx, id, by, "more") },
	"append": func(d *Desk, tx Tx, id CaseID, by PersonID) (Case, error) { return d.Append(tx, id, by, "more") },
	"edit":   func(d *Desk, tx Tx, id CaseID, by PersonID) (Case, error) { return d.Correct(tx, id, by, "more") },
	"phone": func(d *Desk, tx Tx, id CaseID, by PersonID) (Case, error) {
		return d.GivePhone(tx, id, by, "+923001234567")
	},
}

func TestPatientsWords(t *testing.T) {
	tests := []struct {
		verb  string
		kind  CaseKind
		state State // before
		by    PersonID
		want  State // after
		err   error
		told  []NoticeKind
	}{
		{"add", Question, Open, anna, Open, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"add", Question, Answered, anna, Answered, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"add", Question, Closed, anna, Open, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"add", Booking, Cancelled, anna, Cancelled, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"add", Question, Open, bilal, Open, ErrNotOwner, nil},
		{"add", Question, Open, sana, Open, ErrNotOwner, nil},
		{"append", Booking, Requested, anna, Requested, nil, []NoticeKind{CaseChanged}},
		{"append", Question, Open, bilal, Open, ErrNotOwner, nil},
		{"edit", Question, Open, anna, Open, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"edit", Question, Open, bilal, Open, ErrNotOwner, nil},
		{"phone", Urgent, Open, anna, Open, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"phone", Urgent, Closed, anna, Open, nil, []NoticeKind{CaseChanged, LineAdded}},
		{"phone", Urgent, Open, bilal, Open, ErrNotOwner, nil},
	}
	for _, test := range tests {
		d, m := openDesk(t)
		before := Case{ID: 5, Kind: test.kind, State: test.state, Version: 3, Patient: anna, OpenedAt: noon}
		m.cases[5] = before
		got, err := patientVerbs[test.verb](d, m, 5, test.by)
		if !errors.Is(err, test.err) {
			t.Errorf("%s a %s %s by %d: error %v, want %v", test.verb, test.state, test.kind, test.by, err, test.err)
			continue
		}
		if diff := cmp.Diff(test.told, m.told()); diff != "" {
			t.Errorf("%s a %s %s by %d: notices (-want +got):\n%s", test.verb, test.state, test.kind, test.by, diff)
		}
		if test.err != nil {
			if diff := cmp.Diff(before, m.cases[5]); diff != "" {
				t.Errorf("%s a %s %s by %d changed the case:\n%s", test.verb, test.state, test.kind, test.by, diff)
			}
			continue
		}
		if got.State != test.want || got.Version != 4 || !cmp.Equal(got, m.cases[5]) {
			t.Errorf("%s a %s %s by %d: %+v, stored %+v, want state %s at version 4", test.verb, test.state, test.kind, test.by, got, m.cases[5], test.want)
		}
	}
}

// told lists what somebody has to be told now.
func (m *memory) told() (kinds []NoticeKind) {
	for _, n := range m.notices {
		if !n.Due.After(noon) {
			kinds = append(kinds, n.Kind)
		}
	}
	return kinds
}

func TestLinesKeepTheirOrder(t *testing.T) {
	d, m := openDesk(t)
	c, err := d.Open(m, question())
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range []func() (Case, error){
		func() (Case, error) { return d.Append(m, c.ID, anna, "one") },
		func() (Case, error) { return d.Take(m, c.ID, sana) },
		func() (Case, error) { return d.Answer(m, c.ID, sana, "two", 77) },
		func() (Case, error) { return d.Correct(m, c.ID, anna, "three") },
	} {
		if c, err = do(); err != nil {
			t.Fatal(err)
		}
	}
	want := []Line{
		{At: noon, From: anna, Text: "one"}, {At: noon, From: sana, Text: "two", Message: 77}, {At: noon, From: anna, Text: "three", Edited: true},
	}
	if diff := cmp.Diff(want, c.More); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	line := Notice{ID: "line/1001/3", Kind: LineAdded, Case: 1001, N: 3, Due: noon}
	if !slices.Contains(m.notices, line) {
		t.Errorf("notices %v, want %+v among them", m.notices, line)
	}
}

func TestLatest(t *testing.T) {
	d, m := openDesk(t)
	m.cases[1] = Case{ID: 1, Patient: anna, State: Open, ChangedAt: noon.Add(-time.Minute)}
	m.cases[2] = Case{ID: 2, Patient: anna, State: Answered, ChangedAt: noon.Add(-time.Hour)}
	m.cases[3] = Case{ID: 3, Patient: anna, State: Closed, ChangedAt: noon}
	m.cases[4] = Case{ID: 4, Patient: bilal, State: Open, ChangedAt: noon}
	if c, open, err := d.Latest(m, anna); err != nil || !open || c.ID != 1 {
		t.Errorf("latest case of anna: %v %v %v, want 1", c.ID, open, err)
	}
	if _, open, err := d.Latest(m, boss); err != nil || open {
		t.Errorf("boss has an open case (%v)", err)
	}
}
