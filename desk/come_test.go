package desk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"skindesk/faq"
)

// play is a clinic whose clock the test moves, with everything that was said to anybody, and when.
type play struct {
	t      *testing.T
	d      *Desk
	m      *memory
	now    time.Time
	clinic faq.Clinic
	said   []told
	closed int // how often the clinic has closed of a sudden
}

type told struct {
	Notice
	at time.Time
	c  Case // as it was then

	open bool // the clinic, at the visit's hour, as far as was known then
}

func newPlay(t *testing.T, clinic faq.Clinic, now time.Time) *play {
	t.Helper()
	p := &play{t: t, m: newMemory(), now: now, clinic: clinic}
	p.d = New(func() time.Time { return p.now }, func() faq.Clinic { return p.clinic })
	p.check(p.d.Enlist(p.m, []PersonID{boss}, []PersonID{sana}))
	return p
}

func (p *play) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// until lets time pass: whatever comes due is told at its time, as the bot's loop does it.
func (p *play) until(end time.Time) {
	p.t.Helper()
	for range 2000 {
		p.tell()
		next := end
		for _, n := range p.m.notices {
			if n.Due.Before(next) && n.Due.After(p.now) {
				next = n.Due
			}
		}
		if !next.After(p.now) {
			return
		}
		p.now = next
	}
	p.t.Fatalf("no end of notices before %v: %+v", end, p.m.notices)
}

// tell tells what is due now, late or not.
func (p *play) tell() {
	p.t.Helper()
	for range 100 {
		due, err := p.m.DueNotices(p.now, 100)
		p.check(err)
		if len(due) == 0 {
			return
		}
		for _, n := range due {
			say, later, err := p.d.Come(p.m, n)
			p.check(err)
			if !later.IsZero() {
				n.Due = later
				p.check(p.m.PutNotice(n))
				continue
			}
			if say {
				c := p.m.cases[n.Case]
				p.said = append(p.said, told{n, p.now, c, p.calendar().Open(c.Visit.At)})
			}
			p.check(p.m.DoneNotice(n.ID, p.now))
		}
	}
	p.t.Fatalf("notices without end at %v: %+v", p.now, p.m.notices)
}

func (p *play) case_(c Case, err error) Case {
	p.t.Helper()
	p.check(err)
	return c
}

// toPatient are kinds that reach the patient unasked.
var toPatient = []NoticeKind{PromiseOver, RequestOver, RemindEvening, RemindHours, VisitCame, VisitMissed, CheckIn, MaintenanceDue, AnswerAdded, DraftNudge}

// How the rules of time have to hold whatever the clinic's hours, zone, holidays and quiet hours, whatever people do, and however the clock
// jumps: no word in the quiet hours, none twice, no reminder of a visit that is off or past, and no promise that ends while the clinic is
// closed.
func TestTimeIsKept(t *testing.T) {
	seeds := 200
	if testing.Short() {
		seeds = 50
	}
	counts, closed := map[NoticeKind]int{}, 0
	for seed := range seeds {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		now := time.Date(2026, 1, 1, 0, r.IntN(365*24*60), r.IntN(60), 0, time.UTC)
		clinic := anyClinic(r, DayOf(now, time.UTC))
		name := fmt.Sprintf("seed %d (%s, quiet %s)", seed, clinic.Timezone, clinic.Reminders.Quiet)
		p := newPlay(t, clinic, now)
		for range 3 {
			p.live(r, name)
		}
		p.judge(name)
		closed += p.closed
		for _, s := range p.said {
			counts[s.Kind]++
		}
	}
	for _, k := range append([]NoticeKind{UrgentAgain, LeaseEnds, OfferOver, PleaseCall}, toPatient[:8]...) {
		if counts[k] < 10 {
			t.Errorf("%s was met only %d times: the test does not try it", k, counts[k])
		}
	}
	if closed < 10 {
		t.Errorf("the clinic has closed of a sudden only %d times", closed)
	}
	t.Logf("said: %v; closed of a sudden: %d times", counts, closed)
}

// live is a patient's story with the clinic: random steps of either side, and time in between, now and then with the program down or the
// clock set.
func (p *play) live(r *rand.Rand, name string) {
	p.t.Helper()
	kind := []CaseKind{Booking, Booking, Booking, Booking, Question, Urgent}[r.IntN(6)]
	o := Opening{Kind: kind, Patient: anna, Language: faq.English, Name: "Anna", Words: "please"}
	cal := p.calendar()
	if days := cal.Days(p.now, 10); len(days) > 0 && r.IntN(4) > 0 {
		o.Visit.Day = days[r.IntN(len(days))]
		if ws := cal.Windows(o.Visit.Day, p.now); len(ws) > 0 && r.IntN(3) > 0 {
			w := ws[r.IntN(len(ws))]
			o.Visit.Part, o.Visit.From, o.Visit.To = w.Part, w.From, w.To
		}
	}
	c := p.case_(p.d.Open(p.m, o))
	if by, ok := cal.Promise(p.now); ok && !p.openOrClosing(by) {
		p.t.Errorf("%s: at %v somebody is promised to answer by %v, when the clinic is closed", name, p.now.In(cal.Zone()), by.In(cal.Zone()))
	}
	for range 4 + r.IntN(14) {
		if r.IntN(3) > 0 { // else somebody acts before the loop has come round
			p.tell()
		}
		p.step(r, c.ID)
		p.pass(r)
	}
	if r.IntN(3) == 0 {
		p.until(p.now.AddDate(0, 9, 0))
	}
}

