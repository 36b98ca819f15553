package bot

import (
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
)

// When a patient who came is reminded of the next visit: after some months, or on a day that is chosen like in a calendar on the wall, first
// the month and then the day. How far the choice is stands in the button.

// nextMonths are the months that are offered at once; 0: not at all.
var nextMonths = []int{6, 8, 9, 12, 0}

const (
	monthsShown = 12
	inRow       = 3
	weekDays    = 7
)

// nextChoice reads what a button says: a page of months, or a month, or a day. With none of them the page is negative.
func nextChoice(more string) (page int, month, day desk.Day) {
	page = -1
	if n, err := strconv.Atoi(strings.TrimPrefix(more, "page")); err == nil && strings.HasPrefix(more, "page") && n >= 0 {
		return n, month, day
	}
	if m, err := desk.ParseDay(strings.TrimPrefix(more, "in") + "-01"); err == nil && strings.HasPrefix(more, "in") {
		return page, m, day
	}
	if d, err := desk.ParseDay(strings.TrimPrefix(more, "on")); err == nil && strings.HasPrefix(more, "on") {
		return page, month, d
	}
	return page, month, day
}

// nextButtons offers when the patient is reminded of the next visit.
func (v view) nextButtons() *models.InlineKeyboardMarkup {
	var rows [][]button
	for _, n := range nextMonths {
		label := fill(v.w.NextMonths, "n", strconv.Itoa(n))
		if n == 0 {
			label = v.w.NextNever
		}
		rows = pairs(rows, button{label, v.on(doNext, strconv.Itoa(n))})
	}
	rows = pairs(rows, button{v.w.NextOther, v.on(doNext, "page0")})
	return keyboard(append(rows, []button{v.button(v.w.ButtonBack, doCard)})...)
}

// monthButtons offers a page of the months to come.
func (v view) monthButtons(page int) *models.InlineKeyboardMarkup {
	today := v.cal.Today(v.now)
	from, _ := wrap(page, monthsShown, desk.MostMonths)
	var rows [][]button
	for n := from; n < from+monthsShown; n++ {
		m := desk.Day{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(n)
		label := nth(v.w.Months, int(m.Month)-1) + " " + strconv.Itoa(m.Year)
		rows = inRows(rows, inRow, button{label, v.on(doNext, "in"+m.String()[:len("2006-01")])})
	}
	return keyboard(append(rows, []button{v.button(v.w.ButtonBack, doNext), {v.w.ButtonMore, v.on(doNext, "page"+strconv.Itoa(page+1))}})...)
}

// monthDays offers the days of a month that are to come.
func (v view) monthDays(month desk.Day) *models.InlineKeyboardMarkup {
	var rows [][]button
	for d := month; d.Month == month.Month; d = d.Add(1) {
		if v.cal.Today(v.now).Before(d) {
			rows = inRows(rows, weekDays, button{strconv.Itoa(d.Day), v.on(doNext, "on"+d.String())})
		}
	}
	return keyboard(append(rows, []button{{v.w.ButtonBack, v.on(doNext, "page0")}})...)
}

// inRows adds a button to rows of n.
func inRows(rows [][]button, n int, b button) [][]button {
	if last := len(rows) - 1; last >= 0 && len(rows[last]) < n {
		rows[last] = append(rows[last], b)
		return rows
	}
	return append(rows, []button{b})
}
