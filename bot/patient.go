package bot

import (
	"regexp"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// patient does what a patient's update means.
func (t *turn) patient(m meaning) error {
	p, err := t.desk.Meet(t.tx, t.person.ID, tidyName(t.from().FirstName))
	if err != nil {
		return err
	}
	t.person = p
	if m.kind != aRedFlag && m.kind != aTap {
		if ok, first := t.talk.admit(t.now); !ok {
			if first {
				t.say(t.w.Flood)
			}
			return nil
		}
	}
	switch m.kind {
	case aRedFlag:
		t.heard(index.Language(m.text))
		return t.redFlag(m)
	case aCommand:
		return t.command(m)
	case aTap:
		return t.tapped(m)
	case aRelay:
		return t.forTeam(m)
	case aValue:
		if f := t.talk.Form; f.isBooking() {
			return t.bookingText(f, m)
		}
		return t.fillForm(m.text)
	case aContact:
		return t.contact(t.message().Contact)
	case aQuestion:
		return t.asked(m)
	case aVoice, aFile:
		return t.media(m)
	case aSticker:
		t.say(t.w.Sticker, t.menuRow(), t.bookRow(0))
		t.offerForm()
	case aPlace:
		t.say(t.w.Place, t.menuRow(), t.bookRow(0))
		t.offerForm()
	case aLateEdit:
		return t.lateEdit(m.text)
	case aFormEdit:
		return t.editForm(m.text)
	}
	return nil
}

// asked answers a question, and puts it to the patient's open case as well.
func (t *turn) asked(m meaning) error {
	t.heard(m.found.Language)
	if err := t.editInPlace(); err != nil {
		return err
	}
	if m.found.Kind == index.KindUrgent {
		m.alarm = m.found.Alarm
		return t.redFlag(m)
	}
	if err := t.toOpenCase(m.text); err != nil {
		return err
	}
	before := t.talk.Form
	if err := t.answer(m.text, m.found, m.after); err != nil {
		return err
	}
	if t.talk.Form == before { // and not one that the answer has begun
		t.offerForm()
	}
	return nil
}

// toOpenCase puts a patient's words to the case that waits for the clinic: on the card, and under it once somebody has taken it.
func (t *turn) toOpenCase(text string) error {
	c, open, err := t.desk.Latest(t.tx, t.person.ID)
	if err != nil || !open || t.person.Muted(t.now) {
		return err
	}
	switch {
	case c.State != desk.Open && c.State != desk.Requested && c.State != desk.Proposed:
		return nil
	case c.Kind == desk.Booking:
		t.wish = c.ID
	}
	put := t.desk.Append
	if c.HeldBy(t.now) != 0 {
		put = t.desk.Add
	}
	_, err = t.putTo(c.ID, text, put)
	return err
}

// forTeam passes on what a patient writes to the team, and does nothing else with it. In a conversation a thumb on the message says
// that it was passed on.
func (t *turn) forTeam(m meaning) error {
	if t.person.Muted(t.now) {
		t.say(t.w.Muted)
		return nil
	}
	msg := t.message()
	words := m.text
	if label := t.label(msg); label != "" {
		words = strings.TrimSpace(label + " " + words)
	}
	put := t.desk.Add
	if t.update.EditedMessage != nil {
		put = t.desk.Correct
	}
	c, err := t.putTo(m.relay, words, put)
	if err != nil {
		return err
	}
	if msg.Text == "" && t.update.EditedMessage == nil {
		t.passFile(c, int64(msg.ID))
	}
	switch {
	case t.update.EditedMessage != nil:
		t.say(fill(t.w.EditPassed, "case", c.ID.String()))
		return nil
	case !c.Talking(t.now):
		t.say(fill(t.w.PassedOn, "case", c.ID.String()))
		return nil
	}
	t.queue(t.chat.ID, "setMessageReaction", &telegram.SetMessageReactionParams{
		ChatID: t.chat.ID, MessageID: msg.ID,
		Reaction: []models.ReactionType{{Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: "👍"}}},
	}, store.Outbound{Purpose: purpose{what: toPatient}.String()})
	return nil
}

// contact takes a phone number that was shared; it must be the sender's own.
func (t *turn) contact(c *models.Contact) error {
	if c.UserID != t.from().ID {
		t.sayWith(t.w.PhoneNotOwn, phoneKeyboard(t.w))
		return nil
	}
	number := c.PhoneNumber
	if !strings.HasPrefix(number, "+") {
		number = "+" + number // Telegram gives the number with its country's code, with or without the plus
	}
	phone, err := desk.ParsePhone(number)
	if err != nil {
		t.sayWith(t.w.PhoneUnclear, phoneKeyboard(t.w))
		return nil
	}
	return t.givePhone(t.talk.Form, phone)
}

