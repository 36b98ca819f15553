package bot

import (
	"errors"
	"fmt"
	"strings"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/store"
)

// season begins or ends special days by an admin's command: "/season start Ramadan", "/season end Ramadan 9/3".
func (t *turn) season(payload string) error {
	role, err := t.desk.Role(t.tx, t.person.ID)
	if err != nil {
		return err
	}
	if role != desk.Admin {
		t.say(t.w.SeasonNotAdmin)
		return nil
	}
	fields := strings.Fields(payload)
	if len(fields) < 2 || fields[0] != "start" && fields[0] != "end" {
		return t.seasonHelp("")
	}
	name, on, err := t.seasonDay(fields[1:])
	if err != nil {
		t.say(t.w.SeasonBadDay)
		return nil
	}
	move := t.desk.StartSeason
	if fields[0] == "end" {
		move = t.desk.EndSeason
	}
	s, err := move(t.tx, name, on, t.person.ID)
	switch {
	case errors.Is(err, desk.ErrNoSeason):
		return t.seasonHelp(fill(t.w.SeasonUnknown, "name", name))
	case errors.Is(err, desk.ErrNotBegun):
		t.say(fill(t.w.SeasonNotBegun, "name", name))
		return nil
	case err != nil:
		return err
	}
	t.say(fill(t.w.SeasonSet, "name", s.Name, "from", t.w.day(s.From), "to", t.w.day(s.To)))
	t.tellTeamOfSeason(s)
	return nil
}

// seasonDay splits what follows the verb into the name and, if its last word is one, a date.
func (t *turn) seasonDay(fields []string) (name string, on desk.Day, err error) {
	name = strings.Join(fields, " ")
	last := fields[len(fields)-1]
	if len(fields) < 2 || !strings.ContainsAny(last, "0123456789") {
		return name, desk.Day{}, nil
	}
	if on, err = desk.ParseDay(last); err != nil {
		cal, cerr := t.desk.Calendar(t.tx)
		if cerr != nil {
			return name, on, cerr
		}
		if on, err = cal.ReadDate(last, t.now); err != nil {
			return name, on, err
		}
	}
	return strings.Join(fields[:len(fields)-1], " "), on, nil
}

// seasonHelp tells how the command is written, and which special days there are.
func (t *turn) seasonHelp(first string) error {
	all, err := t.desk.Seasons(t.tx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		t.say(t.w.SeasonNone)
		return nil
	}
	var lines []string
	for _, s := range all {
		lines = append(lines, fill(t.w.SeasonLine, "name", s.Name, "from", s.From.String(), "to", s.To.String()))
	}
	t.say(join(first, strings.ReplaceAll(t.w.SeasonHelp, "{names}", strings.Join(lines, "\n"))))
	return nil
}

// tellTeamOfSeason puts word of it into the team's group.
func (t *turn) tellTeamOfSeason(s desk.Season) {
	w := t.words[t.teamLanguage()]
	t.queue(t.staffChat(), "sendMessage", &telegram.SendMessageParams{
		ChatID: t.staffChat(), ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview(),
		Text: fill(w.SeasonTeam, "name", s.Name, "from", w.day(s.From), "to", w.day(s.To)),
	}, store.Outbound{Lane: store.LaneNotice, Purpose: purpose{what: toPatient}.String(), Object: fmt.Sprintf("season/%s", s.File)})
}
