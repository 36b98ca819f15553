package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"skindesk/store"
)

const (
	pollSeconds   = 50                     // as long as Telegram lets a poll wait
	pollDeadline  = 75 * time.Second       // then the line is dead
	pollLimit     = 100                    // updates an answer
	pollBytes     = 64 << 20               // of an answer; a hundred updates have far less
	pollBackoff   = 100 * time.Millisecond // and doubling
	longBackoff   = 30 * time.Second
	conflictPause = 5 * time.Second
	tokenPause    = 10 * time.Minute // a refused token is not accepted again soon
)

// allowedUpdates are the kinds that the bot handles. Telegram keeps the list of the last call, and leaves reactions out by default.
var allowedUpdates = []string{"message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"}

// poll receives updates until ctx ends. The offset, which tells Telegram to forget what came before, moves only after the
// updates are committed. It is never stored and never negative: every start asks for the oldest and the inbox drops
// what it has, because ids may begin anew and a negative offset would throw updates away.
func (m *mail) poll(ctx context.Context, handlers *crew) {
	var offset int64
	failures := 0
	for ctx.Err() == nil {
		updates, err := m.getUpdates(ctx, offset)
		if err == nil {
			var received receipt
			if received, err = m.receive(ctx, updates); err == nil {
				failures = 0
				m.reached(ctx)
				if received.next != 0 { // also when it is lower: above ids that began anew the same updates would come for ever
					offset = received.next
				}
				for _, chat := range received.chats {
					handlers.wake(ctx, chat)
				}
				if len(updates) > 0 && received.next == 0 {
					err = errors.New("updates without an id")
				}
			}
		}
		if err == nil || ctx.Err() != nil {
			continue
		}
		failures++
		m.reach.ok = false
		pause := m.afterPollError(ctx, err, failures)
		m.log.Warn("poll", "err", m.reason(err), "pause", pause)
		sleep(ctx, pause, new(bell))
	}
}

// afterPollError raises the alarm where one is due and says how long to wait.
func (m *mail) afterPollError(ctx context.Context, err error, failures int) time.Duration {
	m.disk(ctx, err)
	var refused *refusal
	if errors.As(err, &refused) {
		switch refused.status {
		case http.StatusConflict:
			m.raise(ctx, alarmConflict)
			return conflictPause
		case http.StatusUnauthorized, http.StatusNotFound:
			m.raise(ctx, alarmToken)
			return tokenPause
		case http.StatusTooManyRequests:
			return max(refused.retryAfter, time.Second)
		}
	}
	return backoff(pollBackoff, longBackoff, failures)
}

// backoff doubles with every failure up to a longest, give or take a fifth, so that many do not come back at once.
func backoff(first, longest time.Duration, failures int) time.Duration {
	d := longest
	if n := max(failures, 1) - 1; n < 20 {
		d = min(first<<n, longest)
	}
	return time.Duration(float64(d) * (0.8 + 0.4*rand.Float64()))
}

// getUpdates asks Telegram for updates and leaves each as it came: one that nobody understands must not keep back the others.
func (m *mail) getUpdates(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, pollDeadline)
	defer cancel()
	seconds := pollSeconds
	if !m.reach.ok {
		seconds = 0 // whether Telegram is back shows at once
	}
	ask, err := json.Marshal(struct {
		Offset  int64    `json:"offset,omitempty"`
		Limit   int      `json:"limit"`
		Timeout int      `json:"timeout"`
		Allowed []string `json:"allowed_updates"`
	}{offset, pollLimit, seconds, allowedUpdates})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.apiURL+"/bot"+m.token+"/getUpdates", bytes.NewReader(ask))
	if err != nil {
		return nil, errors.New("the API's URL or the token is not fit for a request")
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := wire(m.http).Do(req)
	if err != nil {
		return nil, withoutURL(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read to the end
	body, err := io.ReadAll(io.LimitReader(resp.Body, pollBytes))
	if err != nil {
		return nil, fmt.Errorf("read updates: %w", err)
	}
	a := readAnswer(resp, body)
	if !a.OK {
		return nil, &refusal{status: a.status, description: a.Description, retryAfter: a.retryAfter()}
	}
	var updates []json.RawMessage
	if err := json.Unmarshal(a.Result, &updates); err != nil {
		return nil, fmt.Errorf("read updates: %w", err)
	}
	return updates, nil
}

// withoutURL takes the URL, which holds the token, out of a request's error.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// refusal is an answer that says no.
type refusal struct {
	status      int
	description string
	retryAfter  time.Duration
}

func (r *refusal) Error() string { return fmt.Sprintf("refused with %d: %s", r.status, r.description) }

// receipt is what a batch of updates amounts to.
type receipt struct {
	next  int64 // the offset that confirms them; 0: none
	chats []int64
}

// receive commits updates to the inbox.
func (m *mail) receive(ctx context.Context, updates []json.RawMessage) (r receipt, err error) {
	var in []store.Inbound
	seen := map[int64]bool{}
	for _, body := range updates {
		id, chat, ok := address(body)
		if !ok {
			m.log.Error("update without an id", "bytes", len(body))
			continue
		}
		r.next = max(r.next, id+1)
		in = append(in, store.Inbound{UpdateID: id, Chat: chat, Body: body, ReceivedAt: m.now()})
		if !seen[chat] {
			seen[chat] = true
			r.chats = append(r.chats, chat)
		}
	}
	if len(in) == 0 {
		return r, nil
	}
	err = m.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.Receive(in...)
		return err
	})
	if err != nil {
		return receipt{}, fmt.Errorf("keep updates: %w", err)
	}
	return r, nil
}

// address reads an update's id and the chat that it belongs to; whoever sent it stands in for a chat, and 0 for nobody. It
// goes by the shape that all kinds of updates share, so that kinds and fields which are not known yet do no harm.
func address(update []byte) (id, chat int64, ok bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(update, &fields) != nil || json.Unmarshal(fields["update_id"], &id) != nil {
		return 0, 0, false
	}
	for name, body := range fields {
		if name == "update_id" {
			continue
		}
		if chat = chatOf(body); chat != 0 {
			break
		}
	}
	return id, chat, true
}

func chatOf(body json.RawMessage) int64 {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return 0
	}
	if id := idOf(fields["chat"]); id != 0 {
		return id
	}
	if fields["message"] != nil {
		if id := chatOf(fields["message"]); id != 0 {
			return id
		}
	}
	for _, who := range []string{"from", "user"} {
		if id := idOf(fields[who]); id != 0 {
			return id
		}
	}
	return 0
}

func idOf(body json.RawMessage) int64 {
	var v struct {
		ID int64 `json:"id"`
	}
	if json.Unmarshal(body, &v) != nil {
		return 0
	}
	return v.ID
}
