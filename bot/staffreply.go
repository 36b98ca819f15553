package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/store"
)

// albumWait is how long the parts of an album are waited for: they come as messages of their own.
const albumWait = 2 * time.Second

// relayKey names the call that carries a message of the team to the patient; its heading, if that is a message of its own, is headKey.
func (b *Bot) relayKey(message int64) string {
	return fmt.Sprintf("relay/%d/%d", b.staffChat(), message)
}
func (b *Bot) headKey(message int64) string { return b.relayKey(message) + "/head" }

// relay sends what the holder replied to the patient. Anybody else of the team is asked whether to take the case and send it.
func (t *turn) relay(c desk.Case, m *models.Message) error {
	if more, err := t.albumPart(m); err != nil || more {
		return err
	}
	err := t.sendReply(c.ID, m)
	held := (*desk.HeldError)(nil)
	switch {
	case errors.As(err, &held):
		return t.askToTake(c, m, held)
	case errors.Is(err, desk.ErrNotStaff):
		t.toTeam(t.w.StaffStranger, m)
		return nil
	}
	return err
}

// sendReply records a reply and queues it for the patient.
func (t *turn) sendReply(id desk.CaseID, m *models.Message) error {
	text := tidy(m.Text + m.Caption)
	words := text
	if label := t.label(m); label != "" {
		words = strings.TrimSpace(label + " " + text)
	}
	by := desk.PersonID(m.From.ID)
	before, err := t.tx.Case(id)
	if err != nil {
		return err
	}
	c, err := t.desk.Answer(t.tx, id, by, words, int64(m.ID))
	if err != nil {
		return err
	}
	if err := t.tx.Audit(t.now, m.From.ID, "answer", objectOf(id)); err != nil {
		return err
	}
	if m.Text != "" {
		t.toPatient(before, text, int64(m.ID))
		return nil
	}
	t.copyToPatient(before, c, m)
	return nil
}

// toPatient queues words of the team for the patient; before is the case as it was before them.
func (t *turn) toPatient(before desk.Case, text string, message int64) {
	t.queueRow(int64(before.Patient), "sendMessage", &telegram.SendMessageParams{
		ChatID: int64(before.Patient), Text: t.relayed(before, text), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
		ReplyMarkup: t.helped(before),
	}, store.Outbound{
		Key: t.relayKey(message), Lane: laneOf(before.Kind), Object: objectOf(before.ID), Purpose: purpose{what: toRelay, n: message}.String(),
	})
}

// relayed is words of the team as the patient reads them. The first time they are told that the bot keeps silent from now on.
func (t *turn) relayed(c desk.Case, text string) string {
	w := t.speaking(c.Language)
	said := fill(w.Relay, "case", c.ID.String())
	if text != "" {
		said += "\n\n" + escape(text)
	}
	tip := w.ReplyTip
	if !c.Talking(t.now) {
		tip = w.TalkBegins
	}
	return said + "\n\n<i>" + tip + "</i>"
}

// helped asks whether the team's words have helped.
func (t *turn) helped(c desk.Case) *models.InlineKeyboardMarkup {
	return keyboard(t.speaking(c.Language).replyRow(c.ID))
}

// copyToPatient queues a copy of what is no text, after its heading. The parts of an album that are still to come join it.
func (t *turn) copyToPatient(before, c desk.Case, m *models.Message) {
	patient := int64(c.Patient)
	row := store.Outbound{Key: t.headKey(int64(m.ID)), Lane: laneOf(c.Kind), Object: objectOf(c.ID), Purpose: purpose{what: toThread}.String()}
	t.queueRow(patient, "sendMessage", &telegram.SendMessageParams{
		ChatID: patient, Text: t.relayed(before, ""), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
	}, row)
	row.Key, row.Purpose = t.relayKey(int64(m.ID)), purpose{what: toRelay, n: int64(m.ID)}.String()
	if m.MediaGroupID == "" {
		t.queueRow(patient, "copyMessage", &telegram.CopyMessageParams{ChatID: patient, FromChatID: m.Chat.ID, MessageID: m.ID}, row)
		return
	}
	row.Due = t.now.Add(albumWait)
	t.queueRow(patient, "copyMessages", &telegram.CopyMessagesParams{
		ChatID: patient, FromChatID: strconv.FormatInt(m.Chat.ID, 10), MessageIDs: t.albumIDs(m),
	}, row)
}

func albumKey(m *models.Message) string { return fmt.Sprintf("album/%d/%s", m.Chat.ID, m.MediaGroupID) }

