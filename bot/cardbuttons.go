package bot

import (
	"strconv"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
)

// on is the action of a card's button: what to do with the case as the card shows it, with more that the button says.
func (v view) on(do verb, more string) action {
	id := strconv.FormatInt(v.c.Version, 10)
	if more != "" {
		id += "_" + more
	}
	return action{do: do, id: id, n: int64(v.c.ID)}
}

func (v view) button(label string, do verb) button { return button{label, v.on(do, "")} }

// buttons are those that the case's state allows, eight at most.
func (v view) buttons() *models.InlineKeyboardMarkup {
	switch {
	case v.c.State == desk.Came:
		return keyboard([]button{v.button(v.w.ButtonNext, doNext)}, []button{v.button(v.w.ButtonNoShow, doNoShow)}) // a slip can be put right
	case v.c.State == desk.NoShow:
		return keyboard([]button{v.button(v.w.ButtonCame, doCame)})
	case v.c.State.Over():
		return keyboard()
	case v.holder == "":
		return v.freeButtons()
	case v.c.Kind != desk.Booking:
		return keyboard(
			[]button{v.button(v.w.ButtonReply, doReply), v.button(v.w.ButtonPhone, doPhone)},
			[]button{v.button(v.w.ButtonDone, doDone), v.button(v.w.ButtonHandBack, doHandBack)},
			[]button{v.button(v.w.ButtonMore, doMore)},
		)
	}
	return v.visitButtons()
}

// freeButtons are those under a case that nobody has.
func (v view) freeButtons() *models.InlineKeyboardMarkup {
	rows := [][]button{{v.button(v.w.ButtonTake, doTake)}}
	if v.c.Kind != desk.Booking {
		rows[0] = append(rows[0], v.button(v.w.ButtonDone, doDone))
	}
	rows = append(rows, v.attended())
	return keyboard(append(rows, []button{v.button(v.w.ButtonMore, doMore)})...)
}

// attended are the buttons of the day of a visit.
func (v view) attended() []button {
	if v.c.State != desk.Confirmed || v.cal.Today(v.now).Before(v.cal.Today(v.c.Visit.At)) {
		return nil
	}
	return []button{v.button(v.w.ButtonCame, doCame), v.button(v.w.ButtonNoShow, doNoShow)}
}

// visitButtons are those under a booking that somebody has.
func (v view) visitButtons() *models.InlineKeyboardMarkup {
	var decide []button
	end := v.button(v.w.ButtonDecline, doDecline)
	switch {
	case v.c.State == desk.Confirmed:
		end = v.button(v.w.ButtonCallOff, doCallOff)
	case !v.c.Visit.Day.IsZero():
		decide = []button{v.button(v.w.ButtonConfirm, doConfirm)}
	}
	decide = append(decide, v.button(v.w.ButtonPropose, doPropose))
	return keyboard(
		v.attended(), decide,
		[]button{v.button(v.w.ButtonReply, doReply), v.button(v.w.ButtonPhone, doPhone)},
		[]button{v.button(v.w.ButtonHandBack, doHandBack), end},
		[]button{v.button(v.w.ButtonMore, doMore)},
	)
}

// moreButtons are those that are seldom needed. All of the team look at the same card, so what only an admin may stands there for all.
func (v view) moreButtons() *models.InlineKeyboardMarkup {
	mute := v.w.ButtonMute
	if v.p.Muted(v.now) {
		mute = v.w.ButtonUnmute
	}
	rows := [][]button{{v.button(mute, doMute)}}
	if v.isLong() {
		rows = append(rows, []button{v.button(v.w.ButtonWhole, doWhole)})
	}
	if v.holder != "" {
		if _, said := v.lastSaid(); said {
			rows = append(rows, []button{v.button(v.w.ButtonWithdraw, doWithdraw)})
		}
		if v.c.Kind == desk.Booking && v.c.Talking(v.now) {
			rows = append(rows, []button{v.button(v.w.ButtonTalkOver, doDone)})
		}
	}
	rows = append(rows, []button{v.button(v.w.ButtonGive, doGive)})
	return keyboard(append(rows, []button{v.button(v.w.ButtonBack, doCard)})...)
}

// lastSaid returns the team's last words that the patient still has.
func (v view) lastSaid() (desk.Line, bool) {
	for i := len(v.c.More) - 1; i >= 0; i-- {
		if l := v.c.More[i]; l.From != v.c.Patient && !l.Withdrawn && l.Message != 0 {
			return l, true
		}
	}
	return desk.Line{}, false
}

// reasons for a no, in the order in which they are offered.
var reasons = []string{"full", "closed", "away", "not-offered", "call", "other"}

// reason says why the clinic has said no.
func (w *words) reason(id string) string {
	switch id {
	case "full":
		return w.ReasonFull
	case "closed":
		return w.ReasonClosed
	case "away":
		return w.ReasonAway
	case "not-offered":
		return w.ReasonNotOffered
	case "call":
		return w.ReasonCall
	}
	return w.ReasonOther
}

// reasonButtons offers the reasons for a no.
func (v view) reasonButtons(do verb) *models.InlineKeyboardMarkup {
	var rows [][]button
	for _, r := range reasons {
		rows = append(rows, []button{{v.w.reason(r), v.on(do, r)}})
	}
	return keyboard(append(rows, []button{v.button(v.w.ButtonBack, doCard)})...)
}

// replyButtons offers a page of the ready-made replies.
func (v view) replyButtons(page int) *models.InlineKeyboardMarkup {
	var rows [][]button
	all := v.faq.Replies
	from, to := pageOf(page, len(all))
	for _, r := range all[from:to] {
		title, _ := r.Title.In(teamLanguage(v.faq))
		rows = append(rows, []button{{title, v.on(doSay, r.ID)}})
	}
	last := []button{v.button(v.w.ButtonBack, doCard)}
	if len(all) > perPage {
		last = append(last, button{v.w.ButtonMore, v.on(doReply, strconv.Itoa(page+1))})
	}
	return keyboard(append(rows, last)...)
}
