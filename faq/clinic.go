package faq

// Clinic is what the clinic has said about itself. As long as Example is true the data is only an illustration:
// nothing of it is stated or promised to patients.
type Clinic struct {
	Name        string        `json:"name"`
	City        Text          `json:"city"`     // said beside the clinic's time; empty: nothing is
	Timezone    string        `json:"timezone"` // IANA name
	Languages   []Language    `json:"languages"`
	Example     bool          `json:"example"`
	Contact     Contact       `json:"contact"`
	Hours       Week          `json:"hours"`
	SpecialDays []SpecialDays `json:"special_days"`
	Booking     BookingRules  `json:"booking"`
	Visit       Visit         `json:"visit"`
	Reminders   ReminderRules `json:"reminders"`
	OnCall      []int64       `json:"on_call"` // Telegram user ids of staff to alert outside opening hours
}

// Contact is how the clinic is reached. Empty values are unknown, and nothing is said of them.
type Contact struct {
	Phone           string `json:"phone"`
	EmergencyNumber string `json:"emergency_number"`
	Address         string `json:"address"`
	MapURL          string `json:"map_url"`
}

// Week holds the opening hours by weekday ("mon" to "sun"), each a list of "15:04-15:04" in clinic time. A weekday that is
// absent or empty is closed.
type Week map[string][]string

// Weekdays are the keys of a Week, Sunday first, as time.Weekday counts.
var Weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// SpecialDays replaces the week's hours from a date to a date, both included (YYYY-MM-DD in clinic time).
type SpecialDays struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Name  string `json:"name"`
	Hours Week   `json:"hours"`
}

// BookingRules says what can be booked and how far ahead.
type BookingRules struct {
	Treatments         []Treatment `json:"treatments"`
	DaysAhead          int         `json:"days_ahead"`
	NoticeMinutes      int         `json:"notice_minutes"`
	ChangeLimitMinutes int         `json:"change_limit_minutes"`
	FemaleStaff        bool        `json:"female_staff"` // a patient may ask to be treated by a woman
}

// Treatment is something a visit can be requested for.
type Treatment struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
}

// Visit is what a patient is told about coming.
type Visit struct {
	Bring   Text `json:"bring"`
	Minutes int  `json:"minutes"` // how long it takes; 0: nothing is said of it
}

// ReminderRules says when a patient may be reminded: times of day as "15:04", quiet hours as "22:00-08:00".
type ReminderRules struct {
	EveningAt   string `json:"evening_at"`
	HoursBefore int    `json:"hours_before"`
	Quiet       string `json:"quiet"`
}

// complete sets what holds where the file says nothing. v is the clinic's value, or nil.
func (c *Clinic) complete(v *value) {
	for _, d := range []struct {
		in, name string
		is       *int
		value    int
	}{
		{"booking", "days_ahead", &c.Booking.DaysAhead, 60},
		{"booking", "notice_minutes", &c.Booking.NoticeMinutes, 120},
		{"booking", "change_limit_minutes", &c.Booking.ChangeLimitMinutes, 240},
		{"reminders", "hours_before", &c.Reminders.HoursBefore, 3},
	} {
		if v == nil || v.child(d.in) == nil || v.child(d.in).child(d.name) == nil {
			*d.is = d.value
		}
	}
	if c.Reminders.EveningAt == "" {
		c.Reminders.EveningAt = "19:00"
	}
	if c.Reminders.Quiet == "" {
		c.Reminders.Quiet = "22:00-08:00"
	}
}
