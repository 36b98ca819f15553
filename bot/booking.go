package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/store"
)

// A request for a visit is one message that is edited in place: what is noted so far, the question that is asked, its
// buttons. When the patient writes it moves below what they wrote. Each of its buttons carries how often the form has changed, so
// that a second tap on any of them does nothing.

// isBooking tells whether a form is a request for a visit.
func (f *form) isBooking() bool { return f != nil && f.Visit != nil }

// isOld tells whether the patient has left a form so long ago that they have to be told that it was kept.
func (f *form) isOld(now time.Time) bool { return now.Sub(f.At) > formFor }

// revs is how many changes of a form its buttons can tell apart.
const revs = 1 << 12

// token is what a button of a booking carries as its number.
func (f *form) token() int64 { return f.N*revs + f.Rev%revs }

// around is what a booking is filled in with.
func (t *turn) around() (desk.Around, error) {
	cal, err := t.desk.Calendar(t.tx)
	a := desk.Around{Calendar: cal, Now: t.now, Intake: t.faq.Intake, Language: t.lang, Phone: t.person.Phone}
	if u := t.from(); u != nil {
		a.FirstName = tidyName(u.FirstName)
	}
	return a, err
}

// book begins a request for a visit, with what the patient's words say of it already. intro is said above the first question.
func (t *turn) book(words, topic, intro string) error {
	a, err := t.around()
	if err != nil {
		return err
	}
	v := desk.Visit{Treatment: t.treatmentOf(a, words, topic)}
	if r := a.ReadDay(words, t.now, desk.Day{}); len(r.Days) == 1 && !r.Unsure {
		v.Day, v.Part = r.Days[0], r.Part
	}
	return t.beginVisit(a, v, form{Kind: desk.Booking, Words: words, Topic: topic}, intro)
}

// bookAgain begins a request for the treatment that an earlier visit was for, if the clinic still has it.
func (t *turn) bookAgain(treatment string) error {
	a, err := t.around()
	if err != nil {
		return err
	}
	if !a.Offers(treatment) {
		treatment = ""
	}
	return t.beginVisit(a, desk.Visit{Treatment: treatment}, form{Kind: desk.Booking}, "")
}

// beginVisit begins a request with what is known of it. One that has been begun is gone on with, and one that is open for the same shown.
func (t *turn) beginVisit(a desk.Around, v desk.Visit, begun form, intro string) error {
	for t.talk.draft() != nil && !t.talk.Form.isBooking() {
		t.talk.end(0) // what had interrupted it
	}
	if f := t.talk.Form; f.isBooking() {
		if begun.Words != "" {
			f.Words = cut(strings.TrimSpace(f.Words+"\n"+begun.Words), maxWords)
		}
		return t.proceed(f, a, join(intro, t.w.BookKept))
	}
	if v.Treatment != "" {
		if shown, err := t.showOpen(a, v.Treatment); err != nil || shown {
			return err
		}
	}
	begun.Visit = desk.Begin(v, a)
	t.show(t.talk.begin(begun, t.now), a, intro)
	return nil
}

// treatmentOf is the treatment that the patient's words name, or the entry they come from is about.
func (t *turn) treatmentOf(a desk.Around, words, topic string) string {
	if id := a.Treatment(words); id != "" || words != "" && topic == "" {
		return id
	}
	e, found := t.faq.Entry(topic)
	if !found {
		return ""
	}
	about := []string{e.ID}
	for _, title := range e.Title {
		about = append(about, title)
	}
	for _, d := range t.faq.Documents {
		if d.ID == e.Source.Document {
			about = append(about, d.Title)
		}
	}
	return a.Treatment(strings.Join(about, " "))
}

// proceed shows the form again. A day that can no longer be asked for is asked for anew.
func (t *turn) proceed(f *form, a desk.Around, note string) error {
	if err := f.Visit.Stale(a); err != nil {
		note = t.fault(f, a, err)
	}
	t.show(f, a, note)
	return nil
}

