package preview

import (
	"encoding/json"
	"reflect"
)

// inlineKeyboard stands under a message.
type inlineKeyboard struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

// inlineButton is the part of a button that the stand-in knows; what else a bot sent is echoed from raw.
type inlineButton struct {
	text, data, url, style string
	raw                    map[string]any
}

func (b *inlineButton) UnmarshalJSON(raw []byte) error {
	if err := json.Unmarshal(raw, &b.raw); err != nil || b.raw == nil {
		return badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
	}
	for name, into := range map[string]*string{"text": &b.text, "callback_data": &b.data, "url": &b.url, "style": &b.style} {
		*into, _ = b.raw[name].(string)
	}
	return nil
}

func (b inlineButton) MarshalJSON() ([]byte, error) { return encode(b.raw), nil }

// check refuses what Telegram refuses, and keeps of a button only the one thing that it does.
func (b *inlineButton) check() error {
	if b.text == "" {
		return badRequest("can't parse inline keyboard button: Field \"text\" must be of type String")
	}
	action := b.action()
	switch {
	case action == "":
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case action == "callback_data" && len(b.data) > 64:
		return badRequest("BUTTON_DATA_INVALID")
	case action == "url" && checkedLink(b.url) == "":
		return badRequest("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.url)
	case action == "copy_text":
		if copied, _ := b.raw["copy_text"].(map[string]any); copied == nil || copied["text"] == "" {
			return badRequest("BUTTON_COPY_TEXT_INVALID")
		}
	}
	for name := range b.raw {
		if name != "text" && name != "style" && name != "icon_custom_emoji_id" && name != action {
			delete(b.raw, name)
		}
	}
	return nil
}

// action is the field that says what the button does; the first of them counts.
func (b *inlineButton) action() string {
	for _, name := range []string{"url", "callback_data"} {
		if v, _ := b.raw[name].(string); v != "" {
			return name
		}
	}
	for _, name := range []string{
		"callback_game", "pay", "switch_inline_query", "switch_inline_query_chosen_chat",
		"switch_inline_query_current_chat", "login_url", "web_app", "copy_text",
	} {
		if _, ok := b.raw[name]; ok {
			return name
		}
	}
	return ""
}

// replyKeyboard stands under a person's input line until it is removed or, if it is for one use, used.
type replyKeyboard struct {
	rows    [][]keyButton
	once    bool
	message *message // which brought it
}

// keyButton is a button of a reply keyboard: its text is what the person says by tapping it.
type keyButton struct {
	Text            string `json:"text"`
	RequestContact  bool   `json:"request_contact,omitempty"`
	RequestLocation bool   `json:"request_location,omitempty"`
}

func (b *keyButton) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &b.Text) == nil {
		return nil // a bare string is a button too
	}
	type plainButton keyButton
	return json.Unmarshal(raw, (*plainButton)(b))
}

// markup is what a call's reply_markup asks for; at most one field is set.
type markup struct {
	inline *inlineKeyboard
	keys   *replyKeyboard
	remove bool
	force  bool
}

// readMarkup takes the reply_markup parameter.
func readMarkup(r *request) (markup, error) {
	var in struct {
		Inline []json.RawMessage `json:"inline_keyboard"`
		Keys   [][]keyButton     `json:"keyboard"`
		Once   bool              `json:"one_time_keyboard"`
		Remove bool              `json:"remove_keyboard"`
		Force  bool              `json:"force_reply"`
	}
	if r.text("reply_markup") == "null" {
		return markup{}, nil
	}
	if found, err := r.object("reply_markup", &in); err != nil || !found {
		if err != nil {
			err = badRequest("can't parse reply keyboard markup JSON object")
		}
		return markup{}, err
	}
	switch {
	case len(in.Keys) > 0:
		return readKeys(in.Keys, in.Once)
	case len(in.Inline) > 0:
		return readInline(in.Inline)
	}
	return markup{remove: in.Remove, force: in.Force && !in.Remove}, nil
}

func readKeys(rows [][]keyButton, once bool) (markup, error) {
	for _, row := range rows {
		for _, b := range row {
			if b.Text == "" {
				return markup{}, badRequest("can't parse keyboard button: Field \"text\" must be of type String")
			}
		}
	}
	return markup{keys: &replyKeyboard{rows: rows, once: once}}, nil
}

func readInline(raw []json.RawMessage) (markup, error) {
	k := &inlineKeyboard{}
	for _, rawRow := range raw {
		var row []inlineButton
		if err := json.Unmarshal(rawRow, &row); err != nil {
			return markup{}, badRequest("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")
		}
		for i := range row {
			if err := row[i].check(); err != nil {
				return markup{}, err
			}
		}
		if len(row) > 0 {
			k.Rows = append(k.Rows, row)
		}
	}
	if len(k.Rows) == 0 {
		return markup{}, nil
	}
	return markup{inline: k}, nil
}

// equal compares keyboards by what is on them; none equals an empty one.
func (k *inlineKeyboard) equal(other *inlineKeyboard) bool {
	if k == nil || other == nil {
		return k == other
	}
	return reflect.DeepEqual(k.Rows, other.Rows)
}
