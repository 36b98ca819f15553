package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
)

// visitCard says how a request for a visit stands, and what its patient can do about it.
func (b *Bot) visitCard(w *words, f *faq.FAQ, l faq.Language, cal *desk.Calendar, c desk.Case) (text string, rows [][]button) {
	id := c.ID.String()
	state := map[desk.State]string{
		desk.Requested: w.VisitRequested, desk.Proposed: w.VisitProposed, desk.Came: w.VisitCame, desk.NoShow: w.VisitNoShow,
		desk.Declined: w.VisitDeclined, desk.Cancelled: w.VisitCancelled, desk.Expired: w.VisitExpired,
	}[c.State]
	text = fill(state, "case", id)
	if c.State == desk.Confirmed {
		text = fill(w.VisitConfirmed, "case", id, "when", w.when(c.Visit.At, cal.Zone()))
	}
	lines := []string{w.FieldTreatment + ": <b>" + escape(treatmentName(f, w, l, c.Visit.Treatment)) + "</b>"}
	if c.State == desk.Requested {
		window := desk.Window{Part: c.Visit.Part, Span: desk.Span{From: c.Visit.From, To: c.Visit.To}}
		lines = append(lines, w.FieldDay+": <b>"+escape(w.askedDay(c.Visit))+"</b>", w.FieldPart+": <b>"+escape(w.window(window, cal))+"</b>")
	}
	return join(text, strings.Join(lines, "\n")), visitRows(w, cal, c)
}

func (t *turn) visitRows(cal *desk.Calendar, c desk.Case) [][]button { return visitRows(t.w, cal, c) }

// visitRows are the buttons with which a patient deals with their request. They name the case; whoever acts on them checks whose it is
// and how it stands.
func visitRows(w *words, cal *desk.Calendar, c desk.Case) [][]button {
	about := func(label string, do verb) button { return button{label, action{do: do, n: int64(c.ID)}} }
	switch c.State {
	case desk.Requested:
		return [][]button{{about(w.ButtonChange, doChange), about(w.ButtonCancelRequest, doCancelVisit)}}
	case desk.Proposed:
		return append(pickRows(w, cal, c), []button{about(w.ButtonCancelRequest, doCancelVisit)})
	case desk.Confirmed:
		return [][]button{{about(w.ButtonOtherTime, doChange), about(w.ButtonCancelVisit, doCancelVisit)}}
	}
	return [][]button{{{w.ButtonBook, action{do: doBook, id: c.Visit.Treatment}}}}
}

// pickRows are the hours that the clinic offers, to choose one from. One at which it is closed meanwhile is left out.
func pickRows(w *words, cal *desk.Calendar, c desk.Case) (rows [][]button) {
	for _, at := range c.Visit.Offered {
		if !cal.Open(at) {
			continue
		}
		rows = append(rows, []button{{w.when(at, cal.Zone()), action{do: doPick, id: strconv.FormatInt(at.Unix(), 10), n: int64(c.ID)}}})
	}
	return append(rows, []button{
		{w.ButtonNoneFits, action{do: doNoneFits, n: int64(c.ID)}}, {w.ButtonTypeOther, action{do: doChange, n: int64(c.ID)}},
	})
}

// myVisits shows every request of the patient that is open.
func (t *turn) myVisits() error {
	open, err := t.openVisits()
	if err != nil {
		return err
	}
	if len(open) == 0 {
		t.say(t.w.VisitNone, t.bookRow(0))
	}
	for _, c := range open {
		if err := t.showVisit("", c); err != nil {
			return err
		}
	}
	t.offerForm()
	return nil
}

// openVisits lists the patient's requests that have not ended, oldest first.
func (t *turn) openVisits() ([]desk.Case, error) {
	cs, err := t.tx.OpenCases(t.person.ID)
	return slices.DeleteFunc(cs, func(c desk.Case) bool { return c.Kind != desk.Booking || c.State.Over() }), err
}

