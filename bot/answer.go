package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// answer says what the index has found for a question.
func (t *turn) answer(text string, found index.Answer, after string) error {
	x := exchange{At: t.now, Text: text, Kind: found.Kind, Entries: t.known(found.Entries), Next: t.known(found.Next)}
	if err := t.readFacts(x.Entries); err != nil {
		return err
	}
	if t.factsOnly(x.Entries) {
		x.Kind = index.KindAnswer
	}
	if m := t.message(); m != nil {
		x.Message = int64(m.ID)
	}
	last, again := t.talk.last()
	again = again && t.update.EditedMessage == nil && last.Kind == x.Kind && (x.Kind == index.KindAnswer || x.Kind == index.KindStaff) &&
		t.now.Sub(last.At) <= topicFor && faq.Normalize(last.Text) == faq.Normalize(text) && slices.Equal(last.Entries, x.Entries)
	if t.hushed(x) {
		return nil
	}
	x.N = t.talk.remember(x)
	t.countAnswer(x, t.update.Message != nil && !again)
	if x.Kind == index.KindUnknown {
		t.talk.Misses++
	} else {
		t.talk.Misses = 0
	}
	if !found.Followed {
		after = ""
	}
	var err error
	switch choices := t.known(found.Choices); {
	case again:
		t.say(fill(t.w.Same, "title", t.titleOf(x.Entries)), []button{{t.w.ButtonClinic, action{do: doAsk, n: x.N}}})
	case x.Kind == index.KindBooking:
		err = t.wishesVisit(x, after)
	case x.Kind == index.KindUnknown && t.wish != 0 && !t.talk.Form.isBooking() && t.namesTime(text):
		t.talk.Misses = 0
		err = t.passedToWish()
	case x.Kind == index.KindHuman:
		err = t.wishesPerson(x)
	case x.Kind == index.KindChoose && len(choices) > 0 && len(x.Entries) == 0:
		t.say(t.w.Choose, append(t.choiceRows(choices, x.N), []button{{t.w.ButtonNone, action{do: doNone, n: x.N}}})...)
	case len(x.Entries) > 0:
		t.sayEntries(x, after, choices)
	default:
		t.unknown(x)
	}
	t.setKey(x.N)
	return err
}

// setKey notes with which row an exchange was answered.
func (t *turn) setKey(n int64) {
	for i := range t.talk.Recent {
		if t.talk.Recent[i].N == n {
			t.talk.Recent[i].Key = t.lastKey()
		}
	}
}

// known leaves out the ids that the file has no entry for.
func (t *turn) known(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		_, found := t.faq.Entry(id)
		return !found
	})
}

func (t *turn) title(e *faq.Entry) string {
	title, _ := e.Title.In(t.lang)
	return title
}

// titleOf names what a list of entries is about.
func (t *turn) titleOf(ids []string) string {
	var titles []string
	for _, id := range ids {
		if e, found := t.faq.Entry(id); found {
			titles = append(titles, t.title(e))
		}
	}
	return strings.Join(titles, " · ")
}

// sayEntry says one entry that was picked; the words are the patient's, or its title.
func (t *turn) sayEntry(e *faq.Entry, words string) error {
	kind := index.Kind(e.Kind)
	if kind == index.KindUrgent {
		kind = index.KindStaff // picked from a list it is no cry for help
	}
	return t.answer(words, index.Answer{Kind: kind, Entries: []string{e.ID}}, "")
}

