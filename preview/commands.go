package preview

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

// commandScope is the key under which a list of commands is kept: whom it is for, and in which language.
func (s *Server) commandScope(r *request) (string, error) {
	scope := struct {
		Type   string          `json:"type"`
		ChatID json.RawMessage `json:"chat_id"`
		UserID int64           `json:"user_id"`
	}{Type: "default"}
	if _, err := r.object("scope", &scope); err != nil {
		return "", badRequest("can't parse BotCommandScope JSON object")
	}
	language := r.text("language_code")
	if language != "" && (len(language) != 2 || strings.ToLower(language) != language) {
		return "", badRequest("invalid language code specified")
	}
	key := scope.Type + "/" + language
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return key, nil
	case "chat", "chat_administrators", "chat_member":
	default:
		return "", badRequest("can't parse BotCommandScope: Unsupported type specified")
	}
	c, err := s.resolve(plain(scope.ChatID), "chat_id")
	if err != nil {
		return "", err
	}
	key += "/" + formatID(c.ID)
	if scope.Type == "chat_member" {
		if scope.UserID <= 0 {
			return "", badRequest("can't parse BotCommandScope: Invalid user_id specified")
		}
		key += "/" + formatID(scope.UserID)
	}
	return key, nil
}

func (s *Server) setMyCommands(r *request) (any, error) {
	var list []models.BotCommand
	if _, err := r.object("commands", &list); err != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	key, err := s.commandScope(r)
	if err != nil {
		return nil, err
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i, c := range list {
		list[i].Command = strings.TrimPrefix(strings.TrimSpace(c.Command), "/")
		if !validCommand(list[i].Command) {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.commands[key] = list
	return true, nil
}

func validCommand(name string) bool {
	return len(name) >= 1 && len(name) <= 32 && nameLength(name) == len(name) && strings.ToLower(name) == name
}

func (s *Server) getMyCommands(r *request) (any, error) {
	key, err := s.commandScope(r)
	if err != nil {
		return nil, err
	}
	if list := s.commands[key]; list != nil {
		return slices.Clone(list), nil
	}
	return []models.BotCommand{}, nil
}

func (s *Server) deleteMyCommands(r *request) (any, error) {
	key, err := s.commandScope(r)
	if err != nil {
		return nil, err
	}
	delete(s.commands, key)
	return true, nil
}

// Commands are what the person finds in the menu of the chat: the list that was set for the nearest scope, in the language of
// the client if there is one.
func (p *Person) Commands() []models.BotCommand {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.menu(p.at, p.u)
}

// menu looks for a list of commands in the order that the documentation gives.
func (s *Server) menu(c *chat, u *user) []models.BotCommand {
	id := "/" + formatID(c.ID)
	scopes := []string{"chat/%" + id, "all_private_chats/%", "default/%"}
	if !c.private() {
		scopes = []string{"chat_member/%" + id + "/" + formatID(u.ID)}
		if c.admin(u.ID) {
			scopes = append(scopes, "chat_administrators/%"+id, "chat/%"+id, "all_chat_administrators/%")
		} else {
			scopes = append(scopes, "chat/%"+id)
		}
		scopes = append(scopes, "all_group_chats/%", "default/%")
	}
	language, _, _ := strings.Cut(u.LanguageCode, "-")
	for _, scope := range scopes {
		for _, l := range []string{language, ""} {
			if list := s.commands[strings.Replace(scope, "%", l, 1)]; list != nil {
				return slices.Clone(list)
			}
		}
	}
	return nil
}
