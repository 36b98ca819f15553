package index

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"skindesk/faq"
)

// flagCases reads sentences: those that the ear learns from, or with a name the ones of a file that nothing was fitted to.
func flagCases(t testing.TB, files ...string) []alarmSentence {
	t.Helper()
	var cases []alarmSentence
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			var c alarmSentence
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatalf("%s: %s: %v", file, line, err)
			}
			cases = append(cases, c)
		}
	}
	return cases
}

func TestRedFlagCases(t *testing.T) {
	urgent, traps := map[string]int{}, 0
	for _, c := range flagCases(t, "alarms/tables.jsonl", "alarms/blind1.jsonl", "alarms/ordinary.jsonl") {
		alarm, got := RedFlag(c.Q)
		if got != c.Urgent {
			t.Errorf("RedFlag(%q) = %v, %v, want %v: %s", c.Q, alarm, got, c.Urgent, c.Why)
		}
		if c.Urgent {
			urgent[c.Lang]++
		} else {
			traps++
		}
	}
	if n := urgent["en"] + urgent["ur-Latn"] + urgent["ur"]; n < 150 || len(urgent) < 3 || traps < n/3 {
		t.Errorf("the cases are too thin: urgent %v, traps %d", urgent, traps)
	}
}

// Sentences that were written blind and never fitted to tell what the rules alone are worth with a stranger's words: not enough,
// hence the ear.
func TestRedFlagOnSentencesOfStrangers(t *testing.T) {
	caught, urgent, alarms := 0, 0, 0
	for _, c := range flagCases(t, "testdata/redflags-blind3.jsonl") {
		_, got := RedFlag(c.Q)
		switch {
		case c.Urgent:
			urgent++
			caught += count(got)
		case got:
			alarms++
			t.Errorf("a false alarm: %q", c.Q)
		}
	}
	t.Logf("caught %d of %d, %d false alarms", caught, urgent, alarms)
	if 10*caught < 6*urgent {
		t.Errorf("the rules catch %d of %d", caught, urgent)
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Nothing that the clinic's file answers otherwise may ring.
func TestRedFlagLeavesTheFilesQuestionsAlone(t *testing.T) {
	f := loaded(t)
	for i := range f.Entries {
		for _, q := range f.Entries[i].Asked() {
			alarm, got := RedFlag(q)
			if got && f.Entries[i].Kind != faq.Urgent {
				t.Errorf("%s: RedFlag(%q) = %v", f.Entries[i].ID, q, alarm)
			}
		}
	}
}

func TestRedFlagNamesTheRule(t *testing.T) {
	for q, want := range map[string]string{
		"pus is coming out of my cheek":               "infection",
		"mujhe tez bukhar hai":                        "fever",
		"the redness is spreading to my neck":         "spreading",
		"سوجن بڑھتی جا رہی ہے":                        "swelling",
		"my eye is swollen shut":                      "eye",
		"my throat is closing up":                     "breathing",
		"hives all over my body":                      "hives",
		"ammi behosh ho gai hain":                     "fainting",
		"dil bohat tez dharak raha hai":               "heart",
		"خون بند نہیں ہو رہا":                         "bleeding",
		"the skin came off my cheek":                  "blisters",
		"sui toot kar andar reh gai hai":              "needle",
		"fever, and i do not want to live any longer": "self-harm",
		"my husband hit me again tonight":             "violence",
		"us ne abhi mere chehre pe tezab phenka hai":  "violence",
		"my baby has stopped moving since last night": "pregnancy",
		"i took twenty tablets together":              "swallowed",
		"filler ke baad rang wapas nahi aa raha":      "blisters",
		"my sister went limp in the car":              "fainting",
		"مجھ سے اب جیا نہیں جاتا":                     "self-harm",
	} {
		if alarm, ok := RedFlag(q); !ok || alarm.Rule != want {
			t.Errorf("RedFlag(%q) = %v, %v, want rule %q", q, alarm, ok, want)
		}
	}
}

// Each pair differs in one thing only: the one that tells whether it is so now.
func TestRedFlagTellsNowFromNot(t *testing.T) {
	for _, pair := range []struct{ mood, now, not string }{
		{"negation", "i have fever and swelling", "i have no fever or swelling"},
		{"negation of one clause", "no fever but pus is coming out", "pus is not coming out and no fever"},
		{"Urdu negation", "bukhar hai", "bukhar nahi hai"},
		{"negation of one clause, Urdu", "bukhar nahi hai lekin peep aa rahi hai", "peep nahi hai lekin laali hai"},
		{"a not that denies nothing", "not sure but my eye is swollen", "my eye is not swollen"},
		{"a symptom that does not end", "the bleeding has not stopped", "the bleeding has stopped"},
		{"hypothesis", "i got fever what do i do", "if i get fever what do i do"},
		{"hypothesis, Urdu", "mujhe bukhar ho gaya to kya karun", "agar bukhar ho jaye to kya karun"},
		{"past", "since yesterday i have blisters", "last year i had blisters"},
		{"past and now", "last year it was fine but now i have blisters", "i had blisters last year but it is fine"},
		{"past, Urdu", "ab chalay par gaye hain", "pichle saal chalay par gaye thay"},
		{"risk", "my cheek is infected", "can my cheek get infected"},
		{"question", "is it normal that my eye is swollen shut?", "is it normal that eyes get swollen?"},
		{"other person", "my sister fainted after the session", "do people faint after the session"},
		{"mixed languages", "meri skin se fluid aa raha hai and it smells", "fluid ya smell to nahi hoti?"},
	} {
		if alarm, ok := RedFlag(pair.now); !ok {
			t.Errorf("%s: RedFlag(%q) finds nothing", pair.mood, pair.now)
		} else if alarm.Words == "" {
			t.Errorf("%s: RedFlag(%q) does not say why", pair.mood, pair.now)
		}
		if alarm, ok := RedFlag(pair.not); ok {
			t.Errorf("%s: RedFlag(%q) = %v, want none", pair.mood, pair.not, alarm)
		}
	}
}

func TestRedFlagReadsTheWholeMessage(t *testing.T) {
	story := strings.Repeat("i came to you in spring and liked the place. ", 85)
	if _, ok := RedFlag(story); ok {
		t.Error("an alarm in a story without any")
	}
	if _, ok := RedFlag(story + "now my throat is closing up"); !ok {
		t.Error("the last words of a long message are not read")
	}
}

// hostile are messages made to be slow: every word is a mark, a part of a symptom, or nearly one.
var hostile = []string{
	strings.Repeat("eye ", 1024),
	strings.Repeat("no eye swollen not ", 215),
	strings.Repeat("if pus can my ", 290),
	strings.Repeat("sweling bleding oozng ", 186),
	strings.Repeat("\u0641\u064b", 2048),
	strings.Repeat("a.", 2048),
	strings.Repeat("do not have dont want to ", 163),
	strings.Repeat("x", 4096),
}

func TestRedFlagIsFastOnHostileText(t *testing.T) {
	for _, text := range hostile {
		start := time.Now()
		RedFlag(text)
		// A hundred times what it takes, so that a busy machine does not fail the test; a quadratic search would.
		if took := time.Since(start); took > time.Second {
			t.Errorf("%.20q... took %v", text, took)
		}
	}
}

func TestAlarmTablesNameTheirConcepts(t *testing.T) {
	known := map[string]bool{"now": true}
	for _, c := range alarmConcepts {
		if known[c.name] {
			t.Errorf("concept %q stands twice", c.name)
		}
		known[c.name] = true
	}
	for _, r := range alarmRules {
		for _, p := range r.patterns {
			for _, part := range strings.Split(p, " + ") {
				if !known[strings.TrimPrefix(part, "without ")] {
					t.Errorf("rule %s: pattern %q: no concept %q", r.name, p, part)
				}
			}
		}
	}
	for id, name := range map[int]string{
		notBefore: "not before", notAfter: "not after", notRightBefore: "not right before", notWithin: "not within", barrier: "barrier", ending: "ending", over: "over",
		hypothesis: "hypothesis", future: "future", past: "past", wasThen: "was then", general: "general", atTimes: "at times", rumour: "rumour", hearsay: "hearsay", ongoing: "ongoing", underWay: "under way", theirs: "theirs",
		dated: "dated", strongly: "strongly", afterwards: "afterwards", copula: "copula", opensModal: "opens modal", opensPlain: "opens plain",
		opensUrdu: "opens urdu", opensWhen: "opens when", polite: "polite", figure: "figure of speech", anotherThing: "another thing", goods: "goods",
	} {
		if alarmConcepts[id].name != name {
			t.Errorf("concept %d is %q, want %q", id, alarmConcepts[id].name, name)
		}
	}
}

func FuzzRedFlag(f *testing.F) {
	for _, c := range flagCases(f, "alarms/tables.jsonl", "alarms/blind1.jsonl") {
		f.Add(c.Q)
	}
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		alarm, ok := RedFlag(text)
		if ok != (alarm.Rule != "") || ok != (alarm.Words != "") {
			t.Errorf("RedFlag(%q) = %v, %v", text, alarm, ok)
		}
	})
}

func BenchmarkRedFlag(b *testing.B) {
	for name, text := range map[string]string{
		"question": "how many sessions do i need for deep acne scars and is it painful?",
		"urdu":     "سیشن کے بعد کتنے دن سورج سے بچنا ہے؟",
		"longest":  strings.Repeat("i came to you in spring and my eye was not swollen, ", 79),
		"hostile":  hostile[1],
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				RedFlag(text)
			}
		})
	}
}
