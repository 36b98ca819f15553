package preview

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"
)

// maxAction is how much one action may carry, a file included.
const maxAction = 12 << 20

// action is what somebody does on the page.
type action struct {
	Person    int64  `json:"person"`
	Chat      int64  `json:"chat"`
	Anonymous bool   `json:"anonymous"` // writes as the group itself
	Do        string `json:"do"`
	Text      string `json:"text"`
	Message   int    `json:"message"` // answered, tapped, edited, deleted, reacted to, forwarded
	Row       int    `json:"row"`     // of the button under it
	Column    int    `json:"column"`
	Data      string `json:"data"`  // of a forged tap
	Bytes     []byte `json:"bytes"` // of a file
	Name      string `json:"name"`  // of a file or a new person
	Language  string `json:"language"`
	Count     int    `json:"count"`
	Who       int64  `json:"who"` // joins or leaves a group
	To        int64  `json:"to"`  // where the clock is moved to, milliseconds
	On        bool   `json:"on"`  // of a fault
}

// acted is what the page learns of its action: a message that was sent, an address to open, a tap to wait for.
type acted struct {
	OK      bool   `json:"ok"`
	Message int    `json:"message,omitempty"`
	Person  int64  `json:"person,omitempty"` // who is new
	Query   string `json:"query,omitempty"`
	URL     string `json:"url,omitempty"`
	Error   string `json:"error,omitempty"`
}

var errAction = errors.New("unknown action")

func (s *Server) serveAct(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		writeJSON(w, http.StatusUnsupportedMediaType, acted{Error: "JSON is expected"})
		return
	}
	var a action
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAction)).Decode(&a); err != nil {
		text := "the action is no JSON: " + err.Error()
		if e := new(http.MaxBytesError); errors.As(err, &e) {
			text = "the file is too big for this page: 8 MB at most"
		}
		writeJSON(w, http.StatusBadRequest, acted{Error: text})
		return
	}
	done, err := s.act(r.Context(), a)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, acted{Error: err.Error()})
		return
	}
	done.OK = true
	writeJSON(w, http.StatusOK, done)
}

// act does what the page asks for: something with the world around the chats, or what a person does in one.
func (s *Server) act(ctx context.Context, a action) (acted, error) {
	switch a.Do {
	case "clock":
		return acted{}, s.moveClock(ctx, a.To)
	case "fault":
		return acted{}, s.switchFault(a.Name, a.On)
	case "new person":
		return s.newcomer(a)
	case "join", "leave", "remove bot", "add bot", "promote bot", "demote bot", "upgrade":
		return acted{}, s.arrange(a)
	}
	p, err := s.actor(a)
	if err != nil {
		return acted{}, err
	}
	return p.act(a)
}

func (s *Server) moveClock(ctx context.Context, to int64) error {
	if s.clock == nil {
		return errors.New("this clock cannot be moved")
	}
	const furthest = 2 * 365 * 24 * time.Hour
	if when := time.UnixMilli(to); when.Sub(s.clock.Now()) <= furthest {
		return s.clock.Forward(ctx, when)
	}
	return errors.New("two years at a time are enough")
}

// newcomer makes a person.
func (s *Server) newcomer(a action) (acted, error) {
	name := strings.Join(strings.Fields(a.Name), " ")
	if name == "" || len(name) > 120 {
		return acted{}, errors.New("the name is missing or too long")
	}
	first, last, _ := strings.Cut(name, " ")
	p := s.Person(first, WithLastName(last), WithLanguage(cmp.Or(a.Language, "en")))
	return acted{Person: p.ID()}, nil
}

// arrange changes who is in a group.
func (s *Server) arrange(a action) error {
	s.mu.Lock()
	c, u := s.chats[a.Chat], s.user(a.Who)
	s.mu.Unlock()
	if c == nil || c.private() {
		return fmt.Errorf("chat %d: no group", a.Chat)
	}
	g := &Group{s, c}
	switch a.Do {
	case "remove bot":
		g.RemoveBot()
	case "add bot":
		g.AddBot()
	case "promote bot":
		g.PromoteBot()
	case "demote bot":
		g.DemoteBot()
	case "upgrade":
		g.Upgrade()
	default:
		if u == nil {
			return fmt.Errorf("person %d: not found", a.Who)
		}
		p := &Person{s: s, u: u, at: c}
		if a.Do == "join" {
			g.Add(p)
		} else {
			g.Remove(p)
		}
	}
	return nil
}

