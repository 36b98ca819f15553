package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"skindesk/preview"
	"skindesk/store"
)

// Forty patients book at once, each in words of their own, and tap "send" many times at the same moment, while Telegram delivers each tap
// twice and keeps its limits. Each gets one number, and nobody's words stand on anybody else's card. The group is not written to more
// often than it takes. Then two of the team take each case at the same moment, first from joined messages, and over and over: always one
// has it and a card of its own, and the other is told who. At last everybody is answered, and record, card and last word agree.
func TestFortyBookAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("forty people do a lot")
	}
	inThrong(t, 40, func(c *throng) {
		c.telegram.Faults().Limits(true)
		lift := c.telegram.Faults().Add(preview.Fault{Kind: preview.TapTwice})
		for _, g := range c.guests {
			g.plan, g.eager = nil, 4
		}
		c.bookAll()
		lift()
		c.eachIsShown()
		for range 2 {
			c.takeAll()
			c.handAllBack()
		}
		c.team.atOnce = 1
		c.until("the team has answered everybody", func() bool { return c.look() })
		c.w.settle(3 * time.Minute)
		c.ownWordsOnly()
		if err := c.w.running.store.View(t.Context(), func(tx *store.Tx) error {
			return c.agree(tx, c.w.index.FAQ().Clinic, c.telegram.Calls(), c.w.clock.Now())
		}); err != nil {
			t.Fatal(err)
		}
		c.keepsToLimits()
	})
}

// throng is the people of the kill test in the world of the scripts, where time is free.
type throng struct {
	*town
	w *world
}

func inThrong(t *testing.T, patients int, play func(*throng)) {
	kept := t.TempDir()
	ix, err := scriptIndex(kept)
	if err != nil {
		t.Fatal(err)
	}
	indexer := newIndexer(kept)
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
		close(indexer.orders)
	})
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w, err := newWorld(&bubble{T: t}, ix, indexer, folder)
		if err != nil {
			t.Fatal(err)
		}
		defer w.end()
		c := &throng{w: w, town: &town{t: t, telegram: w.telegram, team: &deskTeam{dice: rand.New(rand.NewPCG(1, 2)), cards: map[string]*cardStory{}}}}
		for _, name := range []string{"sana", "omar"} {
			c.team.members = append(c.team.members, w.people[name].In(w.team))
		}
		for i := range patients {
			c.guests = append(c.guests, newGuest(w.telegram, i, rand.New(rand.NewPCG(1, uint64(100+i))), openDays(time.Now())))
		}
		play(c)
	})
}

// until lets time pass until something is so.
func (c *throng) until(what string, so func() bool) {
	c.t.Helper()
	for range 600 {
		if so() {
			return
		}
		c.w.settle(500 * time.Millisecond)
	}
	c.explain()
	c.t.Fatalf("it never comes: %s", what)
}

// bookAll has everybody send their request, and the group get all of them.
func (c *throng) bookAll() {
	c.t.Helper()
	c.until("everybody has sent", func() bool {
		waiting := 0
		for _, g := range c.guests {
			if err := g.look(time.Now()); err != nil {
				c.t.Fatalf("%s: %v\n%s", g.Name(), err, g.story())
			}
			if g.number == "" {
				waiting++
			}
		}
		return waiting == 0
	})
	c.w.settle(3 * time.Minute)
}

// eachIsShown: the group has every case once, on a card of its own or as a line of a joined message, with its own name and day.
func (c *throng) eachIsShown() {
	c.t.Helper()
	joined := 0
	shown := map[string][]string{}
	for _, m := range c.team.members[0].Messages() {
		if n := cardHead.FindStringSubmatch(m.Text); n != nil {
			shown[n[1]] = append(shown[n[1]], m.Text)
		}
		if !strings.Contains(m.Text, "new cases at once") {
			continue
		}
		joined++
		for _, line := range strings.Split(m.Text, "\n") {
			if n := caseNumber.FindStringSubmatch(line); n != nil {
				shown[n[1]] = append(shown[n[1]], line)
			}
		}
	}
	for _, g := range c.guests {
		if all := shown[g.number]; len(all) != 1 || !strings.Contains(all[0], g.wish.name+" ·") || !strings.Contains(all[0], dayWords(g.wish.day)) {
			c.t.Errorf("%s (#%s, %s) is shown as %q", g.Name(), g.number, dayWords(g.wish.day), all)
		}
	}
	if joined == 0 || len(shown) != len(c.guests) {
		c.t.Errorf("%d joined messages, %d cases of %d patients", joined, len(shown), len(c.guests))
	}
}

