package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// purpose tells what a row of the outbox is for, and so what follows from its fate.
type purpose struct {
	what errand
	n    int64
}

type errand string

// The errands. Rows of a case name it as their object.
const (
	toPatient  errand = "patient"  // the bot's own words
	toForm     errand = "form"     // a form's message, edited in place
	toStatus   errand = "status"   // the message that shows the patient how a request stands, edited in place
	toTap      errand = "tap"      // the answer to a tap
	toTeam     errand = "team"     // a hint in the group
	toAdmin    errand = "admin"    // an alarm
	toCard     errand = "card"     // a card; n: the version of the case that it shows
	toRedraw   errand = "redraw"   // a card's new form; n: that version
	toThread   errand = "thread"   // another message of a case, that may be replied to
	toRelay    errand = "relay"    // words of the team for a patient; n: their message in the group
	toRemind   errand = "remind"   // a reminder; n: the sequence of the visit's hour
	toMark     errand = "mark"     // the sign that a relay was delivered; n: that message
	toAmend    errand = "amend"    // a new form of what was relayed; n: that message
	toWithdraw errand = "withdraw" // the end of what was relayed; n: that message
	toOnCall   errand = "oncall"   // word of an urgent case for who is on call
	toJoined   errand = "joined"   // several cards in one message
)

func (p purpose) String() string { return string(p.what) + ":" + strconv.FormatInt(p.n, 10) }

func parsePurpose(s string) purpose {
	what, number, _ := strings.Cut(s, ":")
	n, _ := strconv.ParseInt(number, 10, 64) // none is 0
	return purpose{what: errand(what), n: n}
}

// settled does what follows when a row was sent or given up, in the transaction that marks it.
func (b *Bot) settled(tx *store.Tx, o store.Outbound, out outcome) error {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return errors.New("the index is closed")
	}
	f, now := ix.FAQ(), b.now()
	if out.unreachable && o.Chat > 0 {
		if err := b.desk.Lose(tx, desk.PersonID(o.Chat)); err != nil {
			return err
		}
	}
	if parsePurpose(o.Purpose).what == toForm && !out.sent && !out.unreachable {
		if err := b.formGone(tx, o); err != nil {
			return fmt.Errorf("outbox row %s: %w", o.Key, err)
		}
	}
	if parsePurpose(o.Purpose).what == toPatient && !out.sent && !out.unreachable {
		if err := b.unsaid(tx, f, o, out); err != nil {
			return fmt.Errorf("outbox row %s: %w", o.Key, err)
		}
	}
	if parsePurpose(o.Purpose).what == toJoined {
		if err := b.joinedSent(tx, f, o, out); err != nil {
			return fmt.Errorf("outbox row %s: %w", o.Key, err)
		}
	}
	if id, of := caseOfObject(o.Object); of {
		c, err := tx.Case(id)
		if err != nil {
			return fmt.Errorf("outbox row %s: %w", o.Key, err)
		}
		if err := b.caseRow(tx, f, c, o, out); err != nil {
			return fmt.Errorf("outbox row %s: %w", o.Key, err)
		}
	}
	return b.render(tx, f, now)
}

// caseRow does what follows for a row that is about a case.
func (b *Bot) caseRow(tx *store.Tx, f *faq.FAQ, c desk.Case, o store.Outbound, out outcome) error {
	p := parsePurpose(o.Purpose)
	if out.sent && (p.what == toCard || p.what == toThread || p.what == toRelay || p.what == toRemind) {
		for _, id := range out.messages() {
			if err := tx.PutThread(o.Chat, id, c.ID, c.Patient); err != nil {
				return err
			}
		}
	}
	if out.sent && len(out.more) > 0 {
		var ids []desk.CaseID
		for _, id := range out.messages() {
			ids = append(ids, desk.CaseID(id))
		}
		if err := tx.SetMeta(sentKey(o.Key), writeIDs(ids)); err != nil {
			return err
		}
	}
	w := b.words[teamLanguage(f)]
	switch {
	case p.what == toCard && out.sent:
		return b.cardSent(tx, f, c, o.Key, p.n, out.messageID)
	case p.what == toCard:
		return b.tellAdmins(tx, o.Key, fill(w.AlarmCard, "case", c.ID.String(), "reason", out.reason))
	case p.what == toThread && !out.sent && o.Method == "copyMessage" && o.Chat == b.staffChat():
		return tx.Queue(b.teamLine(c, o.Key+"/failed", fill(w.StaffNoCopy, "case", c.ID.String()), 0))
	case p.what == toThread && !out.sent && !out.unreachable && o.Chat == int64(c.Patient): // nobody else would know
		return tx.Queue(b.teamLine(c, o.Key+"/failed", fill(w.StaffNotTold, "case", c.ID.String(), "reason", out.reason), b.cardMessage(tx, c)))
	case p.what == toRedraw && !out.sent:
		return b.post(tx, f, c, o.Key+"/anew", b.now()) // the card is gone from the group
	case p.what == toOnCall && !out.sent:
		return b.deafOnCall(tx, f, c, desk.PersonID(o.Chat), w.OnCallMute)
	case p.what == toRemind && !out.sent:
		return b.desk.NotReminded(tx, c.ID, int(p.n))
	case p.what == toRelay && out.sent && p.n > 0:
		return tx.Queue(b.deliveredMark(c, o, p.n))
	case p.what == toRelay && out.sent: // a ready-made reply has no message to put a thumb on
		return tx.Queue(b.teamLine(c, o.Key+"/line", fill(w.StaffDelivered, "case", c.ID.String()), b.cardMessage(tx, c)))
	case (p.what == toAmend || p.what == toWithdraw) && !out.sent:
		text := w.StaffNotAmended
		if p.what == toWithdraw {
			text = w.StaffNotWithdrawn
		}
		return tx.Queue(b.teamLine(c, o.Key+"/failed", fill(text, "case", c.ID.String()), max(p.n, 0)))
	case p.what == toRelay:
		text := w.StaffFailed
		if out.unreachable {
			text = w.StaffBlocked
		}
		return tx.Queue(b.teamLine(c, o.Key+"/failed", fill(text, "case", c.ID.String()), max(p.n, 0)))
	case p.what == toMark && !out.sent: // the group allows no reactions
		return tx.Queue(b.teamLine(c, o.Key+"/line", fill(w.StaffDelivered, "case", c.ID.String()), p.n))
	}
	return nil
}

