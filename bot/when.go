package bot

import (
	"strconv"
	"strings"
	"time"

	"skindesk/desk"
)

// How times are said: people of the clinic's town think in twelve hours and the part of the day.

// day says a date with its weekday: "Tuesday 24 November".
func (w *words) day(d desk.Day) string {
	return nth(w.Weekdays, int(d.Weekday())) + " " + strconv.Itoa(d.Day) + " " + nth(w.Months, int(d.Month)-1)
}

// clock says a time of day: "3:00 pm".
func (w *words) clock(t time.Time, zone *time.Location) string { return w.hour(w.Clock, t.In(zone)) }

// shortClock says it where there is little room.
func (w *words) shortClock(t time.Time, zone *time.Location) string {
	return w.hour(w.ClockShort, t.In(zone))
}

func (w *words) hour(how string, t time.Time) string {
	part := 3 // night
	switch h := t.Hour(); {
	case h >= 5 && h < 12:
		part = 0
	case h >= 12 && h < 16:
		part = 1
	case h >= 16 && h < 20:
		part = 2
	}
	if t.Hour() < 5 {
		part = 4 // after midnight
	}
	return strings.NewReplacer("{time}", t.Format("3:04"), "{part}", nth(w.DayParts, part)).Replace(how)
}

// when says an instant in clinic time: "Tuesday 24 November, 3:00 pm".
func (w *words) when(t time.Time, zone *time.Location) string {
	return w.day(desk.DayOf(t, zone)) + w.Comma + w.clock(t, zone)
}

// ago says how long something is ago, roughly.
func (w *words) ago(d time.Duration) string {
	switch minutes := int(d.Minutes()); {
	case minutes < 1:
		return w.JustNow
	case minutes < 60:
		return fill(w.MinutesAgo, "n", strconv.Itoa(minutes))
	case minutes < 48*60:
		return fill(w.HoursAgo, "n", strconv.Itoa(minutes/60))
	default:
		return fill(w.DaysAgo, "n", strconv.Itoa(minutes/60/24))
	}
}

// nth returns a word of a list that has spaces between.
func nth(list string, n int) string {
	if all := strings.Fields(list); n >= 0 && n < len(all) {
		return all[n]
	}
	return ""
}
