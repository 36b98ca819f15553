package bot

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/index"
)

// Spoken is something the bot says, as the reader sees it.
type Spoken struct {
	Name    string
	To      string // patient, team, staff or admin; "": the patient
	Text    string
	Notice  bool // shown over the chat for a moment, as the answer to a tap
	Buttons [][]string
}

// Sentences returns the bot's own sentences in a language by their keys, in the order of the file, with sample values filled in.
func Sentences(l faq.Language) ([]Spoken, error) {
	all, err := loadWords()
	if err != nil {
		return nil, err
	}
	w := all[l]
	if w == nil {
		return nil, fmt.Errorf("no texts in %q", l)
	}
	samples := w.samples(l)
	var said []Spoken
	v := reflect.ValueOf(w).Elem()
	for i := range v.NumField() {
		text := strings.NewReplacer(samples...).Replace(v.Field(i).String())
		said = append(said, Spoken{Name: v.Type().Field(i).Tag.Get("json"), Text: faq.Plain(text)})
	}
	return said, nil
}

// samples are values for the places that the sentences leave open, as strings.NewReplacer takes them.
func (w *words) samples(l faq.Language) []string {
	question := map[faq.Language]string{
		faq.English: "how many sessions do I need?", faq.RomanUrdu: "kitne session lagte hain?", faq.Urdu: "کتنے سیشن لگتے ہیں؟",
	}[l]
	zone := time.FixedZone("PKT", 5*60*60)
	at := time.Date(2026, time.November, 28, 15, 30, 0, 0, zone)
	clinic := "Noor Skin Clinic"
	values := map[string]string{
		"case": "1042", "clinic": clinic, "question": question, "words": question, "title": question, "language": w.language(l),
		"topic": question, "date": nth(w.Months, 2) + " 2027", "end": "67", "phone": "+92 300 1234567", "number": "1122", "emergency": w.EmergencyAny,
		"promise": w.PromiseSoon, "when": w.when(at, zone), "instead": w.when(at.Add(24*time.Hour), zone), "until": w.clock(at, zone), "opens": w.when(at, zone), "day": w.day(desk.DayOf(at, zone)),
		"from": w.clock(at, zone), "to": w.clock(at.Add(4*time.Hour), zone), "hours": w.clock(at, zone), "time": "3:30", "part": nth(w.DayParts, 1),
		"address": "Street 7, F-8 Markaz, Islamabad", "name": "Anna", "count": "3", "n": "5", "chat": "5000000001", "id": "-1001234567890",
		"notice": "opened/1042", "command": "/open", "seq": "77", "reason": "400 Bad Request", "what": "…",
		// Of visits, the staff desk and the admin.
		"ago": fill(w.MinutesAgo, "n", "5"), "answer": question, "limit": "4096", "link": "https://t.me/skindesk_bot?start=join", "note": question,
		"state": w.CardOpen, "times": w.when(at, zone), "wish": w.day(desk.DayOf(at, zone)), "all": "12", "month": nth(w.Months, 2), "names": "Sana, Omar",
		"url": "https://example.org", "value": "…", "why": "Eid", "days": "3", "zone": "Islamabad", "by": "Sana", "ids": "sessions-count", "list": "…",
		"answered": "21", "asked": "30", "cases": "4", "chosen": "3", "counts": "…", "entries": "190", "helpful": "9", "none": "1", "not": "2",
		"offered": "5", "staff": "2", "unknown": "3", "urgent": "1", "visits": "2", "was": "4", "wordings": "10900", "wrong": "1",
	}
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return pairs
}

