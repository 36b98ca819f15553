package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/store"
)

// newClient makes the library's client for outgoing calls. It asks nothing at once, follows no redirect, and its calls leave
// what the server answered in an answer, which the library's errors do not tell apart.
func newClient(token, apiURL string, c *http.Client, onError func(error)) (*telegram.Bot, error) {
	return telegram.New(token,
		telegram.WithSkipGetMe(),
		telegram.WithServerURL(apiURL),
		telegram.WithHTTPClient(pollDeadline, witness{wire(c)}),
		telegram.WithErrorsHandler(onError),
		telegram.WithDefaultHandler(func(context.Context, *telegram.Bot, *models.Update) {}),
	)
}

// wire is the client without a time-out of its own (each call has one) and without redirects: the only host is the one configured.
func wire(c *http.Client) *http.Client {
	return &http.Client{
		Transport:     c.Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// calls turn a row of the outbox into a call of the library.
var calls = map[string]call{
	"sendMessage":            via((*telegram.Bot).SendMessage),
	"copyMessage":            via((*telegram.Bot).CopyMessage),
	"copyMessages":           via((*telegram.Bot).CopyMessages),
	"forwardMessage":         via((*telegram.Bot).ForwardMessage),
	"editMessageText":        via((*telegram.Bot).EditMessageText),
	"editMessageCaption":     via((*telegram.Bot).EditMessageCaption),
	"editMessageReplyMarkup": via((*telegram.Bot).EditMessageReplyMarkup),
	"deleteMessage":          via((*telegram.Bot).DeleteMessage),
	"setMessageReaction":     via((*telegram.Bot).SetMessageReaction),
	"answerCallbackQuery":    via((*telegram.Bot).AnswerCallbackQuery),
	"leaveChat":              via((*telegram.Bot).LeaveChat),

	"sendDocument": with((*telegram.Bot).SendDocument, func(p *telegram.SendDocumentParams, f models.InputFile) { p.Document = f }),
	"sendPhoto":    with((*telegram.Bot).SendPhoto, func(p *telegram.SendPhotoParams, f models.InputFile) { p.Photo = f }),
}

type call func(ctx context.Context, client *telegram.Bot, params []byte, file store.File) error

// via decodes the parameters and calls; numbers stay as they are written, chat ids above all.
func via[P, R any](method func(*telegram.Bot, context.Context, *P) (R, error)) call {
	return with(method, nil)
}

// with also puts the row's file into the parameters, which leave its place empty.
func with[P, R any](method func(*telegram.Bot, context.Context, *P) (R, error), put func(*P, models.InputFile)) call {
	return func(ctx context.Context, client *telegram.Bot, params []byte, file store.File) error {
		var p P
		d := json.NewDecoder(bytes.NewReader(params))
		d.UseNumber()
		if err := d.Decode(&p); err != nil {
			return fmt.Errorf("parameters: %w", err)
		}
		if put != nil {
			put(&p, &models.InputFileUpload{Filename: file.Name, Data: bytes.NewReader(file.Body)})
		}
		_, err := method(client, ctx, &p)
		return err
	}
}

// creates tells methods that put a new message into a chat from those that may be repeated freely.
func creates(method string) bool {
	return strings.HasPrefix(method, "send") || strings.HasPrefix(method, "copy") || strings.HasPrefix(method, "forward")
}

// answer is what became of one call on the wire.
type answer struct {
	asked, dialled, connected bool
	status                    int // 0: no whole answer
	known                     bool
	header                    http.Header

	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int64 `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// readAnswer reads the Bot API's envelope; known is false for anything else, such as a proxy's page.
func readAnswer(resp *http.Response, body []byte) answer {
	var a answer
	if json.Unmarshal(body, &a) == nil && (a.OK || a.Code != 0) {
		a.known = true
	} else {
		a = answer{Description: "not an answer of the Bot API"}
	}
	a.status, a.header = resp.StatusCode, resp.Header
	return a
}

func (a *answer) retryAfter() time.Duration {
	seconds := a.Parameters.RetryAfter
	if seconds == 0 && a.header != nil {
		seconds, _ = strconv.ParseInt(a.header.Get("Retry-After"), 10, 64)
	}
	return time.Duration(max(seconds, 1)) * time.Second
}

// messageIDs are the ids of the messages that the call made or changed, if any.
func (a *answer) messageIDs() (ids []int64) {
	type message struct {
		MessageID int64 `json:"message_id"`
	}
	var m message
	var several []message
	if json.Unmarshal(a.Result, &m) == nil {
		several = []message{m}
	} else if json.Unmarshal(a.Result, &several) != nil {
		return nil
	}
	for _, m := range several {
		if m.MessageID != 0 {
			ids = append(ids, m.MessageID)
		}
	}
	return ids
}

// witness notes the server's answer for whoever called.
type witness struct{ http *http.Client }

type answerKey struct{}

const answerBytes = 4 << 20

// Do does a request and, when an answer is wanted with its context, reads it whole before the library does.
func (w witness) Do(req *http.Request) (*http.Response, error) {
	a, wanted := req.Context().Value(answerKey{}).(*answer)
	if !wanted {
		return w.http.Do(req)
	}
	a.asked = true
	trace := httptrace.ClientTrace{
		GetConn: func(string) { a.dialled = true },
		GotConn: func(httptrace.GotConnInfo) { a.connected = true },
	}
	resp, err := w.http.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), &trace)))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, answerBytes))
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return nil, err
	}
	got := readAnswer(resp, body)
	got.asked, got.dialled, got.connected = a.asked, a.dialled, a.connected
	*a = got
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// outcome is what became of a row that was tried. Its first four fields are for settled; the others say what has to be done next.
type outcome struct {
	sent        bool
	messageID   int64
	more        []int64 // the other messages, if it has become several
	reason      string  // plain technical text: why not
	unreachable bool    // nobody can write to this chat

	fate  fate
	after time.Duration // until the next try
	moved int64         // for migrated
}

// messages are all that it has become.
func (o outcome) messages() []int64 {
	if o.messageID == 0 {
		return nil
	}
	return append([]int64{o.messageID}, o.more...)
}

// fate says what has to be done with the row.
type fate int

const (
	ended     fate = iota // sent or refused for good
	dropped               // too late for anybody to care
	retry                 // nothing was sent; later
	unsure                // it may have been sent; later, marked
	wait                  // Telegram said how long
	migrated              // the group has another id
	malformed             // our markup was not understood
	revoked               // the token is not valid
)

// try makes one call.
func (m *mail) try(ctx context.Context, method string, params []byte, file store.File) outcome {
	do, known := calls[method]
	if !known {
		return outcome{reason: "no such method: " + method}
	}
	a := new(answer)
	deadline := sendDeadline
	if method == "answerCallbackQuery" {
		deadline = tapDeadline
	}
	ctx, cancel := context.WithTimeout(context.WithValue(context.WithoutCancel(ctx), answerKey{}, a), deadline)
	defer cancel()
	err := guard(func() error { return do(ctx, m.client, params, file) })
	switch {
	case err == nil && a.status == 0: // a client that is no witness
		return outcome{sent: true}
	case a.status == 0 && !a.asked:
		return outcome{reason: m.reason(err)}
	case a.status == 0 && a.dialled && !a.connected:
		return outcome{fate: retry, reason: m.reason(err)}
	case a.status == 0:
		return outcome{fate: unsure, reason: m.reason(err)}
	}
	return a.outcome(method)
}

// outcome reads the table of what Telegram's answers mean.
func (a *answer) outcome(method string) outcome {
	out := outcome{reason: fmt.Sprintf("%d %s", a.status, a.Description)}
	switch {
	case a.OK:
		out := outcome{sent: true}
		if ids := a.messageIDs(); len(ids) > 0 {
			out.messageID = ids[0]
			out.more = append(out.more, ids[1:]...)
		}
		return out
	case a.status == http.StatusTooManyRequests:
		out.fate, out.after = wait, a.retryAfter()
	case !a.known && (a.status < 300 || a.status == http.StatusBadGateway || a.status == http.StatusGatewayTimeout):
		out.fate = unsure // a proxy speaks: what is behind it may have done its work
	case !a.known, a.status >= 500, a.status < 400, a.status == http.StatusConflict:
		out.fate = retry
	case a.status == http.StatusUnauthorized, a.status == http.StatusNotFound && !a.says("method not found"):
		out.fate = revoked
	case a.Parameters.MigrateTo != 0:
		out.fate, out.moved = migrated, a.Parameters.MigrateTo
	case a.status == http.StatusForbidden, a.says(nobodyThere...):
		out.unreachable = true
	case a.says("can't parse entities"):
		out.fate = malformed
	case a.says("message is not modified"), method == "deleteMessage" && a.says("message to delete not found"):
		return outcome{sent: true}
	case a.says("query is too old", "query ID is invalid"):
		out.fate = dropped
	}
	return out
}

// nobodyThere are descriptions of a 400 that mean what a 403 means.
var nobodyThere = []string{
	"chat not found", "group chat was deactivated", "group chat was deleted", "not enough rights to send", "CHAT_WRITE_FORBIDDEN",
	"have no rights to send", "user not found", "PEER_ID_INVALID",
}

// says looks for words of Telegram's: an error code alone does not tell its reasons apart.
func (a *answer) says(words ...string) bool {
	for _, w := range words {
		if strings.Contains(strings.ToLower(a.Description), strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// addressed puts the row's chat over that of the parameters: a group may have moved since they were written.
func addressed(o store.Outbound, params []byte) ([]byte, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(params, &fields); err != nil {
		return nil, err
	}
	if fields["chat_id"] == nil {
		return params, nil
	}
	fields["chat_id"] = strconv.AppendInt(nil, o.Chat, 10)
	return json.Marshal(fields)
}

var tag = regexp.MustCompile(`</?(?:a|b|i|u|s|strong|em|ins|del|strike|code|pre|span|tg-spoiler|tg-emoji|blockquote)(?:\s[^<>]*)?>`)

// plain takes the markup out of the parameters.
func plain(params []byte) ([]byte, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(params, &fields); err != nil {
		return nil, err
	}
	delete(fields, "parse_mode")
	for _, name := range []string{"text", "caption"} {
		var text string
		if json.Unmarshal(fields[name], &text) != nil {
			continue
		}
		stripped, err := json.Marshal(html.UnescapeString(tag.ReplaceAllString(text, "")))
		if err != nil {
			return nil, err
		}
		fields[name] = stripped
	}
	return json.Marshal(fields)
}