// sayEntries says the texts of an exchange's entries with what leads on from them.
func (t *turn) sayEntries(x exchange, after string, choices []string) {
	blocks := t.blocks(x, after)
	if units(x.Text) > 400 {
		blocks = append(blocks, t.w.Long)
	}
	if len(choices) > 0 { // right above the buttons it speaks of
		blocks = append(blocks, t.w.ChooseToo)
	}
	rows := t.choiceRows(choices, x.N)
	asksClinic, answers := false, false
	var related []string
	for _, id := range x.Entries {
		e, _ := t.faq.Entry(id)
		asksClinic = asksClinic || e.Kind == faq.Staff
		answers = answers || e.Kind == faq.Answer || t.facts[id] != ""
		related = append(related, e.Related...)
	}
	if room := 3 - len(choices); answers {
		rows = append(rows, t.choiceRows(t.related(related, x.Entries, choices, min(room, 3)), 0)...)
	}
	clinic := button{t.w.ButtonClinic, action{do: doAsk, n: x.N}}
	book := button{t.w.ButtonBook, action{do: doBook, n: x.N}}
	if asksClinic {
		clinic.label = t.w.ButtonAsk
	}
	switch {
	case answers || asksClinic:
		rows = append(rows, []button{clinic, book}, []button{{t.w.ButtonNotMeant, action{do: doNotMeant, n: x.N}}})
		if answers {
			rows = append(rows, t.w.helpRow(t.rated(x.Entries), x.N))
		}
	default:
		rows = append(rows, t.menuRow(), t.bookRow(0))
	}
	t.sayBlocks(blocks, rows)
}

// related are the entries that lead on: each once, none that stands in the reply already.
func (t *turn) related(ids, said, choices []string, n int) []string {
	var next []string
	for _, id := range t.known(ids) {
		if !slices.Contains(next, id) && !slices.Contains(said, id) && !slices.Contains(choices, id) && len(next) < n {
			next = append(next, id)
		}
	}
	return next
}

// blocks are the texts of an exchange's entries, each with its title and the lines that belong to it.
func (t *turn) blocks(x exchange, after string) []string {
	var blocks []string
	clinical := -1 // the last block that states something clinical; one line holds for all
	for i, id := range x.Entries {
		e, _ := t.faq.Entry(id)
		if e.Clinical && e.Kind == faq.Answer {
			clinical = i
		}
		var b strings.Builder
		about, found := t.faq.Entry(after)
		titled := e.Kind == faq.Answer || e.Kind == faq.Staff || t.facts[id] != ""
		found = found && titled
		if found {
			b.WriteString("<i>" + fill(t.w.About, "title", t.title(about)) + "</i>\n\n")
		}
		if titled && (!found || about.ID != e.ID) {
			b.WriteString("<b>" + escape(t.title(e)) + "</b>\n\n")
		}
		text, in := t.text(e)
		if in != t.lang {
			b.WriteString("<i>" + fill(t.w.OnlyIn, "language", t.w.language(in)) + "</i>\n")
		}
		b.WriteString(text)
		if e.Reviewed != "" {
			b.WriteString("\n<i>" + fill(t.w.Reviewed, "date", t.month(e.Reviewed)) + "</i>")
		}
		blocks = append(blocks, b.String())
		after = ""
	}
	if clinical >= 0 {
		blocks[clinical] += "\n\n<i>" + t.w.Clinical + "</i>"
	}
	return blocks
}

// month returns the month and year of a date of the file.
func (t *turn) month(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	months := strings.Fields(t.w.Months)
	if err != nil || len(months) != 12 {
		return date
	}
	return months[day.Month()-1] + " " + strconv.Itoa(day.Year())
}

// sayBlocks says texts in one message, or in several when they do not fit; the buttons stand under the last.
func (t *turn) sayBlocks(blocks []string, rows [][]button) {
	const between = "\n\n"
	message := ""
	for _, b := range blocks {
		joined := b
		if message != "" {
			joined = message + between + b
		}
		if message != "" && units(faq.Plain(joined)) > maxMessage {
			t.say(message)
			joined = b
		}
		message = joined
	}
	t.say(message, rows...)
}

func (t *turn) choiceRows(ids []string, n int64) [][]button {
	var rows [][]button
	for _, id := range ids {
		if e, found := t.faq.Entry(id); found {
			rows = append(rows, []button{{t.title(e), action{do: doEntry, id: id, n: n}}})
		}
	}
	return rows
}

