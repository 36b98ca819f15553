package preview

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"
)

// draft is a message on its way: what every sending method shares.
type draft struct {
	chat    *chat
	replyTo *message
	markup  markup
}

// readDraft takes the parameters that say where a message goes and what stands under it.
func (s *Server) readDraft(r *request) (draft, error) {
	mark, err := readMarkup(r)
	if err != nil {
		return draft{}, err
	}
	c, err := s.chatFor(r, "chat_id", toWrite)
	if err != nil {
		return draft{}, err
	}
	if r.integer("message_thread_id") != 0 && (c.private() || c.IsForum) {
		return draft{}, badRequest("message thread not found")
	}
	answered, err := s.answeredBy(r, c)
	return draft{c, answered, mark}, err
}

// answeredBy finds the message that a new one answers.
func (s *Server) answeredBy(r *request, c *chat) (*message, error) {
	in := struct {
		MessageID int             `json:"message_id"`
		ChatID    json.RawMessage `json:"chat_id"`
		Lenient   bool            `json:"allow_sending_without_reply"`
	}{MessageID: int(r.integer("reply_to_message_id")), Lenient: r.truth("allow_sending_without_reply")}
	if _, err := r.object("reply_parameters", &in); err != nil {
		return nil, err
	}
	if in.MessageID <= 0 {
		return nil, nil
	}
	if id := plain(in.ChatID); len(in.ChatID) > 0 && id != "" {
		other, err := s.resolve(id, "chat_id")
		if err != nil {
			return nil, err
		}
		c = other
	}
	m := c.find(in.MessageID)
	if m == nil && !in.Lenient {
		return nil, badRequest("message to be replied not found")
	}
	return m, nil
}

// post puts the bot's message into the chat.
func (s *Server) post(d draft, m *message) *message {
	m.From = &s.bot
	m.ReplyTo = d.replyTo
	m.Markup = d.markup.inline
	m.keyed = d.markup.keys != nil || d.markup.remove || d.markup.force
	d.chat.typing = time.Time{}
	s.add(d.chat, m)
	d.chat.showKeys(d.markup, m)
	return m.wire()
}

// showKeys changes the reply keyboards of those who see the message.
func (c *chat) showKeys(mark markup, m *message) {
	if mark.keys == nil && !mark.remove && !mark.force {
		return
	}
	seers := c.members
	if c.private() {
		seers = []*user{c.owner}
	}
	for _, u := range seers {
		delete(c.keys, u.ID)
		if mark.keys != nil {
			keys := *mark.keys
			keys.message = m
			c.keys[u.ID] = &keys
		}
	}
}

func (s *Server) sendMessage(r *request) (any, error) {
	text, err := s.readMessageText(r)
	if err != nil {
		return nil, err
	}
	d, err := s.readDraft(r)
	if err != nil {
		return nil, err
	}
	if text, err = s.completeText(text); err != nil {
		return nil, err
	}
	return s.post(d, &message{Message: models.Message{Text: text.text, Entities: text.entities}}), nil
}

func (s *Server) readMessageText(r *request) (rich, error) {
	if r.text("text") == "" {
		return rich{}, badRequest("message text is empty")
	}
	return s.readText(r, "text", "entities")
}

// completeText makes a text ready to be stored.
func (s *Server) completeText(t rich) (rich, error) {
	if t.text == "" {
		return rich{}, badRequest("text must be non-empty")
	}
	return s.complete(t, maxText, "message is too long")
}

func (s *Server) readCaption(r *request) (rich, error) {
	t, err := s.readText(r, "caption", "caption_entities")
	if err != nil {
		return rich{}, err
	}
	return s.complete(t, maxCaption, "message caption is too long")
}

func (s *Server) sendDocument(r *request) (any, error) { return s.sendMedia(r, "document") }
func (s *Server) sendPhoto(r *request) (any, error)    { return s.sendMedia(r, "photo") }
func (s *Server) sendVoice(r *request) (any, error)    { return s.sendMedia(r, "voice") }

// sendMedia sends a file that came with the call or that the server knows by its id.
func (s *Server) sendMedia(r *request, kind string) (any, error) {
	caption, err := s.readCaption(r)
	if err != nil {
		return nil, err
	}
	// Telegram checks the chat only after it has taken the file; a wrong file is therefore told first.
	f, err := s.fileFor(r, kind)
	if err != nil {
		return nil, err
	}
	d, err := s.readDraft(r)
	if err != nil {
		return nil, err
	}
	m := &message{Message: models.Message{Caption: caption.text, CaptionEntities: caption.entities}}
	s.attach(m, f)
	if m.Voice != nil {
		m.Voice.Duration = int(r.integer("duration"))
	}
	return s.post(d, m), nil
}

// source finds the message that is to be copied or forwarded.
func (s *Server) source(r *request, what string) (*message, error) {
	from, err := s.chatFor(r, "from_chat_id", toRead)
	if err != nil {
		return nil, err
	}
	m := from.find(int(r.integer("message_id")))
	if m == nil {
		return nil, badRequest("%s not found", what)
	}
	return m, nil
}

