package bot

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skindesk/faq"
)

// clinicFAQ is the clinic's own file.
func clinicFAQ(t *testing.T) *faq.FAQ {
	t.Helper()
	data, err := os.ReadFile("../faq.json")
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := faq.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEverySentenceCanBeReadAloud(t *testing.T) {
	for _, l := range faq.Languages {
		all, err := Sentences(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if strings.ContainsAny(s.Text, "{}<>") {
				t.Errorf("%s %s: a place is left open, or a mark: %s", l, s.Name, s.Text)
			}
			if n := units(s.Text); n > 1200 {
				t.Errorf("%s %s: %d characters are more than two screens", l, s.Name, n)
			}
		}
	}
}

// What is said is said on two screens of a small phone, with at most eight buttons, and with a way on.
func TestNoSceneIsTooLongOrADeadEnd(t *testing.T) {
	f := clinicFAQ(t)
	for _, l := range faq.Languages {
		all, err := Scenes(l, f)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) < len(f.Entries)+len(scenes) {
			t.Errorf("%s: only %d messages", l, len(all))
		}
		for _, s := range all {
			if n := units(s.Text); n > 1200 {
				t.Errorf("%s, %s: %d characters are more than two screens: %s", l, s.Name, n, s.Text)
			}
			n := 0
			for _, row := range s.Buttons {
				n += len(row)
			}
			e, isEntry := f.Entry(strings.TrimPrefix(s.Name, "entry "))
			form := isEntry && (e.Kind == faq.Booking || e.Kind == faq.Human)
			if n > 8 || n == 0 && !form {
				t.Errorf("%s, %s: %d buttons under %q", l, s.Name, n, s.Text)
			}
		}
	}
}

// What the plays do not lead to, and why. Whoever reads the texts aloud reads it among the sentences.
// A name that ends with a star stands for all that begin so.
var unplayed = map[string]string{
	"sent_tell": "somebody who asked in vain wants to be told of the answer", "button_told": "likewise", "answer_added": "likewise",
	"alarm_*":           "a fault of Telegram, the token or the disk",
	"faq_*":             "an edited file on the disk",
	"button_undo":       "likewise",
	"file_full":         "two dozen pictures in a row",
	"stats_*":           "only after days of questions of strangers",
	"command_*":         "Telegram's own menu of commands, in all languages at once",
	"calendar_*":        "inside the calendar file",
	"call_*":            "the morning's list, when something could not be delivered",
	"list_call":         "likewise",
	"list_more":         "a list too long for one message",
	"list_rest":         "likewise",
	"fact_*":            "an entry of the clinic's own data",
	"staff_*":           "a slip of the team or a failed delivery, one line each",
	"tap_*":             "the answer to a tap that came too late, or is for somebody else",
	"label_*":           "what stands for a picture or a recording on a card",
	"join*":             "a new member of the team",
	"team_*":            "likewise",
	"remove*":           "likewise",
	"button_remove*":    "likewise",
	"unread*":           "an update that cannot be read",
	"setup*":            "before the team's group is set",
	"group_moved":       "the group becomes a supergroup",
	"edit_*":            "a message that the patient has edited",
	"card_*":            "a card of another history, one line each",
	"day_*":             "a date typed in another way",
	"book_*":            "a step of the form that is come to in another way",
	"button_leave_rest": "likewise",
	"part_*":            "a Friday, or an hour that has passed meanwhile",
	"change_*":          "the clinic's answer to somebody who wants to move a visit, in other entries",
	"next_*":            "a month or day for the next visit, chosen step by step",
	"months":            "names, one at a time",
	"weekdays":          "likewise",
	"day_parts":         "likewise",
	"season_*":          "a slip of the admin",
	"admin_private":     "likewise",
	"about":             "a short question about the last topic",
	"not_meant":         "likewise",
	"try_words":         "likewise",
	"only_in":           "an entry that lacks a language",
	"reviewed":          "an entry that a clinician has signed",
	"no_topics":         "a file without topics",
	"ask_*":             "words for the team that come in another way",
	"button_send_as_is": "likewise",
	"passed_on":         "words while a case is open",
	"file_more":         "several pictures",
	"flood":             "thirty messages in a minute",
	"place":             "a location",
	"phone_not_own":     "somebody else's contact",
	"helpful_thanks":    "one tap",
	"language_set":      "one tap",
	"hours_none":        "no hour is left",
	"clash_none":        "no other hour is free",
	"map":               "a clinic with a map",
	"on_call*":          "the people on call",
	"promise_closed":    "a question out of hours",
	"quiet":             "likewise",
	"button_my_booking": "a change that is dropped",
	"button_talk_over":  "a conversation in a booking",
	"remind_on":         "a visit in some days",
	"days_ago":          "an old case",
	"treatment_unsure":  "a visit for something not known yet",
	"field_female":      "a wish",
}

