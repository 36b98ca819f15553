package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
)

const (
	slot         = 30 * time.Minute // what hours are offered in
	daysOffered  = 5
	hoursShown   = 6
	exampleFrom  = 9 * 60 // of a day whose hours are not known, in minutes
	exampleTo    = 21 * 60
	mostProposed = 3
)

// choice is how far somebody is with choosing hours. It stands whole in each button, so that nothing has to be kept and a card that
// has changed since simply refuses the button.
type choice struct {
	page   int
	day    desk.Day // zero: a day is to be chosen
	chosen []time.Time
	send   bool
}

// readChoice reads what a button says; anything strange is the beginning.
func readChoice(more string) (c choice) {
	parts := strings.Split(more, "_")
	for i, p := range parts {
		n, err := strconv.ParseInt(p, 36, 64)
		switch {
		case i == 0 && p == "send":
			c.send = true
		case err != nil || n < 0:
		case i == 0:
			c.page = int(n)
		case i == 1 && n > 0:
			c.day = desk.DayOf(time.Unix(n*24*60*60, 0), time.UTC)
		case i > 1 && len(c.chosen) < mostProposed:
			c.chosen = append(c.chosen, time.Unix(n*60, 0).UTC())
		}
	}
	return c
}

// String writes a choice as readChoice reads it.
func (c choice) String() string {
	parts := []string{strconv.FormatInt(int64(c.page), 36), "0"}
	if c.send {
		parts[0] = "send"
	}
	if !c.day.IsZero() {
		parts[1] = strconv.FormatInt(c.day.At(0, time.UTC).Unix()/(24*60*60), 36)
	}
	for _, t := range c.chosen {
		parts = append(parts, strconv.FormatInt(t.Unix()/60, 36))
	}
	return strings.Join(parts, "_")
}

// proposal shows how far the choice of hours is: days, then the hours of one, until there are enough.
func (v view) proposal(c choice) (under string, k *models.InlineKeyboardMarkup) {
	under = v.w.HoursDay
	if len(c.chosen) > 0 {
		under = fill(v.w.HoursChosen, "times", v.times(c.chosen))
	}
	var rows [][]button
	last := []button{v.button(v.w.ButtonBack, doCard)}
	switch {
	case len(c.chosen) >= mostProposed:
	case c.day.IsZero():
		days := v.cal.Days(v.now, v.cal.DaysAhead()+1)
		from, more := wrap(c.page, daysOffered, len(days))
		for _, d := range days[from:min(from+daysOffered, len(days))] {
			rows = pairs(rows, button{v.w.day(d), v.on(doPropose, choice{day: d, chosen: c.chosen}.String())})
		}
		if more {
			last = append(last, button{v.w.ButtonMore, v.on(doPropose, choice{page: c.page + 1, chosen: c.chosen}.String())})
		}
	default:
		if under = fill(v.w.HoursHour, "day", v.w.day(c.day)); len(c.chosen) > 0 {
			under += "\n" + fill(v.w.HoursChosen, "times", v.times(c.chosen))
		}
		rows, last = v.hourRows(v.hours(c.day, v.now.Add(v.cal.Notice())), c, doPropose, func(t time.Time) choice {
			return choice{chosen: append(append([]time.Time{}, c.chosen...), t)}
		})
		last[0].act = v.on(doPropose, choice{chosen: c.chosen}.String())
		return under, keyboard(append(rows, last)...)
	}
	if len(c.chosen) > 0 {
		c.send = true
		rows = append(rows, []button{{v.w.ButtonProposeSend, v.on(doPropose, c.String())}})
	}
	return under, keyboard(append(rows, last)...)
}

// confirmation shows the hours within what the patient has asked for.
func (v view) confirmation(page int) (under string, k *models.InlineKeyboardMarkup) {
	visit := v.c.Visit
	var hours []time.Time
	for _, t := range v.hours(visit.Day, v.now) {
		if visit.From.IsZero() && v.partOf(t, visit.Part) || !visit.From.IsZero() && !t.Before(visit.From) && t.Before(visit.To) {
			hours = append(hours, t)
		}
	}
	if len(hours) == 0 {
		return v.w.HoursNone, keyboard([]button{v.button(v.w.ButtonBack, doCard)})
	}
	rows, last := v.hourRows(hours, choice{page: page, day: visit.Day}, doConfirm, func(t time.Time) choice {
		return choice{day: visit.Day, chosen: []time.Time{t}}
	})
	return fill(v.w.HoursConfirm, "day", v.w.day(visit.Day)), keyboard(append(rows, last)...)
}

// partOf tells whether an hour lies in a part of a day whose hours are not known.
func (v view) partOf(t time.Time, part string) bool {
	switch h := t.In(v.cal.Zone()).Hour(); part {
	case desk.Morning:
		return h < 12
	case desk.Afternoon:
		return h >= 12 && h < 17
	case desk.Evening:
		return h >= 17
	}
	return true
}

// hours lists the times of a day at which somebody can be seen, after a moment.
func (v view) hours(d desk.Day, after time.Time) (hours []time.Time) {
	spans := v.cal.Hours(d)
	if v.cal.Example() {
		spans = []desk.Span{{From: d.At(exampleFrom, v.cal.Zone()), To: d.At(exampleTo, v.cal.Zone())}}
	}
	for _, s := range spans {
		for t := s.From; t.Before(s.To); t = t.Add(slot) {
			if t.After(after) {
				hours = append(hours, t)
			}
		}
	}
	return hours
}

// hourRows lays out a page of hours, two in a row; last is the row to go back and on.
func (v view) hourRows(hours []time.Time, c choice, do verb, next func(time.Time) choice) (rows [][]button, last []button) {
	from, more := wrap(c.page, hoursShown, len(hours))
	for _, t := range hours[from:min(from+hoursShown, len(hours))] {
		rows = pairs(rows, button{v.w.shortClock(t, v.cal.Zone()), v.on(do, next(t).String())})
	}
	last = []button{v.button(v.w.ButtonBack, doCard)}
	if more {
		on := c
		on.page++
		last = append(last, button{v.w.ButtonMore, v.on(do, on.String())})
	}
	return rows, last
}

// wrap returns where a page begins; the page after the last is the first. more tells whether there is another one.
func wrap(page, size, all int) (from int, more bool) {
	pages := (all + size - 1) / size
	if pages == 0 {
		return 0, false
	}
	return page % pages * size, pages > 1
}

// pairs adds a button to rows of two.
func pairs(rows [][]button, b button) [][]button { return inRows(rows, 2, b) }
