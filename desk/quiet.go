package desk

import "time"

// Quiet tells whether t lies in the hours in which nobody is written to unasked.
func (c *Calendar) Quiet(t time.Time) bool {
	h, m, _ := t.In(c.zone).Clock()
	minute := h*60 + m
	from, to := c.quiet[0], c.quiet[1]
	if from < to {
		return minute >= from && minute < to
	}
	return minute >= from || minute < to
}

// step is how closely the ends of quiet hours are sought where a change of clocks has moved them.
const step = time.Minute

// Waking returns t, moved to the end of the quiet hours if it lies in them.
func (c *Calendar) Waking(t time.Time) time.Time {
	if !c.Quiet(t) {
		return t
	}
	d := c.Today(t)
	end := d.At(c.quiet[1], c.zone)
	if !end.After(t) {
		end = d.Add(1).At(c.quiet[1], c.zone)
	}
	for c.Quiet(end) {
		end = end.Add(step)
	}
	return end
}

// Evening returns t, moved back to the last minute before the quiet hours if it lies in them.
func (c *Calendar) Evening(t time.Time) time.Time {
	if !c.Quiet(t) {
		return t
	}
	d := c.Today(t)
	begin := d.At(c.quiet[0], c.zone)
	if begin.After(t) {
		begin = d.Add(-1).At(c.quiet[0], c.zone)
	}
	for begin = begin.Add(-step); c.Quiet(begin); {
		begin = begin.Add(-step)
	}
	return begin
}

// EveningBefore returns when a patient is reminded on the evening before a day.
func (c *Calendar) EveningBefore(d Day) time.Time {
	at := 19 * 60
	if t, err := time.Parse("15:04", c.clinic.Reminders.EveningAt); err == nil {
		at = t.Hour()*60 + t.Minute()
	}
	return d.Add(-1).At(at, c.zone)
}

// RemindBefore is how long before a visit the second reminder comes.
func (c *Calendar) RemindBefore() time.Duration {
	return time.Duration(c.clinic.Reminders.HoursBefore) * time.Hour
}

// OnCall are those of the team who are told of urgent cases at any hour.
func (c *Calendar) OnCall() []PersonID {
	var ids []PersonID
	for _, id := range c.clinic.OnCall {
		ids = append(ids, PersonID(id))
	}
	return ids
}

// Notice is how long before its beginning a visit can still be asked for.
func (c *Calendar) Notice() time.Duration {
	return time.Duration(c.clinic.Booking.NoticeMinutes) * time.Minute
}

// ChangeLimit is how long before its beginning the patient may still move or cancel a visit.
func (c *Calendar) ChangeLimit() time.Duration {
	return time.Duration(c.clinic.Booking.ChangeLimitMinutes) * time.Minute
}
