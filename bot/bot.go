// Package bot is the conversation: updates from Telegram come in, the desk and the index are asked, words and buttons go out.
//
// An update is kept before it is handled. Handling reads where the conversation stands, asks the index without a
// transaction, and then decides in one: what the clinic has to know goes to the desk, everything that is said becomes a row
// of the outbox, and the update is done. The mail around it (poll, inbox, sender) repeats what was cut off, so that nothing is
// lost; only a send can ever happen twice, and then it is marked.
//
// A sentence is never written here: what the clinic says comes from faq.json, the bot's own words from text/*.json.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// Config is what a Bot is made of.
type Config struct {
	Store  *store.Store
	Live   *index.Live
	Client *http.Client // for Telegram; http.DefaultClient if nil
	Token  string
	APIURL string // of the Bot API; Telegram's own if empty

	Build func(context.Context, *faq.FAQ) (*index.Index, error) // of a new version; index.New if nil
	File  FAQFile                                               // the clinic's file on the disk

	Within bool // Telegram is a part of this program, as in the preview: it is never out of reach by itself

	StaffChat int64   // the team's group; 0 as long as none is set
	Admins    []int64 // user ids
	Staff     []int64 // user ids

	Now      func() time.Time // time.Now if nil
	Log      *slog.Logger     // nothing is logged if nil
	SendRate float64          // messages a second; 30 if 0
}

// Bot handles updates and delivers what is due, until told to stop.
type Bot struct {
	store  *store.Store
	live   *index.Live
	desk   *desk.Desk
	mail   *mail
	words  map[faq.Language]*words
	self   int64                  // the bot's own user id
	name   atomic.Pointer[string] // what it is called in links, nil as long as that is not known
	admins []desk.PersonID
	staff  []desk.PersonID
	group  int64        // the team's group as the settings say
	moved  atomic.Int64 // the supergroup that it has become, else 0
	now    func() time.Time
	log    *slog.Logger

	build      func(context.Context, *faq.FAQ) (*index.Index, error)
	file       FAQFile
	published  bell       // another version is in use
	publishing sync.Mutex // held from looking at the version in force until the next is in use
	vocabulary atomic.Pointer[vocabulary]
}

// New makes a bot. It fails on settings that no bot can run with.
func New(c Config) (*Bot, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	ws, err := loadWords()
	if err != nil {
		return nil, err
	}
	id, _, _ := strings.Cut(c.Token, ":")
	self, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, errors.New("the token does not begin with the bot's number")
	}
	b := &Bot{
		store: c.Store, live: c.Live, words: ws, self: self,
		admins: people(c.Admins), staff: people(c.Staff), group: c.StaffChat, now: c.Now, log: c.Log,
	}
	b.desk = desk.New(c.Now, b.clinic)
	b.build, b.file = c.Build, c.File
	if b.build == nil {
		b.build = func(ctx context.Context, f *faq.FAQ) (*index.Index, error) { return index.New(ctx, f) }
	}
	b.mail, err = b.newMail(c)
	return b, err
}

// clinic is what the clinic says of itself in the FAQ that is in force.
func (b *Bot) clinic() faq.Clinic {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return faq.Clinic{Example: true} // it is being closed: nothing is promised any more
	}
	return ix.FAQ().Clinic
}

// telegramURL is the public Bot API.
const telegramURL = "https://api.telegram.org"

// newMail wires the way in and out.
func (b *Bot) newMail(c Config) (*mail, error) {
	m := &mail{
		store: c.Store, token: c.Token, apiURL: c.APIURL, http: c.Client, now: c.Now, log: c.Log, rate: c.SendRate,
		handle: b.handle, letter: b.letter, notices: b.notices, settled: b.settled, mark: b.mark, join: b.join,
		staffChat: b.staffChat, moved: b.moveGroup, back: b.back, alarm: b.alarm, shout: b.shout,
	}
	if c.Within {
		m.back = nil
	}
	if m.apiURL == "" {
		m.apiURL = telegramURL
	}
	if m.http == nil {
		m.http = http.DefaultClient
	}
	if m.rate == 0 {
		m.rate = 30
	}
	client, err := newClient(c.Token, m.apiURL, m.http, func(err error) { c.Log.Debug("telegram library", "err", m.reason(err)) })
	if err != nil {
		return nil, errors.New("telegram client: " + m.reason(err))
	}
	m.client = client
	return m, nil
}

func people(ids []int64) []desk.PersonID {
	ps := make([]desk.PersonID, len(ids))
	for i, id := range ids {
		ps[i] = desk.PersonID(id)
	}
	return ps
}

