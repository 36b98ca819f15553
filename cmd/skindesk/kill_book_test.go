package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"skindesk/preview"
)

// How long people wait, not counting the time in which the program starts: on a busy machine that alone takes longer than anybody waits.
const (
	bookPatience = time.Minute // for what follows from something that somebody has done
	bookDeadline = 4 * time.Minute
	bookStart    = 2 * time.Minute // of the program, to its first call
)

// TestKilledAtRandomItBooksEachRequestOnce has patients walk through the whole form, change and cancel, and the team take, propose,
// confirm and decline, while the program is killed with SIGKILL: in the middle of a call that chance picks, or after some time, at
// its start too. Every tenth call fails, and some taps and updates come twice. When everything has been sent, each patient who has
// tapped "send" must have been told of one case, whose record, card and last word to the patient agree; no visit may be confirmed
// twice or for two hours, nothing may be said twice without the mark of a repeat, and the reminders must be those of the visits.
//
// KILL_SEED repeats what people choose and where the program is killed; how the processes meet is up to the machine.
func TestKilledAtRandomItBooksEachRequestOnce(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts the program over and over")
	}
	const patients, kills = 20, 12
	town := newTown(t, patients)
	town.line.killIn(20, town.run.kill) // nothing is killed at the first start before anybody has written
	town.run.start()
	for killed := 0; ; {
		select {
		case <-town.line.passed:
			town.awake()
		case err := <-town.run.ended:
			if err == nil || err.Error() != "signal: killed" {
				t.Fatalf("the program ended by itself: %v", err)
			}
			if killed++; killed < kills {
				town.planKill()
			}
			town.asleep()
			town.run.start()
		case <-time.After(100 * time.Millisecond):
		}
		if town.look() && killed >= kills {
			break
		}
		if town.clock().Sub(town.began) > bookDeadline || !town.up && time.Since(town.since) > bookStart {
			town.explain()
			t.Fatal("some are not done")
		}
	}
	town.drain()
	judge(town)
	t.Logf("%d patients, %d calls, %d kills, faults %v, %d repeats, %v", patients, len(town.telegram.Calls()), kills, town.telegram.Faults().Fired(), town.repeats(),
		time.Since(town.began).Round(time.Millisecond))
}

// town is the program, the people around it, and what keeps it from working.
type town struct {
	t        *testing.T
	dice     *rand.Rand
	telegram *preview.Server
	line     *killingLine
	run      *programRun
	team     *deskTeam
	guests   []*guest
	lifts    []func() // of the faults

	began  time.Time
	up     bool          // the program has called since it was started
	since  time.Time     // it is up, or not
	served time.Duration // how long it was up before
}

// clock is the time as people feel it: it stands still while the program starts.
func (w *town) clock() time.Time {
	now := w.began.Add(w.served)
	if w.up {
		now = now.Add(time.Since(w.since))
	}
	return now
}

func (w *town) awake() {
	if !w.up {
		w.up, w.since = true, time.Now()
	}
}

func (w *town) asleep() {
	w.served, w.up, w.since = w.clock().Sub(w.began), false, time.Now()
}

