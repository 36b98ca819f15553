package faq

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const clinicFile = "../faq.json"

// clinicFAQ is the clinic's own file, as it is shipped.
func clinicFAQ(t testing.TB) (*FAQ, []Fault) {
	t.Helper()
	f, warnings, err := Parse(read(t, clinicFile))
	if err != nil {
		t.Fatalf("%s:\n%v", clinicFile, err)
	}
	return f, warnings
}

func ofKind(f *FAQ, kinds ...Kind) []*Entry {
	var es []*Entry
	for i := range f.Entries {
		if slices.Contains(kinds, f.Entries[i].Kind) {
			es = append(es, &f.Entries[i])
		}
	}
	return es
}

func TestClinicFileIsClean(t *testing.T) {
	_, warnings := clinicFAQ(t)
	for _, w := range warnings {
		if !strings.Contains(w.Reason, "data is an example") {
			t.Error(w)
		}
	}
}

// answerIDs are the topics that the clinic's document supports, in the order of the document's parts.
var answerIDs = strings.Fields(`
	what-is-it how-it-works phases tools-needles who-performs specialist-plan who-is-it-for
	sessions-count sessions-minor sessions-severe session-interval results-when
	one-session-duration results-duration duration-factors permanence maintenance
	durability-general durability-sun durability-stress durability-moisturiser durability-smoking-caffeine durability-sugar durability-diet durability-sleep
	collagen-what collagen-loss collagen-age collagen-care
	benefits-general benefit-scars benefit-wrinkles benefit-pores benefit-stretch-marks benefit-hair benefit-pigmentation benefit-sagging benefit-texture-glow
	risks-general risk-scarring risk-infection risk-bruising-allergy pain-swelling choosing-clinic clinic-name`)

var sections = []string{"introduction", "how it works", "sessions", "how long results last", "keeping the results", "collagen", "benefits", "risks", "final thoughts"}

func TestEveryTopicIsAnswered(t *testing.T) {
	f, _ := clinicFAQ(t)
	var ids []string
	for _, e := range ofKind(f, Answer) {
		ids = append(ids, e.ID)
		if e.Source.Document == "" || !slices.Contains(sections, e.Source.Section) {
			t.Errorf("%s rests on %+v, which is no part of the document", e.ID, e.Source)
		}
		if len(e.Related) > 3 {
			t.Errorf("%s has %d related entries, at most 3 are shown", e.ID, len(e.Related))
		}
		if e.Topic == "" {
			t.Errorf("%s stands under no heading of the menu", e.ID)
		}
	}
	slices.Sort(ids)
	if want := slices.Sorted(slices.Values(answerIDs)); len(want) != 45 || !slices.Equal(ids, want) {
		t.Errorf("answers:\n%v\nwant the %d topics:\n%v", ids, len(want), want)
	}
}

func TestEveryKindIsThere(t *testing.T) {
	f, _ := clinicFAQ(t)
	for _, k := range Kinds {
		if len(ofKind(f, k)) == 0 {
			t.Errorf("no entry of kind %s", k)
		}
	}
	if n := len(ofKind(f, Staff)); n < 30 {
		t.Errorf("%d entries pass a question to staff, want at least 30", n)
	}
	if n := len(f.Entries); n < 210 {
		t.Errorf("%d entries, want at least 210", n)
	}
}

func TestPhrasingsAreEnough(t *testing.T) {
	f, _ := clinicFAQ(t)
	least := map[Language]int{English: 10, RomanUrdu: 6, Urdu: 3}
	for _, e := range ofKind(f, Answer, Staff) {
		for _, l := range Languages {
			if n := len(e.Questions[l]); n < least[l] {
				t.Errorf("%s: %d phrasings in %s, want at least %d", e.ID, n, l, least[l])
			}
		}
	}
}

