package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
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
	case m != nil:
		return t.cameOrWent(m)
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
	if t.forAnother(m.Text) {
		return nil
	}
	if name, _ := commandOf(m.Text); name != "" && (m.ReplyToMessage == nil || slices.Contains(teamNames, name)) {
		return t.teamCommand(name, m)
	}
	if isFAQFile(m.Document) {
		t.toTeam(t.w.StaffFile, m)
		return nil
	}
	r := m.ReplyToMessage
	if r == nil || r.From == nil || r.From.ID != t.self {
		return nil
	}
	if m.SenderChat != nil || m.From == nil {
		t.toTeam(t.w.StaffAnonymous, m)
		return nil
	}
	c, found, err := t.caseFor(r)
	if err != nil {
		return err
	}
	role, err := t.memberOf(m)
	switch {
	case err != nil:
		return err
	case role == "":
		t.log.Info("reply of a stranger refused", "user", m.From.ID, "case", int64(c.ID))
		t.toTeam(t.w.StaffStranger, m)
	case !found:
		return t.replyToNone(r, m)
	case !canCopy(m):
		t.toTeam(t.w.StaffUnsendable, m)
	case m.Text != "" && t.tooLong(c, tidy(m.Text)):
		t.toTeam(fill(t.w.StaffTooLong, "limit", strconv.Itoa(t.replyLimit(c))), m)
	default:
		return t.relay(c, m)
	}
	return nil
}

// isFAQFile tells whether a file may be meant for the clinic's answers; the group is no place for it.
func isFAQFile(d *models.Document) bool {
	return d != nil && strings.HasSuffix(strings.ToLower(d.FileName), ".json")
}

// memberOf returns the role of who has written in the group, whose name is noted if they have one.
func (t *turn) memberOf(m *models.Message) (desk.Role, error) {
	by := desk.PersonID(m.From.ID)
	role, err := t.desk.Role(t.tx, by)
	if err != nil || role == "" {
		return role, err
	}
	return role, t.desk.Name(t.tx, by, tidyName(m.From.FirstName))
}

// replyToNone tells that a reply belongs to no case, or to several.
func (t *turn) replyToNone(r, m *models.Message) error {
	joined, err := t.joinedAt(t.tx, int64(r.ID))
	switch {
	case err != nil:
		return err
	case len(joined) > 0:
		t.toTeam(t.w.StaffJoined, m)
	default:
		t.toTeam(t.w.StaffNoCase, m)
	}
	return nil
}

// caseFor returns the case that a message of the bot in the group belongs to.
func (t *turn) caseFor(r *models.Message) (desk.Case, bool, error) {
	id, found, err := t.caseOf(r)
	if err != nil || !found {
		return desk.Case{}, false, err
	}
	c, err := t.tx.Case(id)
	return c, err == nil, err
}

// caseOf tells which case a message of the bot in the group belongs to: by what was kept when it was sent, else by the number
// that its first line shows. A caption is a patient's own: a number in it is nobody's case.
func (t *turn) caseOf(r *models.Message) (desk.CaseID, bool, error) {
	id, found, err := t.tx.Thread(t.where().ID, int64(r.ID))
	if err != nil {
		return 0, false, err
	}
	text := r.Text
	if t.where().ID == t.staffChat() {
		text = firstLine(text) // what is below may name many
	}
	if !found {
		if id, found = caseNumber(text); !found {
			return 0, false, nil
		}
	}
	_, err = t.tx.Case(id)
	if isNotFound(err) {
		return 0, false, nil
	}
	return id, err == nil, err
}

// canCopy tells whether Telegram lets a bot copy a message.
func canCopy(m *models.Message) bool {
	return m.Text != "" || len(m.Photo) > 0 || m.Video != nil || m.Document != nil || m.Voice != nil || m.VideoNote != nil ||
		m.Audio != nil || m.Animation != nil || m.Sticker != nil || m.Location != nil || m.Venue != nil || m.Contact != nil
}

// teamNames are the commands of the group. In a reply to a card they are no words for its patient.
var teamNames = []string{"/help", "/start", "/here", "/faq", "/stats", "/open", "/today"}

func (t *turn) teamCommand(name string, m *models.Message) error {
	switch name {
	case "/help", "/start":
		t.toTeam(t.w.StaffHelp, m)
	case "/here":
		return t.here(m)
	case "/faq", "/stats":
		t.toTeam(t.w.AdminPrivate, m)
	case "/open", "/today":
		return t.teamList(name, m)
	}
	return nil
}

// teamList answers the team's commands that show what is in hand; nobody else of the group is shown it.
func (t *turn) teamList(name string, m *models.Message) error {
	if m.From == nil || m.SenderChat != nil {
		t.toTeam(t.w.StaffUnseen, m)
		return nil
	}
	role, err := t.memberOf(m)
	switch {
	case err != nil:
		return err
	case role == "":
		t.toTeam(t.w.StaffOnly, m)
		return nil
	case name == "/today":
		return t.today(m)
	}
	return t.open(m)
}

// here answers an admin with the group's id.
func (t *turn) here(m *models.Message) error {
	if m == nil || t.forAnother(m.Text) {
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

// leave leaves a group that is not the team's.
func (t *turn) leave() {
	c := t.where()
	t.log.Info("left a group that is not the team's", "chat", c.ID)
	t.queue(c.ID, "leaveChat", &telegram.LeaveChatParams{ChatID: c.ID}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
}

// member handles that somebody has let the bot in or put it out.
func (t *turn) member(u *models.ChatMemberUpdated) error {
	out := u.NewChatMember.Type == models.ChatMemberTypeBanned || u.NewChatMember.Type == models.ChatMemberTypeLeft
	silent := u.NewChatMember.Restricted != nil && !u.NewChatMember.Restricted.CanSendMessages
	switch {
	case u.Chat.Type == models.ChatTypePrivate && out:
		return t.desk.Lose(t.tx, desk.PersonID(u.Chat.ID))
	case u.Chat.Type == models.ChatTypePrivate:
		_, err := t.desk.Meet(t.tx, desk.PersonID(u.Chat.ID), tidyName(u.From.FirstName))
		return err
	case u.Chat.ID == t.staffChat() && (out || silent):
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