// ownWordsOnly: every case has a card of its own by now, and nobody else's words are on it.
func (c *throng) ownWordsOnly() {
	c.t.Helper()
	cards := newestCards(c.team.members[0].Messages())
	if len(cards) != len(c.guests) {
		c.t.Errorf("there are %d cards for %d patients", len(cards), len(c.guests))
	}
	for _, g := range c.guests {
		text := cards[g.number].Text
		for _, o := range c.guests {
			foreign := []string{"From: " + o.wish.name + " ·", "Note: " + o.wish.note}
			if o == g || o.wish.note == "" {
				foreign = foreign[:1]
			}
			if o != g && slices.ContainsFunc(foreign, func(words string) bool { return strings.Contains(text, words) }) {
				c.t.Errorf("%s's card has words of %s: %q", g.Name(), o.Name(), text)
			}
		}
	}
}

// keepsToLimits: Telegram has refused nothing as too much, and the group got at most twenty messages in any minute.
func (c *throng) keepsToLimits() {
	c.t.Helper()
	var sent []time.Time
	for _, call := range c.telegram.Calls() {
		if call.Status == 429 {
			c.t.Errorf("%s to %d was too much", call.Method, call.Chat)
		}
		if call.Chat == c.w.team.ID() && strings.HasPrefix(call.Method, "send") {
			sent = append(sent, call.At)
		}
	}
	for i := 20; i < len(sent); i++ {
		if d := sent[i].Sub(sent[i-20]); d < time.Minute {
			c.t.Errorf("the group got 21 messages in %v", d)
		}
	}
}

// takeAll has everybody of the team tap "take" of every case at once, and looks at what each is told.
func (c *throng) takeAll() {
	c.t.Helper()
	ms := c.team.members[0].Messages()
	cards := newestCards(ms)
	taps := make([][]preview.Tapped, len(c.guests))
	var all sync.WaitGroup
	for i, g := range c.guests {
		m, label := cards[g.number], "Take"
		if m.ID == 0 {
			label += " #" + g.number
			m = ms[slices.IndexFunc(ms, func(m preview.Message) bool { return button(m, label) })]
		}
		taps[i] = make([]preview.Tapped, len(c.team.members))
		for k, p := range c.team.members {
			all.Go(func() {
				var err error
				if taps[i][k], err = p.TapMessage(m, label); err != nil {
					c.t.Errorf("#%s: %v", g.number, err)
				}
			})
		}
	}
	all.Wait()
	c.w.settle(3 * time.Minute)
	cards = newestCards(c.team.members[0].Messages())
	for i, g := range c.guests {
		var winner string
		var told []string
		for k, p := range c.team.members {
			text, _, _ := taps[i][k].Answer()
			if told = append(told, text); text == fmt.Sprintf("#%s is yours.", g.number) {
				winner = p.Name()
			}
		}
		slices.Sort(told)
		want := []string{fmt.Sprintf("#%s is yours.", g.number), fmt.Sprintf("#%s was taken by %s, just now.", g.number, winner)}
		if holder := holderOf.FindStringSubmatch(cards[g.number].Text); !slices.Equal(told, want) || holder == nil || holder[1] != winner {
			c.t.Errorf("#%s: the taps were answered %q, and the card says %q", g.number, told, cards[g.number].Text)
		}
	}
}

// handAllBack frees every case again.
func (c *throng) handAllBack() {
	c.t.Helper()
	for number, m := range newestCards(c.team.members[0].Messages()) {
		for _, p := range c.team.members {
			if !strings.Contains(m.Text, "👤 "+p.Name()) {
				continue
			}
			if _, err := p.TapMessage(m, "Hand back"); err != nil {
				c.t.Errorf("#%s: %v", number, err)
			}
		}
	}
	c.w.settle(time.Minute)
	for number, m := range newestCards(c.team.members[0].Messages()) {
		if !button(m, "Take") {
			c.t.Errorf("#%s is not free: %q", number, m.Text)
		}
	}
}
