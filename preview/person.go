package preview

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"
)

// Ids of the users that stand in for those who write without showing themselves.
const (
	anonymousID = 1087968824
	channelID   = 136817688
)

// user is somebody with an account.
type user struct {
	models.User
	phone   string
	hidden  bool // forwarded messages do not lead to the account
	title   string
	deleted bool
	alerts  []alert
	tapping []string // taps without an answer
}

// alert is a notice that answered a tap.
type alert struct {
	text  string
	chat  int64
	modal bool
}

// Person is somebody in one chat: the private chat with the bot, or a group that In led to.
type Person struct {
	s    *Server
	u    *user
	at   *chat
	mask *mask
	to   *message // what the next messages answer, or nil
}

// mask hides who writes.
type mask struct {
	from models.User
	chat models.Chat
}

// PersonOption sets what is not as usual about a new person.
type PersonOption func(*user)

// WithID sets the person's id, which is otherwise the next free one.
func WithID(id int64) PersonOption { return func(u *user) { u.ID = id } }

// WithUsername sets the name after the "@".
func WithUsername(name string) PersonOption { return func(u *user) { u.Username = name } }

// WithLastName sets the family name.
func WithLastName(name string) PersonOption { return func(u *user) { u.LastName = name } }

// WithLanguage sets the language of the person's client, "en" otherwise.
func WithLanguage(code string) PersonOption { return func(u *user) { u.LanguageCode = code } }

// WithPhone sets the number that the person shares by button.
func WithPhone(number string) PersonOption { return func(u *user) { u.phone = number } }

// WithHiddenAccount keeps the person's account out of forwarded messages.
func WithHiddenAccount() PersonOption { return func(u *user) { u.hidden = true } }

// WithTitle says what the person is, such as "Admin". On the page somebody with a title has a place of his own, beside the
// others, who share one.
func WithTitle(title string) PersonOption { return func(u *user) { u.title = title } }

// Person makes a new user. The private chat with the bot is there but not begun: until the person writes, the bot
// cannot.
func (s *Server) Person(firstName string, options ...PersonOption) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &user{User: models.User{FirstName: firstName, LanguageCode: "en"}}
	for _, set := range options {
		set(u)
	}
	for u.ID == 0 || s.user(u.ID) != nil {
		u.ID = s.nextUser
		s.nextUser++
	}
	u.phone = cmp.Or(u.phone, fmt.Sprintf("+92300%07d", u.ID%10_000_000))
	s.people = append(s.people, u)
	c := s.newChat(models.Chat{
		ID: u.ID, Type: models.ChatTypePrivate, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username,
	})
	c.owner = u
	s.touch()
	return &Person{s: s, u: u, at: c}
}

