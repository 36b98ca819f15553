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

// noticesAtOnce bounds one transaction of notices: what is left comes with the next.
const noticesAtOnce = 100

// tellers say what a notice is about, from the records as they are when it comes due.
var tellers = map[desk.NoticeKind]func(*telling) error{
	desk.CaseOpened:  func(t *telling) error { return t.post(t.tx, t.faq, t.c, t.key, t.now) },
	desk.CaseChanged: func(t *telling) error { return t.redraw(t.tx, t.faq, t.c, t.key, t.now) },
	desk.LineAdded:   (*telling).line,
	desk.TalkOver: func(t *telling) error {
		return t.tellPatient(t.tx, t.c, t.key, fill(t.speaking(t.c.Language).TalkOver, "case", t.c.ID.String()), t.now)
	},
	desk.DraftNudge: (*telling).nudge,
	desk.DraftErase: (*telling).erase,
	desk.LeaseEnds: func(t *telling) error {
		_, _, err := t.desk.LeaseOver(t.tx, t.c.ID)
		return err
	},
}

// telling is a notice that has come due, with what is known for telling it. It belongs to one transaction.
type telling struct {
	*Bot
	tx  *store.Tx
	faq *faq.FAQ
	now time.Time
	n   desk.Notice
	c   desk.Case // the zero one if the notice is about none
	key string    // names the rows that it becomes
}

// errStrange is a notice that cannot be told, now or later.
var errStrange = errors.New("cannot be told")

// render turns the notices that are due into rows of the outbox. While no staff group is set they wait. One that cannot be told
// is put aside and the admins hear of it; it keeps nobody else's back.
func (b *Bot) render(tx *store.Tx, f *faq.FAQ, now time.Time) error {
	if b.staffChat() == 0 {
		return nil
	}
	due, err := tx.DueNotices(now, noticesAtOnce)
	if err != nil {
		return fmt.Errorf("notices: %w", err)
	}
	for _, n := range due {
		err := tx.Try(func() error {
			return guard(func() error { return b.tell(tx, f, n, now) })
		})
		switch {
		case errors.Is(err, store.ErrUnavailable):
			return fmt.Errorf("notice %s: %w", n.ID, err)
		case err != nil:
			err = b.putAside(tx, n, err)
		}
		if err == nil {
			err = tx.DoneNotice(n.ID, now)
		}
		if err != nil {
			return fmt.Errorf("notice %s: %w", n.ID, err)
		}
	}
	return nil
}

// putAside tells the admins of a notice that cannot be told.
func (b *Bot) putAside(tx *store.Tx, n desk.Notice, cause error) error {
	b.log.Error("notice put aside", "notice", n.ID, "kind", n.Kind, "case", n.Case, "err", b.mail.reason(cause))
	return b.tellAdmins(tx, "notice/"+n.ID, fill(b.words[faq.English].AlarmNotice, "notice", n.ID, "reason", b.mail.reason(cause)))
}

// tell says what a notice is about.
func (b *Bot) tell(tx *store.Tx, f *faq.FAQ, n desk.Notice, now time.Time) (err error) {
	say, known := tellers[n.Kind]
	if !known {
		return fmt.Errorf("kind %q: %w", n.Kind, errStrange)
	}
	t := &telling{Bot: b, tx: tx, faq: f, now: now, n: n, key: "notice/" + n.ID}
	if n.Case != 0 {
		if t.c, err = tx.Case(n.Case); err != nil {
			return err
		}
	}
	return say(t)
}

// line puts what the patient added under the card.
func (t *telling) line() error {
	if t.n.N < 1 || t.n.N > len(t.c.More) {
		return fmt.Errorf("line %d of %d: %w", t.n.N, len(t.c.More), errStrange)
	}
	return t.addLine(t.tx, t.faq, t.c, t.c.More[t.n.N-1], t.key, t.now)
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