// albumPart notes a part of an album, and tells whether it is not the first: then it joins what was made of the first.
func (t *turn) albumPart(m *models.Message) (more bool, err error) {
	if m.MediaGroupID == "" {
		return false, nil
	}
	v, found, err := t.tx.Meta(albumKey(m))
	if err != nil {
		return false, err
	}
	if err := t.tx.SetMeta(albumKey(m), strings.TrimSpace(v+" "+strconv.Itoa(m.ID))); err != nil || !found {
		return false, err
	}
	first := int64(readIDs(v)[0])
	row, waiting, err := t.tx.Waiting(t.relayKey(first))
	if err != nil || !waiting {
		return true, err // it waits for "take and send", or has come too late: then the team sees that no thumb stands on it
	}
	_, err = t.tx.Rewrite(row.Key, body(&telegram.CopyMessagesParams{
		ChatID: row.Chat, FromChatID: strconv.FormatInt(m.Chat.ID, 10), MessageIDs: append(intsOf(v), m.ID),
	}), t.now.Add(albumWait))
	return true, err
}

// albumIDs are the parts of an album that have come so far.
func (t *turn) albumIDs(m *models.Message) []int {
	v, _, err := t.tx.Meta(albumKey(m))
	if ids := intsOf(v); err == nil && len(ids) > 0 {
		return ids
	}
	return []int{m.ID}
}

func intsOf(text string) (ns []int) {
	for _, id := range readIDs(text) {
		ns = append(ns, int(id))
	}
	return ns
}

