package bot

import (
	"context"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/faq"
)

// introduce puts the commands into the menu that Telegram shows beside the message field of private chats. The bot works
// without it, so a failure is only logged.
func (b *Bot) introduce(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for code, l := range map[string]faq.Language{"": faq.English, "ur": faq.Urdu} {
		_, err := b.mail.client.SetMyCommands(ctx, &telegram.SetMyCommandsParams{
			Commands: menuCommands(b.words[l]), Scope: &models.BotCommandScopeAllPrivateChats{}, LanguageCode: code,
		})
		if err != nil {
			b.log.Info("menu of commands not set", "language", l, "err", b.mail.reason(err))
			return
		}
	}
}

func menuCommands(w *words) []models.BotCommand {
	return []models.BotCommand{
		{Command: "topics", Description: w.CommandTopics},
		{Command: "book", Description: w.CommandBook},
		{Command: "clinic", Description: w.CommandClinic},
		{Command: "language", Description: w.CommandLanguage},
		{Command: "privacy", Description: w.CommandPrivacy},
		{Command: "help", Description: w.CommandHelp},
		{Command: "cancel", Description: w.CommandCancel},
	}
}
