// Package preview stands in for Telegram. It answers the Bot API as Telegram's own server does, for one bot, from
// memory and without a network, and it has people who write to that bot: a test gives them words and taps and looks at
// what they see, and a small page lets anyone do the same by hand.
//
// A bot cannot tell the difference by the calls it makes: errors carry Telegram's own words, updates wait until they
// are confirmed, long polls last as long as they do there. What Telegram may do to a bot on a bad day, a [Fault] does on
// purpose. Inside a testing/synctest bubble, [Server.Client] reaches the server over pipes and waiting takes no time.
//
// Only the methods that a bot for private chats and groups calls are there; any other answers "method not found".
package preview

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-telegram/bot/models"
)

// Options says what kind of Telegram a [Server] is. The zero value is a good one.
type Options struct {
	// Token is the bot's; a valid-looking one is made up if it is empty.
	Token string
	// Username is the bot's, without "@"; "skindesk_preview_bot" if it is empty.
	Username string
	// Name is what people see the bot called; "Preview" if it is empty.
	Name string
	// Zone names the time zone that the page shows times in; the reader's own if empty.
	Zone string
	// Now is the wall clock: it dates messages and ages updates and taps. Waiting does not use it. time.Now if nil.
	Now func() time.Time
	// Clock takes the place of Now, and lets the page move it forward.
	Clock *Clock
	// QueryAge is how long a tap may be answered. Telegram names no figure and reports speak of seconds; 15 s if zero.
	QueryAge time.Duration
	// Webhook posts updates to the bot's webhook; a plain client if nil. Webhooks are https only, so a test hands in one that
	// trusts its server.
	Webhook *http.Client
	// ReadsGroups turns privacy mode off: the bot then receives every message of its groups.
	ReadsGroups bool
	// CodePoints measures a text's length in code points, as one probe of the live service did. Otherwise 4,096
	// UTF-16 units are the limit, which is right under either reading.
	CodePoints bool
	// FirstMessageID begins every series of message ids; 1 if zero. A bot that remembers longer than the server
	// lives needs a number that rises from one server to the next.
	FirstMessageID int
}

// Server is Telegram as one bot and the people around it know it. It is safe for use by many goroutines.
type Server struct {
	token      string
	bot        models.User
	now        func() time.Time
	clock      *Clock // nil: it cannot be moved
	queryAge   time.Duration
	codePoints bool
	readsAll   bool // privacy mode is off
	firstID    int
	zone       string
	methods    map[string]method
	faults     *Faults
	courier    *http.Client // posts to the webhook
	net        *network
	closed     chan struct{}
	active     sync.WaitGroup

	mu       sync.Mutex
	shut     bool
	changed  chan struct{}
	version  int
	people   []*user
	chats    map[int64]*chat
	series   int
	nextUser int64
	nextChat int64
	updates  queue
	queries  map[string]*query
	files    map[string]*file
	paths    map[string]*file
	commands map[string][]models.BotCommand
	hook     *hook     // nil: the bot fetches its updates itself
	hookSet  time.Time // by the clock that waiting uses
	held     *update   // waits to be overtaken
	unsent   map[int64]int
	flow     flow
	calls    []*Call
}

// New makes a server with one bot and nobody else. It holds everything in memory; Close ends it.
func New(o Options) *Server {
	now := o.Now
	switch {
	case o.Clock != nil:
		now = o.Clock.Now
	case now == nil:
		now = time.Now
	}
	s := &Server{
		clock:      o.Clock,
		token:      orElse(o.Token, newToken()),
		now:        now,
		queryAge:   orElse(o.QueryAge, 15*time.Second),
		codePoints: o.CodePoints,
		readsAll:   o.ReadsGroups,
		firstID:    orElse(o.FirstMessageID, 1),
		zone:       o.Zone,
		methods:    methods(),
		net:        newNetwork(),
		closed:     make(chan struct{}),
		changed:    make(chan struct{}),
		chats:      map[int64]*chat{},
		nextUser:   5_100_000_001,
		nextChat:   4_200_000_001,
		queries:    map[string]*query{},
		files:      map[string]*file{},
		paths:      map[string]*file{},
		commands:   map[string][]models.BotCommand{},
		unsent:     map[int64]int{},
		flow:       flow{},
		courier:    orElse(o.Webhook, &http.Client{}),
	}
	s.series = s.firstID - 1
	s.faults = newFaults(s.net)
	// A bot may remember update ids for days, so a server started later numbers them higher.
	s.updates.next = now().Unix()
	s.bot = models.User{
		ID: botID(s.token), IsBot: true, FirstName: orElse(o.Name, "Preview"), Username: orElse(o.Username, "skindesk_preview_bot"),
	}
	if s.clock != nil {
		s.clock.Follow(Follower{Wake: func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.touch()
		}})
	}
	return s
}

// Token is what the bot calls the server with.
func (s *Server) Token() string { return s.token }

// Bot is the bot's account.
func (s *Server) Bot() models.User { return s.bot }

// Faults are the outages to choose from.
func (s *Server) Faults() *Faults { return s.faults }

// Close ends every waiting call, page stream and pipe, and returns when the last of them is gone.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.shut {
		s.shut = true
		close(s.closed)
		s.dropHook()
	}
	s.mu.Unlock()
	s.net.close()
	s.active.Wait()
}

// enter counts a request in, unless the server is closing. Whoever was let in calls s.active.Done.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut {
		return false
	}
	s.active.Add(1)
	return true
}

// touch tells those who watch that something visible changed. The caller holds s.mu.
func (s *Server) touch() {
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

// Deliver puts an update of any kind before the bot, as it is: for kinds that Telegram may invent later. It returns the
// update's id, or 0 if the bot does not ask for this kind.
func (s *Server) Deliver(kind string, body json.RawMessage) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.push(kind, s.updates.next<<8, body, s.now().Add(messageLife))
}

func orElse[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// newToken makes up a token of the usual shape: the bot's id, a colon, 35 characters.
func newToken() string {
	secret := make([]byte, 27)
	rand.Read(secret) // never returns an error
	id, err := rand.Int(rand.Reader, big.NewInt(900_000_000))
	if err != nil {
		id = big.NewInt(0)
	}
	return strconv.FormatInt(7_000_000_000+id.Int64(), 10) + ":" + base64.RawURLEncoding.EncodeToString(secret)[:35]
}

// botID is the number that a token begins with.
func botID(token string) int64 {
	digits, _, _ := strings.Cut(token, ":")
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 1
	}
	return id
}
