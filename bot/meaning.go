package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/index"
)

// meaning is what an update was taken for. It is decided in one place, from what is known before the transaction.
type meaning struct {
	kind  meant
	text  string      // what the patient wrote, tidy
	alarm index.Alarm // for aRedFlag
	act   action      // for aTap
	fit   desk.Fit    // for aValue of a booking: how well it answers the question
	relay desk.CaseID // for aRelay: the case that it belongs to

	query  string       // what the index is asked, or ""
	after  string       // the entry answered just before
	found  index.Answer // what it said
	undo   *undo        // prepared, when an admin asks to go back
	report *report      // likewise, when an admin asks for the statistics
}

type meant int

const (
	nothing   meant = iota // ignored
	aGroup                 // something in a group
	aMember                // somebody has let the bot in, or put it out
	aPlaceOf               // somebody has come to a group of the bot's, or gone
	aSetup                 // a patient, while the bot is being set up
	aRedFlag               // a symptom now
	aCommand               //
	aTap                   // a button
	aRelay                 // words for the team: a reply to what it has said
	aValue                 // what a form waits for
	aContact               // a phone number as a contact
	aQuestion              //
	aVoice                 // what can be heard
	aFile                  // what can be looked at
	aSticker               // what says nothing in words
	aPlace                 // a location or a contact that nobody asked for
	aLateEdit              // an edited message that is not answered any more
	aFormEdit              // an edited message that a form holds
)

// decide tells what the update means, in a fixed order: service messages, red flag, command, button, words for the team,
// value of a form, question.
func (t *turn) decide() (meaning, error) {
	switch u := t.update; {
	case u.MyChatMember != nil:
		return meaning{kind: aMember}, nil
	case u.ChatMember != nil:
		return meaning{kind: aPlaceOf}, nil
	case t.where() == nil || t.from() != nil && t.from().IsBot && t.where().Type == models.ChatTypePrivate:
		return meaning{}, nil
	case t.where().Type == models.ChatTypeGroup || t.where().Type == models.ChatTypeSupergroup:
		return meaning{kind: aGroup}, nil
	case !t.private():
		return meaning{}, nil
	case t.staffChat() == 0 && (u.Message != nil || u.CallbackQuery != nil):
		return meaning{kind: aSetup}, nil
	case u.CallbackQuery != nil:
		return t.decideTap(u.CallbackQuery), nil
	case u.EditedMessage != nil:
		return t.decideEdit(u.EditedMessage)
	case u.Message != nil:
		return t.decideMessage(u.Message)
	}
	return meaning{}, nil
}

func (t *turn) decideMessage(m *models.Message) (meaning, error) {
	if isService(m) {
		return meaning{}, nil
	}
	text := tidy(m.Text + m.Caption)
	if alarm, found := index.RedFlag(text); found {
		return meaning{kind: aRedFlag, text: text, alarm: alarm}, nil
	}
	switch {
	case strings.HasPrefix(m.Text, "/"):
		return meaning{kind: aCommand, text: text}, nil
	case m.Contact != nil && t.talk.Form != nil && t.talk.Form.wantsPhone():
		return meaning{kind: aContact}, nil
	}
	if id, found, err := t.forTeamNow(m); err != nil || found {
		return meaning{kind: aRelay, text: text, relay: id}, err
	}
	if m.Contact != nil || m.Location != nil || m.Venue != nil {
		return meaning{kind: aPlace}, nil
	}
	switch {
	case m.Voice != nil, m.VideoNote != nil, m.Audio != nil:
		return meaning{kind: aVoice, text: text}, nil
	case len(m.Photo) > 0, m.Video != nil, m.Document != nil && m.Animation == nil:
		return meaning{kind: aFile, text: text}, nil
	case t.talk.Form.isBooking() && m.Text != "" && hasWordsOrDigits(text):
		value, err := t.decideBooking(t.talk.Form, text)
		if err == nil && t.talk.Form.isOld(t.now) && value.fit != desk.Fits {
			return t.question(text), nil // after so long only what clearly answers the question is taken for that
		}
		return value, err
	case t.talk.Form != nil && text != "" && t.talk.Form.takes(text, t.Bot, t.now):
		return meaning{kind: aValue, text: text}, nil
	case m.Text == "" || !hasWordsOrDigits(text):
		return meaning{kind: aSticker, text: text}, nil
	}
	return t.question(text), nil
}

// question is a text that the index is asked, unless it has no words to ask with.
func (t *turn) question(text string) meaning {
	m := meaning{kind: aQuestion, text: text, found: index.Answer{Kind: index.KindUnknown, Language: t.lang}}
	if hasWords(text) && !isLink(text) && !isForeign(text) {
		m.query, m.after = text, t.talk.after(t.now)
	}
	return m
}

// isLink tells whether a message is nothing but an address.
func isLink(text string) bool {
	return !strings.ContainsFunc(text, unicode.IsSpace) && (strings.Contains(text, "://") || strings.HasPrefix(text, "www."))
}

