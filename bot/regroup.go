package bot

import (
	"errors"
	"fmt"
	"strconv"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/store"
)

// A basic group becomes a supergroup as soon as its owner changes one of many settings. Telegram gives it another id, counts its
// messages anew, and tells of it in several updates whose order is not fixed.

// isBasicGroup tells a basic group's id from a supergroup's.
func isBasicGroup(id int64) bool { return id < 0 && id > -1_000_000_000_000 }

// mayBeOurs tells whether another group may be what the team's is becoming. Until it writes there the bot waits to hear.
func (t *turn) mayBeOurs(c *models.Chat) bool {
	return c.Type == models.ChatTypeSupergroup && isBasicGroup(t.staffChat())
}

// metaGroup is where it is kept which group was the team's when the program ran last.
const metaGroup = "staff_group"

// newGroup sees whether the settings name another group than before. What waits for the team is sent there, and what is open posted anew:
// nobody looks at the old cards any more.
func (b *Bot) newGroup(tx *store.Tx) error {
	to := b.staffChat()
	from, known, err := metaNumber(tx, metaGroup)
	if err != nil || to == 0 || from == to {
		return err
	}
	if err := tx.SetMeta(metaGroup, strconv.FormatInt(to, 10)); err != nil || !known {
		return err
	}
	if err := tx.MigrateChat(from, to); err != nil {
		return err
	}
	b.log.Info("the team's group is another than before", "from", from, "to", to)
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	return b.regroup(tx, from, to, b.speaking(teamLanguage(ix.FAQ())).StaffNewGroup)
}

// regroup posts the open cases in a group that is the team's from now on: their cards from before have numbers that mean nothing there.
// A card that has not been sent yet is on its way there anyhow.
func (b *Bot) regroup(tx *store.Tx, from, to int64, why string) error {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	cs, err := tx.ListOpen()
	if err != nil {
		return fmt.Errorf("open cases: %w", err)
	}
	f, now := ix.FAQ(), b.now()
	key := fmt.Sprintf("moved/%d/%d", to, now.Unix())
	posted := false
	for _, c := range cs {
		_, sent, err := tx.Meta(cardKeyIn(from, c.ID))
		if err != nil {
			return err
		}
		_, listed, err := tx.Meta(joinedInKey(from, c.ID))
		if err != nil {
			return err
		}
		if !sent && !listed {
			continue
		}
		if !posted {
			if err := tx.Queue(b.regrouped(why, key, to)); err != nil {
				return err
			}
			posted = true
		}
		if err := b.post(tx, f, c, key+"/"+c.ID.String(), now); err != nil {
			return err
		}
	}
	return nil
}

// regrouped explains why cards come again; it goes before them.
func (b *Bot) regrouped(why, key string, to int64) store.Outbound {
	return store.Outbound{
		Key: key + "/why", Chat: to, Lane: store.LaneUrgent, Purpose: purpose{what: toTeam}.String(), Method: "sendMessage", CreatedAt: b.now(),
		Body: body(&telegram.SendMessageParams{
			ChatID: to, Text: why, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
		}),
	}
}
