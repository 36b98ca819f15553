package bot

import (
	"errors"
	"strconv"

	"skindesk/desk"
)

// Why an answer to a question of the form cannot be taken.

// fault says why an answer cannot be taken.
func (t *turn) fault(f *form, a desk.Around, err error) string {
	var day *desk.DayError
	if errors.As(err, &day) {
		return t.dayFault(a, day)
	}
	switch {
	case errors.Is(err, desk.ErrNoDay):
		return t.w.DayNone
	case errors.Is(err, desk.ErrNotOpen):
		return t.w.PartGone
	case errors.Is(err, desk.ErrNoName):
		return t.w.NameUnclear
	case errors.Is(err, desk.ErrNoPhone):
		return t.w.PhoneUnclear
	case isDayError(err):
		return t.dayFault(a, &desk.DayError{Err: err, Day: f.Visit.Visit.Day})
	case f.Visit.Step == desk.AskTreatment:
		return t.w.TreatmentUnclear
	case f.Visit.Step == desk.AskPart:
		return t.w.PartNone
	}
	return ""
}

func isDayError(err error) bool {
	return errors.Is(err, desk.ErrDayPassed) || errors.Is(err, desk.ErrDayClosed) || errors.Is(err, desk.ErrDayTooFar) || errors.Is(err, desk.ErrDayOver)
}

// dayFault says why a day cannot be asked for, and what can.
func (t *turn) dayFault(a desk.Around, e *desk.DayError) string {
	day := t.w.day(e.Day)
	if e.Day.Year != a.Today(t.now).Year {
		day += " " + strconv.Itoa(e.Day.Year)
	}
	month := nth(t.w.Months, int(e.Month.Month)-1)
	switch {
	case errors.Is(e.Err, desk.ErrWhichDay):
		return t.w.BookWhichDay
	case errors.Is(e.Err, desk.ErrNoDay) && !e.Month.IsZero():
		return fill(t.w.DayMonth, "month", month)
	case errors.Is(e.Err, desk.ErrNoSuchDay):
		return t.w.DayNoSuch
	case errors.Is(e.Err, desk.ErrDayPassed) && e.Month.IsZero():
		return fill(t.w.DayPassed, "day", day)
	case errors.Is(e.Err, desk.ErrDayPassed):
		return fill(t.w.DayPassedMonth, "day", day, "month", month)
	case errors.Is(e.Err, desk.ErrDayTooFar):
		return fill(t.w.DayTooFar, "day", day, "n", strconv.Itoa(a.DaysAhead()))
	case errors.Is(e.Err, desk.ErrDayOver):
		return fill(t.w.DayOver, "day", day)
	case e.Why != "":
		return fill(t.w.DayClosedFor, "day", day, "why", e.Why)
	case errors.Is(e.Err, desk.ErrDayClosed):
		return fill(t.w.DayClosed, "day", day)
	}
	return t.w.DayNone
}
