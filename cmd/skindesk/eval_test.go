package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skindesk/eval"
)

func casesFile(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cases.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func evaluated(t *testing.T, file string) eval.Figures {
	t.Helper()
	var s session
	if err := s.run(t, "eval", "--faq", smallFAQ, "--cases", file, "--json"); err != nil {
		t.Fatal(err)
	}
	var f eval.Figures
	if err := json.Unmarshal(s.stdout.Bytes(), &f); err != nil || strings.Count(s.stdout.String(), "\n") != 1 {
		t.Fatalf("%v: %s", err, &s.stdout)
	}
	return f
}

func TestEvalOfOurCases(t *testing.T) {
	file := casesFile(t,
		`{"id": "c1", "lang": "en", "q": "how many sessions do i need", "topic": "sessions", "kind": "plain"}`,
		`{"id": "c2", "lang": "ur-Latn", "q": "dard hota hai kya", "topic": "pain", "kind": "plain"}`,
		`{"id": "c3", "lang": "en", "q": "what does it cost", "topic": "unanswerable", "kind": "plain"}`,
		`{"id": "c4", "lang": "en", "q": "i want to book an appointment", "topic": "booking", "kind": "plain"}`,
		`{"id": "c5", "lang": "en", "q": "i want to talk to a real person", "topic": "human", "kind": "plain"}`,
		`{"id": "c6", "lang": "en", "q": "i can't breathe", "topic": "urgent", "kind": "plain"}`,
		`{"id": "c7", "lang": "en", "q": "what is the weather today", "topic": "off-topic", "kind": "plain"}`,
		`{"id": "c8", "lang": "en", "q": "do i need sunscreen", "topic": "sleep", "kind": "plain"}`, // labelled wrongly on purpose
	)
	f := evaluated(t, file)
	got := eval.Figures{Questions: f.Questions, Right: f.Right, Wrong: f.Wrong, UnanswerableRight: f.UnanswerableRight, Booking: f.Booking, Human: f.Human, Urgent: f.Urgent}
	want := eval.Figures{Questions: 8, Right: 2.0 / 3, Wrong: 1.0 / 3, UnanswerableRight: 1, Booking: 1, Human: 1, Urgent: 1}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEvalOfAPublicSet(t *testing.T) {
	f := evaluated(t, casesFile(t,
		`{"q": "how many sessions do i need", "id": "sessions"}`,
		`{"q": "is the treatment painful", "id": "pain"}`,
		`{"q": "which galaxy is nearest to ours", "id": "", "kind": "far"}`,
	))
	if f.Questions != 3 || f.Right != 1 || f.A1 != 1 || f.AUROC != 1 || f.FalseAnswers != 0 {
		t.Errorf("got %+v", f)
	}
}

func TestEvalForPeople(t *testing.T) {
	file := casesFile(t, `{"id": "c1", "lang": "en", "q": "do i need sunscreen", "topic": "sleep"}`)
	var s session
	if err := s.run(t, "eval", "--faq", smallFAQ, "--cases", file, "--misses"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`c1 [sleep] "do i need sunscreen" -> answer [sun]`, "with an entry, en", "wrong                   1 of    1  100.0 %", "expected calibration error"} {
		if !strings.Contains(s.stdout.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, &s.stdout)
		}
	}
}

func TestEvalDrawsATradeoff(t *testing.T) {
	var lines []string
	for i := range 20 {
		lines = append(lines, fmt.Sprintf(`{"id": "c%d", "lang": "en", "q": "is number %d painful", "topic": "pain"}`, i, i))
	}
	path := filepath.Join(t.TempDir(), "picture.svg")
	var s session
	if err := s.run(t, "eval", "--faq", smallFAQ, "--cases", casesFile(t, lines...), "--picture", path, "--json"); err != nil {
		t.Fatal(err)
	}
	drawn, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<svg ", "20 questions", ">all: ", ">English: "} {
		if !strings.Contains(string(drawn), want) {
			t.Errorf("%q is missing in the picture", want)
		}
	}
	if strings.Contains(string(drawn), "Urdu") {
		t.Error("a line for a language that nobody asked in")
	}
}

func TestEvalNamesTheBadLine(t *testing.T) {
	var s session
	err := s.run(t, "eval", "--faq", smallFAQ, "--cases", casesFile(t, `{"q": "a", "topic": "pain"}`, `{"q": `))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if err := s.run(t, "eval", "--faq", smallFAQ); err == nil || !strings.Contains(err.Error(), "--cases") {
		t.Errorf("without cases: %v", err)
	}
}
