package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody is what one call may carry, an upload included.
const maxBody = 50<<20 + 1<<20

// request is one call of the Bot API with its parameters, wherever they stood: in the query, a form, JSON or multipart.
type request struct {
	ctx     context.Context
	method  string
	values  map[string]string
	uploads map[string]upload
}

// upload is a file that came with a call.
type upload struct {
	name string
	data []byte
}

// readRequest takes a call apart. A body that ends early is an error, so that nothing half said is ever carried out.
func readRequest(r *http.Request, method string) (*request, error) {
	req := &request{ctx: r.Context(), method: strings.ToLower(method), values: map[string]string{}, uploads: map[string]upload{}}
	req.addForm(r.URL.Query())
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		err = req.addParts(bufio.NewReader(r.Body), params["boundary"])
	case kind == "application/json":
		err = req.addJSON(r.Body)
	case kind == "application/x-www-form-urlencoded":
		err = req.addEncoded(r.Body)
	default:
		_, err = io.Copy(io.Discard, r.Body)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", method, err)
	}
	return req, nil
}

func (r *request) addForm(form url.Values) {
	for name, v := range form {
		r.values[name] = v[0]
	}
}

func (r *request) addEncoded(body io.Reader) error {
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(string(data))
	r.addForm(form)
	return err
}

// addJSON keeps strings as they are and everything else as the JSON it is, which is how a form would carry it.
func (r *request) addJSON(body io.Reader) error {
	data, err := io.ReadAll(body)
	if err != nil || len(data) == 0 {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	for name, raw := range fields {
		r.values[name] = plain(raw)
	}
	return nil
}

// plain is a JSON string's text, nothing for null, and the JSON itself for anything else.
func plain(raw json.RawMessage) string {
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil {
		return string(raw)
	}
	if text == nil {
		return ""
	}
	return *text
}

func (r *request) addParts(body *bufio.Reader, boundary string) error {
	if _, err := body.Peek(1); errors.Is(err, io.EOF) {
		return nil // a call without parameters may lack even the closing line
	}
	parts := multipart.NewReader(body, boundary)
	for {
		part, err := parts.NextPart()
		if err == io.EOF { // exactly: a wrapped one means that the closing line is missing
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			r.uploads[part.FormName()] = upload{name: part.FileName(), data: data}
			continue
		}
		r.values[part.FormName()] = string(data)
	}
}

func (r *request) text(name string) string { return r.values[name] }

func (r *request) has(name string) bool {
	_, ok := r.values[name]
	return ok
}

// integer reads a number as Telegram does: what is not one counts as 0.
func (r *request) integer(name string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(r.values[name]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (r *request) truth(name string) bool {
	switch strings.ToLower(strings.TrimSpace(r.values[name])) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// object decodes a parameter that holds JSON. It reports whether there was one.
func (r *request) object(name string, into any) (bool, error) {
	raw := r.values[name]
	if raw == "" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		return true, badRequest("can't parse %s JSON object", strings.ReplaceAll(name, "_", " "))
	}
	return true, nil
}

// apiError is an answer with "ok": false.
type apiError struct {
	code       int
	text       string
	retryAfter int
	migratedTo int64 // the supergroup that the chat has become
}

func (e *apiError) Error() string { return e.text }

func badRequest(format string, args ...any) error {
	return &apiError{code: http.StatusBadRequest, text: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(text string) error {
	return &apiError{code: http.StatusForbidden, text: "Forbidden: " + text}
}

func conflict(text string) error {
	return &apiError{code: http.StatusConflict, text: "Conflict: " + text}
}

func tooMany(retryAfter int) *apiError {
	return &apiError{
		code: http.StatusTooManyRequests, retryAfter: retryAfter,
		text: "Too Many Requests: retry after " + strconv.Itoa(retryAfter),
	}
}
