package desk

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
)

const dana PersonID = 22 // staff, too

// hours is a clinic that is open from eleven to eight, on Fridays with a pause, and not on Sundays. Noon of the tests, a Monday, is
// twelve o'clock there.
func hours() faq.Clinic {
	week := faq.Week{"fri": {"11:00-13:00", "14:30-20:00"}}
	for _, d := range []string{"mon", "tue", "wed", "thu", "sat"} {
		week[d] = []string{"11:00-20:00"}
	}
	return faq.Clinic{
		Timezone: "Asia/Karachi", Hours: week,
		Booking: faq.BookingRules{DaysAhead: 60, NoticeMinutes: 120, ChangeLimitMinutes: 240},
	}
}

// desk at a time with a team: boss is the admin, sana and dana staff.
func deskAt(t *testing.T, now *time.Time) (*Desk, *memory) {
	t.Helper()
	d, m := New(func() time.Time { return *now }, hours), newMemory()
	if err := d.Enlist(m, []PersonID{boss}, []PersonID{sana, dana}); err != nil {
		t.Fatal(err)
	}
	return d, m
}

var (
	tuesday = Day{2026, time.November, 24}
	karachi = time.FixedZone("", 5*60*60)
)

func tue(hour int) time.Time { return time.Date(2026, time.November, 24, hour, 0, 0, 0, karachi).UTC() }

// held is a case of anna's that sana has taken; a booking asks for Tuesday from twelve to five.
func held(kind CaseKind, s State) Case {
	c := Case{ID: 5, Kind: kind, State: s, Version: 3, Patient: anna, Holder: sana, TakenAt: noon.Add(-time.Minute), LeaseUntil: noon.Add(29 * time.Minute), OpenedAt: noon.Add(-time.Hour), ChangedAt: noon.Add(-time.Minute)}
	if kind == Booking {
		c.Visit = Visit{Day: tuesday, Part: Afternoon, From: tue(12), To: tue(17)}
	}
	switch s {
	case Proposed:
		c.Visit.Offered, c.DecidedBy = []time.Time{tue(15), tue(16)}, sana
	case Confirmed, Came, NoShow:
		c.Visit.At, c.Visit.Sequence = tue(15), 1
	}
	return c
}

func free(c Case) Case {
	c.free()
	return c
}

func expired(c Case) Case {
	c.LeaseUntil = noon
	return c
}

func talking(c Case) Case {
	c.TalkUntil = noon.Add(time.Hour)
	return c
}

type verb = func(d *Desk, tx Tx, by PersonID) (Case, error)

var (
	take     verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Take(tx, 5, by) }
	handBack verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.HandBack(tx, 5, by) }
	toDana   verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Reassign(tx, 5, by, dana) }
	toAnna   verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Reassign(tx, 5, by, anna) }
	answer   verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Answer(tx, 5, by, "no", 9) }
	done     verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Close(tx, 5, by) }
	decline  verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Decline(tx, 5, by, "full") }
	callOff  verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.CancelVisit(tx, 5, by, "closed") }
	came     verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Came(tx, 5, by) }
	noShow   verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.NoShow(tx, 5, by) }
	cancel   verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.CancelRequest(tx, 5, by) }
	none     verb = func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.NoneFits(tx, 5, by, "mornings only") }
)

func propose(at ...time.Time) verb {
	return func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Propose(tx, 5, by, at) }
}

func confirm(at time.Time) verb {
	return func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Confirm(tx, 5, by, at) }
}

func pick(at time.Time) verb {
	return func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.Pick(tx, 5, by, at) }
}

func change(v Visit) verb {
	return func(d *Desk, tx Tx, by PersonID) (Case, error) { return d.ChangeRequest(tx, 5, by, Opening{Visit: v}) }
}

// seen is what a test of a verb looks at.
type seen struct {
	State  State
	Holder PersonID
	Told   []NoticeKind
}

