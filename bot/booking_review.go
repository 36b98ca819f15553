package bot

import (
	"strconv"
	"strings"

	"skindesk/desk"
	"skindesk/faq"
)

// What is noted of a request for a visit, in words; and the review, at which each value can be tapped to be changed.

// intakeAnswer says an answer that may have been tapped.
func (w *words) intakeAnswer(answer string) string {
	switch answer {
	case desk.Yes:
		return w.ButtonYes
	case desk.No:
		return w.ButtonNo
	}
	return answer
}

// check is the review: each value can be tapped to be changed.
func (t *turn) check(f *form, a desk.Around) (text string, rows [][]button) {
	open := func(label string, k desk.StepKey) button {
		return button{"✏️ " + label, action{do: doOpen, id: string(k), n: f.token()}}
	}
	fields := []button{
		open(t.w.FieldTreatment, desk.AskTreatment), open(t.w.FieldDay, desk.AskDay), open(t.w.FieldPart, desk.AskPart),
		open(t.w.FieldName, desk.AskName), open(t.w.FieldPhone, desk.AskPhone), open(t.w.FieldNote, desk.AskNote),
	}
	if len(a.Intake) > 0 {
		fields = append(fields, open(t.w.FieldIntake, desk.AskIntake))
	}
	for _, b := range fields {
		rows = inPairs(rows, b)
	}
	label := t.w.ButtonSendRequest
	if f.Visit.Case != 0 {
		label = t.w.ButtonSendChange
	}
	rows = append([][]button{{{label, action{do: doSend, n: f.N}}}}, rows...)
	last := []button{{t.w.ButtonCancel, action{do: doCancel, n: f.N}}}
	if f.Visit.Case == 0 {
		last = append([]button{{t.w.ButtonBack, action{do: doBack, n: f.token()}}}, last...)
	}
	rows = append(rows, last)
	text = t.w.BookCheck
	if at := f.Visit.Visit.At; f.Visit.Case != 0 && !at.IsZero() {
		text += "\n\n" + fill(t.w.BookGivesUp, "when", t.w.when(at, a.Zone()))
	}
	return text + "\n\n" + t.w.Consent, rows
}

// noted lists what has been answered so far; all of it at the review.
func (t *turn) noted(f *form, a desk.Around, all bool) string {
	v := f.Visit
	var lines []string
	add := func(k desk.StepKey, label, value string) {
		if (all || v.Answered(k)) && v.Step != k && value != "" {
			lines = append(lines, label+": <b>"+escape(value)+"</b>")
		}
	}
	if len(t.faq.Clinic.Booking.Treatments) > 0 {
		add(desk.AskTreatment, t.w.FieldTreatment, t.treatment(v.Visit.Treatment))
	}
	add(desk.AskDay, t.w.FieldDay, t.dayOf(v.Visit))
	add(desk.AskPart, t.w.FieldPart, t.window(a, v.Window()))
	add(desk.AskName, t.w.FieldName, v.Name)
	add(desk.AskPhone, t.w.FieldPhone, t.phoneOf(v))
	if all || v.Answered(desk.AskNote) {
		lines = append(lines, t.wishes(v, a)...)
	}
	if all && f.Words != "" {
		lines = append(lines, t.w.FieldWords+": "+escape(cut(f.Words, 400)))
	}
	return strings.Join(lines, "\n")
}

// wishes are the lines of what was said beside day and number.
func (t *turn) wishes(v *desk.Form, a desk.Around) (lines []string) {
	if v.Visit.Female {
		lines = append(lines, t.w.FieldFemale)
	}
	if v.Visit.Note != "" && v.Step != desk.AskNote {
		lines = append(lines, t.w.FieldNote+": "+escape(cut(v.Visit.Note, 400)))
	}
	if n := len(v.Visit.Answered().Intake); n > 0 {
		lines = append(lines, t.w.FieldIntake+": "+fill(t.w.ValueAnswered, "n", strconv.Itoa(n), "all", strconv.Itoa(max(n, len(a.Intake)))))
	}
	return lines
}

// treatment names a treatment.
func (t *turn) treatment(id string) string { return treatmentName(t.faq, t.w, t.lang, id) }

func treatmentName(f *faq.FAQ, w *words, l faq.Language, id string) string {
	for _, tr := range f.Clinic.Booking.Treatments {
		if tr.ID == id {
			name, _ := tr.Name.In(l)
			return name
		}
	}
	if id == "" || id == desk.NotSure {
		return w.ValueNotSure
	}
	return id
}

func (t *turn) dayOf(v desk.Visit) string { return t.w.askedDay(v) }

// askedDay says the day that a visit is asked for.
func (w *words) askedDay(v desk.Visit) string {
	if v.Day.IsZero() {
		return w.ValueAnyDay
	}
	return w.day(v.Day)
}

// dayLabel names a day on a button, where there is little room: the month only where it is another.
func (t *turn) dayLabel(a desk.Around, id string) string {
	d, err := desk.ParseDay(id)
	if err != nil {
		return id
	}
	if today := a.Today(t.now); d.Month == today.Month {
		return nth(t.w.Weekdays, int(d.Weekday())) + " " + strconv.Itoa(d.Day)
	}
	return t.w.day(d)
}

func (t *turn) window(a desk.Around, win desk.Window) string { return t.w.window(win, a.Calendar) }

// window says a part of a day, with its hours if they may be stated.
func (w *words) window(win desk.Window, cal *desk.Calendar) string {
	name := map[string]string{
		desk.Morning: w.ValueMorning, desk.Afternoon: w.ValueAfternoon, desk.Evening: w.ValueEvening,
		desk.BeforePrayer: w.ValueBeforePrayer, desk.AfterPrayer: w.ValueAfterPrayer,
	}[win.Part]
	switch {
	case name == "":
		return w.ValueAnyPart
	case win.From.IsZero() || cal.Example():
		return name
	}
	from, to := w.shortClock(win.From, cal.Zone()), w.shortClock(win.To, cal.Zone())
	if strings.HasPrefix(strings.ToLower(from), strings.ToLower(name)) {
		return name + from[len(name):] + "–" + to // the clock says it already: "subah 11:00 baje"
	}
	return strings.NewReplacer("{part}", name, "{from}", from, "{to}", to).Replace(w.ValueFromTo)
}

// phoneOf says how the patient can be reached; a number is never repeated in full.
func (t *turn) phoneOf(v *desk.Form) string {
	if v.Phone == "" {
		return t.w.ValueHereOnly
	}
	return fill(t.w.ValueEnding, "end", ending(v.Phone))
}

func ending(phone string) string { return phone[max(0, len(phone)-2):] }
