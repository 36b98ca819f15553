package bot

import (
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
	"skindesk/store"
)

// event is something that is counted, by the day of the clinic's time.
type event string

// The events. What each is about stands beside it; the others are about nothing.
const (
	hasAsked      event = "asked"       // a question in the patient's own words
	wasAnswered   event = "answered"    // by one or two entries
	wasOffered    event = "offered"     // choices
	hasChosen     event = "chosen"      // one of them; about: the entry
	wasForStaff   event = "for-staff"   // a question that only the clinic may answer
	wasUnknown    event = "unknown"     // nothing fitted
	wasSaid       event = "said"        // an entry, however it was found; about: its id
	wasWrong      event = "wrong"       // "not what I meant"; about: the entry that was said
	wasNone       event = "none"        // "none of these"
	wasHandedOver event = "handed-over" // a case was opened; about: its kind
	hasHelped     event = "helpful"     // about: the entry, or "" for words of the team
	hasNotHelped  event = "not-helpful" // likewise
	cameByCode    event = "code"        // /start with a code; about: the code
)

const maxCodes = 200 // different ones in a day: a code is whatever somebody puts into a link

// counted is an event with what it was about.
type counted struct {
	what  event
	about string
}

// count notes an event of this turn; finish writes it in the transaction that decided it.
func (t *turn) count(what event, about string) { t.counts = append(t.counts, counted{what, about}) }

// missed keeps a question that was asked in vain, without what tells who asked.
func (t *turn) missed(why event, x exchange) {
	if text := redact(cut(x.Text, maxGap), t.person.Name, t.knownWords(t.faq)); text != "" {
		t.gaps = append(t.gaps, store.Gap{Patient: t.person.ID, At: t.now, GapWords: store.GapWords{
			Why: string(why), Text: text, Language: string(index.Language(x.Text)), Shown: x.Entries, Near: x.Next,
		}})
	}
}

const (
	maxGap  = 300 // UTF-16 units of one
	maxGaps = 100 // of one person
)

// keepCounts writes what this turn has counted. The team tries things out; that counts for nothing.
func (t *turn) keepCounts() error {
	if len(t.counts)+len(t.gaps) == 0 {
		return nil
	}
	if role, err := t.desk.Role(t.tx, t.person.ID); err != nil || role != "" {
		return err
	}
	day := clinicDay(t.faq, t.now)
	for _, c := range t.counts {
		if err := t.keepCount(day, c); err != nil {
			return err
		}
	}
	for _, g := range t.gaps {
		if err := t.keepGap(g); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) keepCount(day string, c counted) error {
	if c.what == cameByCode {
		if _, codes, err := t.tx.Tallied(day, string(c.what)); err != nil {
			return err
		} else if codes >= maxCodes {
			c.about = "…"
		}
	}
	return t.tx.Count(day, string(c.what), c.about)
}

// keepGap keeps a gap unless the same person has asked the same before.
func (t *turn) keepGap(g store.Gap) error {
	before, err := t.tx.GapsOf(g.Patient)
	if err != nil || len(before) >= maxGaps {
		return err
	}
	for _, b := range before {
		if faq.Normalize(b.Text) == faq.Normalize(g.Text) {
			return nil
		}
	}
	_, err = t.tx.PutGap(g)
	return err
}

// clinicDay is the date of a moment in the clinic's time.
func clinicDay(f *faq.FAQ, at time.Time) string { return at.In(clinicZone(f)).Format(time.DateOnly) }

func clinicZone(f *faq.FAQ) *time.Location {
	if zone, err := time.LoadLocation(f.Clinic.Timezone); err == nil {
		return zone
	}
	return time.UTC // faq.Parse lets no other zone through than one that is known
}

// countAnswer counts what a question was met with.
func (t *turn) countAnswer(x exchange, asked bool) {
	met := map[index.Kind]event{
		index.KindAnswer: wasAnswered, index.KindChoose: wasOffered, index.KindStaff: wasForStaff, index.KindUnknown: wasUnknown,
	}[x.Kind]
	if asked && met != "" { // a greeting or a wish is no question
		t.count(hasAsked, "")
		t.count(met, "")
	}
	for _, id := range x.Entries {
		if e, found := t.faq.Entry(id); found && (e.Kind == faq.Answer || e.Kind == faq.Staff) {
			t.count(wasSaid, id)
		}
	}
	if asked && x.Kind == index.KindUnknown {
		t.missed(wasUnknown, x)
	}
}

// countMiss counts that an exchange was not what the patient meant; a second tap on the same button is not counted.
func (t *turn) countMiss(why event, x exchange) {
	if x.Missed == why {
		return
	}
	for i := range t.talk.Recent {
		if t.talk.Recent[i].N == x.N {
			t.talk.Recent[i].Missed = why
		}
	}
	about := ""
	if len(x.Entries) > 0 {
		about = x.Entries[0]
	}
	t.count(why, about)
	t.missed(why, x)
}

// countCase counts a case that was opened.
func (t *turn) countCase(kind desk.CaseKind) { t.count(wasHandedOver, string(kind)) }
