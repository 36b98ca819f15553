package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"skindesk/desk"
	"skindesk/faq"
)

// What comes after a visit, if the patient wants it: how it goes, each time with something that the clinic has written on keeping the
// result, and months later that it may be time for the next.

// tipsTopic is the topic of the entries that say how a result is kept, and tipsSection the document's part on it.
const (
	tipsTopic   = "keeping"
	tipsSection = "keeping the results"
)

// came thanks the patient and asks whether they want to hear from the bot again.
func (t *telling) came() error {
	days := make([]string, len(desk.CheckInDays))
	for i, d := range desk.CheckInDays {
		days[i] = strconv.Itoa(d)
	}
	return t.patient(fill(t.w.Came, "clinic", clinicName(t.w, t.faq), "days", strings.Join(days, t.w.Comma)), []button{
		{t.w.ButtonStayYes, action{do: doStay, id: "yes", n: int64(t.c.ID)}},
		{t.w.ButtonStayNo, action{do: doStay, id: "no", n: int64(t.c.ID)}},
	})
}

// checkIn asks how it goes.
func (t *telling) checkIn() error {
	text := fill(t.w.CheckIn, "clinic", clinicName(t.w, t.faq), "days", strconv.Itoa(t.n.N))
	if t.n.N == 1 {
		text = fill(t.w.CheckInNext, "clinic", clinicName(t.w, t.faq))
	}
	if tip := t.tip(t.n.N); tip != "" {
		text += "\n\n" + tip
	}
	day := strconv.Itoa(t.n.N)
	return t.patient(text,
		[]button{{t.w.ButtonWell, action{do: doWell, id: day, n: int64(t.c.ID)}}, {t.w.ButtonWorried, action{do: doWorried, id: day, n: int64(t.c.ID)}}},
		[]button{{t.w.ButtonStop, action{do: doStay, id: "stop", n: int64(t.c.ID)}}})
}

// tip is what the clinic has written on keeping a result, "" if that is nothing.
func (t *telling) tip(day int) string {
	if entries := tips(t.faq); len(entries) > 0 {
		return tipText(t.w, tipOf(entries, day))
	}
	return ""
}

// tipOf takes another entry on each of the days, as long as there are so many, from all over the list.
func tipOf(entries []*faq.Entry, day int) *faq.Entry {
	n := max(slices.Index(desk.CheckInDays, day), 0) * max(len(entries)/len(desk.CheckInDays), 1)
	return entries[n%len(entries)]
}

// tips are the answers on keeping a result that hold on any day: those of the topic, or of the document's part on it, but for what
// is about a particular time, such as the days right after a session: of that care only the clinic speaks.
func tips(f *faq.FAQ) (entries []*faq.Entry) {
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Kind == faq.Answer && (e.Topic == tipsTopic || e.Source.Section == tipsSection) && !namesMoment(e) {
			entries = append(entries, e)
		}
	}
	return entries
}

// moments are words of a title by which an entry is about a particular time.
var moments = strings.Fields(`before after between during first until when day days week weeks pehle pehla pehli baad beech darmiyan dauran kab din hafta hafte
	پہلے پہلی بعد بیچ درمیان دوران کب دن ہفتہ ہفتے`)

func namesMoment(e *faq.Entry) bool {
	for _, title := range e.Title {
		for _, word := range strings.Fields(faq.Normalize(title)) {
			if slices.Contains(moments, word) {
				return true
			}
		}
	}
	return false
}

// tipText is an entry as a tip.
func tipText(w *words, e *faq.Entry) string { return w.TipHead + "\n💡 " + entryText(w, e) }

// maintenance says that it may be time for the next visit.
func (t *telling) maintenance() error {
	return t.patient(fill(t.w.Maintenance, "clinic", clinicName(t.w, t.faq)),
		[]button{{t.w.ButtonBook, action{do: doBook, id: t.c.Visit.Treatment}}},
		[]button{{t.w.ButtonStop, action{do: doStay, id: "stop", n: int64(t.c.ID)}}})
}