func TestVerbs(t *testing.T) {
	question, request := held(Question, Open), held(Booking, Requested)
	proposed, confirmed := held(Booking, Proposed), held(Booking, Confirmed)
	monday := noon
	day := tue(16)
	changed := CaseChanged
	tests := []struct {
		name string
		c    Case
		now  time.Time
		verb verb
		by   PersonID
		want seen
		err  error
	}{
		{"take", free(question), monday, take, sana, seen{Open, sana, []NoticeKind{changed}}, nil},
		{"take what one has", question, monday, take, sana, seen{Open, sana, []NoticeKind{changed}}, nil},
		{"take what another has", question, monday, take, dana, seen{}, ErrNotHolder},
		{"take what another has let go", expired(question), monday, take, dana, seen{Open, dana, []NoticeKind{changed}}, nil},
		{"take as a patient", free(question), monday, take, anna, seen{}, ErrNotStaff},
		{"take what is closed", free(held(Question, Closed)), monday, take, sana, seen{}, ErrClosed},
		{"take what is declined", free(held(Booking, Declined)), monday, take, sana, seen{}, ErrDecided},

		{"hand back", question, monday, handBack, sana, seen{Open, 0, []NoticeKind{changed}}, nil},
		{"hand back what another has", question, monday, handBack, dana, seen{}, ErrNotHolder},
		{"hand back what nobody has", free(question), monday, handBack, sana, seen{}, ErrNotHolder},

		{"reassign", question, monday, toDana, boss, seen{Open, dana, []NoticeKind{changed, CaseReassigned}}, nil},
		{"reassign as staff", question, monday, toDana, sana, seen{}, ErrNotAdmin},
		{"reassign as a patient", question, monday, toDana, anna, seen{}, ErrNotStaff},
		{"reassign to a patient", question, monday, toAnna, boss, seen{}, ErrNotStaff},
		{"reassign what is over", held(Question, Closed), monday, toDana, boss, seen{}, ErrClosed},

		{"answer", question, monday, answer, sana, seen{Answered, sana, []NoticeKind{changed}}, nil},
		{"answer a request", request, monday, answer, sana, seen{Requested, sana, []NoticeKind{changed}}, nil},
		{"answer what another has", question, monday, answer, dana, seen{}, ErrNotHolder},
		{"answer what nobody has", free(question), monday, answer, sana, seen{}, ErrNotHolder},
		{"answer when one has let go", expired(question), monday, answer, sana, seen{}, ErrNotHolder},
		{"answer what is closed", free(held(Question, Closed)), monday, answer, dana, seen{Answered, dana, []NoticeKind{changed}}, nil},
		{"answer what is cancelled", free(held(Booking, Cancelled)), monday, answer, dana, seen{Cancelled, dana, []NoticeKind{changed}}, nil},
		{"answer as a patient", question, monday, answer, anna, seen{}, ErrNotStaff},

		{"close", question, monday, done, sana, seen{Closed, 0, []NoticeKind{changed}}, nil},
		{"close after a conversation", talking(held(Question, Answered)), monday, done, sana, seen{Closed, 0, []NoticeKind{changed, TalkOver}}, nil},
		{"close what nobody has", free(question), monday, done, dana, seen{Closed, 0, []NoticeKind{changed}}, nil},
		{"close what another has", question, monday, done, dana, seen{}, ErrNotHolder},
		{"close twice", held(Question, Closed), monday, done, sana, seen{}, ErrClosed},
		{"close as a patient", question, monday, done, anna, seen{}, ErrNotStaff},
		{"end the conversation of a request", talking(request), monday, done, sana, seen{Requested, sana, []NoticeKind{changed, TalkOver}}, nil},
		{"end no conversation", request, monday, done, sana, seen{}, ErrState},

		{"propose", request, monday, propose(tue(15), tue(11)), sana, seen{Proposed, sana, []NoticeKind{changed, VisitOffered}}, nil},
		{"propose again", proposed, monday, propose(tue(18)), sana, seen{Proposed, sana, []NoticeKind{changed, VisitOffered}}, nil},
		{"propose another hour for a confirmed visit", confirmed, monday, propose(tue(18)), sana, seen{Proposed, sana, []NoticeKind{changed, VisitOffered}}, nil},
		{"propose nothing", request, monday, propose(), sana, seen{}, ErrTimes},
		{"propose four", request, monday, propose(tue(12), tue(13), tue(14), tue(15)), sana, seen{}, ErrTimes},
		{"propose the past", request, monday, propose(monday.Add(-time.Hour)), sana, seen{}, ErrTimes},
		{"propose the night", request, monday, propose(tue(3)), sana, seen{}, ErrTimes},
		{"propose for what is over", held(Booking, Cancelled), monday, propose(tue(15)), sana, seen{}, ErrDecided},
		{"propose hours for a question", question, monday, propose(tue(15)), sana, seen{}, ErrState},
		{"propose for what another has", request, monday, propose(tue(15)), dana, seen{}, ErrNotHolder},
		{"propose as a patient", request, monday, propose(tue(15)), anna, seen{}, ErrNotStaff},

		{"confirm", request, monday, confirm(tue(12)), sana, seen{Confirmed, sana, []NoticeKind{changed, VisitConfirmed}}, nil},
		{"confirm what was offered", proposed, monday, confirm(tue(13)), sana, seen{Confirmed, sana, []NoticeKind{changed, VisitConfirmed}}, nil},
		{"confirm what was not asked", request, monday, confirm(tue(18)), sana, seen{}, ErrTimes},
		{"confirm twice", confirmed, monday, confirm(tue(15)), sana, seen{}, ErrDecided},
		{"confirm what another has", request, monday, confirm(tue(15)), dana, seen{}, ErrNotHolder},
		{"confirm a question", question, monday, confirm(tue(15)), sana, seen{}, ErrState},

		{"decline", request, monday, decline, sana, seen{Declined, 0, []NoticeKind{changed, VisitDeclined}}, nil},
		{"decline twice", held(Booking, Declined), monday, decline, sana, seen{}, ErrDecided},
		{"decline what is confirmed", confirmed, monday, decline, sana, seen{}, ErrDecided},
		{"decline as a patient", request, monday, decline, bilal, seen{}, ErrNotStaff},
		{"call off", confirmed, monday, callOff, sana, seen{Cancelled, 0, []NoticeKind{changed, VisitCancelled}}, nil},
		{"call off what is only asked for", request, monday, callOff, sana, seen{}, ErrState},

		{"came", free(confirmed), day, came, dana, seen{Came, 0, []NoticeKind{changed, VisitCame}}, nil},
		{"came, a day early", free(confirmed), monday, came, dana, seen{}, ErrTooEarly},
		{"did not come", free(confirmed), day, noShow, dana, seen{NoShow, 0, []NoticeKind{changed}}, nil},
		{"did not come, before the hour", free(confirmed), tue(14), noShow, dana, seen{}, ErrTooEarly},
		{"came after all", held(Booking, NoShow), day, came, dana, seen{Came, 0, []NoticeKind{changed, VisitCame}}, nil},
		{"did not come after all", held(Booking, Came), day, noShow, dana, seen{NoShow, 0, []NoticeKind{changed}}, nil},
		{"came twice", held(Booking, Came), day, came, dana, seen{}, ErrDecided},
		{"came without an hour", request, day, came, sana, seen{}, ErrState},
		{"came, says a patient", free(confirmed), day, came, anna, seen{}, ErrNotStaff},

		{"pick", proposed, monday, pick(tue(16)), anna, seen{Confirmed, sana, []NoticeKind{changed, VisitConfirmed, PatientPicked}}, nil},
		{"pick what is not offered", proposed, monday, pick(tue(17)), anna, seen{}, ErrExpiredOffer},
		{"pick too late", proposed, tue(13), pick(tue(16)), anna, seen{}, ErrExpiredOffer},
		{"pick what was withdrawn", request, monday, pick(tue(16)), anna, seen{}, ErrExpiredOffer},
		{"pick twice", confirmed, monday, pick(tue(15)), anna, seen{}, ErrDecided},
		{"pick for another", proposed, monday, pick(tue(16)), bilal, seen{}, ErrNotOwner},
		{"none fits", proposed, monday, none, anna, seen{Requested, sana, []NoticeKind{changed, PatientNoneFits, LineAdded}}, nil},
		{"none fits of what was withdrawn", request, monday, none, anna, seen{}, ErrExpiredOffer},
		{"none fits another", proposed, monday, none, bilal, seen{}, ErrNotOwner},

		{"change", request, monday, change(Visit{Day: tuesday.Add(1)}), anna, seen{Requested, sana, []NoticeKind{changed, PatientChanged}}, nil},
		{"change what is confirmed", confirmed, monday, change(Visit{Day: tuesday.Add(1)}), anna, seen{Requested, sana, []NoticeKind{changed, PatientChanged}}, nil},
		{"change too late", confirmed, tue(11), change(Visit{}), anna, seen{}, ErrTooLate},
		{"change what is over", held(Booking, Came), day, change(Visit{}), anna, seen{}, ErrDecided},
		{"change for another", request, monday, change(Visit{}), bilal, seen{}, ErrNotOwner},
		{"cancel", request, monday, cancel, anna, seen{Cancelled, 0, []NoticeKind{changed, PatientCancelled}}, nil},
		{"cancel what is confirmed", confirmed, monday, cancel, anna, seen{Cancelled, 0, []NoticeKind{changed, PatientCancelled}}, nil},
		{"cancel too late", confirmed, tue(11), cancel, anna, seen{}, ErrTooLate},
		{"cancel twice", held(Booking, Cancelled), monday, cancel, anna, seen{}, ErrDecided},
		{"cancel a question", question, monday, cancel, anna, seen{}, ErrState},
		{"cancel for another", request, monday, cancel, bilal, seen{}, ErrNotOwner},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			now := test.now
			d, m := deskAt(t, &now)
			if test.now != noon && test.c.Holder != 0 {
				test.c.LeaseUntil = now.Add(time.Minute)
			}
			if test.c.State.Over() {
				test.c.free()
			}
			m.cases[5] = test.c
			got, err := test.verb(d, m, test.by)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v, want %v", err, test.err)
			}
			if test.err != nil {
				if diff := cmp.Diff(test.c, m.cases[5]); diff != "" || len(m.notices) > 0 {
					t.Errorf("refused, and yet: notices %v, case (-before +after):\n%s", m.notices, diff)
				}
				return
			}
			var told []NoticeKind
			for _, n := range m.notices {
				if !n.Due.After(now) {
					told = append(told, n.Kind)
				}
			}
			if diff := cmp.Diff(test.want, seen{got.State, got.Holder, told}); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got.Version != 4 || !cmp.Equal(got, m.cases[5]) {
				t.Errorf("got %+v, stored %+v, want version 4", got, m.cases[5])
			}
		})
	}
}