// user finds an account. The caller holds s.mu.
func (s *Server) user(id int64) *user {
	for _, u := range s.people {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// ID is the user's, and that of the private chat with the bot.
func (p *Person) ID() int64 { return p.u.ID }

// Name is the first name.
func (p *Person) Name() string { return p.u.FirstName }

// In is the same person in a group.
func (p *Person) In(g *Group) *Person { return &Person{s: p.s, u: p.u, at: g.c} }

// Anonymous is the same person writing as the group itself, as an anonymous administrator does.
func (p *Person) Anonymous() *Person {
	return p.masked(models.User{ID: anonymousID, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}, p.at.Chat)
}

// AsChannel is the same person writing in the name of a channel.
func (p *Person) AsChannel(title string) *Person {
	return p.masked(models.User{ID: channelID, IsBot: true, FirstName: "Channel", Username: "Channel_Bot"},
		models.Chat{ID: -1_003_000_000_000 - p.u.ID%1_000_000, Type: models.ChatTypeChannel, Title: title})
}

func (p *Person) masked(from models.User, c models.Chat) *Person {
	return &Person{s: p.s, u: p.u, at: p.at, mask: &mask{from, c}}
}

// Answering is the same person, whose messages answer one of this chat: text and files alike.
func (p *Person) Answering(to Message) *Person {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return &Person{s: p.s, u: p.u, at: p.at, mask: p.mask, to: p.at.find(to.ID)}
}

// Say sends a text, in several messages if it is too long for one, and returns the last. A text that shows nothing is
// not sent, and the zero Message returned.
func (p *Person) Say(text string) Message { return p.say(text, nil) }

// Reply answers a message of this chat.
func (p *Person) Reply(to Message, text string) Message { return p.say(text, &to) }

func (p *Person) say(text string, to *Message) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	var last Message
	for _, part := range split(tidy(rich{text: strings.ToValidUTF8(text, "")}).text) {
		m := &message{Message: models.Message{Text: part, Entities: detect(part)}}
		if to != nil {
			m.ReplyTo = p.at.find(to.ID)
		}
		last = p.send(m).view(p.s)
	}
	return last
}

// split cuts a text where a client would.
func split(text string) []string {
	var parts []string
	for text != "" {
		n, end := 0, len(text)
		for i, r := range text {
			if n += runeUnits(r); n > maxText {
				end = i
				break
			}
		}
		parts = append(parts, text[:end])
		text = text[end:]
	}
	return parts
}

// send puts the person's message into the chat and tells the bot. The caller holds s.mu.
func (p *Person) send(m *message) *message {
	m.From = &p.u.User
	if p.mask != nil {
		m.From, m.SenderChat = &p.mask.from, &p.mask.chat
	}
	if m.ReplyTo == nil {
		m.ReplyTo = p.to
	}
	p.begin()
	p.s.add(p.at, m)
	p.s.tell("message", m)
	return m
}

// begin opens the private chat to the bot. Nobody can write to a bot he blocks, so writing lifts the block.
func (p *Person) begin() {
	if !p.at.private() {
		return
	}
	if p.at.status[p.s.bot.ID] == kicked {
		p.s.turn(p.at, p.u.User, member)
	}
	p.at.status[p.s.bot.ID] = member
}

// Edit changes the text or caption of one of the person's own messages; others stay as they are.
func (p *Person) Edit(m Message, text string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	own := p.at.find(m.ID)
	words := tidy(rich{text: text}).text
	if own == nil || own.From == nil || own.From.ID != p.u.ID || words == "" {
		return
	}
	if own.media() == "" {
		own.Text, own.Entities = words, detect(words)
	} else {
		own.Caption, own.CaptionEntities = words, detect(words)
	}
	own.EditDate = int(p.s.now().Unix())
	p.s.tell("edited_message", own)
	p.s.touch()
}

// Delete removes a message for everyone. Bots hear nothing of it.
func (p *Person) Delete(m Message) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if gone := p.at.find(m.ID); gone != nil {
		p.s.remove(gone)
	}
}

// React sets the person's reaction to a message; "" takes it back. The bot hears of it if it asked to, and in a group
// only as an administrator.
func (p *Person) React(m Message, emoji string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	target := p.at.find(m.ID)
	if target == nil {
		return
	}
	before := reactionList(target.reactions[p.u.ID])
	p.s.react(target, p.u.ID, emoji)
	if p.at.private() || p.at.admin(p.s.bot.ID) {
		now := p.s.now()
		p.s.push("message_reaction", p.at.ID+reactionLane, models.MessageReactionUpdated{
			Chat: p.at.Chat, MessageID: m.ID, User: &p.u.User, Date: int(now.Unix()),
			OldReaction: before, NewReaction: reactionList(emoji),
		}, now.Add(messageLife))
	}
}

func reactionList(emoji string) []models.ReactionType {
	if emoji == "" {
		return []models.ReactionType{}
	}
	return []models.ReactionType{{Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: emoji}}}
}

// ShareContact shares the person's own number, as the button of a reply keyboard does.
func (p *Person) ShareContact(phone string) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	m := &message{Message: models.Message{Contact: p.u.contact(phone)}}
	if k := p.at.keys[p.u.ID]; k != nil {
		m.ReplyTo = k.message
		if k.once {
			delete(p.at.keys, p.u.ID)
		}
	}
	return p.send(m).view(p.s)
}

// ShareOtherContact shares somebody else's number; without an account of that person, userID is 0.
func (p *Person) ShareOtherContact(firstName, phone string, userID int64) Message {
	return p.sendOne(models.Message{Contact: &models.Contact{PhoneNumber: phone, FirstName: firstName, UserID: userID}})
}

func (u *user) contact(phone string) *models.Contact {
	return &models.Contact{PhoneNumber: phone, FirstName: u.FirstName, LastName: u.LastName, UserID: u.ID}
}

