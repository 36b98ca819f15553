package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// What a card shows of long texts, in UTF-16 units, so that it fits into a message whatever was written.
type sizes struct {
	words, said, line, lines, note, intake int
}

var (
	usual = sizes{words: 1500, said: 500, line: 160, lines: 6, note: 300, intake: 100}
	brief = sizes{words: 300, said: 150, line: 80, lines: 6, note: 150, intake: 50} // when everything is long
)

// recentVisit is how long a visit is worth knowing of when something is urgent.
const recentVisit = 14 * 24 * time.Hour

// view is a case with all that its card shows.
type view struct {
	w      *words
	faq    *faq.FAQ
	cal    *desk.Calendar
	now    time.Time
	c      desk.Case
	p      desk.Person
	holder string    // what who has it is called, "": nobody has it
	lapsed string    // what who had it last is called
	came   time.Time // for an urgent case: the last visit not long ago
}

// view reads what the card of a case shows.
func (b *Bot) view(tx *store.Tx, f *faq.FAQ, c desk.Case, now time.Time) (v view, err error) {
	v = view{w: b.words[teamLanguage(f)], faq: f, now: now, c: c}
	if v.cal, err = b.desk.Calendar(tx); err != nil {
		return v, err
	}
	if v.p, err = tx.Person(c.Patient); err != nil && !isNotFound(err) {
		return v, err
	}
	if v.holder, err = b.nameOf(tx, v.w, c.HeldBy(now)); err != nil {
		return v, err
	}
	if v.lapsed, err = b.nameOf(tx, v.w, c.Lapsed); err != nil {
		return v, err
	}
	if c.Kind == desk.Urgent {
		v.came, err = lastVisit(tx, c.Patient, now)
	}
	return v, err
}

// nameOf returns what somebody of the team is called, "" for nobody.
func (b *Bot) nameOf(tx *store.Tx, w *words, id desk.PersonID) (string, error) {
	if id == 0 {
		return "", nil
	}
	p, err := tx.Person(id)
	if err != nil && !isNotFound(err) {
		return "", err
	}
	if p.Name == "" {
		return fill(w.TeamNameless, "id", strconv.FormatInt(int64(id), 10)), nil
	}
	return p.Name, nil
}

// lastVisit returns when a patient came last, if that was not long ago.
func lastVisit(tx *store.Tx, patient desk.PersonID, now time.Time) (last time.Time, err error) {
	cs, err := tx.CasesSince(patient, now.Add(-recentVisit))
	for _, c := range cs {
		if c.State == desk.Came && c.Visit.At.After(last) && now.Sub(c.Visit.At) <= recentVisit {
			last = c.Visit.At
		}
	}
	return last, err
}

// card is a case as the team sees it. Its number stands in the first line: a reply to the card finds its case by it even when
// nothing else is known of the message.
func (v view) card() string {
	return v.with("")
}

// with is a card with something more under it.
func (v view) with(under string) string {
	if under != "" {
		under = "\n\n" + under
	}
	if text := v.text(usual) + under; units(faq.Plain(text)) <= maxMessage {
		return text
	}
	return v.text(brief) + under
}

func (v view) text(size sizes) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	line(fill(cardHead(v.w, v.c), "case", v.c.ID.String()))
	v.status(line)
	line("")
	v.who(line)
	if v.c.Kind == desk.Booking {
		v.wish(line, size)
	}
	if v.c.Words != "" {
		line("\n<blockquote>" + escape(cut(v.c.Words, size.words)) + "</blockquote>")
	}
	if v.c.Said != "" {
		line(v.w.CardSaid + "\n<i>" + escape(cut(v.c.Said, size.said)) + "</i>\n")
	}
	v.more(line, size)
	if hint := v.hint(); hint != "" {
		b.WriteString("<i>" + hint + "</i>")
	}
	return strings.TrimSpace(b.String())
}

func cardHead(w *words, c desk.Case) string {
	switch {
	case c.Kind == desk.Urgent:
		return w.CardUrgent
	case c.State == desk.Requested:
		return w.CardBooking
	case c.Kind == desk.Booking:
		return w.CardVisit
	}
	return w.CardQuestion
}

// status says how far the case is and who has it.
func (v view) status(line func(string)) {
	line(v.state())
	c := v.c
	if c.Waits() && !c.State.Over() {
		if c.State == desk.Proposed || c.State == desk.Confirmed {
			line(v.w.CardWrote)
		}
		line(fill(v.w.CardSince, "when", v.when(c.WaitsSince())))
	}
	switch {
	case c.State.Over():
	case v.holder != "":
		line(fill(v.w.CardHolder, "name", v.holder, "when", v.w.clock(c.TakenAt, v.cal.Zone())))
	case v.lapsed != "":
		line(fill(v.w.CardLapsed, "name", v.lapsed))
	}
	if c.Talking(v.now) {
		line(v.w.CardTalking)
	}
	v.later(line)
}

