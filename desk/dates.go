package desk

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Why a day cannot be asked for.
var (
	ErrNoDay     = errors.New("names no day")
	ErrDayPassed = errors.New("the day has passed")
	ErrDayClosed = errors.New("the clinic is closed that day")
	ErrDayTooFar = errors.New("the day is too far ahead")
	ErrDayOver   = errors.New("there is no time left on that day")
)

// Reading is what somebody means who has typed a day.
type Reading struct {
	Days   []Day  // one: this day. Several: any of them may be meant, the patient has to say which
	Unsure bool   // even a single day may not be what is meant
	Any    bool   // no particular day
	Part   string // of the day, if they said so
	Hour   bool   // they named an hour, of which Part is only the part of the day
	Month  Day    // the first of the month they spoke of: a number typed next is a day of it
	Rest   int    // words that have nothing to do with a day
	Err    error  // why there is no day to go on with: one of the errors above, or ErrNoSuchDay
	Bad    Day    // the day that Err is about
	Why    string // for ErrDayClosed: the special days' name
	Near   []Day  // the nearest days that can be asked for instead
}

// ReadDay reads a day that a patient has typed in English, Roman Urdu or Urdu: a date with the day first, a day of the week,
// a word such as "kal" (which here always lies in the future). month is the Month of the reading before, or zero.
func (c *Calendar) ReadDay(text string, now time.Time, month Day) Reading {
	r := c.reader(text, now, month)
	reading := Reading{Part: r.part, Hour: r.clock, Rest: r.rest, Month: r.kept, Unsure: r.unsure}
	switch days := r.meant(c); {
	case len(days) > 0:
		c.weigh(&reading, days, now)
	case r.err != nil:
		reading.Err, reading.Bad = r.err, r.bad
	case r.any:
		reading.Any = true
	default:
		reading.Err = ErrNoDay
	}
	return reading
}

// ReadDate reads a date wherever it lies; of several that may be meant, the first. ErrNoDay or ErrNoSuchDay: there is none.
func (c *Calendar) ReadDate(text string, now time.Time) (Day, error) {
	r := c.reader(text, now, Day{})
	switch days := r.meant(c); {
	case len(days) > 0:
		return days[0], nil
	case r.err != nil:
		return Day{}, r.err
	}
	return Day{}, ErrNoDay
}

// reader has read a text.
func (c *Calendar) reader(text string, now time.Time, month Day) *dayReader {
	r := &dayReader{today: c.Today(now), ahead: c.DaysAhead(), month: month, words: dayWords(text)}
	for len(r.words) > 0 {
		n := min(max(r.next(), 1), len(r.words))
		r.last, r.words = r.words[n-1], r.words[n:]
	}
	return r
}

// weigh keeps the days that can be asked for. If none can, the reading says why the first cannot.
func (c *Calendar) weigh(r *Reading, days []Day, now time.Time) {
	for _, d := range days {
		if c.MayAsk(d, now) == nil && len(r.Days) < 7 {
			r.Days = append(r.Days, d)
		}
	}
	if len(r.Days) > 0 {
		return
	}
	r.Bad, r.Err = days[0], c.MayAsk(days[0], now)
	switch r.Err {
	case ErrDayClosed:
		r.Why, _ = c.Closed(r.Bad)
		r.Near = c.near(r.Bad, now)
	case ErrDayOver:
		r.Near = c.near(r.Bad, now)
	case ErrDayPassed:
		r.Month = Day{Year: r.Bad.Year, Month: r.Bad.Month, Day: 1}
	}
}

// MayAsk tells whether a visit can be asked for on a day; if not, the error says why.
func (c *Calendar) MayAsk(d Day, now time.Time) error {
	today := c.Today(now)
	switch _, closed := c.Closed(d); {
	case d.Before(today):
		return ErrDayPassed
	case today.Until(d) > c.DaysAhead():
		return ErrDayTooFar
	case closed:
		return ErrDayClosed
	case len(c.Windows(d, now)) == 0:
		return ErrDayOver
	}
	return nil
}

// near lists the last day before and the next two after d that can be asked for.
func (c *Calendar) near(d Day, now time.Time) []Day {
	var days []Day
	for b := d.Add(-1); d.Until(b) > -7 && !b.Before(c.Today(now)); b = b.Add(-1) {
		if c.MayAsk(b, now) == nil {
			days = append(days, b)
			break
		}
	}
	return append(days, c.DaysFrom(d.Add(1), now, 3-len(days))...)
}

var dayWord = regexp.MustCompile(`\d{1,2}:\d{2}|\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?|\d+|[\p{L}\p{M}']+`)

// dayWords splits a text into words and numbers, alike in all scripts.
func dayWords(text string) []string {
	const most = 60 // words in which somebody names a day
	return dayWord.FindAllString(foldWord(text), most)
}