// cardSent notes where a card stands now, and brings it up to date if the case has changed while it was on its way.
func (b *Bot) cardSent(tx *store.Tx, f *faq.FAQ, c desk.Case, key string, version, message int64) error {
	if err := tx.SetMeta(b.cardKey(c.ID), strconv.FormatInt(message, 10)); err != nil || c.Version == version {
		return err
	}
	return b.redraw(tx, f, c, key+"/again", b.now())
}

// cardMessage is the message that is a case's card, or 0.
func (b *Bot) cardMessage(tx *store.Tx, c desk.Case) int64 {
	message, _, err := b.cardOf(tx, c.ID)
	if err != nil {
		return 0
	}
	return message
}

// deliveredMark puts a thumb on the message of the team that has reached the patient.
func (b *Bot) deliveredMark(c desk.Case, o store.Outbound, message int64) store.Outbound {
	row := b.teamRow(c, o.Key+"/mark", "setMessageReaction", b.now())
	row.Lane, row.Purpose = store.LaneNotice, purpose{what: toMark, n: message}.String()
	row.Body = body(&telegram.SetMessageReactionParams{
		ChatID: b.staffChat(), MessageID: int(message),
		Reaction: []models.ReactionType{{Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Emoji: "👍"}}},
	})
	return row
}

// teamLine says something about a case in the group, in reply to a message there unless that is 0.
func (b *Bot) teamLine(c desk.Case, key, text string, message int64) store.Outbound {
	p := &telegram.SendMessageParams{ChatID: b.staffChat(), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview()}
	if message != 0 {
		p.ReplyParameters = replyTo(message)
	}
	row := b.teamRow(c, key, "sendMessage", b.now())
	row.Purpose, row.Body = purpose{what: toThread}.String(), body(p)
	return row
}

// mark returns the parameters of a call that may have been carried out before, with a sign that shows it to the reader. Calls that may
// be repeated freely stay as they are. A copy holds no words of ours: its sign is a button.
func (b *Bot) mark(o store.Outbound) []byte {
	field, longest := "text", maxMessage
	if o.Method == "copyMessage" {
		return b.markCopy(o)
	}
	if o.File.Name != "" {
		field, longest = "caption", maxCaption
	} else if o.Method != "sendMessage" {
		return o.Body
	}
	var params map[string]json.RawMessage
	var text string
	if json.Unmarshal(o.Body, &params) != nil {
		return o.Body
	}
	_ = json.Unmarshal(params[field], &text) // a file may have no caption
	sign := b.repeatSign(o)
	if units(faq.Plain(text))+units(sign) > longest {
		text = escape(cut(faq.Plain(text), longest-units(sign)))
	}
	params[field] = body(sign + text)
	return body(params)
}

// repeatSign is the sign of what may be a repeat, with what stands between it and the words.
func (b *Bot) repeatSign(o store.Outbound) string {
	if id, of := caseOfObject(o.Object); of && o.Chat == b.staffChat() {
		return fill(b.words[faq.English].StaffRepeat, "case", id.String()) + "\n"
	}
	return "↻ "
}

func (b *Bot) markCopy(o store.Outbound) []byte {
	var params map[string]json.RawMessage
	if json.Unmarshal(o.Body, &params) != nil {
		return o.Body
	}
	params["reply_markup"] = body(keyboard([]button{{strings.TrimSpace(b.repeatSign(o)), action{do: doRepeat}}}))
	return body(params)
}

// unsaid does what follows when Telegram has refused something for a patient. What was to replace a message that is gone is said anew;
// anything else is told to the admins, for nobody else would know.
func (b *Bot) unsaid(tx *store.Tx, f *faq.FAQ, o store.Outbound, out outcome) error {
	switch {
	case o.Method == "editMessageText":
		return b.againInstead(tx, o)
	case strings.HasPrefix(o.Method, "edit"): // only buttons that should have gone
		return nil
	}
	text := b.speaking(teamLanguage(f)).AlarmAnswer
	return b.tellAdmins(tx, o.Key, fill(text, "chat", strconv.FormatInt(o.Chat, 10), "reason", out.reason))
}
