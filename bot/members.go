package bot

import (
	"context"
	"fmt"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// Whoever leaves the team's group can do nothing more for the clinic. Telegram tells of it in a service message, and an administrator
// also in an update; what was missed a check finds, which only an administrator can rely on. A check that fails changes nothing, and
// none ever puts anybody on the team.

// cameOrWent handles a service message of the group that tells who has come or gone.
func (t *turn) cameOrWent(m *models.Message) error {
	for _, u := range m.NewChatMembers {
		if _, err := t.desk.Back(t.tx, desk.PersonID(u.ID)); err != nil {
			return err
		}
	}
	if u := m.LeftChatMember; u != nil && u.ID != t.self {
		return t.wentAway(t.tx, desk.PersonID(u.ID))
	}
	return nil
}

// place handles that somebody else's place in a group has changed.
func (t *turn) place(u *models.ChatMemberUpdated) error {
	who, in, known := placeOf(&u.NewChatMember)
	if !known || u.Chat.ID != t.staffChat() || who.ID == t.self {
		return nil
	}
	return t.isIn(t.tx, desk.PersonID(who.ID), in)
}

// isIn notes whether somebody is in the team's group.
func (b *Bot) isIn(tx *store.Tx, id desk.PersonID, in bool) error {
	if !in {
		return b.wentAway(tx, id)
	}
	_, err := b.desk.Back(tx, id)
	return err
}

// wentAway frees what somebody has taken who is not in the group any more, and tells the admins, who may want to take them off the team.
func (b *Bot) wentAway(tx *store.Tx, id desk.PersonID) error {
	m, changed, err := b.desk.Away(tx, id)
	if err != nil || !changed {
		return err
	}
	b.log.Info("left the team's group", "user", int64(id))
	if err := tx.Audit(b.now(), int64(id), "away", ""); err != nil {
		return err
	}
	name, err := b.nameOf(tx, b.words[faq.English], id)
	if err != nil {
		return err
	}
	return b.toAdmins(tx, "away", func(w *words, _ faq.Language) []memo {
		said := memo{text: fill(w.TeamAway, "name", name)}
		if m.GrantedBy != 0 {
			said.rows = [][]button{{{spell(w.ButtonRemove, "name", name), action{do: doRemove, id: "ask", n: int64(id)}}}}
		}
		return []memo{said}
	})
}

// placeOf tells whose place it is and whether they are in the chat.
func placeOf(m *models.ChatMember) (who models.User, in, known bool) {
	switch {
	case m.Owner != nil && m.Owner.User != nil:
		return *m.Owner.User, true, true
	case m.Administrator != nil:
		return m.Administrator.User, true, true
	case m.Member != nil && m.Member.User != nil:
		return *m.Member.User, true, true
	case m.Restricted != nil && m.Restricted.User != nil:
		return *m.Restricted.User, m.Restricted.IsMember, true
	case m.Left != nil && m.Left.User != nil:
		return *m.Left.User, false, true
	case m.Banned != nil && m.Banned.User != nil:
		return *m.Banned.User, false, true
	}
	return models.User{}, false, false
}

// CheckTeam looks who of the team is in its group, as far as the bot may know that, and learns their names. It is done from time to time.
func (b *Bot) CheckTeam(ctx context.Context) error {
	group := b.staffChat()
	if group == 0 {
		return nil
	}
	ask := func(id int64) (*models.ChatMember, error) {
		ctx, cancel := context.WithTimeout(ctx, sendDeadline)
		defer cancel()
		return b.mail.client.GetChatMember(ctx, &telegram.GetChatMemberParams{ChatID: group, UserID: id})
	}
	me, err := ask(b.self)
	if err != nil {
		return fmt.Errorf("the bot's own place in the group: %s", b.mail.reason(err))
	}
	if me.Type != models.ChatMemberTypeAdministrator && me.Type != models.ChatMemberTypeOwner {
		b.log.Debug("who is in the team's group is not checked: the bot is no administrator of it")
		return nil
	}
	var team []desk.StaffMember
	err = b.store.View(ctx, func(tx *store.Tx) (err error) {
		team, err = tx.ListStaff()
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range team {
		found, err := ask(int64(m.ID))
		if err != nil {
			b.log.Info("place in the team's group not known", "user", int64(m.ID), "err", b.mail.reason(err))
			continue
		}
		if who, in, known := placeOf(found); known && who.ID == int64(m.ID) && group == b.staffChat() {
			if err := b.checked(ctx, m.ID, tidyName(who.FirstName), in); err != nil {
				return err
			}
		}
	}
	return nil
}

// checked keeps what a check has found of one.
func (b *Bot) checked(ctx context.Context, id desk.PersonID, name string, in bool) error {
	err := b.store.Update(ctx, func(tx *store.Tx) error {
		if err := b.desk.Name(tx, id, name); err != nil {
			return err
		}
		if err := b.isIn(tx, id, in); err != nil {
			return err
		}
		ix, release := b.live.Pin()
		defer release()
		if ix == nil {
			return nil // it is being closed; the notices wait
		}
		return b.render(tx, ix.FAQ(), b.now())
	})
	if err == nil {
		b.mail.poke()
	}
	return err
}
