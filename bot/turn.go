package bot

import (
	"encoding/json"
	"fmt"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// turn is the handling of one update: what is known when it comes, what is changed, and what is said. It belongs to one
// transaction.
type turn struct {
	*Bot
	in     store.Inbound
	update *models.Update
	faq    *faq.FAQ
	now    time.Time
	tx     *store.Tx

	// Of a private chat.
	chat   store.Chat
	talk   talk
	person desk.Person
	lang   faq.Language
	w      *words

	toast   string            // what the answer to a tap says
	alert   bool              // as a window that has to be closed
	rows    []store.Outbound  // what is said, in order
	edit    int64             // the message of ours that the next words replace, or 0
	facts   map[string]string // by the entry that they answer
	said    bool              // something was said: the patient's message is answered only once
	counts  []counted         // what the statistics learn from it
	gaps    []store.Gap
	wish    desk.CaseID   // the request for a visit that the words of this message have been put to, or 0
	inPlace int64         // the message with the form that was tapped, or 0
	shown   *form         // the form that has been shown by this turn
	later   []desk.Notice // what is planned of a draft
}

// decode reads an update as Telegram sends it.
func decode(body []byte) (*models.Update, error) {
	u := new(models.Update)
	if err := json.Unmarshal(body, u); err != nil {
		return nil, err
	}
	return u, nil
}

// message returns the message of the update, new or edited, or nil.
func (t *turn) message() *models.Message {
	if t.update.Message != nil {
		return t.update.Message
	}
	return t.update.EditedMessage
}

// from returns who the update comes from, or nil.
func (t *turn) from() *models.User {
	switch u := t.update; {
	case t.message() != nil:
		return t.message().From
	case u.CallbackQuery != nil:
		return &u.CallbackQuery.From
	case u.MyChatMember != nil:
		return &u.MyChatMember.From
	case u.ChatMember != nil:
		return &u.ChatMember.From
	}
	return nil
}

// where returns the chat that the update comes from, or nil.
func (t *turn) where() *models.Chat {
	switch u := t.update; {
	case t.message() != nil:
		return &t.message().Chat
	case u.CallbackQuery != nil && u.CallbackQuery.Message.Message != nil:
		return &u.CallbackQuery.Message.Message.Chat
	case u.CallbackQuery != nil && u.CallbackQuery.Message.InaccessibleMessage != nil:
		return &u.CallbackQuery.Message.InaccessibleMessage.Chat
	case u.MyChatMember != nil:
		return &u.MyChatMember.Chat
	case u.ChatMember != nil:
		return &u.ChatMember.Chat
	}
	return nil
}

// private tells whether the update comes from a person's private chat with the bot.
func (t *turn) private() bool {
	c, f := t.where(), t.from()
	return c != nil && c.Type == models.ChatTypePrivate && f != nil && !f.IsBot
}

// meet reads who is there and how far the conversation is.
func (t *turn) meet() (err error) {
	t.speak(faq.English)
	if !t.private() {
		t.speak(t.teamLanguage())
		return nil
	}
	id := t.where().ID
	if t.chat, err = t.tx.Chat(id); err != nil {
		return fmt.Errorf("chat %d: %w", id, err)
	}
	if t.talk, err = readTalk(t.chat.State, t.now); err != nil {
		return fmt.Errorf("chat %d: %w", id, err)
	}
	if t.person, err = t.tx.Person(desk.PersonID(id)); err != nil && !isNotFound(err) {
		return fmt.Errorf("person %d: %w", id, err)
	}
	t.person.ID = desk.PersonID(id)
	t.speak(t.language())
	return nil
}

// language is what the patient has chosen, else what they last wrote in, else what their phone is set to.
func (t *turn) language() faq.Language {
	switch {
	case t.person.Language != "":
		return t.person.Language
	case t.talk.Language != "":
		return t.talk.Language
	case t.from().LanguageCode == "ur":
		return faq.Urdu
	}
	return faq.English
}

func (t *turn) speak(l faq.Language) {
	if t.words[l] == nil {
		l = faq.English
	}
	t.lang, t.w = l, t.words[l]
}

// heard notes the language of a question; the answer is in it unless the patient has chosen one.
func (t *turn) heard(l faq.Language) {
	if l == "" || t.person.Language != "" {
		return
	}
	t.talk.Language = l
	t.speak(l)
}

// teamLanguage is the clinic's first language: the one that the staff group is written to in.
func (t *turn) teamLanguage() faq.Language { return teamLanguage(t.faq) }

func teamLanguage(f *faq.FAQ) faq.Language {
	if len(f.Clinic.Languages) > 0 {
		return f.Clinic.Languages[0]
	}
	return faq.English
}

// say says something to the patient, with rows of buttons under it.
func (t *turn) say(text string, rows ...[]button) {
	var markup models.ReplyMarkup
	if k := keyboard(rows...); len(k.InlineKeyboard) > 0 {
		markup = k
	}
	if t.edit != 0 {
		t.replace(t.edit, text, keyboard(rows...))
		t.edit = 0
		return
	}
	t.sayWith(text, markup)
}

// removeKeyboard takes the reply keyboard away.
var removeKeyboard = &models.ReplyKeyboardRemove{RemoveKeyboard: true}

// sayWith says something with any kind of keyboard. The first words of a turn are a reply to the patient's message.
func (t *turn) sayWith(text string, markup models.ReplyMarkup) {
	p := &telegram.SendMessageParams{
		ChatID: t.chat.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: markup,
	}
	if m := t.message(); m != nil && !t.said {
		p.ReplyParameters = replyTo(int64(m.ID))
	}
	t.said = true
	t.queue(t.chat.ID, "sendMessage", p, store.Outbound{Purpose: purpose{what: toPatient}.String()})
}

// replace edits a message of ours in the patient's chat.
func (t *turn) replace(message int64, text string, k *models.InlineKeyboardMarkup) {
	t.said = true
	t.queue(t.chat.ID, "editMessageText", &telegram.EditMessageTextParams{
		ChatID: t.chat.ID, MessageID: int(message), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: k,
	}, store.Outbound{Purpose: purpose{what: toPatient}.String()})
}

// strip takes the buttons from the message that was tapped: what they offered is over.
func (t *turn) strip() {
	q := t.update.CallbackQuery
	if q == nil || q.Message.Message == nil {
		return
	}
	c := q.Message.Message.Chat.ID
	t.queue(c, "editMessageReplyMarkup", &telegram.EditMessageReplyMarkupParams{
		ChatID: c, MessageID: q.Message.Message.ID, ReplyMarkup: keyboard(),
	}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toPatient}.String()})
}