func newTown(t *testing.T, patients int) *town {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv("KILL_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("KILL_SEED=%d", seed)
	w := &town{t: t, dice: rand.New(rand.NewPCG(seed, 1)), telegram: preview.New(preview.Options{})}
	t.Cleanup(w.telegram.Close)
	w.telegram.Faults().Seed(seed)
	for _, f := range []preview.Fault{
		{Kind: preview.Refuse, Chance: 0.03}, {Kind: preview.ServerError, Chance: 0.03}, {Kind: preview.Cut, Chance: 0.03}, {Kind: preview.Half, Chance: 0.01},
		{Kind: preview.TooMany, Chance: 0.003}, {Kind: preview.Twice, Chance: 0.05}, {Kind: preview.TapTwice, Chance: 0.1},
	} {
		w.lifts = append(w.lifts, w.telegram.Faults().Add(f))
	}
	w.line = &killingLine{next: w.telegram, dice: w.dice, passed: make(chan struct{}, 1)}
	front := httptest.NewServer(w.line)
	t.Cleanup(front.Close)

	sana, bilal, omar := w.telegram.Person("Sana"), w.telegram.Person("Bilal"), w.telegram.Person("Omar")
	group := w.telegram.Supergroup("Clinic", omar, sana, bilal)
	w.team = &deskTeam{dice: rand.New(rand.NewPCG(seed, 2)), cards: map[string]*cardStory{}}
	for _, p := range []*preview.Person{sana, bilal, omar} {
		w.team.members = append(w.team.members, p.In(group))
	}
	clinic := bookFAQ(t)
	for i := range patients {
		w.guests = append(w.guests, newGuest(w.telegram, i, rand.New(rand.NewPCG(seed, uint64(100+i))), openDays(time.Now())))
	}
	w.run = newRun(t, w.telegram, front.URL, group.ID(), omar.ID(), clinic)
	w.run.env = append(w.run.env, fmt.Sprintf("STAFF_IDS=%d,%d", sana.ID(), bilal.ID()))
	w.began = time.Now()
	w.since = w.began
	return w
}

// bookFAQ is the scripts' clinic, which has set its hours, with hardly an entry: the program is started over and over.
func bookFAQ(t *testing.T) []byte {
	t.Helper()
	whole, err := os.ReadFile(scriptFAQ)
	if err != nil {
		t.Fatal(err)
	}
	var f map[string]json.RawMessage
	if err := json.Unmarshal(whole, &f); err != nil {
		t.Fatal(err)
	}
	_, small := killFAQ()
	var g map[string]json.RawMessage
	if err := json.Unmarshal(small, &g); err != nil {
		t.Fatal(err)
	}
	g["clinic"], g["intake"] = f["clinic"], f["intake"]
	file, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// planKill picks when the program that is about to be started is killed.
func (w *town) planKill() {
	if w.dice.IntN(2) == 0 {
		w.line.killIn(1+w.dice.IntN(60), w.run.kill)
		return
	}
	time.AfterFunc(time.Duration(w.dice.IntN(1500))*time.Millisecond, w.run.kill)
}

// look lets everybody look and act, and tells whether all are done.
func (w *town) look() (done bool) {
	done = true
	now := w.clock()
	for _, g := range w.guests {
		if err := g.look(now); err != nil {
			w.t.Log(w.callsTo(g.ID()))
			w.t.Fatalf("%s: %v\n%s", g.Name(), err, g.story())
		}
		done = done && g.done
	}
	if err := w.team.look(now); err != nil {
		w.explain()
		w.t.Fatalf("the team: %v", err)
	}
	return done
}

// drain waits until everything that was to be handled and sent is, and ends the program.
func (w *town) drain() {
	deadline := time.After(2 * bookPatience)
	for w.left() != "" {
		select {
		case <-time.After(200 * time.Millisecond): // a poll may last
		case err := <-w.run.ended:
			w.t.Fatalf("the program ended by itself: %v", err)
		case <-deadline:
			w.explain()
			w.t.Fatal("never done: " + w.left())
		}
	}
	w.run.kill()
	w.run.awaitDeath()
}

// repeats counts the messages that are marked as such.
func (w *town) repeats() (n int) {
	for _, p := range append(slices.Clone(w.team.members[:1]), w.people()...) {
		for _, m := range p.Messages() {
			if strings.Contains(m.Text, "↻") {
				n++
			}
		}
	}
	return n
}

func (w *town) people() (all []*preview.Person) {
	for _, g := range w.guests {
		all = append(all, g.Person)
	}
	return all
}

// explain tells the story of everybody who is not done.
func (w *town) explain() {
	for _, g := range w.guests {
		if !g.done {
			w.t.Log(g.story() + w.callsTo(g.ID()))
		}
	}
	w.t.Log(w.team.story())
}

// callsTo lists what the program has sent to a chat.
func (w *town) callsTo(chat int64) string {
	var b strings.Builder
	for _, c := range w.telegram.Calls() {
		if c.Chat == chat {
			fmt.Fprintf(&b, "  %s %s %s %q: %d %s\n", c.At.Format("05.000"), c.Method, c.Params["message_id"], firstOf(c.Params["text"]), c.Status, c.Fault)
		}
	}
	return b.String()
}

// tell is a chat as its person sees it.
func tell(p *preview.Person) string {
	var b strings.Builder
	for _, m := range p.Messages() {
		from := "  " + m.Name
		if m.FromBot {
			from = "  bot"
		}
		fmt.Fprintf(&b, "%s %d: %s\n", from, m.ID, body(m))
	}
	return b.String()
}
