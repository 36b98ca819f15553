package preview

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

const (
	maxAction    = 4 << 20               // bytes of one action, a document included
	restBetween  = 40 * time.Millisecond // between two pictures of the state, so that a burst is one
	heartbeat    = 20 * time.Second      // of a page's event stream
	pageMessages = 300                   // of each chat on the page
)

// Page is the page on which people chat with the bot by hand, with the Bot API under the same address. It shows and does
// only what is asked from this machine: its own requests must name a loopback host and come from itself.
func (s *Server) Page() http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		return http.NotFoundHandler() // the directory is part of the program
	}
	page := http.NewServeMux()
	page.Handle("GET /", http.FileServerFS(files))
	page.HandleFunc("GET /state", s.serveState)
	page.HandleFunc("GET /events", s.serveEvents)
	page.HandleFunc("GET /media/{id}", s.serveMedia)
	page.HandleFunc("POST /act", s.serveAct)
	guarded := fromHere(page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/bot") || strings.HasPrefix(r.URL.Path, "/file/bot") {
			s.ServeHTTP(w, r)
			return
		}
		if !s.enter() {
			http.Error(w, "closed", http.StatusServiceUnavailable)
			return
		}
		defer s.active.Done()
		guarded.ServeHTTP(w, r)
	})
}

// fromHere lets only requests in that name a loopback host, so that no other site's name can be turned on this
// machine, and that no other site's page has sent.
func fromHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !loopback(r.Host) || !sameOrigin(r) {
			http.Error(w, "this page answers only to this machine", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && addr.IsLoopback()
}

// sameOrigin trusts what browsers say of a request's origin. Programs that are no browsers say nothing.
func sameOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin":
	case "none": // typed into the address line
		return r.Method == http.MethodGet
	default:
		// Following a link to the page is fine; reading from it or posting to it is not.
		return r.Method == http.MethodGet && r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "http://"+r.Host
}

// pageState is everything the page shows.
type pageState struct {
	Version int          `json:"version"`
	Bot     pagePerson   `json:"bot"`
	People  []pagePerson `json:"people"`
	Chats   []pageChat   `json:"chats"`
}

type pagePerson struct {
	ID       int64       `json:"id"`
	Name     string      `json:"name"`
	Username string      `json:"username,omitempty"`
	Phone    string      `json:"phone,omitempty"`
	Blocked  bool        `json:"blocked,omitempty"`
	Alerts   []pageAlert `json:"alerts,omitempty"`
}

type pageAlert struct {
	N     int    `json:"n"`
	Chat  int64  `json:"chat"`
	Text  string `json:"text"`
	Modal bool   `json:"modal,omitempty"`
}

type pageChat struct {
	ID        int64               `json:"id"`
	Kind      string              `json:"kind"`
	Title     string              `json:"title"`
	Members   []int64             `json:"members"`
	Messages  []pageMessage       `json:"messages"`
	Keyboards map[int64][][]keyUI `json:"keyboards,omitempty"`
}

type keyUI struct {
	Text    string `json:"text"`
	Contact bool   `json:"contact,omitempty"`
}

type pageMessage struct {
	ID        int            `json:"id"`
	From      int64          `json:"from"`
	Name      string         `json:"name"`
	Bot       bool           `json:"bot,omitempty"`
	Time      int64          `json:"time"`
	Text      string         `json:"text,omitempty"`
	Entities  []pageEntity   `json:"entities,omitempty"`
	Buttons   [][]pageButton `json:"buttons,omitempty"`
	ReplyTo   int            `json:"replyTo,omitempty"`
	Media     string         `json:"media,omitempty"`
	File      string         `json:"file,omitempty"`
	FileName  string         `json:"fileName,omitempty"`
	Phone     string         `json:"phone,omitempty"`
	Forwarded string         `json:"forwarded,omitempty"`
	Service   string         `json:"service,omitempty"`
	Edited    bool           `json:"edited,omitempty"`
	Reactions []string       `json:"reactions,omitempty"`
}

type pageEntity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

type pageButton struct {
	Text  string `json:"text"`
	URL   string `json:"url,omitempty"`
	Style string `json:"style,omitempty"`
}

// state takes a picture of everything, and returns a channel that closes when it is out of date.
func (s *Server) state() (pageState, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := pageState{Version: s.version, Bot: pagePerson{ID: s.bot.ID, Name: s.bot.FirstName, Username: s.bot.Username}}
	for _, u := range s.people {
		st.People = append(st.People, s.showPerson(u))
		st.Chats = append(st.Chats, s.showChat(s.chats[u.ID]))
	}
	ids := sortedKeys(s.chats)
	for i := len(ids) - 1; i >= 0; i-- { // groups count downwards
		if c := s.chats[ids[i]]; !c.private() {
			st.Chats = append(st.Chats, s.showChat(c))
		}
	}
	return st, s.changed
}

func (s *Server) showPerson(u *user) pagePerson {
	p := pagePerson{
		ID: u.ID, Name: fullName(u.User), Username: u.Username, Phone: u.phone,
		Blocked: s.chats[u.ID].status[s.bot.ID] == kicked,
	}
	for i, a := range u.alerts {
		p.Alerts = append(p.Alerts, pageAlert{N: i + 1, Chat: a.chat, Text: a.text, Modal: a.modal})
	}
	p.Alerts = p.Alerts[max(0, len(p.Alerts)-5):]
	return p
}

