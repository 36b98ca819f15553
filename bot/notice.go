package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

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
		if err := tx.DoneNotice(n.ID); err != nil {
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
