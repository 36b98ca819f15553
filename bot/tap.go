package bot

import (
	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// tapped does what a patient's button asks for, if what it is about still allows it. Otherwise the small notice says what is
// true now, and there is a way on.
func (t *turn) tapped(m meaning) error {
	a := m.act
	switch a.do {
	case doTopics:
		t.topics(int(a.n)-1, a.n > 0)
	case doTopic:
		if topic, found := t.topicNamed(a.id); found {
			t.topic(topic, int(a.n)-1, a.n > 1)
			return nil
		}
		t.toast = t.w.TapGone
		t.topics(0, false)
	case doEntry:
		before := t.talk.Form
		err := t.pick(m)
		if t.said && t.talk.Form == before { // as after a question that was typed
			t.offerForm()
		}
		return err
	case doNotMeant:
		return t.notMeant(a)
	case doNone:
		x, known := t.talk.exchange(a.n)
		if !known {
			return t.gone()
		}
		t.countMiss(wasNone, x)
		t.talk.Misses = 1
		t.unknown(exchange{N: x.N})
	case doTry:
		t.say(t.w.TryWords)
	case doAsk:
		return t.askAbout(a.n)
	case doBook:
		if a.id != "" {
			return t.bookAgain(a.id)
		}
		x, _ := t.talk.exchange(a.n)
		topic := ""
		if len(x.Entries) > 0 {
			topic = x.Entries[0]
		}
		return t.book("", topic, "")
	case doLanguage:
		return t.chooseLanguage(faq.Language(a.id))
	case doMine:
		return t.myVisits()
	case doPick, doNoneFits, doChange, doCancelVisit, doReallyCancel, doKeepVisit:
		return t.tapVisit(a)
	case doPut, doOpen, doBack, doSend, doSkip, doCancel, doContinue, doRestart, doType, doTell:
		return t.tapForm(a)
	case doCallMe, doFine:
		return t.tapUrgent(a)
	case doHelped, doNotHelped:
		return t.rate(a)
	case doUntell:
		return t.untell()
	case doRepeat:
		t.toast = t.w.TapRepeat
	case doUndo:
		if m.undo == nil {
			t.log.Info("tap of an admin's button refused", "user", t.person.ID)
			t.toast, t.alert = t.w.AdminOnly, true
			return nil
		}
		return t.undoFAQ(m.undo)
	case doComing, doStay, doWell, doWorried, doSigns:
		return t.tapAfter(a)
	case doRemove:
		return t.tapTeam(a)
	default: // data that no button of ours has, or one of the team's
		t.toast, t.alert = t.w.TapUnknown, true
	}
	return nil
}

// gone says that what a button was about is no longer known.
func (t *turn) gone() error {
	t.toast = t.w.TapGone
	t.strip()
	t.topics(0, false)
	return nil
}

// pick says the entry that was chosen. One that the clinic has taken out since has its question searched again.
func (t *turn) pick(m meaning) error {
	if e, found := t.faq.Entry(m.act.id); found {
		if m.act.n != 0 {
			t.count(hasChosen, e.ID)
		}
		x, known := t.talk.exchange(m.act.n)
		if known && x.Picked != "" && t.now.Sub(x.PickAt) < pickFor {
			t.toast = fill(t.w.TapPicked, "title", t.titleOf([]string{x.Picked}))
			return nil
		}
		t.picked(x, e)
		if known && x.Text != "" && x.Kind == index.KindChoose {
			return t.sayEntry(e, x.Text) // the team is shown what the patient wrote, not what the button said
		}
		return t.sayEntry(e, t.title(e))
	}
	if m.query == "" {
		return t.gone()
	}
	t.toast = t.w.TapChanged
	if m.found.Kind == index.KindUrgent {
		m.found = index.Answer{Kind: index.KindUnknown} // the words raised the alarm when they were written
	}
	return t.answer(m.query, m.found, "")
}

// picked notes which of the offered entries was chosen. The wording is kept for the admin: it may become one of the entry's.
func (t *turn) picked(x exchange, e *faq.Entry) {
	if x.N == 0 {
		return
	}
	t.talk.change(x.N, func(x *exchange) { x.Picked, x.PickAt = e.ID, t.now })
	if x.Kind == index.KindChoose || x.Missed != "" {
		t.missed(hasChosen, exchange{Text: x.Text, Entries: []string{e.ID}, Next: x.Next})
	}
}

// notMeant offers the next candidates of an exchange.
func (t *turn) notMeant(a action) error {
	x, known := t.talk.exchange(a.n)
	if !known {
		return t.gone()
	}
	t.countMiss(wasWrong, x)
	next := t.known(x.Next)
	if len(next) == 0 {
		t.talk.Misses = 1
		t.unknown(exchange{N: x.N})
		return nil
	}
	rows := t.choiceRows(next[:min(2, len(next))], x.N)
	t.say(t.w.NotMeant, append(rows, []button{{t.w.ButtonNone, action{do: doNone, n: x.N}}})...)
	return nil
}

// askAbout begins to ask the clinic about an exchange. What was already passed on is not sent twice.
func (t *turn) askAbout(n int64) error {
	x, _ := t.talk.exchange(n)
	if x.Case != 0 {
		t.toast = fill(t.w.TapSent, "case", x.Case.String())
		return nil
	}
	if f := t.talk.Form; f != nil && n != 0 && f.Exchange == n {
		return t.step(f, f.Step) // a second tap on the same button
	}
	return t.ask(x)
}

func (t *turn) chooseLanguage(l faq.Language) error {
	if t.words[l] == nil {
		t.askLanguage()
		return nil
	}
	t.person.Language = l
	if err := t.tx.PutPerson(t.person); err != nil {
		return err
	}
	t.speak(l)
	t.say(t.w.LanguageSet, t.menuRow())
	t.offerForm()
	return nil
}

// tapForm does what a button of a form asks for, if that form is the one that is being filled.
func (t *turn) tapForm(a action) error {
	f, n := t.talk.Form, a.n
	if a.do == doPut || a.do == doOpen || a.do == doBack {
		n /= revs
	}
	if f == nil || f.N != n {
		return t.overForm(n)
	}
	if f.isBooking() {
		return t.tapBooking(f, a)
	}
	switch a.do {
	case doSend:
		if f.Step == stepReview || f.Step == stepWords && f.Words != "" && f.Kind == desk.Question {
			return t.send(f)
		}
		return t.step(f, f.Step)
	case doTell:
		if !f.NoAnswer || f.Step != stepReview {
			return t.step(f, f.Step)
		}
		f.Tell = !f.Tell
		if m := t.update.CallbackQuery.Message.Message; m != nil {
			t.edit = int64(m.ID)
		}
		return t.step(f, f.Step)
	case doSkip:
		return t.step(f, f.Step)
	case doContinue:
		return t.step(f, f.Step)
	case doRestart:
		again := *f
		again.Words, again.Before, again.NoAnswer, again.Tell = "", nil, false, false
		s := stepWords
		if f.Call != 0 {
			s = stepPhone
		}
		if len(f.Files) > 0 {
			again.Words, s = f.Words, stepReview // a recording or picture cannot be begun anew
		}
		return t.step(t.talk.begin(again, t.now), s)
	}
	t.strip()
	if a.do == doType {
		t.talk.end(0)
		t.say(t.w.AskType)
		t.offerForm()
		return nil
	}
	t.toast = t.w.FormDropped
	return t.dropForm(f)
}

// overForm answers a button of a form that is over: it says how it ended, and takes the buttons away.
func (t *turn) overForm(n int64) error {
	e, known := t.talk.hasEnded(n)
	switch {
	case known && e.Case != 0:
		t.toast = fill(t.w.TapSent, "case", e.Case.String())
	case known:
		t.toast = t.w.TapDropped
	default:
		t.toast = t.w.TapGone
	}
	if !e.Turned {
		t.strip()
	}
	t.offerForm()
	return nil
}

// ownCase returns the case of a button, and whether it is the patient's own. Of any other the tap's answer says so.
func (t *turn) ownCase(a action) (c desk.Case, own bool, err error) {
	c, err = t.tx.Case(desk.CaseID(a.n))
	if isNotFound(err) || err == nil && c.Patient != t.person.ID {
		t.toast, t.alert = t.w.TapOther, true
		return c, false, nil
	}
	return c, err == nil, err
}

// tapUrgent does what a button under a safe text asks for. The case must be the patient's own.
func (t *turn) tapUrgent(a action) error {
	c, own, err := t.ownCase(a)
	if !own {
		return err
	}
	if a.do == doFine {
		return t.fine(c)
	}
	return t.callMe(c)
}
