package desk

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

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

func names(_ *Form, a Around) []string {
	if _, err := CheckName(a.FirstName); err != nil {
		return nil
	}
	return []string{Known}
}

func takeName(f *Form, a Around, id string) error {
	if id != Known {
		return ErrNoChoice
	}
	name, err := CheckName(a.FirstName)
	if err != nil {
		return err
	}
	f.Name = name
	f.done(AskName)
	return nil
}

func readName(f *Form, _ Around, text string) (Fit, error) {
	for _, before := range []string{"my name is ", "mera naam ", "mera nam ", "i am ", "i'm ", "name: ", "میرا نام "} {
		if len(text) > len(before) && strings.EqualFold(text[:len(before)], before) {
			text = strings.TrimSuffix(strings.TrimSuffix(text[len(before):], " hai"), " ہے")
		}
	}
	name, err := CheckName(text)
	if err == nil && isSentence(name) {
		err = ErrNoName
	}
	if err != nil {
		return Not, err
	}
	f.Name = name
	f.done(AskName)
	if len(strings.Fields(name)) <= 2 {
		return Fits, nil
	}
	return Perhaps, nil
}

// sentenceWords stand in sentences and in nobody's name.
var sentenceWords = wordSet(`the is are was not no yes please i me my you your want need can will what when how why where today tomorrow
	hai hain ho hun hoon tha thi nahi nahin nhi kal aaj parson mujhe mera meri mere aap apka apki kya kab kahan kyun kaise theek thik baat chahiye karna karwana
	ہے ہیں ہو ہوں تھا تھی نہیں کل آج پرسوں مجھے میرا میری آپ کیا کب کہاں کیوں کیسے ٹھیک بات چاہیے کرنا کروانا`)

// isSentence tells whether what was typed for a name is something else.
func isSentence(name string) bool {
	words := strings.Fields(foldWord(name))
	return len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return sentenceWords[w] })
}

// CheckName returns a name as it is kept: two to sixty letters of any script, with spaces, dots, hyphens and apostrophes between
// them. Links, digits and anything else are ErrNoName.
func CheckName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsMark(r), strings.ContainsRune(" .'’-", r), r == '\u200c':
		default:
			return "", ErrNoName
		}
	}
	if letters < 2 || len([]rune(s)) > 60 || strings.Contains(strings.ToLower(s), "www.") {
		return "", ErrNoName
	}
	return s, nil
}

func phones(_ *Form, a Around) []string {
	if a.Phone != "" {
		return []string{Known, HereOnly}
	}
	return []string{HereOnly}
}

func takePhone(f *Form, a Around, id string) error {
	switch {
	case id == HereOnly:
		f.Phone, f.Visit.HereOnly = "", true
	case id == Known && a.Phone != "":
		f.Phone, f.Visit.HereOnly = a.Phone, false
	default:
		return ErrNoChoice
	}
	f.done(AskPhone)
	return nil
}

// GivePhone notes a number that has been checked: typed, or shared as the patient's own contact.
func (f *Form) GivePhone(a Around, phone string) {
	f.setPhone(phone)
	if f.Step == AskPhone {
		f.next(a)
	}
}

func (f *Form) setPhone(phone string) {
	f.Phone, f.Visit.HereOnly = phone, false
	f.done(AskPhone)
}

func readPhone(f *Form, a Around, text string) (Fit, error) {
	phone, err := FindPhone(text)
	switch {
	case err == nil:
		f.setPhone(phone)
		return Fits, nil
	case LooksLikePhone(text):
		return Fits, err
	case refusesPhone(text):
		return Fits, takePhone(f, a, HereOnly)
	}
	return Not, err
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