func TestTextsAreComplete(t *testing.T) {
	f, _ := clinicFAQ(t)
	for i := range f.Entries {
		e := &f.Entries[i]
		for _, l := range Languages {
			if e.Title[l] == "" || e.Answer[l] == "" {
				t.Errorf("%s: title %q, answer %q in %s", e.ID, e.Title[l], e.Answer[l], l)
			}
			if n := utf8.RuneCountInString(e.Title[l]); n > 40 {
				t.Errorf("%s: the title in %s has %d characters, a button shows 40: %s", e.ID, l, n, e.Title[l])
			}
		}
		if e.Reviewed != "" || e.ReviewBy != "" {
			t.Errorf("%s: reviewed %q, to review %q: only a clinician's signature puts a date there", e.ID, e.Reviewed, e.ReviewBy)
		}
	}
	for _, e := range ofKind(f, Answer) {
		if n := len(strings.Fields(e.Answer[English])); n < 25 || n > 90 {
			t.Errorf("%s: the English answer has %d words, want 25 to 90", e.ID, n)
		}
	}
}

// TestScripts keeps each language in its own letters: Urdu with the letters of Urdu, not the Arabic ones that look alike.
func TestScripts(t *testing.T) {
	f, _ := clinicFAQ(t)
	commands := regexp.MustCompile(`/[a-z]+|\bAI\b`)
	latin, arabic, foreign := regexp.MustCompile(`\p{Latin}`), regexp.MustCompile(`\p{Arabic}`), regexp.MustCompile(`[يكةى٠-٩]`)
	for i := range f.Entries {
		e := &f.Entries[i]
		for _, text := range []Text{e.Title, e.Answer} {
			if arabic.MatchString(text[English]) || arabic.MatchString(text[RomanUrdu]) || !arabic.MatchString(text[Urdu]) || latin.MatchString(commands.ReplaceAllString(text[Urdu], "")) {
				t.Errorf("%s: a text stands in the wrong script: %v", e.ID, text)
			}
			if letter := foreign.FindString(text[Urdu]); letter != "" {
				t.Errorf("%s: %q is no letter of Urdu: %s", e.ID, letter, text[Urdu])
			}
		}
	}
}

// claims are words that no answer may use as a claim, and why.
var claims = []struct {
	words *regexp.Regexp
	why   string
}{
	{regexp.MustCompile(`(?i)\b(un)?safe(ly|r|st|ty)?\b|\bmehfoo?z\b|\bmahfoo?z\b|محفوظ`), "the document names side effects: nothing is called safe"},
	{regexp.MustCompile(`(?i)\bpain[- ]?(less|free)|\b(no|without) pain\b|\bbe-?dard\b|\b(beghair|bina|baghair) dard\b|بے درد|بغیر درد|بلا درد`), "pain is one of the named side effects"},
	{regexp.MustCompile(`(?i)\b(no|without|zero) (any )?(risk|danger|side[- ]effect)s?\b|\b(risk|side[- ]effect)s?[- ]free\b|koi (khatra|risk|side effect) nahi|کوئی خطرہ نہیں`), "risks are named"},
	{regexp.MustCompile(`(?i)guarant|\bgarant|\bzamanat|\bassured?\b|ضمانت|گارنٹی`), "nobody can promise a result"},
	{regexp.MustCompile(`(?i)\b100 ?(%|percent|fee?sad)|٪۱۰۰|سو فیصد`), "nobody can promise a result"},
	{regexp.MustCompile(`(?i)\bcure[sd]?\b|\bmiracle|\bflawless|\bperfect|\binstant(ly)?\b|کرشمہ`), "results take weeks and vary"},
	{regexp.MustCompile(`(?i)\b(the )?best\b|\bno\.? ?1\b|\bnumber one\b|\bmost popular\b|\bworld[- ]class\b|\bhigh[- ]quality\b|sab se (acch?a|behtar|behtareen)|بہترین|سب سے اچھ`), "the document's own praise is no fact"},
	{regexp.MustCompile(`(?i)\bproven\b|\bclinically\b|\bscientifically\b|\bFDA\b`), "the document proves nothing"},
	{regexp.MustCompile(`(?i)\bwill (remove|erase|vanish|disappear)|\bremoves?\b|\berases?\b|\bcompletely (gone|clear|remove|smooth)`), "scars and lines are made less, not taken away"},
	{regexp.MustCompile(`(?i)\bpermanent(ly)?\b|\bforever\b|\bmustaqil\b|مستقل|ہمیشہ کے لیے`), "results are not permanent"},
}

