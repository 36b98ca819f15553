package bot

import (
	"context"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/faq"
)

// commandMenu is a menu of commands that Telegram shows beside the message field, for whom and in which of the phone's languages; ""
// is any language without a menu of its own.
type commandMenu struct {
	scope    models.BotCommandScope
	language string
	commands []models.BotCommand
}

// introduceAgain is after how long Telegram is asked again for the bot's name.
const introduceAgain = time.Minute

// introduce learns what the bot is called, for links to it, as soon as Telegram can be asked, and sets the menus.
func (b *Bot) introduce(ctx context.Context) {
	for ctx.Err() == nil && !b.introduced(ctx) {
		sleep(ctx, introduceAgain, new(bell))
	}
}

// introduced tells whether the bot's name is known now; then the menus are set. The bot works without them, so a failure is only logged:
// an admin who has never written to the bot cannot have a menu of their own yet.
func (b *Bot) introduced(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	me, err := b.mail.client.GetMe(ctx)
	if err != nil {
		b.log.Info("the bot's own name is not known: links to the team name no chat", "err", b.mail.reason(err))
		return false
	}
	b.name.Store(&me.Username)
	for _, m := range b.commandMenus() {
		_, err := b.mail.client.SetMyCommands(ctx, &telegram.SetMyCommandsParams{Commands: m.commands, Scope: m.scope, LanguageCode: m.language})
		if err != nil {
			b.log.Info("menu of commands not set", "language", m.language, "err", b.mail.reason(err))
		}
	}
	return true
}

// commandMenus lists the menus: patients' in English and Urdu, the team's in its group, and the admins' with what only they may.
func (b *Bot) commandMenus() []commandMenu {
	var all []commandMenu
	for code, l := range map[string]faq.Language{"": faq.English, "ur": faq.Urdu} {
		all = append(all, commandMenu{&models.BotCommandScopeAllPrivateChats{}, code, patientCommands(b.words[l])})
		for _, id := range b.admins {
			own := append(patientCommands(b.words[l]), adminCommands(b.words[l])...)
			all = append(all, commandMenu{&models.BotCommandScopeChat{ChatID: int64(id)}, code, own})
		}
		if id := b.staffChat(); id != 0 {
			all = append(all, commandMenu{&models.BotCommandScopeChat{ChatID: id}, code, teamCommands(b.words[l])})
		}
	}
	return all
}

func patientCommands(w *words) []models.BotCommand {
	return []models.BotCommand{
		{Command: "topics", Description: w.CommandTopics},
		{Command: "book", Description: w.CommandBook},
		{Command: "mybooking", Description: w.CommandMyBooking},
		{Command: "clinic", Description: w.CommandClinic},
		{Command: "language", Description: w.CommandLanguage},
		{Command: "privacy", Description: w.CommandPrivacy},
		{Command: "help", Description: w.CommandHelp},
		{Command: "cancel", Description: w.CommandCancel},
	}
}

func teamCommands(w *words) []models.BotCommand {
	return []models.BotCommand{
		{Command: "open", Description: w.CommandOpen},
		{Command: "today", Description: w.CommandToday},
		{Command: "help", Description: w.CommandTeamHelp},
		{Command: "here", Description: w.CommandHere},
	}
}

func adminCommands(w *words) []models.BotCommand {
	return []models.BotCommand{
		{Command: "invite", Description: w.CommandInvite},
		{Command: "team", Description: w.CommandTeam},
		{Command: "faq", Description: w.CommandFAQ},
		{Command: "stats", Description: w.CommandStats},
		{Command: "season", Description: w.CommandSeason},
	}
}