// Run receives, handles and sends until ctx ends and what was begun is finished.
func (b *Bot) Run(ctx context.Context) error {
	err := b.store.Update(ctx, func(tx *store.Tx) error {
		if err := b.recallGroup(tx); err != nil {
			return err
		}
		if err := b.newGroup(tx); err != nil {
			return err
		}
		return b.desk.Enlist(tx, b.admins, b.staff)
	})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if b.staffChat() == 0 {
		b.log.Warn("no staff group is set: only /here by an admin is answered in groups, and patients are told that the bot is being set up")
	}
	var menu sync.WaitGroup
	menu.Go(func() { b.introduce(ctx) })
	menu.Go(func() { b.wishes(ctx) })
	defer menu.Wait()
	return b.mail.run(ctx)
}

// staffChat returns the team's group, 0 as long as none is set.
func (b *Bot) staffChat() int64 {
	if id := b.moved.Load(); id != 0 {
		return id
	}
	return b.group
}

// movedKey is where it is kept that the group of the settings has become another.
func (b *Bot) movedKey() string { return "staff_chat/" + strconv.FormatInt(b.group, 10) }

func (b *Bot) recallGroup(tx *store.Tx) error {
	v, found, err := tx.Meta(b.movedKey())
	if err != nil || !found {
		return err
	}
	id, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return fmt.Errorf("%s: %w", b.movedKey(), err)
	}
	b.moved.Store(id)
	return nil
}

// moveGroup notes that the team's group has become a supergroup with another id. Other groups are none of our business.
func (b *Bot) moveGroup(tx *store.Tx, from, to int64) error {
	if from != b.staffChat() || from == to {
		return nil
	}
	if err := tx.SetMeta(b.movedKey(), strconv.FormatInt(to, 10)); err != nil {
		return fmt.Errorf("move the staff group: %w", err)
	}
	if err := tx.SetMeta(metaGroup, strconv.FormatInt(to, 10)); err != nil {
		return fmt.Errorf("move the staff group: %w", err)
	}
	b.moved.Store(to) // also if this transaction fails: Telegram has moved the group already
	w := b.words[faq.English]
	if err := b.tellAdmins(tx, fmt.Sprintf("moved/%d", to), fill(w.GroupMoved, "id", strconv.FormatInt(to, 10))); err != nil {
		return err
	}
	return b.regroup(tx, from, to, w.StaffRegrouped)
}

// errMoved is returned when the conversation or the FAQ has changed between looking and deciding: look again.
var errMoved = errors.New("changed in between")

// handle decides what an update means and does it, in one transaction with ending the update.
func (b *Bot) handle(ctx context.Context, in store.Inbound) error {
	u, err := decode(in.Body)
	if err != nil {
		return fmt.Errorf("decode update %d: %w", in.UpdateID, err)
	}
	for range 10 {
		err = b.attempt(ctx, in, u)
		if !errors.Is(err, errMoved) {
			break
		}
	}
	if errors.Is(err, store.ErrDone) {
		return nil
	}
	return err
}

// attempt looks, asks and decides once.
func (b *Bot) attempt(ctx context.Context, in store.Inbound, u *models.Update) error {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	look := &turn{Bot: b, in: in, faq: ix.FAQ(), now: b.now(), update: u}
	var m meaning
	err := b.store.View(ctx, func(tx *store.Tx) (err error) {
		look.tx = tx
		if err = look.meet(); err == nil {
			m, err = look.decide()
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := m.search(ctx, ix, look); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	if m.undo, err = b.findUndo(ctx, &m, look); err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	defer m.undo.end()
	if m.report, err = b.findReport(ctx, &m, look); err != nil {
		return fmt.Errorf("statistics: %w", err)
	}
	err = b.store.Update(ctx, func(tx *store.Tx) error {
		t := &turn{Bot: b, in: in, faq: ix.FAQ(), now: look.now, update: u, tx: tx}
		if err := tx.FinishInbound(in.Seq); err != nil {
			return err
		}
		if err := t.meet(); err != nil {
			return err
		}
		if t.chat.Version != look.chat.Version || !b.isLive(ix) {
			return errMoved
		}
		if err := t.act(m); err != nil {
			return err
		}
		return t.finish()
	})
	if err != nil {
		return err
	}
	return m.undo.committed(ctx)
}

// isLive tells whether an index is still the one in use.
func (b *Bot) isLive(ix *index.Index) bool {
	current, release := b.live.Pin()
	defer release()
	return current == ix
}
