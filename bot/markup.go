package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

// How long a message, and what stands under a file, may be: in UTF-16 units, once its markup is read.
const (
	maxMessage = 4096
	maxCaption = 1024
)

// tidy returns foreign text as it may be kept and shown: valid, without control, bidirectional and invisible marks. The
// joiners that Urdu and emoji are made with stay, and so do line breaks.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u200c' || r == '\u200d':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(text)
}

// tidyName returns a person's name for one line.
func tidyName(name string) string {
	return cut(strings.Join(strings.Fields(tidy(name)), " "), 64)
}

// cut shortens plain text to n UTF-16 units, with an ellipsis where something is missing.
func cut(text string, n int) string {
	if units(text) <= n {
		return text
	}
	var b strings.Builder
	left := n - 1
	for _, r := range text {
		if left -= utf16.RuneLen(r); left < 0 {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String()) + "…"
}

// units is the length of plain text as Telegram counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// firstWords returns the beginning of a text on one line: as many words as fit into n units, and the ellipsis.
func firstWords(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	if units(text) <= n {
		return text
	}
	short := cut(text, n)
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		return short[:i] + "…"
	}
	return short
}

// hasWords tells whether a text says anything in letters.
func hasWords(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// isForeign tells whether a text is written in letters of a language that nothing here can read.
func isForeign(text string) bool {
	letters, known := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.In(r, unicode.Latin, unicode.Arabic) {
			known++
		}
	}
	return letters > 2 && 2*known < letters
}

// button is one button under a message.
type button struct {
	label string
	act   action
}

// keyboard lays out rows of buttons; empty rows are left out.
func keyboard(rows ...[]button) *models.InlineKeyboardMarkup {
	k := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{}}
	for _, row := range rows {
		var bs []models.InlineKeyboardButton
		for _, b := range row {
			bs = append(bs, models.InlineKeyboardButton{Text: cut(b.label, 60), CallbackData: b.act.encode(), Style: styles[b.act.do]})
		}
		if len(bs) > 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, bs)
		}
	}
	return k
}

// phoneKeyboard offers to share the number, to be contacted here only, and to cancel.
func phoneKeyboard(w *words) *models.ReplyKeyboardMarkup {
	return &models.ReplyKeyboardMarkup{
		Keyboard: [][]models.KeyboardButton{
			{{Text: w.ButtonSharePh, RequestContact: true}},
			{{Text: w.ButtonHereOnly}, {Text: w.ButtonCancel}},
		},
		ResizeKeyboard:  true,
		OneTimeKeyboard: true,
	}
}