// denied are sentences in which such a word says the opposite, or is a question that staff must answer.
var denied = regexp.MustCompile(`(?i)\b(not|no|never|cannot|can't|nahi|nahin|whether|instead of)\b|نہیں|نہ |کیا `)

// claimIn returns the first word of a text that claims what no answer may claim, and why it may not.
func claimIn(text string) (word, why string) {
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n۔؟:", r) }) {
		for _, c := range claims {
			word := c.words.FindString(sentence)
			if word != "" && !denied.MatchString(strings.Replace(sentence, word, "", 1)) {
				return word, c.why
			}
		}
	}
	return "", ""
}

func TestClaims(t *testing.T) {
	for text, want := range map[string]string{
		"Micro-needling is safe for the skin.":                        "safe",
		"It hurts a little. There is no risk.":                        "no risk",
		"A painless treatment.":                                       "painless",
		"We guarantee smoother skin.":                                 "guarant",
		"Yeh bilkul mehfooz hai.":                                     "mehfooz",
		"یہ علاج محفوظ ہے۔":                                           "محفوظ",
		"The results are permanent.":                                  "permanent",
		"It removes scars.":                                           "removes",
		"The results are not permanent.":                              "",
		"Whether it is safe for you, the clinic can tell.":            "",
		"A result cannot be guaranteed.":                              "",
		"It can reduce scars, once the skin has healed completely.":   "",
		"Pain and swelling are named. A dermatologist can say more.":  "",
		"Results last for months, and some people report two years .": "",
	} {
		if word, _ := claimIn(text); word != want {
			t.Errorf("%q: claims %q, want %q", text, word, want)
		}
	}
}

func TestAnswersClaimNothing(t *testing.T) {
	f, _ := clinicFAQ(t)
	for _, e := range ofKind(f, Answer) {
		for l, text := range e.Answer {
			if word, why := claimIn(text); word != "" {
				t.Errorf("%s claims %q in %s (%s): %s", e.ID, word, l, why, text)
			}
		}
	}
}

// The answers are measured with questions that are kept apart from this repository. A phrasing that equals one of them would
// measure memory, so their hashes are kept here and none of our phrasings may have one of them. To make the hashes anew:
//
//	go test ./faq -run Measured -update -questions FILE.jsonl
const measuredFile = "testdata/measured.sha256"

var questions = flag.String("questions", "", "the measuring questions, JSON lines with the field q; with -update their hashes are written")

func TestNoPhrasingIsMeasured(t *testing.T) {
	if *update && *questions != "" {
		writeMeasured(t)
	}
	measured := strings.Fields(string(read(t, measuredFile)))
	if len(measured) < 100 {
		t.Fatalf("%d hashes in %s", len(measured), measuredFile)
	}
	f, _ := clinicFAQ(t)
	for i := range f.Entries {
		for _, q := range f.Entries[i].Asked() {
			if slices.Contains(measured, hashed(q)) {
				t.Errorf("%s: %q is one of the measuring questions", f.Entries[i].ID, q)
			}
		}
	}
}

func hashed(question string) string {
	sum := sha256.Sum256([]byte(Normalize(question)))
	return hex.EncodeToString(sum[:])
}

func writeMeasured(t *testing.T) {
	file, err := os.Open(*questions)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var hashes []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var c struct {
			Q string `json:"q"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil || c.Q == "" {
			t.Fatalf("line %d of the questions: %v", len(hashes)+1, err)
		}
		hashes = append(hashes, hashed(c.Q))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(hashes)
	if err := os.WriteFile(measuredFile, []byte(strings.Join(slices.Compact(hashes), "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
