package bot

import (
	"errors"
	"fmt"

	"skindesk/desk"
)

// What the team's decisions tell the patient, and the patient's the team.

// offered sends the patient the hours to choose from, if they still can be chosen.
func (t *telling) offered() error {
	c := t.c
	if c.State != desk.Proposed {
		return nil
	}
	w, zone := t.w, t.cal.Zone()
	text := fill(w.Offered, "case", c.ID.String())
	if !c.Visit.Was.IsZero() && len(c.Visit.Changed) == 0 { // else the patient has asked for another time
		text = fill(w.OfferedMove, "case", c.ID.String(), "when", w.when(c.Visit.Was, zone))
	}
	err := t.patient(text+"\n\n"+fill(w.OfferUntil, "when", w.when(c.OfferEnds(t.cal), zone)), pickRows(w, t.cal, c)...)
	return errors.Join(err, t.offCalendar())
}

// decided tells the team under the card what the patient has decided; who deals with the case is called by name.
func (t *telling) decided() error {
	c := t.c
	v, err := t.view(t.tx, t.faq, c, t.now)
	if err != nil {
		return err
	}
	text := map[desk.NoticeKind]string{
		desk.PatientChanged: v.w.StaffChanged, desk.PatientPicked: v.w.StaffPicked,
		desk.PatientNoneFits: v.w.StaffNoneFits, desk.PatientCancelled: v.w.StaffCancelled,
	}[t.n.Kind]
	text = fill(text, "case", c.ID.String(), "name", c.Name, "state", v.state(), "wish", v.asked())
	call, err := t.callWhom()
	if err != nil {
		return err
	}
	return t.under(t.tx, c, t.key, text+call, t.now)
}

// callWhom names who of the team the notice is for, on a line of its own, so that Telegram tells them.
func (t *telling) callWhom() (string, error) {
	name, err := t.nameOf(t.tx, t.team(), t.n.Whom)
	if err != nil || name == "" {
		return "", err
	}
	return "\n" + mention(t.n.Whom, name), nil
}

// mention calls somebody by name so that Telegram tells them.
func mention(id desk.PersonID, name string) string {
	return fmt.Sprintf(`<a href="tg://user?id=%d">%s</a>`, id, escape(name))
}

// given tells somebody of the team that an admin has given them a case.
func (t *telling) given() error {
	return t.private(t.n.Whom, fill(t.team().GivenHint, "case", t.c.ID.String()), "")
}

// talkOver tells the patient that the bot answers again.
func (t *telling) talkOver() error { return t.patient(fill(t.w.TalkOver, "case", t.c.ID.String())) }
