package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// play is a piece of the clinic's life, told from an empty clinic on.
type play struct {
	name string
	open bool // also at a clinic that has set nothing yet
	acts []act
}

// act is one thing that happens in it.
type act func(*stage) error

// Plays returns what patients, team and admin meet in the plays, in a language, at a clinic that says f: each message once, where its
// numbers alone differ. The folder keeps what several languages can share of their indexes.
func Plays(ctx context.Context, l faq.Language, f *faq.FAQ, cache string) (said []Spoken, err error) {
	for _, open := range []bool{false, true} {
		some, err := season(ctx, l, f, open, cache)
		if err != nil {
			return nil, err
		}
		said = append(said, some...)
	}
	known := map[string]bool{}
	return slices.DeleteFunc(said, func(m Spoken) bool {
		key := m.To + digits.ReplaceAllString(fmt.Sprint(m.Text, m.Buttons), "")
		again := known[key]
		known[key] = true
		return again
	}), nil
}

// season performs the plays at a clinic that has set all its data, or at one that has set nothing yet.
func season(ctx context.Context, l faq.Language, f *faq.FAQ, open bool, cache string) (said []Spoken, err error) {
	played, err := atClinic(l, f, open)
	if err != nil {
		return nil, err
	}
	ix, err := index.New(ctx, played, index.CacheIn(cache))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ix.Close()) }()
	for _, p := range plays {
		if open && !p.open {
			continue
		}
		some, err := p.perform(ctx, l, ix)
		if err != nil {
			return nil, err
		}
		said = append(said, some...)
	}
	return said, nil
}

var digits = regexp.MustCompile(`[0-9]+`)

func (p play) perform(ctx context.Context, l faq.Language, ix *index.Index) ([]Spoken, error) {
	s, done, err := newStage(ctx, l, ix)
	if err != nil {
		return nil, err
	}
	defer done()
	s.scene = p.name
	for i, a := range p.acts {
		if err := a(s); err != nil {
			return s.said, fmt.Errorf("%s in %s, act %d: %w", p.name, l, i+1, err)
		}
	}
	return s.said, nil
}

func says(who int64, text string) act { return func(s *stage) error { return s.says(who, text) } }

// tells is says in words of the patient's language.
func tells(who int64, text faq.Text) act {
	return func(s *stage) error { return s.says(who, text[s.w.lang]) }
}

func does(do verb) func(action) bool { return func(a action) bool { return a.do == do } }

// taps taps the n-th button for something in the private chat of whoever taps, and inTeam one in the group.
func taps(who int64, do verb, n int) act {
	return func(s *stage) error { return s.taps(who, who, does(do), n) }
}

func inTeam(who int64, do verb, n int) act {
	return func(s *stage) error { return s.taps(who, playGroup, does(do), n) }
}

// named taps the button of a choice.
func named(who int64, do verb, id string) act {
	return func(s *stage) error {
		return s.taps(who, who, func(a action) bool { return a.do == do && a.id == id }, 0)
	}
}

func puts(who int64, id string) act { return named(who, doPut, id) }

// replies answers the newest card of the group.
func replies(who int64, text faq.Text) act {
	return func(s *stage) error { return s.answers(who, text[s.w.lang]) }
}

func inGroup(who int64, text string) act {
	return func(s *stage) error {
		return s.update(playGroup, "message", s.message(who, playGroup, map[string]any{"text": text}))
	}
}

func later(d time.Duration) act { return func(s *stage) error { return s.later(d) } }

// together makes one act of several.
func together(acts ...act) act {
	return func(s *stage) error {
		for _, a := range acts {
			if err := a(s); err != nil {
				return err
			}
		}
		return nil
	}
}

const (
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * hour
)

// What people write in the plays.
var (
	playQuestion = faq.Text{faq.English: "which laptop should i buy", faq.RomanUrdu: "kaunsa laptop khareedun", faq.Urdu: "کون سا لیپ ٹاپ خریدوں"}
	playNote     = faq.Text{faq.English: "my sister will come with me", faq.RomanUrdu: "meri behan bhi sath aayengi", faq.Urdu: "میری بہن بھی ساتھ آئیں گی"}
	playReply    = faq.Text{faq.English: "Please come a little earlier.", faq.RomanUrdu: "Zara pehle aa jayein.", faq.Urdu: "ذرا پہلے آ جائیں۔"}
	playAlarm    = faq.Text{faq.English: "there is pus coming out of my cheek", faq.RomanUrdu: "mere gaal se peep nikal rahi hai", faq.Urdu: "میرے گال سے پیپ نکل رہی ہے"}
	playSelf     = faq.Text{faq.English: "i want to die", faq.RomanUrdu: "main marna chahti hun", faq.Urdu: "میں مرنا چاہتی ہوں"}
)

