package desk

import (
	"errors"
	"slices"
	"time"

	"skindesk/faq"
)

// What a value of the form is refused with, beside the errors of days and ErrNoPhone.
var (
	ErrNoChoice = errors.New("not among the choices")
	ErrNoName   = errors.New("no name")
	ErrNotOpen  = errors.New("not offered on that day any more")
)

// Form is a half-filled request for a visit. It outlives a restart; every answer can be given anew until it is sent.
type Form struct {
	Visit Visit     `json:"visit"`
	Name  string    `json:"name,omitempty"`
	Phone string    `json:"phone,omitempty"`
	Step  StepKey   `json:"step"`            // what is being asked
	Done  []StepKey `json:"done,omitempty"`  // what has been answered or left out
	Month Day       `json:"month,omitzero"`  // the month the patient last spoke of
	Offer []Day     `json:"offer,omitempty"` // the days that they may have meant
	Case  CaseID    `json:"case,omitempty"`  // the request that is being changed; 0: a new one

	Mending bool           `json:"mending,omitempty"` // an answer is given anew from the review, to which it leads back
	Given   []IntakeAnswer `json:"given,omitempty"`   // the answers of the intake as they were, while it is asked anew
}

// StepKey names a question of the form.
type StepKey string

// The questions of the form, in their order.
const (
	AskTreatment StepKey = "treatment"
	AskDay       StepKey = "day"
	AskPart      StepKey = "part"
	AskName      StepKey = "name"
	AskPhone     StepKey = "phone"
	AskNote      StepKey = "note"
	AskIntake    StepKey = "intake"
	Review       StepKey = "review"
)

// Desk's choices that are no value of their own.
const (
	NotSure  = "not-sure"  // of the treatment
	AnyDay   = "any"       // of the day, and of its part
	AnyPart  = "any"       //
	HereOnly = "here-only" // of the phone
	Female   = "female"    // of the note: on and off
	Skip     = "skip"      // leave it out
	SkipAll  = "skip-all"  // of the intake
	Yes      = "yes"       //
	No       = "no"        //
	Known    = "known"     // the name or number that is known already, or what was answered before
)

// Around is what the form is filled in with: the clinic as it is, and who fills it.
type Around struct {
	*Calendar
	Now       time.Time
	Intake    []faq.Intake
	Language  faq.Language
	FirstName string // as Telegram has it
	Phone     string // given before
}

// Step is one question of the form.
type Step struct {
	Key     StepKey
	Applies func(*Form, Around) bool                 // nil: always
	Choices func(*Form, Around) []string             // what can be tapped
	Take    func(*Form, Around, string) error        // what was tapped
	Read    func(*Form, Around, string) (Fit, error) // what was typed
}

// Fit is how well something typed answers the question that was asked.
type Fit int

// The fits. Perhaps is left to whoever knows what else the words may mean.
const (
	Not Fit = iota
	Perhaps
	Fits
)

// steps are the questions in their order. A further one is a row here and its text in the bot.
var steps = []Step{
	{Key: AskTreatment, Applies: hasTreatments, Choices: treatments, Take: takeTreatment, Read: readTreatment},
	{Key: AskDay, Choices: days, Take: takeDay, Read: readDay},
	{Key: AskPart, Choices: dayParts, Take: takePart, Read: readPart},
	{Key: AskName, Choices: names, Take: takeName, Read: readName},
	{Key: AskPhone, Choices: phones, Take: takePhone, Read: readPhone},
	{Key: AskNote, Choices: notes, Take: takeNote, Read: readNote},
	{Key: AskIntake, Applies: intakeLeft, Choices: intakes, Take: takeIntake, Read: readIntake},
	{Key: Review, Choices: func(*Form, Around) []string { return nil }, Take: notTaken, Read: correct},
}

func stepOf(k StepKey) Step {
	return steps[max(slices.IndexFunc(steps, func(s Step) bool { return s.Key == k }), 0)]
}

// Begin returns a form at its first open question. What is set in v is taken as answered.
func Begin(v Visit, a Around) *Form {
	f := &Form{Visit: v}
	if v.Treatment != "" {
		f.done(AskTreatment)
	}
	if !v.Day.IsZero() && a.MayAsk(v.Day, a.Now) == nil {
		f.done(AskDay)
	} else {
		f.Visit.Day = Day{}
	}
	if part := f.Visit.Part; part != "" {
		f.Visit.Part = ""
		if f.setPart(a, a.partOn(f.Visit.Day, part)) == nil && f.Answered(AskDay) {
			f.done(AskPart)
		}
	}
	f.next(a)
	return f
}

// Reopen returns a form with all that was asked for in a case, to change it; it stands at the review.
func Reopen(c Case) *Form {
	f := &Form{Visit: c.Visit, Name: c.Name, Phone: c.Phone, Case: c.ID, Step: Review}
	for _, s := range steps {
		f.done(s.Key)
	}
	return f
}

// Choices lists what can be tapped at the question that is being asked.
func (f *Form) Choices(a Around) []string { return stepOf(f.Step).Choices(f, a) }

