package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// stage is a bot with nobody at the other end of the wire: what it says is written down as if Telegram had shown it. Its people write
// and tap, its clock is moved by hand, and everything between is what runs on Telegram: the conversation, the desk, the store.
type stage struct {
	ctx   context.Context
	b     *Bot
	w     *words
	now   time.Time
	seq   int64
	shown []shown
	scene string
	said  []Spoken
}

// shown is a message as it stands in a chat.
type shown struct {
	chat, id int64
	params   []byte
}

// The people of the plays, the group and the token.
const (
	playPatient, playOther, playStaff, playAdmin int64 = 5000000001, 5000000002, 5000000003, 5000000004

	playGroup = int64(-1001234567890)
	playToken = "5000000009:play"
)

var playNames = map[int64]string{playPatient: "Anna", playOther: "Bilal", playStaff: "Sana", playAdmin: "Omar"}

// newStage opens an empty clinic, on a Monday at half past eleven, for an index; done closes it.
func newStage(ctx context.Context, l faq.Language, ix *index.Index) (s *stage, done func(), err error) {
	folder, err := os.MkdirTemp("", "skindesk-texts-*")
	if err != nil {
		return nil, nil, fmt.Errorf("a folder for the play: %w", err)
	}
	db, err := store.Open(ctx, filepath.Join(folder, "data"), store.Options{})
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	done = func() { _, _ = db.Close(), os.RemoveAll(folder) }
	zone, err := time.LoadLocation(ix.FAQ().Clinic.Timezone)
	if err != nil {
		zone = time.UTC
	}
	s = &stage{ctx: ctx, now: time.Date(2026, time.November, 23, 11, 30, 0, 0, zone)}
	s.b, err = New(Config{
		Store: db, Live: index.NewLive(ix), Token: playToken, StaffChat: playGroup, Admins: []int64{playAdmin}, Staff: []int64{playStaff},
		Now: func() time.Time { return s.now },
	})
	if err != nil {
		done()
		return nil, nil, err
	}
	s.w = s.b.words[l]
	name := "skindesk_bot"
	s.b.name.Store(&name)
	err = db.Update(ctx, func(tx *store.Tx) error {
		for id, name := range playNames {
			if _, err := s.b.desk.Meet(tx, desk.PersonID(id), name); err != nil {
				return err
			}
			if err := tx.PutPerson(desk.Person{ID: desk.PersonID(id), Name: name, Language: l}); err != nil {
				return err
			}
		}
		return s.b.desk.Enlist(tx, s.b.admins, s.b.staff)
	})
	if err != nil {
		done()
		return nil, nil, err
	}
	return s, done, nil
}

// says has somebody write in a private chat.
func (s *stage) says(who int64, text string) error {
	return s.update(who, "message", s.message(who, who, map[string]any{"text": text}))
}

// answers has somebody write in the group in reply to the newest card there.
func (s *stage) answers(who int64, text string) error {
	card, err := s.find(playGroup, func(m shown) bool {
		return len(buttonsFor(m.params, func(a action) bool { return a.do == doMore && a.n > 0 })) > 0
	})
	if err != nil {
		return err
	}
	bot := map[string]any{"id": s.b.self, "is_bot": true, "first_name": "bot"}
	return s.update(playGroup, "message", s.message(who, playGroup, map[string]any{
		"text": text, "reply_to_message": map[string]any{"message_id": card.id, "date": 1, "chat": chatJSON(playGroup), "from": bot},
	}))
}

// taps has somebody tap the n-th of the buttons that mean something, on the newest message in a chat that has as many.
func (s *stage) taps(who, chat int64, means func(action) bool, n int) error {
	var data []string
	m, err := s.find(chat, func(m shown) bool {
		data = buttonsFor(m.params, means)
		return len(data) > n
	})
	if err != nil {
		return err
	}
	s.seq++
	return s.update(chat, "callback_query", map[string]any{
		"id": fmt.Sprint(s.seq), "from": userJSON(who), "chat_instance": "1", "data": data[n],
		"message": map[string]any{"message_id": m.id, "date": 1, "chat": chatJSON(chat), "text": "…"},
	})
}

func (s *stage) find(chat int64, is func(shown) bool) (shown, error) {
	for _, m := range slices.Backward(s.shown) {
		if m.chat == chat && is(m) {
			return m, nil
		}
	}
	last := ""
	if n := len(s.said); n > 0 {
		last = s.said[n-1].Text
	}
	return shown{}, fmt.Errorf("%s: nothing of that kind is in chat %d, last was said %q", s.scene, chat, last)
}