// queue adds a call to what this turn says.
func (t *turn) queue(chat int64, method string, params any, o store.Outbound) {
	o.Key = t.key(len(t.rows) + 1)
	t.queueRow(chat, method, params, o)
}

// queueRow is queue for a row with a key of its own.
func (t *turn) queueRow(chat int64, method string, params any, o store.Outbound) {
	o.Chat, o.Method, o.Body, o.CreatedAt = chat, method, body(params), t.now
	if o.Key == "" {
		o.Key = t.key(len(t.rows) + 1)
	}
	t.rows = append(t.rows, o)
}

// key names the n-th row of this turn; 0 is the answer to a tap.
func (t *turn) key(n int) string { return fmt.Sprintf("%d/%d", t.in.Seq, n) }

// lastKey is the key of the row that was queued last.
func (t *turn) lastKey() string { return t.key(len(t.rows)) }

// finish keeps how far the conversation is and puts what is said into the outbox: the answer to a tap first, then what the
// team has to know, then the rest.
func (t *turn) finish() error {
	if t.private() {
		if err := t.keep(); err != nil {
			return err
		}
	}
	if err := t.keepCounts(); err != nil {
		return err
	}
	if q := t.update.CallbackQuery; q != nil {
		if err := t.answerTap(q); err != nil {
			return err
		}
	}
	for _, n := range t.later {
		if err := t.tx.PutNotice(n); err != nil {
			return err
		}
	}
	if err := t.Bot.render(t.tx, t.faq, t.now); err != nil {
		return err
	}
	for _, o := range t.rows {
		if err := t.tx.Queue(o); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) keep() error {
	state, err := json.Marshal(t.talk)
	if err != nil {
		return fmt.Errorf("keep chat %d: %w", t.chat.ID, err)
	}
	t.chat.State = state
	return t.tx.PutChat(t.chat)
}

func (t *turn) answerTap(q *models.CallbackQuery) error {
	chat := q.From.ID
	if c := t.where(); c != nil {
		chat = c.ID
	}
	return t.tx.Queue(store.Outbound{
		Key: t.key(0), Chat: chat, Lane: store.LaneTap, Purpose: purpose{what: toTap}.String(), Method: "answerCallbackQuery", CreatedAt: t.now,
		Body: body(&telegram.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: cut(t.toast, 200), ShowAlert: t.alert}),
	})
}

// body is the parameters of a call as an outbox row keeps them. The library's types always have a JSON form.
func body(params any) []byte {
	data, err := json.Marshal(params)
	if err != nil {
		return nil // an empty body is refused for good by the sender, and told of
	}
	return data
}

func replyTo(message int64) *models.ReplyParameters {
	return &models.ReplyParameters{MessageID: int(message), AllowSendingWithoutReply: true}
}

func noPreview() *models.LinkPreviewOptions {
	off := true
	return &models.LinkPreviewOptions{IsDisabled: &off}
}
