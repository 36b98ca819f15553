package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// How long things of a conversation are remembered, and how many.
const (
	topicFor   = 10 * time.Minute // a question without a subject is about the last topic
	togetherIn = 10 * time.Second // an unsure line and the next one are read together
	formFor    = 2 * time.Hour    // after that a form asks whether to go on
	formKept   = 24 * time.Hour   // after that it is erased
	alarmFor   = time.Hour        // the same red flag again gets the short text
	editFor    = 2 * time.Minute  // an edited question is answered in place
	perMinute  = 20               // answered messages of one patient

	pickFor    = 10 * time.Second // a second tap on another choice of the same is a slip of the finger
	abuseIn    = time.Hour        // so many insults within this time
	abuseQuiet = 10 * time.Minute // and then no more is said to them for a while

	maxRecent = 6
	maxEnded  = 8
	maxPassed = 20
	maxAbuse  = 3
	maxWords  = 4096 // UTF-16 units of a question that are kept for the card
	maxShown  = 700  // and of them in one message among other text: not more than a screen
)

// talk is how far the conversation with a patient is. It is personal.
type talk struct {
	Language faq.Language `json:"language,omitempty"` // of the patient's last question
	Serial   int64        `json:"serial,omitempty"`   // the last number given to an exchange or form
	Recent   []exchange   `json:"recent,omitempty"`   // oldest first
	Misses   int          `json:"misses,omitempty"`   // questions in a row that nothing fitted
	Form     *form        `json:"form,omitempty"`
	Ended    []formEnd    `json:"ended,omitempty"` // forms that were sent or dropped, oldest first
	Alarm    alarmed      `json:"alarm,omitzero"`
	Album    album        `json:"album,omitzero"`
	Pace     pace         `json:"pace,omitzero"`
	Passed   []passed     `json:"passed,omitempty"` // what went to the team, oldest first
	Abuse    abuse        `json:"abuse,omitzero"`
	Worries  []worry      `json:"worries,omitempty"` // that were passed on after a visit, oldest first
}

// worry is that the patient was worried on a day after a visit, and the case that it became.
type worry struct {
	Visit desk.CaseID `json:"visit"`
	Day   string      `json:"day"`
	Case  desk.CaseID `json:"case"`
}

// exchange is a question and what it was met with. Buttons name it by its number.
type exchange struct {
	N       int64       `json:"n"`
	Message int64       `json:"message,omitempty"` // the patient's, 0 when they tapped
	At      time.Time   `json:"at"`
	Text    string      `json:"text,omitempty"`
	Kind    index.Kind  `json:"kind"`
	Entries []string    `json:"entries,omitempty"`
	Next    []string    `json:"next,omitempty"`
	Key     string      `json:"key,omitempty"`    // of the outbox row with the answer
	Case    desk.CaseID `json:"case,omitempty"`   // with which it was passed on
	Missed  event       `json:"missed,omitempty"` // the patient has said that it was not what they meant, in this way
	Picked  string      `json:"picked,omitempty"` // the entry that was chosen of those offered
	PickAt  time.Time   `json:"picked_at,omitzero"`
	Rated   bool        `json:"rated,omitempty"` // the patient has said whether it helped
}

// passed is a message of the patient's that the team has got.
type passed struct {
	Message int64       `json:"message"`
	Case    desk.CaseID `json:"case"`
}

// abuse counts insults.
type abuse struct {
	Since time.Time `json:"since"`
	Count int       `json:"count"`
	Until time.Time `json:"until,omitzero"` // no more is said to insults and the like
}

// formEnd is a form that is over.
type formEnd struct {
	N      int64       `json:"n"`
	Case   desk.CaseID `json:"case,omitempty"`   // 0: nothing was sent
	Turned bool        `json:"turned,omitempty"` // its message says how it ended: there is nothing to take away
	Key    string      `json:"key,omitempty"`    // of the row that shows what was sent
	Shows  int64       `json:"shows,omitempty"`  // and its message, if it was known
}

// alarmed is the last red flag.
type alarmed struct {
	Rule string      `json:"rule"`
	Case desk.CaseID `json:"case"`
	At   time.Time   `json:"at"`
}

// album is the last album that was passed on: parts of it that arrive late follow.
type album struct {
	Group string      `json:"group"`
	Case  desk.CaseID `json:"case"`
}

// pace counts the answered messages of a minute.
type pace struct {
	Since time.Time `json:"since"`
	Count int       `json:"count"`
}

// readTalk reads what was kept. What is too old is forgotten here.
func readTalk(state []byte, now time.Time) (talk, error) {
	var k talk
	if len(state) == 0 {
		return k, nil
	}
	if err := json.Unmarshal(state, &k); err != nil {
		return talk{}, fmt.Errorf("read a conversation: %w", err)
	}
	for f := k.Form; f != nil; f = f.Before {
		if f.EraseAt.IsZero() && now.Sub(f.At) > formKept || !f.EraseAt.IsZero() && !now.Before(f.EraseAt) {
			k.forget(f)
		}
	}
	return k, nil
}

// after returns the entry that a question without a subject is about, or "".
func (k *talk) after(now time.Time) string {
	if len(k.Recent) == 0 {
		return ""
	}
	x := k.Recent[len(k.Recent)-1]
	if x.Kind != index.KindAnswer || len(x.Entries) == 0 || now.Sub(x.At) > topicFor {
		return ""
	}
	return x.Entries[len(x.Entries)-1]
}