// unknown says plainly that there is no answer, and who has one. The second time in a row only the clinic is offered.
func (t *turn) unknown(x exchange) {
	ask := []button{{t.w.ButtonAsk, action{do: doAsk, n: x.N}}}
	if t.talk.Misses > 1 {
		t.say(t.w.Again, ask)
		return
	}
	text := t.w.UnknownNo
	switch {
	case isForeign(x.Text):
		text = t.w.OtherLanguage
	case x.Text != "":
		text = fill(t.w.Unknown, "question", firstWords(x.Text, 60))
	}
	if units(x.Text) > 400 {
		text += "\n\n" + t.w.Long
	}
	rows := [][]button{ask, {{t.w.ButtonTry, action{do: doTry}}}}
	if len(t.menuTopics()) > 0 {
		rows[1] = append([]button{{t.w.ButtonTopics, action{do: doTopics}}}, rows[1]...)
	}
	t.say(text, rows...)
}

// hushed tells whether nothing is said to this: after several insults a while of silence follows for everything that is no question
// about the clinic. That is said once.
func (t *turn) hushed(x exchange) bool {
	quiet := t.now.Before(t.talk.Abuse.Until)
	switch x.Kind {
	case index.KindAbuse:
		if !quiet && t.talk.insulted(t.now) {
			t.say(t.w.Quiet, t.menuRow())
			return true
		}
		return quiet
	case index.KindOffTopic, index.KindChitchat, index.KindUnknown:
		return quiet
	}
	return false
}

// wishesVisit says what belongs to a wish for a visit and begins the form with it. What is written while a wish is being
// put down is part of it, and what is written after it was sent has gone under its case: neither begins another.
func (t *turn) wishesVisit(x exchange, after string) error {
	if done, err := t.aboutClinic(x); done || err != nil {
		return err
	}
	intro := t.introOf(&x)
	t.sayAhead(x)
	if t.wish != 0 && !t.talk.Form.isBooking() {
		return t.passedToWish()
	}
	if after == "" {
		after = t.lastTopic(x.N)
	}
	return t.book(x.Text, after, intro)
}

// passedToWish says that the words have gone to the request that is open, and how that stands.
func (t *turn) passedToWish() error {
	c, err := t.tx.Case(t.wish)
	if err != nil {
		return err
	}
	return t.showVisit(fill(t.w.PassedOn, "case", c.ID.String()), c)
}

// namesTime tells whether a text speaks of a day or an hour: another than those that were offered, say.
func (t *turn) namesTime(text string) bool {
	a, err := t.around()
	if err != nil {
		return false
	}
	r := a.ReadDay(text, t.now, desk.Day{})
	return r.Hour || r.Part != "" || len(r.Days) > 0
}

// introOf takes the entry that takes up the wish out of an exchange and returns its text, for the first question of the form.
func (t *turn) introOf(x *exchange) string {
	for i, id := range x.Entries {
		if e, found := t.faq.Entry(id); found && e.Kind == faq.Booking {
			x.Entries = slices.Delete(slices.Clone(x.Entries), i, i+1)
			return strings.Join(t.blocks(exchange{Entries: []string{id}}, ""), "")
		}
	}
	return ""
}

// wishesPerson says what belongs to a wish for a person and begins the form with it.
func (t *turn) wishesPerson(x exchange) error {
	t.sayAhead(x)
	f := x.form()
	f.Topic = t.lastTopic(x.N)
	return t.step(t.talk.begin(f, t.now), stepWords)
}

// sayAhead says the entries of an exchange before a form goes on.
func (t *turn) sayAhead(x exchange) {
	if len(x.Entries) > 0 {
		t.sayBlocks(t.blocks(x, ""), nil)
	}
}

// lastTopic is the entry that was answered before an exchange, if that was a moment ago.
func (t *turn) lastTopic(before int64) string {
	for _, x := range slices.Backward(t.talk.Recent) {
		if x.N < before && x.Kind == index.KindAnswer && len(x.Entries) > 0 && t.now.Sub(x.At) <= topicFor {
			return x.Entries[0]
		}
	}
	return ""
}

// plainAnswers is what entries say, without markup, as the card shows it.
func (t *turn) plainAnswers(ids []string) string {
	var said []string
	for _, id := range ids {
		if e, found := t.faq.Entry(id); found {
			text, _ := e.Answer.In(t.lang)
			said = append(said, t.title(e)+"\n"+faq.Plain(text))
		}
	}
	return strings.Join(said, "\n\n")
}