// decideTap reads a button. A button whose entry is gone has the question searched again.
func (t *turn) decideTap(q *models.CallbackQuery) meaning {
	a, err := parseAction(q.Data)
	if err != nil {
		return meaning{kind: aTap}
	}
	m := meaning{kind: aTap, act: a, found: index.Answer{Kind: index.KindUnknown}}
	if a.do == doEntry {
		if _, still := t.faq.Entry(a.id); !still {
			x, _ := t.talk.exchange(a.n)
			m.query = x.Text
		}
	}
	return m
}

// search asks the index what the meaning needs. An unsure line is read together with the unsure one just before: people send one
// sentence in several messages.
func (m *meaning) search(ctx context.Context, ix *index.Index, t *turn) (err error) {
	if m.query == "" {
		return m.listen(ctx, ix)
	}
	m.found, err = ix.Ask(ctx, index.Question{Text: m.query, After: m.after})
	if err != nil || m.kind != aQuestion || !isUnsure(m.found.Kind) {
		return err
	}
	x, known := t.talk.last()
	if !known || x.Text == "" || t.now.Sub(x.At) > togetherIn || !isUnsure(x.Kind) && x.Kind != index.KindChitchat {
		return nil
	}
	both, err := ix.Ask(ctx, index.Question{Text: x.Text + " " + m.query, After: m.after})
	sure := both.Kind == index.KindAnswer || both.Kind == index.KindStaff
	if err == nil && (sure || m.found.Kind == index.KindUnknown && both.Kind != index.KindUnknown && both.Kind != x.Kind) {
		m.found = both
	}
	return err
}

// listen has the index look for a red flag in words that ask nothing: what is written for the clinic, a caption, an edited message. What
// is said to the team in a conversation a person reads anyway; a value that fits its question is no story.
func (m *meaning) listen(ctx context.Context, ix *index.Index) error {
	switch {
	case m.kind == aValue && m.fit != desk.Fits, m.kind == aVoice, m.kind == aFile, m.kind == aLateEdit, m.kind == aFormEdit:
	default:
		return nil
	}
	if !hasWords(m.text) || isLink(m.text) || isForeign(m.text) {
		return nil
	}
	a, err := ix.Ask(ctx, index.Question{Text: m.text})
	if err == nil && a.Kind == index.KindUrgent {
		*m = meaning{kind: aRedFlag, text: m.text, alarm: a.Alarm, found: a}
	}
	return err
}

func isUnsure(k index.Kind) bool { return k == index.KindUnknown || k == index.KindChoose }

// forTeamNow returns the case to which a message belongs because it is a reply to the team, or because a person talks with the patient.
func (t *turn) forTeamNow(m *models.Message) (id desk.CaseID, found bool, err error) {
	if id, found, err = t.repliedCase(m); err != nil || found {
		return id, found, err
	}
	c, talking, err := t.desk.Talk(t.tx, t.person.ID)
	return c.ID, talking, err
}

// repliedCase returns the patient's case that a message is a reply to: to words of the team, or to any message of the bot
// that names a case of theirs.
func (t *turn) repliedCase(m *models.Message) (id desk.CaseID, found bool, err error) {
	r := m.ReplyToMessage
	if r == nil || r.From == nil || r.From.ID != t.self {
		return 0, false, nil
	}
	if id, found, err = t.caseOf(r); err != nil || !found {
		return 0, false, err
	}
	c, err := t.tx.Case(id)
	return id, c.Patient == t.person.ID, err
}

// caseNumber finds the number of a case in a message of the bot.
func caseNumber(text string) (desk.CaseID, bool) {
	_, rest, found := strings.Cut(text, "#")
	if !found {
		return 0, false
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	n, err := strconv.ParseInt(rest[:end], 10, 64)
	return desk.CaseID(n), err == nil && n > 0
}

// isService tells whether a message is something that happened in the chat and not something that was said.
func isService(m *models.Message) bool {
	return m.NewChatMembers != nil || m.LeftChatMember != nil || m.NewChatTitle != "" || m.NewChatPhoto != nil || m.DeleteChatPhoto ||
		m.GroupChatCreated || m.SupergroupChatCreated || m.ChannelChatCreated || m.MessageAutoDeleteTimerChanged != nil ||
		m.MigrateToChatID != 0 || m.MigrateFromChatID != 0 || m.PinnedMessage != nil || m.WriteAccessAllowed != nil ||
		m.ConnectedWebsite != "" || m.ProximityAlertTriggered != nil || m.BoostAdded != nil || m.ChatBackgroundSet != nil ||
		m.UsersShared != nil || m.ChatShared != nil || m.SuccessfulPayment != nil
}

// hasWordsOrDigits tells a text that says something from signs alone.
func hasWordsOrDigits(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func isNotFound(err error) bool { return errors.Is(err, desk.ErrNotFound) }

func (f *form) wantsPhone() bool {
	if f.isBooking() {
		return f.Visit.Step == desk.AskPhone || f.Visit.Step == desk.Review
	}
	return f.Step == stepPhone
}

// act does what was decided.
func (t *turn) act(m meaning) error {
	switch m.kind {
	case nothing:
		return nil
	case aGroup:
		return t.inGroup()
	case aMember:
		return t.member(t.update.MyChatMember)
	case aPlaceOf:
		return t.place(t.update.ChatMember)
	case aSetup:
		return t.inSetup()
	}
	return t.patient(m)
}
