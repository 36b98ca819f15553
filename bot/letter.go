package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/index"
	"skindesk/store"
)

// readable is what can still be read of an update that could not be handled.
type readable struct {
	Message       readableMessage `json:"message"`
	EditedMessage readableMessage `json:"edited_message"`
}

type readableMessage struct {
	ID   int64 `json:"message_id"`
	From struct {
		ID        int64  `json:"id"`
		IsBot     bool   `json:"is_bot"`
		FirstName string `json:"first_name"`
	} `json:"from"`
	Chat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
	Text    string `json:"text"`
	Caption string `json:"caption"`
}

// letter ends an update that could not be handled. A patient's text goes to the team as a case, so that somebody answers it;
// the admins are told in any case.
func (b *Bot) letter(ctx context.Context, in store.Inbound, cause error) error {
	var u readable
	_ = json.Unmarshal(in.Body, &u) // what cannot be read stays empty
	m := u.Message
	if m.ID == 0 {
		m = u.EditedMessage
	}
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	reason := cut(cause.Error(), 200)
	return b.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.KillInbound(in.Seq, reason); err != nil {
			return err
		}
		t := &turn{Bot: b, in: in, update: &models.Update{}, faq: ix.FAQ(), now: b.now(), tx: tx}
		t.speak(t.teamLanguage())
		seq := strconv.FormatInt(in.Seq, 10)
		if err := t.tellAdmins(tx, "letter/"+seq, fill(t.w.AlarmUpdate, "seq", seq, "reason", reason)); err != nil {
			return err
		}
		switch {
		case m.ID == 0 || m.From.IsBot:
		case m.Chat.Type == string(models.ChatTypePrivate):
			if err := t.unread(m); err != nil {
				return err
			}
		case m.Chat.ID == t.staffChat():
			t.toTeam(t.w.StaffUnread, &models.Message{ID: int(m.ID), Chat: models.Chat{ID: m.Chat.ID}})
		}
		return t.finish()
	})
}

// unread opens a case with what a patient wrote, or asks them to write again when nothing can be read.
func (t *turn) unread(m readableMessage) error {
	team := t.w
	text := tidy(m.Text + m.Caption)
	t.speak(index.Language(text))
	said := func(words string, rows ...[]button) {
		t.queue(m.Chat.ID, "sendMessage", &telegram.SendMessageParams{
			ChatID: m.Chat.ID, Text: words, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyParameters: replyTo(m.ID),
			ReplyMarkup: keyboard(rows...),
		}, store.Outbound{Purpose: purpose{what: toPatient}.String()})
	}
	if text == "" || t.staffChat() == 0 {
		said(t.w.UnreadNo)
		return nil
	}
	kind := desk.Question
	if _, found := index.RedFlag(text); found {
		kind = desk.Urgent
	}
	t.countCase(kind)
	c, err := t.desk.Open(t.tx, desk.Opening{
		Kind: kind, Patient: desk.PersonID(m.Chat.ID), Language: t.lang, Name: tidyName(m.From.FirstName), Words: text, Said: team.CardUnread,
	})
	if err != nil {
		return err
	}
	if kind == desk.Urgent {
		said(t.safe(t.w.Urgent, fill(t.w.UrgentTold, "case", c.ID.String())), t.urgentRow(c.ID))
		return nil
	}
	said(fill(t.w.Unread, "case", c.ID.String()))
	return nil
}