// pass lets some time pass: as it comes, with the program down, or with the clock set back.
func (p *play) pass(r *rand.Rand) {
	p.t.Helper()
	d := []time.Duration{time.Minute, 20 * time.Minute, 3 * time.Hour, 9 * time.Hour, 26 * time.Hour, 80 * time.Hour}[r.IntN(6)]
	switch r.IntN(9) {
	case 0:
		p.now = p.now.Add(d) // down
	case 1:
		p.now = p.now.Add(-d / 2) // set back
	default:
		p.until(p.now.Add(d))
	}
}

// step is something that somebody does with a case; what is not allowed changes nothing.
func (p *play) step(r *rand.Rand, id CaseID) {
	p.t.Helper()
	c := p.m.cases[id]
	cal := p.calendar()
	var at []time.Time
	for _, d := range cal.DaysFrom(cal.Today(p.now).Add(r.IntN(3)), p.now, 3) {
		if hours := cal.Hours(d); len(hours) > 0 {
			s := hours[r.IntN(len(hours))]
			at = append(at, s.From.Add(time.Duration(r.Int64N(int64(s.To.Sub(s.From))))).Truncate(time.Minute))
		}
	}
	at = slices.DeleteFunc(at, func(t time.Time) bool { return !cal.serves(t, p.now) })
	switch r.IntN(14) {
	case 0, 1:
		p.d.Take(p.m, id, sana) //nolint:errcheck // what is refused changes nothing; so for all of these
	case 2, 3:
		p.d.Take(p.m, id, sana)        //nolint:errcheck
		p.d.Propose(p.m, id, sana, at) //nolint:errcheck
		if len(at) > 0 && r.IntN(2) == 0 {
			p.d.Pick(p.m, id, anna, at[0]) //nolint:errcheck
		}
	case 4:
		if len(at) > 0 {
			p.d.Take(p.m, id, sana)           //nolint:errcheck
			p.d.Confirm(p.m, id, sana, at[0]) //nolint:errcheck
		}
	case 5:
		p.d.NoneFits(p.m, id, anna, "later") //nolint:errcheck
	case 6:
		if r.IntN(3) == 0 {
			p.d.CancelRequest(p.m, id, anna) //nolint:errcheck
		}
	case 7:
		p.d.Append(p.m, id, anna, "and") //nolint:errcheck
	case 8, 13:
		if c.State == Confirmed && p.now.Before(c.Visit.At) {
			p.until(c.Visit.At.Add(time.Duration(r.IntN(6)) * time.Hour))
		}
		p.d.Came(p.m, id, sana) //nolint:errcheck
		if r.IntN(3) > 0 {
			p.d.StayInTouch(p.m, id, anna, r.IntN(4) > 0) //nolint:errcheck
		}
		if on := cal.Today(p.now).Add(r.IntN(400)); r.IntN(2) == 0 {
			p.d.RemindAgain(p.m, id, sana, on) //nolint:errcheck
		} else if r.IntN(4) == 0 {
			p.d.RemindAgain(p.m, id, sana, Day{}) //nolint:errcheck
		}
	case 9:
		if c.State == Confirmed && p.now.Before(c.Visit.At) {
			p.until(c.Visit.At.Add(time.Duration(r.IntN(9)) * time.Hour))
		}
		p.d.NoShow(p.m, id, sana) //nolint:errcheck
	case 10:
		p.d.Coming(p.m, id, anna, c.Visit.Sequence) //nolint:errcheck
	case 12:
		p.closes(r, id)
	case 11:
		switch r.IntN(3) {
		case 0:
			p.check(p.d.Lose(p.m, anna))
		case 1:
			p.case0(p.d.Meet(p.m, anna, "Anna"))
		default:
			p.d.Answer(p.m, id, sana, "soon", 0) //nolint:errcheck
		}
	}
}

