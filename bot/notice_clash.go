package bot

import (
	"strconv"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// clashes lists in the group the visits that are confirmed for when the clinic is closed now, with what could be offered instead. No
// patient hears of it before somebody of the team has tapped.
func (t *telling) clashes() error {
	text, rows, err := t.clashList(t.tx, t.team(), t.cal)
	if err != nil || text == "" {
		return err
	}
	return t.group(text, rows...)
}

// clashList is "" if nothing clashes.
func (b *Bot) clashList(tx *store.Tx, w *words, cal *desk.Calendar) (string, [][]button, error) {
	clashes, err := b.desk.Clashes(tx)
	if err != nil || len(clashes) == 0 {
		return "", nil, err
	}
	lines := []string{w.ClashHead, ""}
	for _, x := range clashes[:min(len(clashes), listedAtMost)] {
		var hours []string
		for _, at := range x.Instead {
			hours = append(hours, w.when(at, cal.Zone()))
		}
		instead := strings.Join(hours, "; ")
		if instead == "" {
			instead = w.ClashNone
		}
		lines = append(lines, fill(w.ClashLine, "case", x.Case.ID.String(), "name", x.Case.Name, "when", w.when(x.At, cal.Zone()), "instead", instead))
	}
	if n := len(clashes) - listedAtMost; n > 0 {
		lines = append(lines, fill(w.ListMore, "count", strconv.Itoa(n)))
	}
	lines = append(lines, "", "<i>"+w.ClashHint+"</i>")
	return strings.Join(lines, "\n"), [][]button{{{w.ButtonInstead, action{do: doInstead}}}}, nil
}

// offerInstead offers the patients of all visits that clash other hours. Who taps was checked.
func (t *turn) offerInstead(q *models.CallbackQuery) error {
	asked, err := t.desk.OfferInstead(t.tx, desk.PersonID(q.From.ID))
	if err != nil {
		return err
	}
	for _, c := range asked {
		if err := t.tx.Audit(t.now, q.From.ID, "propose", objectOf(c.ID)); err != nil {
			return err
		}
	}
	cal, err := t.desk.Calendar(t.tx)
	if err != nil {
		return err
	}
	text, rows, err := t.clashList(t.tx, t.w, cal)
	if err != nil {
		return err
	}
	done := fill(t.w.ClashAsked, "count", strconv.Itoa(len(asked)))
	t.toast = faq.Plain(done)
	if len(asked) == 0 {
		t.toast, t.alert = t.w.TapNobodyLeft, true
	} else if text == "" {
		text = done
	}
	if m := q.Message.Message; m != nil && text != "" {
		t.queue(m.Chat.ID, "editMessageText", &telegram.EditMessageTextParams{
			ChatID: m.Chat.ID, MessageID: m.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: keyboard(rows...),
		}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toTeam}.String()})
	}
	return nil
}