// show puts the form's message as it now is: what is noted, a note, the question.
func (t *turn) show(f *form, a desk.Around, note string) {
	f.Rev++
	t.shown = f
	f.At, f.Nagged = t.now, false
	v := f.Visit
	title := t.w.BookTitle
	if v.Case != 0 {
		title = fill(t.w.BookChangeTitle, "case", v.Case.String())
	}
	question, rows := t.questionOf(f, a)
	text := join(title+"\n"+t.noted(f, a, v.Step == desk.Review), note, question)
	t.put(f, text, rows)
	switch {
	case v.Step == desk.AskPhone && !f.Keys:
		f.Keys = true
		t.sayWith(t.w.BookKeys, phoneKeyboard(t.w))
	case v.Step != desk.AskPhone:
		t.takeKeys(f, t.w.KeysAway)
	}
	t.watchDraft(f, a)
}

// takeKeys takes the keyboard for the number away, if it is there.
func (t *turn) takeKeys(f *form, text string) {
	if f.Keys {
		f.Keys = false
		t.sayWith(text, removeKeyboard)
	}
}

// put edits the form's message in place when one of its buttons was tapped, else puts it below what was said last. What else of it
// stands above is deleted: a call that was cut off may have left a copy. One below is left until it is tapped, for that is where the
// patient looks.
func (t *turn) put(f *form, text string, rows [][]button) {
	earlier, shown := append(f.Old, f.Key), f.Shows
	place := int64(0)
	if t.inPlace != 0 && !t.said {
		place = t.inPlace
		t.replaceForm(f, place, text, keyboard(rows...))
	} else {
		t.sayWith(text, keyboard(rows...))
		f.Key, f.Shows = t.lastKey(), 0
	}
	f.Old = nil
	for i, key := range earlier {
		id := t.messageOf(key)
		if key != "" && (id == 0 || place != 0 && id > place) && len(f.Old) < maxEnded { // on its way, or below
			f.Old = append(f.Old, key)
		}
		if id == 0 && i == len(earlier)-1 {
			id = shown
		}
		if id != 0 && (place == 0 || id < place) {
			t.queue(t.chat.ID, "deleteMessage", &telegram.DeleteMessageParams{ChatID: t.chat.ID, MessageID: int(id)},
				store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toPatient}.String()})
		}
	}
}

// standsAt returns the message that is the form as far as is known, 0 while it is on its way.
func (t *turn) standsAt(f *form) int64 {
	if id := t.messageOf(f.Key); id != 0 {
		return id
	}
	return f.Shows
}

func (t *turn) replaceForm(f *form, message int64, text string, k *models.InlineKeyboardMarkup) {
	t.said = true
	t.queue(t.chat.ID, "editMessageText", &telegram.EditMessageTextParams{
		ChatID: t.chat.ID, MessageID: int(message), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: k,
	}, store.Outbound{Purpose: purpose{what: toForm}.String()})
	f.Key, f.Shows = t.lastKey(), message
}

// anew is added to the key of an edit that found nothing to edit: what it said was sent as a new message then.
const anew = "/anew"

// messageOf returns the message that a row of a form has sent or edited, 0 if none is known.
func (t *turn) messageOf(key string) int64 { return sentAs(t.tx, key) }

func sentAs(tx *store.Tx, key string) int64 {
	for _, k := range []string{key + anew, key} {
		if id, sent, err := tx.Sent(k); key != "" && err == nil && sent && id != 0 {
			return id
		}
	}
	return 0
}

// formGone sends what an edit should have shown, when the message to edit is gone.
func (b *Bot) formGone(tx *store.Tx, o store.Outbound) error {
	send := map[string]json.RawMessage{}
	if err := json.Unmarshal(o.Body, &send); err != nil {
		return fmt.Errorf("parameters: %w", err)
	}
	delete(send, "message_id")
	o.Key, o.Method, o.Body, o.CreatedAt = o.Key+anew, "sendMessage", body(send), b.now()
	o.Purpose = purpose{what: toPatient}.String()
	return tx.Queue(o)
}

