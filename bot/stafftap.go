package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
)

// teamTap is a tap in the team's group.
type teamTap struct {
	*turn
	q    *models.CallbackQuery
	by   desk.PersonID
	role desk.Role
	c    desk.Case
	do   verb
	more string // what the button says beside the case's version
	v    view
}

// teamVerbs are what the buttons of the group do. Who taps, where, and that the case is as the button shows it is checked before;
// the desk's verbs check the rest.
var teamVerbs = map[verb]func(*teamTap) error{
	doTake:     (*teamTap).take,
	doHandBack: (*teamTap).handBack,
	doPropose:  (*teamTap).propose,
	doConfirm:  (*teamTap).confirm,
	doReply:    (*teamTap).reply,
	doSay:      (*teamTap).say,
	doPhone:    (*teamTap).phone,
	doDecline:  (*teamTap).decline,
	doCallOff:  (*teamTap).callOff,
	doCame:     (*teamTap).came,
	doNoShow:   (*teamTap).noShow,
	doDone:     (*teamTap).done,
	doMute:     (*teamTap).mute,
	doWithdraw: (*teamTap).withdraw,
	doGive:     (*teamTap).give,
	doMore:     (*teamTap).showMore,
	doWhole:    (*teamTap).readWhole,
	doCard:     (*teamTap).card,
	doTakeSend: (*teamTap).takeAndSend,
	doDiscard:  (*teamTap).discard,
	doNext:     (*teamTap).next,
}

// teamTap does what a button of the group asks for. Who taps, where, and whether the case still stands as the card shows it is
// checked anew: a button proves nothing.
func (t *turn) teamTap(q *models.CallbackQuery) error {
	a, err := parseAction(q.Data)
	do, known := teamVerbs[a.do]
	known = known || a.do == doInstead
	if err == nil && a.do == doRepeat {
		t.toast = t.w.TapRepeat
		return nil
	}
	if err != nil || !known {
		t.toast, t.alert = t.w.TapUnknown, true
		return nil
	}
	tap := &teamTap{turn: t, q: q, by: desk.PersonID(q.From.ID), do: a.do}
	if tap.role, err = t.desk.Role(t.tx, tap.by); err != nil {
		return err
	}
	if tap.role == "" {
		t.log.Info("tap of a stranger refused", "user", q.From.ID, "case", a.n)
		t.toast, t.alert = t.w.TapNotStaff, true
		return nil
	}
	if err := t.desk.Name(t.tx, tap.by, tidyName(q.From.FirstName)); err != nil {
		return err
	}
	if a.do == doInstead {
		return t.offerInstead(q)
	}
	tap.c, err = t.tx.Case(desk.CaseID(a.n))
	switch {
	case isNotFound(err):
		t.toast, t.alert = t.w.TapCaseNotFound, true
		return nil
	case err != nil:
		return err
	}
	version, more, _ := strings.Cut(a.id, "_")
	if tap.more = more; version != strconv.FormatInt(tap.c.Version, 10) && !decidesItself[a.do] {
		return tap.stale()
	}
	if tap.v, err = t.view(t.tx, t.faq, tap.c, t.now); err != nil {
		return err
	}
	if err := do(tap); err != nil {
		return tap.refused(err)
	}
	return nil
}

// decidesItself are the verbs that need no particular version: the store decides who is first.
var decidesItself = map[verb]bool{doTake: true, doTakeSend: true, doDiscard: true, doCard: true}

// stale says what is true now of a case whose button shows what was true before.
func (t *teamTap) stale() error {
	c := t.c
	switch holder := c.HeldBy(t.now); {
	case c.State.Over():
		return t.refused(errOver)
	case holder != 0 && holder != t.by:
		return t.refused(&desk.HeldError{Holder: holder, Since: c.TakenAt})
	}
	t.toast = t.said(t.w.TapCaseChanged)
	return t.show()
}

// errOver is a case on which nothing is to be decided any more.
var errOver = desk.ErrDecided

// refused says why the desk has refused something, and shows the card as it is. Errors that nobody's tap can cause are returned.
func (t *teamTap) refused(err error) error {
	held := (*desk.HeldError)(nil)
	t.alert = true
	switch {
	case errors.As(err, &held) && held.Holder == 0:
		t.toast = t.said(t.w.TapTakeFirst)
	case errors.As(err, &held):
		name, err := t.nameOf(t.tx, t.w, held.Holder)
		if err != nil {
			return err
		}
		t.toast = spell(t.w.TapHeld, "case", t.c.ID.String(), "name", name, "ago", t.w.ago(t.now.Sub(held.Since)))
	case errors.Is(err, desk.ErrClosed), errors.Is(err, desk.ErrDecided):
		t.alert = false
		t.toast = spell(t.w.TapWasDecided, "case", t.c.ID.String(), "state", faq.Plain(t.state()))
	case errors.Is(err, desk.ErrNotAdmin):
		t.toast = t.w.TapNotAdmin
	case errors.Is(err, desk.ErrNotStaff):
		t.toast = t.w.TapNotStaff
	case errors.Is(err, desk.ErrTimes):
		t.toast = t.w.TapTimes
	case errors.Is(err, desk.ErrTooEarly):
		t.toast = t.w.TapTooEarly
	case errors.Is(err, desk.ErrState), errors.Is(err, desk.ErrNotFound), errors.Is(err, desk.ErrNotOwner):
		t.toast = t.said(t.w.TapCaseChanged)
	default:
		return err
	}
	t.log.Info("tap refused", "user", int64(t.by), "case", int64(t.c.ID), "do", string(t.do))
	if t.do == doTakeSend {
		return nil // the question stays: it can be answered once the case is free
	}
	return t.show()
}

