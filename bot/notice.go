package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// noticesAtOnce bounds one transaction of notices: what is left comes with the next.
const noticesAtOnce = 100

// tellers say what a notice is about, from the records as they are when it comes due.
var tellers = map[desk.NoticeKind]func(*telling) error{
	desk.CaseOpened:     func(t *telling) error { return t.post(t.tx, t.faq, t.c, t.key, t.now) },
	desk.CaseChanged:    func(t *telling) error { return t.redraw(t.tx, t.faq, t.c, t.key, t.now) },
	desk.LineAdded:      (*telling).line,
	desk.TalkOver:       (*telling).talkOver,
	desk.CaseReassigned: (*telling).given,
	desk.DraftNudge:     (*telling).nudge,
	desk.DraftErase:     (*telling).erase,

	desk.PatientChanged:   (*telling).decided,
	desk.PatientPicked:    (*telling).decided,
	desk.PatientNoneFits:  (*telling).decided,
	desk.PatientCancelled: (*telling).decided,

	desk.LeaseEnds:   (*telling).leaseOver,
	desk.OfferOver:   (*telling).offerOver,
	desk.UrgentAgain: (*telling).urgentAgain,
	desk.PleaseCall:  (*telling).pleaseCall,

	desk.VisitOffered:   (*telling).offered,
	desk.VisitConfirmed: func(t *telling) error { return t.hour(t.w.HourSettled) },
	desk.VisitMoved:     func(t *telling) error { return t.hour(t.w.HourMoved) },
	desk.VisitCancelled: (*telling).calledOff,
	desk.VisitDeclined:  (*telling).notOffered,
	desk.RequestOver:    (*telling).requestOver,
	desk.PromiseOver:    (*telling).promiseOver,
	desk.RemindEvening:  (*telling).remind,
	desk.RemindHours:    (*telling).remind,
	desk.VisitDay:       func(t *telling) error { return t.redraw(t.tx, t.faq, t.c, t.key, t.now) },
	desk.VisitMissed:    (*telling).missed,
	desk.VisitCame:      (*telling).came,
	desk.CheckIn:        (*telling).checkIn,
	desk.MaintenanceDue: (*telling).maintenance,
	desk.AnswerAdded:    (*telling).answerAdded,

	desk.MorningList:  (*telling).morning,
	desk.ClosingCheck: (*telling).closing,

	desk.CalendarChanged: (*telling).clashes,
}

// telling is a notice that has come due, with what is known for telling it. It belongs to one transaction.
type telling struct {
	*Bot
	tx  *store.Tx
	faq *faq.FAQ
	now time.Time
	n   desk.Notice
	cal *desk.Calendar
	c   desk.Case // the zero one if the notice is about none
	w   *words    // of the case's patient
	key string    // names the rows that it becomes

	errand purpose // of what the patient is told
}

// errStrange is a notice that cannot be told, now or later.
var errStrange = errors.New("cannot be told")

// render turns the notices that are due into rows of the outbox. While no staff group is set they wait. One that cannot be told
// is put aside and the admins hear of it; it keeps nobody else's back.
func (b *Bot) render(tx *store.Tx, f *faq.FAQ, now time.Time) error {
	if b.staffChat() == 0 {
		return nil
	}
	due, err := tx.DueNotices(now, noticesAtOnce)
	if err != nil {
		return fmt.Errorf("notices: %w", err)
	}
	for _, n := range due {
		var later time.Time
		err := tx.Try(func() error {
			return guard(func() (err error) {
				later, err = b.tell(tx, f, n, now)
				return err
			})
		})
		switch {
		case errors.Is(err, store.ErrUnavailable):
			return fmt.Errorf("notice %s: %w", n.ID, err)
		case err == nil && !later.IsZero():
			n.Due = later
			err = tx.PutNotice(n)
		default:
			if err != nil {
				err = b.putAside(tx, n, err)
			}
			err = errors.Join(err, tx.DoneNotice(n.ID, now))
		}
		if err != nil {
			return fmt.Errorf("notice %s: %w", n.ID, err)
		}
	}
	return nil
}

// putAside tells the admins of a notice that cannot be told.
func (b *Bot) putAside(tx *store.Tx, n desk.Notice, cause error) error {
	b.log.Error("notice put aside", "notice", n.ID, "kind", n.Kind, "case", n.Case, "err", b.mail.reason(cause))
	return b.tellAdmins(tx, "notice/"+n.ID, fill(b.words[faq.English].AlarmNotice, "notice", n.ID, "reason", b.mail.reason(cause)))
}

