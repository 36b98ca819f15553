package bot

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// keptFree is how much of the patient's day a calendar file takes where the clinic has not said how long a visit is: without an end
// calendars show a moment, and something else is put into the same hour. The file says then that it is no more than that.
const keptFree = time.Hour

// appointment is a visit as a calendar file tells it to the patient's own calendar. Whoever looks at that calendar reads it, so
// it names the clinic and the time and nothing of what the visit is for. It names no organizer either: calendars take a file with one for
// an invitation that wants an answer by mail.
type appointment struct {
	uid       string // the same for as long as it is the same visit
	sequence  int    // higher than in the files sent before: a calendar believes the highest
	cancelled bool
	at        time.Time
	length    time.Duration
	zone      *time.Location
	made      time.Time
	summary   string
	place     string // "" if unknown
	about     string // "" if there is nothing more to say
}

const (
	icsLocal = "20060102T150405"
	icsUTC   = "20060102T150405Z"
)

// file returns the calendar file (RFC 5545). It says the time as clocks at the clinic show it and brings that zone's rules along, so
// that it is right in any calendar and wherever the patient travels.
func (a appointment) file() ([]byte, error) {
	c := ics.NewCalendar()
	c.SetProductId("-//skindesk//visit//EN")
	c.SetCalscale("GREGORIAN")
	method, status := ics.MethodPublish, ics.ObjectStatusConfirmed
	if a.cancelled {
		method, status = ics.MethodCancel, ics.ObjectStatusCancelled
	}
	c.SetMethod(method)
	addZone(c, a.zone, a.at)
	e := c.AddEvent(a.uid)
	e.SetSequence(a.sequence)
	e.SetStatus(status)
	e.SetProperty(ics.ComponentPropertyDtstamp, a.made.UTC().Format(icsUTC))
	e.SetProperty(ics.ComponentPropertyDtStart, a.at.In(a.zone).Format(icsLocal), ics.WithTZID(a.zone.String()))
	e.SetProperty(ics.ComponentPropertyDtEnd, a.at.Add(a.length).In(a.zone).Format(icsLocal), ics.WithTZID(a.zone.String()))
	e.SetSummary(a.summary)
	if a.about != "" {
		e.SetDescription(a.about)
	}
	if a.place != "" {
		e.SetLocation(a.place)
	}
	e.SetClass(ics.ClassificationPrivate)
	var b bytes.Buffer
	if err := c.SerializeTo(&b, ics.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("calendar file %s: %w", a.uid, err)
	}
	return b.Bytes(), nil
}

// calendarRow sends a visit as a calendar file, or that it is off, once for each sequence.
func (b *Bot) calendarRow(w *words, f *faq.FAQ, c desk.Case, now time.Time, off bool) (store.Outbound, error) {
	zone, err := time.LoadLocation(f.Clinic.Timezone)
	if err != nil {
		return store.Outbound{}, fmt.Errorf("calendar file of case %s: %w", c.ID, err)
	}
	a := appointment{
		uid: fmt.Sprintf("case-%s@%d.skindesk", c.ID, b.self), sequence: c.Visit.Sequence, cancelled: off, at: c.Visit.At, zone: zone, made: now,
		length: time.Duration(f.Clinic.Visit.Minutes) * time.Minute, summary: strings.ReplaceAll(w.CalendarTitle, "{clinic}", clinicName(w, f)),
	}
	caption := w.CalendarAdd
	if off {
		a.at, caption = c.Visit.Was, w.CalendarRemove
	}
	if a.length == 0 {
		a.length, a.about = keptFree, w.CalendarLength
	}
	if !f.Clinic.Example {
		a.place = f.Clinic.Contact.Address
	}
	data, err := a.file()
	return store.Outbound{
		Key: fmt.Sprintf("ics/%s/%d", c.ID, c.Visit.Sequence), Chat: int64(c.Patient), Lane: laneOf(c.Kind), Object: objectOf(c.ID),
		Purpose: purpose{what: toThread}.String(), Method: "sendDocument", CreatedAt: now, File: store.File{Name: "visit.ics", Body: data},
		Body: body(&telegram.SendDocumentParams{ChatID: int64(c.Patient), Caption: caption, ParseMode: models.ParseModeHTML}),
	}, err
}

// addZone describes a zone for a year around an instant: each time at which its clocks are set, and what they show from then.
func addZone(c *ics.Calendar, zone *time.Location, around time.Time) {
	z := c.AddTimezone(zone.String())
	last := around.AddDate(1, 0, 0)
	for t := around.AddDate(-1, 0, 0); ; {
		from, to := t.In(zone).ZoneBounds()
		z.Components = append(z.Components, observance(from, t.In(zone)))
		if to.IsZero() || to.After(last) {
			return
		}
		t = to
	}
}

// observance says what clocks show from an instant on (zero: they always have), of which t is a later one.
func observance(from, t time.Time) ics.Component {
	name, offset := t.Zone()
	before, local := offset, time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	if !from.IsZero() {
		_, before = from.Add(-time.Second).Zone()
		local = from.UTC().Add(time.Duration(before) * time.Second) // as the clocks showed when they were set
	}
	set := func(o *ics.ComponentBase) {
		o.SetProperty(ics.ComponentPropertyDtStart, local.Format(icsLocal))
		o.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), icsOffset(before))
		o.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), icsOffset(offset))
		o.SetProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	}
	if t.IsDST() {
		d := &ics.Daylight{}
		set(&d.ComponentBase)
		return d
	}
	s := ics.NewStandard()
	set(&s.ComponentBase)
	return s
}

// icsOffset writes seconds east of Greenwich as "+0500"; seconds stand only where there are any.
func icsOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		s += fmt.Sprintf("%02d", seconds%60)
	}
	return s
}