// scenes are what a patient may be shown in one message, beside every entry of the file. None of them needs a transaction.
var scenes = []struct {
	name string
	play func(t *turn) error
}{
	{"/start", func(t *turn) error { return t.start("") }},
	{"/help", func(t *turn) error { t.say(t.w.Help, t.menuRow(), t.bookRow(0)); return nil }},
	{"/privacy", func(t *turn) error { t.say(t.w.Privacy, t.menuRow()); return nil }},
	{"/language", func(t *turn) error { t.askLanguage(); return nil }},
	{"/topics", func(t *turn) error { t.topics(0, false); return nil }},
	{"a topic", func(t *turn) error {
		for _, topic := range t.menuTopics() {
			t.topic(topic, 0, false)
		}
		return nil
	}},
	{"choices", func(t *turn) error { return t.answer(sampleWords, t.found(index.KindChoose, nil, 3), "") }},
	{"an answer beside choices", func(t *turn) error { return t.answer(sampleWords, t.found(index.KindAnswer, t.answers(1), 3), "") }},
	{"two answers", func(t *turn) error { return t.answer(sampleWords, t.found(index.KindAnswer, t.answers(2), 0), "") }},
	{"the same again", func(t *turn) error {
		if err := t.answer(sampleWords, t.found(index.KindAnswer, t.answers(1), 0), ""); err != nil {
			return err
		}
		t.rows = nil
		return t.answer(sampleWords, t.found(index.KindAnswer, t.answers(1), 0), "")
	}},
	{"not known", func(t *turn) error { return t.answer(sampleWords, t.found(index.KindUnknown, nil, 0), "") }},
	{"not known again", func(t *turn) error {
		t.talk.Misses = 1
		return t.answer(sampleWords, t.found(index.KindUnknown, nil, 0), "")
	}},
	{"letters that nobody reads", func(t *turn) error {
		return t.answer("सेशन कितने", t.found(index.KindUnknown, nil, 0), "")
	}},
	{"a long message", func(t *turn) error {
		return t.answer(strings.Repeat(sampleWords+" ", 30), t.found(index.KindAnswer, t.answers(1), 0), "")
	}},
	{"asking the clinic", func(t *turn) error { return t.ask(exchange{}) }},
	{"asking the clinic a question", func(t *turn) error {
		return t.ask(exchange{Text: strings.Repeat(sampleWords+" ", 100), Kind: index.KindUnknown})
	}},
	{"not helpful", func(t *turn) error {
		n := t.talk.remember(exchange{Text: sampleWords, Kind: index.KindAnswer, Entries: t.answers(1), At: t.now})
		return t.rate(action{do: doNotHelped, id: t.answers(1)[0], n: n})
	}},
	{"a form that was interrupted", func(t *turn) error {
		t.talk.begin(form{Kind: desk.Question}, t.now)
		t.offerForm()
		return nil
	}},
	{"a red flag", func(t *turn) error {
		t.say(t.safe(t.w.Urgent, fill(t.w.UrgentTold, "case", "1042")), t.urgentRow(1042))
		return nil
	}},
	{"somebody who may harm themselves", func(t *turn) error {
		t.say(t.safe(t.w.UrgentSelf, fill(t.w.UrgentTold, "case", "1042")), t.urgentRow(1042))
		return nil
	}},
	{"a red flag again", func(t *turn) error {
		t.say(t.safe(t.w.UrgentShort, fill(t.w.UrgentAgain, "case", "1042")), t.urgentRow(1042))
		return nil
	}},
	{"call me", func(t *turn) error { t.sayWith(t.w.CallAsk, phoneKeyboard(t.w)); return nil }},
	{"a recording", func(t *turn) error { t.say(t.w.Voice+"\n\n"+t.w.Consent, t.fileRows(&form{N: 1})...); return nil }},
	{"a picture", func(t *turn) error { t.say(t.w.File+"\n\n"+t.w.Consent, t.fileRows(&form{N: 1})...); return nil }},
	{"a sticker", func(t *turn) error { t.say(t.w.Sticker, t.menuRow(), t.bookRow(0)); return nil }},
	{"words of the team", func(t *turn) error {
		t.say(fill(t.w.Relay, "case", "1042")+"\n\n"+sampleWords+"\n\n<i>"+t.w.ReplyTip+"</i>", t.w.replyRow(1042))
		return nil
	}},
}

const sampleWords = "how many sessions do I need?"

// answers are the first ids of the file's entries that state something.
func (t *turn) answers(n int) (ids []string) {
	for i := range t.faq.Entries {
		if e := &t.faq.Entries[i]; e.Kind == faq.Answer && len(ids) < n {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

func (t *turn) found(kind index.Kind, entries []string, choices int) index.Answer {
	return index.Answer{Kind: kind, Entries: entries, Choices: t.answers(len(entries) + choices)[len(entries):]}
}

// Scenes returns the messages that a patient meets in a language, with their keyboards: the scenes, and what is said for each entry of
// the file.
func Scenes(l faq.Language, f *faq.FAQ) ([]Spoken, error) {
	ws, err := loadWords()
	if err != nil {
		return nil, err
	}
	b := &Bot{words: ws}
	var said []Spoken
	play := func(name string, scene func(*turn) error) error {
		t := &turn{Bot: b, faq: f, update: &models.Update{}, now: time.Now()}
		t.speak(l)
		if err := scene(t); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, row := range t.rows {
			said = append(said, spoken(name, row.Body))
		}
		return nil
	}
	for _, s := range scenes {
		if err := play(s.name, s.play); err != nil {
			return nil, err
		}
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Kind == faq.Booking || e.Kind == faq.Human { // these go on in a form
			said = append(said, Spoken{Name: "entry " + e.ID, Text: plainIn(e.Answer, l)})
			continue
		}
		if err := play("entry "+e.ID, func(t *turn) error { return t.sayEntry(e, t.title(e)) }); err != nil {
			return nil, err
		}
	}
	return said, nil
}

func plainIn(text faq.Text, l faq.Language) string {
	said, _ := text.In(l)
	return faq.Plain(said)
}

// spoken reads a message from the parameters of its call.
func spoken(name string, params []byte) Spoken {
	var p struct {
		Text   string `json:"text"`
		Markup struct {
			Inline [][]struct {
				Text string `json:"text"`
			} `json:"inline_keyboard"`
			Keys [][]struct {
				Text string `json:"text"`
			} `json:"keyboard"`
		} `json:"reply_markup"`
	}
	_ = json.Unmarshal(params, &p) // they are our own
	s := Spoken{Name: name, Text: faq.Plain(p.Text)}
	for _, row := range append(p.Markup.Inline, p.Markup.Keys...) {
		var labels []string
		for _, b := range row {
			labels = append(labels, b.Text)
		}
		s.Buttons = append(s.Buttons, labels)
	}
	return s
}
