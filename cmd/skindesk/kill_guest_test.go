package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"skindesk/desk"
	"skindesk/preview"
)

// guest is a patient who asks for a visit. What they do next follows from what they see, as it does with people: a screen that changes
// late or twice must not lead them astray.
type guest struct {
	*preview.Person
	i    int
	dice *rand.Rand
	days []desk.Day // to choose from
	wish wish       // as it was sent last
	next wish       // as it is being written
	plan []intent   // what they still want to do after they have asked

	eager  int    // how often they tap "send" beside the first time, all at once
	part   string // the button that they have chosen
	partOf desk.Day

	number  string          // of their case, once they were told
	changes map[int]bool    // the messages that told of one
	picked  map[string]bool // the hours that they have tapped
	doing   deed
	did     []string // for the story
	done    bool
}

// wish is what somebody asks for.
type wish struct {
	treatment, label string
	day              desk.Day
	part             string
	name             string
	phone            string // "": contact here only
	typed            string // the number, unless it is shared
	note             string
	female           bool
	intake           string // "Yes", "No" or "Skip"
}

// intent is something to do once the request stands like that.
type intent struct {
	do   string // change or cancel
	when string // sent or confirmed
}

// plans are what guests do after they have asked.
var plans = [][]intent{
	nil, nil, {{"change", "sent"}}, {{"change", "confirmed"}}, {{"cancel", "sent"}}, {{"cancel", "confirmed"}},
	{{"change", "sent"}, {"change", "confirmed"}}, {{"change", "confirmed"}, {"cancel", "confirmed"}},
}

// deed is what somebody has done last, and on which screen.
type deed struct {
	screen    string
	first, at time.Time
	tap       *preview.Tapped
}

// next is what is done after a deed.
func (d deed) next(screen string, now time.Time, tap *preview.Tapped) deed {
	if d.screen != screen || d.first.IsZero() {
		d.first = now
	}
	return deed{screen, d.first, now, tap}
}

// waits tells whether there is nothing to do but wait for what follows. A tap is repeated when nothing changes though it was answered, for
// what was tapped may have been out of date, and when no answer comes for long; words are not.
func (d deed) waits(screen string, now time.Time) (bool, error) {
	if d.screen != screen {
		return false, nil
	}
	if now.Sub(d.first) > bookPatience {
		return true, fmt.Errorf("nothing has followed from what was done on %q", screen)
	}
	if d.tap != nil {
		_, _, answered := d.tap.Answer()
		since := now.Sub(d.at)
		return !(answered && since > 2*time.Second || since > 8*time.Second), nil
	}
	return true, nil
}

func newGuest(telegram *preview.Server, i int, dice *rand.Rand, days []desk.Day) *guest {
	own := fmt.Sprintf("+92301000%04d", i)
	name := "Guest" + strings.Repeat(string(rune('a'+i%26)), 1+i/26)
	g := &guest{
		Person: telegram.Person(name, preview.WithPhone(own)), i: i, dice: dice, days: days, picked: map[string]bool{}, changes: map[int]bool{}, plan: plans[dice.IntN(len(plans))],
	}
	g.next = wish{day: g.someDay(), name: name, female: dice.IntN(3) == 0, intake: []string{"Yes", "No", "Skip"}[dice.IntN(3)]}
	switch dice.IntN(3) {
	case 0:
		g.next.treatment, g.next.label = "micro-needling", "Micro-needling"
	case 1:
		g.next.treatment, g.next.label = "consultation", "Consultation"
	default:
		g.next.label = "Not sure"
	}
	switch dice.IntN(3) {
	case 0:
		g.next.phone = own
	case 1:
		g.next.typed = fmt.Sprintf("0333 111%04d", i)
		g.next.phone = fmt.Sprintf("+92333111%04d", i)
	}
	if dice.IntN(2) == 0 {
		g.next.name = "Noor " + name
	}
	if dice.IntN(2) == 0 {
		g.next.note = fmt.Sprintf("door %d please", i)
	}
	return g
}

// clinicZone is where the scripts' clinic is.
var clinicZone, _ = time.LoadLocation("Asia/Karachi") // compiled in

// someDay is another day than the one that was asked for last.
func (g *guest) someDay() desk.Day {
	for {
		if d := g.days[g.dice.IntN(len(g.days))]; d != g.wish.day {
			return d
		}
	}
}

// openDays are days of the scripts' clinic so far ahead that no reminder of a visit is due soon.
func openDays(from time.Time) (days []desk.Day) {
	for n := range 12 {
		d := desk.DayOf(from, clinicZone).Add(3 + n)
		if eid := d.Year == 2000 && (d.Day == 7 || d.Day == 8); !eid && d.Weekday() != time.Sunday {
			days = append(days, d)
		}
	}
	return days
}

