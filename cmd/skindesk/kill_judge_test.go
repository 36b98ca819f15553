package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/preview"
	"skindesk/store"
)

// left says what has come in and not been handled, is due and has not been told, or waits to be sent; "" if nothing.
func (w *town) left() (left string) {
	w.view(func(tx *store.Tx) error {
		handled, err := tx.WaitingChats()
		if err != nil {
			return err
		}
		sent, _, err := tx.QueuedAfter(0)
		if err != nil {
			return err
		}
		due, err := tx.DueNotices(time.Now(), 1)
		if len(handled)+len(sent)+len(due) > 0 {
			left = fmt.Sprintf("updates of %v, rows for %v, notices %v", handled, sent, due)
		}
		return err
	})
	return left
}

// view reads the database, whether the program runs or not.
func (w *town) view(read func(tx *store.Tx) error) {
	w.t.Helper()
	data := w.run.database()
	s, err := store.Open(w.t.Context(), data, store.Options{ReadOnly: true, KeyFile: store.KeyFileBeside(data)})
	if err != nil {
		w.t.Fatal(err)
	}
	defer s.Close()
	if err := s.View(w.t.Context(), read); err != nil {
		w.t.Fatal(err)
	}
}

// judgement compares what everybody was told with what the program has kept.
type judgement struct {
	*town
	tx    *store.Tx
	now   time.Time
	cal   *desk.Calendar
	calls []preview.Call
	cards map[string]preview.Message
	dues  map[desk.CaseID][]desk.Notice
}

