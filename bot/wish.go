package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// Somebody whose question had no answer may ask to be told when there is one. After each publish their questions are asked again.

const (
	metaWishes = "wishes" // the file that the wishes were asked of last
	wishAgain  = time.Hour
)

// wishes asks again whenever another version is in use, until ctx ends.
func (b *Bot) wishes(ctx context.Context) {
	for ctx.Err() == nil {
		if err := b.meetWishes(ctx); err != nil && ctx.Err() == nil {
			b.log.Error("wishes for an answer", "err", b.mail.reason(err))
		}
		sleep(ctx, wishAgain, &b.published)
	}
}

// answered is a question of a case, and the entry that answers it.
type answered struct {
	id      desk.CaseID
	patient desk.PersonID
	entry   string
}

// meetWishes asks the version in use what patients wait for an answer to, unless it was asked before.
func (b *Bot) meetWishes(ctx context.Context) error {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	sum := ix.FAQ().SHA256
	var waiting []desk.Case
	asked := ""
	err := b.store.View(ctx, func(tx *store.Tx) (err error) {
		if asked, _, err = tx.Meta(metaWishes); err != nil || asked == sum {
			return err
		}
		waiting, err = b.desk.Wishes(tx)
		return err
	})
	if err != nil || asked == sum {
		return err
	}
	var found []answered
	for _, c := range waiting {
		a, err := ix.Ask(ctx, index.Question{Text: c.Words})
		if err != nil {
			return fmt.Errorf("ask for case %s: %w", c.ID, err)
		}
		if a.Kind == index.KindAnswer && len(a.Entries) > 0 {
			found = append(found, answered{c.ID, c.Patient, a.Entries[0]})
		}
	}
	err = b.store.Update(ctx, func(tx *store.Tx) error {
		told := map[answered]bool{} // one answer once, however often somebody has asked
		for _, a := range found {
			once := answered{patient: a.patient, entry: a.entry}
			if told[once] {
				if err := b.desk.Told(tx, a.id, true); err != nil {
					return err
				}
				continue
			}
			told[once] = true
			if err := b.desk.Answerable(tx, a.id, a.entry); err != nil {
				return err
			}
		}
		return tx.SetMeta(metaWishes, sum)
	})
	b.mail.poke()
	return err
}

// answerAdded says the answer that a patient has waited for.
func (t *telling) answerAdded() error {
	e, found := t.faq.Entry(t.c.Wish.Entry)
	if err := t.desk.Told(t.tx, t.c.ID, found); err != nil || !found {
		return err
	}
	text := fill(t.w.AnswerAdded, "words", firstWords(t.c.Words, 120)) + "\n\n" + entryText(t.w, e)
	return t.patient(text,
		[]button{{t.w.ButtonTopics, action{do: doTopics}}, {t.w.ButtonClinic, action{do: doAsk}}},
		[]button{{t.w.ButtonStop, action{do: doUntell}}})
}

// entryText is an entry as it is said unasked: its title and what it says.
func entryText(w *words, e *faq.Entry) string {
	title, _ := e.Title.In(w.lang)
	text, in := e.Answer.In(w.lang)
	parts := []string{"<b>" + escape(title) + "</b>"}
	if in != w.lang {
		parts = append(parts, "<i>"+fill(w.OnlyIn, "language", w.language(in))+"</i>")
	}
	parts = append(parts, text)
	if e.Clinical {
		parts = append(parts, "<i>"+w.Clinical+"</i>")
	}
	return strings.Join(parts, "\n")
}

// tellRow is the choice under a question without an answer whether its patient wants to hear when there is one.
func (t *turn) tellRow(f *form) []button {
	if !f.NoAnswer {
		return nil
	}
	label := t.w.ButtonTell
	if f.Tell {
		label = t.w.ButtonTold
	}
	return []button{{label, action{do: doTell, n: f.N}}}
}

// untell ends that somebody hears of answers.
func (t *turn) untell() error {
	if err := t.desk.Unwish(t.tx, t.person.ID); err != nil {
		return err
	}
	t.toast = t.w.TapStopped
	t.strip()
	t.say(t.w.Stopped, t.menuRow())
	return nil
}
