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

// A request for a visit that was begun and not sent is reminded of once, after nudgeAfter and in waking hours, and erased a
// day later.
const nudgeAfter = 2 * time.Hour

// watchDraft plans both anew: what was planned for the draft as it was before is replaced.
func (t *turn) watchDraft(f *form, a desk.Around) {
	nudge := a.Waking(t.now.Add(nudgeAfter))
	f.EraseAt = nudge.Add(formKept)
	t.later = []desk.Notice{
		{ID: fmt.Sprintf("%s/%d/%d", desk.DraftNudge, t.person.ID, f.N), Kind: desk.DraftNudge, Whom: t.person.ID, Due: nudge},
		{ID: fmt.Sprintf("%s/%d/%d", desk.DraftErase, t.person.ID, f.N), Kind: desk.DraftErase, Whom: t.person.ID, Due: f.EraseAt},
	}
}

// nudge reminds of a draft, if nothing has happened with it since it was planned.
func (t *telling) nudge() error {
	return t.withDraft(func(k *talk, f *form) error {
		if f.Nudged || t.now.Sub(f.At) < nudgeAfter {
			return nil
		}
		f.Nudged = true
		w := t.draftWords(k)
		return t.tx.Queue(store.Outbound{
			Key: t.key, Chat: int64(t.n.Whom), Lane: store.LaneNotice, Purpose: purpose{what: toPatient}.String(), Method: "sendMessage", CreatedAt: t.now,
			Body: body(&telegram.SendMessageParams{
				ChatID: int64(t.n.Whom), Text: w.BookNudge, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
				ReplyMarkup: keyboard(
					[]button{{w.ButtonContinue, action{do: doContinue, n: f.N}}, {w.ButtonStartOver, action{do: doRestart, n: f.N}}},
					[]button{{w.ButtonCancel, action{do: doCancel, n: f.N}}}),
			}),
		})
	})
}

// erase forgets a draft whose time is over.
func (t *telling) erase() error {
	return t.withDraft(func(k *talk, f *form) error {
		if !t.now.Before(f.EraseAt) {
			k.forget(f)
		}
		return nil
	})
}

// withDraft does something with the draft of the notice's person, and keeps it. Without a draft, or with somebody who cannot be
// reached, nothing is done.
func (t *telling) withDraft(do func(*talk, *form) error) error {
	chat, err := t.tx.Chat(int64(t.n.Whom))
	if err != nil {
		return err
	}
	k, err := readTalk(chat.State, t.now)
	if err != nil || chat.Version == 0 {
		return err
	}
	p, err := t.tx.Person(t.n.Whom)
	if err != nil && !isNotFound(err) {
		return err
	}
	if f := k.draft(); f != nil && !p.Unreachable {
		if err := do(&k, f); err != nil {
			return err
		}
	}
	if chat.State, err = json.Marshal(k); err != nil {
		return fmt.Errorf("keep chat %d: %w", chat.ID, err)
	}
	return t.tx.PutChat(chat)
}

func (t *telling) draftWords(k *talk) *words {
	p, err := t.tx.Person(t.n.Whom)
	if err == nil && p.Language != "" {
		return t.speaking(p.Language)
	}
	if k.Language != "" {
		return t.speaking(k.Language)
	}
	return t.speaking(faq.English)
}
