package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
)

// What the patient is told of a visit: that an hour is settled, another one or off, and the reminders of it.

// clinicWhen says an instant in the clinic's time, and that it is the clinic's.
func clinicWhen(w *words, f *faq.FAQ, at time.Time, zone *time.Location) string {
	return w.when(at, zone) + w.Comma + clinicTime(w, f)
}

func clinicTime(w *words, f *faq.FAQ) string {
	city, _ := f.Clinic.City.In(w.lang)
	if city == "" {
		return w.ClinicTime
	}
	return w.ClinicTime + " (" + city + ")"
}

// clinicName is what the clinic is called.
func clinicName(w *words, f *faq.FAQ) string {
	if f.Clinic.Name == "" {
		return w.ClinicUnnamed
	}
	return f.Clinic.Name
}

// hour tells the patient that an hour holds: when, where, what to bring, until when it can be changed, and a file for their calendar.
func (t *telling) hour(head string) error {
	if t.c.State != desk.Confirmed {
		return nil // it has changed again since, and that is told
	}
	clinic := t.faq.Clinic
	lines := []string{fill(head, "case", t.c.ID.String()), "📅 <b>" + escape(clinicWhen(t.w, t.faq, t.c.Visit.At, t.cal.Zone())) + "</b>"}
	if place := t.place(); place != "" {
		lines = append(lines, place)
	}
	if bring, _ := clinic.Visit.Bring.In(t.w.lang); bring != "" {
		lines = append(lines, fill(t.w.Bring, "what", bring))
	}
	lines = append(lines, "", t.limit())
	if err := t.patient(strings.Join(lines, "\n"), t.visitRow()); err != nil {
		return err
	}
	return t.calendarFile(false)
}

// calendarFile sends the visit, or that it is off, for the patient's calendar.
func (t *telling) calendarFile(off bool) error {
	row, err := t.calendarRow(t.w, t.faq, t.c, t.now, off)
	if err != nil {
		return err
	}
	return t.tx.Queue(row)
}

// offCalendar takes a visit that is given up out of the patient's calendar, if one is in it.
func (t *telling) offCalendar() error {
	if !t.c.Visit.GivenUp() {
		return nil
	}
	return t.calendarFile(true)
}

// place says where the clinic is, as far as it is known.
func (t *telling) place() string {
	c := t.faq.Clinic
	if c.Example {
		return ""
	}
	var parts []string
	if c.Contact.Address != "" {
		parts = append(parts, "📍 "+escape(c.Contact.Address))
	}
	if c.Contact.MapURL != "" {
		parts = append(parts, `<a href="`+escape(c.Contact.MapURL)+`">`+t.w.Map+`</a>`)
	}
	return strings.Join(parts, " · ")
}

// limit says until when the patient can move or cancel the visit here.
func (t *telling) limit() string {
	until := t.c.Visit.At.Add(-t.cal.ChangeLimit())
	switch {
	case t.faq.Clinic.Example:
		return t.w.ChangeHere
	case until.After(t.now):
		return fill(t.w.ChangeUntil, "until", t.w.when(until, t.cal.Zone()))
	case t.faq.Clinic.Contact.Phone != "":
		return fill(t.w.ChangeCall, "phone", t.faq.Clinic.Contact.Phone)
	}
	return t.w.ChangeWrite
}

// calledOff tells the patient that the clinic does not keep the hour, and then takes it out of their calendar.
func (t *telling) calledOff() error {
	text := fill(t.w.HourOff, "case", t.c.ID.String(), "when", clinicWhen(t.w, t.faq, t.c.Visit.Was, t.cal.Zone()))
	return errors.Join(t.sayNo(text), t.offCalendar())
}

// notOffered tells the patient that the clinic cannot do what they ask for.
func (t *telling) notOffered() error {
	return t.sayNo(fill(t.w.HourNone, "case", t.c.ID.String()))
}

// sayNo says a no with its reason and what can be done.
func (t *telling) sayNo(text string) error {
	if r := t.reason(); r != "" {
		text += "\n\n" + r
	}
	return t.patient(text+"\n\n"+t.w.HourElse, t.againRow())
}

// remind tells the patient of a visit that is near. It says nothing of what it is for: others may see the phone.
func (t *telling) remind() error {
	day, today := t.cal.Today(t.c.Visit.At), t.cal.Today(t.now)
	text := t.w.RemindOn
	switch today.Until(day) {
	case 0:
		text = t.w.RemindToday
	case 1:
		text = t.w.RemindTomorrow
	}
	text = fill(text, "clinic", clinicName(t.w, t.faq), "time", t.w.clock(t.c.Visit.At, t.cal.Zone()), "day", t.w.day(day), "zone", clinicTime(t.w, t.faq))
	rows := [][]button{t.visitRow()}
	if t.c.Reminders().Coming.IsZero() {
		rows = append([][]button{{{t.w.ButtonComing, action{do: doComing, id: fmt.Sprint(t.c.Visit.Sequence), n: int64(t.c.ID)}}}}, rows...)
	}
	t.errand = purpose{what: toRemind, n: int64(t.c.Visit.Sequence)}
	return t.patient(text, rows...)
}

// requestOver tells the patient that nobody has answered in time, and the team.
func (t *telling) requestOver() error {
	if err := t.underCard(fill(t.team().StaffExpired, "case", t.c.ID.String())); err != nil {
		return err
	}
	return t.patient(fill(t.w.RequestOver, "case", t.c.ID.String()), t.againRow())
}

// promiseOver tells the patient that nobody has answered yet, and reminds the team.
func (t *telling) promiseOver() error {
	if err := t.underCard(fill(t.team().StaffPromise, "case", t.c.ID.String())); err != nil {
		return err
	}
	return t.patient(fill(t.w.PromiseOver, "case", t.c.ID.String()), []button{{t.w.ButtonClinic, action{do: doAsk}}})
}

// missed asks the patient who has not come whether they want another time. It blames nobody.
func (t *telling) missed() error {
	return t.patient(fill(t.w.Missed, "clinic", clinicName(t.w, t.faq)), t.againRow())
}

// againRow leads to a new request for the same.
func (t *telling) againRow() []button {
	return []button{{t.w.ButtonAgain, action{do: doBook, id: t.c.Visit.Treatment}}, {t.w.ButtonClinic, action{do: doAsk}}}
}