// last returns the newest exchange.
func (k *talk) last() (exchange, bool) {
	if len(k.Recent) == 0 {
		return exchange{}, false
	}
	return k.Recent[len(k.Recent)-1], true
}

// exchange returns the one with the number, if it is still known.
func (k *talk) exchange(n int64) (exchange, bool) {
	i := slices.IndexFunc(k.Recent, func(x exchange) bool { return x.N == n })
	if i < 0 {
		return exchange{}, false
	}
	return k.Recent[i], true
}

// remember adds an exchange and returns its number. An earlier one about the same message is replaced.
func (k *talk) remember(x exchange) int64 {
	if x.Message != 0 {
		k.Recent = slices.DeleteFunc(k.Recent, func(old exchange) bool { return old.Message == x.Message })
	}
	k.Serial++
	x.N = k.Serial
	x.Text = cut(x.Text, maxWords)
	k.Recent = append(k.Recent, x)
	if n := len(k.Recent) - maxRecent; n > 0 {
		k.Recent = slices.Delete(k.Recent, 0, n)
	}
	return x.N
}

// passed notes with which case an exchange was passed on.
func (k *talk) passed(n int64, c desk.CaseID) {
	k.change(n, func(x *exchange) {
		x.Case = c
		k.went(x.Message, c)
	})
}

// went notes that the team has got a message.
func (k *talk) went(message int64, c desk.CaseID) {
	if message == 0 || k.wentTo(message) == c {
		return
	}
	k.Passed = append(k.Passed, passed{message, c})
	if n := len(k.Passed) - maxPassed; n > 0 {
		k.Passed = slices.Delete(k.Passed, 0, n)
	}
}

// wentTo returns the case with which the team has got a message, or 0.
func (k *talk) wentTo(message int64) desk.CaseID {
	for _, p := range slices.Backward(k.Passed) {
		if p.Message == message {
			return p.Case
		}
	}
	return 0
}

// change changes an exchange that is still known.
func (k *talk) change(n int64, do func(*exchange)) {
	for i := range k.Recent {
		if k.Recent[i].N == n {
			do(&k.Recent[i])
		}
	}
}

// insulted counts an insult and tells whether it is the one after which no more is said.
func (k *talk) insulted(now time.Time) (enough bool) {
	if now.Sub(k.Abuse.Since) >= abuseIn {
		k.Abuse = abuse{Since: now}
	}
	if k.Abuse.Count++; k.Abuse.Count < maxAbuse {
		return false
	}
	k.Abuse = abuse{Since: now, Until: now.Add(abuseQuiet)}
	return true
}

// begin starts a form in place of the one that is being filled in. A request for a visit is not given up for something else: it is there
// again afterwards.
func (k *talk) begin(f form, now time.Time) *form {
	if k.Form != nil && (f.isBooking() || !k.Form.isBooking()) {
		k.end(0)
	}
	return k.interrupt(f, now)
}

// mostForms is how many forms wait for each other at most.
const mostForms = 3

// interrupt starts a form and keeps the one before for afterwards.
func (k *talk) interrupt(f form, now time.Time) *form {
	f.Before = k.Form
	last := &f
	for range mostForms - 1 {
		if last = last.Before; last == nil {
			return k.push(f, now)
		}
	}
	last.Before = nil
	return k.push(f, now)
}

// draft returns the request for a visit that is being filled in, also while something else has interrupted it, or nil.
func (k *talk) draft() *form {
	for f := k.Form; f != nil; f = f.Before {
		if f.isBooking() {
			return f
		}
	}
	return nil
}

// forget drops a form, wherever it waits.
func (k *talk) forget(f *form) {
	if k.Form == f {
		k.end(0)
		return
	}
	for g := k.Form; g != nil; g = g.Before {
		if g.Before == f {
			g.Before = f.Before
			return
		}
	}
}

func (k *talk) push(f form, now time.Time) *form {
	k.Serial++
	f.N, f.At = k.Serial, now
	f.Words = cut(f.Words, maxWords)
	k.Form = &f
	return k.Form
}

// worry notes a worry that was passed on.
func (k *talk) worry(w worry) {
	k.Worries = append(k.Worries, w)
	if n := len(k.Worries) - maxEnded; n > 0 {
		k.Worries = slices.Delete(k.Worries, 0, n)
	}
}

// end closes the form, as sent with a case or (0) as dropped; an interrupted one comes back.
func (k *talk) end(c desk.CaseID) {
	k.Ended = append(k.Ended, formEnd{N: k.Form.N, Case: c, Turned: k.Form.isBooking()})
	if n := len(k.Ended) - maxEnded; n > 0 {
		k.Ended = slices.Delete(k.Ended, 0, n)
	}
	k.Form = k.Form.Before
}

// hasEnded tells what became of a form that is over.
func (k *talk) hasEnded(n int64) (formEnd, bool) {
	i := slices.IndexFunc(k.Ended, func(e formEnd) bool { return e.N == n })
	if i < 0 {
		return formEnd{}, false
	}
	return k.Ended[i], true
}

// admit counts a message: whether it may be answered, and whether it is the first that may not.
func (k *talk) admit(now time.Time) (ok, first bool) {
	if now.Sub(k.Pace.Since) >= time.Minute || now.Before(k.Pace.Since) {
		k.Pace = pace{Since: now}
	}
	k.Pace.Count++
	return k.Pace.Count <= perMinute, k.Pace.Count == perMinute+1
}
