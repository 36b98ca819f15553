package preview

import (
	"html"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
)

// message is one message as it now is. The wire form is the library's, with the answered message and the keyboard in
// place of the library's own, which cannot be echoed as they were sent.
type message struct {
	models.Message
	ReplyTo *message        `json:"reply_to_message,omitempty"`
	Markup  *inlineKeyboard `json:"reply_markup,omitempty"`

	chat      *chat
	deleted   bool
	keyed     bool // it brought or took a reply keyboard, which makes it uneditable
	reactions map[int64]string
}

// wire is a copy to send: with the answered message as it is now, but not what that one answers.
func (m *message) wire() *message {
	c := *m
	c.Entities, c.CaptionEntities = slices.Clone(m.Entities), slices.Clone(m.CaptionEntities)
	if c.ReplyTo != nil {
		if c.ReplyTo.deleted {
			c.ReplyTo = nil
		} else {
			answered := *c.ReplyTo
			answered.ReplyTo = nil
			c.ReplyTo = &answered
		}
	}
	return &c
}

// words is what the message says: its text or its caption.
func (m *message) words() rich {
	if m.Text != "" {
		return rich{m.Text, m.Entities}
	}
	return rich{m.Caption, m.CaptionEntities}
}

func (m *message) byBot(s *Server) bool { return m.From != nil && m.From.ID == s.bot.ID }

// media names what the message carries besides text.
func (m *message) media() string {
	kinds := []struct {
		name string
		has  bool
	}{
		{"photo", len(m.Photo) > 0}, {"document", m.Document != nil}, {"voice", m.Voice != nil},
		{"sticker", m.Sticker != nil}, {"video_note", m.VideoNote != nil}, {"location", m.Location != nil},
		{"contact", m.Contact != nil},
	}
	for _, k := range kinds {
		if k.has {
			return k.name
		}
	}
	return ""
}

// file is the id of the file that the message carries, and its name.
func (m *message) file() (id, name string) {
	switch {
	case len(m.Photo) > 0:
		return m.Photo[len(m.Photo)-1].FileID, ""
	case m.Document != nil:
		return m.Document.FileID, m.Document.FileName
	case m.Voice != nil:
		return m.Voice.FileID, ""
	}
	return "", ""
}

// service describes a message that nobody wrote.
func (m *message) service() string {
	switch {
	case len(m.NewChatMembers) > 0:
		return m.NewChatMembers[0].FirstName + " joined"
	case m.LeftChatMember != nil:
		return m.LeftChatMember.FirstName + " left"
	case m.PinnedMessage != nil:
		return "pinned a message"
	case m.MigrateToChatID != 0:
		return "made this group a supergroup"
	case m.MigrateFromChatID != 0:
		return "made the group a supergroup"
	}
	return ""
}

// add puts a message at the end of a chat and gives it its id and date.
func (s *Server) add(c *chat, m *message) *message {
	*c.series++
	m.ID, m.Date, m.Chat, m.chat = *c.series, int(s.now().Unix()), c.Chat, c
	c.history = append(c.history, m)
	c.byID[m.ID] = m
	s.touch()
	return m
}

// tell gives the bot the news of a message, if it may see it.
func (s *Server) tell(kind string, m *message) {
	if !s.sees(m) {
		return
	}
	since := m.Date
	if m.EditDate > 0 {
		since = m.EditDate
	}
	s.push(kind, m.chat.ID, m.wire(), time.Unix(int64(since), 0).Add(messageLife))
}

// sees applies privacy mode: in a group where the bot is no administrator only commands, answers to the bot, mentions
// of it and service messages arrive. This follows the documentation; the server's side of it is not public.
func (s *Server) sees(m *message) bool {
	c := m.chat
	if c.private() {
		return true
	}
	if !c.holds(s.bot.ID) {
		return m.LeftChatMember != nil && m.LeftChatMember.ID == s.bot.ID
	}
	if s.readsAll || c.admin(s.bot.ID) || m.service() != "" {
		return true
	}
	return m.ReplyTo != nil && m.ReplyTo.byBot(s) || s.addressed(m.words())
}

// addressed says whether a text begins with a command that is not another bot's, or mentions the bot.
func (s *Server) addressed(t rich) bool {
	runes := utf16.Encode([]rune(t.text))
	for _, e := range t.entities {
		part := string(utf16.Decode(runes[e.Offset : e.Offset+e.Length]))
		_, to, named := strings.Cut(part, "@")
		forUs := named && strings.EqualFold(to, s.bot.Username)
		if e.Type == models.MessageEntityTypeBotCommand && (forUs || !named) || e.Type == models.MessageEntityTypeMention && forUs {
			return true
		}
	}
	return false
}