func (s *Server) showChat(c *chat) pageChat {
	shown := pageChat{ID: c.ID, Kind: string(c.Type), Title: orElse(c.Title, c.FirstName), Messages: []pageMessage{}, Members: []int64{}}
	if c.private() {
		shown.Members = append(shown.Members, c.owner.ID)
	}
	for _, u := range c.members {
		shown.Members = append(shown.Members, u.ID)
	}
	seen := c.visible()
	for _, m := range seen[max(0, len(seen)-pageMessages):] {
		shown.Messages = append(shown.Messages, showMessage(m.view(s)))
	}
	shown.Keyboards = map[int64][][]keyUI{}
	for id, k := range c.keys {
		shown.Keyboards[id] = showKeys(k)
	}
	return shown
}

func showKeys(k *replyKeyboard) [][]keyUI {
	var rows [][]keyUI
	for _, row := range k.rows {
		var keys []keyUI
		for _, b := range row {
			keys = append(keys, keyUI{Text: b.Text, Contact: b.RequestContact})
		}
		rows = append(rows, keys)
	}
	return rows
}

func showMessage(m Message) pageMessage {
	shown := pageMessage{
		ID: m.ID, From: m.From, Name: m.Name, Bot: m.FromBot, Time: m.Date.UnixMilli(), Text: m.Text, ReplyTo: m.ReplyTo,
		Media: m.Media, File: m.File, FileName: m.FileName, Phone: m.Phone, Forwarded: m.Forwarded, Service: m.Service,
		Edited: m.Edited, Reactions: m.Reactions,
	}
	for _, e := range m.Entities {
		shown.Entities = append(shown.Entities, pageEntity{Type: string(e.Type), Offset: e.Offset, Length: e.Length, URL: e.URL})
	}
	for _, row := range m.Buttons {
		var buttons []pageButton
		for _, b := range row {
			buttons = append(buttons, pageButton{Text: b.Text, URL: b.URL, Style: b.Style})
		}
		shown.Buttons = append(shown.Buttons, buttons)
	}
	return shown
}

func (s *Server) serveState(w http.ResponseWriter, _ *http.Request) {
	st, _ := s.state()
	writeJSON(w, http.StatusOK, st)
}

// serveEvents sends the state, and again whenever it has changed.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for {
		st, changed := s.state()
		if _, err := fmt.Fprintf(w, "data: %s\n\n", encode(st)); err != nil || out.Flush() != nil {
			return
		}
		if !s.untilChanged(w, out, r, changed) || !s.pause(r.Context(), restBetween) {
			return
		}
	}
}

// untilChanged waits for news and keeps the stream alive meanwhile. It reports whether anyone still listens.
func (s *Server) untilChanged(w io.Writer, out *http.ResponseController, r *http.Request, changed <-chan struct{}) bool {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-changed:
			return true
		case <-beat.C:
			if _, err := io.WriteString(w, ": still here\n\n"); err != nil || out.Flush() != nil {
				return false
			}
		case <-r.Context().Done():
			return false
		case <-s.closed:
			return false
		}
	}
}

// serveMedia shows a picture, and hands out anything else as a download.
func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	s.mu.Unlock()
	if f == nil {
		http.NotFound(w, r)
		return
	}
	kind := http.DetectContentType(f.data)
	if f.kind != "photo" || !strings.HasPrefix(kind, "image/") {
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}
	write(w, http.StatusOK, http.Header{"Content-Type": {kind}}, f.data)
}

// action is what somebody does on the page.
type action struct {
	Person  int64  `json:"person"`
	Chat    int64  `json:"chat"`
	Do      string `json:"do"`
	Text    string `json:"text"`
	Message int    `json:"message"` // answered, tapped, edited, deleted, reacted to, forwarded
	Row     int    `json:"row"`     // of the button under it
	Column  int    `json:"column"`
	Data    string `json:"data"` // of a forged tap, or a document's content
	Name    string `json:"name"` // of a document
	Count   int    `json:"count"`
}

// acted is what the page learns of its action: a message that was sent, an address to open.
type acted struct {
	OK      bool   `json:"ok"`
	Message int    `json:"message,omitempty"`
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
		writeJSON(w, http.StatusBadRequest, acted{Error: "the action is no JSON: " + err.Error()})
		return
	}
	done, err := s.act(a)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, acted{Error: err.Error()})
		return
	}
	done.OK = true
	writeJSON(w, http.StatusOK, done)
}

// act lets a person do something in a chat.
func (s *Server) act(a action) (acted, error) {
	p, err := s.actor(a)
	if err != nil {
		return acted{}, err
	}
	m := Message{ID: a.Message, Chat: p.at.ID}
	switch a.Do {
	case "say":
		return sent(p.sayOrReply(a.Text, m))
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
		return sent(p.SendAlbum(min(max(a.Count, 1), 10), a.Text)[0])
	case "document":
		return sent(p.SendDocument(orElse(a.Name, "file.txt"), []byte(a.Data), a.Text))
	case "voice":
		return sent(p.SendVoice())
	case "sticker":
		return sent(p.SendSticker())
	case "location":
		return sent(p.SendLocation())
	case "forward":
		return sent(p.Forward(m))
	}
	return acted{}, p.change(a, m)
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
	if u == nil {
		return nil, fmt.Errorf("person %d: not found", a.Person)
	}
	c := s.chats[orElse(a.Chat, a.Person)]
	if c == nil || c.owner != u && !c.holds(u.ID) {
		return nil, fmt.Errorf("person %d: not in chat %d", a.Person, a.Chat)
	}
	return &Person{s: s, u: u, at: c}, nil
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
	return acted{Message: t.Said.ID, URL: t.URL}, err
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body := encode(v)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a page that has gone needs no answer
}
