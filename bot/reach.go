package bot

import (
	"context"
	"fmt"
	"strconv"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/store"
)

// How long Telegram keeps what is meant for a bot that cannot be reached.
const (
	tapLife     = 150 * time.Second
	messageLife = 24 * time.Hour
)

const (
	metaReached = "reached"        // when Telegram was reached last, in milliseconds
	keepReached = 20 * time.Second // how often that is written, at most
)

// reach is when Telegram was reached last: what was tapped while it was not is lost, and nobody but the bot can know.
type reach struct {
	seen time.Time // by the machine's steady clock; the bot's may be moved
	kept time.Time
	ok   bool // nothing has failed since
}

// reached notes that Telegram was reached. After more time without it than a tap lives, back is told.
func (m *mail) reached(ctx context.Context) {
	steady, now, first := time.Now(), m.now(), m.reach.seen.IsZero()
	gap := steady.Sub(m.reach.seen)
	m.reach.seen, m.reach.ok = steady, true
	if !first && gap <= tapLife && steady.Sub(m.reach.kept) < keepReached {
		return
	}
	err := m.store.Update(ctx, func(tx *store.Tx) error {
		from := now.Add(-gap)
		if first {
			v, _, err := tx.Meta(metaReached)
			if err != nil {
				return err
			}
			from = now
			if ms, err := strconv.ParseInt(v, 10, 64); err == nil {
				from = time.UnixMilli(ms)
			}
		}
		if now.Sub(from) > tapLife && m.back != nil {
			if err := m.back(tx, from, now); err != nil {
				return err
			}
		}
		return tx.SetMeta(metaReached, strconv.FormatInt(now.UnixMilli(), 10))
	})
	if err != nil {
		m.log.Error("note that Telegram is reached", "err", m.reason(err))
		return
	}
	m.reach.kept = steady
	m.queued.ring()
}

// leave notes when the bot was stopped, if Telegram could be reached until then.
func (m *mail) leave(ctx context.Context) {
	if !m.reach.ok {
		return
	}
	err := m.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		return tx.SetMeta(metaReached, strconv.FormatInt(m.now().UnixMilli(), 10))
	})
	if err != nil {
		m.log.Error("note the stop", "err", m.reason(err))
	}
}

// back tells the team that taps may be lost, and lists what is open so that it can be gone on with from there. After more than a day
// messages may be lost as well: then the admins hear of it, too.
func (b *Bot) back(tx *store.Tx, from, to time.Time) error {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil || b.staffChat() == 0 {
		return nil
	}
	f := ix.FAQ()
	list, k, err := b.openList(tx, f, to)
	if err != nil {
		return err
	}
	lost, zone, key := to.Sub(from) > messageLife, clinicZone(f), fmt.Sprintf("back/%d", to.Unix())
	if len(k.InlineKeyboard) == 0 && !lost {
		return nil // nothing that anybody could have tapped
	}
	w := b.words[teamLanguage(f)]
	text := fill(w.StaffBack, "from", w.when(from, zone), "to", w.when(to, zone))
	if lost {
		text += " " + fill(w.StaffLost, "when", w.when(to.Add(-messageLife), zone))
		admin := fill(w.StaffBack, "from", w.when(from, zone), "to", w.when(to, zone)) + " " + fill(w.StaffLost, "when", w.when(to.Add(-messageLife), zone))
		if err := b.tellAdmins(tx, key, "⚠️ "+admin); err != nil {
			return err
		}
	}
	return tx.Queue(store.Outbound{
		Key: key, Chat: b.staffChat(), Lane: store.LaneBooking, Purpose: purpose{what: toTeam}.String(), Method: "sendMessage", CreatedAt: to,
		Body: body(&telegram.SendMessageParams{
			ChatID: b.staffChat(), Text: text + "\n\n" + list, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: k,
		}),
	})
}
