package preview

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxSecret      = 256
	maxCertificate = 3 << 20
	maxConnections = 40 // unless the bot says otherwise
	hookDeadline   = time.Minute
	hookLongest    = 60 * time.Second // between two tries, up to twice as long
	hookAfter      = 3600             // seconds; a longer Retry-After is cut to this
	hookAnswer     = 1 << 20          // bytes read of an answer
)

// hook is the bot's webhook: updates are posted to it instead of being fetched. Those of one lane go one after the other, lanes
// beside each other.
type hook struct {
	url, secret string
	max         int
	certificate bool
	ctx         context.Context // ends with the hook
	end         context.CancelFunc
	bell        chan struct{} // rings when there may be something to do

	flying    int
	lanes     map[int64]*hookLane // those with something on its way or put off
	lastError string
	lastAt    time.Time
}

// hookLane is how the delivery of a lane's oldest update stands.
type hookLane struct {
	id    int64 // of that update
	busy  bool
	fails int
	delay time.Duration
	due   time.Time
}

// ring wakes the delivery. There may be no hook.
func (h *hook) ring() {
	if h == nil {
		return
	}
	select {
	case h.bell <- struct{}{}:
	default:
	}
}

// setWebhook has updates posted from now on. The old webhook ends before the new one is looked at, as it does at Telegram: a
// faulty call leaves none.
func (s *Server) setWebhook(r *request) (any, error) {
	target := r.text("url")
	if target == "" {
		return s.deleteWebhook(r)
	}
	if now := time.Now(); !s.hookSet.IsZero() && now.Sub(s.hookSet) < time.Second {
		return nil, tooMany(1)
	}
	s.hookSet = time.Now()
	h := newHook(r)
	drop := r.truth("drop_pending_updates")
	if s.hook.same(h) && !drop {
		s.allow(r)
		return described{true, "Webhook is already set"}, nil
	}
	s.updates.end(conflict("terminated by setWebhook request"))
	s.dropHook()
	if drop {
		s.updates.pending = nil
	}
	if err := h.check(r); err != nil {
		return nil, err
	}
	if s.shut {
		return nil, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error: restart"}
	}
	s.allow(r)
	s.hook = h
	h.ctx, h.end = context.WithCancel(context.Background())
	s.active.Add(1)
	go func() {
		defer s.active.Done()
		s.serveHook(h)
	}()
	h.ring()
	return described{true, "Webhook was set"}, nil
}

func newHook(r *request) *hook {
	h := &hook{
		url: r.text("url"), secret: r.text("secret_token"), max: maxConnections,
		bell: make(chan struct{}, 1), lanes: map[int64]*hookLane{},
	}
	if r.has("max_connections") {
		h.max = int(min(max(r.integer("max_connections"), 1), 100))
	}
	_, h.certificate = r.certificate()
	return h
}

func (h *hook) same(o *hook) bool {
	return h != nil && h.url == o.url && h.secret == o.secret && h.max == o.max && !h.certificate && !o.certificate
}

// certificate is the upload that setWebhook may bring.
func (r *request) certificate() (upload, bool) {
	name, _ := strings.CutPrefix(r.text("certificate"), "attach://")
	for _, part := range []string{"certificate", name} {
		if up, ok := r.uploads[part]; ok {
			return up, true
		}
	}
	return upload{}, false
}

// check refuses what Telegram refuses.
func (h *hook) check(r *request) error {
	target := h.url
	if !strings.Contains(target, "://") {
		target = "https://" + target
	}
	u, err := url.Parse(target)
	if err != nil || u.Hostname() == "" {
		return badRequest("invalid webhook URL specified")
	}
	if len(h.secret) > maxSecret {
		return badRequest("secret token is too long")
	}
	if strings.ContainsFunc(h.secret, func(c rune) bool { return c > 127 || !isAlphanumeric(byte(c)) && c != '_' && c != '-' }) {
		return badRequest("secret token contains unallowed characters")
	}
	if up, ok := r.certificate(); ok && len(up.data) > maxCertificate {
		return badRequest("certificate size is too big (%d bytes)", len(up.data))
	}
	if u.Scheme != "https" {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if port := u.Port(); port != "" && !slices.Contains([]string{"443", "80", "88", "8443"}, port) {
		return badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	h.url = target
	return nil
}

func (s *Server) deleteWebhook(r *request) (any, error) {
	text := "Webhook is already deleted"
	if s.hook != nil {
		text = "Webhook was deleted"
	}
	s.dropHook()
	if r.truth("drop_pending_updates") {
		s.updates.pending = nil
	}
	return described{true, text}, nil
}

// dropHook ends the delivery. What is on its way may still arrive, and is then not counted as delivered.
func (s *Server) dropHook() {
	if s.hook != nil {
		s.hook.end()
		s.hook = nil
	}
}

func (s *Server) getWebhookInfo(*request) (any, error) {
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.updates.pending)}
	if h := s.hook; h != nil {
		info["url"], info["has_custom_certificate"], info["max_connections"] = h.url, h.certificate, h.max
		if h.lastError != "" {
			info["last_error_date"], info["last_error_message"] = h.lastAt.Unix(), h.lastError
		}
	}
	if s.updates.allowed != nil {
		info["allowed_updates"] = sortedKeys(s.updates.allowed)
	}
	return info, nil
}

