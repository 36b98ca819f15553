package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// What the team is told when a time has come.

// leaseOver tells who has let a case go, in private; the card tells the others.
func (t *telling) leaseOver() error {
	return t.private(t.n.Whom, fill(t.team().StaffLease, "case", t.c.ID.String()), "")
}

// offerOver tells the team, and by name who has offered the hours, that the patient has not chosen.
func (t *telling) offerOver() error {
	call, err := t.callWhom()
	if err != nil {
		return err
	}
	return t.underCard(fill(t.team().StaffOfferOver, "case", t.c.ID.String()) + call)
}

// pleaseCall asks the team to call a patient who could not be reminded.
func (t *telling) pleaseCall() error {
	if t.c.State != desk.Confirmed {
		return nil
	}
	w := t.team()
	text := map[string]string{desk.CallClosed: w.CallClosed, desk.CallLate: w.CallLate, desk.CallUnreachable: w.CallUnreachable}[t.c.Reminders().Call]
	if text == "" {
		text = w.CallFailed
	}
	return t.underCard(fill(text, "case", t.c.ID.String(), "name", t.c.Name, "when", w.when(t.c.Visit.At, t.cal.Zone())))
}

// urgentAgain says in the group, while the clinic is open, and to those on call at any hour that nobody has taken an urgent case. It takes
// the place of what was said the last time.
func (t *telling) urgentAgain() error {
	w := t.team()
	if err := t.unsay(t.n.N - 1); err != nil {
		return err
	}
	if t.cal.Open(t.now) {
		if err := t.underCard(fill(w.StaffUrgentAgain, "case", t.c.ID.String(), "ago", w.ago(t.now.Sub(t.c.OpenedAt)))); err != nil {
			return err
		}
	}
	for _, id := range t.cal.OnCall() {
		on, err := t.desk.OnTeam(t.tx, id)
		if err != nil {
			return err
		}
		if !on { // named in the file, but not on the team any more
			if err := t.deafOnCall(t.tx, t.faq, t.c, id, w.OnCallOff); err != nil {
				return err
			}
			continue
		}
		text := fill(w.OnCall, "case", t.c.ID.String(), "ago", w.ago(t.now.Sub(t.c.OpenedAt)))
		if err := t.private(id, text, strconv.FormatInt(int64(id), 10)); err != nil {
			return err
		}
	}
	return nil
}

// How long the first word of an urgent case waits for its card, so that it can lead there.
const (
	cardWait  = 20 * time.Second
	cardLooks = 2 * time.Second
)

// awaitsCard returns when to look again whether the card of an urgent case has been sent, zero: do not wait.
func (b *Bot) awaitsCard(tx *store.Tx, n desk.Notice, now time.Time) (time.Time, error) {
	if n.Kind != desk.UrgentAgain || n.N != 1 || linkTo(b.staffChat(), 1) == "" {
		return time.Time{}, nil
	}
	c, err := tx.Case(n.Case)
	if err != nil || now.Sub(c.OpenedAt) >= cardWait {
		return time.Time{}, err
	}
	_, known, err := b.cardOf(tx, c.ID)
	if err != nil || known {
		return time.Time{}, err
	}
	return now.Add(cardLooks), nil
}

// deafOnCall tells the admins, once for a case, that somebody who is on call cannot be told of it.
func (b *Bot) deafOnCall(tx *store.Tx, f *faq.FAQ, c desk.Case, id desk.PersonID, why string) error {
	w := b.words[teamLanguage(f)]
	name, err := b.nameOf(tx, w, id)
	if err != nil {
		return err
	}
	return b.tellAdmins(tx, fmt.Sprintf("on-call/%s/%d", c.ID, id), fill(w.AlarmOnCall, "name", name, "case", c.ID.String(), "reason", why))
}

// takenAtLast takes away what was said last of an urgent case that somebody has now.
func (t *telling) takenAtLast() error {
	if t.c.Kind != desk.Urgent || t.c.Pings == 0 || t.c.State == desk.Open && t.c.HeldBy(t.now) == 0 {
		return nil
	}
	return t.unsay(t.c.Pings)
}

