package desk

import (
	"fmt"
	"slices"
	"time"
)

// planAnew puts what has to be told later of a case, as it is now, in place of all that was planned for it.
func (d *Desk) planAnew(tx Tx, c Case, now time.Time) error {
	if err := tx.DropNotices(c.ID, now); err != nil {
		return err
	}
	cal, err := d.Calendar(tx)
	if err != nil {
		return err
	}
	for _, n := range plan(c, cal, now) {
		if err := tx.PutNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// plan is what has to be told later of a case as it is now. It follows from the record alone, so that nothing else has to be put right
// when that changes. The id of a notice says what it is about, down to the hour or the number: what was told under it is not
// told again, however often the case is planned.
func plan(c Case, cal *Calendar, now time.Time) []Notice {
	p := planner{c: c, cal: cal, now: now}
	switch {
	case c.Kind == Urgent && c.untaken(now):
		p.urgent()
	case c.Kind != Urgent && (c.State == Open || c.State == Requested):
		p.promise()
	}
	if c.Holder != 0 && !c.State.Over() {
		p.later(LeaseEnds, c.LeaseUntil.UnixMilli(), c.Holder, 0, c.LeaseUntil)
	}
	if c.Wish.Entry != "" && c.Wish.Due.After(now) {
		p.notices = append(p.notices, c.wishNotice())
	}
	switch c.State {
	case Requested:
		p.request()
	case Proposed:
		p.later(OfferOver, c.OfferEnds(cal).Unix(), c.dealsWith(), 0, c.OfferEnds(cal))
	case Confirmed:
		p.reminders()
	case NoShow:
		p.missed()
	case Came:
		p.after()
	}
	return p.notices
}

type planner struct {
	c       Case
	cal     *Calendar
	now     time.Time
	notices []Notice
}

// later plans a notice unless its time has come already.
func (p *planner) later(k NoticeKind, about int64, whom PersonID, n int, due time.Time) {
	if due.After(p.now) {
		p.notices = append(p.notices, Notice{ID: fmt.Sprintf("%s/%s/%d", k, p.c.ID, about), Kind: k, Case: p.c.ID, Whom: whom, N: n, Due: due})
	}
}

// promise is when the patient hears that nobody has answered yet.
func (p *planner) promise() {
	if by, ok := p.cal.Promise(p.c.AskedAt); ok && !p.c.answered() {
		p.later(PromiseOver, p.c.AskedAt.Unix(), p.c.Patient, 0, p.cal.Waking(by))
	}
}

// request is when a request that nobody answers ends. What came back to the clinic when its day had passed already waits a day more.
func (p *planner) request() {
	due := p.cal.Waking(p.c.AskEnds(p.cal))
	if !due.After(p.now) {
		due = p.cal.Waking(p.now.Add(24 * time.Hour))
	}
	p.later(RequestOver, due.Unix(), p.c.Patient, 0, due)
}

// An urgent case is spoken of again every few minutes, then less often, and not for ever.
const (
	pingSoon  = 5 * time.Minute
	pingLate  = 30 * time.Minute
	pingsSoon = 12
	pingsMost = 60
)

// urgent is when an urgent case that nobody has taken is spoken of again: in opening hours, and at any hour to those who are on call.
func (p *planner) urgent() {
	last, pause := p.c.PingedAt, pingSoon
	if p.c.Pings >= pingsSoon {
		pause = pingLate
	}
	switch {
	case p.c.Pings >= pingsMost:
		return
	case last.IsZero():
		last = p.c.OpenedAt
		if len(p.cal.OnCall()) > 0 && !p.cal.Open(last) {
			pause = 0 // nobody looks at the group now
		}
	}
	due := last.Add(pause)
	if len(p.cal.OnCall()) == 0 {
		open, ok := p.cal.NextOpening(due)
		if !ok {
			return
		}
		due = open
	}
	n := p.c.Pings + 1
	p.notices = append(p.notices, Notice{ID: fmt.Sprintf("%s/%s/%d", UrgentAgain, p.c.ID, n), Kind: UrgentAgain, Case: p.c.ID, N: n, Due: due})
}

// reminders are on the evening before a visit and some hours before it.
func (p *planner) reminders() {
	v, said := p.c.Visit, !p.c.Reminders().Evening.IsZero()
	evening, hours := p.cal.RemindAt(v.At)
	p.later(VisitDay, int64(v.Sequence), 0, 0, p.cal.Today(v.At).At(0, p.cal.zone))
	if !said {
		p.later(RemindEvening, int64(v.Sequence), p.c.Patient, v.Sequence, evening)
	}
	second := p.cal.Today(hours) == p.cal.Today(evening) && hours.After(evening) // on that same evening, moved out of the night
	if !second || !said && !evening.After(p.now) {
		p.later(RemindHours, int64(v.Sequence), p.c.Patient, v.Sequence, hours)
	}
}

// RemindAt returns when a patient is reminded of a visit at an hour: on the evening before and some hours before, neither in the quiet
// hours, before which it comes then.
func (c *Calendar) RemindAt(at time.Time) (evening, hours time.Time) {
	return c.Evening(c.EveningBefore(DayOf(at, c.zone))), c.Evening(at.Add(-c.RemindBefore()))
}

// What comes after a visit, in minutes of the day and days.
const (
	friendlyAt = 11 * 60
	missedAt   = 10 * 60
	missedFor  = 7 // days after which nothing is said of it any more
)

// CheckInDays are the days after a visit on which the patient is asked how it goes.
var CheckInDays = []int{1, 3, 7}

// missed is on the morning after the patient has not come, or after that was noted.
func (p *planner) missed() {
	day := DayOf(p.c.Visit.At, p.cal.zone)
	due := p.cal.Waking(day.Add(1).At(missedAt, p.cal.zone))
	if !due.After(p.now) {
		due = p.cal.Waking(p.cal.Today(p.now).Add(1).At(missedAt, p.cal.zone))
	}
	if day.Until(p.cal.Today(due)) <= missedFor {
		p.later(VisitMissed, 0, p.c.Patient, 0, due)
	}
}

// after is what the patient who has agreed hears after a visit.
func (p *planner) after() {
	if !p.c.Visit.CheckIns {
		return
	}
	day := DayOf(p.c.Visit.At, p.cal.zone)
	for _, n := range CheckInDays {
		p.later(CheckIn, int64(n), p.c.Patient, n, p.cal.Waking(day.Add(n).At(friendlyAt, p.cal.zone)))
	}
	if p.c.Visit.NoReminder {
		return
	}
	due := p.c.Visit.MaintenanceOn(p.cal)
	p.later(MaintenanceDue, 0, p.c.Patient, 0, p.cal.Waking(due.At(friendlyAt, p.cal.zone)))
}

// maintenanceIn is after how many months the result is to be kept up: the clinic's article has eight to nine.
const maintenanceIn = 8

// MaintenanceOn is the day on which the patient is reminded of the next visit.
func (v Visit) MaintenanceOn(cal *Calendar) Day {
	if !v.Maintenance.IsZero() {
		return v.Maintenance
	}
	return DayOf(v.At, cal.zone).AddMonths(maintenanceIn)
}

// untaken tells whether an urgent case waits for somebody to take it.
func (c Case) untaken(now time.Time) bool { return c.State == Open && c.HeldBy(now) == 0 }

// answered tells whether the team has said anything since the patient last asked.
func (c Case) answered() bool {
	return slices.ContainsFunc(c.More, func(l Line) bool { return l.From != c.Patient && !l.At.Before(c.AskedAt) })
}

// Reminders is what became of the reminders of one hour. It says nothing of another.
type Reminders struct {
	For     time.Time `json:"for,omitzero"`
	Evening time.Time `json:"evening,omitzero"` // when the one of the evening before was said
	Coming  time.Time `json:"coming,omitzero"`  // when the patient said that they come
	Call    string    `json:"call,omitempty"`   // why the team has to call instead
}

// Reminders returns what became of the reminders of the hour that is confirmed.
func (c Case) Reminders() Reminders {
	if r := c.Visit.Reminded; !r.For.IsZero() && r.For.Equal(c.Visit.At) {
		return r
	}
	return Reminders{For: c.Visit.At}
}