// asksFor is a request for the n-th day that is offered, in the afternoon, tapped as far as can be.
func asksFor(who int64, n int) act {
	return together(says(who, "/book"), taps(who, doPut, 0), taps(who, doPut, n), puts(who, desk.Afternoon), puts(who, desk.Known),
		says(who, "0300 1234567"), puts(who, desk.Skip), skipsRest(who), taps(who, doSend, 0))
}

// skipsRest leaves out what is asked before coming, or what is left of it.
func skipsRest(who int64) act {
	return func(s *stage) error {
		skips := func(a action) bool { return a.do == doPut && a.id == desk.SkipAll }
		if m := s.shown[len(s.shown)-1]; len(buttonsFor(m.params, skips)) == 0 {
			return nil
		}
		return s.taps(who, who, skips, 0)
	}
}

// confirmed is a request that somebody of the team has taken and confirmed as asked.
func confirmed(n int) act {
	return together(asksFor(playPatient, n), inTeam(playStaff, doTake, 0), inTeam(playStaff, doConfirm, 0), inTeam(playStaff, doConfirm, 0))
}

// proposed is one for which two hours are offered.
func proposed(n int) act {
	return together(asksFor(playPatient, n), inTeam(playStaff, doTake, 0), offers())
}

func offers() act {
	return together(inTeam(playStaff, doPropose, 0), inTeam(playStaff, doPropose, 1), inTeam(playStaff, doPropose, 1),
		inTeam(playStaff, doPropose, 1), inTeam(playStaff, doPropose, 3), sendsOffer())
}

func sendsOffer() act {
	return func(s *stage) error {
		return s.taps(playStaff, playGroup, func(a action) bool { return a.do == doPropose && strings.Contains(a.id, "_send") }, 0)
	}
}

// atClinic returns a clinic to play in: what a file says, with few of its entries, and with everything set that a clinic can set; open is a
// clinic that has set nothing yet.
func atClinic(l faq.Language, f *faq.FAQ, open bool) (*faq.FAQ, error) {
	small := *f
	small.Entries = nil
	for i := range f.Entries {
		e := f.Entries[i]
		e.Related, e.Questions = nil, fewer(e.Questions)
		if e.Kind != faq.Answer || len(small.Entries) < playEntries || len(tips(&faq.FAQ{Entries: []faq.Entry{e}})) > 0 {
			small.Entries = append(small.Entries, e)
		}
	}
	c := &small.Clinic
	c.Languages = append([]faq.Language{l}, slices.DeleteFunc(slices.Clone(c.Languages), func(o faq.Language) bool { return o == l })...)
	if c.Example = open; !open {
		set(c)
	}
	data, err := written(&small)
	if err != nil {
		return nil, err
	}
	played, _, err := faq.Parse(data)
	if err == nil {
		played.SHA256 = f.SHA256 + "/few" // the entries are the same whatever the clinic has set
	}
	return played, err
}

// written is a file as somebody would write it: without what is empty.
func written(f *faq.FAQ) ([]byte, error) {
	data, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, err
	}
	return json.Marshal(withoutEmpty(v))
}

func withoutEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		maps.DeleteFunc(v, func(_ string, w any) bool {
			switch w := withoutEmpty(w).(type) {
			case string:
				return w == ""
			case []any:
				return len(w) == 0
			case map[string]any:
				return len(w) == 0
			default:
				return w == nil
			}
		})
	case []any:
		for _, w := range v {
			withoutEmpty(w)
		}
	}
	return v
}

// A few entries and wordings are enough to play with.
const (
	playEntries  = 8
	playWordings = 6
)

func fewer(all map[faq.Language][]string) map[faq.Language][]string {
	few := map[faq.Language][]string{}
	for l, qs := range all {
		few[l] = qs[:min(len(qs), playWordings)]
	}
	return few
}

// set fills in what a clinic may set.
func set(c *faq.Clinic) {
	c.Contact = faq.Contact{Phone: "+92511234567", EmergencyNumber: "1122", Address: "Street 7, F-8 Markaz, Islamabad"}
	c.Hours = faq.Week{"mon": {"11:00-20:00"}, "tue": {"11:00-20:00"}, "wed": {"11:00-20:00"}, "thu": {"11:00-20:00"}, "fri": {"11:00-13:00", "14:30-20:00"}, "sat": {"11:00-20:00"}}
	c.SpecialDays = []faq.SpecialDays{{From: "2026-12-01", To: "2026-12-02", Name: "Eid"}}
	c.Booking.FemaleStaff = true
	c.Visit.Bring = faq.Text{faq.English: "your earlier prescriptions", faq.RomanUrdu: "apni purani parchiyan", faq.Urdu: "اپنی پرانی پرچیاں"}
}