func TestWhoHasIt(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = held(Question, Open)
	_, err := d.Take(m, 5, dana)
	var by *HeldError
	if !errors.As(err, &by) || *by != (HeldError{sana, noon.Add(-time.Minute)}) {
		t.Errorf("take: %v, want who has it and since when", err)
	}
	if _, err = d.Answer(m, 5, dana, "no", 0); !errors.As(err, &by) || by.Holder != sana {
		t.Errorf("answer: %v, want who has it", err)
	}
	if _, err := d.Take(m, 99, sana); !errors.Is(err, ErrNotFound) {
		t.Errorf("take case 99: %v", err)
	}
}

// A lease counts opening time, is renewed by what the holder does, and frees the case when it ends.
func TestLease(t *testing.T) {
	now := time.Date(2026, time.November, 23, 19, 50, 0, 0, karachi).UTC() // ten minutes before the clinic closes
	d, m := deskAt(t, &now)
	m.cases[5] = free(held(Booking, Requested))
	c, err := d.Take(m, 5, sana)
	if want := tue(11).Add(20 * time.Minute); err != nil || !c.LeaseUntil.Equal(want) {
		t.Fatalf("lease until %v, %v, want %v", c.LeaseUntil, err, want)
	}
	ends := func() (ns []Notice) {
		for _, n := range m.notices {
			if n.Kind == LeaseEnds {
				ns = append(ns, n)
			}
		}
		return ns
	}
	if ns := ends(); len(ns) != 1 || ns[0].Whom != sana || !ns[0].Due.Equal(c.LeaseUntil) {
		t.Errorf("planned: %v", ns)
	}
	now = tue(11).Add(10 * time.Minute)
	if c, err = d.Answer(m, 5, sana, "one moment", 1); err != nil || !c.LeaseUntil.Equal(now.Add(30*time.Minute)) {
		t.Errorf("renewed until %v, %v", c.LeaseUntil, err)
	}
	if ns := ends(); len(ns) != 1 || !ns[0].Due.Equal(c.LeaseUntil) {
		t.Errorf("planned anew: %v", ns)
	}
	now = tue(11).Add(20 * time.Minute)
	if _, ok, err := d.LeaseOver(m, 5); ok || err != nil {
		t.Errorf("over in spite of the renewal: %v, %v", ok, err)
	}
	now = c.LeaseUntil
	if c, ok, err := d.LeaseOver(m, 5); !ok || err != nil || c.Holder != 0 {
		t.Errorf("over: %v, %v, held by %d", ok, err, c.Holder)
	}
	if ns := ends(); len(ns) != 1 { // the one that has come due, which has told of this
		t.Errorf("planned for a free case: %v", ns)
	}
}

