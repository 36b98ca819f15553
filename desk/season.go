package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"skindesk/faq"
)

// What a command on a season is refused with.
var (
	ErrNotAdmin  = errors.New("not an admin of the clinic")
	ErrNoSeason  = errors.New("no special days of this name")
	ErrNotBegun  = errors.New("does not hold on that day")
	ErrNoSuchDay = errors.New("no such day")
)

// Season is a change to special days of the clinic's file, made by command because their date depends on the moon: when they
// begin and end. It holds as long as the file gives them the dates it gave when the command was sent.
type Season struct {
	Name string   `json:"name"`
	File Day      `json:"file"` // the first of the days as the file has it
	From Day      `json:"from"`
	To   Day      `json:"to"`
	By   PersonID `json:"by"`
}

// seasonsKey is where the store keeps them.
const seasonsKey = "seasons"

func readSeasons(tx Tx) ([]Season, error) {
	kept, found, err := tx.Meta(seasonsKey)
	if err != nil || !found {
		return nil, err
	}
	var seasons []Season
	if err := json.Unmarshal([]byte(kept), &seasons); err != nil {
		return nil, fmt.Errorf("read the seasons: %w", err)
	}
	return seasons, nil
}

// Seasons lists the special days that have a name, as they hold now.
func (d *Desk) Seasons(tx Tx) ([]Season, error) {
	c, err := d.Calendar(tx)
	if err != nil {
		return nil, err
	}
	var all []Season
	for i, s := range c.days {
		if s.name == "" {
			continue
		}
		file, err := ParseDay(c.clinic.SpecialDays[i].From)
		if err != nil {
			return nil, err
		}
		all = append(all, Season{Name: s.name, File: file, From: s.from, To: s.to})
	}
	return all, nil
}

// StartSeason lets special days begin on a day, by word of the moon; they last as long as in the file unless EndSeason
// ends them. The zero Day is the next one, or today in the forenoon. Only an admin may (ErrNotAdmin); a name that the
// file does not have is ErrNoSeason.
func (d *Desk) StartSeason(tx Tx, name string, on Day, by PersonID) (Season, error) {
	return d.moveSeason(tx, name, by, func(s Season, today Day, forenoon bool) (Season, error) {
		if on.IsZero() {
			on = today
			if !forenoon {
				on = today.Add(1)
			}
		}
		length := s.From.Until(s.To)
		s.From, s.To = on, on.Add(length)
		return s, nil
	})
}

// EndSeason makes a day the last of special days. The zero Day is today, or yesterday in the forenoon: the moon is announced in the
// evening. Only an admin may (ErrNotAdmin); days that have not begun by then are ErrNotBegun.
func (d *Desk) EndSeason(tx Tx, name string, last Day, by PersonID) (Season, error) {
	return d.moveSeason(tx, name, by, func(s Season, today Day, forenoon bool) (Season, error) {
		if last.IsZero() {
			last = today
			if forenoon {
				last = today.Add(-1)
			}
		}
		if last.Before(s.From) {
			return s, ErrNotBegun
		}
		s.To = last
		return s, nil
	})
}

// moveSeason changes the dates of the special days of a name; of several those that lie nearest.
func (d *Desk) moveSeason(tx Tx, name string, by PersonID, move func(s Season, today Day, forenoon bool) (Season, error)) (Season, error) {
	fail := func(err error) (Season, error) { return Season{}, fmt.Errorf("season %q: %w", name, err) }
	role, err := d.Role(tx, by)
	if err != nil {
		return fail(err)
	}
	if role != Admin {
		return fail(ErrNotAdmin)
	}
	all, err := d.Seasons(tx)
	if err != nil {
		return fail(err)
	}
	c, err := d.Calendar(tx)
	if err != nil {
		return fail(err)
	}
	now := d.now()
	today := c.Today(now)
	all = slices.DeleteFunc(all, func(s Season) bool { return faq.Normalize(s.Name) != faq.Normalize(name) })
	if len(all) == 0 {
		return fail(ErrNoSeason)
	}
	s := slices.MinFunc(all, func(a, b Season) int { return a.away(today) - b.away(today) })
	if s, err = move(s, today, now.Before(today.At(12*60, c.zone))); err != nil {
		return fail(err)
	}
	s.By = by
	return s, keepSeason(tx, s, now)
}

// away is how many days lie between a day and the season.
func (s Season) away(d Day) int { return max(d.Until(s.From), s.To.Until(d), 0) }

func keepSeason(tx Tx, s Season, now time.Time) error {
	seasons, err := readSeasons(tx)
	if err != nil {
		return err
	}
	seasons = slices.DeleteFunc(seasons, func(old Season) bool {
		return old.Name == s.Name && old.File == s.File || old.To.Until(DayOf(now, time.UTC)) > farthest
	})
	kept, err := json.Marshal(append(seasons, s))
	if err != nil {
		return err
	}
	return tx.SetMeta(seasonsKey, string(kept))
}
