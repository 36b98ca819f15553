package bot

import (
	"encoding/json"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// post queues a card as a new message, and the patient's words under it when the card cannot hold them.
func (b *Bot) post(tx *store.Tx, f *faq.FAQ, c desk.Case, key string, now time.Time) error {
	v, err := b.view(tx, f, c, now)
	if err != nil {
		return err
	}
	o := b.teamRow(c, key, "sendMessage", now)
	o.Purpose = purpose{what: toCard, n: c.Version}.String()
	if c.HeldBy(now) != 0 {
		o.Lane = store.LaneUrgent // somebody waits for it
	}
	o.Body = body(&telegram.SendMessageParams{
		ChatID: b.staffChat(), Text: v.card(), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: v.buttons(),
	})
	if err := tx.Queue(o); err != nil || units(c.Words) <= usual.words {
		return err
	}
	o.Key, o.Purpose = key+"/words", purpose{what: toThread}.String()
	o.Body = body(&telegram.SendMessageParams{
		ChatID: b.staffChat(), Text: fill(v.w.StaffAdds, "case", c.ID.String(), "name", c.Name) + "\n" + escape(cut(c.Words, maxMessage-200)),
		ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
	})
	return tx.Queue(o)
}

// redraw queues the card's present form in place of what it showed. A card that has not been sent yet is left: it is looked at
// again once it is known where it stands. A case that only a joined message shows gets its own card once somebody has it.
func (b *Bot) redraw(tx *store.Tx, f *faq.FAQ, c desk.Case, key string, now time.Time) error {
	message, known, err := b.cardOf(tx, c.ID)
	if err != nil {
		return err
	}
	if err := b.redrawJoined(tx, f, c, key, now); err != nil || !known {
		return err
	}
	v, err := b.view(tx, f, c, now)
	if err != nil {
		return err
	}
	return b.draw(tx, b.drawn(v, message, key, "", v.buttons()))
}

// draw queues the new form of a message of the group. Earlier ones that still wait for their turn would be seen by nobody: they are dropped.
func (b *Bot) draw(tx *store.Tx, o store.Outbound) error {
	waiting, err := tx.WaitingFor(o.Chat, o.Object, o.Method)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if messageOf(w.Body) != messageOf(o.Body) || w.Key == o.Key {
			continue
		}
		if err := tx.MarkDead(w.Seq, "drawn anew", b.now()); err != nil {
			return err
		}
	}
	return tx.Queue(o)
}

// messageOf is the message that a call changes.
func messageOf(params []byte) int64 {
	var p struct {
		Message int64 `json:"message_id"`
	}
	_ = json.Unmarshal(params, &p) // none is 0
	return p.Message
}

// drawn is the call that gives a message the present form of a card, with something more under it.
func (b *Bot) drawn(v view, message int64, key, under string, k *models.InlineKeyboardMarkup) store.Outbound {
	o := b.teamRow(v.c, key, "editMessageText", v.now)
	o.Purpose = purpose{what: toRedraw, n: v.c.Version}.String()
	o.Body = body(&telegram.EditMessageTextParams{
		ChatID: b.staffChat(), MessageID: int(message), Text: v.with(under), ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview(), ReplyMarkup: k,
	})
	return o
}

// addLine queues a line that a patient added, under the card.
func (b *Bot) addLine(tx *store.Tx, f *faq.FAQ, c desk.Case, l desk.Line, key string, now time.Time) error {
	w := b.words[teamLanguage(f)]
	head, text := w.StaffAdds, escape(cut(l.Text, maxMessage-200))
	switch {
	case l.Edited:
		head = w.StaffCorrects
	case l.Phone:
		text = fill(w.CardCallMe, "phone", l.Text)
	}
	return b.under(tx, c, key, fill(head, "case", c.ID.String(), "name", c.Name)+"\n"+text, now)
}

// under queues something that the team is told of a case, as an answer to its card.
func (b *Bot) under(tx *store.Tx, c desk.Case, key, text string, now time.Time) error {
	p := &telegram.SendMessageParams{ChatID: b.staffChat(), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), Text: text}
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