// askToTake asks somebody who has not taken a case whether to do so and send what they have replied.
func (t *turn) askToTake(c desk.Case, m *models.Message, held *desk.HeldError) error {
	text := fill(t.w.AskToTake, "case", c.ID.String())
	if held.Holder != 0 {
		name, err := t.nameOf(t.tx, t.w, held.Holder)
		if err != nil {
			return err
		}
		text = fill(t.w.AskToTakeHeld, "case", c.ID.String(), "name", name, "ago", t.w.ago(t.now.Sub(held.Since)))
	}
	on := func(do verb) action { return action{do: do, id: strconv.FormatInt(c.Version, 10), n: int64(c.ID)} }
	t.queue(m.Chat.ID, "sendMessage", &telegram.SendMessageParams{
		ChatID: m.Chat.ID, Text: text, ParseMode: models.ParseModeHTML, ReplyParameters: replyTo(int64(m.ID)),
		ReplyMarkup: keyboard([]button{{t.w.ButtonTakeSend, on(doTakeSend)}, {t.w.ButtonDiscard, on(doDiscard)}}),
	}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
	return nil
}

// asked returns the reply that the tapped message asks about, if it is still there and of who taps.
func (t *teamTap) asked() *models.Message {
	q := t.q.Message.Message
	if q == nil || q.ReplyToMessage == nil {
		t.toast, t.alert = t.w.TapReplyGone, true
		return nil
	}
	r := q.ReplyToMessage
	if r.From == nil || desk.PersonID(r.From.ID) != t.by || r.SenderChat != nil {
		t.toast, t.alert = t.w.TapOther, true
		return nil
	}
	r.Chat = q.Chat
	return r
}

func (t *teamTap) takeAndSend() error {
	m := t.asked()
	if m == nil {
		return nil
	}
	for _, l := range t.c.More {
		if l.Message == int64(m.ID) { // a second tap
			t.toast = t.said(t.w.TapReplied)
			return t.remove()
		}
	}
	if !t.c.State.Over() {
		if _, err := t.desk.Take(t.tx, t.c.ID, t.by); err != nil {
			return err
		}
	}
	if err := t.sendReply(t.c.ID, m); err != nil {
		return err
	}
	if err := t.did("take", t.w.TapReplied); err != nil {
		return err
	}
	return t.remove()
}

func (t *teamTap) discard() error {
	if t.asked() == nil {
		return nil
	}
	t.toast = t.w.TapDiscarded
	return t.remove()
}

// remove deletes the message that was tapped.
func (t *teamTap) remove() error {
	m := t.q.Message.Message
	t.queue(m.Chat.ID, "deleteMessage", &telegram.DeleteMessageParams{ChatID: m.Chat.ID, MessageID: m.ID},
		store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
	return nil
}

// withdraw deletes what the patient has got last of the team's words.
func (t *teamTap) withdraw() error {
	l, said := t.v.lastSaid()
	if !said {
		return desk.ErrNotFound
	}
	if _, err := t.desk.Retract(t.tx, t.c.ID, t.by, l.Message); err != nil {
		return err
	}
	for _, key := range []string{t.relayKey(l.Message), t.headKey(l.Message)} {
		id, sent, err := t.tx.Recall(key, t.now)
		switch {
		case errors.Is(err, store.ErrBusy):
			return desk.ErrState
		case err != nil:
			return err
		case !sent:
			continue
		}
		ids := []int64{id}
		if more, found, err := t.tx.Meta(sentKey(key)); err != nil {
			return err
		} else if found {
			ids = ids[:0]
			for _, n := range readIDs(more) {
				ids = append(ids, int64(n))
			}
		}
		for _, id := range ids {
			t.queueRow(int64(t.c.Patient), "deleteMessage", &telegram.DeleteMessageParams{ChatID: int64(t.c.Patient), MessageID: int(id)}, store.Outbound{
				Key: fmt.Sprintf("%s/gone/%d", key, id), Lane: laneOf(t.c.Kind), Object: objectOf(t.c.ID), Purpose: purpose{what: toWithdraw, n: l.Message}.String(),
			})
		}
	}
	return t.did("withdraw", t.w.TapWithdrawn)
}

// sentKey is where it is kept which messages a call has become, if it were several.
func sentKey(key string) string { return "sent/" + key }

// teamEdit brings what the patient has got into the form that the team's message has now. A reply that was not sent is looked at as a new one.
func (t *turn) teamEdit(m *models.Message) error {
	r := m.ReplyToMessage
	if r == nil || r.From == nil || r.From.ID != t.self || m.From == nil || m.SenderChat != nil {
		return nil
	}
	by := desk.PersonID(m.From.ID)
	role, err := t.desk.Role(t.tx, by)
	if err != nil || role == "" {
		return err
	}
	id, found, err := t.caseOf(r)
	if err != nil || !found {
		return err
	}
	c, err := t.tx.Case(id)
	if err != nil {
		return err
	}
	for _, l := range c.More {
		if l.Message == int64(m.ID) && l.From != c.Patient {
			return t.amend(c, l, m)
		}
	}
	if c.HeldBy(t.now) != by {
		return nil // asked about before; what is sent then is what the message says by then
	}
	return t.teamMessage(m)
}

func (t *turn) amend(c desk.Case, l desk.Line, m *models.Message) error {
	text := tidy(m.Text + m.Caption)
	if l.Withdrawn {
		t.toTeam(fill(t.w.StaffEditLate, "case", c.ID.String()), m)
		return nil
	}
	if m.Text != "" && t.tooLong(c, text) {
		t.toTeam(fill(t.w.StaffTooLong, "limit", strconv.Itoa(t.replyLimit(c))), m)
		return nil
	}
	words := text
	if label := t.label(m); label != "" {
		words = strings.TrimSpace(label + " " + text)
	}
	if words == l.Text {
		return nil // a link has got its preview, or the like
	}
	if _, err := t.desk.Amend(t.tx, c.ID, desk.PersonID(m.From.ID), int64(m.ID), words); err != nil {
		return err
	}
	key := t.relayKey(int64(m.ID))
	if row, waiting, err := t.tx.Waiting(key); err != nil || waiting {
		if err == nil && m.Text != "" {
			_, err = t.tx.Rewrite(key, body(&telegram.SendMessageParams{
				ChatID: row.Chat, Text: t.relayed(c, text), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: t.helped(c),
			}), row.Due)
		}
		return err // a copy is made of what the message is when it is sent
	}
	id, sent, err := t.tx.Sent(key)
	if err != nil || !sent {
		return err
	}
	patient := int64(c.Patient)
	o := store.Outbound{Lane: laneOf(c.Kind), Object: objectOf(c.ID), Purpose: purpose{what: toAmend, n: int64(m.ID)}.String()}
	if m.Text != "" {
		t.queueRow(patient, "editMessageText", &telegram.EditMessageTextParams{
			ChatID: patient, MessageID: int(id), Text: t.relayed(c, text), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: t.helped(c),
		}, o)
		return nil
	}
	t.queueRow(patient, "editMessageCaption", &telegram.EditMessageCaptionParams{ChatID: patient, MessageID: int(id), Caption: text}, o)
	return nil
}

// replyLimit is how long a reply may be: the patient's message has words of ours around it.
func (t *turn) replyLimit(c desk.Case) int {
	w := t.speaking(c.Language)
	return (maxMessage - units(fill(w.Relay, "case", c.ID.String())) - max(units(w.ReplyTip), units(w.TalkBegins)) - 8) / 100 * 100
}

func (t *turn) tooLong(c desk.Case, text string) bool { return units(text) > t.replyLimit(c) }
