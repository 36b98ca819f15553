package bot

import (
	"slices"
	"strings"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// What a patient types while a request for a visit is being filled in.

// control is a button's work asked for in words.
type control string

const (
	noControl control = ""
	goBack    control = "back"
	goCancel  control = "cancel"
	goSkip    control = "skip"
	goSend    control = "send"
)

// controls are the words for it, beside the labels of the buttons.
var controls = map[control][]string{
	goBack:   {"back", "go back", "wapas", "wapis", "peeche", "pichla", "واپس", "پیچھے"},
	goCancel: {"cancel", "stop", "cancel it", "cancel karo", "cancel kar do", "cancel kar dein", "cancel krdo", "chhor do sab", "منسوخ", "منسوخ کر دیں", "کینسل"},
	goSkip:   {"skip", "next", "aage", "chhor dein", "chor dein", "rehne dein", "چھوڑ دیں", "آگے", "رہنے دیں"},
	goSend: {"send", "send it", "send request", "send kar dein", "send kardo", "send krdo", "yes", "yes send", "yes please", "ok", "okay", "ok send", "haan", "han", "ji", "ji haan", "bhej dein",
		"bhejdein", "bhej do", "bhejein", "theek hai", "sahi hai", "done", "ہاں", "جی", "جی ہاں", "بھیج دیں", "ٹھیک ہے"},
}

// sendWords ask for sending and cannot be the answer to a question.
var sendWords = []string{"send", "send it", "send request", "send kar dein", "send kardo", "send krdo", "bhej dein", "bhejdein", "bhej do", "bhejein", "بھیج دیں"}

// controlIn returns what a text asks for that is a button's work at the form's step.
func (b *Bot) controlIn(text string, step desk.StepKey) control {
	said := faq.Normalize(text)
	is := func(c control, label func(*words) string) bool {
		return slices.Contains(controls[c], said) || b.isLabel(text, label)
	}
	switch {
	case is(goCancel, func(w *words) string { return w.ButtonCancel }):
		return goCancel
	case is(goBack, func(w *words) string { return w.ButtonBack }):
		return goBack
	case step == desk.Review && (is(goSend, func(w *words) string { return w.ButtonSendRequest }) || b.isLabel(text, func(w *words) string { return w.ButtonSendChange })):
		return goSend
	case (step == desk.AskNote || step == desk.AskIntake) && slices.Contains(sendWords, said):
		return goSend
	case (step == desk.AskNote || step == desk.AskIntake) && is(goSkip, func(w *words) string { return w.ButtonSkip }):
		return goSkip
	}
	return noControl
}

// labelled returns the choice whose button's label was typed: a reply keyboard sends its labels as text.
func (t *turn) labelled(f *form, text string) (choice string, found bool) {
	if f.Visit.Step == desk.AskPhone && t.isLabel(text, func(w *words) string { return w.ButtonHereOnly }) {
		return desk.HereOnly, true
	}
	return "", false
}

// decideBooking takes a text for the answer to the form's question if it clearly is; what may be something else is searched for as well,
// and decided by what is found.
func (t *turn) decideBooking(f *form, text string) (meaning, error) {
	m := meaning{kind: aValue, text: text}
	if _, found := t.labelled(f, text); found || t.controlIn(text, f.Visit.Step) != noControl {
		m.fit = desk.Fits
		return m, nil
	}
	a, err := t.around()
	if err != nil {
		return m, err
	}
	draft := *f.Visit
	if m.fit, _ = draft.Read(a, text, desk.Not); m.fit == desk.Fits {
		return m, nil
	}
	if hasWords(text) && !isLink(text) {
		m.query = text // by itself: a word that nothing fits is no question about the last topic
	}
	return m, nil
}

// asksInstead tells whether a text that was typed at a step is something else than the answer, by what the index has found for it.
func (t *turn) asksInstead(m meaning, step desk.StepKey) bool {
	k := m.found.Kind
	switch {
	case m.query == "" || k == "" || k == index.KindUnknown:
		return false
	case k == index.KindUrgent:
		return step != desk.AskName || m.fit == desk.Not // a name is no story; the rules have read it all the same
	case k == index.KindBooking && m.fit == desk.Not:
		return t.asksAbout(m.found.Entries)
	case m.fit == desk.Not:
		return true
	case step == desk.AskNote || step == desk.AskIntake:
		return asks(m.text) && (slices.Contains([]index.Kind{index.KindAnswer, index.KindStaff, index.KindHuman}, k) || k == index.KindBooking && t.asksAbout(m.found.Entries))
	case step == desk.AskName:
		return slices.Contains([]index.Kind{index.KindAnswer, index.KindStaff, index.KindHuman, index.KindBooking}, k)
	}
	return slices.Contains([]index.Kind{index.KindAnswer, index.KindStaff, index.KindHuman}, k)
}

// asksAbout tells whether one of the entries answers something about the clinic, or about a visit that was asked for.
func (t *turn) asksAbout(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		e, found := t.faq.Entry(id)
		return found && (e.Kind != faq.Booking || e.About != "" || e.Clinic != "")
	})
}