// showVisit says how a request stands, after a line that says why.
func (t *turn) showVisit(first string, c desk.Case) error {
	cal, err := t.desk.Calendar(t.tx)
	if err != nil {
		return err
	}
	text, rows := t.visitCard(t.w, t.faq, t.lang, cal, c)
	if c.State == desk.Requested {
		promise, err := t.promise()
		if err != nil {
			return err
		}
		text = join(text, escape(promise))
	}
	t.say(join(first, text), rows...)
	return nil
}

// showOpen shows the request that is open for a treatment instead of beginning another, and ends the one that was being filled in.
func (t *turn) showOpen(a desk.Around, treatment string) (shown bool, err error) {
	open, err := t.openVisits()
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(open, func(c desk.Case) bool { return c.Visit.Treatment == treatment })
	if i < 0 {
		return false, nil
	}
	if f := t.talk.Form; f.isBooking() {
		t.takeKeys(f, t.w.KeysAway)
		t.strip()
		t.talk.end(0)
	}
	return true, t.showVisit(fill(t.w.VisitOpen, "case", open[i].ID.String()), open[i])
}

// tapVisit does what a button of a request that was sent asks for. The request must be the patient's own.
func (t *turn) tapVisit(a action) error {
	c, own, err := t.ownCase(a)
	if !own {
		return err
	}
	if c.Kind != desk.Booking {
		t.toast, t.alert = t.w.TapOther, true
		return nil
	}
	switch a.do {
	case doPick:
		return t.pickHour(c, a.id)
	case doNoneFits:
		return t.noneFits(c)
	case doChange:
		return t.changeVisit(c)
	case doCancelVisit:
		return t.askCancel(c)
	case doKeepVisit:
		t.toast = fill(t.w.VisitKept, "case", c.ID.String())
		t.strip()
		return t.showVisit("", c)
	}
	return t.cancelVisit(c)
}

// pickHour confirms one of the hours that were offered.
func (t *turn) pickHour(c desk.Case, id string) error {
	unix, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		t.toast = t.w.TapUnknown
		return nil
	}
	picked, err := t.desk.Pick(t.tx, c.ID, t.person.ID, time.Unix(unix, 0))
	if done, err := t.refused(c, err); done || err != nil {
		return err
	}
	t.strip()
	t.toast = fill(t.w.TapChosen, "case", picked.ID.String())
	return nil // the notice of the confirmed visit says the rest
}

// noneFits tells the team that it has to offer other hours.
func (t *turn) noneFits(c desk.Case) error {
	_, err := t.desk.NoneFits(t.tx, c.ID, t.person.ID, "")
	if done, err := t.refused(c, err); done || err != nil {
		return err
	}
	t.strip()
	t.say(fill(t.w.VisitNoneFits, "case", c.ID.String()), []button{{t.w.ButtonTypeOther, action{do: doChange, n: int64(c.ID)}}})
	return nil
}

// changeVisit opens the form with what was asked for. Where an hour was offered or confirmed the day is asked for at once. Too
// close to the visit the team is told that the patient needs another time.
func (t *turn) changeVisit(c desk.Case) error {
	a, err := t.around()
	if err != nil {
		return err
	}
	if f := t.talk.Form; f.isBooking() && f.Visit.Case == c.ID {
		return t.proceed(f, a, "") // a second tap
	}
	if err := c.MayGiveUp(a.Calendar, t.now); err != nil {
		_, err = t.refused(c, err)
		return err
	}
	v := desk.Reopen(c)
	if c.State != desk.Requested {
		v.Open(desk.AskDay)
	}
	f := t.talk.interrupt(form{Kind: desk.Booking, Topic: c.Topic, Visit: v}, t.now)
	return t.proceed(f, a, "")
}

