package bot

import (
	"skindesk/desk"
	"skindesk/faq"
)

// helpRow asks under an answer of the clinic's file whether it helped.
func (w *words) helpRow(entry string, exchange int64) []button {
	return []button{
		{w.ButtonHelpful, action{do: doHelped, id: entry, n: exchange}},
		{w.ButtonNotHelpful, action{do: doNotHelped, id: entry, n: exchange}},
	}
}

// replyRow asks the same under words of the team.
func (w *words) replyRow(c desk.CaseID) []button { return w.helpRow("", int64(c)) }

// rate notes whether an answer helped, once; one that did not leads on to the team.
func (t *turn) rate(a action) error {
	if a.id == "" {
		return t.rateReply(a)
	}
	x, known := t.talk.exchange(a.n)
	switch {
	case !known:
		t.toast = t.w.HelpfulThanks // it is too long ago to count or to go on from
		return nil
	case x.Rated:
		t.toast = t.w.TapRated
		return nil
	}
	t.talk.change(x.N, func(x *exchange) { x.Rated = true })
	if a.do == doHelped {
		t.count(hasHelped, a.id)
		t.toast = t.w.HelpfulThanks
		return nil
	}
	t.count(hasNotHelped, a.id)
	t.missed(hasNotHelped, x)
	t.say(t.w.NotHelpful, []button{{t.w.ButtonAsk, action{do: doAsk, n: x.N}}, {t.w.ButtonTry, action{do: doTry}}})
	return nil
}

// rateReply is rate for words of the team: the team sees on the card that something is missing.
func (t *turn) rateReply(a action) error {
	c, own, err := t.ownCase(a)
	if !own {
		return err
	}
	t.strip()
	if a.do == doHelped {
		t.count(hasHelped, "")
		t.toast = t.w.HelpfulThanks
		return nil
	}
	t.count(hasNotHelped, "")
	if _, err := t.desk.Append(t.tx, c.ID, t.person.ID, t.teamWords().CardNotHelpful); err != nil {
		return err
	}
	t.say(fill(t.w.NotHelpfulTeam, "case", c.ID.String()))
	return nil
}

// teamWords are the sentences in the language of the team.
func (t *turn) teamWords() *words { return t.speaking(t.teamLanguage()) }

// rated is the entry that an answer is rated by: the first that states something.
func (t *turn) rated(ids []string) string {
	for _, id := range ids {
		if e, found := t.faq.Entry(id); found && (e.Kind == faq.Answer || t.facts[id] != "") {
			return id
		}
	}
	return ""
}