// state is what the card now says of the case.
func (t *teamTap) state() string {
	v := t.v
	v.c, v.w = t.c, t.w
	if v.cal == nil {
		if v, err := t.view(t.tx, t.faq, t.c, t.now); err == nil {
			return v.state()
		}
	}
	return v.state()
}

// said fills a sentence about the case for the small notice.
func (t *teamTap) said(sentence string) string { return spell(sentence, "case", t.c.ID.String()) }

// show has the card, and the message that was tapped if it is another one, show the case as it is.
func (t *teamTap) show() error {
	c, err := t.tx.Case(t.c.ID)
	if err != nil {
		return err
	}
	message, known, err := t.cardOf(t.tx, c.ID)
	if err != nil {
		return err
	}
	if known {
		if err := t.redraw(t.tx, t.faq, c, t.key(90), t.now); err != nil {
			return err
		}
	}
	return t.tappedList(message)
}

// did notes who has done what, and says so.
func (t *teamTap) did(what, toast string) error {
	t.toast, t.alert = t.said(toast), false
	return t.tx.Audit(t.now, int64(t.by), what, objectOf(t.c.ID))
}

// under shows something more under the card: buttons that lead to a decision.
func (t *teamTap) under(text string, k *models.InlineKeyboardMarkup) error {
	m := t.q.Message.Message
	if m == nil {
		return nil
	}
	return t.draw(t.tx, t.drawn(t.v, int64(m.ID), t.key(91), text, k))
}

func (t *teamTap) take() error {
	c, err := t.desk.Take(t.tx, t.c.ID, t.by)
	if err != nil {
		return err
	}
	if err := t.did("take", t.w.TapTaken); err != nil {
		return err
	}
	return t.taken(c)
}

func (t *teamTap) handBack() error {
	if _, err := t.desk.HandBack(t.tx, t.c.ID, t.by); err != nil {
		return err
	}
	return t.did("hand back", t.w.TapHandedBack)
}

// mine returns an error unless who taps has the case.
func (t *teamTap) mine() error {
	if t.c.State.Over() {
		return errOver
	}
	if holder := t.c.HeldBy(t.now); holder != t.by {
		return &desk.HeldError{Holder: holder, Since: t.c.TakenAt}
	}
	return nil
}

func (t *teamTap) propose() error {
	choice := readChoice(t.more)
	if t.c.Kind != desk.Booking {
		return desk.ErrState
	}
	if !choice.send {
		if err := t.mine(); err != nil {
			return err
		}
		return t.under(t.v.proposal(choice))
	}
	if _, err := t.desk.Propose(t.tx, t.c.ID, t.by, choice.chosen); err != nil {
		return err
	}
	return t.did("propose", t.w.TapProposed)
}

func (t *teamTap) confirm() error {
	choice := readChoice(t.more)
	if t.c.Kind != desk.Booking {
		return desk.ErrState
	}
	if len(choice.chosen) == 0 {
		if err := t.mine(); err != nil {
			return err
		}
		return t.under(t.v.confirmation(choice.page))
	}
	if _, err := t.desk.Confirm(t.tx, t.c.ID, t.by, choice.chosen[0]); err != nil {
		return err
	}
	return t.did("confirm", t.w.TapConfirmed)
}

func (t *teamTap) reply() error {
	if err := t.mine(); err != nil {
		return err
	}
	page, _ := strconv.Atoi(t.more) // none is the first
	text := t.w.ReplyHow
	if len(t.faq.Replies) > 0 {
		text += "\n" + t.w.ReplyReady
	}
	return t.under(text, t.v.replyButtons(page))
}

// say sends a ready-made reply in the patient's language.
func (t *teamTap) say() error {
	for _, r := range t.faq.Replies {
		if r.ID != t.more {
			continue
		}
		text, _ := r.Text.In(t.c.Language)
		n := -t.in.Seq // it is no message of the group, but has to be known by a number
		if _, err := t.desk.Answer(t.tx, t.c.ID, t.by, text, n); err != nil {
			return err
		}
		t.toPatient(t.c, text, n)
		return t.did("answer", t.w.TapReplied)
	}
	t.toast, t.alert = t.said(t.w.TapCaseChanged), true
	return nil
}

