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
func (p *parser) checkClinic(c *Clinic) {
	v := p.root.find("clinic")
	if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" || c.Timezone == "Local" {
		p.fault(v.find("timezone").at, fmt.Sprintf("%q is no time zone", c.Timezone), `write it as "Asia/Karachi"`)
	}
	for i, l := range c.Languages {
		if !slices.Contains(Languages, l) {
			p.fault(v.find("languages", i).at, fmt.Sprintf("unknown language %q", l), `the languages are "en", "ur-Latn" (Roman Urdu) and "ur"`)
		}
	}
	p.checkWeek(v.find("hours"), c.Hours)
	for i, d := range c.SpecialDays {
		p.checkSpecial(v.find("special_days", i), d)
	}
	ids(p, v.find("booking"), "treatments", c.Booking.Treatments, func(t Treatment) string { return t.ID })
	for i, t := range c.Booking.Treatments {
		p.checkText(v.find("booking", "treatments", i, "name"), t.Name, "name", MaxTitle)
	}
	p.checkRanges(v, c)
	p.checkContact(v.find("contact"), c.Contact)
	if c.Example {
		p.warn(v.find("example").at, "the clinic's data is an example: the bot states no hours, promises no time and names no phone", `set the clinic's own data, then "example": false`)
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
		{[]any{"reminders", "hours_before"}, c.Reminders.HoursBefore, 1, 48},
	} {
		at := v.find(n.path...)
		if _, number := at.scalar.(json.Number); number && (n.is < n.from || n.is > n.to) {
			p.fault(at.at, fmt.Sprintf("%d is outside %d to %d", n.is, n.from, n.to), "")
		}
	}
	if s := c.Reminders.EveningAt; s != "" {
		if _, err := time.Parse("15:04", s); err != nil {
			p.fault(v.find("reminders", "evening_at").at, fmt.Sprintf("%q is no time of day", s), `write it as "19:00"`)
		}
	}
	if s := c.Reminders.Quiet; s != "" {
		if _, _, err := Span(s); err != nil {
			p.fault(v.find("reminders", "quiet").at, err.Error(), `write it as "22:00-08:00"`)
		}
	}
	for i, id := range c.OnCall {
		if id <= 0 {
			p.fault(v.find("on_call", i).at, fmt.Sprintf("%d is no user id", id), "a Telegram user id is a positive number")
		}
	}
}

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
		return 0, 0, fmt.Errorf("%q is no span of hours", s)
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

func (p *parser) checkWeek(v *value, w Week) {
	for day, spans := range w {
		at := v.find(day)
		if !slices.Contains(Weekdays, day) {
			p.fault(at.at, fmt.Sprintf("unknown weekday %q", day), "the weekdays are mon tue wed thu fri sat sun")
			continue
		}
		last := -1
		for i, s := range spans {
			from, to, err := Span(s)
			switch {
			case err != nil || to < from:
				p.fault(at.find(i).at, fmt.Sprintf("%q is no span of hours within a day", s), `write it as "11:00-20:00"`)
			case from <= last:
				p.fault(at.find(i).at, fmt.Sprintf("%q begins before the span before it has ended", s), "order the spans of a day, with a pause between them")
			}
			last = max(last, to)
		}
	}
}

func (p *parser) checkSpecial(v *value, d SpecialDays) {
	from, to := p.date(v.find("from"), d.From), p.date(v.find("to"), d.To)
	switch {
	case d.From == "" || d.To == "":
		p.fault(v.at, `special days need "from" and "to"`, "for a single day both are the same date")
	case to.Before(from):
		p.fault(v.find("to").at, "the last day lies before the first", "")
	}
	p.checkWeek(v.find("hours"), d.Hours)
}

func (p *parser) checkContact(v *value, c Contact) {
	for key, number := range map[string]string{"phone": c.Phone, "emergency_number": c.EmergencyNumber} {
		odd := strings.ContainsFunc(number, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune("+ -()", r) })
		if number != "" && (odd || !strings.ContainsFunc(number, unicode.IsDigit)) {
			p.fault(v.find(key).at, fmt.Sprintf("%q is no phone number", number), "digits, spaces and a leading + only")
		}
	}
	if c.MapURL == "" {
		return
	}
	if u, err := url.Parse(c.MapURL); err != nil || u.Scheme != "https" || u.Host == "" {
		p.fault(v.find("map_url").at, fmt.Sprintf("%q is no link", c.MapURL), "it begins with https://")
	}
}
