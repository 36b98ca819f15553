package bot

import (
	"testing"

	"skindesk/desk"
)

func TestNextChoice(t *testing.T) {
	for more, want := range map[string]struct {
		page       int
		month, day desk.Day
	}{
		"": {page: -1}, "8": {page: -1}, "page0": {}, "page12": {page: 12}, "page-1": {page: -1}, "pagex": {page: -1},
		"in2027-07": {page: -1, month: desk.Day{Year: 2027, Month: 7, Day: 1}}, "in2027-13": {page: -1},
		"on2027-02-28": {page: -1, day: desk.Day{Year: 2027, Month: 2, Day: 28}}, "on2027-02-30": {page: -1}, "2027-02-28": {page: -1},
	} {
		if page, month, day := nextChoice(more); page != want.page || month != want.month || day != want.day {
			t.Errorf("%q: page %d, month %s, day %s, want %+v", more, page, month, day, want)
		}
	}
}