// dayReader goes through the words from left to right.
type dayReader struct {
	today Day
	ahead int
	month Day
	words []string
	last  string // the word read before

	days     []Day // dates that were named, each once
	weekdays []weekdayMeant
	week     int // 1: this week, 2: the next
	part     string
	clock    bool // an hour was named
	unsure   bool
	any      bool
	rest     int
	kept     Day
	err      error
	bad      Day
}

type weekdayMeant struct {
	day  time.Weekday
	next bool // "next Friday"
	this bool
}

// at is the n-th word from here, or "".
func (r *dayReader) at(n int) string {
	if n < len(r.words) {
		return r.words[n]
	}
	return ""
}

// next reads what stands at the front and returns how many words it took.
func (r *dayReader) next() int {
	w := r.words[0]
	switch {
	case strings.Contains(w, ":"):
		n, _ := strconv.Atoi(w[:strings.Index(w, ":")])
		r.hour(n, r.at(1))
		return 1
	case strings.ContainsAny(w, "/.-"):
		r.numeric(w)
		return 1
	case w[0] >= '0' && w[0] <= '9':
		return r.number()
	}
	if n, ok := r.counted(w); ok {
		return n
	}
	if n, ok := nearDays[w]; ok {
		r.add(r.today.Add(n))
		return 1
	}
	if w == "day" && r.at(1) == "after" && nearDays[r.at(2)] == 1 {
		r.add(r.today.Add(2))
		return 3
	}
	if n := r.ofWeek(w); n > 0 {
		return n
	}
	if n := r.monthFirst(w); n > 0 {
		return n
	}
	r.other(w)
	return 1
}

// other reads a word that names no day by itself.
func (r *dayReader) other(w string) {
	if p, ok := partWords[w]; ok {
		r.part = p
		return
	}
	switch {
	case prayer[w] && !wordIsWeekday(w) && (before[r.last] || before[r.at(1)] || before[r.at(2)]):
		r.part = BeforePrayer
	case prayer[w] && !wordIsWeekday(w):
		r.part = AfterPrayer
	case before[w]:
		if r.part == AfterPrayer {
			r.part = BeforePrayer
		}
	case anyWords[w]:
		r.any = true
	case fillers[w], laterWords[w], thisWords[w], nextWords[w], dayUnit[w], clockWords[w]:
	case r.fuzzy(w):
	default:
		r.rest++
	}
}

func wordIsWeekday(w string) bool { _, ok := weekdayWords[w]; return ok }

// fuzzy takes a word that is nearly one we know.
func (r *dayReader) fuzzy(w string) bool {
	if n, ok := nearWord(nearDays, w); ok {
		r.add(r.today.Add(n))
		return true
	}
	if d, ok := nearWord(weekdayWords, w); ok {
		r.weekdays = append(r.weekdays, weekdayMeant{day: d})
		return true
	}
	return false
}

func (r *dayReader) add(d Day) {
	if !slices.Contains(r.days, d) {
		r.days = append(r.days, d)
	}
}

// refuse notes why a date is none, unless another was named.
func (r *dayReader) refuse(err error, d Day) {
	if r.err == nil {
		r.err, r.bad = err, d
	}
}

// counted reads "in two days", "3 din baad", "a week later", with the number as a word.
func (r *dayReader) counted(w string) (int, bool) {
	n, ok := numberWords[w]
	if !ok {
		return 0, false
	}
	return r.later(n)
}

// later reads what follows a count: days or weeks from now.
func (r *dayReader) later(n int) (int, bool) {
	unit := r.at(1)
	taken := 2
	switch {
	case laterWords[r.at(2)]:
		taken = 3
	case laterWords[r.at(3)]:
		taken = 4
	case r.last != "in" && r.last != "within" && !laterWords[r.last]:
		return 0, false
	}
	switch {
	case dayUnit[unit]:
		r.add(r.today.Add(min(n, 1000)))
	case weekWords[unit]:
		r.add(r.today.Add(7 * min(n, 100)))
	case monthUnit[unit]:
		d := r.today
		d.Month += time.Month(min(n, 24))
		r.add(DayOf(d.noon(), time.UTC))
	default:
		return 0, false
	}
	return taken, true
}

