package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// inGroup handles what comes from a group: the team's, or one that the bot has no business in.
func (t *turn) inGroup() error {
	m := t.message()
	switch {
	case m != nil && m.MigrateToChatID != 0:
		return t.migrated(m.Chat.ID, m.MigrateToChatID)
	case m != nil && m.MigrateFromChatID != 0:
		return t.migrated(m.MigrateFromChatID, m.Chat.ID)
	case t.staffChat() == 0:
		return t.here(m)
	case t.where().ID != t.staffChat():
		if m == nil || !isService(m) || !t.mayBeOurs(t.where()) {
			t.leave()
		}
		return nil
	case t.update.CallbackQuery != nil:
		return t.teamTap(t.update.CallbackQuery)
	case t.update.EditedMessage != nil:
		return t.teamEdit(t.update.EditedMessage)
	case m != nil && !isService(m):
		return t.teamMessage(m)
	}
	return nil
}

// migrated follows the team's group into the supergroup that it has become, with what waits to be sent there.
func (t *turn) migrated(from, to int64) error {
	if from != t.staffChat() {
		return nil
	}
	if err := t.tx.MigrateChat(from, to); err != nil {
		return err
	}
	return t.moveGroup(t.tx, from, to)
}

// teamMessage passes a reply to a card on to its patient. What is no reply to the bot stays in the group.
func (t *turn) teamMessage(m *models.Message) error {
	if m.From != nil && m.From.IsBot && m.SenderChat == nil {
		return nil
	}
	if name, _ := commandOf(m.Text); name != "" && m.ReplyToMessage == nil {
		return t.teamCommand(name, m)
	}
	r := m.ReplyToMessage
	if r == nil || r.From == nil || r.From.ID != t.self {
		return nil
	}
	id, found, err := t.caseOf(r)
	switch {
	case err != nil:
		return err
	case m.SenderChat != nil || m.From == nil:
		t.toTeam(t.w.StaffAnonymous, m)
		return nil
	}
	role, err := t.desk.Role(t.tx, desk.PersonID(m.From.ID))
	switch {
	case err != nil:
		return err
	case role == "":
		t.log.Info("reply of a stranger refused", "user", m.From.ID, "case", id)
		t.toTeam(t.w.StaffStranger, m)
	case !found:
		t.toTeam(t.w.StaffNoCase, m)
	case !canCopy(m):
		t.toTeam(t.w.StaffUnsendable, m)
	default:
		return t.relay(id, m)
	}
	return nil
}

// caseOf tells which case a message of the bot in the group belongs to: by what was kept when it was sent, else by the number
// that its text shows. A caption is a patient's own: a number in it is nobody's case.
func (t *turn) caseOf(r *models.Message) (desk.CaseID, bool, error) {
	id, found, err := t.tx.Thread(t.where().ID, int64(r.ID))
	if err != nil {
		return 0, false, err
	}
	if !found {
		if id, found = caseNumber(r.Text); !found {
			return 0, false, nil
		}
	}
	_, err = t.tx.Case(id)
	if isNotFound(err) {
		return 0, false, nil
	}
	return id, err == nil, err
}