// The clinic owes nothing while the patient has the hours or is expected: a hold ends without a word to anybody.
func TestAHoldEndsQuietlyWhileThePatientDecides(t *testing.T) {
	for _, do := range []verb{propose(tue(15)), confirm(tue(15))} {
		now := noon
		d, m := deskAt(t, &now)
		m.cases[5] = held(Booking, Requested)
		c, err := do(d, m, sana)
		if err != nil {
			t.Fatal(err)
		}
		now = c.LeaseUntil
		if c, ok, err := d.LeaseOver(m, 5); ok || err != nil || c.Holder != 0 || c.Lapsed != 0 {
			t.Errorf("over: %v, %v, %+v", ok, err, c)
		}
	}
}

// Whoever talks with a patient keeps the case while it is the patient's turn; what the patient writes then begins a lease, and more of it
// does not lengthen that.
func TestATalkKeepsItsHolder(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = held(Question, Open)
	c, err := d.Answer(m, 5, sana, "which one?", 1)
	if err != nil || !c.LeaseUntil.Equal(now.Add(silence)) {
		t.Errorf("the patient's turn: held until %v, %v", c.LeaseUntil, err)
	}
	later := noon.Add(2 * time.Hour)
	now = later
	if c.HeldBy(now) != sana {
		t.Error("lost in the patient's turn")
	}
	for range 2 {
		if c, err = d.Add(m, 5, anna, "the left one"); err != nil || !c.LeaseUntil.Equal(later.Add(lease)) || !c.WaitsSince().Equal(later) {
			t.Errorf("her turn: held until %v, waits since %v, %v", c.LeaseUntil, c.WaitsSince(), err)
		}
		now = now.Add(10 * time.Minute)
	}
	now = c.LeaseUntil
	if c, ok, err := d.LeaseOver(m, 5); !ok || err != nil || c.Lapsed != sana {
		t.Errorf("over: %v, %v, %+v", ok, err, c)
	}
}