// questionWords begin a question, in the three languages.
var questionWords = strings.Fields(`how what when why who where which is are can could does do did will would should may kya kitne kitna kitni kab kaise kaisa kaisi kaun kahan kyun kyu
	کیا کتنے کتنا کتنی کب کیسے کون کہاں کیوں`)

// asks tells whether a text looks like a question.
func asks(text string) bool {
	if strings.ContainsAny(text, "?؟") {
		return true
	}
	fields := strings.Fields(faq.Normalize(text))
	return len(fields) > 1 && slices.Contains(questionWords, fields[0])
}

// bookingText does what a text means that was typed while a booking is filled in.
func (t *turn) bookingText(f *form, m meaning) error {
	if f.isOld(t.now) {
		f.Pending = m.text
		t.sayKept(f)
		return nil
	}
	if t.asksInstead(m, f.Visit.Step) {
		return t.asked(m)
	}
	a, err := t.around()
	if err != nil {
		return err
	}
	if choice, found := t.labelled(f, m.text); found {
		return t.choose(f, a, choice)
	}
	switch t.controlIn(m.text, f.Visit.Step) {
	case goCancel:
		return t.dropForm(f)
	case goBack:
		return t.back(f, a)
	case goSkip:
		if slices.Contains(f.Visit.Choices(a), desk.Known) {
			return t.choose(f, a, desk.Known) // to skip is not to take out
		}
		return t.choose(f, a, desk.Skip)
	case goSend:
		return t.sendOr(f, a)
	}
	return t.answerBooking(f, a, m)
}

// sendOr sends the request; where something is still asked that can be left out, the patient is shown first what will be sent.
func (t *turn) sendOr(f *form, a desk.Around) error {
	if f.Visit.Step == desk.Review {
		return t.send(f)
	}
	f.Visit.SkipRest(a)
	t.show(f, a, "")
	return nil
}

// answerBooking gives the form a text as the answer to its question.
func (t *turn) answerBooking(f *form, a desk.Around, m meaning) error {
	step, phone := f.Visit.Step, f.Visit.Phone
	fit, err := f.Visit.Read(a, m.text, desk.Perhaps)
	switch {
	case fit == desk.Not && step == desk.Review:
		f.Visit.AddNote(m.text)
		return t.proceed(f, a, t.w.BookNoted)
	case fit == desk.Not && m.found.Kind == index.KindBooking && step != desk.AskTreatment:
		f.Words = cut(strings.TrimSpace(f.Words+"\n"+m.text), maxWords)
		t.show(f, a, "")
		return nil
	case fit == desk.Not && step == desk.AskTreatment:
		f.Words = cut(strings.TrimSpace(f.Words+"\n"+m.text), maxWords)
		t.show(f, a, t.w.TreatmentUnclear)
		return nil
	case fit == desk.Not:
		_, err = f.Visit.Read(a, m.text, desk.Not)
		t.show(f, a, t.fault(f, a, err))
		return nil
	case err != nil:
		t.show(f, a, t.fault(f, a, err))
		return nil
	}
	if step == desk.AskTreatment && f.Visit.Case == 0 {
		if shown, err := t.showOpen(a, f.Visit.Visit.Treatment); err != nil || shown {
			return err
		}
	}
	t.noteContact(f, phone)
	t.keepHour(f, step, m.text, a)
	t.show(f, a, t.readBack(step, f, m.text, a))
	return nil
}