// Message is a message as a person sees it now.
type Message struct {
	ID        int
	Chat      int64
	Date      time.Time
	From      int64 // of the person or the bot; a service user's for somebody who writes anonymously
	Name      string
	FromBot   bool
	Text      string // or the caption
	Entities  []models.MessageEntity
	Buttons   [][]Button
	ReplyTo   int    // 0 if it answers none, or one that is gone
	Media     string // photo, document, voice, sticker, video_note, location, contact, or nothing
	Album     string // shared by the messages of one album
	File      string // the file's id
	FileName  string
	Phone     string // of a contact
	Forwarded string // from whom
	Service   string // what happened, if nobody wrote this
	Edited    bool
	Reactions []string
}

// Button is an inline button.
type Button struct {
	Text, Data, URL, Style string
}

// view is the message as people see it.
func (m *message) view(s *Server) Message {
	words := m.words()
	v := Message{
		ID: m.ID, Chat: m.Chat.ID, Date: time.Unix(int64(m.Date), 0), Text: words.text, Entities: slices.Clone(words.entities),
		Media: m.media(), Album: m.MediaGroupID, Service: m.service(), Edited: m.EditDate > 0, FromBot: m.byBot(s),
	}
	v.File, v.FileName = m.file()
	if m.From != nil {
		v.From, v.Name = m.From.ID, fullName(*m.From)
	}
	if m.SenderChat != nil {
		v.Name = m.SenderChat.Title
	}
	if m.Contact != nil {
		v.Phone = m.Contact.PhoneNumber
	}
	if m.ReplyTo != nil && !m.ReplyTo.deleted {
		v.ReplyTo = m.ReplyTo.ID
	}
	if m.ForwardOrigin != nil {
		v.Forwarded = originName(m.ForwardOrigin)
	}
	v.Buttons = m.buttons()
	for _, id := range sortedKeys(m.reactions) {
		v.Reactions = append(v.Reactions, m.reactions[id])
	}
	return v
}

func (m *message) buttons() [][]Button {
	if m.Markup == nil {
		return nil
	}
	var rows [][]Button
	for _, row := range m.Markup.Rows {
		var buttons []Button
		for _, b := range row {
			buttons = append(buttons, Button{Text: b.text, Data: b.data, URL: b.url, Style: b.style})
		}
		rows = append(rows, buttons)
	}
	return rows
}

func originName(o *models.MessageOrigin) string {
	switch o.Type {
	case models.MessageOriginTypeUser:
		return fullName(o.MessageOriginUser.SenderUser)
	case models.MessageOriginTypeHiddenUser:
		return o.MessageOriginHiddenUser.SenderUserName
	case models.MessageOriginTypeChat:
		return o.MessageOriginChat.SenderChat.Title
	}
	return ""
}

func fullName(u models.User) string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

// HTML is the text with its markup, as parse_mode HTML would take it.
func (m Message) HTML() string {
	text := utf16.Encode([]rune(m.Text))
	part := func(from, to int) string { return html.EscapeString(string(utf16.Decode(text[from:to]))) }
	var b strings.Builder
	var open []models.MessageEntity
	at := 0
	closeUntil := func(limit int) {
		for len(open) > 0 {
			e := open[len(open)-1]
			end := min(e.Offset+e.Length, len(text))
			if end > limit {
				return
			}
			b.WriteString(part(at, max(end, at)) + closingTag(e))
			at, open = max(end, at), open[:len(open)-1]
		}
	}
	for _, e := range m.Entities {
		if openingTag(e) == "" || e.Offset < at {
			continue
		}
		closeUntil(e.Offset)
		b.WriteString(part(at, e.Offset) + openingTag(e))
		at, open = e.Offset, append(open, e)
	}
	closeUntil(len(text))
	return b.String() + part(at, len(text))
}

func openingTag(e models.MessageEntity) string {
	switch e.Type {
	case models.MessageEntityTypeTextLink:
		return `<a href="` + html.EscapeString(e.URL) + `">`
	case models.MessageEntityTypeTextMention:
		return `<a href="tg://user?id=` + formatID(e.User.ID) + `">`
	case models.MessageEntityTypeExpandableBlockquote:
		return "<blockquote expandable>"
	}
	if name := tagName(e.Type); name != "" {
		return "<" + name + ">"
	}
	return ""
}

func closingTag(e models.MessageEntity) string {
	switch e.Type {
	case models.MessageEntityTypeTextLink, models.MessageEntityTypeTextMention:
		return "</a>"
	case models.MessageEntityTypeExpandableBlockquote:
		return "</blockquote>"
	}
	return "</" + tagName(e.Type) + ">"
}

// tagName is the shortest tag that makes an entity.
func tagName(t models.MessageEntityType) string {
	for _, name := range []string{"b", "i", "u", "s", "tg-spoiler", "code", "pre", "blockquote"} {
		if simpleTag(name) == t {
			return name
		}
	}
	return ""
}