// look has the guest look at the chat and do what comes next.
func (g *guest) look(now time.Time) error {
	if len(g.did) == 0 {
		g.Say("/book")
		g.act("", now, "says /book", nil)
		return nil
	}
	ms := slices.DeleteFunc(g.Messages(), func(m preview.Message) bool { return !m.FromBot })
	g.hear(ms)
	m, kind := screenOf(ms)
	screen := strings.TrimPrefix(body(m), "↻ ") // nobody answers a second time what has only come twice
	if g.done = kind == "over" || kind == "confirmed" && len(g.plan) == 0; g.done || kind == "sent" && !g.wants("sent") {
		return nil
	}
	wait, err := g.doing.waits(screen, now)
	switch {
	case wait || err != nil:
		return err
	case kind == "form":
		return g.fill(m, screen, now)
	case kind == "sure":
		return g.tapAny(m, screen, now, "Yes, cancel it")
	case g.wants("sent") && kind != "":
		return g.tapAny(m, screen, now, map[string][]string{"change": {"Change", "Suggest another day", "Need another time"}, "cancel": {"Cancel request", "Cancel the visit"}}[g.plan[0].do]...)
	case kind == "confirmed":
		return g.tapAny(m, screen, now, map[string][]string{"change": {"Need another time"}, "cancel": {"Cancel the visit"}}[g.plan[0].do]...)
	case kind == "offered":
		return g.choose(m, screen, now)
	}
	return nil
}

// wants tells whether the guest wants something as long as the request stands like that.
func (g *guest) wants(when string) bool { return len(g.plan) > 0 && g.plan[0].when == when }

// screens are what a patient's chat can show, newest first: the kind of what it is by words of it.
var screens = []struct{ words, kind string }{
	{"Request received – not confirmed yet", "sent"}, {"Change received – not confirmed yet", "sent"}, {": requested – not confirmed yet", "sent"},
	{"I have told the team that none of the times fits", "sent"},
	{"Which one suits you?", "offered"}, {"Which of these suits you instead?", "offered"}, {"please choose a time – not confirmed yet", "offered"},
	{"Your visit is confirmed", "confirmed"}, {"Your visit has a new time", "confirmed"}, {": confirmed for ", "confirmed"},
	{"Shall I cancel #", "sure"},
	{"cannot offer the visit", "over"}, {"could not take this request", "over"}, {"is cancelled", "over"},
}

// screenOf returns the message that a patient has to deal with, and what kind it is.
func screenOf(ms []preview.Message) (preview.Message, string) {
	for _, m := range slices.Backward(ms) {
		if strings.Contains(m.Text, "– not sent yet") {
			if len(m.Buttons) > 0 {
				return m, "form"
			}
			continue // given up
		}
		for _, s := range screens {
			if strings.Contains(m.Text, s.words) {
				return m, s.kind
			}
		}
	}
	return preview.Message{}, ""
}

var caseNumber = regexp.MustCompile(`#(\d+)`)

// hear takes in what the guest was told: the number of the case, and that a change has arrived. The message that said so may say by now how
// the request stands.
func (g *guest) hear(ms []preview.Message) {
	for _, m := range ms {
		_, kind := screenOf([]preview.Message{m})
		n := caseNumber.FindStringSubmatch(m.Text)
		switch {
		case g.number == "" && n != nil && kind != "" && kind != "form":
			g.number, g.wish = n[1], g.next
			g.did = append(g.did, "is told #"+g.number)
		case strings.Contains(m.Text, "Change received – not confirmed yet") && !g.changes[m.ID]:
			g.changes[m.ID] = true
			g.wish, g.plan = g.next, g.plan[min(1, len(g.plan)):] // hours that are offered at that moment may have led to one change more
			g.did = append(g.did, "is told of the change")
		}
	}
}

// fill answers the question that the form asks.
func (g *guest) fill(m preview.Message, screen string, now time.Time) error {
	asks := func(words string) bool { return strings.Contains(m.Text, words) }
	if g.number != "" && g.next.day == g.wish.day {
		g.next.day = g.someDay() // of the change that has been begun
	}
	switch {
	case asks("What would you like to come for?"):
		return g.tap(m, screen, now, g.next.label)
	case asks("Which day would suit you?"):
		return g.answerDay(m, screen, now)
	case asks("Which part of the day"):
		return g.choosePart(m, screen, now)
	case asks("Under which name"):
		if g.next.name == g.Name() {
			return g.tap(m, screen, now, g.next.name)
		}
		return g.say(g.next.name, screen, now)
	case asks("How can the team reach you?"):
		return g.answerPhone(m, screen, now)
	case asks("Is there anything the team should know"):
		return g.answerNote(m, screen, now)
	case asks("Before you come"):
		return g.tap(m, screen, now, g.next.intake)
	case asks("Please look it over") && g.number != "":
		if !asks("Day: " + dayWords(g.next.day)) {
			return g.tap(m, screen, now, "✏️ Day")
		}
		return g.tap(m, screen, now, "Send the change")
	case asks("Please look it over"):
		return g.send(m, screen, now)
	}
	return nil
}

// send sends the request; who is eager taps many times at once.
func (g *guest) send(m preview.Message, screen string, now time.Time) error {
	var all sync.WaitGroup
	for range g.eager {
		all.Go(func() { _, _ = g.TapMessage(m, "Send request") })
	}
	defer all.Wait()
	return g.tap(m, screen, now, "Send request")
}