// serveHook posts what is pending until the hook ends.
func (s *Server) serveHook(h *hook) {
	for {
		s.mu.Lock()
		u, wait, found := s.nextPost(h)
		s.mu.Unlock()
		if found {
			s.active.Add(1) // this very loop is counted, so nobody has stopped waiting yet
			go func() {
				defer s.active.Done()
				s.deliver(h, u)
			}()
			continue
		}
		t := time.NewTimer(wait)
		select {
		case <-h.bell:
		case <-t.C:
		case <-h.ctx.Done():
			t.Stop()
			return
		}
		t.Stop()
	}
}

// nextPost chooses the update that is to be posted now, and marks its lane as busy. Without one it says when to look again.
func (s *Server) nextPost(h *hook) (u update, wait time.Duration, found bool) {
	s.expire()
	wait = time.Minute // should nobody ring, something may have expired
	if h.flying >= h.max {
		return u, wait, false
	}
	now := time.Now()
	seen := map[int64]bool{}
	for _, u := range s.updates.pending {
		if seen[u.lane] {
			continue
		}
		seen[u.lane] = true
		l := h.lanes[u.lane]
		switch {
		case l == nil, !l.busy && l.id != u.id: // the one before may have expired
			l = &hookLane{id: u.id, delay: time.Second}
			h.lanes[u.lane] = l
		case l.busy:
			continue
		case now.Before(l.due):
			wait = min(wait, l.due.Sub(now))
			continue
		}
		l.busy = true
		h.flying++
		return u, 0, true
	}
	return u, wait, false
}

// deliver makes one delivery and notes what became of it.
func (s *Server) deliver(h *hook, u update) {
	req, after, err := h.post(s.courier, u)
	if err == nil && req != nil {
		s.carryOutAnswer(req)
	}
	again := err == nil && s.faults.redelivers()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer h.ring()
	h.flying--
	l := h.lanes[u.lane]
	l.busy = false
	if h.ctx.Err() != nil || again {
		return
	}
	if err == nil {
		delete(h.lanes, u.lane)
		s.updates.pending = slices.DeleteFunc(s.updates.pending, func(p update) bool { return p.id == u.id })
		s.touch()
		return
	}
	h.lastError, h.lastAt = err.Error(), s.now()
	wait := time.Duration(min(max(after, 0), hookAfter)) * time.Second
	if after <= 0 && l.fails > 0 { // the first repeat comes at once
		l.delay = min(l.delay*2, hookLongest+rand.N(hookLongest))
		wait = l.delay
	}
	l.fails++
	l.due = time.Now().Add(wait)
}

// post sends an update. It returns the call that the answer asks for, if any, and the seconds of a Retry-After.
func (h *hook) post(client *http.Client, u update) (call *request, after int, err error) {
	ctx, cancel := context.WithTimeout(h.ctx, hookDeadline)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(encode(u)))
	if err != nil {
		return nil, 0, fmt.Errorf("bad webhook: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Connection", "keep-alive")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	answer, err := client.Do(req)
	if err != nil {
		return nil, 0, fmt.Errorf("connection failed: %w", err)
	}
	defer answer.Body.Close() //nolint:errcheck // read to the end
	body, err := io.ReadAll(io.LimitReader(answer.Body, hookAnswer))
	if err != nil {
		return nil, 0, fmt.Errorf("webhook connection closed: %w", err)
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		after, _ := strconv.Atoi(answer.Header.Get("Retry-After")) // none is 0
		return nil, after, wrongResponse(answer.Status)
	}
	return answeredCall(answer.Header, body), 0, nil
}

// answeredCall reads the method that a webhook's answer asks to be carried out; nil for none.
func answeredCall(header http.Header, body []byte) *request {
	call, err := readRequest(&http.Request{
		Method: http.MethodPost, URL: &url.URL{}, Header: http.Header{"Content-Type": header["Content-Type"]}, Body: io.NopCloser(bytes.NewReader(body)),
	}, "")
	if err != nil {
		return nil // no call: whatever it says, the update has arrived
	}
	call.ctx = context.Background()
	call.method = strings.ToLower(call.text("method"))
	switch {
	case call.method == "", strings.HasPrefix(call.method, "get"):
		return nil
	case call.method == "setwebhook", call.method == "deletewebhook", call.method == "close", call.method == "logout":
		return nil
	}
	return call
}

// carryOutAnswer does what a webhook's answer asks for. Nobody hears how that went.
func (s *Server) carryOutAnswer(req *request) {
	call := s.note(req.method, Fault{})
	s.describe(call, req)
	result, err := s.carryOut(req, Fault{})
	status, _, _ := answer(result, err)
	s.finish(call, status)
}

// wrongResponse is a status that means: not delivered. Its words are Telegram's own.
type wrongResponse string

func (r wrongResponse) Error() string { return "Wrong response from the webhook: " + string(r) }
