package preview

import (
	"hash/maphash"
	"path"
	"slices"
	"time"
)

const (
	pageMessages = 300 // of each chat on the page
	pageAlerts   = 5   // of each person
	typingFor    = 5 * time.Second
)

// pageState is everything the page shows. A stream of states sends of the chats only those that have changed; Order names all.
type pageState struct {
	Version int          `json:"version"`
	Bot     pagePerson   `json:"bot"`
	Zone    string       `json:"zone,omitempty"` // the time zone that dates are shown in; the reader's own if empty
	Clock   pageClock    `json:"clock"`
	Waiting int          `json:"waiting"` // updates that the bot has not confirmed
	Faults  []pageFault  `json:"faults"`
	People  []pagePerson `json:"people"`
	Order   []int64      `json:"order"`
	Chats   []pageChat   `json:"chats"`
}

type pageClock struct {
	Now     int64 `json:"now"`
	Ahead   int64 `json:"ahead"` // of the machine's, in milliseconds
	Movable bool  `json:"movable,omitempty"`
}

type pagePerson struct {
	ID       int64       `json:"id"`
	Name     string      `json:"name"`
	Username string      `json:"username,omitempty"`
	Phone    string      `json:"phone,omitempty"`
	Language string      `json:"language,omitempty"`
	Title    string      `json:"title,omitempty"`
	Begun    bool        `json:"begun,omitempty"`
	Blocked  bool        `json:"blocked,omitempty"`
	Gone     bool        `json:"gone,omitempty"`    // the account was deleted
	Tapping  []string    `json:"tapping,omitempty"` // taps that have no answer yet
	Alerts   []pageAlert `json:"alerts,omitempty"`
}

type pageAlert struct {
	N     int    `json:"n"`
	Chat  int64  `json:"chat"`
	Text  string `json:"text"`
	Modal bool   `json:"modal,omitempty"`
}

type pageChat struct {
	ID        int64                   `json:"id"`
	Kind      string                  `json:"kind"`
	Title     string                  `json:"title"`
	Bot       string                  `json:"bot,omitempty"`    // the bot's place in a group
	Typing    int64                   `json:"typing,omitempty"` // until then
	Pinned    int                     `json:"pinned,omitempty"`
	Members   []int64                 `json:"members"`
	Messages  []pageMessage           `json:"messages"`
	Keyboards map[int64][][]keyUI     `json:"keyboards,omitempty"`
	Commands  map[int64][]pageCommand `json:"commands,omitempty"`
}

type pageCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
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
	Album     string         `json:"album,omitempty"`
	File      string         `json:"file,omitempty"`
	FileName  string         `json:"fileName,omitempty"`
	Size      int            `json:"size,omitempty"`
	Picture   bool           `json:"picture,omitempty"` // a document that can be shown as one
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
	st := pageState{
		Version: s.version, Bot: pagePerson{ID: s.bot.ID, Name: s.bot.FirstName, Username: s.bot.Username},
		Zone: s.zone, Clock: pageClock{Now: s.now().UnixMilli()}, Waiting: len(s.updates.pending), Faults: s.showFaults(),
	}
	if s.clock != nil {
		st.Clock.Ahead, st.Clock.Movable = s.clock.Ahead().Milliseconds(), true
	}
	for _, u := range s.people {
		st.People = append(st.People, s.showPerson(u))
		st.Chats = append(st.Chats, s.showChat(s.chats[u.ID]))
	}
	ids := sortedKeys(s.chats)
	for _, id := range slices.Backward(ids) { // groups count downwards
		if c := s.chats[id]; !c.private() && c.moved == 0 {
			st.Chats = append(st.Chats, s.showChat(c))
		}
	}
	for _, c := range st.Chats {
		st.Order = append(st.Order, c.ID)
	}
	return st, s.changed
}

// shown is what a page has of the chats.
type shown map[int64]uint64

var shownSeed = maphash.MakeSeed()

// news takes the chats out of a state that the page has already.
func (h shown) news(st *pageState) {
	st.Chats = slices.DeleteFunc(st.Chats, func(c pageChat) bool {
		sum := maphash.Bytes(shownSeed, encode(c))
		known := h[c.ID] == sum
		h[c.ID] = sum
		return known
	})
}

func (s *Server) showPerson(u *user) pagePerson {
	private := s.chats[u.ID].status[s.bot.ID]
	p := pagePerson{
		ID: u.ID, Name: fullName(u.User), Username: u.Username, Phone: u.phone, Language: u.LanguageCode, Title: u.title,
		Begun: private != "", Blocked: private == kicked, Gone: u.deleted, Tapping: slices.Clone(u.tapping),
	}
	for i, a := range u.alerts {
		p.Alerts = append(p.Alerts, pageAlert{N: i + 1, Chat: a.chat, Text: a.text, Modal: a.modal})
	}
	p.Alerts = p.Alerts[max(0, len(p.Alerts)-pageAlerts):]
	return p
}

func (s *Server) showChat(c *chat) pageChat {
	view := pageChat{
		ID: c.ID, Kind: string(c.Type), Title: orElse(c.Title, c.FirstName),
		Messages: []pageMessage{}, Members: []int64{}, Keyboards: map[int64][][]keyUI{}, Commands: map[int64][]pageCommand{},
	}
	if s.now().Before(c.typing) {
		view.Typing = c.typing.UnixMilli()
	}
	members := c.members
	if c.private() {
		members = []*user{c.owner}
	} else {
		view.Bot = string(c.status[s.bot.ID])
	}
	for _, u := range members {
		view.Members = append(view.Members, u.ID)
		for _, item := range s.menu(c, u) {
			view.Commands[u.ID] = append(view.Commands[u.ID], pageCommand{item.Command, item.Description})
		}
	}
	if c.pinned != nil && !c.pinned.deleted {
		view.Pinned = c.pinned.ID
	}
	seen := c.visible()
	for _, m := range seen[max(0, len(seen)-pageMessages):] {
		view.Messages = append(view.Messages, s.showMessage(m.view(s)))
	}
	for id, k := range c.keys {
		view.Keyboards[id] = showKeys(k)
	}
	return view
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

func (s *Server) showMessage(m Message) pageMessage {
	view := pageMessage{
		ID: m.ID, From: m.From, Name: m.Name, Bot: m.FromBot, Time: m.Date.UnixMilli(), Text: m.Text, ReplyTo: m.ReplyTo,
		Media: m.Media, Album: m.Album, File: m.File, FileName: m.FileName, Phone: m.Phone, Forwarded: m.Forwarded, Service: m.Service,
		Edited: m.Edited, Reactions: m.Reactions,
	}
	if f := s.files[m.File]; f != nil {
		view.Size = len(f.data)
		view.Picture = f.kind == "document" && shownPicture(f)
	}
	for _, e := range m.Entities {
		view.Entities = append(view.Entities, pageEntity{Type: string(e.Type), Offset: e.Offset, Length: e.Length, URL: e.URL})
	}
	for _, row := range m.Buttons {
		var buttons []pageButton
		for _, b := range row {
			buttons = append(buttons, pageButton{Text: b.Text, URL: b.URL, Style: b.Style})
		}
		view.Buttons = append(view.Buttons, buttons)
	}
	return view
}

// shownPicture says whether a document's name is that of a picture, which the page then shows small.
func shownPicture(f *file) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp"}, path.Ext(f.name))
}
