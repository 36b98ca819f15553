package desk

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Today is Wednesday, 25 November 2026.
func TestTypedDays(t *testing.T) {
	c := calendar(t, week())
	now := at(t, c, "2026-11-25 15:00")
	for text, want := range map[string]string{
		"today": "25 Nov", "aaj": "25 Nov", "آج": "25 Nov",
		"tomorrow": "26 Nov", "kal": "26 Nov", "کل": "26 Nov", "tommorow pls": "26 Nov", "tomorow": "26 Nov", "can i come tomorrow?": "26 Nov",
		"parson": "27 Nov", "پرسوں": "27 Nov", "day after tomorrow": "27 Nov", "parson aana chahti hun": "27 Nov",
		"25/12": "closed Quaid Day 24 Dec 26 Dec 28 Dec", "24/12": "24 Dec", "24-12-2026": "24 Dec", "24.12.26": "24 Dec", "2026-12-24": "24 Dec", "24 Dec": "24 Dec",
		"24 دسمبر": "24 Dec", "۲۴ دسمبر": "24 Dec", "٢٤/١٢": "24 Dec", "Dec 24": "24 Dec", "24th of december 2026": "24 Dec", "december 24th": "24 Dec", "24 disambar": "24 Dec",
		"24 decembar": "24 Dec", "12/24": "24 Dec",
		"28": "28 Nov", "28 ko": "28 Nov", "28th": "28 Nov", "28 tareekh": "28 Nov", "۲۸ تاریخ": "28 Nov", "3": "3 Dec", "31": "31 Dec", "on the 28th please": "28 Nov",
		"1/12": "1 Dec", "12/1": "12 Jan", "5 jan": "5 Jan", "5/12 or 7/12": "5 Dec 7 Dec", "3 ya 5 december": "3 Dec 5 Dec",
		"12/5":   "unsure 5 Dec", // 12 May is too far
		"monday": "30 Nov", "peer": "30 Nov", "پیر کو": "30 Nov", "somwar": "30 Nov", "munday": "30 Nov",
		"thrusday": "26 Nov", "jumerat": "26 Nov", "جمعرات": "26 Nov", "jumma": "27 Nov", "جمعہ": "27 Nov", "juma ko": "27 Nov", "friday": "27 Nov", "is jummay": "27 Nov", "Frieday": "27 Nov",
		"hafta": "28 Nov", "hafte ko": "28 Nov", "ہفتے کو": "28 Nov", "saturday morning": "28 Nov morning", "hafte ki shaam": "28 Nov evening", "saterday": "28 Nov",
		"itwar": "closed  28 Nov 30 Nov 1 Dec", "sunday": "closed  28 Nov 30 Nov 1 Dec",
		"wednesday": "25 Nov 2 Dec", "budh": "25 Nov 2 Dec", "next wednesday": "2 Dec", "wensday": "25 Nov 2 Dec",
		"next monday": "30 Nov", "agle peer": "30 Nov", "next friday": "27 Nov 4 Dec", "agle jumma": "27 Nov 4 Dec", "اگلے جمعہ": "27 Nov 4 Dec", "coming friday": "27 Nov", "aane wale jumme": "27 Nov",
		"agle hafte peer": "30 Nov", "friday next week": "4 Dec", "next week friday": "4 Dec",
		"is hafte": "25 Nov 26 Nov 27 Nov 28 Nov", "this week": "25 Nov 26 Nov 27 Nov 28 Nov",
		"agle hafte": "30 Nov 1 Dec 2 Dec 3 Dec 4 Dec 5 Dec", "اگلے ہفتے": "30 Nov 1 Dec 2 Dec 3 Dec 4 Dec 5 Dec", "agle hafte ko": "28 Nov 5 Dec",
		"weekend": "28 Nov", "in 3 days": "28 Nov", "3 din baad": "28 Nov", "teen din baad": "28 Nov", "3 دن بعد": "28 Nov", "ek hafte baad": "2 Dec", "after a week": "2 Dec", "do hafte ke baad": "9 Dec",
		"friday 27 nov": "27 Nov", "27 november friday": "27 Nov", "friday 28 nov": "28 Nov 27 Nov",
		"kal 5 baje": "26 Nov evening", "tomorrow at 11am": "26 Nov morning", "28 nov 15:30": "28 Nov afternoon", "kal 3 pm": "26 Nov afternoon", "کل صبح": "26 Nov morning",
		"jumma ke baad": "27 Nov after-prayer", "friday after the prayer": "27 Nov after-prayer", "friday before prayer": "27 Nov before-prayer",
		"any day": "any", "koi bhi din": "any", "کوئی بھی دن": "any", "as soon as possible asap": "any", "any day in the morning": "any morning",
		"24/11": "passed Nov", "20 november": "passed Nov", "1/1/2020": "passed Jan", "yesterday": "no day", "next month": "1 Dec 2 Dec 3 Dec 4 Dec 5 Dec 7 Dec 8 Dec",
		"31/02": "no such day", "30 feb": "no such day", "45/12": "no such day", "13/13": "no such day", "75": "no such day",
		"25 march": "too far", "25/12/2027": "too far", "december": "no day Dec", "دسمبر": "no day Dec",
		"does it hurt": "no day", "": "no day", "?": "no day", "may i come": "no day", "123456": "no day", "what do you charge": "no day",
	} {
		if got := readAs(c, text, now, Day{}); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := readAs(c, "28", now, Day{Year: 2026, Month: time.December}); got != "28 Dec" {
		t.Errorf("28 of the month spoken of: %q", got)
	}
	if got := readAs(c, "31", now, Day{Year: 2026, Month: time.November}); got != "no such day" {
		t.Errorf("31 November: %q", got)
	}
}

// readAs is a reading as a line.
func readAs(c *Calendar, text string, now time.Time, month Day) string {
	r := c.ReadDay(text, now, month)
	var out []string
	if r.Unsure {
		out = append(out, "unsure")
	}
	name := map[error]string{ErrNoDay: "no day", ErrNoSuchDay: "no such day", ErrDayPassed: "passed", ErrDayClosed: "closed " + r.Why, ErrDayTooFar: "too far", ErrDayOver: "over"}
	if r.Err != nil {
		out = append(out, name[r.Err])
	}
	if r.Any {
		out = append(out, "any")
	}
	for _, d := range append(slices.Clone(r.Days), r.Near...) {
		out = append(out, d.noon().Format("2 Jan"))
	}
	if r.Err != nil && !r.Month.IsZero() && r.Err != ErrNoSuchDay {
		out = append(out, r.Month.Month.String()[:3])
	}
	if r.Part != "" {
		out = append(out, r.Part)
	}
	return strings.Join(out, " ")
}

func TestWordsThatAreNoDay(t *testing.T) {
	c := calendar(t, week())
	now := at(t, c, "2026-11-25 15:00")
	for text, want := range map[string]int{
		"tomorrow please": 0, "kal aa sakti hun": 0, "make it saturday": 0, "mujhe peer ko aana hai": 0,
		"does it hurt on monday": 2, "is the doctor there on monday": 1, "my skin peels since monday and hurts": 4,
	} {
		if got := c.ReadDay(text, now, Day{}); got.Rest < want || want == 0 && got.Rest > 0 || len(got.Days) == 0 {
			t.Errorf("%q: %d other words, days %v; want %d", text, got.Rest, got.Days, want)
		}
	}
}

func TestADayOfWhichNothingIsLeft(t *testing.T) {
	c := calendar(t, week())
	late := at(t, c, "2026-11-25 18:00")
	if got := readAs(c, "aaj", late, Day{}); got != "over 26 Nov 27 Nov 28 Nov" {
		t.Errorf("today, too late: %q", got)
	}
	if got := readAs(c, "wednesday", late, Day{}); got != "2 Dec" {
		t.Errorf("the weekday of today, too late: %q", got)
	}
	if got := readAs(c, "5 jan", at(t, c, "2026-12-20 12:00"), Day{}); got != "5 Jan" {
		t.Errorf("over the new year: %q", got)
	}
}

// Whatever is typed: no panic, and what is offered can be asked for.
func FuzzReadDay(f *testing.F) {
	for _, s := range []string{"kal", "25/12", "25 دسمبر", "next monday", "agle hafte ko", "3 din baad", "99/99/9999", "12:99", "0000-00-00", "9999-12-31", "1000000 din baad", "friday or monday or 5 6 7"} {
		f.Add(s, uint16(0))
	}
	f.Fuzz(func(t *testing.T, text string, hours uint16) {
		c := calendar(t, week())
		now := time.Date(2026, 1, 1, int(hours), 0, 0, 0, time.UTC)
		r := c.ReadDay(text, now, Day{})
		if len(r.Days) > 7 || (len(r.Days) > 0 || r.Any) != (r.Err == nil) || r.Any && len(r.Days) > 0 {
			t.Errorf("%q: %+v", text, r)
		}
		for _, d := range append(r.Days, r.Near...) {
			if err := c.MayAsk(d, now); err != nil {
				t.Errorf("%q offers %v: %v", text, d, err)
			}
		}
	})
}