// Every sentence of the bot is met in a play or a scene, or is among those that are known not to be; and every message that is met can
// be read at a glance and leads on.
func TestEverySentenceIsMet(t *testing.T) {
	f, cache := clinicFAQ(t), t.TempDir()
	for _, l := range []faq.Language{faq.English, faq.Urdu} { // the printing command's test plays the third
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			said, err := Plays(t.Context(), l, f, cache)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range said {
				checkMessage(t, m)
			}
			more, err := Scenes(l, f)
			if err != nil {
				t.Fatal(err)
			}
			var all strings.Builder
			for _, m := range append(said, more...) {
				all.WriteString(m.Text + "\n")
				for _, row := range m.Buttons {
					all.WriteString(strings.Join(row, "\n") + "\n")
				}
			}
			checkMet(t, l, all.String())
		})
	}
}

// mostButtons of a message; the days of a form may be more.
const mostButtons = 8

func checkMessage(t *testing.T, m Spoken) {
	t.Helper()
	n := len(slices.Concat(m.Buttons...))
	most := mostButtons
	if strings.HasPrefix(m.Name, "the form") || m.To == "patient" && slices.ContainsFunc(m.Buttons, func(row []string) bool { return len(row) == 2 }) {
		most = 11
	}
	switch {
	case units(m.Text) > 1200:
		t.Errorf("%s, to %s: %d characters are more than two screens: %s", m.Name, m.To, units(m.Text), m.Text)
	case m.Notice && units(m.Text) > 200:
		t.Errorf("%s: a notice of %d characters: %s", m.Name, units(m.Text), m.Text)
	case n > most:
		t.Errorf("%s, to %s: %d buttons under %q", m.Name, m.To, n, m.Text)
	case openPlace.MatchString(m.Text):
		t.Errorf("%s, to %s: a place is left open: %s", m.Name, m.To, m.Text)
	}
}

var openPlace = regexp.MustCompile(`\{[a-z]+\}|</?[biu]>|%!`)

func checkMet(t *testing.T, l faq.Language, all string) {
	t.Helper()
	ws, err := loadWords()
	if err != nil {
		t.Fatal(err)
	}
	missed := map[string]bool{}
	v := reflect.ValueOf(ws[l]).Elem()
	for i := range v.NumField() {
		key, text := v.Type().Field(i).Tag.Get("json"), v.Field(i).String()
		if key != "" && !met(faq.Plain(text), all) {
			missed[key] = true
		}
	}
	for key := range missed {
		if whyUnplayed(key) == "" {
			t.Errorf("%s is met in no play and no scene", key)
		}
	}
	if l == faq.English {
		for _, key := range slices.Sorted(maps.Keys(unplayed)) {
			if !missed[key] && !strings.HasSuffix(key, "*") {
				t.Errorf("%s is said not to be met (%s), and is", key, unplayed[key])
			}
		}
	}
}

func whyUnplayed(key string) string {
	for known, why := range unplayed {
		prefix, several := strings.CutSuffix(known, "*")
		if known == key || several && strings.HasPrefix(key, prefix) {
			return why
		}
	}
	return ""
}

// met tells whether a sentence stands in what was said, whatever fills its places.
func met(sentence, all string) bool {
	var patterns []string
	parts := place.Split(sentence, -1)
	for _, p := range parts {
		if !strings.Contains(all, p) { // as most do not, and a pattern takes long to find nothing
			return false
		}
		patterns = append(patterns, regexp.QuoteMeta(p))
	}
	if len(parts) == 1 {
		return true
	}
	found, err := regexp.MatchString(strings.Join(patterns, `[^\n]{0,300}?`), all)
	return err == nil && found
}

var place = regexp.MustCompile(`\{[a-z_]+\}`)
