package bot

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/index"
	"skindesk/store"
)

// decideEdit takes an edited message for a new question when it is the last one and was answered a moment ago, and for the words of a
// form when it holds them. Anything else is a late edit.
func (t *turn) decideEdit(m *models.Message) (meaning, error) {
	text := tidy(m.Text + m.Caption)
	if text == "" {
		return meaning{}, nil
	}
	if alarm, found := index.RedFlag(text); found {
		return meaning{kind: aRedFlag, text: text, alarm: alarm}, nil
	}
	if c, talking, err := t.desk.Talk(t.tx, t.person.ID); err != nil || talking {
		return meaning{kind: aRelay, text: text, relay: c.ID}, err
	}
	if f := t.talk.Form; f != nil {
		if x, known := t.talk.exchange(f.Exchange); f.Message == int64(m.ID) || known && x.Message == int64(m.ID) {
			return meaning{kind: aFormEdit, text: text}, nil
		}
		return meaning{kind: aLateEdit, text: text}, nil
	}
	x, known := t.talk.last()
	recent := time.Duration(m.EditDate-m.Date)*time.Second <= editFor
	if !known || x.Message != int64(m.ID) || !recent || x.Case != 0 || m.Text == "" {
		return meaning{kind: aLateEdit, text: text}, nil
	}
	return t.question(text), nil
}

// editInPlace has the answer to an edited question replace the first one, if that has been sent.
func (t *turn) editInPlace() error {
	if t.update.EditedMessage == nil {
		return nil
	}
	x, _ := t.talk.last()
	id, sent, err := t.tx.Sent(x.Key)
	if err == nil && sent {
		t.edit = id
	}
	return err
}

// lateEdit tells that an edited message is not answered again. What the team has been given it gets in its new form too.
func (t *turn) lateEdit(text string) error {
	id := t.talk.wentTo(int64(t.message().ID))
	if id == 0 {
		t.say(t.w.EditLate)
		return nil
	}
	if t.person.Muted(t.now) {
		t.say(t.w.Muted)
		return nil
	}
	c, err := t.desk.Correct(t.tx, id, t.person.ID, text)
	if err != nil {
		return err
	}
	t.say(fill(t.w.EditPassed, "case", c.ID.String()))
	return nil
}

// editForm changes the words that a form is about to send, and shows them anew.
func (t *turn) editForm(text string) error {
	f := t.talk.Form
	f.Words = cut(text, maxWords)
	return t.step(f, f.Step)
}

// putTo puts the words of this message to a case by one of the desk's verbs. An edited message whose first form was put there is put
// as a correction, so that the team sees both.
func (t *turn) putTo(id desk.CaseID, text string, put func(desk.Tx, desk.CaseID, desk.PersonID, string) (desk.Case, error)) (desk.Case, error) {
	if m := t.message(); m != nil {
		if t.update.EditedMessage != nil && t.talk.wentTo(int64(m.ID)) == id {
			put = t.desk.Correct
		}
		t.talk.went(int64(m.ID), id)
	}
	return put(t.tx, id, t.person.ID, text)
}

// againInstead says as a new message what was to replace one that the patient has deleted.
func (b *Bot) againInstead(tx *store.Tx, o store.Outbound) error {
	var params map[string]json.RawMessage
	if err := json.Unmarshal(o.Body, &params); err != nil {
		return fmt.Errorf("say anew: %w", err)
	}
	delete(params, "message_id")
	o.Key, o.Method, o.Body, o.Due, o.CreatedAt = o.Key+"/anew", "sendMessage", body(params), time.Time{}, b.now()
	return tx.Queue(o)
}