// questionOf is the question that is asked, and its buttons.
func (t *turn) questionOf(f *form, a desk.Around) (text string, rows [][]button) {
	v := f.Visit
	choices := v.Choices(a)
	put := func(label, id string) button { return button{label, action{do: doPut, id: id, n: f.token()}} }
	switch v.Step {
	case desk.AskTreatment:
		text = t.w.BookTreatment
		for _, id := range choices {
			rows = append(rows, []button{put(t.treatment(id), id)})
		}
	case desk.AskDay:
		text = t.w.BookDay
		if len(v.Offer) > 0 {
			text = ""
		}
		for _, id := range choices[:len(choices)-1] {
			rows = inPairs(rows, put(t.dayLabel(a, id), id))
		}
		rows = append(rows, []button{put(t.w.ButtonOtherDay, otherDay), put(t.w.ValueAnyDay, desk.AnyDay)})
	case desk.AskPart:
		text = t.w.BookPart
		for _, w := range a.Windows(v.Visit.Day, t.now) {
			rows = append(rows, []button{put(t.window(a, w), w.Part)})
		}
		rows = append(rows, []button{put(t.w.ValueAnyPart, desk.AnyPart)})
	case desk.AskName:
		text = t.w.BookName
		if len(choices) > 0 {
			rows = append(rows, []button{put(a.FirstName, desk.Known)})
		}
	case desk.AskPhone:
		text = t.w.BookPhone
		if slices.Contains(choices, desk.Known) {
			rows = append(rows, []button{put(fill(t.w.ValueEnding, "end", ending(a.Phone)), desk.Known)})
		}
		rows = append(rows, []button{put(t.w.ButtonHereOnly, desk.HereOnly)})
	case desk.AskNote:
		text = t.w.BookNote
		if slices.Contains(choices, desk.Female) {
			rows = append(rows, []button{put(tick(v.Visit.Female)+t.w.ButtonFemale, desk.Female)})
		}
		if slices.Contains(choices, desk.Known) {
			text = fill(t.w.BookNoteAgain, "note", cut(v.Visit.Note, 400))
			rows = append(rows, []button{put(t.w.ButtonLeave, desk.Known), put(t.w.ButtonTakeOut, desk.Skip)})
			break
		}
		rows = append(rows, []button{put(t.w.ButtonSkip, desk.Skip)})
	case desk.AskIntake:
		q, _ := v.Intake(a)
		question, _ := q.Question.In(t.lang)
		text = strings.ReplaceAll(t.w.BookIntake, "{question}", escape(question))
		text = fill(text, "n", strconv.Itoa(len(v.Visit.Intake)+1), "all", strconv.Itoa(len(a.Intake)))
		rest := put(t.w.ButtonSkipAll, desk.SkipAll)
		if before := v.Before(q.ID); before != "" {
			text += "\n" + fill(t.w.BookBefore, "answer", cut(t.w.intakeAnswer(before), 200))
			rows, rest.label = append(rows, []button{put(t.w.ButtonLeave, desk.Known)}), t.w.ButtonLeaveRest
		}
		rows = append(rows, []button{put(t.w.ButtonYes, desk.Yes), put(t.w.ButtonNo, desk.No), put(t.w.ButtonSkip, desk.Skip)}, []button{rest})
	default:
		return t.check(f, a)
	}
	last := []button{{t.w.ButtonCancel, action{do: doCancel, n: f.N}}}
	if !v.First(a) || v.Case != 0 {
		last = append([]button{{t.w.ButtonBack, action{do: doBack, n: f.token()}}}, last...)
	}
	return text, append(rows, last)
}

// otherDay is the button that only tells how a date is typed.
const otherDay = "other"

func tick(on bool) string {
	if on {
		return "✅ "
	}
	return ""
}

// inPairs puts a button beside the last one, two in a row.
func inPairs(rows [][]button, b button) [][]button {
	if n := len(rows); n > 0 && len(rows[n-1]) == 1 {
		rows[n-1] = append(rows[n-1], b)
		return rows
	}
	return append(rows, []button{b})
}

// join puts paragraphs together, leaving out the empty ones.
func join(parts ...string) string {
	parts = slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return strings.TrimSpace(p) == "" })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, "\n\n")
}
