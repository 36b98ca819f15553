package bot

import (
	"encoding/json"
	"net/http"
	"reflect"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"skindesk/store"
)

func TestWhatAnAnswerMeans(t *testing.T) {
	refused := func(code, description string) string {
		return `{"ok":false,"error_code":` + code + `,"description":"` + description + `"}`
	}
	tests := []struct {
		name   string
		method string
		status int
		body   string
		want   outcome
	}{
		{"sent", "sendMessage", 200, `{"ok":true,"result":{"message_id":5,"a":"b"}}`, outcome{sent: true, messageID: 5}},
		{"sent, of a kind that the library cannot decode", "sendMessage", 200,
			`{"ok":true,"result":{"message_id":5,"forward_origin":{"type":"mars"}}}`, outcome{sent: true, messageID: 5}},
		{"true", "answerCallbackQuery", 200, `{"ok":true,"result":true}`, outcome{sent: true}},
		{"several", "copyMessages", 200, `{"ok":true,"result":[{"message_id":5},{"message_id":6}]}`, outcome{sent: true, messageID: 5, more: []int64{6}}},
		{"wait", "sendMessage", 429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 9","parameters":{"retry_after":9}}`,
			outcome{fate: wait, after: 9 * time.Second}},
		{"wait, from a proxy", "sendMessage", 429, `<html>`, outcome{fate: wait, after: time.Second}},
		{"our markup", "sendMessage", 400, refused("400", "Bad Request: can't parse entities: Unexpected end tag at byte offset 3"), outcome{fate: malformed}},
		{"already so", "editMessageText", 400, refused("400", "Bad Request: message is not modified: specified new message content ..."), outcome{sent: true}},
		{"gone already", "deleteMessage", 400, refused("400", "Bad Request: message to delete not found"), outcome{sent: true}},
		{"nothing to edit", "editMessageText", 400, refused("400", "Bad Request: message to edit not found"), outcome{}},
		{"late tap", "answerCallbackQuery", 400, refused("400", "Bad Request: query is too old and response timeout expired or query ID is invalid"), outcome{fate: dropped}},
		{"moved", "sendMessage", 400, `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890}}`,
			outcome{fate: migrated, moved: -1001234567890}},
		{"blocked", "sendMessage", 403, refused("403", "Forbidden: bot was blocked by the user"), outcome{unreachable: true}},
		{"no chat", "sendMessage", 400, refused("400", "Bad Request: chat not found"), outcome{unreachable: true}},
		{"too long", "sendMessage", 400, refused("400", "Bad Request: message is too long"), outcome{}},
		{"token", "sendMessage", 401, refused("401", "Unauthorized"), outcome{fate: revoked}},
		{"token that is none", "sendMessage", 404, refused("404", "Not Found"), outcome{fate: revoked}},
		{"a method that this server lacks", "sendMessage", 404, refused("404", "Not Found: method not found"), outcome{}},
		{"their trouble", "sendMessage", 500, refused("500", "Internal Server Error"), outcome{fate: retry}},
		{"a proxy's 502", "sendMessage", 502, `<html>`, outcome{fate: unsure}},
		{"a proxy's 503", "sendMessage", 503, `<html>`, outcome{fate: retry}},
		{"a login page", "sendMessage", 200, `<html>`, outcome{fate: unsure}},
		{"a redirect", "sendMessage", 302, ``, outcome{fate: retry}},
		{"a firewall", "sendMessage", 403, `<html>`, outcome{fate: retry}},
		{"an empty object", "sendMessage", 200, `{}`, outcome{fate: unsure}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := readAnswer(&http.Response{StatusCode: test.status, Header: http.Header{}}, []byte(test.body))
			got := a.outcome(test.method)
			if (got.reason == "") != got.sent {
				t.Errorf("sent %v with reason %q", got.sent, got.reason)
			}
			got.reason = ""
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestRetryAfterMayBeInTheHeader(t *testing.T) {
	a := readAnswer(&http.Response{StatusCode: 429, Header: http.Header{"Retry-After": {"12"}}}, []byte("<html>"))
	if d := a.retryAfter(); d != 12*time.Second {
		t.Errorf("got %v", d)
	}
}

func TestEveryMethodMayBeDecodedAndNumbersStayExact(t *testing.T) {
	for name, do := range calls {
		err := do(t.Context(), nil, []byte(`{"chat_id":"x"`), store.File{}) // nothing is called: it cannot be decoded
		if err == nil {
			t.Errorf("%s: took half a JSON", name)
		}
	}
	o := store.Outbound{Chat: -1009007199254740993}
	got, err := addressed(o, []byte(`{"chat_id":-5,"text":"<b>","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"9007199254740993"}]]}}`))
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, got, `{"chat_id":-1009007199254740993,"text":"<b>","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"9007199254740993"}]]}}`)
	if got, err = addressed(o, []byte(`{"callback_query_id":"5"}`)); err != nil {
		t.Fatal(err)
	}
	wantJSON(t, got, `{"callback_query_id":"5"}`)
}

func TestPlain(t *testing.T) {
	tests := []struct{ params, want string }{
		{`{"chat_id":7,"text":"<b>a</b> &amp; <a href=\"https://x\">b</a> <i","parse_mode":"HTML"}`, `{"chat_id":7,"text":"a & b <i"}`},
		{`{"caption":"2 < 3 <blockquote expandable>q</blockquote> <burger>","parse_mode":"HTML"}`, `{"caption":"2 < 3 q <burger>"}`},
		{`{"message_id":7}`, `{"message_id":7}`},
	}
	for _, test := range tests {
		got, err := plain([]byte(test.params))
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, got, test.want)
	}
}

func wantJSON(t *testing.T, got []byte, want string) {
	t.Helper()
	fields := func(b []byte) (m map[string]json.RawMessage) {
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	g, w := fields(got), fields([]byte(want))
	for name := range w {
		if name == "text" || name == "caption" {
			var a, b string
			_, _ = json.Unmarshal(g[name], &a), json.Unmarshal(w[name], &b)
			if a != b {
				t.Errorf("%s: got %q, want %q", name, a, b)
			}
			delete(g, name)
			delete(w, name)
		}
	}
	if d := gocmp.Diff(w, g); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}
