package bot

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"skindesk/store"
)

// Telegram's limits as its FAQ gives them; at a rate other than usualRate all of them scale with it. What Telegram answers goes
// before what is written here.
const (
	usualRate = 30 // messages a second for the whole bot

	privateBurst = 3 // one message a second for a private chat; a short burst passes
	privatePer   = 3 * time.Second
	groupBurst   = 20 // a minute for a group
	groupPer     = time.Minute
	groupKept    = 4 // of these for what is urgent, and for who waits for a card they have taken
	cardsKept    = 8 // more of these for cards: patients' pictures come by the dozen

	slowFor       = 10 * time.Minute // after a 429 its chat gets half
	crowd         = 3                // so many chats told to wait: it is the bot that is too fast
	sendersAtOnce = 32               // private chats; the group does not queue behind them
	chatsKept     = 1000             // before those long quiet are forgotten
)

// limits says when something may be sent, and how much is done at once.
type limits struct {
	bot      *rate.Limiter
	handlers chan struct{}
	senders  chan struct{}
	scale    float64

	mu    sync.Mutex
	chats map[int64]*window
	fails map[int64]int // rows of the outbox that failed, by seq, how often since the start: a kill is not the row's fault
	until time.Time     // nothing at all before
}

func newLimits(perSecond float64) *limits {
	return &limits{
		// Evenly, a little under the limit, so that the network's jitter does not put one too many into a second.
		bot:      rate.NewLimiter(rate.Limit(perSecond*0.97), max(1, int(perSecond/usualRate))),
		handlers: make(chan struct{}, handlersAtOnce),
		senders:  make(chan struct{}, sendersAtOnce),
		scale:    perSecond / usualRate,
		chats:    map[int64]*window{},
		fails:    map[int64]int{},
	}
}

// failed counts a failure of a row and returns how many there were.
func (l *limits) failed(seq int64) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fails[seq]++
	return l.fails[seq]
}

// over forgets a row's failures.
func (l *limits) over(seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.fails, seq)
}

// window allows so many messages in any span of a length.
type window struct {
	burst int
	per   time.Duration
	sent  []time.Time // the last ones, as many as the burst at most
	until time.Time   // told to wait by Telegram
	slow  time.Time   // until then half the burst
}

func (l *limits) window(chat int64, now time.Time) *window {
	if w, ok := l.chats[chat]; ok {
		return w
	}
	if len(l.chats) >= chatsKept {
		for id, w := range l.chats {
			if w.quiet(now) {
				delete(l.chats, id)
			}
		}
	}
	w := &window{burst: privateBurst, per: time.Duration(float64(privatePer) / l.scale)}
	if chat < 0 {
		w.burst, w.per = groupBurst, time.Duration(float64(groupPer)/l.scale)
	}
	l.chats[chat] = w
	return w
}

func (w *window) quiet(now time.Time) bool {
	return w.until.Before(now) && w.slow.Before(now) && (len(w.sent) == 0 || now.Sub(w.sent[len(w.sent)-1]) > w.per)
}

// kept is how much of a group's limit is not for a call.
func kept(o store.Outbound) int {
	switch {
	case o.Chat > 0 || o.Lane <= store.LaneUrgent:
		return 0
	case o.Method == "copyMessage" && o.Lane == store.LaneNotice:
		return groupKept + cardsKept
	}
	return groupKept
}

// wait returns how long a call has to wait for its chat, or for the whole bot. Only new messages count against a chat; of its limit
// some may be kept for others.
func (l *limits) wait(chat int64, message bool, kept int, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.window(chat, now)
	d := max(l.until.Sub(now), w.until.Sub(now))
	burst := w.burst
	if now.Before(w.slow) {
		burst /= 2
	}
	burst = max(1, burst-kept)
	if message && len(w.sent) >= burst {
		// A little more than the span: what is sent at its end must not arrive before.
		d = max(d, w.sent[len(w.sent)-burst].Add(w.per+w.per/50).Sub(now))
	}
	return max(d, 0)
}

// sent counts a message.
func (l *limits) sent(chat int64, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.window(chat, now)
	w.sent = append(w.sent, now)
	w.sent = w.sent[max(0, len(w.sent)-w.burst):]
}

// told notes that Telegram has said to wait: that chat, or the whole bot when it says so to many.
func (l *limits) told(chat int64, now time.Time, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.window(chat, now)
	w.until, w.slow = now.Add(wait), now.Add(wait+slowFor)
	waiting := 0
	for _, w := range l.chats {
		if w.until.After(now) {
			waiting++
		}
	}
	if waiting >= crowd {
		l.until = w.until
	}
}

// stop keeps everything back for a while.
func (l *limits) stop(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = until
}