// sendChange puts what the patient now asks for into the request.
func (t *turn) sendChange(f *form, a desk.Around) error {
	before, err := t.tx.Case(f.Visit.Case)
	if err != nil {
		return err
	}
	if before.State == desk.Confirmed && !before.Visit.At.Equal(f.Visit.Visit.At) { // settled meanwhile: nobody gives that up unseen
		f.Visit.Visit.At = before.Visit.At
		t.show(f, a, t.w.BookSettled)
		return nil
	}
	c, err := t.desk.ChangeRequest(t.tx, before.ID, t.person.ID, f.wish())
	if err != nil {
		t.talk.end(0)
		_, err = t.refused(before, err)
		return err
	}
	if err := t.knowPhone(f); err != nil {
		return err
	}
	return errors.Join(t.sent(f, a, c, t.w.BookChanged), t.offCalendar(c))
}

// offCalendar takes a visit that the patient gives up out of their calendar, if it is in it.
func (t *turn) offCalendar(c desk.Case) error {
	if !c.Visit.GivenUp() {
		return nil
	}
	row, err := t.calendarRow(t.w, t.faq, c, t.now, true)
	t.rows = append(t.rows, row)
	return err
}

// askCancel makes sure before anything is cancelled.
func (t *turn) askCancel(c desk.Case) error {
	cal, err := t.desk.Calendar(t.tx)
	if err != nil {
		return err
	}
	if err := c.MayGiveUp(cal, t.now); err != nil {
		_, err = t.refusedTo(c, err, t.w.VisitWantsCancel)
		return err
	}
	t.say(fill(t.w.VisitCancelSure, "case", c.ID.String()), []button{
		{t.w.ButtonCancelYes, action{do: doReallyCancel, n: int64(c.ID)}}, {t.w.ButtonCancelNo, action{do: doKeepVisit, n: int64(c.ID)}},
	})
	return nil
}

func (t *turn) cancelVisit(c desk.Case) error {
	off, err := t.desk.CancelRequest(t.tx, c.ID, t.person.ID)
	if err != nil {
		_, err = t.refusedTo(c, err, t.w.VisitWantsCancel)
		return err
	}
	if f := t.talk.Form; f.isBooking() && f.Visit.Case == c.ID {
		t.talk.end(0)
	}
	t.strip()
	t.say(fill(t.w.VisitCancelDone, "case", c.ID.String()), t.bookRow(0))
	return t.offCalendar(off)
}

// refused answers a patient whose request cannot be dealt with like that any more: it says how it stands. done is false if nothing
// was refused.
func (t *turn) refused(c desk.Case, cause error) (done bool, err error) {
	return t.refusedTo(c, cause, t.w.VisitWantsChange)
}

// refusedTo is refused, with what the team is told when it is too late to do it without them.
func (t *turn) refusedTo(c desk.Case, cause error, wish string) (done bool, err error) {
	id := c.ID.String()
	switch {
	case cause == nil:
		return false, nil
	case errors.Is(cause, desk.ErrTooLate):
		return true, t.tooLate(c, wish)
	case errors.Is(cause, desk.ErrExpiredOffer), errors.Is(cause, desk.ErrDecided), errors.Is(cause, desk.ErrState):
		t.toast = cut(fill(t.w.VisitOfferOver, "case", id), 200)
		t.strip()
		return true, t.showVisit("", c)
	case errors.Is(cause, desk.ErrNotOwner), errors.Is(cause, desk.ErrNotFound):
		t.toast, t.alert = t.w.TapOther, true
		return true, nil
	}
	return true, cause
}

// tooLate is no dead end: the team hears of it, and the clinic's phone is there if it may be named.
func (t *turn) tooLate(c desk.Case, wish string) error {
	last := len(c.More) - 1
	if last < 0 || c.More[last].Text != wish { // a second tap tells them nothing new
		if _, err := t.desk.Add(t.tx, c.ID, t.person.ID, wish); err != nil {
			return err
		}
	}
	text := fill(t.w.VisitTooLate, "case", c.ID.String())
	if clinic := t.faq.Clinic; !clinic.Example && clinic.Contact.Phone != "" {
		text = join(text, fill(t.w.VisitCall, "phone", clinic.Contact.Phone))
	}
	t.say(text, t.menuRow())
	return nil
}
