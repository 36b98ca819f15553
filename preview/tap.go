package preview

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

// What can keep a tap from happening.
var (
	ErrNoButton  = errors.New("no such button")
	ErrNoMessage = errors.New("no such message")
)

// maxTapping is how many unanswered taps of a person are remembered for the page.
const maxTapping = 8

// query is a tap on an inline button that the bot was told of.
type query struct {
	id       string
	by       *user
	message  *message
	at       time.Time
	answered bool
	text     string
	alert    bool
	url      string
}

// Tapped is what became of a tap.
type Tapped struct {
	s     *Server
	query *query
	// URL is where the button leads, if it is a link; the bot does not hear of such a tap.
	URL string
	// Said is the message that a reply keyboard's button sent.
	Said Message
}

// Answer is what the bot answered so far: the small notice, whether it is one to be closed by hand, and whether there
// was an answer at all.
func (t Tapped) Answer() (text string, alert, answered bool) {
	if t.query == nil {
		return "", false, false
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	return t.query.text, t.query.alert, t.query.answered
}

// Tap presses the newest visible button with this label: an inline button, else one of the person's reply keyboard. It
// returns ErrNoButton if there is none.
func (p *Person) Tap(label string) (Tapped, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	seen := p.at.visible()
	for i := len(seen) - 1; i >= 0; i-- {
		if b := seen[i].button(label); b != nil {
			return p.press(seen[i], b)
		}
	}
	if k := p.at.keys[p.u.ID]; k != nil {
		for _, row := range k.rows {
			for _, b := range row {
				if b.Text == label {
					return p.pressKey(k, b), nil
				}
			}
		}
	}
	return Tapped{}, fmt.Errorf("tap %q: %w", label, ErrNoButton)
}

// TapMessage presses the button with this label under one message.
func (p *Person) TapMessage(m Message, label string) (Tapped, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	target := p.at.find(m.ID)
	if target == nil {
		return Tapped{}, fmt.Errorf("tap %q: %w", label, ErrNoMessage)
	}
	b := target.button(label)
	if b == nil {
		return Tapped{}, fmt.Errorf("tap %q: %w", label, ErrNoButton)
	}
	return p.press(target, b)
}

// TapData sends a tap with any data, as a changed client can, whatever buttons the message has or had.
func (p *Person) TapData(m Message, data string) (Tapped, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	target := p.at.byID[m.ID]
	if target == nil {
		return Tapped{}, fmt.Errorf("tap message %d: %w", m.ID, ErrNoMessage)
	}
	return p.query(target, data), nil
}

func (m *message) button(label string) *inlineButton {
	if m.Markup == nil {
		return nil
	}
	for _, row := range m.Markup.Rows {
		for i := range row {
			if row[i].text == label {
				return &row[i]
			}
		}
	}
	return nil
}

func (p *Person) press(m *message, b *inlineButton) (Tapped, error) {
	switch b.action() {
	case "callback_data":
		return p.query(m, b.data), nil
	case "url":
		return Tapped{s: p.s, URL: b.url}, nil
	}
	return Tapped{}, fmt.Errorf("tap %q: a %s button does nothing here: %w", b.text, b.action(), ErrNoButton)
}

// pressKey says a keyboard's button, or shares what it asks for.
func (p *Person) pressKey(k *replyKeyboard, b keyButton) Tapped {
	if k.once {
		delete(p.at.keys, p.u.ID)
	}
	m := &message{}
	switch {
	case b.RequestContact:
		m.Contact = p.u.contact(p.u.phone)
		m.ReplyTo = k.message // clients share a contact as an answer to the message with the keyboard
	case b.RequestLocation:
		m.Location = somewhere()
	default:
		m.Text, m.Entities = b.Text, detect(b.Text)
	}
	return Tapped{s: p.s, Said: p.send(m).view(p.s)}
}

// query tells the bot of a tap. An anonymous administrator taps under his own name.
func (p *Person) query(m *message, data string) Tapped {
	s := p.s
	q := &query{
		id: strconv.FormatInt(p.u.ID<<20+int64(len(s.queries))+1, 10),
		by: p.u, message: m, at: s.now(),
	}
	s.queries[q.id] = q
	p.u.tapping = append(p.u.tapping[max(0, len(p.u.tapping)-maxTapping):], q.id)
	s.touch()
	body := map[string]any{
		"id": q.id, "from": p.u.User, "message": m.tapped(), "chat_instance": strconv.FormatInt(-m.Chat.ID*7919, 10), "data": data,
	}
	if p.at.private() || p.at.holds(s.bot.ID) {
		s.push("callback_query", p.u.ID+tapLane, body, q.at.Add(tapLife))
		if s.faults.doubles() {
			s.push("callback_query", p.u.ID+tapLane, body, q.at.Add(tapLife))
		}
	}
	return Tapped{s: s, query: q}
}

// tapped is the message of a tap: of a deleted one only where it was.
func (m *message) tapped() any {
	if m.deleted {
		return models.InaccessibleMessage{Chat: m.Chat, MessageID: m.ID}
	}
	return m.wire()
}

// answerCallbackQuery answers a tap once and in time. How long that is, Telegram does not say; reports speak of
// seconds, so it is an option.
func (s *Server) answerCallbackQuery(r *request) (any, error) {
	q := s.queries[r.text("callback_query_id")]
	if q == nil || q.answered || s.now().Sub(q.at) > s.queryAge {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	text := r.text("text")
	if utf8.RuneCountInString(text) > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	q.by.tapping = slices.DeleteFunc(q.by.tapping, func(id string) bool { return id == q.id })
	q.answered, q.text, q.alert, q.url = true, text, r.truth("show_alert"), r.text("url")
	if text != "" {
		q.by.alerts = append(q.by.alerts, alert{text: text, chat: q.message.Chat.ID, modal: q.alert})
	}
	s.touch()
	return true, nil
}
