package bot

import (
	"context"
	"fmt"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/faq"
	"skindesk/store"
)

// What the mail raises an alarm about.
const (
	alarmStaffChat = "staff chat" // the team's group cannot be written to
	alarmToken     = "token"      // the token is refused
	alarmConflict  = "conflict"   // somebody else reads the updates
	alarmDisk      = "disk"       // nothing can be kept
)

// tellAdmins queues a message to every admin; key makes it unique.
func (b *Bot) tellAdmins(tx *store.Tx, key, text string) error {
	for _, id := range b.admins {
		err := tx.Queue(store.Outbound{
			Key: fmt.Sprintf("%s/admin/%d", key, id), Chat: int64(id), Lane: store.LaneNotice, CreatedAt: b.now(),
			Purpose: purpose{what: toAdmin}.String(), Method: "sendMessage", Body: body(adminMessage(int64(id), text)),
		})
		if err != nil {
			return fmt.Errorf("tell admin %d: %w", id, err)
		}
	}
	return nil
}

// alarm queues word of a trouble to the admins; the same key again changes nothing.
func (b *Bot) alarm(tx *store.Tx, key, what string) error {
	return b.tellAdmins(tx, key, b.alarmText(what))
}

// shout tells the admins without the store, which may be what is broken. An admin who cannot be reached is logged.
func (b *Bot) shout(ctx context.Context, what string) {
	for _, id := range b.admins {
		if _, err := b.mail.client.SendMessage(ctx, adminMessage(int64(id), b.alarmText(what))); err != nil {
			b.log.Warn("alarm not delivered", "admin", id, "alarm", what, "err", b.mail.reason(err))
		}
	}
}

func (b *Bot) alarmText(what string) string {
	w := b.words[faq.English]
	switch what {
	case alarmStaffChat:
		return w.AlarmGroup
	case alarmToken:
		return w.AlarmToken
	case alarmConflict:
		return w.AlarmConflict
	case alarmDisk:
		return w.AlarmDisk
	}
	return fill(w.AlarmOther, "what", what)
}

func adminMessage(id int64, text string) *telegram.SendMessageParams {
	return &telegram.SendMessageParams{ChatID: id, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview()}
}