// later says what the patient has said to the reminders, and what they want to hear after a visit.
func (v view) later(line func(string)) {
	c, r := v.c, v.c.Reminders()
	switch {
	case c.State == desk.Confirmed && !r.Coming.IsZero():
		line(v.w.ListComing)
	case c.State == desk.Confirmed && r.Call != "":
		line(v.w.CardCall)
	case c.State == desk.Came && c.Visit.CheckIns && c.Visit.NoReminder:
		line(v.w.CardAfter)
	case c.State == desk.Came && c.Visit.CheckIns:
		line(v.w.CardAfter + v.w.Comma + fill(v.w.CardNext, "day", v.w.day(c.Visit.MaintenanceOn(v.cal))))
	}
}

// state says how far the case is.
func (v view) state() string {
	w, c := v.w, v.c
	switch c.State {
	case desk.Requested:
		return w.CardRequested
	case desk.Proposed:
		return fill(w.CardProposed, "times", v.times(c.Visit.Offered))
	case desk.Confirmed:
		return fill(w.CardConfirmed, "when", v.when(c.Visit.At))
	case desk.Came:
		return fill(w.CardCame, "when", v.when(c.Visit.At))
	case desk.NoShow:
		return fill(w.CardNoShow, "when", v.when(c.Visit.At))
	case desk.Declined:
		return fill(w.CardDeclined, "reason", w.reason(c.Visit.Reason))
	case desk.Cancelled:
		if c.DecidedBy == c.Patient {
			return w.CardCancelled
		}
		return fill(w.CardCalledOff, "reason", w.reason(c.Visit.Reason))
	case desk.Expired:
		return w.CardExpired
	case desk.Answered:
		if c.Waits() {
			return w.CardWrote
		}
		return w.CardAnswered
	case desk.Closed:
		return w.CardClosed
	}
	return w.CardOpen
}

// who says whose case it is and how they are reached.
func (v view) who(line func(string)) {
	w, c := v.w, v.c
	line(v.changed(fill(w.CardFrom, "name", c.Name, "language", w.language(c.Language)), "name"))
	if e, found := v.faq.Entry(c.Topic); found {
		title, _ := e.Title.In(teamLanguage(v.faq))
		line(fill(w.CardTopic, "title", title))
	}
	switch {
	case c.Phone != "" && !c.Visit.HereOnly:
		line(v.changed(fill(w.CardPhone, "phone", desk.MaskPhone(c.Phone)), "phone", "here_only"))
	case c.Kind == desk.Booking:
		line(v.changed(w.CardNoPhone, "phone", "here_only"))
	}
	if !v.came.IsZero() {
		line(fill(w.CardRecent, "when", v.when(v.came)))
	}
	if v.p.Unreachable {
		line(w.CardUnreachable)
	}
	if c.WishWaits() && !c.State.Over() {
		line(w.CardWishAnswer)
	}
	if v.p.Muted(v.now) {
		line(fill(w.CardMuted, "when", v.when(v.p.MutedUntil)))
	}
}

// changed marks a line that the patient's last change was about.
func (v view) changed(text string, fields ...string) string {
	if slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(v.c.Visit.Changed, f) }) {
		return "✏️ " + text
	}
	return text
}

// wish says what a booking asks for.
func (v view) wish(line func(string), size sizes) {
	w, visit := v.w, v.c.Visit
	line(v.changed(fill(w.CardTreatment, "name", v.treatment(visit.Treatment)), "treatment"))
	line(v.changed(fill(w.CardWish, "wish", v.asked()), "day", "part"))
	if !visit.Was.IsZero() && visit.At.IsZero() {
		line(fill(w.CardWas, "when", v.when(visit.Was)))
	}
	if visit.Female {
		line(v.changed(w.CardFemale, "female"))
	}
	if visit.Note != "" {
		line(v.changed(fill(w.CardNote, "note", cut(visit.Note, size.note)), "note"))
	}
	for _, a := range visit.Intake {
		line(v.changed(fill(w.CardIntake, "question", cut(a.Question, size.intake), "answer", cut(w.intakeAnswer(a.Answer), size.intake)), "intake"))
	}
}

