package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// What a card shows of long texts, in UTF-16 units, so that it fits into a message whatever was written.
const (
	cardWords = 1600
	cardSaid  = 500
	cardLine  = 160
	cardLines = 6
)

// card is a case as the team sees it. Its number stands first: a reply to the card finds its case by it even when nothing
// else is known of the message.
func card(w *words, f *faq.FAQ, c desk.Case, p desk.Person) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	line(fill(cardHead(w, c.Kind), "case", c.ID.String()))
	line(fill(w.CardFrom, "name", c.Name, "language", w.language(c.Language)))
	if e, found := f.Entry(c.Topic); found {
		title, _ := e.Title.In(teamLanguage(f))
		line(fill(w.CardTopic, "title", title))
	}
	switch {
	case c.Phone != "":
		line(fill(w.CardPhone, "phone", c.Phone))
	case c.Kind == desk.Booking:
		line(w.CardNoPhone)
	}
	if p.Unreachable {
		line(w.CardUnreachable)
	}
	line("\n<blockquote>" + escape(cut(c.Words, cardWords)) + "</blockquote>")
	if c.Said != "" {
		line(w.CardSaid + "\n<i>" + escape(cut(c.Said, cardSaid)) + "</i>\n")
	}
	cardMore(w, c, line)
	line(cardState(w, c.State))
	b.WriteString("<i>" + w.CardHint + "</i>")
	return b.String()
}

func cardHead(w *words, k desk.CaseKind) string {
	switch k {
	case desk.Urgent:
		return w.CardUrgent
	case desk.Booking:
		return w.CardBooking
	}
	return w.CardQuestion
}

// cardMore lists what was added later, the newest lines in full view.
func cardMore(w *words, c desk.Case, line func(string)) {
	if len(c.More) == 0 {
		return
	}
	line(w.CardMore)
	shown := c.More
	if earlier := len(shown) - cardLines; earlier > 0 {
		line(fill(w.CardEarlier, "count", strconv.Itoa(earlier)))
		shown = shown[earlier:]
	}
	for _, l := range shown {
		who := w.CardTeam
		switch {
		case l.From == c.Patient && l.Edited:
			who = w.CardCorrected
		case l.From == c.Patient:
			who = w.CardPatient
		}
		line("• " + who + ": " + escape(cut(strings.Join(strings.Fields(l.Text), " "), cardLine)))
	}
	line("")
}

func cardState(w *words, s desk.State) string {
	switch s {
	case desk.Requested:
		return w.CardRequested
	case desk.Answered:
		return w.CardAnswered
	case desk.Closed:
		return w.CardClosed
	}
	return w.CardOpen
}

// cardButtons are those that the case's state allows.
func cardButtons(w *words, c desk.Case) *models.InlineKeyboardMarkup {
	if c.State == desk.Closed {
		return keyboard()
	}
	return keyboard([]button{{w.ButtonDone, action{do: doDone, id: strconv.FormatInt(c.Version, 10), n: int64(c.ID)}}})
}

// post queues a card as a new message, and the patient's words under it when the card cannot hold them.
func (b *Bot) post(tx *store.Tx, f *faq.FAQ, c desk.Case, key string, now time.Time) error {
	w := b.words[teamLanguage(f)]
	p, err := tx.Person(c.Patient)
	if err != nil && !isNotFound(err) {
		return err
	}
	o := b.teamRow(c, key, "sendMessage", now)
	o.Purpose = purpose{what: toCard, n: c.Version}.String()
	o.Body = body(&telegram.SendMessageParams{
		ChatID: b.staffChat(), Text: card(w, f, c, p), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: cardButtons(w, c),
	})
	if err := tx.Queue(o); err != nil || units(c.Words) <= cardWords {
		return err
	}
	o.Key, o.Purpose = key+"/words", purpose{what: toThread}.String()
	o.Body = body(&telegram.SendMessageParams{
		ChatID: b.staffChat(), Text: fill(w.StaffAdds, "case", c.ID.String(), "name", c.Name) + "\n" + escape(cut(c.Words, maxMessage-200)),
		ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
	})
	return tx.Queue(o)
}

// redraw queues the card's present form in place of what it showed. A card that has not been sent yet is left: it is looked at
// again once it is known where it stands.
func (b *Bot) redraw(tx *store.Tx, f *faq.FAQ, c desk.Case, key string, now time.Time) error {
	message, known, err := b.cardOf(tx, c.ID)
	if err != nil || !known {
		return err
	}
	w := b.words[teamLanguage(f)]
	p, err := tx.Person(c.Patient)
	if err != nil && !isNotFound(err) {
		return err
	}
	o := b.teamRow(c, key, "editMessageText", now)
	o.Purpose = purpose{what: toRedraw, n: c.Version}.String()
	o.Body = body(&telegram.EditMessageTextParams{
		ChatID: b.staffChat(), MessageID: int(message), Text: card(w, f, c, p), ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview(), ReplyMarkup: cardButtons(w, c),
	})
	return tx.Queue(o)
}

// addLine queues a line that a patient added, under the card.
func (b *Bot) addLine(tx *store.Tx, f *faq.FAQ, c desk.Case, l desk.Line, key string, now time.Time) error {
	w := b.words[teamLanguage(f)]
	head := w.StaffAdds
	if l.Edited {
		head = w.StaffCorrects
	}
	p := &telegram.SendMessageParams{
		ChatID: b.staffChat(), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
		Text: fill(head, "case", c.ID.String(), "name", c.Name) + "\n" + escape(cut(l.Text, maxMessage-200)),
	}
	message, known, err := b.cardOf(tx, c.ID)
	if err != nil {
		return err
	}
	if known {
		p.ReplyParameters = replyTo(message)
	}
	o := b.teamRow(c, key, "sendMessage", now)
	o.Purpose, o.Body = purpose{what: toThread}.String(), body(p)
	return tx.Queue(o)
}

// cardKey is where it is kept which message of the group is a case's card now.
func (b *Bot) cardKey(c desk.CaseID) string { return cardKeyIn(b.staffChat(), c) }

func cardKeyIn(group int64, c desk.CaseID) string { return fmt.Sprintf("card/%d/%s", group, c) }

// cardOf returns the message that is a case's card, if one has been sent to the group.
func (b *Bot) cardOf(tx *store.Tx, c desk.CaseID) (message int64, known bool, err error) {
	v, known, err := tx.Meta(b.cardKey(c))
	if err != nil || !known {
		return 0, false, err
	}
	message, err = strconv.ParseInt(v, 10, 64)
	return message, err == nil, err
}

// teamRow is a call about a case to the team's group, still without purpose and parameters.
func (b *Bot) teamRow(c desk.Case, key, method string, now time.Time) store.Outbound {
	return store.Outbound{Key: key, Chat: b.staffChat(), Lane: laneOf(c.Kind), Object: objectOf(c.ID), Method: method, CreatedAt: now}
}

// laneOf is how urgently the team needs something of a case.
func laneOf(k desk.CaseKind) int {
	switch k {
	case desk.Urgent:
		return store.LaneUrgent
	case desk.Booking:
		return store.LaneBooking
	}
	return store.LaneQuestion
}

func objectOf(c desk.CaseID) string { return "case/" + c.String() }

func caseOfObject(object string) (desk.CaseID, bool) {
	number, found := strings.CutPrefix(object, "case/")
	n, err := strconv.ParseInt(number, 10, 64)
	return desk.CaseID(n), found && err == nil
}
