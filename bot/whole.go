package bot

import (
	"strings"
	"unicode"

	"skindesk/faq"
)

// A card has to fit into one message and shortens what is long. Nothing of it is lost: the team can have a case read out whole.

// isLong tells whether the card may leave something out.
func (v view) isLong() bool {
	return len(v.c.More) > 0 || units(v.c.Said) > usual.said || units(v.c.Words) > usual.words
}

// whole is everything that was said in a case, in messages that fit.
func (v view) whole() []string {
	var parts []string
	add := func(head, text string) {
		for _, piece := range pieces(text, maxMessage-300) {
			parts = append(parts, "<b>"+head+"</b>\n"+escape(piece))
		}
	}
	add(v.w.CardPatient, v.c.Words)
	add(v.w.CardSaid, v.c.Said)
	for _, l := range v.c.More {
		text := l.Text
		if l.Phone {
			text = strings.ReplaceAll(v.w.CardCallMe, "{phone}", text)
		}
		add(escape(v.w.when(l.At, v.cal.Zone()))+" · "+v.speaker(l), text)
	}
	messages := []string{fill(v.w.CardWhole, "case", v.c.ID.String())}
	for _, p := range parts {
		last := messages[len(messages)-1]
		if units(faq.Plain(last))+units(faq.Plain(p))+2 > maxMessage {
			messages = append(messages, fill(v.w.CardWhole, "case", v.c.ID.String()))
		}
		messages[len(messages)-1] += "\n\n" + p
	}
	return messages
}

// pieces cuts a plain text, which may be longer than a message, into parts that are not.
func pieces(text string, longest int) (parts []string) {
	var part strings.Builder
	n := 0
	for _, r := range text {
		w := units(string(r))
		if full := n+w > longest; full || n > longest-100 && unicode.IsSpace(r) {
			parts = append(parts, strings.TrimSpace(part.String()))
			part.Reset()
			n = 0
		}
		part.WriteRune(r)
		n += w
	}
	if rest := strings.TrimSpace(part.String()); rest != "" {
		parts = append(parts, rest)
	}
	return parts
}

// readWhole says a case whole under its card.
func (t *teamTap) readWhole() error {
	for i, text := range t.v.whole() {
		if err := t.Bot.under(t.tx, t.c, "whole/"+t.key(i), text, t.now); err != nil {
			return err
		}
	}
	t.toast = t.said(t.w.CardWhole)
	return nil
}