// Take answers the question with one of its choices and goes on to the next.
func (f *Form) Take(a Around, choice string) error {
	if err := stepOf(f.Step).Take(f, a, choice); err != nil {
		return err
	}
	f.next(a)
	return nil
}

// Read takes what was typed, if it fits at least so well, and goes on to the next question. An error tells why what was
// typed cannot be the answer; the form then stays where it is, but may know more of what was meant.
func (f *Form) Read(a Around, text string, least Fit) (Fit, error) {
	after := *f
	after.Done, after.Offer = slices.Clone(f.Done), slices.Clone(f.Offer)
	after.Visit.Intake = slices.Clone(f.Visit.Intake)
	fit, err := stepOf(f.Step).Read(&after, a, text)
	if fit < least {
		return fit, nil
	}
	if *f = after; err == nil && f.Answered(f.Step) || f.Step == Review {
		f.next(a)
	}
	return fit, err
}

// Open asks a question anew whose answer is to be changed.
func (f *Form) Open(k StepKey) {
	mending := f.Mending || f.Step == Review
	if s := stepOf(k); s.Key == k && k != Review {
		f.ask(k)
		f.Mending = mending
	}
}

// ask goes to a question that may have been answered. What was answered stays until there is something else.
func (f *Form) ask(k StepKey) {
	f.undo(k)
	f.Step, f.Offer, f.Month = k, nil, Day{}
	if k == AskIntake {
		f.Given, f.Visit.Intake = f.Visit.Intake, nil
	}
}

// Back asks the question before this one anew; at the first it does nothing. From an answer that is given anew it leads back to the
// review and leaves it as it was.
func (f *Form) Back(a Around) {
	if n := len(f.Visit.Intake); f.Step == AskIntake && n > 0 {
		f.Visit.Intake = slices.Clone(f.Visit.Intake[:n-1])
		return
	}
	if f.Mending {
		f.Close(a)
		return
	}
	for i := f.position() - 1; i >= 0; i-- {
		switch s := steps[i]; {
		case s.Key == AskIntake && len(a.Intake) > 0:
			f.undo(AskIntake)
			if f.Step = AskIntake; !intakeLeft(f, a) {
				f.Visit.Intake = f.Visit.Intake[:len(f.Visit.Intake)-1]
			}
			return
		case s.Applies == nil || s.Applies(f, a):
			f.ask(s.Key)
			return
		}
	}
}

// SkipRest leaves out what may be left out from here on; what was answered stays.
func (f *Form) SkipRest(a Around) {
	for f.Step == AskNote || f.Step == AskIntake {
		f.Close(a)
	}
}

// First tells whether this is the first question.
func (f *Form) First(a Around) bool {
	return !slices.ContainsFunc(steps[:f.position()], func(s Step) bool { return s.Applies == nil || s.Applies(f, a) })
}

// Complete tells whether everything has been answered or left out.
func (f *Form) Complete() bool { return f.Step == Review }

func (f *Form) position() int {
	return slices.IndexFunc(steps, func(s Step) bool { return s.Key == f.Step })
}

// Answered tells whether a question has been answered or left out.
func (f *Form) Answered(k StepKey) bool { return slices.Contains(f.Done, k) }

func (f *Form) done(k StepKey) {
	if !f.Answered(k) {
		f.Done = append(f.Done, k)
	}
}

func (f *Form) undo(k StepKey) {
	f.Done = slices.DeleteFunc(slices.Clone(f.Done), func(d StepKey) bool { return d == k })
}

// next goes to the first question that is open.
func (f *Form) next(a Around) {
	for _, s := range steps {
		if s.Key == Review || !f.Answered(s.Key) && (s.Applies == nil || s.Applies(f, a)) {
			if f.Step != s.Key {
				f.Offer, f.Month = nil, Day{}
			}
			if s.Key == Review {
				f.Mending, f.Given = false, nil
			}
			f.Step = s.Key
			return
		}
	}
}

// Stale tells whether the day or part that was chosen can no longer be asked for, and asks for it anew: a draft may be
// older than the day it was begun on.
func (f *Form) Stale(a Around) error {
	if f.Answered(AskDay) && !f.Visit.Day.IsZero() {
		if err := a.MayAsk(f.Visit.Day, a.Now); err != nil {
			f.Open(AskDay)
			f.undo(AskPart)
			return err
		}
	}
	if f.Answered(AskPart) && f.Visit.Part != "" && f.setPart(a, f.Visit.Part) != nil {
		f.Open(AskPart)
		return ErrNotOpen
	}
	return nil
}

// Close leaves an answer that was opened as it was.
func (f *Form) Close(a Around) {
	if f.Step == AskIntake {
		f.keepGiven()
	}
	f.done(f.Step)
	f.next(a)
}

// MayGiveUp tells whether the patient may change or cancel the request: ErrTooLate, ErrDecided or ErrState if not.
func (c Case) MayGiveUp(cal *Calendar, now time.Time) error { return c.mayGiveUp(cal, now) }
