package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

const (
	listedCases = 25 // cases in a list; more are counted
	perList     = 8  // buttons under one, and cases in a joined message
)

// entry is a case as a line of a list. Its number leads to its card where Telegram has an address for that.
func (b *Bot) entry(tx *store.Tx, v view) (string, error) {
	number := "#" + v.c.ID.String()
	message, known, err := b.cardOf(tx, v.c.ID)
	if err != nil {
		return "", err
	}
	if link := linkTo(b.staffChat(), message); known && link != "" {
		number = `<a href="` + link + `">` + number + `</a>`
	}
	parts := []string{kindSign(v.c.Kind) + " " + number, escape(v.c.Name)}
	if v.c.Kind == desk.Booking {
		parts = append(parts, escape(v.asked()))
	} else {
		parts = append(parts, escape(firstWords(v.c.Words, 60)))
	}
	parts = append(parts, v.state())
	if v.c.Waits() {
		parts = append(parts, escape(v.w.ago(v.now.Sub(v.c.WaitsSince()))))
	}
	if v.holder != "" {
		parts = append(parts, "👤 "+escape(v.holder))
	}
	return strings.Join(parts, " · "), nil
}

func kindSign(k desk.CaseKind) string {
	switch k {
	case desk.Urgent:
		return "🚨"
	case desk.Booking:
		return "📅"
	}
	return "❓"
}

// linkTo is the address of a message in a supergroup, for its members. Other groups have none.
func linkTo(chat, message int64) string {
	id, super := strings.CutPrefix(strconv.FormatInt(chat, 10), "-100")
	if !super || message == 0 {
		return ""
	}
	return fmt.Sprintf("https://t.me/c/%s/%d", id, message)
}

// urgency sorts what has to be looked at first to the front: urgent, then what waits, then the oldest.
func urgency(now time.Time) func(a, b desk.Case) int {
	rank := func(c desk.Case) int {
		switch {
		case c.Kind == desk.Urgent && c.Waits():
			return 0
		case c.Waits() && c.HeldBy(now) == 0:
			return 1
		case c.Waits():
			return 2
		}
		return 3
	}
	return func(a, b desk.Case) int {
		if n := rank(a) - rank(b); n != 0 {
			return n
		}
		return int(a.ID - b.ID)
	}
}

// openList is what the team has open, with a button to take each of the first that nobody has. A confirmed visit is not in it: nobody
// has to do anything until its day.
func (b *Bot) openList(tx *store.Tx, f *faq.FAQ, now time.Time) (text string, k *models.InlineKeyboardMarkup, err error) {
	cs, err := tx.ListOpen()
	if err != nil {
		return "", nil, err
	}
	cs = slices.DeleteFunc(cs, func(c desk.Case) bool { return c.State == desk.Confirmed && !c.Waits() })
	slices.SortFunc(cs, urgency(now))
	w := b.words[teamLanguage(f)]
	if len(cs) == 0 {
		return w.OpenNone, keyboard(), nil
	}
	return b.listOf(tx, f, cs, fill(w.OpenHead, "count", strconv.Itoa(len(cs))), now)
}

// todayList is the visits of a day.
func (b *Bot) todayList(tx *store.Tx, f *faq.FAQ, d desk.Day, now time.Time) (string, error) {
	cal, err := b.desk.Calendar(tx)
	if err != nil {
		return "", err
	}
	w := b.words[teamLanguage(f)]
	cs, err := tx.Visits(desk.Span{From: d.At(0, cal.Zone()), To: d.Add(1).At(0, cal.Zone())})
	if err != nil {
		return "", err
	}
	if len(cs) == 0 {
		return fill(w.TodayNone, "day", w.day(d)), nil
	}
	lines := []string{fill(w.TodayHead, "day", w.day(d), "count", strconv.Itoa(len(cs))), ""}
	for _, c := range cs[:min(len(cs), listedCases)] {
		v, err := b.view(tx, f, c, now)
		if err != nil {
			return "", err
		}
		number := "#" + c.ID.String()
		if message, known, err := b.cardOf(tx, c.ID); err != nil {
			return "", err
		} else if link := linkTo(b.staffChat(), message); known && link != "" {
			number = `<a href="` + link + `">` + number + `</a>`
		}
		line := []string{"<b>" + w.clock(c.Visit.At, cal.Zone()) + "</b>", escape(c.Name), number, escape(v.treatment(c.Visit.Treatment))}
		if c.State != desk.Confirmed {
			line = append(line, v.state())
		}
		lines = append(lines, strings.Join(line, " · "))
	}
	if n := len(cs) - listedCases; n > 0 {
		lines = append(lines, fill(w.ListRest, "count", strconv.Itoa(n)))
	}
	return strings.Join(lines, "\n"), nil
}