// relay sends what somebody of the team replied to the patient: text under a heading, anything else as a copy after it.
func (t *turn) relay(id desk.CaseID, m *models.Message) error {
	text := tidy(m.Text + m.Caption)
	words := text
	if label := t.label(m); label != "" {
		words = strings.TrimSpace(label + " " + text)
	}
	by := desk.PersonID(m.From.ID)
	c, err := t.desk.Answer(t.tx, id, by, words, int64(m.ID))
	if held := (*desk.HeldError)(nil); errors.As(err, &held) && held.Holder == 0 {
		if _, err = t.desk.Take(t.tx, id, by); err == nil {
			c, err = t.desk.Answer(t.tx, id, by, words, int64(m.ID))
		}
	}
	if errors.Is(err, desk.ErrNotStaff) {
		t.toTeam(t.w.StaffStranger, m)
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.tx.Audit(t.now, m.From.ID, "answer", objectOf(id)); err != nil {
		return err
	}
	w := t.words[c.Language]
	if w == nil {
		w = t.words[faq.English]
	}
	head, tip := fill(w.Relay, "case", id.String()), "\n\n<i>"+w.ReplyTip+"</i>"
	patient := int64(c.Patient)
	row := store.Outbound{Lane: laneOf(c.Kind), Object: objectOf(id)}
	last := purpose{what: toRelay, n: int64(m.ID)}
	if m.Text != "" && units(faq.Plain(head)+text+faq.Plain(tip))+4 <= maxMessage {
		row.Purpose = last.String()
		t.queue(patient, "sendMessage", &telegram.SendMessageParams{
			ChatID: patient, Text: head + "\n\n" + escape(text) + tip, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
		}, row)
		return nil
	}
	row.Purpose = purpose{what: toThread}.String()
	t.queue(patient, "sendMessage", &telegram.SendMessageParams{
		ChatID: patient, Text: head + tip, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
	}, row)
	row.Purpose = last.String()
	t.queue(patient, "copyMessage", &telegram.CopyMessageParams{ChatID: patient, FromChatID: m.Chat.ID, MessageID: m.ID}, row)
	return nil
}

// canCopy tells whether Telegram lets a bot copy a message.
func canCopy(m *models.Message) bool {
	return m.Text != "" || len(m.Photo) > 0 || m.Video != nil || m.Document != nil || m.Voice != nil || m.VideoNote != nil ||
		m.Audio != nil || m.Animation != nil || m.Sticker != nil || m.Location != nil || m.Venue != nil || m.Contact != nil
}

// teamEdit tells somebody who edits a reply that the patient has the first version.
func (t *turn) teamEdit(m *models.Message) error {
	r := m.ReplyToMessage
	if r == nil || r.From == nil || r.From.ID != t.self || m.From == nil || m.SenderChat != nil {
		return nil
	}
	role, err := t.desk.Role(t.tx, desk.PersonID(m.From.ID))
	if err != nil || role == "" {
		return err
	}
	id, found, err := t.caseOf(r)
	if err == nil && found {
		t.toTeam(fill(t.w.StaffEdited, "case", id.String()), m)
	}
	return err
}

func (t *turn) teamCommand(name string, m *models.Message) error {
	switch name {
	case "/help", "/start":
		t.toTeam(t.w.StaffHelp, m)
	case "/here":
		return t.here(m)
	case "/faq", "/stats":
		t.toTeam(t.w.AdminPrivate, m)
	}
	return nil
}

// here answers an admin with the group's id.
func (t *turn) here(m *models.Message) error {
	if m == nil {
		return nil
	}
	if name, _ := commandOf(m.Text); name != "/here" || m.From == nil || m.SenderChat != nil {
		return nil
	}
	role, err := t.desk.Role(t.tx, desk.PersonID(m.From.ID))
	if err == nil && role == desk.Admin {
		t.toTeam(fill(t.w.Here, "id", strconv.FormatInt(m.Chat.ID, 10)), m)
	}
	return err
}

// toTeam says something in the group that a message came from, in reply to it.
func (t *turn) toTeam(text string, m *models.Message) {
	t.queue(m.Chat.ID, "sendMessage", &telegram.SendMessageParams{
		ChatID: m.Chat.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyParameters: replyTo(int64(m.ID)),
	}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
}

// teamTap does what a button of a card asks for. Who taps, where, and whether the case still stands as the card shows it is
// checked anew: a button proves nothing.
func (t *turn) teamTap(q *models.CallbackQuery) error {
	a, err := parseAction(q.Data)
	if a.do == doRepeat {
		t.toast = t.w.TapRepeat
		return nil
	}
	if err != nil || a.do != doDone {
		t.toast, t.alert = t.w.TapUnknown, true
		return nil
	}
	id, by := desk.CaseID(a.n), desk.PersonID(q.From.ID)
	role, err := t.desk.Role(t.tx, by)
	if err != nil {
		return err
	}
	if role == "" {
		t.log.Info("tap of a stranger refused", "user", q.From.ID, "case", id)
		t.toast, t.alert = t.w.TapNotStaff, true
		return nil
	}
	c, err := t.tx.Case(id)
	switch {
	case isNotFound(err):
		t.toast, t.alert = t.w.TapCaseNotFound, true
		return nil
	case err != nil:
		return err
	case c.State == desk.Closed:
		t.toast = fill(t.w.TapWasClosed, "case", id.String())
		return t.redraw(t.tx, t.faq, c, t.key(1), t.now)
	case a.id != strconv.FormatInt(c.Version, 10):
		t.toast = fill(t.w.TapCaseChanged, "case", id.String())
		return t.redraw(t.tx, t.faq, c, t.key(1), t.now)
	}
	if _, err := t.desk.Close(t.tx, id, by); err != nil {
		return err
	}
	t.toast = fill(t.w.TapClosed, "case", id.String())
	return t.tx.Audit(t.now, q.From.ID, "close", objectOf(id))
}

// leave leaves a group that is not the team's.
func (t *turn) leave() {
	c := t.where()
	t.log.Info("left a group that is not the team's", "chat", c.ID)
	t.queue(c.ID, "leaveChat", &telegram.LeaveChatParams{ChatID: c.ID}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
}

// member handles that somebody has let the bot in or put it out.
func (t *turn) member(u *models.ChatMemberUpdated) error {
	out := u.NewChatMember.Type == models.ChatMemberTypeBanned || u.NewChatMember.Type == models.ChatMemberTypeLeft
	switch {
	case u.Chat.Type == models.ChatTypePrivate && out:
		return t.desk.Lose(t.tx, desk.PersonID(u.Chat.ID))
	case u.Chat.Type == models.ChatTypePrivate:
		_, err := t.desk.Meet(t.tx, desk.PersonID(u.Chat.ID), tidyName(u.From.FirstName))
		return err
	case u.Chat.ID == t.staffChat() && out:
		return t.alarm(t.tx, fmt.Sprintf("alarm/%s/%d", alarmStaffChat, t.now.Unix()/3600), alarmStaffChat)
	case !out && t.staffChat() != 0 && u.Chat.ID != t.staffChat() && !t.mayBeOurs(&u.Chat):
		t.leave()
	}
	return nil
}

// inSetup answers somebody who writes before the bot is set up.
func (t *turn) inSetup() error {
	role, err := t.desk.Role(t.tx, t.person.ID)
	if err != nil {
		return err
	}
	text := t.w.Setup
	if role == desk.Admin {
		text = t.w.SetupAdmin
	}
	t.say(text)
	return nil
}