func (s *Server) copyMessage(r *request) (any, error) {
	if r.text("from_chat_id") == "" {
		return nil, badRequest("parameter \"from_chat_id\" is required")
	}
	original, err := s.source(r, "message to copy")
	if err != nil {
		return nil, err
	}
	if original.service() != "" {
		return nil, badRequest("message can't be copied")
	}
	caption, err := s.readCaption(r)
	if err != nil {
		return nil, err
	}
	d, err := s.readDraft(r)
	if err != nil {
		return nil, err
	}
	m := original.content()
	if r.has("caption") && m.Text == "" {
		m.Caption, m.CaptionEntities = caption.text, caption.entities
	}
	return models.MessageID{ID: s.post(d, m).ID}, nil
}

// copyMessages copies several and leaves out those that are gone. Albums stay albums.
func (s *Server) copyMessages(r *request) (any, error) {
	var ids []int
	if _, err := r.object("message_ids", &ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, badRequest("message identifiers are not specified")
	}
	if len(ids) > 100 {
		return nil, badRequest("too many message identifiers specified")
	}
	d, err := s.readDraft(r)
	if err != nil {
		return nil, err
	}
	from, err := s.chatFor(r, "from_chat_id", toRead)
	if err != nil {
		return nil, err
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		return nil, badRequest("message identifiers must be in a strictly increasing order")
	}
	sent := s.copyAll(d, from, ids, r.truth("remove_caption"))
	if len(sent) == 0 {
		return nil, badRequest("messages can't be forwarded")
	}
	return sent, nil
}

func (s *Server) copyAll(d draft, from *chat, ids []int, bare bool) []models.MessageID {
	var sent []models.MessageID
	albums := map[string]string{}
	for _, id := range ids {
		original := from.find(id)
		if original == nil || original.service() != "" {
			continue
		}
		m := original.content()
		if album := original.MediaGroupID; album != "" {
			albums[album] = orElse(albums[album], s.newAlbum())
			m.MediaGroupID = albums[album]
		}
		if bare && m.Text == "" {
			m.Caption, m.CaptionEntities = "", nil
		}
		sent = append(sent, models.MessageID{ID: s.post(d, m).ID})
	}
	return sent
}

// content is a new message that says and carries the same.
func (m *message) content() *message {
	return &message{Message: models.Message{
		Text: m.Text, Entities: slices.Clone(m.Entities), Caption: m.Caption, CaptionEntities: slices.Clone(m.CaptionEntities),
		Photo: m.Photo, Document: m.Document, Voice: m.Voice, Sticker: m.Sticker, VideoNote: m.VideoNote,
		Location: m.Location, Contact: m.Contact,
	}}
}

func (s *Server) forwardMessage(r *request) (any, error) {
	original, err := s.source(r, "message to forward")
	if err != nil {
		return nil, err
	}
	if original.service() != "" {
		return nil, badRequest("message can't be forwarded")
	}
	d, err := s.readDraft(r)
	if err != nil {
		return nil, err
	}
	d.replyTo, d.markup = nil, markup{}
	m := original.content()
	m.ForwardOrigin = s.origin(original)
	return s.post(d, m), nil
}

// origin tells where a forwarded message came from: from the first who wrote it, and only a name if that person hides.
func (s *Server) origin(m *message) *models.MessageOrigin {
	if m.ForwardOrigin != nil {
		return m.ForwardOrigin
	}
	if m.SenderChat != nil {
		return &models.MessageOrigin{Type: models.MessageOriginTypeChat, MessageOriginChat: &models.MessageOriginChat{
			Date: m.Date, SenderChat: *m.SenderChat,
		}}
	}
	if u := s.user(m.From.ID); u != nil && u.hidden {
		return &models.MessageOrigin{Type: models.MessageOriginTypeHiddenUser, MessageOriginHiddenUser: &models.MessageOriginHiddenUser{
			Date: m.Date, SenderUserName: fullName(*m.From),
		}}
	}
	return &models.MessageOrigin{Type: models.MessageOriginTypeUser, MessageOriginUser: &models.MessageOriginUser{
		Date: m.Date, SenderUser: *m.From,
	}}
}

// sendChatAction shows what the bot is doing, until its next message.
func (s *Server) sendChatAction(r *request) (any, error) {
	known := []string{
		"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
		"choose_sticker", "find_location", "record_video_note", "upload_video_note", "cancel",
	}
	if !slices.Contains(known, r.text("action")) {
		return nil, badRequest("wrong parameter action in request")
	}
	c, err := s.chatFor(r, "chat_id", toWrite)
	if err != nil {
		return nil, err
	}
	c.typing = s.now().Add(typingFor)
	s.touch()
	return true, nil
}

func (s *Server) newAlbum() string {
	s.nextChat++
	return strconv.FormatInt(1_380_000_000_0000+s.nextChat, 10)
}