// later moves the clock, from one thing that comes due to the next.
func (s *stage) later(d time.Duration) error {
	for end := s.now.Add(d); s.now.Before(end); {
		next, err := s.b.notices(s.ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", s.scene, err)
		}
		if next.IsZero() || next.After(end) {
			next = end
		}
		s.now = maxTime(next, s.now.Add(time.Second))
		if err := s.settle(); err != nil {
			return err
		}
	}
	return nil
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (s *stage) message(who, chat int64, more map[string]any) map[string]any {
	s.seq++
	m := map[string]any{"message_id": s.seq, "date": s.now.Unix(), "from": userJSON(who), "chat": chatJSON(chat)}
	for k, v := range more {
		m[k] = v
	}
	return m
}

func userJSON(who int64) map[string]any {
	return map[string]any{"id": who, "is_bot": false, "first_name": playNames[who]}
}

func chatJSON(id int64) map[string]any {
	if id == playGroup {
		return map[string]any{"id": id, "type": models.ChatTypeSupergroup, "title": "Team"}
	}
	return map[string]any{"id": id, "type": models.ChatTypePrivate, "first_name": playNames[id]}
}

// update is received, handled, and answered.
func (s *stage) update(chat int64, kind string, what map[string]any) error {
	s.seq++
	body, err := json.Marshal(map[string]any{"update_id": s.seq, kind: what})
	if err != nil {
		return err
	}
	if _, err := s.b.mail.receive(s.ctx, []json.RawMessage{body}); err != nil {
		return err
	}
	in, found, err := s.b.mail.oldest(s.ctx, chat)
	if err != nil || !found {
		return fmt.Errorf("%s: the update is not there: %w", s.scene, err)
	}
	if err := s.b.handle(s.ctx, in); err != nil {
		return fmt.Errorf("%s: %w", s.scene, err)
	}
	s.now = s.now.Add(2 * time.Second)
	return s.settle()
}

// settle tells what is due and takes everything out of the outbox.
func (s *stage) settle() error {
	if _, err := s.b.notices(s.ctx); err != nil {
		return fmt.Errorf("%s: %w", s.scene, err)
	}
	for again := true; again; {
		again = false
		var chats []int64
		err := s.b.store.View(s.ctx, func(tx *store.Tx) (err error) {
			chats, _, err = tx.QueuedAfter(0)
			return err
		})
		if err != nil {
			return err
		}
		for _, chat := range chats {
			sent, err := s.send(chat)
			if err != nil {
				return err
			}
			again = again || sent
		}
	}
	return nil
}

// send takes the first row of a chat out of the outbox, if it may go.
func (s *stage) send(chat int64) (sent bool, err error) {
	head, found, err := s.b.mail.head(s.ctx, chat)
	if err != nil || !found || head.Due.After(s.now) {
		return false, err
	}
	o, err := s.b.mail.claim(s.ctx, head.Seq)
	if err != nil {
		return false, err
	}
	s.seq++
	s.show(o)
	return true, s.b.store.Update(s.ctx, func(tx *store.Tx) error {
		return s.b.mail.write(tx, o, outcome{sent: true, messageID: s.seq}, true)
	})
}

// show writes down what Telegram would show.
func (s *stage) show(o store.Outbound) {
	var p struct {
		MessageID int64  `json:"message_id"`
		Text      string `json:"text"`
		Caption   string `json:"caption"`
	}
	_ = json.Unmarshal(o.Body, &p) // they are our own
	m := shown{o.Chat, s.seq, o.Body}
	switch o.Method {
	case "answerCallbackQuery":
		if p.Text != "" {
			s.said = append(s.said, Spoken{Name: s.scene, To: s.reader(o.Chat), Text: faq.Plain(p.Text), Notice: true})
		}
		return
	case "editMessageText", "editMessageReplyMarkup":
		m.id = p.MessageID
		s.shown = slices.DeleteFunc(s.shown, func(old shown) bool { return old.chat == m.chat && old.id == m.id })
	case "sendMessage", "sendDocument":
	default:
		return
	}
	s.shown = append(s.shown, m)
	if cmp.Or(p.Text, p.Caption) != "" {
		said := spoken(s.scene, o.Body)
		said.Text, said.To = faq.Plain(cmp.Or(p.Text, p.Caption)), s.reader(o.Chat)
		s.said = append(s.said, said)
	}
}

func (s *stage) reader(chat int64) string {
	switch chat {
	case playGroup:
		return "team"
	case playAdmin:
		return "admin"
	case playStaff:
		return "staff"
	}
	return "patient"
}

// buttonsFor are the data of the buttons that mean something, in their order.
func buttonsFor(params []byte, means func(action) bool) (data []string) {
	var p struct {
		Markup struct {
			Inline [][]struct {
				Data string `json:"callback_data"`
			} `json:"inline_keyboard"`
		} `json:"reply_markup"`
	}
	_ = json.Unmarshal(params, &p)
	for _, row := range p.Markup.Inline {
		for _, b := range row {
			if a, err := parseAction(b.Data); err == nil && means(a) {
				data = append(data, b.Data)
			}
		}
	}
	return data
}