// listOf is a list of cases under a head, with a button to take each of the first that nobody has.
func (b *Bot) listOf(tx *store.Tx, f *faq.FAQ, cs []desk.Case, head string, now time.Time) (text string, k *models.InlineKeyboardMarkup, err error) {
	w := b.words[teamLanguage(f)]
	lines := []string{head, ""}
	var rows [][]button
	for _, c := range cs[:min(len(cs), listedCases)] {
		v, err := b.view(tx, f, c, now)
		if err != nil {
			return "", nil, err
		}
		line, err := b.entry(tx, v)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line)
		if v.holder == "" && !c.State.Over() && len(rows) < perList {
			rows = append(rows, []button{{fill(w.ButtonTakeCase, "case", c.ID.String()), v.on(doTake, "")}})
		}
	}
	if n := len(cs) - listedCases; n > 0 {
		lines = append(lines, fill(w.ListRest, "count", strconv.Itoa(n)))
	}
	for text = strings.Join(lines, "\n"); units(faq.Plain(text)) > maxMessage-50; text = strings.Join(lines, "\n") {
		lines = lines[:len(lines)-1]
	}
	return text, keyboard(rows...), nil
}

// open lists in the group what is open.
func (t *turn) open(m *models.Message) error {
	text, k, err := t.openList(t.tx, t.faq, t.now)
	if err != nil {
		return err
	}
	p := &telegram.SendMessageParams{ChatID: m.Chat.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyParameters: replyTo(int64(m.ID))}
	if len(k.InlineKeyboard) > 0 {
		p.ReplyMarkup = k
	}
	t.queue(m.Chat.ID, "sendMessage", p, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
	return nil
}

// today lists in the group the visits of today.
func (t *turn) today(m *models.Message) error {
	cal, err := t.desk.Calendar(t.tx)
	if err != nil {
		return err
	}
	text, err := t.todayList(t.tx, t.faq, cal.Today(t.now), t.now)
	if err == nil {
		t.toTeam(text, m)
	}
	return err
}

// taken puts the card of a case that was taken from a list under the eyes of who took it, and brings the list up to date.
func (t *teamTap) taken(c desk.Case) error {
	message, known, err := t.cardOf(t.tx, c.ID)
	m := t.q.Message.Message
	if err != nil || m == nil || known && int64(m.ID) == message {
		return err
	}
	if _, isCard := caseNumber(firstLine(m.Text)); known && !isCard {
		t.queue(t.staffChat(), "editMessageReplyMarkup", &telegram.EditMessageReplyMarkupParams{
			ChatID: t.staffChat(), MessageID: int(message), ReplyMarkup: keyboard(),
		}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
		if err := t.post(t.tx, t.faq, c, t.key(92), t.now); err != nil {
			return err
		}
	}
	return t.tappedList(message)
}

// tappedList brings the message that was tapped up to date if it is not the card itself: a joined message, a list, or a second card.
func (t *teamTap) tappedList(cardAt int64) error {
	m := t.q.Message.Message
	if m == nil || int64(m.ID) == cardAt {
		return nil
	}
	joined, err := t.joinedAt(t.tx, int64(m.ID))
	if err != nil {
		return err
	}
	if len(joined) > 0 {
		return t.drawJoined(t.tx, t.faq, int64(m.ID), joined, t.key(93), t.now)
	}
	if _, isCard := caseNumber(firstLine(m.Text)); isCard && cardAt != 0 {
		return t.pointTo(m, cardAt)
	}
	if _, isCard := caseNumber(firstLine(m.Text)); isCard {
		c, err := t.tx.Case(t.c.ID)
		if err != nil {
			return err
		}
		v, err := t.view(t.tx, t.faq, c, t.now)
		if err != nil {
			return err
		}
		o := t.drawn(v, int64(m.ID), t.key(93), "", v.buttons())
		o.Purpose = purpose{what: toTeam}.String()
		return t.tx.Queue(o)
	}
	text, k, err := t.openList(t.tx, t.faq, t.now)
	if err != nil {
		return err
	}
	return t.draw(t.tx, store.Outbound{
		Key: t.key(93), Chat: t.staffChat(), Lane: store.LaneNotice, Object: fmt.Sprintf("list/%d", m.ID), Purpose: purpose{what: toTeam}.String(),
		Method: "editMessageText", CreatedAt: t.now,
		Body: body(&telegram.EditMessageTextParams{
			ChatID: t.staffChat(), MessageID: m.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: k,
		}),
	})
}

// pointTo makes an older copy of a card lead to the one that is kept up to date.
func (t *teamTap) pointTo(m *models.Message, card int64) error {
	number := t.c.ID.String()
	text := fill(t.w.StaffElsewhere, "case", number)
	if link := linkTo(t.staffChat(), card); link != "" {
		text += "\n" + link
	}
	t.queue(m.Chat.ID, "editMessageText", &telegram.EditMessageTextParams{
		ChatID: m.Chat.ID, MessageID: m.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: keyboard(),
	}, store.Outbound{Lane: store.LaneNotice, Object: objectOf(t.c.ID), Purpose: purpose{what: toTeam}.String()})
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