// closes has the clinic close of a sudden on the day of a case's visit, confirmed or offered; the patient may try to have it all the same, and
// the team offers other hours.
func (p *play) closes(r *rand.Rand, id CaseID) {
	p.t.Helper()
	at := p.m.cases[id].Visit.At
	if o := p.m.cases[id].Visit.Offered; len(o) > 0 {
		at = o[0]
	}
	if at.IsZero() || p.clinic.Example || p.m.cases[id].Kind != Booking || r.IntN(4) > 0 {
		return
	}
	day := DayOf(at, p.calendar().Zone()).String()
	p.clinic.SpecialDays = append(slices.Clone(p.clinic.SpecialDays), faq.SpecialDays{From: day, To: day, Name: "closed"})
	p.closed++
	p.check(p.d.Watch(p.m))
	if c, err := p.d.Pick(p.m, id, anna, at); err == nil {
		p.t.Errorf("picked %v, when the clinic is closed: %+v", at, c.Visit)
	}
	if r.IntN(2) == 0 {
		p.d.OfferInstead(p.m, sana) //nolint:errcheck
	}
	for _, c := range p.m.cases {
		for _, at := range c.Visit.Offered {
			if c.State == Proposed && c.DecidedBy == sana && c.ChangedAt.Equal(p.now) && !p.calendar().Open(at) {
				p.t.Errorf("case %s: %v is offered, when the clinic is closed", c.ID, at)
			}
		}
	}
}

func (p *play) case0(_ Person, err error) { p.t.Helper(); p.check(err) }

func (p *play) calendar() *Calendar {
	p.t.Helper()
	cal, err := p.d.Calendar(p.m)
	p.check(err)
	return cal
}

// openOrClosing tells whether the clinic is open, or closes at this very moment.
func (p *play) openOrClosing(t time.Time) bool {
	p.t.Helper()
	cal := p.calendar()
	return cal.Open(t) || cal.Open(t.Add(-time.Nanosecond))
}

// judge looks whether anything was said that may not be.
func (p *play) judge(name string) {
	p.t.Helper()
	cal := p.calendar()
	once, hour := map[string]int{}, map[string]int{}
	for _, s := range p.said {
		fail := func(format string, args ...any) {
			p.t.Helper()
			p.t.Errorf("%s: %s at %v: %s", name, s.ID, s.at.In(cal.Zone()), fmt.Sprintf(format, args...))
		}
		if once[s.ID]++; once[s.ID] > 1 {
			fail("said twice")
		}
		// Those that answer to what somebody does this minute may come at any hour.
		if slices.Contains(toPatient, s.Kind) && cal.Quiet(s.at) {
			fail("said in the quiet hours")
		}
		switch s.Kind {
		case RemindEvening, RemindHours:
			key := fmt.Sprintf("%s %s %d", s.Kind, s.Case, s.c.Visit.At.Unix())
			if hour[key]++; hour[key] > 1 && s.c.Visit.Was.IsZero() {
				fail("the second of this kind for the hour")
			}
			switch {
			case s.c.State != Confirmed:
				fail("of a booking that is %s", s.c.State)
			case !s.open:
				fail("of a visit at %v, when the clinic is closed", s.c.Visit.At)
			case !s.at.Before(s.c.Visit.At):
				fail("of a visit that is past: %v", s.c.Visit.At)
			}
		case UrgentAgain:
			if p.closed == 0 && len(cal.OnCall()) == 0 && !cal.Open(s.at) && s.at.Sub(s.Due) < time.Minute {
				fail("to nobody: the clinic is closed and nobody is on call")
			}
			if s.N > pingsMost {
				fail("for the %dth time", s.N)
			}
		case PromiseOver:
			if s.c.answered() {
				fail("although somebody has answered")
			}
		case VisitMissed:
			if s.c.State != NoShow {
				fail("of a booking that is %s", s.c.State)
			}
		case CheckIn, MaintenanceDue:
			if today := cal.Today(s.at); s.Kind == MaintenanceDue && (s.c.Visit.NoReminder || today.Before(s.c.Visit.MaintenanceOn(cal))) {
				fail("although the team wants it on %s (none: %v)", s.c.Visit.MaintenanceOn(cal), s.c.Visit.NoReminder)
			}
			if s.c.State != Came || !s.c.Visit.CheckIns {
				fail("to somebody who has not asked for it (%s)", s.c.State)
			}
		}
	}
}

// anyClinic also reminds at random, and may have somebody on call or be an example.
func anyClinic(r *rand.Rand, around Day) faq.Clinic {
	c := randomClinic(r, around)
	c.Booking.ChangeLimitMinutes, c.Reminders.HoursBefore = r.IntN(600), 1+r.IntN(12)
	c.Reminders.EveningAt = fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60))
	if r.IntN(2) == 0 {
		c.Reminders.Quiet = []string{"22:00-08:00", "00:30-06:15", "02:00-03:00", "23:59-00:01"}[r.IntN(4)]
	}
	if r.IntN(3) == 0 {
		c.OnCall = []int64{int64(sana)}
	}
	c.Example = r.IntN(8) == 0
	return c
}
