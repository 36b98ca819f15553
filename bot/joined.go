package bot

import (
	"cmp"
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

// A group takes twenty messages a minute. When more cards than a few wait for their turn they become one message that lists them,
// with a button to take each; who takes one gets its own card.

// joinFrom is how many cards have to wait before they are joined.
const joinFrom = 4

// join makes one message of the cards that wait for the group. Urgent ones are left, and so are those that something else waits behind.
func (b *Bot) join(tx *store.Tx, now time.Time) error {
	waiting, err := tx.WaitingAlone(b.staffChat(), "sendMessage", string(toCard)+":")
	if err != nil || len(waiting) < joinFrom {
		return err
	}
	waiting = slices.DeleteFunc(waiting, func(o store.Outbound) bool {
		id, _ := caseOfObject(o.Object)
		c, missing := tx.Case(id)
		_, known, failed := b.cardOf(tx, id)
		err = cmp.Or(err, missing, failed)
		return err != nil || known || c.HeldBy(now) != 0 // whoever has it wants to see it
	})
	if err != nil || len(waiting) < joinFrom {
		return err
	}
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return nil
	}
	for len(waiting) > 1 {
		n := min(len(waiting), perList)
		if err := b.joinThese(tx, ix.FAQ(), waiting[:n], now); err != nil {
			return err
		}
		waiting = waiting[n:]
	}
	return nil
}

func (b *Bot) joinThese(tx *store.Tx, f *faq.FAQ, rows []store.Outbound, now time.Time) error {
	var ids []desk.CaseID
	lane := store.LaneNotice
	for _, o := range rows {
		id, _ := caseOfObject(o.Object)
		ids, lane = append(ids, id), min(lane, o.Lane)
		if err := tx.MarkDead(o.Seq, "joined with others", now); err != nil {
			return err
		}
	}
	text, k, err := b.joined(tx, f, ids, now)
	if err != nil {
		return err
	}
	key := "joined/" + rows[0].Key
	if err := tx.SetMeta(key, writeIDs(ids)); err != nil {
		return err
	}
	return tx.Queue(store.Outbound{
		Key: key, Chat: b.staffChat(), Lane: lane, Purpose: purpose{what: toJoined}.String(), Method: "sendMessage", CreatedAt: now,
		Body: body(&telegram.SendMessageParams{
			ChatID: b.staffChat(), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: k,
		}),
	})
}

// joined is the text and the buttons of a joined message.
func (b *Bot) joined(tx *store.Tx, f *faq.FAQ, ids []desk.CaseID, now time.Time) (string, *models.InlineKeyboardMarkup, error) {
	var cs []desk.Case
	for _, id := range ids {
		c, err := tx.Case(id)
		if err != nil {
			return "", nil, err
		}
		cs = append(cs, c)
	}
	return b.listOf(tx, f, cs, fill(b.words[teamLanguage(f)].JoinedHead, "count", strconv.Itoa(len(cs))), now)
}

func (b *Bot) joinedKey(message int64) string {
	return fmt.Sprintf("joined/%d/%d", b.staffChat(), message)
}

// joinedPosted stands behind the joined message's number once a case has its own card, on the way or sent.
const joinedPosted = " posted"

// joinedInKey is where it is kept in which joined message a case stands.
func joinedInKey(group int64, c desk.CaseID) string { return fmt.Sprintf("joined_in/%d/%s", group, c) }

// joinedAt returns the cases of a joined message, none for any other message.
func (b *Bot) joinedAt(tx *store.Tx, message int64) ([]desk.CaseID, error) {
	v, _, err := tx.Meta(b.joinedKey(message))
	return readIDs(v), err
}

// joinedSent notes which message of the group shows which cases, and brings it up to date: they may have changed on the way. What could
// not be sent is posted card by card.
func (b *Bot) joinedSent(tx *store.Tx, f *faq.FAQ, o store.Outbound, out outcome) error {
	v, _, err := tx.Meta(o.Key)
	if err != nil {
		return err
	}
	ids := readIDs(v)
	now := b.now()
	for _, id := range ids {
		if out.sent {
			err = tx.SetMeta(joinedInKey(b.staffChat(), id), strconv.FormatInt(out.messageID, 10))
		} else if c, missing := tx.Case(id); missing == nil {
			err = b.post(tx, f, c, o.Key+"/"+id.String(), now)
		}
		if err != nil {
			return err
		}
	}
	if !out.sent {
		return nil
	}
	if err := tx.SetMeta(b.joinedKey(out.messageID), v); err != nil {
		return err
	}
	for _, id := range ids { // who has taken one meanwhile waits for its card
		c, err := tx.Case(id)
		if err != nil {
			return err
		}
		if c.HeldBy(now) != 0 {
			if err := b.redrawJoined(tx, f, c, o.Key+"/"+id.String(), now); err != nil {
				return err
			}
		}
	}
	return b.drawJoined(tx, f, out.messageID, ids, o.Key+"/again", now)
}

// redrawJoined brings the joined message up to date that shows a case, if one does. A case that somebody has and that has no card of its
// own gets one.
func (b *Bot) redrawJoined(tx *store.Tx, f *faq.FAQ, c desk.Case, key string, now time.Time) error {
	v, _, err := tx.Meta(joinedInKey(b.staffChat(), c.ID))
	if err != nil || v == "" {
		return err
	}
	at, posted := strings.CutSuffix(v, joinedPosted)
	message, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return fmt.Errorf("joined message of case %s: %w", c.ID, err)
	}
	if c.HeldBy(now) != 0 && !posted {
		if err := tx.SetMeta(joinedInKey(b.staffChat(), c.ID), at+joinedPosted); err != nil {
			return err
		}
		if err := b.post(tx, f, c, key+"/card", now); err != nil {
			return err
		}
	}
	ids, err := b.joinedAt(tx, message)
	if err != nil {
		return err
	}
	return b.drawJoined(tx, f, message, ids, key+"/joined", now)
}

// drawJoined queues a joined message's present form. For some of its cases it is all that the team has, so it does not wait behind
// everything else; and its forms keep their order.
func (b *Bot) drawJoined(tx *store.Tx, f *faq.FAQ, message int64, ids []desk.CaseID, key string, now time.Time) error {
	text, k, err := b.joined(tx, f, ids, now)
	if err != nil {
		return err
	}
	return b.draw(tx, store.Outbound{
		Key: key, Chat: b.staffChat(), Lane: store.LaneBooking, Object: fmt.Sprintf("joined/%d", message), Purpose: purpose{what: toTeam}.String(),
		Method: "editMessageText", CreatedAt: now,
		Body: body(&telegram.EditMessageTextParams{
			ChatID: b.staffChat(), MessageID: int(message), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: k,
		}),
	})
}

func writeIDs(ids []desk.CaseID) string {
	var all []string
	for _, id := range ids {
		all = append(all, id.String())
	}
	return strings.Join(all, " ")
}

func readIDs(text string) (ids []desk.CaseID) {
	for _, s := range strings.Fields(text) {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			ids = append(ids, desk.CaseID(n))
		}
	}
	return ids
}