// act lets a person do something in a chat.
func (p *Person) act(a action) (acted, error) {
	m := Message{ID: a.Message, Chat: p.at.ID}
	switch a.Do {
	case "say":
		return sent(p.sayOrReply(a.Text, m))
	case "start":
		return sent(p.start(a.Text))
	case "tap":
		return p.tapAt(m, a.Row, a.Column)
	case "key":
		return tapped(p.Tap(a.Text))
	case "forge":
		return tapped(p.TapData(m, a.Data))
	case "contact":
		return sent(p.ShareContact(orElse(a.Text, p.u.phone)))
	case "other contact":
		return sent(p.ShareOtherContact(orElse(a.Name, "Friend"), a.Text, 0))
	case "photo":
		if len(a.Bytes) > 0 {
			return p.sendPicture(a)
		}
		return sent(p.SendAlbum(min(max(a.Count, 1), 10), a.Text)[0])
	case "document":
		return sent(p.SendDocument(orElse(a.Name, "file.txt"), a.Bytes, a.Text))
	case "voice":
		return sent(p.SendVoice())
	case "video note":
		return sent(p.SendVideoNote())
	case "sticker":
		return sent(p.SendSticker())
	case "location":
		return sent(p.SendLocation())
	case "forward":
		return sent(p.Forward(m))
	}
	return acted{}, p.change(a, m)
}

// start opens the private chat by a link, as t.me/bot?start=code does.
func (p *Person) start(code string) Message {
	p.s.mu.Lock()
	private := &Person{s: p.s, u: p.u, at: p.s.chats[p.u.ID]}
	p.s.mu.Unlock()
	return private.Say(strings.TrimSpace("/start " + code))
}

// sendPicture sends a picture from the reader's own disk.
func (p *Person) sendPicture(a action) (acted, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	f, err := p.s.receive("photo", upload{name: a.Name, data: a.Bytes})
	if err != nil {
		return acted{}, errors.New("this is no picture that can be read; send it as a file")
	}
	return sent(p.send(p.carry(f, a.Text)).view(p.s))
}

// change does what leaves no new message behind.
func (p *Person) change(a action, m Message) error {
	switch a.Do {
	case "edit":
		p.Edit(m, a.Text)
	case "delete":
		p.Delete(m)
	case "react":
		p.React(m, a.Text)
	case "block":
		p.Block()
	case "unblock":
		p.Unblock()
	case "delete account":
		p.DeleteAccount()
	default:
		return fmt.Errorf("%w %q", errAction, a.Do)
	}
	return nil
}

// actor finds who acts and where; without a chat it is the private one.
func (s *Server) actor(a action) (*Person, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.user(a.Person)
	if u == nil || u.deleted {
		return nil, fmt.Errorf("person %d: not found", a.Person)
	}
	c := s.chats[orElse(a.Chat, a.Person)]
	if c == nil || c.owner != u && !c.holds(u.ID) {
		return nil, fmt.Errorf("person %d: not in chat %d", a.Person, a.Chat)
	}
	p := &Person{s: s, u: u, at: c}
	if a.Anonymous && !c.private() {
		return p.Anonymous(), nil
	}
	return p, nil
}

func (p *Person) sayOrReply(text string, to Message) Message {
	if to.ID != 0 {
		return p.Reply(to, text)
	}
	return p.Say(text)
}

// tapAt presses the button at a place under a message.
func (p *Person) tapAt(m Message, row, column int) (acted, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	target := p.at.find(m.ID)
	if target == nil {
		return acted{}, fmt.Errorf("tap: %w", ErrNoMessage)
	}
	if target.Markup == nil || row < 0 || row >= len(target.Markup.Rows) || column < 0 || column >= len(target.Markup.Rows[row]) {
		return acted{}, fmt.Errorf("tap: %w", ErrNoButton)
	}
	return tapped(p.press(target, &target.Markup.Rows[row][column]))
}

func sent(m Message) (acted, error) {
	if m.ID == 0 {
		return acted{}, errors.New("there is nothing to send")
	}
	return acted{Message: m.ID}, nil
}

func tapped(t Tapped, err error) (acted, error) {
	done := acted{Message: t.Said.ID, URL: t.URL}
	if t.query != nil {
		done.Query = t.query.id
	}
	return done, err
}
