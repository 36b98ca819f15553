package bot

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"skindesk/desk"
	"skindesk/store"
)

// joinCode begins what follows /start in a link to the team.
const joinCode = "join-"

// invite makes a link with which one person can join the team. Telegram gives the code in it to /start.
func (t *turn) invite() error {
	secret := make([]byte, 16)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	code := base64.RawURLEncoding.EncodeToString(secret)
	until, err := t.desk.Invite(t.tx, t.person.ID, code)
	if err != nil {
		return err
	}
	how := "/start " + joinCode + code
	if name := t.name.Load(); name != nil {
		how = fmt.Sprintf("https://t.me/%s?start=%s%s", *name, joinCode, code)
	}
	t.say(fill(t.w.Invite, "link", how, "until", t.w.clock(until, clinicZone(t.faq))))
	return t.tx.Audit(t.now, int64(t.person.ID), "invite", "")
}

// joinTeam puts somebody on the team who has followed a link to it.
func (t *turn) joinTeam(code string) error {
	m, err := t.desk.Join(t.tx, t.person.ID, code)
	switch {
	case errors.Is(err, desk.ErrInvite):
		t.log.Info("link to the team refused", "user", int64(t.person.ID))
		t.say(t.w.JoinNo, t.menuRow())
		return nil
	case err != nil:
		return err
	case m.GrantedBy == 0:
		t.say(t.w.JoinAlready)
		return nil
	}
	t.say(t.w.Joined)
	if err := t.tx.Audit(t.now, int64(t.person.ID), "join", fmt.Sprint("by ", m.GrantedBy)); err != nil {
		return err
	}
	admin := int64(m.GrantedBy)
	t.queue(admin, "sendMessage", adminMessage(admin, fill(t.words[t.teamLanguage()].TeamJoined, "name", t.person.Name)),
		store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toAdmin}.String()})
	return nil
}

// team lists who is on the team, with a button to take off who was not put there by the settings.
func (t *turn) team(page int) error {
	all, err := t.tx.ListStaff()
	if err != nil {
		return err
	}
	lines := []string{t.w.Team, ""}
	var rows [][]button
	from, more := wrap(page, perPage, len(all))
	for _, m := range all[from:min(from+perPage, len(all))] {
		name, err := t.nameOf(t.tx, t.w, m.ID)
		if err != nil {
			return err
		}
		line := t.w.TeamStaff
		switch {
		case m.Role == desk.Admin:
			line = t.w.TeamAdmin
		case m.GrantedBy == 0:
			line = t.w.TeamSettings
		default:
			rows = append(rows, []button{{spell(t.w.ButtonRemove, "name", name), action{do: doRemove, id: "ask", n: int64(m.ID)}}})
		}
		said := fill(line, "name", name)
		if !m.Until.IsZero() {
			said += t.w.TeamNotIn
		}
		lines = append(lines, said)
	}
	if more {
		rows = append(rows, []button{{t.w.ButtonMore, action{do: doRemove, id: "page" + strconv.Itoa(page+1)}}})
	}
	t.say(strings.Join(lines, "\n")+"\n\n"+t.w.TeamHint, rows...)
	return nil
}

// tapTeam does what a button under the list of the team asks for. Only an admin may.
func (t *turn) tapTeam(a action) error {
	role, err := t.desk.Role(t.tx, t.person.ID)
	if err != nil {
		return err
	}
	if role != desk.Admin {
		t.log.Info("admin's tap refused", "user", int64(t.person.ID))
		t.toast, t.alert = t.w.TapNotAdmin, true
		return nil
	}
	if page, is := strings.CutPrefix(a.id, "page"); is {
		n, _ := strconv.Atoi(page) // none is the first
		return t.team(n)
	}
	name, err := t.nameOf(t.tx, t.w, desk.PersonID(a.n))
	if err != nil {
		return err
	}
	if a.id != "yes" {
		t.say(fill(t.w.RemoveAsk, "name", name), []button{{t.w.ButtonRemoveYes, action{do: doRemove, id: "yes", n: a.n}}})
		return nil
	}
	err = t.desk.Dismiss(t.tx, t.person.ID, desk.PersonID(a.n))
	switch {
	case errors.Is(err, desk.ErrNotStaff):
		t.toast = t.w.TapNotOnTeam
	case errors.Is(err, desk.ErrBySettings):
		t.toast, t.alert = t.w.TapBySettings, true
	case err != nil:
		return err
	default:
		t.toast = spell(t.w.TapRemoved, "name", name)
		t.say(fill(t.w.Removed, "name", name))
		if err := t.tx.Audit(t.now, int64(t.person.ID), "dismiss", strconv.FormatInt(a.n, 10)); err != nil {
			return err
		}
	}
	t.strip()
	return nil
}
