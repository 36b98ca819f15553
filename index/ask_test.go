package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/faq"
)

// A file of the smallest size that has every kind.
const smallFAQ = `{
  "glossary": {"ur-Latn": {"dard": "pain", "dhoop": "sun"}, "ur": {"درد": "pain"}},
  "topics": [{"id": "visits", "title": {"en": "Visits"}}, {"id": "skin", "title": {"en": "Skin"}}],
  "entries": [
    {"id": "sessions", "topic": "visits", "title": {"en": "How many sessions?"}, "related": ["interval"],
     "questions": {"en": ["how many sessions do i need", "number of sessions for scars", "sessions needed"], "ur-Latn": ["kitne session lagte hain"], "ur": ["کتنے سیشن لگتے ہیں"]},
     "answer": {"en": "Most people need four sessions."}},
    {"id": "interval", "topic": "visits", "title": {"en": "How far apart?"},
     "questions": {"en": ["how many weeks between two sessions", "gap between sessions", "how far apart are the visits"], "ur-Latn": ["do session ke darmiyan kitna waqfa"]},
     "answer": {"en": "A month lies between two sessions."}},
    {"id": "lasting", "topic": "visits", "title": {"en": "How long does it last?"},
     "questions": {"en": ["how long do the results last", "is the effect permanent", "when does it wear off"], "ur-Latn": ["asar kab tak rehta hai"], "ur": ["نتائج کب تک رہتے ہیں"]},
     "answer": {"en": "The results last about half a year."}},
    {"id": "pain", "topic": "skin", "title": {"en": "Does it hurt?"},
     "questions": {"en": ["does it hurt", "is the treatment painful", "how much pain is there"], "ur-Latn": ["dard hota hai kya"], "ur": ["کیا درد ہوتا ہے"]},
     "answer": {"en": "It may hurt a little."}},
    {"id": "sun", "topic": "skin", "title": {"en": "May I go into the sun?"},
     "questions": {"en": ["can i go into the sun", "do i need sunscreen", "is sunlight bad for my skin"], "ur-Latn": ["dhoop mein ja sakti hun"]},
     "answer": {"en": "Keep out of the strong sun and wear a hat."}},
    {"id": "price", "kind": "staff", "title": {"en": "What does it cost?"},
     "questions": {"en": ["what does it cost", "price of one session", "how much money do you charge"], "ur-Latn": ["kitne paise lagte hain"]},
     "answer": {"en": "The clinic tells you its prices."}},
    {"id": "book", "kind": "booking", "questions": {"en": ["i want to book an appointment", "book a visit for me please"], "ur-Latn": ["mujhe appointment chahiye"]}, "answer": {"en": "Gladly."}},
    {"id": "person", "kind": "human", "questions": {"en": ["i want to talk to a real person", "connect me to the receptionist"]}, "answer": {"en": "Of course."}},
    {"id": "alarm", "kind": "urgent", "questions": {"en": ["something is terribly wrong with my face right now"]}, "answer": {"en": "Please call now."}},
    {"id": "hello", "kind": "chitchat", "questions": {"en": ["hello", "good morning to you"]}, "answer": {"en": "Hello!"}},
    {"id": "weather", "kind": "offtopic", "questions": {"en": ["what is the weather today", "will it rain in lahore"]}, "answer": {"en": "I know only about the clinic."}},
    {"id": "insult", "kind": "abuse", "questions": {"en": ["you are a stupid useless bot", "shut up idiot"]}, "answer": {"en": "Let us stay friendly."}}
  ]
}`

