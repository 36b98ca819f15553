package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"
)

// method carries out one method of the Bot API and returns its result. It runs while s.mu is held.
type method func(*Server, *request) (any, error)

// methods is every method the bot can call, but for getUpdates, which waits.
func methods() map[string]method {
	return map[string]method{
		"getme": (*Server).getMe,

		"setwebhook":     (*Server).setWebhook,
		"deletewebhook":  (*Server).deleteWebhook,
		"getwebhookinfo": (*Server).getWebhookInfo,

		"sendmessage":    (*Server).sendMessage,
		"senddocument":   (*Server).sendDocument,
		"sendphoto":      (*Server).sendPhoto,
		"sendvoice":      (*Server).sendVoice,
		"copymessage":    (*Server).copyMessage,
		"copymessages":   (*Server).copyMessages,
		"forwardmessage": (*Server).forwardMessage,
		"sendchataction": (*Server).sendChatAction,

		"editmessagetext":        (*Server).editMessageText,
		"editmessagecaption":     (*Server).editMessageCaption,
		"editmessagereplymarkup": (*Server).editMessageReplyMarkup,
		"deletemessage":          (*Server).deleteMessage,
		"pinchatmessage":         (*Server).pinChatMessage,
		"setmessagereaction":     (*Server).setMessageReaction,
		"answercallbackquery":    (*Server).answerCallbackQuery,

		"getchat":       (*Server).getChat,
		"getchatmember": (*Server).getChatMember,
		"leavechat":     (*Server).leaveChat,
		"getfile":       (*Server).getFile,

		"setmycommands":    (*Server).setMyCommands,
		"getmycommands":    (*Server).getMyCommands,
		"deletemycommands": (*Server).deleteMyCommands,
	}
}

// ServeHTTP answers the Bot API: /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		writeError(w, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error: restart"})
		return
	}
	defer s.active.Done()
	if s.net.isDown() {
		hangUp(w)
		return
	}
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, path)
		return
	}
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, name, found := strings.Cut(rest, "/")
	switch {
	case !ok || !found || (r.Method != http.MethodGet && r.Method != http.MethodPost):
		writeError(w, notFound(""))
	case !wellFormed(token):
		writeError(w, &apiError{code: http.StatusUnauthorized, text: "Unauthorized: invalid token specified"})
	case token != s.token:
		writeError(w, &apiError{code: http.StatusUnauthorized, text: "Unauthorized"})
	default:
		s.serveMethod(w, r, name)
	}
}

// serveMethod carries out a call, together with the fault that meets it.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	fault := s.faults.pick(name)
	call := s.note(name, fault)
	if fault.Kind == Refuse {
		hangUp(w)
		return
	}
	req, err := readRequest(r, name)
	if err != nil {
		s.finish(call, http.StatusBadRequest)
		writeError(w, badRequest("the request body is broken or too long"))
		return
	}
	s.describe(call, req)
	if creates(req.method) {
		if !s.beginSend(call.Chat) {
			s.pause(r.Context(), floodPause)
			fault = Fault{Kind: TooMany, RetryAfter: floodWait}
		}
		defer s.endSend(call.Chat)
	}
	if !fault.carriesOut() {
		s.finish(call, fault.status())
		s.spoil(w, r, fault, nil)
		return
	}
	result, err := s.carryOut(req, fault)
	status, header, body := answer(result, err)
	s.finish(call, status)
	if fault.Kind != "" && fault.Kind != Twice && fault.Kind != TapTwice {
		s.spoil(w, r, fault, body)
		return
	}
	write(w, status, header, body)
}

// carryOut finds the method and runs it.
func (s *Server) carryOut(req *request, fault Fault) (any, error) {
	if req.method == "getupdates" {
		return s.getUpdates(req, fault.Kind == Twice)
	}
	m, ok := s.methods[req.method]
	if !ok {
		return nil, notFound("method not found")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.mayFlow(req); err != nil {
		return nil, err
	}
	return m(s, req)
}

// described is a result that comes with a word about it.
type described struct {
	result any
	text   string
}

func (s *Server) getMe(*request) (any, error) {
	return struct {
		models.User
		CanJoinGroups           bool `json:"can_join_groups"`
		CanReadAllGroupMessages bool `json:"can_read_all_group_messages"`
		SupportsInlineQueries   bool `json:"supports_inline_queries"`
		CanConnectToBusiness    bool `json:"can_connect_to_business"`
		HasMainWebApp           bool `json:"has_main_web_app"`
	}{User: s.bot, CanJoinGroups: true, CanReadAllGroupMessages: s.readsAll}, nil
}

// wellFormed tells a token of the right shape from one that cannot be any bot's.
func wellFormed(token string) bool {
	digits, _, ok := strings.Cut(token, ":")
	id, err := strconv.ParseInt(digits, 10, 64)
	return ok && err == nil && id > 0 && id < 1<<54 && token[0] != '0' && len(token) <= 80
}

func notFound(text string) error {
	if text == "" {
		return &apiError{code: http.StatusNotFound, text: "Not Found"}
	}
	return &apiError{code: http.StatusNotFound, text: "Not Found: " + text}
}

// answer is what goes over the wire for a result or an error.
func answer(result any, err error) (status int, header http.Header, body []byte) {
	header = http.Header{"Content-Type": {"application/json"}}
	if err == nil {
		d, ok := result.(described)
		if !ok {
			d.result = result
		}
		return http.StatusOK, header, encode(struct {
			OK          bool   `json:"ok"`
			Result      any    `json:"result"`
			Description string `json:"description,omitempty"`
		}{true, d.result, d.text})
	}
	var e *apiError
	if !errors.As(err, &e) {
		e = &apiError{code: http.StatusInternalServerError, text: "Internal Server Error: " + err.Error()}
	}
	out := struct {
		OK          bool             `json:"ok"`
		ErrorCode   int              `json:"error_code"`
		Description string           `json:"description"`
		Parameters  map[string]int64 `json:"parameters,omitempty"`
	}{ErrorCode: e.code, Description: e.text}
	if e.retryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(e.retryAfter))
		out.Parameters = map[string]int64{"retry_after": int64(e.retryAfter)}
	}
	if e.migratedTo != 0 {
		out.Parameters = map[string]int64{"migrate_to_chat_id": e.migratedTo}
	}
	return e.code, header, encode(out)
}

func writeError(w http.ResponseWriter, err error) {
	status, header, body := answer(nil, err)
	write(w, status, header, body)
}

func write(w http.ResponseWriter, status int, header http.Header, body []byte) {
	for name, values := range header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever hung up hears of it by the missing answer
}

// encode is JSON without the escapes that Telegram does not write either.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return []byte(`{"ok":false,"error_code":500,"description":"Internal Server Error: answer"}`)
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// hangUp ends the connection without an answer.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable) // not on a connection of its own: the nearest there is
		return
	}
	_ = conn.Close() // the other end sees it either way
}

// pause waits, unless the call or the server ends first; it reports whether the time has passed.
func (s *Server) pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.closed:
	}
	return false
}
