package bot

import (
	"slices"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/store"
)

// The message that said that a request was sent goes on to say how it stands: whoever looks back finds no "not confirmed yet" above a
// visit that is confirmed, and no button that is over.

// shownIn notes where a form that was sent is shown.
func (k *talk) shownIn(n int64, key string, message int64) {
	for i := range k.Ended {
		if k.Ended[i].N == n {
			k.Ended[i].Key, k.Ended[i].Shows = key, message
		}
	}
}

// statusOf returns the newest form that was sent for a case, if it is still known where it is shown.
func (k *talk) statusOf(c desk.CaseID) (e formEnd, known bool) {
	for _, f := range slices.Backward(k.Ended) {
		if f.Case == c && f.Key != "" {
			return f, true
		}
	}
	return formEnd{}, false
}

// statusMessage returns the message in which a form is shown, 0 if it is not known.
func statusMessage(tx *store.Tx, e formEnd) int64 {
	if id := sentAs(tx, e.Key); id != 0 {
		return id
	}
	return e.Shows
}

// stands are the kinds of notices after which a request stands otherwise.
var stands = map[desk.NoticeKind]bool{
	desk.VisitOffered: true, desk.VisitConfirmed: true, desk.VisitMoved: true, desk.VisitDeclined: true, desk.VisitCancelled: true, desk.VisitCame: true,
	desk.VisitMissed: true, desk.PatientNoneFits: true, desk.PatientCancelled: true, desk.OfferOver: true, desk.RequestOver: true,
}

// status brings the patient's message up to date with the case.
func (t *telling) status() error {
	chat, err := t.tx.Chat(int64(t.c.Patient))
	if err != nil {
		return err
	}
	k, err := readTalk(chat.State, t.now)
	if err != nil {
		return err
	}
	e, known := k.statusOf(t.c.ID)
	message := int64(0)
	if known {
		message = statusMessage(t.tx, e)
	}
	if message == 0 {
		return nil
	}
	text, rows := t.visitCard(t.w, t.faq, t.w.lang, t.cal, t.c)
	return t.tx.Queue(statusRow(t.c, t.key+"/status", message, text, rows, t.now))
}

// statusRow edits the message that shows a request.
func statusRow(c desk.Case, key string, message int64, text string, rows [][]button, now time.Time) store.Outbound {
	return store.Outbound{
		Key: key, Chat: int64(c.Patient), Lane: store.LaneNotice, Object: objectOf(c.ID), Purpose: purpose{what: toStatus}.String(),
		Method: "editMessageText", CreatedAt: now,
		Body: body(&telegram.EditMessageTextParams{
			ChatID: int64(c.Patient), MessageID: int(message), Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(), ReplyMarkup: keyboard(rows...),
		}),
	}
}

// passOn says in the message that showed a request before it was changed that a newer one does.
func (t *turn) passOn(c desk.Case, e formEnd) {
	if message := statusMessage(t.tx, e); message != 0 {
		text := fill(t.w.StatusNewer, "case", c.ID.String())
		t.rows = append(t.rows, statusRow(c, t.key(len(t.rows)+1), message, text, nil, t.now))
	}
}