func parsed(tb testing.TB, text string) *faq.FAQ {
	tb.Helper()
	f, _, err := faq.Parse([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// small is built once: an index never changes.
var small = sync.OnceValues(func() (*Index, error) {
	f, _, err := faq.Parse([]byte(smallFAQ))
	if err != nil {
		return nil, err
	}
	return New(context.Background(), f)
})

func smallIndex(tb testing.TB) *Index {
	tb.Helper()
	x, err := small()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func answerTo(tb testing.TB, x *Index, q Question) Answer {
	tb.Helper()
	a, err := x.Ask(tb.Context(), q)
	if err != nil {
		tb.Fatalf("Ask(%+v): %v", q, err)
	}
	return a
}

func TestEveryEntryFindsItself(t *testing.T) {
	x := smallIndex(t)
	for _, e := range x.FAQ().Entries {
		for _, q := range e.Asked() {
			a := answerTo(t, x, Question{Text: q})
			if a.Kind != Kind(e.Kind) || !slices.Equal(a.Entries, []string{e.ID}) || a.Scores[0].ID != e.ID {
				t.Errorf("%q: got %s %v (best %s), want %s [%s]", q, a.Kind, a.Entries, a.Scores[0].ID, e.Kind, e.ID)
			}
			if a.Scores[0].Phrasing != q {
				t.Errorf("%q: explained by %q", q, a.Scores[0].Phrasing)
			}
		}
	}
}

func TestOtherWordsFindIt(t *testing.T) {
	x := smallIndex(t)
	for q, want := range map[string]string{
		"will i feel any pain":                      "pain",
		"Assalam o alaikum, is it painful? plz":     "pain",
		"for how long do results stay":              "lasting",
		"HOW MANY SESIONS DO I NEED???":             "sessions",
		"kitny sesion lagty hain":                   "sessions",
		"dhup mein ja sakte hain":                   "sun",
		"کتنے سیشن لگیں گے":                         "sessions",
		"how much does a session cost":              "price",
		"i would like to make an appointment":       "book",
		"can i speak with a human being, a person?": "person",
	} {
		a := answerTo(t, x, Question{Text: q})
		if a.Scores[0].ID != want {
			t.Errorf("%q: %s scores best (%s %v), want %s", q, a.Scores[0].ID, a.Kind, a.Entries, want)
		}
	}
}

func TestWhatNobodyWroteIsUnknown(t *testing.T) {
	x := smallIndex(t)
	for _, q := range []string{"", "   ", "?", "qwertz zyxw vutsr", "😀", "\u200b", "the committee adjourned its proceedings on fiscal policy"} {
		if a := answerTo(t, x, Question{Text: q}); a.Kind != KindUnknown || len(a.Entries)+len(a.Choices) > 0 {
			t.Errorf("%q: got %s %v %v, want unknown", q, a.Kind, a.Entries, a.Choices)
		}
	}
}

func TestAnAlarmGoesBeforeEverything(t *testing.T) {
	x := smallIndex(t)
	for _, q := range []string{
		"i can't breathe", "how many sessions do i need? and my eye is swollen shut", "i want to book an appointment, there is pus coming out of my cheek",
		strings.Repeat("how many sessions do i need? ", 130) + "my throat is closing up",
	} {
		a := answerTo(t, x, Question{Text: q})
		if a.Kind != KindUrgent || a.Alarm.Rule == "" || len(a.Choices) > 0 {
			t.Errorf("%.60q...: got %s %+v %v", q, a.Kind, a.Alarm, a.Choices)
		}
	}
	if a := answerTo(t, x, Question{Text: "something is terribly wrong with my face right now"}); a.Kind != KindUrgent || !slices.Equal(a.Entries, []string{"alarm"}) {
		t.Errorf("the file's own alarm: %s %v", a.Kind, a.Entries)
	}
}

func TestTwoQuestionsInOneMessage(t *testing.T) {
	x := smallIndex(t)
	for _, c := range []struct {
		q    string
		kind Kind
		says []string
	}{
		{"how many sessions do i need? is the treatment painful?", KindAnswer, []string{"pain", "sessions"}},
		{"is the treatment painful? how much money do you charge?", KindAnswer, []string{"pain", "price"}},
		{"is the treatment painful? i want to book an appointment.", KindBooking, []string{"book"}},
	} {
		a := answerTo(t, x, Question{Text: c.q})
		missing := slices.ContainsFunc(c.says, func(id string) bool { return !slices.Contains(a.Entries, id) })
		if a.Kind != c.kind || missing {
			t.Errorf("%q: got %s %v, want %s %v", c.q, a.Kind, a.Entries, c.kind, c.says)
		}
	}
}

func TestAfter(t *testing.T) {
	x := smallIndex(t)
	plain := answerTo(t, x, Question{Text: "how many weeks between two sessions"})
	for _, after := range []string{"", "no-such-entry", "\x00"} {
		if diff := cmp.Diff(plain, answerTo(t, x, Question{Text: "how many weeks between two sessions", After: after})); diff != "" {
			t.Errorf("after %q:\n%s", after, diff)
		}
	}
	const leaning = "what about the gap"
	alone, led := answerTo(t, x, Question{Text: leaning}), answerTo(t, x, Question{Text: leaning, After: "sessions"})
	if !led.Followed || alone.Followed || score(led, "interval") <= score(alone, "interval") {
		t.Errorf("%q scores %.3f by itself and %.3f after sessions", leaning, score(alone, "interval"), score(led, "interval"))
	}
}

func score(a Answer, id string) float64 {
	for _, s := range a.Scores {
		if s.ID == id {
			return s.Value
		}
	}
	return 0
}

func TestTheSameFileGivesTheSameAnswers(t *testing.T) {
	folder := t.TempDir()
	for _, again := range []string{"cold", "warm"} {
		x, err := New(t.Context(), parsed(t, smallFAQ), CacheIn(folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"how many sessions", "dard hota hai", "price and pain?", "nonsense zyxw"} {
			if diff := cmp.Diff(answerTo(t, smallIndex(t), Question{Text: q}), answerTo(t, x, Question{Text: q}), cmp.Comparer(near5)); diff != "" {
				t.Errorf("%s, %q:\n%s", again, q, diff)
			}
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}

func near5(a, b float64) bool { return math.Abs(a-b) < 1e-5 }

// Files that barely are: one entry, no English, no answer entry at all.
func TestOddFiles(t *testing.T) {
	for what, text := range map[string]string{
		"one entry":  `{"entries": [{"id": "a", "questions": {"en": ["does it hurt"]}, "answer": {"en": "A little."}}]}`,
		"no English": `{"entries": [{"id": "a", "questions": {"ur": ["کیا درد ہوتا ہے"]}, "answer": {"ur": "تھوڑا۔"}}, {"id": "b", "questions": {"ur": ["کتنے سیشن"]}, "answer": {"ur": "چار۔"}}]}`,
		"no answers": `{"entries": [{"id": "a", "kind": "staff", "questions": {"en": ["does it hurt"]}, "answer": {"en": "Ask us."}}, {"id": "b", "kind": "chitchat", "questions": {"en": ["hello"]}, "answer": {"en": "Hi."}}]}`,
	} {
		x, err := New(t.Context(), parsed(t, text))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		for _, q := range []string{"does it hurt", "کیا درد ہوتا ہے", "", "???", "zyxw"} {
			checkShape(t, x, q, answerTo(t, x, Question{Text: q}))
		}
		if err := x.Close(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAskEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := smallIndex(t).Ask(ctx, Question{Text: "does it hurt"}); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := New(ctx, parsed(t, smallFAQ)); !errors.Is(err, context.Canceled) {
		t.Errorf("New: got %v, want context.Canceled", err)
	}
}

// checkShape checks what holds for every answer to anything.
func checkShape(t *testing.T, x *Index, q string, a Answer) {
	t.Helper()
	if !slices.Contains(precedence, a.Kind) || !slices.Contains(faq.Languages, a.Language) {
		t.Errorf("%q: kind %q, language %q", q, a.Kind, a.Language)
	}
	if len(a.Entries) > 2 || len(a.Choices) > 3 || len(a.Next) > 5 || len(a.Scores) > 5 || len(a.Scores) == 0 {
		t.Errorf("%q: too much or too little: %+v", q, a)
	}
	if a.Kind == KindAnswer && len(a.Entries) == 0 || a.Kind == KindChoose && len(a.Choices) == 0 || a.Kind == KindUnknown && len(a.Entries) > 0 {
		t.Errorf("%q: %s with %v and %v", q, a.Kind, a.Entries, a.Choices)
	}
	if (a.Alarm.Rule != "") && a.Kind != KindUrgent {
		t.Errorf("%q: the alarm %v came out as %s", q, a.Alarm, a.Kind)
	}
	shown := slices.Concat(a.Entries, a.Choices, a.Next)
	for i, id := range shown {
		if e, ok := x.FAQ().Entry(id); !ok || i >= len(a.Entries) && e.Kind != faq.Answer && e.Kind != faq.Staff {
			t.Errorf("%q: %s is shown, which is no question to choose", q, id)
		}
		if slices.Contains(shown[:i], id) {
			t.Errorf("%q: %s is shown twice: %v", q, id, shown)
		}
	}
	for i, s := range a.Scores {
		if !(s.Value >= 0 && s.Value <= 1) || i > 0 && s.Value > a.Scores[i-1].Value {
			t.Errorf("%q: scores %+v", q, a.Scores)
		}
	}
}

func TestHostileQuestionsAreAnswered(t *testing.T) {
	x := smallIndex(t)
	for _, q := range tooMuch() {
		checkShape(t, x, q, answerTo(t, x, Question{Text: q, After: "sessions"}))
	}
}

// tooMuch are messages of Telegram's greatest length, made to be slow.
func tooMuch() []string {
	var b strings.Builder
	for i := 0; b.Len() < 4000; i++ {
		fmt.Fprintf(&b, "wrd%d ", i)
	}
	return append([]string{
		b.String(),
		strings.Repeat("does it hurt? ", 292),
		strings.Repeat("how many sessions and how long does it last and what does it cost, ", 61),
		strings.Repeat("کتنے سیشن لگتے ہیں؟ ", 204),
		strings.Repeat("aaaaaaaaaaaaaaaa ", 240),
		strings.Repeat("*~\"()+-/^:\\ ", 341),
		strings.Repeat("\x00\u202e\u200b", 1365),
		strings.Repeat("ﷺ", 4096), // each becomes 18 characters
		strings.Repeat("👩🏽‍⚕️", 585),
	}, hostile...)
}

func FuzzAsk(f *testing.F) {
	x := smallIndex(f)
	for _, e := range x.FAQ().Entries {
		f.Add(e.Asked()[0], "")
	}
	f.Add("does it hurt? and what does it cost?", "sessions")
	f.Add("and how long\nthen", "lasting")
	f.Add("\xff\x00 *~1 \"", "\x00")
	f.Fuzz(func(t *testing.T, text, after string) {
		a, err := x.Ask(t.Context(), Question{Text: text, After: after})
		if err != nil {
			t.Fatalf("Ask(%q, %q): %v", text, after, err)
		}
		checkShape(t, x, text, a)
	})
}

// BenchmarkAskHostile asks the clinic's file the worst messages, and reports the slowest hundredth.
func BenchmarkAskHostile(b *testing.B) {
	x, err := New(b.Context(), loaded(b))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	worst := tooMuch()
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := x.Ask(b.Context(), Question{Text: worst[i%len(worst)]}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[(len(took)-1)*99/100].Microseconds())/1000, "p99-ms")
}
