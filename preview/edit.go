package preview

import (
	"slices"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"
)

// undeletable is the age at which a message can no longer be deleted.
const undeletable = 48 * time.Hour

// editable finds one of the bot's own messages that may still be changed.
func (s *Server) editable(r *request) (*message, error) {
	if r.text("chat_id") == "" && r.text("inline_message_id") == "" && r.integer("message_id") == 0 {
		return nil, badRequest("message identifier is not specified")
	}
	c, err := s.chatFor(r, "chat_id", toEdit)
	if err != nil {
		return nil, err
	}
	m := c.find(int(r.integer("message_id")))
	if m == nil {
		return nil, badRequest("message to edit not found")
	}
	if !m.byBot(s) || m.keyed || m.ForwardOrigin != nil {
		return nil, badRequest("message can't be edited")
	}
	return m, nil
}

// target reads which message a call edits, and the buttons it is to have.
func (s *Server) target(r *request) (*message, markup, error) {
	mark, err := readMarkup(r)
	if err != nil {
		return nil, mark, err
	}
	m, err := s.editable(r)
	return m, mark, err
}

// change gives a message new words and buttons. Without buttons in the call, those under the message go.
func (s *Server) change(m *message, words rich, mark markup) (any, error) {
	if mark.keys != nil || mark.remove || mark.force {
		return nil, badRequest("inline keyboard expected")
	}
	if m.words().equal(words) && m.Markup.equal(mark.inline) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	reworded := !m.words().equal(words)
	if m.media() == "" {
		m.Text, m.Entities = words.text, words.entities
	} else {
		m.Caption, m.CaptionEntities = words.text, words.entities
	}
	m.Markup = mark.inline
	if reworded {
		m.EditDate = int(s.now().Unix())
	}
	s.touch()
	return m.wire(), nil
}

func (s *Server) editMessageText(r *request) (any, error) {
	text, err := s.readMessageText(r)
	if err != nil {
		return nil, err
	}
	m, mark, err := s.target(r)
	if err != nil {
		return nil, err
	}
	if m.Text == "" {
		return nil, badRequest("there is no text in the message to edit")
	}
	if text, err = s.completeText(text); err != nil {
		return nil, err
	}
	return s.change(m, text, mark)
}

func (s *Server) editMessageCaption(r *request) (any, error) {
	caption, err := s.readCaption(r)
	if err != nil {
		return nil, err
	}
	m, mark, err := s.target(r)
	if err != nil {
		return nil, err
	}
	if m.media() == "" {
		return nil, badRequest("there is no caption in the message to edit")
	}
	return s.change(m, caption, mark)
}

func (s *Server) editMessageReplyMarkup(r *request) (any, error) {
	m, mark, err := s.target(r)
	if err != nil {
		return nil, err
	}
	return s.change(m, m.words(), mark)
}

func (s *Server) deleteMessage(r *request) (any, error) {
	if r.integer("message_id") == 0 {
		return nil, badRequest("message identifier is not specified")
	}
	c, err := s.chatFor(r, "chat_id", toEdit)
	if err != nil {
		return nil, err
	}
	m := c.find(int(r.integer("message_id")))
	if m == nil {
		return nil, badRequest("message to delete not found")
	}
	if !s.mayDelete(m) {
		return nil, badRequest("message can't be deleted for everyone")
	}
	s.remove(m)
	return true, nil
}

// mayDelete follows the documentation: an administrator any message of its group, others their own (in a private chat
// any), for 48 hours.
func (s *Server) mayDelete(m *message) bool {
	if m.chat.admin(s.bot.ID) {
		return true
	}
	young := s.now().Sub(time.Unix(int64(m.Date), 0)) < undeletable
	return young && (m.byBot(s) || m.chat.private())
}

func (s *Server) remove(m *message) {
	m.deleted = true
	s.touch()
}

func (s *Server) pinChatMessage(r *request) (any, error) {
	c, err := s.chatFor(r, "chat_id", toWrite)
	if err != nil {
		return nil, err
	}
	m := c.find(int(r.integer("message_id")))
	if m == nil {
		return nil, badRequest("message to pin not found")
	}
	if !c.private() && !c.admin(s.bot.ID) {
		return nil, badRequest("not enough rights to manage pinned messages in the chat")
	}
	if c.pinned == m {
		return true, nil
	}
	c.pinned = m
	pin := s.add(c, &message{Message: models.Message{
		From:          &s.bot,
		PinnedMessage: &models.MaybeInaccessibleMessage{Type: models.MaybeInaccessibleMessageTypeMessage, Message: &m.Message},
	}})
	s.tell("message", pin) // Telegram tells a bot of its own pin too
	return true, nil
}

func (s *Server) setMessageReaction(r *request) (any, error) {
	var wanted []struct{ Type, Emoji string }
	if _, err := r.object("reaction", &wanted); err != nil {
		return nil, err
	}
	c, err := s.chatFor(r, "chat_id", toWrite)
	if err != nil {
		return nil, err
	}
	m := c.find(int(r.integer("message_id")))
	if m == nil {
		return nil, badRequest("message to react not found")
	}
	if len(wanted) > 1 {
		return nil, badRequest("REACTIONS_TOO_MANY")
	}
	emoji := ""
	if len(wanted) == 1 {
		emoji = wanted[0].Emoji
		if c.dry || wanted[0].Type != "emoji" || !slices.Contains(reactionEmoji(), emoji) {
			return nil, badRequest("REACTION_INVALID")
		}
	}
	s.react(m, s.bot.ID, emoji)
	return true, nil
}

// react sets what somebody thinks of a message; an empty emoji takes it back.
func (s *Server) react(m *message, by int64, emoji string) {
	if m.reactions == nil {
		m.reactions = map[int64]string{}
	}
	if emoji == "" {
		delete(m.reactions, by)
	} else {
		m.reactions[by] = emoji
	}
	s.touch()
}

// reactionEmoji are those that Telegram's documentation of ReactionTypeEmoji lists.
func reactionEmoji() []string {
	return strings.Fields("❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 " +
		"👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡")
}
