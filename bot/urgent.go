package bot

import (
	"slices"
	"strings"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// redFlag tells the team at once and the patient where help is. It asks for nothing first, and it says nothing of what it
// may be. The same flag again within the hour joins the case that it opened, with fewer words.
func (t *turn) redFlag(m meaning) error {
	rule := m.alarm.Rule
	if rule == "" {
		rule = "entry"
	}
	last := t.talk.Alarm
	c, joined, err := t.raise(m)
	if err != nil {
		return err
	}
	if joined && last.Rule == rule && last.Case == c.ID && t.now.Sub(last.At) < alarmFor {
		t.say(t.safe(t.w.UrgentShort, fill(t.w.UrgentAgain, "case", c.ID.String())), t.urgentRow(c.ID))
		return nil
	}
	t.talk.Alarm = alarmed{Rule: rule, Case: c.ID, At: t.now}
	text := t.w.Urgent
	if rule == index.SelfHarm {
		text = t.w.UrgentSelf
	}
	for _, id := range m.found.Entries {
		if e, found := t.faq.Entry(id); found && e.Kind == faq.Urgent {
			said, _ := e.Answer.In(t.lang)
			text += "\n\n" + said
		}
	}
	if msg := t.message(); msg != nil && msg.Text == "" && t.update.Message != nil {
		t.passFile(c, int64(msg.ID))
	}
	told := t.w.UrgentTold
	if joined {
		told = t.w.UrgentAgain
	}
	t.say(t.safe(text, fill(told, "case", c.ID.String())), t.urgentRow(c.ID))
	return nil
}

// raise puts a red flag to the team. As long as nobody has answered an urgent case of the patient's, and within the hour also after
// that, it joins it: the team gets the words under the card, and there are not two cards for one trouble.
func (t *turn) raise(m meaning) (c desk.Case, joined bool, err error) {
	cs, err := t.tx.OpenCases(t.person.ID)
	if err != nil {
		return desk.Case{}, false, err
	}
	for _, c := range slices.Backward(cs) {
		recent := c.ID == t.talk.Alarm.Case && t.now.Sub(t.talk.Alarm.At) < alarmFor
		if c.Kind == desk.Urgent && (c.State == desk.Open || recent) {
			c, err = t.putTo(c.ID, m.text, t.desk.Add)
			return c, true, err
		}
	}
	t.countCase(desk.Urgent)
	c, err = t.desk.Open(t.tx, desk.Opening{
		Kind: desk.Urgent, Patient: t.person.ID, Language: t.lang, Name: t.person.Name, Phone: t.person.Phone,
		Words: m.text, Topic: t.talk.after(t.now),
	})
	if msg := t.message(); err == nil && msg != nil {
		t.talk.went(int64(msg.ID), c.ID)
	}
	return c, false, err
}

// safe completes a text about a red flag: the number to call, what the team knows, the clinic's phone.
func (t *turn) safe(text, told string) string {
	clinic := t.faq.Clinic
	emergency := t.w.EmergencyAny
	if !clinic.Example && clinic.Contact.EmergencyNumber != "" {
		emergency = fill(t.w.Emergency, "number", clinic.Contact.EmergencyNumber)
	}
	parts := []string{strings.ReplaceAll(text, "{emergency}", emergency), told}
	if !clinic.Example && clinic.Contact.Phone != "" {
		parts = append(parts, fill(t.w.UrgentPhone, "phone", clinic.Contact.Phone))
	}
	return strings.Join(parts, "\n\n")
}

func (t *turn) urgentRow(c desk.CaseID) []button {
	return []button{
		{t.w.ButtonCallMe, action{do: doCallMe, n: int64(c)}},
		{t.w.ButtonFine, action{do: doFine, n: int64(c)}},
	}
}

// callMe adds the patient's number to their urgent case, or asks for it. A second tap changes nothing.
func (t *turn) callMe(c desk.Case) error {
	if f := t.talk.Form; f != nil && f.Call == c.ID {
		return t.step(f, f.Step)
	}
	phone := t.person.Phone
	asked := func(l desk.Line) bool { return l.Phone }
	if phone != "" && c.Phone == phone && slices.ContainsFunc(c.More, asked) {
		t.toast = fill(t.w.CallNoted, "end", phone[len(phone)-2:])
		return nil
	}
	if phone == "" {
		return t.step(t.talk.interrupt(form{Kind: desk.Urgent, Call: c.ID}, t.now), stepPhone)
	}
	if _, err := t.desk.GivePhone(t.tx, c.ID, t.person.ID, phone); err != nil {
		return err
	}
	t.say(fill(t.w.CallNoted, "end", phone[len(phone)-2:]))
	return nil
}

// fine goes on where the patient was interrupted; the card says so, once.
func (t *turn) fine(c desk.Case) error {
	words := t.teamWords().CardFine
	if !c.State.Over() && !slices.ContainsFunc(c.More, func(l desk.Line) bool { return l.From == c.Patient && l.Text == words }) {
		if _, err := t.desk.Append(t.tx, c.ID, t.person.ID, words); err != nil {
			return err
		}
	}
	t.say(t.w.Fine, t.menuRow())
	if t.talk.Form != nil {
		t.talk.Form.Nagged = false
	}
	t.offerForm()
	return nil
}
