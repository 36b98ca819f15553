package main

import (
	"strings"
	"unicode/utf16"

	"skindesk/bot"
	"skindesk/faq"
	"skindesk/preview"
)

const (
	mostButtons = 8
	mostInForm  = 12   // a week of days, and the ways on
	twoScreens  = 1200 // UTF-16 units of text on a small phone
)

// sayHowToGoOn are the texts that may stand last in a patient's chat without a button: their own words say what to do next, or somebody
// of the team will write. Any other text needs a button.
var sayHowToGoOn = []string{
	"relay", "passed_on", "edit_passed", "talk_over", "call_noted", "call_never", "not_helpful_team", "muted", "flood", "setup", "edit_late",
	"try_words", "ask_type", "visit_too_late", "unread", "unread_no_case", "worried", "calendar_add", "calendar_remove",
	"joined", "join_already", "given_hint", "staff_lease", "on_call",
}

// checkMessages looks at every message of the bot's to the patients: none is longer than two screens, none has more buttons than one
// reads, and none is a dead end.
func (w *world) checkMessages() {
	for _, name := range []string{"anna", "bilal", "noor"} {
		p := w.people[name]
		var last preview.Message
		for _, m := range p.Messages() {
			if !m.FromBot {
				continue
			}
			last = m
			buttons := 0
			for _, row := range m.Buttons {
				buttons += len(row)
			}
			if buttons > mostButtons && !(buttons <= mostInForm && begins(m.Text, "book_title", "book_change_title")) {
				w.t.Errorf("%d buttons are under %q", buttons, m.Text)
			}
			if n := len(utf16.Encode([]rune(m.Text))); n > twoScreens && !begins(m.Text, "relay") {
				w.t.Errorf("%d characters are more than two screens: %q", n, m.Text)
			}
		}
		if last.Text != "" && len(last.Buttons) == 0 && len(p.Keyboard()) == 0 && !begins(last.Text, sayHowToGoOn...) {
			w.t.Errorf("%s is left without a way on after %q (a button is missing, or the text belongs into sayHowToGoOn)", p.name, last.Text)
		}
	}
}

// begins tells whether a message begins as one of the bot's texts does, in any language.
func begins(text string, keys ...string) bool {
	for _, l := range faq.Languages {
		all, err := bot.Texts(l)
		if err != nil {
			return false
		}
		for _, key := range keys {
			start, _, _ := strings.Cut(faq.Plain(all[key]), "{")
			if start != "" && strings.HasPrefix(strings.TrimPrefix(text, "↻ "), start) {
				return true
			}
		}
	}
	return false
}
