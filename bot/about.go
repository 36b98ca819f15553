package bot

import (
	"slices"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
)

// What patients ask about the clinic itself is answered from its data: nothing has to be written twice, and as long as the data is an
// example nothing of it is said.

// readFacts makes the texts of those entries that the clinic's own data answers.
func (t *turn) readFacts(ids []string) error {
	for _, id := range ids {
		e, found := t.faq.Entry(id)
		if !found || e.Clinic == "" || t.faq.Clinic.Example {
			continue
		}
		text, err := t.fact(e.Clinic)
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		if t.facts == nil {
			t.facts = map[string]string{}
		}
		t.facts[id] = text
	}
	return nil
}

// factsOnly tells whether the clinic's own data says all that there is to say.
func (t *turn) factsOnly(ids []string) bool {
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return t.facts[id] == "" })
}

// text is what an entry says, and the language it is in.
func (t *turn) text(e *faq.Entry) (string, faq.Language) {
	if said := t.facts[e.ID]; said != "" {
		return said, t.lang
	}
	return e.Answer.In(t.lang)
}

func (t *turn) fact(what faq.Fact) (string, error) {
	contact := t.faq.Clinic.Contact
	switch {
	case what == faq.Hours && len(t.faq.Clinic.Hours) > 0:
		cal, err := t.desk.Calendar(t.tx)
		if err != nil {
			return "", err
		}
		return t.w.hours(cal, t.now), nil
	case what == faq.Address && contact.Address != "":
		text := fill(t.w.FactAddress, "clinic", t.clinicName(), "address", contact.Address)
		if contact.MapURL != "" {
			text += "\n<a href=\"" + escape(contact.MapURL) + "\">" + t.w.FactMap + "</a>"
		}
		return text, nil
	case what == faq.Phone && contact.Phone != "":
		return fill(t.w.FactPhone, "phone", contact.Phone), nil
	}
	return "", nil
}

const daysShown = 7

// hours says whether the clinic is open, and its hours on the next days, special days and seasons included.
func (w *words) hours(cal *desk.Calendar, now time.Time) string {
	var b strings.Builder
	if at, ok := cal.NextOpening(now); ok && !at.After(now) {
		for _, s := range cal.Hours(cal.Today(now)) {
			if s.Holds(now) {
				b.WriteString(fill(w.FactOpen, "until", w.clock(s.To, cal.Zone())) + "\n\n")
			}
		}
	} else if ok {
		opens := w.when(at, cal.Zone())
		if cal.Today(at) == cal.Today(now) {
			opens = w.clock(at, cal.Zone())
		}
		b.WriteString(fill(w.FactClosedNow, "opens", opens) + "\n\n")
	}
	for n := range daysShown {
		d := cal.Today(now).Add(n)
		b.WriteString(fill(w.FactDay, "day", w.day(d), "hours", w.openOn(cal, d)) + "\n")
	}
	return b.String() + "\n" + w.FactZone
}

func (w *words) openOn(cal *desk.Calendar, d desk.Day) string {
	if why, closed := cal.Closed(d); closed && why != "" {
		return strings.ReplaceAll(w.FactClosedFor, "{name}", why)
	} else if closed {
		return w.FactClosed
	}
	var spans []string
	for _, s := range cal.Hours(d) {
		spans = append(spans, strings.NewReplacer("{from}", w.clock(s.From, cal.Zone()), "{to}", w.clock(s.To, cal.Zone())).Replace(w.FactSpan))
	}
	return strings.Join(spans, w.Comma)
}

// clinicName is what the clinic is called, in a sentence.
func (t *turn) clinicName() string {
	if name := t.faq.Clinic.Name; name != "" {
		return name
	}
	return t.w.ClinicUnnamed
}