// judge fails the test for whatever does not agree.
func judge(w *town) {
	w.t.Helper()
	calls := w.telegram.Calls() // before the judge's own
	for _, lift := range w.lifts {
		lift()
	}
	f, _, err := faq.Parse(bookFAQ(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	w.view(func(tx *store.Tx) error { return w.agree(tx, f.Clinic, calls, time.Now()) })
	if log := w.run.log.String(); strings.Contains(log, w.telegram.Token()) || strings.Contains(log, "panic") {
		w.t.Error("the token or a panic is in the log")
	}
	if w.t.Failed() {
		w.t.Log(w.team.story())
	}
}

// agree compares guest by guest what a database holds with what can be seen.
func (w *town) agree(tx *store.Tx, clinic faq.Clinic, calls []preview.Call, now time.Time) (err error) {
	j := judgement{town: w, tx: tx, now: now, calls: calls, cards: newestCards(w.team.members[0].Messages()), dues: map[desk.CaseID][]desk.Notice{}}
	if j.cal, err = desk.New(time.Now, func() faq.Clinic { return clinic }).Calendar(tx); err != nil {
		return err
	}
	planned, err := tx.DueNotices(now.AddDate(10, 0, 0), 10000)
	if err != nil {
		return err
	}
	for _, n := range planned {
		j.dues[n.Case] = append(j.dues[n.Case], n)
	}
	numbers := map[string]string{}
	for _, g := range w.guests {
		for _, fault := range j.faults(g) {
			w.t.Errorf("%s, #%s: %s\n%s%s", g.Name(), g.number, fault, g.story(), w.callsTo(g.ID()))
		}
		if other := numbers[g.number]; other != "" {
			w.t.Errorf("%s and %s were told the same number %s", g.Name(), other, g.number)
		}
		numbers[g.number] = g.Name()
	}
	for number := range j.cards {
		if numbers[number] == "" {
			w.t.Errorf("the group has a card of #%s, of which nobody was told", number)
		}
	}
	return nil
}

// faults are what does not agree for one guest.
func (j *judgement) faults(g *guest) (faults []string) {
	cs, err := j.tx.CasesSince(desk.PersonID(g.ID()), time.Time{})
	if err != nil {
		return []string{err.Error()}
	}
	if len(cs) != 1 || cs[0].ID.String() != g.number {
		return []string{fmt.Sprintf("there are %d cases, want the one that they were told of: %v", len(cs), cs)}
	}
	c := cs[0]
	for _, look := range []func(*guest, desk.Case) string{j.record, j.hour, j.lastWord, j.card, j.once, j.calendarFiles, j.reminders} {
		if fault := look(g, c); fault != "" {
			faults = append(faults, fault)
		}
	}
	return faults
}

// record: the case holds what the guest has asked for last.
func (j *judgement) record(g *guest, c desk.Case) string {
	intake := ""
	for _, a := range c.Visit.Intake {
		intake += a.Answer
	}
	want := g.wish
	if want.intake = strings.ToLower(want.intake); want.intake == "skip" {
		want.intake = ""
	}
	want.label, want.typed = "", ""
	got := wish{treatment: c.Visit.Treatment, day: c.Visit.Day, part: c.Visit.Part, name: c.Name, phone: c.Phone, note: c.Visit.Note, female: c.Visit.Female, intake: intake}
	if got != want {
		return fmt.Sprintf("the record has %+v, want %+v", got, want)
	}
	if c.Visit.HereOnly != (want.phone == "") {
		return fmt.Sprintf("contact here only is %t", c.Visit.HereOnly)
	}
	return ""
}

// hour: what is confirmed is an hour that somebody has tapped.
func (j *judgement) hour(g *guest, c desk.Case) string {
	switch hour := hourWords(c.Visit.At); {
	case (c.State == desk.Confirmed) == c.Visit.At.IsZero():
		return fmt.Sprintf("it is %s for %v", c.State, c.Visit.At)
	case c.State == desk.Confirmed && !g.picked[hour] && !j.team.of(g.number).confirmed[hour]:
		return "it is confirmed for " + hour + ", which nobody has tapped"
	}
	return ""
}

// lastWord: the patient's newest word of the visit is how it stands.
func (j *judgement) lastWord(g *guest, c desk.Case) string {
	m, kind := screenOf(slices.DeleteFunc(g.Messages(), func(m preview.Message) bool { return !m.FromBot }))
	want := map[desk.State]string{desk.Confirmed: "confirmed", desk.Declined: "over", desk.Cancelled: "over"}[c.State]
	if kind != want || want == "confirmed" && !strings.Contains(m.Text, hourWords(c.Visit.At)) {
		return fmt.Sprintf("it is %s (%s), and the patient's last word is %q", c.State, hourWords(c.Visit.At), m.Text)
	}
	return ""
}

// card: the newest card of the case shows it as it is.
func (j *judgement) card(g *guest, c desk.Case) string {
	m, there := j.cards[g.number]
	if !there {
		return j.joined(c)
	}
	want := []string{"From: " + g.wish.name + " ·", "Would like: " + dayWords(c.Visit.Day)}
	switch c.State {
	case desk.Confirmed:
		want = append(want, "✅ Confirmed: "+hourWords(c.Visit.At))
	case desk.Declined:
		want = append(want, "🚫 Declined: ")
	case desk.Cancelled:
		want = append(want, "🚫 Cancelled by the patient")
	}
	if g.wish.phone == "" {
		want = append(want, "Phone: contact here only")
	} else {
		want = append(want, "Phone: "+desk.MaskPhone(g.wish.phone))
	}
	if g.wish.note != "" {
		want = append(want, "Note: "+g.wish.note)
	}
	for _, w := range want {
		if !strings.Contains(m.Text, w) {
			return fmt.Sprintf("its card lacks %q: %q", w, m.Text)
		}
	}
	held := holderOf.FindStringSubmatch(m.Text)
	holder := c.HeldBy(j.now)
	if c.State.Over() {
		holder = 0
	}
	if (held == nil) != (holder == 0) || held != nil && !slices.ContainsFunc(j.team.members, func(p *preview.Person) bool { return p.ID() == int64(holder) && p.Name() == held[1] }) {
		return fmt.Sprintf("%d has it, and its card says %q", holder, m.Text)
	}
	return ""
}

// joined: a case that nobody has taken may stand in a message with others.
func (j *judgement) joined(c desk.Case) string {
	for _, m := range slices.Backward(j.team.members[0].Messages()) {
		for _, line := range strings.Split(m.Text, "\n") {
			if !strings.Contains(m.Text, "new cases at once") || !strings.HasPrefix(line, "📅 #"+c.ID.String()+" · "+c.Name+" · "+dayWords(c.Visit.Day)) {
				continue
			}
			if c.State != desk.Cancelled || !strings.HasSuffix(line, "🚫 Cancelled by the patient") || button(m, "Take #"+c.ID.String()) {
				return fmt.Sprintf("it is %s, and among others it stands as %q", c.State, line)
			}
			return ""
		}
	}
	return "the group has no card of it"
}

// once: what is to be said once was sent once, except with the mark of a repeat.
func (j *judgement) once(g *guest, c desk.Case) string {
	sent := map[string]int{}
	for _, call := range j.calls {
		text := call.Params["text"]
		if call.Method != "sendmessage" || call.Status != 200 || strings.HasPrefix(text, "↻") {
			continue
		}
		switch n := caseNumber.FindStringSubmatch(text); {
		case n == nil || n[1] != g.number:
		case call.Chat == g.ID() && (strings.Contains(text, "Your visit is confirmed") || strings.Contains(text, "Your visit has a new time") || strings.Contains(text, "cannot offer the visit")):
			sent[text]++
		case call.Chat < 0 && strings.HasPrefix(text, "📅"):
			sent["the card"]++
		}
	}
	for text, n := range sent {
		if n > 1 {
			return fmt.Sprintf("without a mark it was sent %d times: %q", n, text)
		}
	}
	return ""
}

var icsField = regexp.MustCompile(`(?m)^(SEQUENCE|UID|STATUS|DTSTART)[^:\r\n]*:([^\r\n]*)`)

// calendarFiles: each step of the visit has one file, and the last says what holds.
func (j *judgement) calendarFiles(g *guest, c desk.Case) string {
	files := map[string]string{}
	uids := map[string]bool{}
	for _, m := range g.Messages() {
		if m.FileName == "" {
			continue
		}
		field := map[string]string{}
		for _, f := range icsField.FindAllStringSubmatch(j.download(m.File), -1) {
			field[f[1]] = f[2]
		}
		uids[field["UID"]] = true
		step := field["STATUS"] + " " + field["DTSTART"]
		if before, known := files[field["SEQUENCE"]]; known && (before != step || !strings.Contains(m.Text, "↻")) {
			return fmt.Sprintf("two calendar files have the sequence %s: %s, and then %s", field["SEQUENCE"], before, step)
		}
		files[field["SEQUENCE"]] = step
	}
	if len(files) != c.Visit.Sequence || len(uids) > 1 {
		return fmt.Sprintf("there are calendar files %v of %d, want %d of one", files, len(uids), c.Visit.Sequence)
	}
	if c.Visit.Sequence == 0 {
		return ""
	}
	last := files[fmt.Sprint(c.Visit.Sequence)]
	if at := c.Visit.At.In(clinicZone).Format("20060102T150405"); c.State == desk.Confirmed != strings.HasSuffix(last, at) || c.State != desk.Confirmed && !strings.HasPrefix(last, "CANCELLED") {
		return fmt.Sprintf("it is %s for %s, and the last calendar file says %s", c.State, at, last)
	}
	return ""
}

func (j *judgement) download(file string) string {
	get := func(address string) []byte {
		resp, err := j.telegram.Client().Get("http://telegram.preview" + address)
		if err != nil {
			j.t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != 200 {
			j.t.Fatalf("%s: %s %v", address, resp.Status, err)
		}
		return data
	}
	var got struct {
		Result struct {
			Path string `json:"file_path"`
		} `json:"result"`
	}
	if err := json.Unmarshal(get("/bot"+j.telegram.Token()+"/getFile?file_id="+url.QueryEscape(file)), &got); err != nil {
		j.t.Fatal(err)
	}
	folded := get("/file/bot" + j.telegram.Token() + "/" + got.Result.Path)
	return string(bytes.ReplaceAll(folded, []byte("\r\n "), nil))
}

// reminders: those of the hour that is confirmed are planned, and the end of somebody's hold; nothing of what is over. What has come due
// since, at midnight for one, was told.
func (j *judgement) reminders(_ *guest, c desk.Case) string {
	line := func(kind desk.NoticeKind, due time.Time) string {
		return fmt.Sprint(kind, " ", due.UTC().Truncate(time.Millisecond))
	}
	want := map[string]bool{}
	add := func(kind desk.NoticeKind, due time.Time) {
		if due.After(j.now) { // the evening before tomorrow may be over
			want[line(kind, due)] = true
		}
	}
	if c.State == desk.Confirmed {
		evening, hours := j.cal.RemindAt(c.Visit.At)
		add(desk.RemindEvening, evening)
		add(desk.RemindHours, hours)
		add(desk.VisitDay, desk.DayOf(c.Visit.At, clinicZone).At(0, clinicZone))
	}
	if c.Holder != 0 && !c.State.Over() {
		add(desk.LeaseEnds, c.LeaseUntil)
	}
	got := map[string]bool{}
	for _, n := range j.dues[c.ID] {
		if n.Due.After(j.now) {
			got[line(n.Kind, n.Due)] = true
		}
	}
	if !maps.Equal(got, want) {
		return fmt.Sprintf("planned is %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
	return ""
}
