package faq

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// checkClinic checks what the clinic says about itself: dates, hours, rules, contact.
func (p *parser) checkClinic(c *Clinic, v *value) {
	p.atMost(MaxTitle, v.find("name"), c.Name)
	for l, s := range c.City {
		p.atMost(MaxTitle, v.find("city", l), s)
	}
	if zone := v.child("timezone"); zone == nil {
		p.fault(v.at, `the "timezone" is missing`, `write "timezone": "Asia/Karachi"`)
	} else if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" || c.Timezone == "Local" {
		p.fault(zone.at, fmt.Sprintf("%s is no time zone", quote(c.Timezone)), `write it as "Asia/Karachi"`)
	}
	for i, l := range c.Languages {
		if !slices.Contains(Languages, l) {
			p.fault(v.find("languages", i).at, "unknown language "+quote(string(l)), languageHint)
		}
	}
	p.checkWeek(v.child("hours"))
	for i, d := range c.SpecialDays {
		p.checkSpecial(v.find("special_days", i), d)
	}
	p.checkTreatments(v.find("booking", "treatments"), c.Booking.Treatments)
	for l, s := range c.Visit.Bring {
		p.atMost(MaxAnswer, v.find("visit", "bring", l), s)
	}
	p.checkRanges(v, c)
	p.checkReminders(v.find("reminders"), c.Reminders)
	p.checkContact(v.find("contact"), c.Contact)
	for i, id := range c.OnCall {
		if id <= 0 {
			p.fault(v.find("on_call", i).at, fmt.Sprintf("%d is no user id", id), "a Telegram user id is a positive number")
		}
	}
	if c.Example {
		p.warn(v.find("example").at, "the clinic's data is an example: the bot states no hours, promises no time and names no phone", `set the clinic's own data, then "example": false`)
	}
}

func (p *parser) checkTreatments(v *value, treatments []Treatment) {
	seen := map[string]bool{}
	for i, t := range treatments {
		p.checkID(v.find(i), t.ID, seen)
		p.requireText(v.find(i), "name", t.Name, MaxTitle)
	}
}

func (p *parser) checkRanges(v *value, c *Clinic) {
	for _, n := range []struct {
		path     []any
		is       int
		from, to int
	}{
		{[]any{"booking", "days_ahead"}, c.Booking.DaysAhead, 1, 365},
		{[]any{"booking", "notice_minutes"}, c.Booking.NoticeMinutes, 0, 14 * 24 * 60},
		{[]any{"booking", "change_limit_minutes"}, c.Booking.ChangeLimitMinutes, 0, 14 * 24 * 60},
		{[]any{"visit", "minutes"}, c.Visit.Minutes, 0, 8 * 60},
		{[]any{"reminders", "hours_before"}, c.Reminders.HoursBefore, 1, 48},
	} {
		at := v.find(n.path...)
		if _, number := at.scalar.(json.Number); number && (n.is < n.from || n.is > n.to) {
			p.fault(at.at, fmt.Sprintf("%d is outside %d to %d", n.is, n.from, n.to), "write a number from there")
		}
	}
}

func (p *parser) checkReminders(v *value, r ReminderRules) {
	if s := r.EveningAt; s != "" {
		if _, err := time.Parse("15:04", s); err != nil {
			p.fault(v.find("evening_at").at, fmt.Sprintf("%s is no time of day", quote(s)), `write it as "19:00"`)
		}
	}
	if s := r.Quiet; s != "" {
		switch from, to, err := Span(s); {
		case err != nil:
			p.fault(v.find("quiet").at, err.Error(), `write it as "22:00-08:00"`)
		case (to-from+day)%day == 0 || (to-from+day)%day > day-60:
			p.fault(v.find("quiet").at, fmt.Sprintf("%s leaves no hour in which a patient may be written to", quote(s)), `write it as "22:00-08:00"`)
		}
	}
}

const day = 24 * 60 // minutes

// Span reads "15:04-18:30" as minutes from midnight. The end may be "24:00", and may lie before the start (over midnight).
func Span(s string) (from, to int, err error) {
	a, b, ok := strings.Cut(s, "-")
	if ok {
		from, err = minutes(a)
	}
	if ok && err == nil {
		to, err = minutes(b)
	}
	if !ok || err != nil || from == to {
		return 0, 0, fmt.Errorf("%s is no span of hours", quote(s))
	}
	return from, to, nil
}

func minutes(s string) (int, error) {
	if s == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err
}

// checkWeek checks hours by weekday; nil stands for none.
func (p *parser) checkWeek(v *value) {
	if v == nil {
		return
	}
	for _, day := range v.members {
		if !slices.Contains(Weekdays, day.key) {
			p.fault(day.at, "unknown weekday "+quote(day.key), "the weekdays are mon tue wed thu fri sat sun")
			continue
		}
		p.checkDay(day.val.items)
	}
}

func (p *parser) checkDay(spans []*value) {
	last := 0
	for _, v := range spans {
		s, _ := v.scalar.(string)
		from, to, err := Span(s)
		switch {
		case err != nil || to < from:
			p.fault(v.at, fmt.Sprintf("%s is no span of hours within a day", quote(s)), `write it as "11:00-20:00"; what goes on after midnight belongs to the next day`)
			continue
		case from < last:
			p.fault(v.at, fmt.Sprintf("%s begins before the span before it has ended", quote(s)), "order the spans of a day, none in another")
		}
		last = max(last, to)
	}
}

func (p *parser) checkSpecial(v *value, d SpecialDays) {
	from, to := p.date(v.find("from"), d.From), p.date(v.find("to"), d.To)
	switch {
	case d.From == "" || d.To == "":
		p.fault(v.at, `special days need "from" and "to"`, "for a single day both are the same date")
	case !from.IsZero() && !to.IsZero() && to.Before(from):
		p.fault(v.find("to").at, "the last day lies before the first", "correct one of the two dates")
	}
	p.atMost(MaxTitle, v.find("name"), d.Name)
	p.checkWeek(v.child("hours"))
}

func (p *parser) checkContact(v *value, c Contact) {
	for key, number := range map[string]string{"phone": c.Phone, "emergency_number": c.EmergencyNumber} {
		odd := strings.ContainsFunc(number, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune("+ -()", r) })
		if number != "" && (odd || !strings.ContainsFunc(number, unicode.IsDigit)) {
			p.fault(v.find(key).at, fmt.Sprintf("%s is no phone number", quote(number)), "digits, spaces and a leading + only")
		}
	}
	p.atMost(MaxTitle, v.find("address"), c.Address)
	if c.MapURL == "" {
		return
	}
	if u, err := url.Parse(c.MapURL); err != nil || u.Scheme != "https" || u.Host == "" {
		p.fault(v.find("map_url").at, fmt.Sprintf("%s is no link", quote(c.MapURL)), "it begins with https://")
	}
}
