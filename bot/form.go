package bot

import (
	"slices"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// form is something that a patient is about to send to the clinic.
type form struct {
	N        int64         `json:"n"`
	Kind     desk.CaseKind `json:"kind"`
	Step     step          `json:"step"`
	Words    string        `json:"words,omitempty"`
	Topic    string        `json:"topic,omitempty"`     // id of the entry it is about
	Said     []string      `json:"said,omitempty"`      // ids of the entries that had been said
	Exchange int64         `json:"exchange,omitempty"`  // the question it came from
	Call     desk.CaseID   `json:"call,omitempty"`      // the urgent case whose patient wants to be called: only the phone is asked
	Files    []int64       `json:"files,omitempty"`     // messages to pass on
	Message  int64         `json:"message,omitempty"`   // the patient's that holds the words, if they were written for the form
	Group    string        `json:"group,omitempty"`     // the album they belong to
	NoAnswer bool          `json:"no_answer,omitempty"` // the bot had none: the patient may want to hear when it has
	Tell     bool          `json:"tell,omitempty"`      // and does
	Nagged   bool          `json:"nagged,omitempty"`    // has been reminded of
	At       time.Time     `json:"at"`                  // last touched

	// Of a request for a visit.
	Visit   *desk.Form `json:"visit,omitempty"`
	Rev     int64      `json:"rev,omitempty"`   // rises whenever it is shown
	Key     string     `json:"key,omitempty"`   // of the outbox row that shows it
	Shows   int64      `json:"shows,omitempty"` // the message of ours that shows it, if known
	Old     []string   `json:"old,omitempty"`   // keys of rows that show it as it was, and are still to be taken away
	Keys    bool       `json:"keys,omitempty"`  // the keyboard for the number is there
	Nudged  bool       `json:"nudged,omitempty"`
	Pending string     `json:"pending,omitempty"` // an answer that came after a long time, until the patient wants to go on
	EraseAt time.Time  `json:"erase_at,omitzero"`
	Before  *form      `json:"before,omitempty"` // interrupted by this one
}

// step is what a form waits for.
type step string

const (
	stepWords  step = "words"
	stepPhone  step = "phone"
	stepReview step = "review"
)

// takes tells whether a text is meant for the form's step, and not a question asked in between.
func (f *form) takes(text string, b *Bot, now time.Time) bool {
	if now.Sub(f.At) > formFor {
		return false
	}
	switch f.Step {
	case stepWords:
		return true
	case stepPhone:
		return b.isLabel(text, func(w *words) string { return w.ButtonHereOnly }) ||
			b.isLabel(text, func(w *words) string { return w.ButtonCancel }) || desk.LooksLikePhone(text)
	}
	return false
}

// isLabel tells whether a text is a button's label in any language: a reply keyboard sends its labels as text.
func (b *Bot) isLabel(text string, label func(*words) string) bool {
	for _, l := range faq.Languages {
		if text == label(b.words[l]) {
			return true
		}
	}
	return false
}

// fillForm gives the form the text that its step was waiting for.
func (t *turn) fillForm(text string) error {
	f := t.talk.Form
	switch {
	case f.Step == stepPhone && t.isLabel(text, func(w *words) string { return w.ButtonCancel }):
		return t.dropForm(f)
	case f.Step == stepPhone && t.isLabel(text, func(w *words) string { return w.ButtonHereOnly }):
		return t.hereOnly(f)
	}
	if f.Step == stepPhone {
		phone, err := desk.FindPhone(text)
		if err != nil {
			t.sayWith(t.w.PhoneUnclear, phoneKeyboard(t.w))
			return nil
		}
		return t.givePhone(f, phone)
	}
	f.Words, f.Exchange, f.Message = cut(text, maxWords), 0, int64(t.message().ID)
	f.NoAnswer, f.Tell = false, false
	return t.step(f, stepReview)
}

// step goes to a step of the form and asks for what it needs.
func (t *turn) step(f *form, s step) error {
	f.Step, f.At, f.Nagged = s, t.now, false
	cancel := button{t.w.ButtonCancel, action{do: doCancel, n: f.N}}
	switch {
	case s == stepPhone:
		t.sayWith(t.w.CallAsk, phoneKeyboard(t.w))
	case s == stepWords && f.Words != "":
		t.say(fill(t.w.AskThis, "words", cut(f.Words, maxShown))+"\n\n"+t.w.Consent,
			[]button{{t.w.ButtonSendAsIs, action{do: doSend, n: f.N}}}, []button{cancel})
	case s == stepWords:
		t.say(t.w.AskWords, []button{cancel})
	default:
		t.review(f, cancel)
	}
	return nil
}

// review shows what will be sent.
func (t *turn) review(f *form, cancel button) {
	send := button{t.w.ButtonSend, action{do: doSend, n: f.N}}
	what := cut(f.Words, maxShown)
	if what == "" {
		what = t.w.CardNoWords
	}
	t.say(fill(t.w.Review, "words", what)+"\n\n"+t.w.Consent, t.tellRow(f), []button{send, cancel})
}

// givePhone takes the number that a form was waiting for.
func (t *turn) givePhone(f *form, phone string) error {
	t.person.Phone = phone
	if err := t.tx.PutPerson(t.person); err != nil {
		return err
	}
	if f.isBooking() {
		a, err := t.around()
		if err != nil {
			return err
		}
		before := f.Visit.Phone
		f.Visit.GivePhone(a, phone)
		t.noteContact(f, before)
		t.show(f, a, "")
		return nil
	}
	if _, err := t.desk.GivePhone(t.tx, f.Call, t.person.ID, phone); err != nil {
		return err
	}
	t.talk.end(f.Call)
	t.sayWith(fill(t.w.CallNoted, "end", ending(phone)), removeKeyboard)
	t.offerForm()
	return nil
}

// hereOnly lets a patient who wanted to be called go on without a number.
func (t *turn) hereOnly(f *form) error {
	t.talk.end(f.Call)
	t.sayWith(t.w.CallBackNever, removeKeyboard)
	t.offerForm()
	return nil
}

func (t *turn) dropForm(f *form) error {
	if f.isBooking() {
		return t.dropBooking(f)
	}
	asked := f.Step == stepPhone
	t.talk.end(0)
	if asked {
		t.sayWith(t.w.FormDropped, removeKeyboard)
	} else {
		t.say(t.w.FormDropped, t.menuRow())
	}
	t.offerForm()
	return nil
}

// offerForm reminds of a form that was interrupted, once.
func (t *turn) offerForm() {
	f := t.talk.Form
	if f.isBooking() && t.shown == f {
		return
	}
	if f.isBooking() && t.now.Sub(f.At) <= formFor {
		if a, err := t.around(); err == nil { // else there is nothing to go on with
			t.show(f, a, t.w.BookKept)
		}
		return
	}
	if f == nil || f.Nagged {
		return
	}
	t.sayKept(f)
}

// sayKept asks whether to go on with a form that was left for some time.
func (t *turn) sayKept(f *form) {
	f.Nagged = true
	t.say(t.w.FormKept,
		[]button{{t.w.ButtonContinue, action{do: doContinue, n: f.N}}, {t.w.ButtonStartOver, action{do: doRestart, n: f.N}}},
		[]button{{t.w.ButtonCancel, action{do: doCancel, n: f.N}}})
}

// ask begins to ask the clinic: with a question that was just asked, or with one to be written.
func (t *turn) ask(x exchange) error {
	if x.Text == "" {
		return t.step(t.talk.begin(form{Kind: desk.Question}, t.now), stepWords)
	}
	return t.step(t.talk.begin(x.form(), t.now), stepReview)
}

// form is what asking the clinic about an exchange starts with.
func (x exchange) form() form {
	f := form{Kind: desk.Question, Words: x.Text, Exchange: x.N, NoAnswer: x.unanswered()}
	if x.isQuestion() && len(x.Entries) > 0 {
		f.Topic, f.Said = x.Entries[0], x.Entries
	}
	return f
}

// unanswered tells whether the bot had no answer to the exchange, or not the one that was meant.
func (x exchange) unanswered() bool {
	return x.Kind == index.KindUnknown || x.Kind == index.KindChoose && len(x.Entries) == 0 || x.Missed != ""
}

// isQuestion tells whether the exchange is about something that the clinic could answer.
func (x exchange) isQuestion() bool {
	return slices.Contains([]index.Kind{index.KindAnswer, index.KindStaff, index.KindChoose, index.KindUnknown}, x.Kind)
}

// send opens the case that the form describes.
func (t *turn) send(f *form) error {
	if t.person.Muted(t.now) {
		t.talk.end(0)
		t.strip()
		t.say(t.w.Muted, t.menuRow())
		return nil
	}
	if f.isBooking() {
		return t.sendBooking(f)
	}
	t.person.Consent = t.now
	if err := t.tx.PutPerson(t.person); err != nil {
		return err
	}
	words := f.Words
	if words == "" {
		words = t.w.CardNoWords
	}
	c, err := t.openCase(f, words)
	if err != nil {
		return err
	}
	t.talk.passed(f.Exchange, c.ID)
	t.talk.went(f.Message, c.ID)
	t.talk.Misses = 0
	for _, m := range f.Files {
		t.passFile(c, m)
		t.talk.went(m, c.ID)
	}
	if f.Group != "" {
		t.talk.Album = album{Group: f.Group, Case: c.ID}
	}
	t.talk.end(c.ID)
	t.strip()
	sent := t.w.Sent
	if len(f.Files) > 0 {
		sent = t.w.FilesSent
	}
	promise, err := t.promise()
	if err != nil {
		return err
	}
	t.toast = fill(t.w.TapSentNow, "case", c.ID.String())
	text := fill(sent, "case", c.ID.String(), "promise", promise)
	if f.Tell {
		text += "\n\n" + t.w.SentTell
	}
	t.say(text, t.menuRow())
	t.offerForm()
	return nil
}

// openCase opens a form's case. Files go to the case that is open already, if there is one.
func (t *turn) openCase(f *form, words string) (desk.Case, error) {
	if len(f.Files) > 0 {
		if c, open, err := t.desk.Latest(t.tx, t.person.ID); err != nil {
			return desk.Case{}, err
		} else if open {
			return t.desk.Append(t.tx, c.ID, t.person.ID, words)
		}
	}
	t.countCase(f.Kind)
	o := desk.Opening{
		Kind: f.Kind, Patient: t.person.ID, Language: t.lang, Name: t.person.Name,
		Words: words, Topic: f.Topic, Said: t.plainAnswers(f.Said),
	}
	if f.Tell {
		o.Wish = desk.Wish{Since: t.now, Not: f.Said}
	}
	return t.desk.Open(t.tx, o)
}
