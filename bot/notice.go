package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// noticesAtOnce bounds one transaction of notices.
const noticesAtOnce = 100

// render turns the notices that are due into rows of the outbox. While no staff group is set they wait.
func (b *Bot) render(tx *store.Tx, f *faq.FAQ, now time.Time) error {
	if b.staffChat() == 0 {
		return nil
	}
	due, err := tx.DueNotices(now, noticesAtOnce)
	if err != nil {
		return fmt.Errorf("notices: %w", err)
	}
	for _, n := range due {
		if err := b.tell(tx, f, n, now); err != nil {
			return fmt.Errorf("notice %s: %w", n.ID, err)
		}
		if err := tx.DoneNotice(n.ID, now); err != nil {
			return fmt.Errorf("notice %s: %w", n.ID, err)
		}
	}
	return nil
}

// tell says what a notice is about, from the records as they are now.
func (b *Bot) tell(tx *store.Tx, f *faq.FAQ, n desk.Notice, now time.Time) error {
	c, err := tx.Case(n.Case)
	if err != nil {
		return err
	}
	switch key := "notice/" + n.ID; {
	case n.Kind == desk.CaseOpened:
		return b.post(tx, f, c, key, now)
	case n.Kind == desk.CaseChanged:
		return b.redraw(tx, f, c, key, now)
	case n.Kind == desk.LineAdded && n.Line >= 1 && n.Line <= len(c.More):
		return b.addLine(tx, f, c, c.More[n.Line-1], key, now)
	case n.Kind == desk.TalkOver:
		return b.tellPatient(tx, c, key, fill(b.speaking(c.Language).TalkOver, "case", c.ID.String()), now)
	case n.Kind == desk.LeaseEnds:
		_, _, err := b.desk.LeaseOver(tx, c.ID)
		return err
	}
	return fmt.Errorf("unknown kind %q or line %d", n.Kind, n.Line)
}

// notices delivers what has come due and tells when the next is. The zero time: nothing is planned.
func (b *Bot) notices(ctx context.Context) (next time.Time, err error) {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return time.Time{}, errors.New("the index is closed")
	}
	if b.staffChat() == 0 {
		return time.Time{}, nil
	}
	err = b.store.Update(ctx, func(tx *store.Tx) error {
		if err := b.render(tx, ix.FAQ(), b.now()); err != nil {
			return err
		}
		due, found, err := tx.NextNotice()
		if next = due; !found {
			next = time.Time{}
		}
		return err
	})
	return next, err
}

// tellPatient queues something that the patient of a case is told.
func (b *Bot) tellPatient(tx *store.Tx, c desk.Case, key, text string, now time.Time, rows ...[]button) error {
	p := &telegram.SendMessageParams{ChatID: int64(c.Patient), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview()}
	if k := keyboard(rows...); len(k.InlineKeyboard) > 0 {
		p.ReplyMarkup = k
	}
	return tx.Queue(store.Outbound{
		Key: key, Chat: int64(c.Patient), Lane: laneOf(c.Kind), Object: objectOf(c.ID), Purpose: purpose{what: toThread}.String(),
		Method: "sendMessage", Body: body(p), CreatedAt: now,
	})
}

// speaking returns the sentences of a language, or the English ones.
func (b *Bot) speaking(l faq.Language) *words {
	if w := b.words[l]; w != nil {
		return w
	}
	return b.words[faq.English]
}