// unsay takes away what was said of an urgent case for the nth time.
func (t *telling) unsay(n int) error {
	if n < 1 {
		return nil
	}
	key := fmt.Sprintf("notice/%s/%s/%d", desk.UrgentAgain, t.c.ID, n)
	if err := t.remove(t.staffChat(), key); err != nil {
		return err
	}
	for _, id := range t.cal.OnCall() {
		if err := t.remove(int64(id), key+"/"+strconv.FormatInt(int64(id), 10)); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes the message that a row has become, if it has.
func (t *telling) remove(chat int64, key string) error {
	message, sent, err := t.tx.Sent(key)
	if err != nil || !sent || message == 0 {
		return err
	}
	return t.tx.Queue(store.Outbound{
		Key: key + "/gone", Chat: chat, Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String(), Method: "deleteMessage", CreatedAt: t.now,
		Body: body(&telegram.DeleteMessageParams{ChatID: chat, MessageID: int(message)}),
	})
}

// morning lists what the team has before it on a day: the visits, whom to call, and what waits. Nothing is said if there is nothing.
func (t *telling) morning() error {
	day := t.n.DayOf(t.cal)
	list, err := t.desk.Ahead(t.tx, day)
	if err != nil {
		return err
	}
	w := t.team()
	return t.list(fill(w.MorningHead, "day", w.day(day)), []section{
		{w.ListVisits, list.Visits}, {w.ListSilent, list.Silent}, {w.ListCall, list.Call}, {w.ListWaiting, list.Waiting},
	})
}

// closing lists what is left of a day.
func (t *telling) closing() error {
	list, err := t.desk.Left(t.tx, t.n.DayOf(t.cal))
	if err != nil {
		return err
	}
	w := t.team()
	return t.list(w.ClosingHead, []section{{w.ListUnknown, list.Unknown}, {w.ListWaiting, list.Waiting}})
}

// section is a part of a list, with its heading.
type section struct {
	head  string
	cases []desk.Case
}

// listed is how many cases of a section are named; the others are counted.
const listedAtMost = 12

// list says something in the group that lists cases, unless all its sections are empty.
func (t *telling) list(head string, sections []section) error {
	w := t.team()
	lines := []string{head}
	for _, s := range sections {
		if len(s.cases) == 0 {
			continue
		}
		lines = append(lines, "", s.head)
		for _, c := range s.cases[:min(len(s.cases), listedAtMost)] {
			line, err := t.entryLine(c)
			if err != nil {
				return err
			}
			lines = append(lines, "• "+line)
		}
		if n := len(s.cases) - listedAtMost; n > 0 {
			lines = append(lines, fill(w.ListMore, "count", strconv.Itoa(n)))
		}
	}
	if len(lines) == 1 {
		return nil
	}
	return t.group(strings.Join(lines, "\n"))
}

// entryLine is a case as a line of a list.
func (t *telling) entryLine(c desk.Case) (string, error) {
	w := t.team()
	parts := []string{"#" + c.ID.String(), escape(c.Name)}
	switch {
	case c.Kind == desk.Booking && !c.Visit.At.IsZero():
		at := w.clock(c.Visit.At, t.cal.Zone())
		if t.cal.Today(c.Visit.At) != t.cal.Today(t.now) {
			at = w.when(c.Visit.At, t.cal.Zone())
		}
		parts = append([]string{"<b>" + at + "</b>"}, parts...)
	case c.Kind == desk.Urgent:
		parts = append([]string{"🚨"}, parts...)
	}
	if !c.Reminders().Coming.IsZero() {
		parts = append(parts, w.ListComing)
	}
	if c.Waits() {
		parts = append(parts, w.ago(t.now.Sub(c.WaitsSince())))
	}
	return strings.Join(parts, " "), nil
}

// group says something in the team's group that is about no single case.
func (t *telling) group(text string, rows ...[]button) error {
	p := &telegram.SendMessageParams{ChatID: t.staffChat(), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview()}
	if k := keyboard(rows...); len(k.InlineKeyboard) > 0 {
		p.ReplyMarkup = k
	}
	return t.tx.Queue(store.Outbound{
		Key: t.key, Chat: t.staffChat(), Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String(), Method: "sendMessage", Body: body(p), CreatedAt: t.now,
	})
}

// private says something about the case to one of the team in their own chat with the bot, with a way to its card.
func (t *telling) private(to desk.PersonID, text, part string) error {
	key := t.key
	if part != "" {
		key += "/" + part
	}
	message, _, err := t.cardOf(t.tx, t.c.ID)
	if err != nil {
		return err
	}
	if link := linkTo(t.staffChat(), message); link != "" {
		text += "\n" + link
	}
	errand := purpose{what: toTeam}
	if t.n.Kind == desk.UrgentAgain {
		errand.what = toOnCall
	}
	return t.tx.Queue(store.Outbound{
		Key: key, Chat: int64(to), Lane: store.LaneNotice, Object: objectOf(t.c.ID), Purpose: errand.String(), Method: "sendMessage", CreatedAt: t.now,
		Body: body(&telegram.SendMessageParams{ChatID: int64(to), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview()}),
	})
}
