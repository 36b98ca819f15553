package bot

import "skindesk/desk"

// What the buttons of a request for a visit do, and how it is sent.

// tapBooking does what a button of the booking that is being filled in asks for.
func (t *turn) tapBooking(f *form, a action) error {
	around, err := t.around()
	if err != nil {
		return err
	}
	if q := t.update.CallbackQuery; q.Message.Message != nil {
		t.inPlace = int64(q.Message.Message.ID)
	}
	rev := a.n % revs
	switch {
	case a.do == doCancel:
		return t.dropBooking(f)
	case a.do == doSend:
		return t.send(f)
	case a.do == doContinue:
		t.inPlace = 0
		t.strip()
		return t.goOn(f, around)
	case a.do == doRestart:
		t.inPlace = 0
		t.strip()
		return t.beginAnew(f, around)
	case rev != f.Rev%revs:
		t.toast = t.w.BookAlready
		return t.showAgain(f, around)
	case a.do == doPut:
		return t.choose(f, around, a.id)
	case a.do == doBack:
		return t.back(f, around)
	case a.do == doOpen:
		f.Visit.Open(desk.StepKey(a.id))
		t.show(f, around, "")
	}
	return nil
}

// goOn shows the form again, with what was answered before the patient was asked whether to go on.
func (t *turn) goOn(f *form, a desk.Around) error {
	text := f.Pending
	f.Pending, f.At = "", t.now
	if text == "" {
		return t.proceed(f, a, "")
	}
	m, err := t.decideBooking(f, text)
	if err != nil {
		return err
	}
	return t.bookingText(f, m)
}

// sendBooking sends the request, or the change of one. What can no longer be asked for is asked for anew first.
func (t *turn) sendBooking(f *form) error {
	a, err := t.around()
	if err != nil {
		return err
	}
	if t.person.Muted(t.now) {
		t.put(f, t.w.Muted, [][]button{t.menuRow()})
		t.talk.end(0)
		return nil
	}
	if err := f.Visit.Stale(a); err != nil || !f.Visit.Complete() {
		t.show(f, a, t.fault(f, a, err))
		return nil
	}
	if f.Visit.Case != 0 {
		return t.sendChange(f, a)
	}
	if shown, err := t.showOpen(a, f.Visit.Visit.Treatment); err != nil || shown {
		return err
	}
	if err := t.knowPhone(f); err != nil {
		return err
	}
	t.countCase(desk.Booking)
	o := f.wish()
	o.Patient, o.Language, o.Topic, o.Said = t.person.ID, t.lang, f.Topic, t.plainAnswers(f.Said)
	c, err := t.desk.Request(t.tx, o)
	if err != nil {
		return err
	}
	return t.sent(f, a, c, t.w.BookSent)
}

// wish is what the form asks for.
func (f *form) wish() desk.Opening {
	return desk.Opening{Name: f.Visit.Name, Phone: f.Visit.Phone, Words: f.Words, Visit: f.Visit.Visit.Answered()}
}

// knowPhone notes that the patient has agreed, and the number that they have given, to offer it the next time.
func (t *turn) knowPhone(f *form) error {
	t.person.Consent = t.now
	if f.Visit.Phone != "" {
		t.person.Phone = f.Visit.Phone
	}
	return t.tx.PutPerson(t.person)
}

// sent turns the form's message into the one that says so, with what can be done about it.
func (t *turn) sent(f *form, a desk.Around, c desk.Case, text string) error {
	t.talk.Misses = 0
	t.talk.end(c.ID)
	t.toast = fill(t.w.TapSentNow, "case", c.ID.String())
	promise, err := t.promise()
	if err != nil {
		return err
	}
	text = join(fill(text, "case", c.ID.String()), t.noted(f, a, true), escape(promise)+" "+t.w.BookComeLater)
	before, changed := t.talk.statusOf(c.ID)
	t.put(f, text, t.visitRows(a.Calendar, c))
	t.talk.shownIn(f.N, f.Key, f.Shows)
	if changed {
		t.passOn(c, before)
	}
	t.offerForm()
	return nil
}

// dropBooking ends a request that is not to be sent.
func (t *turn) dropBooking(f *form) error {
	text, rows := t.w.FormDropped, [][]button{t.menuRow()}
	if f.Visit.Case != 0 {
		text, rows = fill(t.w.VisitKept, "case", f.Visit.Case.String()), [][]button{{{t.w.ButtonMyBooking, action{do: doMine}}}}
	}
	t.takeKeys(f, t.w.KeysAway)
	t.put(f, text, rows)
	t.talk.end(0)
	t.toast = cut(text, 200)
	t.offerForm()
	return nil
}

// beginAnew begins the request once more with nothing filled in; the change of one that was sent, with what was sent.
func (t *turn) beginAnew(f *form, a desk.Around) error {
	v := desk.Begin(desk.Visit{}, a)
	if f.Visit.Case != 0 {
		c, err := t.tx.Case(f.Visit.Case)
		if err != nil {
			return err
		}
		v = desk.Reopen(c)
	}
	t.show(t.talk.begin(form{Kind: desk.Booking, Topic: f.Topic, Visit: v}, t.now), a, "")
	return nil
}