func TestTalk(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = held(Question, Open)
	talks := func(want bool) {
		t.Helper()
		if c, talking, err := d.Talk(m, anna); err != nil || talking != want || talking && c.ID != 5 {
			t.Errorf("at %v: talking %v in case %s, %v, want %v", now, talking, c.ID, err, want)
		}
	}
	talks(false)
	if _, err := d.Answer(m, 5, sana, "hello", 1); err != nil {
		t.Fatal(err)
	}
	talks(true)
	now = noon.Add(11 * time.Hour)
	if _, err := d.Add(m, 5, anna, "and?"); err != nil {
		t.Fatal(err)
	}
	now = noon.Add(22 * time.Hour)
	talks(true) // the patient's words count
	now = noon.Add(23 * time.Hour)
	talks(false)
}

func TestAmendAndRetract(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = held(Question, Open)
	if _, err := d.Answer(m, 5, sana, "Tuesday", 77); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Amend(m, 5, dana, 77, "Never"); !errors.Is(err, ErrNotOwner) {
		t.Errorf("amended by another: %v", err)
	}
	if _, err := d.Amend(m, 5, sana, 78, "Never"); !errors.Is(err, ErrNotFound) {
		t.Errorf("amended what was not said: %v", err)
	}
	c, err := d.Amend(m, 5, sana, 77, "Thursday")
	if want := (Line{At: noon, From: sana, Text: "Thursday", Edited: true, Message: 77}); err != nil || c.More[0] != want {
		t.Errorf("amended: %+v, %v", c.More[0], err)
	}
	if c, err = d.Retract(m, 5, sana, 77); err != nil || !c.More[0].Withdrawn {
		t.Errorf("retracted: %+v, %v", c.More, err)
	}
	if _, err := d.Retract(m, 5, sana, 77); !errors.Is(err, ErrNotFound) {
		t.Errorf("retracted twice: %v", err)
	}
}

func TestMute(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.cases[5] = free(held(Question, Open))
	if _, err := d.Mute(m, 5, anna); !errors.Is(err, ErrNotStaff) {
		t.Errorf("muted by a patient: %v", err)
	}
	until, err := d.Mute(m, 5, dana)
	if err != nil || !until.Equal(noon.Add(24*time.Hour)) || !m.persons[anna].Muted(now) || m.persons[anna].Muted(until) {
		t.Errorf("muted until %v, %v", until, err)
	}
	if until, err = d.Mute(m, 5, sana); err != nil || !until.IsZero() || m.persons[anna].Muted(now) {
		t.Errorf("not unmuted: %v, %v", until, err)
	}
}