// treatment is what a treatment is called.
func (v view) treatment(id string) string {
	for _, t := range v.faq.Clinic.Booking.Treatments {
		if t.ID == id {
			name, _ := t.Name.In(teamLanguage(v.faq))
			return name
		}
	}
	return orElse(id, v.w.TreatmentUnsure)
}

// asked is the day and the part of it that a patient asks for.
func (v view) asked() string {
	visit := v.c.Visit
	text := v.w.DayAny
	if !visit.Day.IsZero() {
		text = v.w.day(visit.Day)
	}
	text += v.w.Comma + v.w.part(visit.Part)
	if !visit.From.IsZero() && !visit.To.IsZero() {
		text += " (" + v.w.clock(visit.From, v.cal.Zone()) + " – " + v.w.clock(visit.To, v.cal.Zone()) + ")"
	}
	return text
}

// part is what a part of the day is called.
func (w *words) part(p string) string {
	switch p {
	case desk.Morning:
		return w.PartMorning
	case desk.Afternoon:
		return w.PartAfternoon
	case desk.Evening:
		return w.PartEvening
	case desk.BeforePrayer:
		return w.PartBeforePrayer
	case desk.AfterPrayer:
		return w.PartAfterPrayer
	}
	return w.PartAny
}

// more lists what was added later, the newest lines in full view.
func (v view) more(line func(string), size sizes) {
	c := v.c
	if len(c.More) == 0 {
		return
	}
	line(v.w.CardMore)
	shown := c.More
	if earlier := len(shown) - size.lines; earlier > 0 {
		line(fill(v.w.CardEarlier, "count", strconv.Itoa(earlier)))
		shown = shown[earlier:]
	}
	for _, l := range shown {
		text := escape(cut(strings.Join(strings.Fields(l.Text), " "), size.line))
		switch {
		case l.Phone:
			text = fill(v.w.CardCallMe, "phone", l.Text)
		case l.Withdrawn:
			text = "<s>" + text + "</s>"
		}
		line("• " + v.speaker(l) + ": " + text)
	}
	line("")
}

func (v view) speaker(l desk.Line) string {
	fromPatient := l.From == v.c.Patient
	switch {
	case fromPatient && l.Edited:
		return v.w.CardCorrected
	case fromPatient:
		return v.w.CardPatient
	case l.Withdrawn:
		return v.w.CardWithdrawn
	case l.Edited:
		return v.w.CardAmended
	}
	return v.w.CardTeam
}

// hint says what can be done with the card.
func (v view) hint() string {
	switch {
	case v.c.State.Over():
		return ""
	case v.holder == "":
		return v.w.CardHintFree
	}
	return v.w.CardHint
}

func (v view) when(t time.Time) string { return v.w.when(t, v.cal.Zone()) }

func (v view) times(all []time.Time) string {
	var said []string
	for _, t := range all {
		said = append(said, v.when(t))
	}
	return strings.Join(said, " · ")
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// cardKey is where it is kept which message of the group is a case's card now.
func (b *Bot) cardKey(c desk.CaseID) string { return cardKeyIn(b.staffChat(), c) }

func cardKeyIn(group int64, c desk.CaseID) string { return fmt.Sprintf("card/%d/%s", group, c) }

// cardOf returns the message that is a case's card, if one has been sent to the group.
func (b *Bot) cardOf(tx *store.Tx, c desk.CaseID) (message int64, known bool, err error) {
	return metaNumber(tx, b.cardKey(c))
}

// metaNumber reads a number that is kept under a name; none and 0 are the same.
func metaNumber(tx *store.Tx, name string) (n int64, known bool, err error) {
	v, known, err := tx.Meta(name)
	if err != nil || !known || v == "" {
		return 0, false, err
	}
	n, err = strconv.ParseInt(v, 10, 64)
	return n, err == nil && n != 0, err
}

// teamRow is a call about a case to the team's group, still without purpose and parameters.
func (b *Bot) teamRow(c desk.Case, key, method string, now time.Time) store.Outbound {
	return store.Outbound{Key: key, Chat: b.staffChat(), Lane: laneOf(c.Kind), Object: objectOf(c.ID), Method: method, CreatedAt: now}
}

// laneOf is how urgently the team needs something of a case.
func laneOf(k desk.CaseKind) int {
	switch k {
	case desk.Urgent:
		return store.LaneUrgent
	case desk.Booking:
		return store.LaneBooking
	}
	return store.LaneQuestion
}

func objectOf(c desk.CaseID) string { return "case/" + c.String() }

func caseOfObject(object string) (desk.CaseID, bool) {
	number, found := strings.CutPrefix(object, "case/")
	n, err := strconv.ParseInt(number, 10, 64)
	return desk.CaseID(n), found && err == nil
}
