package desk

import (
	"errors"
	"slices"
	"strings"

	"skindesk/faq"
)

// The questions of the form: what can be tapped, and how what is tapped or typed is taken.

func notTaken(*Form, Around, string) error { return ErrNoChoice }

func hasTreatments(_ *Form, a Around) bool { return len(a.clinic.Booking.Treatments) > 0 }

func treatments(_ *Form, a Around) []string {
	var ids []string
	for _, t := range a.clinic.Booking.Treatments {
		ids = append(ids, t.ID)
	}
	return append(ids, NotSure)
}

func takeTreatment(f *Form, a Around, id string) error {
	if !slices.Contains(treatments(f, a), id) {
		return ErrNoChoice
	}
	if id == NotSure {
		id = ""
	}
	f.Visit.Treatment = id
	f.done(AskTreatment)
	return nil
}

func readTreatment(f *Form, a Around, text string) (Fit, error) {
	if id := a.Treatment(text); id != "" {
		return Fits, takeTreatment(f, a, id)
	}
	if unsure(text) {
		return Fits, takeTreatment(f, a, NotSure)
	}
	return Not, ErrNoChoice
}

// Treatment returns the treatment that a text names, or "" if it names none or several.
func (c *Calendar) Treatment(text string) (id string) {
	squeezed := squeeze(text)
	for _, t := range c.clinic.Booking.Treatments {
		named := strings.Contains(squeezed, squeeze(t.ID))
		for _, name := range t.Name {
			named = named || strings.Contains(squeezed, squeeze(name))
		}
		if named && id != "" {
			return ""
		}
		if named {
			id = t.ID
		}
	}
	return id
}

// Offers tells whether a visit can be requested for a treatment.
func (c *Calendar) Offers(id string) bool {
	return slices.ContainsFunc(c.clinic.Booking.Treatments, func(t faq.Treatment) bool { return t.ID == id })
}

// squeeze leaves only letters and digits, alike in case: "micro needling" and "Micro-Needling" are the same.
func squeeze(s string) string { return strings.ReplaceAll(faq.Normalize(s), " ", "") }

func unsure(text string) bool {
	t := faq.Normalize(text)
	for _, say := range []string{"not sure", "dont know", "don t know", "no idea", "pata nahi", "pata nhi", "maloom nahi", "معلوم نہیں", "پتا نہیں", "پتہ نہیں", "یقین نہیں"} {
		if strings.Contains(t, say) {
			return true
		}
	}
	return false
}

// maxNote is how much of a note or an answer is kept, in letters.
const maxNote = 1000

func notes(f *Form, a Around) (ids []string) {
	if a.clinic.Booking.FemaleStaff {
		ids = append(ids, Female)
	}
	if f.Visit.Note != "" {
		ids = append(ids, Known)
	}
	return append(ids, Skip)
}

// takeNote leaves a note that was written before as it is, or takes it out.
func takeNote(f *Form, a Around, id string) error {
	switch {
	case !slices.Contains(notes(f, a), id):
		return ErrNoChoice
	case id == Female:
		f.Visit.Female = !f.Visit.Female // the question stays: a note may be added
		return nil
	case id == Skip:
		f.Visit.Note = ""
	}
	f.done(AskNote)
	return nil
}

// readNote takes words in place of those that were written before.
func readNote(f *Form, _ Around, text string) (Fit, error) {
	f.done(AskNote)
	if refuses(text) {
		return Fits, nil
	}
	f.Visit.Note = short(strings.TrimSpace(text), maxNote)
	return Perhaps, nil
}

// AddNote puts words to the note.
func (f *Form) AddNote(text string) {
	f.Visit.Note = short(strings.TrimSpace(f.Visit.Note+"\n"+text), maxNote)
}

func short(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}

// intakeLeft tells whether there is a question left that is asked before coming.
func intakeLeft(f *Form, a Around) bool { _, left := f.Intake(a); return left }

// Intake returns the question before coming that is asked now, if there is one left.
func (f *Form) Intake(a Around) (q faq.Intake, left bool) {
	for _, q := range a.Intake {
		if !slices.ContainsFunc(f.Visit.Intake, func(i IntakeAnswer) bool { return i.ID == q.ID }) {
			return q, true
		}
	}
	return faq.Intake{}, false
}

// Before returns what was answered to a question before coming, while it is asked anew.
func (f *Form) Before(id string) (answer string) {
	if i := slices.IndexFunc(f.Given, func(i IntakeAnswer) bool { return i.ID == id }); i >= 0 {
		return f.Given[i].Answer
	}
	return ""
}

// keepGiven leaves the answers that were not given anew as they were.
func (f *Form) keepGiven() {
	for _, g := range f.Given {
		if !slices.ContainsFunc(f.Visit.Intake, func(i IntakeAnswer) bool { return i.ID == g.ID }) {
			f.Visit.Intake = append(f.Visit.Intake, g)
		}
	}
}

func intakes(f *Form, a Around) []string {
	if q, _ := f.Intake(a); f.Before(q.ID) != "" {
		return []string{Known, Yes, No, Skip, SkipAll}
	}
	return []string{Yes, No, Skip, SkipAll}
}

func takeIntake(f *Form, a Around, id string) error {
	q, _ := f.Intake(a)
	switch id {
	case SkipAll:
		f.keepGiven()
		f.done(AskIntake)
		return nil
	case Known:
		if id = f.Before(q.ID); id == "" {
			return ErrNoChoice
		}
	case Skip:
		id = ""
	case Yes, No:
	default:
		return ErrNoChoice
	}
	f.answerIntake(a, id)
	return nil
}

func readIntake(f *Form, a Around, text string) (Fit, error) {
	f.answerIntake(a, short(text, maxNote))
	return Perhaps, nil
}

// answerIntake keeps an answer with its question; an empty one was left out.
func (f *Form) answerIntake(a Around, text string) {
	q, left := f.Intake(a)
	if !left {
		f.done(AskIntake)
		return
	}
	question, _ := q.Question.In(a.Language)
	f.Visit.Intake = append(f.Visit.Intake, IntakeAnswer{ID: q.ID, Question: question, Answer: text})
	if !intakeLeft(f, a) {
		f.done(AskIntake)
	}
}

// correct reads a change that is typed at the review: another day, part of the day, number or treatment.
func correct(f *Form, a Around, text string) (Fit, error) {
	if phone, err := ParsePhone(text); err == nil {
		f.setPhone(phone)
		return Fits, nil
	}
	if refusesPhone(text) {
		return Fits, takePhone(f, a, HereOnly)
	}
	r := a.ReadDay(text, a.Now, f.Month)
	switch {
	case len(r.Days) > 0 || r.Err != nil && !errors.Is(r.Err, ErrNoDay):
		fit, err := readDay(f, a, text)
		if err != nil && fit == Fits {
			f.undo(AskDay)
			f.Step = AskDay
		}
		return fit, err
	case r.Part != "" && r.Rest == 0:
		return Fits, takePart(f, a, a.partOn(f.Visit.Day, r.Part))
	}
	if id := a.Treatment(text); id != "" && len(strings.Fields(text)) <= 6 {
		return Perhaps, takeTreatment(f, a, id)
	}
	return Not, ErrNoChoice
}

// Answered leaves out of the intake what was skipped: that is how the team gets it.
func (v Visit) Answered() Visit {
	v.Intake = slices.DeleteFunc(slices.Clone(v.Intake), func(i IntakeAnswer) bool { return i.Answer == "" })
	return v
}