// tapAfter does what a button of the time after a visit asks for. The case must be the patient's own.
func (t *turn) tapAfter(a action) error {
	c, own, err := t.ownCase(a)
	if !own {
		return err
	}
	switch a.do {
	case doComing:
		return t.coming(c, a.id)
	case doStay:
		return t.stayInTouch(c, a.id)
	}
	if c.State != desk.Came {
		t.toast = t.w.TapGone
		t.strip()
		return nil
	}
	switch a.do {
	case doWell:
		t.toast = t.w.TapThanks
		t.strip()
		t.say(t.w.Well, t.menuRow())
	case doWorried:
		return t.worried(c, a.id)
	case doSigns:
		return t.signs(c, a.id)
	}
	return nil
}

// coming notes that the patient comes to the visit that they were reminded of.
func (t *turn) coming(c desk.Case, sequence string) error {
	n, err := strconv.Atoi(sequence)
	if err != nil {
		t.toast = t.w.TapUnknown
		return nil
	}
	if !c.Reminders().Coming.IsZero() && c.Visit.Sequence == n {
		t.toast = t.w.TapComing
		return nil
	}
	_, err = t.desk.Coming(t.tx, c.ID, t.person.ID, n)
	if errors.Is(err, desk.ErrDecided) {
		t.toast, t.alert = t.w.TapVisitChanged, true
		t.strip()
		return nil
	}
	if err != nil {
		return err
	}
	t.toast = t.w.TapComing
	t.strip()
	t.say(t.w.Coming, t.menuRow())
	return nil
}

// stayInTouch notes whether the patient wants to hear from the bot after a visit.
func (t *turn) stayInTouch(c desk.Case, answer string) error {
	want := answer == "yes"
	if c.State != desk.Came {
		t.toast = t.w.TapGone
		t.strip()
		return nil
	}
	if c.Visit.CheckIns != want {
		if _, err := t.desk.StayInTouch(t.tx, c.ID, t.person.ID, want); err != nil {
			return err
		}
	}
	t.strip()
	switch answer {
	case "yes":
		t.toast = t.w.TapThanks
		t.say(t.w.StayYes, t.menuRow())
	case "no":
		t.toast = t.w.TapThanks
		t.say(t.w.StayNo, t.menuRow())
	default:
		t.toast = t.w.TapStopped
		t.say(t.w.Stopped, t.menuRow())
	}
	return nil
}

// worried asks about what must not wait.
func (t *turn) worried(c desk.Case, day string) error {
	t.strip()
	t.say(t.w.Signs,
		[]button{{t.w.ButtonSignsYes, action{do: doSigns, id: day + "-yes", n: int64(c.ID)}}},
		[]button{{t.w.ButtonSignsNo, action{do: doSigns, id: day + "-no", n: int64(c.ID)}}})
	return nil
}

// signs passes the worry on: at once and as urgent if it may not wait, else as a question of the patient's. A second tap changes nothing.
func (t *turn) signs(c desk.Case, answer string) error {
	day, verdict, _ := strings.Cut(answer, "-")
	urgent, team := verdict == "yes", t.words[t.teamLanguage()]
	for _, done := range t.talk.Worries {
		if done.Visit == c.ID && done.Day == day {
			t.toast = fill(t.w.TapSent, "case", done.Case.String())
			t.strip()
			return nil
		}
	}
	o := desk.Opening{
		Kind: desk.Question, Patient: t.person.ID, Language: t.lang, Name: t.person.Name, Phone: c.Phone,
		Words: fill(team.WorriedWords, "days", day, "case", c.ID.String()), Topic: c.Topic,
	}
	if urgent {
		o.Kind, o.Words = desk.Urgent, fill(team.SignsWords, "days", day, "case", c.ID.String())
	}
	opened, err := t.desk.Open(t.tx, o)
	if err != nil {
		return err
	}
	t.talk.worry(worry{Visit: c.ID, Day: day, Case: opened.ID})
	t.toast = fill(t.w.TapSentNow, "case", opened.ID.String())
	t.strip()
	if urgent {
		t.say(t.safe(t.w.Urgent, fill(t.w.UrgentTold, "case", opened.ID.String())), t.urgentRow(opened.ID))
		return nil
	}
	t.say(fill(t.w.Worried, "case", opened.ID.String()), t.menuRow())
	return nil
}