// number reads a number in digits: a time of day, a count of days, or a day of a month.
func (r *dayReader) number() int {
	w := r.words[0]
	n, err := strconv.Atoi(w)
	if err != nil {
		r.rest++
		return 1
	}
	if clockWords[r.at(1)] || r.at(1) == "o" {
		r.hour(n, r.at(1))
		return 2
	}
	if taken, ok := r.later(n); ok {
		return taken
	}
	i := 1
	for slices.Contains([]string{"st", "nd", "rd", "th", "of", "the", "tareekh", "tarikh"}, r.at(i)) || r.at(i) == foldWord("تاریخ") {
		i++
	}
	if m, ok := monthWords[r.at(i)]; ok {
		return i + 1 + r.dayOf(n, m, i+1)
	}
	if m, ok := monthWords[r.at(i+2)]; ok && joins[r.at(i)] && n <= 31 { // "5 or 6 December"
		r.date(0, int(m), n)
		return i + 1
	}
	if n >= 1 && n <= 31 {
		r.bare(n)
		return i
	}
	if n >= 32 && n <= 99 {
		r.refuse(ErrNoSuchDay, Day{})
		return i
	}
	r.rest++
	return 1
}

var joins = wordSet("or ya and aur se to یا اور سے")

// hour takes the part of the day from an hour. Without am or pm the hours from one to seven are those after noon.
func (r *dayReader) hour(n int, unit string) {
	r.clock = true
	if n < 8 && unit != "am" || unit == "pm" && n < 12 {
		n += 12
	}
	switch {
	case n < 12:
		r.part = Morning
	case n < 17:
		r.part = Afternoon
	case n <= 24:
		r.part = Evening
	}
}

// monthFirst reads "Dec 25", or a month alone.
func (r *dayReader) monthFirst(w string) int {
	m, ok := monthWords[w]
	if !ok {
		if m, ok = nearWord(monthWords, w); !ok {
			return 0
		}
	}
	if n, err := strconv.Atoi(r.at(1)); err == nil && n >= 1 && n <= 99 {
		i := 2
		if slices.Contains([]string{"st", "nd", "rd", "th"}, r.at(2)) {
			i = 3
		}
		return i + r.dayOf(n, m, i)
	}
	if fillers[w] { // "may I come"
		return 1
	}
	r.kept = Day{Year: r.yearOf(m, 28), Month: m, Day: 1}
	return 1
}

// dayOf notes a day of a month; a year may stand at position i. It returns how many words the year took.
func (r *dayReader) dayOf(n int, m time.Month, i int) int {
	y, err := strconv.Atoi(r.at(i))
	if short := r.today.Year % 100; err == nil && (y == short || y == short+1) {
		y += r.today.Year - short
	}
	if err == nil && y >= 2000 && y <= 2999 {
		r.date(y, int(m), n)
		return 1
	}
	r.date(0, int(m), n)
	return 0
}

// yearOf is the year in which a day of a month that was named without one comes next, or has just passed.
func (r *dayReader) yearOf(m time.Month, day int) int {
	next := Day{r.today.Year, m, day}
	if next.Before(r.today) {
		next.Year++
	}
	last := Day{next.Year - 1, m, day}
	if away := r.today.Until(next); away <= r.ahead || away < last.Until(r.today) {
		return next.Year
	}
	return last.Year
}

// date notes a date; the year 0 is the one in which it comes next.
func (r *dayReader) date(year, month, day int) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		r.refuse(ErrNoSuchDay, Day{})
		return
	}
	if year == 0 {
		year = r.yearOf(time.Month(month), day)
	}
	d := Day{year, time.Month(month), day}
	if !d.Exists() {
		r.kept = Day{Year: year, Month: d.Month, Day: 1}
		r.refuse(ErrNoSuchDay, d)
		return
	}
	r.add(d)
}

// numeric reads a date in digits, the day first; the year may stand in front if it has four digits.
func (r *dayReader) numeric(w string) {
	fields := strings.FieldsFunc(w, func(c rune) bool { return strings.ContainsRune("/.-", c) })
	n := make([]int, 3)
	for i, f := range fields {
		n[i], _ = strconv.Atoi(f) // the expression lets only digits in
	}
	switch {
	case len(fields[0]) == 4 && len(fields) == 3:
		r.date(n[0], n[1], n[2])
		return
	case len(fields[0]) > 2:
		r.refuse(ErrNoSuchDay, Day{})
		return
	case len(fields) == 3 && n[2] < 100:
		n[2] += 2000
	}
	if n[1] > 12 && n[0] <= 12 { // 12/25 can only be the month first
		n[0], n[1] = n[1], n[0]
	}
	r.date(n[2], n[1], n[0])
	if swapped := (Day{r.today.Year, time.Month(n[0]), n[1]}); n[2] == 0 && n[0] <= 12 && n[0] != n[1] && len(r.days) > 0 {
		r.swapped(swapped)
	}
}

// swapped takes a date with the month first where with the day first it would lie out of reach: the patient has to say so.
func (r *dayReader) swapped(d Day) {
	d.Year = r.yearOf(d.Month, d.Day)
	reach := func(d Day) bool { return !d.Before(r.today) && r.today.Until(d) <= r.ahead }
	if last := len(r.days) - 1; !reach(r.days[last]) && reach(d) && d.Exists() {
		r.days[last], r.unsure = d, true
	}
}

