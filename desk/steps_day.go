package desk

import (
	"errors"
	"slices"
	"time"
)

// The questions of the form about when: the day and its part.

// shownDays is how many days stand as buttons.
const shownDays = 7

func days(f *Form, a Around) []string {
	var ids []string
	offer := f.Offer
	if len(offer) == 0 {
		offer = a.Days(a.Now, shownDays)
	}
	for _, d := range offer {
		ids = append(ids, d.String())
	}
	return append(ids, AnyDay)
}

func takeDay(f *Form, a Around, id string) error {
	if id == AnyDay {
		f.setDay(a, Day{})
		return nil
	}
	d, err := ParseDay(id)
	if err != nil {
		return ErrNoChoice
	}
	if err := a.MayAsk(d, a.Now); err != nil {
		return err
	}
	f.setDay(a, d)
	return nil
}

// setDay notes the day. A part of the day that it does not have is asked for anew.
func (f *Form) setDay(a Around, d Day) {
	f.Visit.Day = d
	f.done(AskDay)
	if f.setPart(a, f.Visit.Part) != nil {
		f.setPart(a, "") // any part is always there
		f.undo(AskPart)
	}
}

func readDay(f *Form, a Around, text string) (Fit, error) {
	r := a.ReadDay(text, a.Now, f.Month)
	fit := Fits
	switch {
	case errors.Is(r.Err, ErrNoDay) && r.Month.IsZero():
		return Not, ErrNoDay
	case r.Rest > 0:
		fit = Perhaps
	}
	if !r.Month.IsZero() {
		f.Month = r.Month
	}
	switch {
	case r.Err != nil:
		f.Offer = r.Near
		return fit, &DayError{Err: r.Err, Day: r.Bad, Why: r.Why, Month: r.Month}
	case len(r.Days) > 1 || r.Unsure:
		f.Offer = r.Days
		return fit, &DayError{Err: ErrWhichDay}
	case r.Any:
		f.setDay(a, Day{})
	default:
		f.setDay(a, r.Days[0])
	}
	if r.Part != "" && f.setPart(a, a.partOn(f.Visit.Day, r.Part)) == nil {
		f.done(AskPart)
	}
	return fit, nil
}

// partOn is what a part of the day is called on a day that the Friday prayer divides: what people call its morning is before the prayer, and
// the rest is after it.
func (c *Calendar) partOn(d Day, part string) string {
	if d.IsZero() || c.Example() || d.Weekday() != time.Friday || len(c.Hours(d)) != 2 {
		return part
	}
	switch part {
	case Morning:
		return BeforePrayer
	case Afternoon, Evening:
		return AfterPrayer
	}
	return part
}

// ErrWhichDay is returned when several days may be meant: they are the choices now.
var ErrWhichDay = errors.New("several days may be meant")

// DayError tells why a day that was typed cannot be taken.
type DayError struct {
	Err   error
	Day   Day    // that was meant, zero if there is no such day
	Why   string // for ErrDayClosed: the special days' name
	Month Day    // the month that a number typed next belongs to
}

func (e *DayError) Error() string { return e.Day.String() + ": " + e.Err.Error() }

// Unwrap gives the reason.
func (e *DayError) Unwrap() error { return e.Err }

func dayParts(f *Form, a Around) []string {
	var ids []string
	for _, w := range a.Windows(f.Visit.Day, a.Now) {
		ids = append(ids, w.Part)
	}
	return append(ids, AnyPart)
}

func takePart(f *Form, a Around, id string) error {
	if id == AnyPart {
		id = ""
	}
	if err := f.setPart(a, id); err != nil {
		return err
	}
	f.done(AskPart)
	return nil
}

// setPart notes the part of the day and its hours. "" is any part.
func (f *Form) setPart(a Around, part string) error {
	windows := a.Windows(f.Visit.Day, a.Now)
	var span Span
	switch i := slices.IndexFunc(windows, func(w Window) bool { return w.Part == part }); {
	case i >= 0:
		span = windows[i].Span
	case part != "":
		return ErrNotOpen
	case len(windows) > 0:
		span = Span{windows[0].From, windows[len(windows)-1].To}
	}
	f.Visit.Part, f.Visit.From, f.Visit.To = part, span.From, span.To
	return nil
}

func readPart(f *Form, a Around, text string) (Fit, error) {
	r := a.ReadDay(text, a.Now, Day{})
	fit := Fits
	if r.Rest > 0 {
		fit = Perhaps
	}
	switch {
	case len(r.Days) == 1 && !r.Unsure: // another day, at this question
		return readDay(f, a, text)
	case r.Part != "":
		return fit, takePart(f, a, a.partOn(f.Visit.Day, r.Part))
	case r.Any:
		return fit, takePart(f, a, AnyPart)
	}
	return Not, ErrNoChoice
}

// Window returns the part of the day that is asked for.
func (f *Form) Window() Window { return Window{f.Visit.Part, Span{f.Visit.From, f.Visit.To}} }