// command does what a typed command asks for.
func (t *turn) command(m meaning) error {
	name, payload := commandOf(m.text)
	switch name {
	case "/start":
		return t.start(payload)
	case "/help":
		t.say(t.w.Help, t.menuRow(), t.bookRow(0))
	case "/privacy":
		t.say(t.w.Privacy, t.menuRow())
	case "/language":
		t.askLanguage()
	case "/topics":
		t.topics(0, false)
	case "/book":
		return t.book("", t.talk.after(t.now), "")
	case "/mybooking":
		return t.myVisits()
	case "/season":
		return t.season(payload)
	case "/clinic":
		x, _ := t.talk.last()
		if x.Case != 0 || !x.isQuestion() || t.now.Sub(x.At) > topicFor {
			x = exchange{}
		}
		return t.step(t.talk.begin(x.form(), t.now), stepWords)
	case "/cancel":
		if t.talk.Form == nil {
			t.say(t.w.NothingToEnd, t.menuRow())
			return nil
		}
		return t.dropForm(t.talk.Form)
	case "/faq", "/stats", "/invite", "/team":
		return t.adminCommand(name, payload, m)
	case "/open", "/today":
		if role, err := t.desk.Role(t.tx, t.person.ID); err != nil || role != "" {
			t.say(fill(t.w.TeamInGroup, "command", name), t.menuRow())
			return err
		}
		fallthrough
	default:
		t.say(t.w.UnknownCommand+"\n\n"+t.w.Help, t.menuRow(), t.bookRow(0))
	}
	return nil
}

// commandOf splits a command into its name, without the bot's that groups add, and what follows it.
func commandOf(text string) (name, payload string) {
	fields := strings.Fields(text)
	if len(fields) == 0 || !strings.HasPrefix(fields[0], "/") {
		return "", ""
	}
	name, _, _ = strings.Cut(strings.ToLower(fields[0]), "@")
	return name, strings.Join(fields[1:], " ")
}

// forAnother tells whether a command of a group names another bot.
func (b *Bot) forAnother(text string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	_, bot, named := strings.Cut(word, "@")
	own := b.name.Load()
	return strings.HasPrefix(word, "/") && named && own != nil && !strings.EqualFold(bot, *own)
}

// code is what a link to the bot may carry.
var code = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// manyDigits is what no poster's code has, but a phone number.
var manyDigits = regexp.MustCompile(`([0-9][_-]*){7}`)

// start welcomes, or opens what a link names. A form that is being filled is kept.
func (t *turn) start(payload string) error {
	if code, is := strings.CutPrefix(payload, joinCode); is {
		return t.joinTeam(code)
	}
	if code.MatchString(payload) && !manyDigits.MatchString(payload) {
		t.count(cameByCode, payload)
	}
	if e, found := t.faq.Entry(payload); found {
		return t.sayEntry(e, t.title(e))
	}
	if topic, found := t.topicNamed(payload); found {
		t.topic(topic, 0, false)
		return nil
	}
	rows := t.topicRows(4)
	rows = append(rows, []button{
		{t.w.ButtonBook, action{do: doBook}}, {t.w.ButtonClinic, action{do: doAsk}},
	}, []button{{t.w.ButtonLanguage, action{do: doLanguage}}})
	t.say(fill(t.w.Welcome, "clinic", t.clinicName()), rows...)
	switch f := t.talk.Form; {
	case f.isBooking() && !f.isOld(t.now):
		t.say(t.w.StartKept, []button{{t.w.ButtonContinue, action{do: doContinue, n: f.N}}, {t.w.ButtonAskFirst, action{do: doTopics}}})
	case f != nil:
		t.sayKept(f)
	}
	return nil
}

func (t *turn) askLanguage() {
	var row []button
	for _, l := range faq.Languages {
		row = append(row, button{t.words[l].language(l), action{do: doLanguage, id: string(l)}})
	}
	t.say(t.w.LanguageAsk, row)
}

// menuRow leads on from any message.
func (t *turn) menuRow() []button {
	if len(t.menuTopics()) == 0 {
		return []button{{t.w.ButtonClinic, action{do: doAsk}}}
	}
	return []button{{t.w.ButtonTopics, action{do: doTopics}}, {t.w.ButtonClinic, action{do: doAsk}}}
}

// bookRow offers a visit; the exchange says what it is about.
func (t *turn) bookRow(exchange int64) []button {
	return []button{{t.w.ButtonBook, action{do: doBook, n: exchange}}}
}