// bare notes a number that is a day of the month spoken of, else of this month or of the next that has it to come.
func (r *dayReader) bare(n int) {
	if !r.month.IsZero() {
		r.date(r.month.Year, int(r.month.Month), n)
		return
	}
	first := Day{r.today.Year, r.today.Month, 1}
	for range 3 {
		d := Day{first.Year, first.Month, n}
		if d.Exists() && !d.Before(r.today) {
			r.add(d)
			return
		}
		first = Day{first.Year, first.Month, 28}.Add(7)
	}
}

// ofWeek reads days of the week, this week and the next, and returns how many words that took.
func (r *dayReader) ofWeek(w string) int {
	switch next, this := nextWords[w], thisWords[w]; {
	case (next || this) && weekWords[r.at(1)]:
		if urduWeek[r.at(1)] && (r.at(2) == "ko" || r.at(2) == foldWord("کو")) { // "on Saturday", not "in the week"
			r.weekdays = append(r.weekdays, weekdayMeant{day: time.Saturday, next: next, this: this})
			return 2
		}
		r.week = 1
		if next {
			r.week = 2
		}
		return 2
	case next && monthUnit[r.at(1)]:
		first := Day{r.today.Year, r.today.Month, 28}.Add(7)
		first.Day = 1
		r.kept = Day{Year: first.Year, Month: first.Month, Day: 1}
		for n := range 14 {
			r.add(first.Add(n))
		}
		return 2
	case next || this:
		i := 1
		if wale[r.at(1)] { // "aane wale jumme"
			i = 2
		}
		if d, ok := weekdayWords[r.at(i)]; ok {
			r.weekdays = append(r.weekdays, weekdayMeant{day: d, next: next, this: this})
			return i + 1
		}
		return 0
	case weekend[w]:
		r.weekdays = append(r.weekdays, weekdayMeant{day: time.Saturday}, weekdayMeant{day: time.Sunday})
		return 1
	case urduWeek[w]:
		r.weekdays = append(r.weekdays, weekdayMeant{day: time.Saturday})
		return 1
	}
	d, ok := weekdayWords[w]
	if !ok {
		return 0
	}
	if d == time.Friday && prayer[w] && (laterWords[r.at(1)] || laterWords[r.at(2)] || before[r.at(1)] || before[r.at(2)]) {
		r.part = AfterPrayer // "jumma ke baad" is after the prayer
		if before[r.at(1)] || before[r.at(2)] {
			r.part = BeforePrayer
		}
	}
	r.weekdays = append(r.weekdays, weekdayMeant{day: d})
	return 1
}

var wale = wordSet("wale wala wali waale والے والا والی")

// meant puts together what was read: the days that can be meant, the likeliest first where they are not simply in order.
func (r *dayReader) meant(c *Calendar) []Day {
	days := slices.Clone(r.days)
	monday := r.today.Add(-(int(r.today.Weekday()) + 6) % 7)
	if r.week > 0 {
		monday = monday.Add(7 * (r.week - 1))
	}
	for _, w := range r.weekdays {
		for _, d := range r.weekdayDays(w, monday) {
			if !r.names(days, w.day) && !slices.Contains(days, d) {
				days = append(days, d)
			}
		}
	}
	if r.week > 0 && len(r.weekdays) == 0 && len(r.days) == 0 {
		for n := range 7 {
			if d := monday.Add(n); !d.Before(r.today) {
				days = append(days, d)
			}
		}
	}
	return days
}

// names tells whether one of the dates that were named falls on the weekday: "Friday, 27 Nov" is one day.
func (r *dayReader) names(days []Day, w time.Weekday) bool {
	return len(r.days) > 0 && slices.ContainsFunc(r.days, func(d Day) bool { return d.Weekday() == w })
}

// weekdayDays are the days that somebody may mean by a day of the week. On that very day it may be today or in a week; "next
// Friday" may be the coming one or that of the next week.
func (r *dayReader) weekdayDays(w weekdayMeant, monday Day) []Day {
	if r.week > 0 {
		return []Day{monday.Add((int(w.day) + 6) % 7)}
	}
	away := (int(w.day) - int(r.today.Weekday()) + 7) % 7
	coming := r.today.Add(away)
	switch {
	case w.this:
		return []Day{coming}
	case w.next && away == 0:
		return []Day{coming.Add(7)}
	case w.next:
		inNext := monday.Add(7 + (int(w.day)+6)%7)
		if inNext == coming {
			return []Day{coming}
		}
		return []Day{coming, inNext}
	case away == 0:
		return []Day{coming, coming.Add(7)}
	}
	return []Day{coming}
}