// phone shows the number to who has the case, and to nobody else.
func (t *teamTap) phone() error {
	if err := t.mine(); err != nil {
		return err
	}
	phone := orElse(t.c.Phone, t.v.p.Phone)
	if phone == "" || t.c.Visit.HereOnly {
		t.toast, t.alert = t.w.TapNoPhone, true
		return nil
	}
	if err := t.did("see phone", t.w.TapPhone); err != nil {
		return err
	}
	t.toast, t.alert = spell(t.w.TapPhone, "name", t.c.Name, "phone", phone), true
	return nil
}

func (t *teamTap) decline() error {
	if t.more == "" {
		if err := t.mine(); err != nil {
			return err
		}
		return t.under(t.w.ReasonAsk, t.v.reasonButtons(doDecline))
	}
	if _, err := t.desk.Decline(t.tx, t.c.ID, t.by, t.more); err != nil {
		return err
	}
	return t.did("decline", t.w.TapDeclined)
}

func (t *teamTap) callOff() error {
	if t.more == "" {
		if err := t.mine(); err != nil {
			return err
		}
		return t.under(t.w.ReasonAsk, t.v.reasonButtons(doCallOff))
	}
	if _, err := t.desk.CancelVisit(t.tx, t.c.ID, t.by, t.more); err != nil {
		return err
	}
	return t.did("call off", t.w.TapCalledOff)
}

// next asks when the patient is to be reminded of the next visit, or sets it: after some months, never, or on a day that is chosen by its
// month.
func (t *teamTap) next() error {
	came := t.v.cal.Today(t.c.Visit.At)
	switch page, month, day := nextChoice(t.more); {
	case t.more == "":
		return t.under(t.w.NextAsk, t.v.nextButtons())
	case page >= 0:
		return t.under(t.w.NextMonth, t.v.monthButtons(page))
	case !month.IsZero():
		return t.under(t.w.NextDay, t.v.monthDays(month))
	case !day.IsZero():
		return t.remindAgain(day)
	}
	months, err := strconv.Atoi(t.more)
	switch {
	case err != nil:
		return t.under(t.w.NextAsk, t.v.nextButtons())
	case months == 0:
		return t.remindAgain(desk.Day{})
	}
	return t.remindAgain(came.AddMonths(months))
}

func (t *teamTap) remindAgain(on desk.Day) error {
	if _, err := t.desk.RemindAgain(t.tx, t.c.ID, t.by, on); err != nil {
		return err
	}
	return t.did("next-reminder", t.w.TapNext)
}

func (t *teamTap) came() error {
	if _, err := t.desk.Came(t.tx, t.c.ID, t.by); err != nil {
		return err
	}
	return t.did("came", t.w.TapCame)
}

func (t *teamTap) noShow() error {
	if _, err := t.desk.NoShow(t.tx, t.c.ID, t.by); err != nil {
		return err
	}
	return t.did("no-show", t.w.TapNoShow)
}

func (t *teamTap) done() error {
	c, err := t.desk.Close(t.tx, t.c.ID, t.by)
	if err != nil {
		return err
	}
	if c.Kind == desk.Booking {
		return t.did("end talk", t.w.TapTalkOver)
	}
	return t.did("close", t.w.TapClosed)
}

func (t *teamTap) mute() error {
	until, err := t.desk.Mute(t.tx, t.c.ID, t.by)
	if err != nil {
		return err
	}
	if until.IsZero() {
		return t.did("unmute", t.w.TapUnmuted)
	}
	return t.did("mute", t.w.TapMuted)
}

func (t *teamTap) showMore() error {
	return t.under("", t.v.moreButtons())
}

func (t *teamTap) card() error { return t.show() }

// give lists the team, or gives the case to one of it.
func (t *teamTap) give() error {
	if t.role != desk.Admin {
		return desk.ErrNotAdmin
	}
	if to, err := strconv.ParseInt(strings.TrimPrefix(t.more, "to"), 36, 64); err == nil && strings.HasPrefix(t.more, "to") {
		if _, err := t.desk.Reassign(t.tx, t.c.ID, t.by, desk.PersonID(to)); err != nil {
			return err
		}
		return t.did("reassign", t.w.TapGiven)
	}
	page, _ := strconv.Atoi(t.more) // none is the first
	team, err := t.tx.ListStaff()
	if err != nil {
		return err
	}
	team = slices.DeleteFunc(team, func(m desk.StaffMember) bool { return !m.Until.IsZero() })
	var rows [][]button
	from, more := wrap(page, hoursShown, len(team))
	for _, m := range team[from:min(from+hoursShown, len(team))] {
		name, err := t.nameOf(t.tx, t.w, m.ID)
		if err != nil {
			return err
		}
		rows = append(rows, []button{{name, t.v.on(doGive, "to"+strconv.FormatInt(int64(m.ID), 36))}})
	}
	last := []button{t.v.button(t.w.ButtonBack, doCard)}
	if more {
		last = append(last, button{t.w.ButtonMore, t.v.on(doGive, strconv.Itoa(page+1))})
	}
	return t.under(t.w.GiveAsk, keyboard(append(rows, last)...))
}