func (g *guest) answerDay(m preview.Message, screen string, now time.Time) error {
	d := g.next.day
	label := fmt.Sprint(d.Weekday(), " ", d.Day)
	if button(m, label) && g.dice.IntN(2) == 0 {
		return g.tap(m, screen, now, label)
	}
	return g.say(fmt.Sprintf("%d/%d", d.Day, d.Month), screen, now)
}

// dayParts are the parts of a day by what their buttons begin with.
var dayParts = map[string]string{
	"Morning": desk.Morning, "Afternoon": desk.Afternoon, "Evening": desk.Evening, "Before the prayer": desk.BeforePrayer, "After the prayer": desk.AfterPrayer, "Any time": "",
}

func (g *guest) choosePart(m preview.Message, screen string, now time.Time) error {
	var labels, ids []string
	for _, b := range buttons(m) {
		begin, _, _ := strings.Cut(b, ",")
		if id, known := dayParts[begin]; known {
			labels, ids = append(labels, b), append(ids, id)
		}
	}
	if len(labels) == 0 {
		return errors.New("no part of the day can be chosen")
	}
	i := slices.Index(labels, g.part)
	if i < 0 || g.partOf != g.next.day { // else it is tapped once more
		i = g.dice.IntN(len(labels))
	}
	g.part, g.partOf, g.next.part = labels[i], g.next.day, ids[i]
	return g.tap(m, screen, now, labels[i])
}

func (g *guest) answerPhone(m preview.Message, screen string, now time.Time) error {
	switch {
	case g.next.typed != "":
		return g.say(g.next.typed, screen, now)
	case g.next.phone == "":
		return g.tap(m, screen, now, "Contact me here only")
	}
	if _, err := g.Tap("Share my number"); err != nil {
		return nil // the keyboard is not there yet
	}
	g.act(screen, now, "shares the number", nil)
	return nil
}

func (g *guest) answerNote(m preview.Message, screen string, now time.Time) error {
	switch {
	case g.next.female && !button(m, "✅ Prefer a female staff member"):
		return g.tap(m, screen, now, "Prefer a female staff member")
	case g.next.note != "":
		return g.say(g.next.note, screen, now)
	}
	return g.tap(m, screen, now, "Skip")
}

// choose picks one of the hours offered, sometimes two at once, or says that none fits.
func (g *guest) choose(m preview.Message, screen string, now time.Time) error {
	if g.dice.IntN(6) == 0 && button(m, "None of these fits") {
		return g.tap(m, screen, now, "None of these fits")
	}
	hours := slices.DeleteFunc(buttons(m), func(b string) bool { return !strings.Contains(b, ":") })
	if len(hours) == 0 {
		return nil // they have just been taken away
	}
	for range 1 + g.dice.IntN(2) {
		hour := hours[g.dice.IntN(len(hours))]
		g.picked[hour] = true
		if err := g.tapOnce(m, screen, now, hour); err != nil {
			return err
		}
	}
	return nil
}

// tapAny taps the first of the buttons that is there; none of them may be there for a moment.
func (g *guest) tapAny(m preview.Message, screen string, now time.Time, labels ...string) error {
	for _, l := range labels {
		if button(m, l) {
			return g.tap(m, screen, now, l)
		}
	}
	return nil
}

// tap taps a button, often twice, as people do when nothing happens at once.
func (g *guest) tap(m preview.Message, screen string, now time.Time, label string) error {
	if err := g.tapOnce(m, screen, now, label); err != nil || g.dice.IntN(3) > 0 {
		return err
	}
	return g.tapOnce(m, screen, now, label)
}

func (g *guest) tapOnce(m preview.Message, screen string, now time.Time, label string) error {
	tap, err := g.TapMessage(m, label)
	if err != nil && !button(m, label) {
		return err
	}
	if err != nil {
		return nil // it has changed while the guest was looking
	}
	g.act(screen, now, "taps "+label, &tap)
	return nil
}

func (g *guest) say(text, screen string, now time.Time) error {
	g.Say(text)
	g.act(screen, now, "says "+text, nil)
	return nil
}

func (g *guest) act(screen string, now time.Time, what string, tap *preview.Tapped) {
	g.doing = g.doing.next(screen, now, tap)
	g.did = append(g.did, what)
}

func (g *guest) story() string {
	return fmt.Sprintf("%s (case %q, still to do %v) %s and now sees\n%s", g.Name(), g.number, g.plan, strings.Join(g.did[max(0, len(g.did)-60):], ", "), tell(g.Person))
}

// buttons lists the labels under a message.
func buttons(m preview.Message) (labels []string) {
	for _, row := range m.Buttons {
		for _, b := range row {
			labels = append(labels, b.Text)
		}
	}
	return labels
}

func button(m preview.Message, label string) bool { return slices.Contains(buttons(m), label) }

// dayWords is how a day is written.
func dayWords(d desk.Day) string { return fmt.Sprint(d.Weekday(), " ", d.Day, " ", d.Month) }

// hourWords is how an instant is written in the clinic's time.
func hourWords(at time.Time) string {
	return dayWords(desk.DayOf(at, clinicZone)) + ", " + at.In(clinicZone).Format("3:04 pm")
}