// tell does what the time of a notice brings and says what it is about. If later is set it comes due then instead.
func (b *Bot) tell(tx *store.Tx, f *faq.FAQ, n desk.Notice, now time.Time) (later time.Time, err error) {
	say, known := tellers[n.Kind]
	if !known {
		return time.Time{}, fmt.Errorf("kind %q: %w", n.Kind, errStrange)
	}
	if later, err := b.awaitsCard(tx, n, now); err != nil || !later.IsZero() {
		return later, err
	}
	due, later, err := b.desk.Come(tx, n)
	if err != nil || !later.IsZero() || !due {
		return later, err
	}
	t := &telling{Bot: b, tx: tx, faq: f, now: now, n: n, w: b.words[faq.English], key: "notice/" + n.ID, errand: purpose{what: toThread}}
	if t.cal, err = b.desk.Calendar(tx); err != nil {
		return time.Time{}, err
	}
	if n.Case != 0 {
		if err := t.meet(); err != nil {
			return time.Time{}, err
		}
	}
	if err := say(t); err != nil {
		return time.Time{}, err
	}
	if stands[n.Kind] {
		err = t.status()
	}
	return time.Time{}, errors.Join(err, t.takenAtLast())
}

// meet reads the case that the notice is about, and the language in which its patient is spoken to.
func (t *telling) meet() (err error) {
	if t.c, err = t.tx.Case(t.n.Case); err != nil {
		return err
	}
	p, err := t.tx.Person(t.c.Patient)
	if err != nil && !isNotFound(err) {
		return err
	}
	if t.w = t.speaking(t.c.Language); p.Language != "" {
		t.w = t.speaking(p.Language)
	}
	return nil
}

// team returns the words of the team's language.
func (t *telling) team() *words { return t.words[teamLanguage(t.faq)] }

// line puts what the patient added under the card.
func (t *telling) line() error {
	if t.n.N < 1 || t.n.N > len(t.c.More) {
		return fmt.Errorf("line %d of %d: %w", t.n.N, len(t.c.More), errStrange)
	}
	return t.addLine(t.tx, t.faq, t.c, t.c.More[t.n.N-1], t.key, t.now)
}

// notices delivers what has come due and tells when the next is. The zero time: nothing is planned.
func (b *Bot) notices(ctx context.Context) (next time.Time, err error) {
	ix, release := b.live.Pin()
	defer release()
	if ix == nil {
		return time.Time{}, errors.New("the index is closed")
	}
	if b.staffChat() == 0 {
		return time.Time{}, nil
	}
	err = b.store.Update(ctx, func(tx *store.Tx) error {
		if err := errors.Join(b.desk.PlanDays(tx), b.desk.Watch(tx)); err != nil {
			return err
		}
		if err := b.render(tx, ix.FAQ(), b.now()); err != nil {
			return err
		}
		due, found, err := tx.NextNotice()
		if next = due; !found {
			next = time.Time{}
		}
		return err
	})
	return next, err
}

// patient says something to the patient of the notice's case.
func (t *telling) patient(text string, rows ...[]button) error {
	p := &telegram.SendMessageParams{ChatID: int64(t.c.Patient), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview()}
	if k := keyboard(rows...); len(k.InlineKeyboard) > 0 {
		p.ReplyMarkup = k
	}
	return t.tx.Queue(store.Outbound{
		Key: t.key, Chat: int64(t.c.Patient), Lane: laneOf(t.c.Kind), Object: objectOf(t.c.ID), Purpose: t.errand.String(),
		Method: "sendMessage", Body: body(p), CreatedAt: t.now,
	})
}

// underCard says something to the team in answer to the case's card.
func (t *telling) underCard(text string) error {
	message, _, err := t.cardOf(t.tx, t.c.ID)
	if err != nil {
		return err
	}
	key := t.key
	if t.n.Whom != 0 { // the patient is told under the notice's own key
		key += "/team"
	}
	return t.tx.Queue(t.teamLine(t.c, key, text, message))
}

// visitRow has the buttons with which a patient moves or cancels a visit.
func (t *telling) visitRow() []button {
	if rows := visitRows(t.w, t.cal, t.c); len(rows) > 0 {
		return rows[0]
	}
	return nil
}

// reason is why the clinic has said no.
func (t *telling) reason() string {
	if t.c.Visit.Reason == "" {
		return ""
	}
	return fill(t.w.ReasonLine, "reason", t.w.reason(t.c.Visit.Reason))
}

// speaking returns the sentences of a language, or the English ones.
func (b *Bot) speaking(l faq.Language) *words {
	if w := b.words[l]; w != nil {
		return w
	}
	return b.words[faq.English]
}