// keepHour keeps the words in which a patient named an hour: the form asks only for the part of the day, and the team has to know it.
func (t *turn) keepHour(f *form, step desk.StepKey, text string, a desk.Around) {
	asked := step == desk.AskDay || step == desk.AskPart || step == desk.Review
	if asked && a.ReadDay(text, t.now, desk.Day{}).Hour {
		f.Words = cut(strings.TrimSpace(f.Words+"\n"+text), maxWords)
	}
}

// noteContact tells what was understood of the number, once it has been given or declined, and takes the keyboard away.
func (t *turn) noteContact(f *form, before string) {
	switch v := f.Visit; {
	case v.Phone != "" && v.Phone != before && desk.IsForeign(v.Phone):
		t.takeKeys(f, fill(t.w.PhoneForeign, "phone", desk.ShowPhone(v.Phone)))
	case v.Phone != "":
		t.takeKeys(f, fill(t.w.PhoneKept, "end", ending(v.Phone)))
	case v.Visit.HereOnly:
		t.takeKeys(f, t.w.PhoneNone)
	}
}

// readBack repeats a day that was typed, as it was understood.
func (t *turn) readBack(step desk.StepKey, f *form, text string, a desk.Around) string {
	r := a.ReadDay(text, t.now, desk.Day{})
	if step != desk.AskDay && (step != desk.Review || len(r.Days) == 0) {
		return ""
	}
	back := fill(t.w.BookReadBack, "value", t.dayOf(f.Visit.Visit))
	if r.Part != "" && f.Visit.Step == desk.AskPart { // the clinic is closed at that time of the day
		back += "\n" + t.w.PartClosed
	}
	return back
}

// choose gives the form one of its choices, tapped or asked for in words.
func (t *turn) choose(f *form, a desk.Around, choice string) error {
	step := f.Visit.Step
	if step == desk.AskDay && choice == otherDay {
		f.Visit.Offer = nil
		t.show(f, a, t.w.DayHow)
		return nil
	}
	if err := f.Visit.Take(a, choice); err != nil {
		t.show(f, a, t.fault(f, a, err))
		return nil
	}
	if step == desk.AskTreatment && f.Visit.Case == 0 {
		if shown, err := t.showOpen(a, f.Visit.Visit.Treatment); err != nil || shown {
			return err
		}
	}
	if step == desk.AskPhone {
		t.noteContact(f, f.Visit.Phone)
	}
	t.show(f, a, "")
	return nil
}

// back asks the question before, or leads back to the review.
func (t *turn) back(f *form, a desk.Around) error {
	f.Visit.Back(a)
	t.show(f, a, "")
	return nil
}

// showAgain brings up to date what was tapped, whose buttons are those of an earlier question. When a call was cut off the form may be in
// the chat twice: the lower copy becomes the form, and an upper one loses its buttons.
func (t *turn) showAgain(f *form, a desk.Around) error {
	switch at := t.standsAt(f); {
	case at == t.inPlace && t.messageOf(f.Key) == 0, at == 0:
		return nil // it is on its way
	case at > t.inPlace:
		t.strip()
		return nil
	}
	return t.proceed(f, a, "")
}