// SendLocation sends a place.
func (p *Person) SendLocation() Message { return p.sendOne(models.Message{Location: somewhere()}) }

func somewhere() *models.Location { return &models.Location{Latitude: 33.7294, Longitude: 73.0931} }

func (p *Person) sendOne(m models.Message) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.send(&message{Message: m}).view(p.s)
}

// SendPhoto sends a picture.
func (p *Person) SendPhoto(caption string) Message {
	return p.SendAlbum(1, caption)[0]
}

// SendAlbum sends several pictures at once, which arrive as as many messages; the first has the caption. One picture
// is no album.
func (p *Person) SendAlbum(n int, caption string) []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	album := ""
	if n > 1 {
		album = p.s.newAlbum()
	}
	var sent []Message
	for i := range max(n, 1) {
		f := p.s.keep("photo", "photo.jpg", picture(i))
		f.width, f.height = 96, 64
		m := p.carry(f, caption)
		m.MediaGroupID = album
		caption = ""
		sent = append(sent, p.send(m).view(p.s))
	}
	return sent
}

// SendVoice sends a voice message.
func (p *Person) SendVoice() Message { return p.sendFile("voice", "", []byte("OggS voice"), "") }

// SendSticker sends a sticker.
func (p *Person) SendSticker() Message { return p.sendFile("sticker", "", []byte("RIFF sticker"), "") }

// SendVideoNote sends a round video.
func (p *Person) SendVideoNote() Message {
	return p.sendFile("video_note", "", []byte("ftyp note"), "")
}

// SendDocument sends a file.
func (p *Person) SendDocument(name string, data []byte, caption string) Message {
	return p.sendFile("document", name, data, caption)
}

func (p *Person) sendFile(kind, name string, data []byte, caption string) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.send(p.carry(p.s.keep(kind, name, data), caption)).view(p.s)
}

// carry is a message with a file and a caption.
func (p *Person) carry(f *file, caption string) *message {
	caption = tidy(rich{text: caption}).text
	m := &message{Message: models.Message{Caption: caption, CaptionEntities: detect(caption)}}
	p.s.attach(m, f)
	if m.Voice != nil {
		m.Voice.Duration = 3
	}
	return m
}

// Forward passes a message of any chat on into this one.
func (p *Person) Forward(m Message) Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[m.Chat]
	if c == nil || c.byID[m.ID] == nil {
		return Message{}
	}
	original := c.byID[m.ID]
	copied := original.content()
	copied.ForwardOrigin = p.s.origin(original)
	return p.send(copied).view(p.s)
}

// Block stops the bot from writing to the person.
func (p *Person) Block() { p.turnBot(kicked) }

// Unblock lets the bot write again.
func (p *Person) Unblock() { p.turnBot(member) }

func (p *Person) turnBot(status membership) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	private := p.s.chats[p.u.ID]
	if private.status[p.s.bot.ID] == "" && status == member {
		return // there is no block to lift
	}
	if private.status[p.s.bot.ID] == "" {
		private.status[p.s.bot.ID] = member
	}
	p.s.turn(private, p.u.User, status)
}

// DeleteAccount ends the person's account. The bot learns of it when it writes.
func (p *Person) DeleteAccount() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.u.deleted = true
	p.s.touch()
}

// Messages is the chat as the person sees it now, oldest first: edited texts as they are, deleted messages gone.
func (p *Person) Messages() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	var seen []Message
	for _, m := range p.at.visible() {
		seen = append(seen, m.view(p.s))
	}
	return seen
}

// Last is the newest message of the chat, or the zero Message.
func (p *Person) Last() Message {
	seen := p.Messages()
	if len(seen) == 0 {
		return Message{}
	}
	return seen[len(seen)-1]
}

// Alerts are the notices with which the bot answered the person's taps, oldest first.
func (p *Person) Alerts() []string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	var texts []string
	for _, a := range p.u.alerts {
		texts = append(texts, a.text)
	}
	return texts
}

// Keyboard is the reply keyboard that the person has before him, row by row; nil if there is none.
func (p *Person) Keyboard() [][]string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	k := p.at.keys[p.u.ID]
	if k == nil {
		return nil
	}
	var rows [][]string
	for _, row := range k.rows {
		var labels []string
		for _, b := range row {
			labels = append(labels, b.Text)
		}
		rows = append(rows, labels)
	}
	return rows
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
