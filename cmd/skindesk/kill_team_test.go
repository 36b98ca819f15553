package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"skindesk/preview"
)

// deskTeam is the people of the clinic's group, who deal with every card they see.
type deskTeam struct {
	members []*preview.Person // in the group
	dice    *rand.Rand
	cards   map[string]*cardStory // by the case's number
	atOnce  int                   // how many cards they act on at one look; 0: on all
	acted   int
}

// cardStory is what the team has done with one card.
type cardStory struct {
	doing     deed
	plan      string          // how to answer
	handed    bool            // back once
	confirmed map[string]bool // the hours that were tapped to confirm
	did       []string
}

var (
	cardHead  = regexp.MustCompile(`(?m)^📅 Visit (?:requested )?#(\d+)$`)
	takeLabel = regexp.MustCompile(`^Take #(\d+)$`)
	hourLabel = regexp.MustCompile(`^\d+:\d\d [ap]m$`)
	dayLabel  = regexp.MustCompile(`^\w+day \d+ \w+$`)
	whichDay  = regexp.MustCompile(`(\w+day \d+ \w+): confirm which time\?`)
	holderOf  = regexp.MustCompile(`👤 (\w+) has it`)
)

// newestCards returns the newest message of the group that is each case's card, by number.
func newestCards(ms []preview.Message) map[string]preview.Message {
	cards := map[string]preview.Message{}
	for _, m := range ms {
		if n := cardHead.FindStringSubmatch(m.Text); m.FromBot && n != nil {
			cards[n[1]] = m
		}
	}
	return cards
}

// look has the team look at the group and do what comes next.
func (d *deskTeam) look(now time.Time) error {
	ms := d.members[0].Messages()
	cards := newestCards(ms)
	d.acted = 0
	for _, m := range ms {
		for _, label := range buttons(m) { // of a joined message
			if n := takeLabel.FindStringSubmatch(label); n != nil && cards[n[1]].ID == 0 {
				if err := d.act(n[1], m, label, now, d.some()...); err != nil {
					return err
				}
			}
		}
	}
	for _, number := range slices.Sorted(maps.Keys(cards)) {
		if err := d.deal(number, cards[number], now); err != nil {
			return err
		}
	}
	return nil
}

// some are one or two of the team who tap at the same time.
func (d *deskTeam) some() []*preview.Person {
	order := d.dice.Perm(len(d.members))
	some := []*preview.Person{d.members[order[0]]}
	if d.dice.IntN(2) == 0 {
		some = append(some, d.members[order[1]])
	}
	return some
}

func (d *deskTeam) of(number string) *cardStory {
	c := d.cards[number]
	if c == nil {
		c = &cardStory{confirmed: map[string]bool{}}
		d.cards[number] = c
	}
	return c
}

// deal does what a card asks for.
func (d *deskTeam) deal(number string, m preview.Message, now time.Time) error {
	c, labels := d.of(number), buttons(m)
	has := func(label string) bool { return slices.Contains(labels, label) }
	like := func(r *regexp.Regexp) (all []string) {
		return slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return !r.MatchString(l) })
	}
	if has("Take") && !strings.Contains(m.Text, "Confirmed:") {
		c.plan = ""
		return d.act(number, m, "Take", now, d.some()...)
	}
	holder := holderOf.FindStringSubmatch(m.Text)
	if holder == nil || !strings.Contains(m.Text, "⏳ Requested, not answered yet") {
		c.plan = "" // the next time it asks for something, it is decided anew
		return nil
	}
	who := d.members[slices.IndexFunc(d.members, func(p *preview.Person) bool { return p.Name() == holder[1] })]
	tap := func(label string) error { return d.act(number, m, label, now, who) }
	days, hours := like(dayLabel), like(hourLabel)
	switch {
	case strings.Contains(m.Text, "confirm which time?") && len(hours) > 0:
		hour := hours[d.dice.IntN(len(hours))]
		c.confirmed[whichDay.FindStringSubmatch(m.Text)[1]+", "+hour] = true
		return tap(hour)
	case strings.Contains(m.Text, "No time is left"):
		c.plan = "Propose times"
		return tap("◀ Back")
	case has("Send to the patient") && (len(days) == 0 || d.dice.IntN(3) > 0):
		return tap("Send to the patient")
	case len(hours) > 0:
		return tap(hours[d.dice.IntN(len(hours))])
	case len(days) > 1: // the first may be today, with hours that are over before they can be chosen
		return tap(days[1+d.dice.IntN(len(days)-1)])
	case strings.Contains(m.Text, "Why?"):
		return tap(labels[0])
	case c.plan == "":
		c.plan = answers[d.dice.IntN(len(answers))]
		if c.plan == "Hand back" && c.handed {
			c.plan = "Confirm as asked"
		}
	}
	if !has(c.plan) {
		return nil // the card has not its own buttons just now
	}
	c.handed = c.handed || c.plan == "Hand back"
	return tap(c.plan)
}

// answers are what the team does with a request, most often what is most usual.
var answers = []string{
	"Confirm as asked", "Confirm as asked", "Confirm as asked", "Confirm as asked", "Propose times", "Propose times", "Propose times", "Propose times", "Decline", "Hand back",
}

// act has some of the team tap a button, unless what follows from the last tap is still awaited.
func (d *deskTeam) act(number string, m preview.Message, label string, now time.Time, who ...*preview.Person) error {
	c, screen := d.of(number), fmt.Sprint(m.ID, " ", body(m))
	if wait, err := c.doing.waits(screen, now); wait || err != nil {
		if err != nil {
			err = fmt.Errorf("#%s: %w", number, err)
		}
		return err
	}
	if d.acted++; d.atOnce > 0 && d.acted > d.atOnce {
		return nil
	}
	for _, p := range who {
		tap, err := p.TapMessage(m, label)
		if err != nil {
			return nil // it has changed while they were looking
		}
		c.doing = c.doing.next(screen, now, &tap)
		c.did = append(c.did, p.Name()+" taps "+label)
	}
	return nil
}

func (d *deskTeam) story() string {
	var b strings.Builder
	for _, number := range slices.Sorted(maps.Keys(d.cards)) {
		fmt.Fprintf(&b, "#%s: %s\n", number, strings.Join(d.cards[number].did, ", "))
	}
	return "the team did\n" + b.String() + "and now sees\n" + tell(d.members[0])
}
