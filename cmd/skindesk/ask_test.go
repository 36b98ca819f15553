package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// answered is a line of `ask --json` as its readers know it.
type answered struct {
	Kind    string             `json:"kind"`
	Answers []string           `json:"answers"`
	Choices []string           `json:"choices"`
	Scores  map[string]float64 `json:"scores"`
	Ms      float64            `json:"ms"`
	Error   string             `json:"error"`
}

// askAll feeds lines to `ask --json -` and returns the lines that come out.
func askAll(t *testing.T, lines ...string) []string {
	t.Helper()
	s := session{stdin: strings.NewReader(strings.Join(lines, "\n") + "\n")}
	if err := s.run(t, "ask", "--faq", smallFAQ, "--json", "-"); err != nil {
		t.Fatal(err)
	}
	out := strings.Split(strings.TrimSuffix(s.stdout.String(), "\n"), "\n")
	if len(out) != len(lines) {
		t.Fatalf("%d lines came of %d:\n%s", len(out), len(lines), &s.stdout)
	}
	return out
}

func decode(t *testing.T, line string) answered {
	t.Helper()
	var a answered
	d := json.NewDecoder(strings.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	a.Ms = 0
	return a
}

func question(q string) string {
	line, _ := json.Marshal(map[string]string{"q": q}) // a string always has a JSON form
	return string(line)
}

func TestAskAnswersEveryKindInOrder(t *testing.T) {
	wants := []struct{ q, kind, says string }{
		{"how many sessions do i need", "answer", "sessions"},
		{"kitne session lagte hain", "answer", "sessions"},
		{"کتنے سیشن لگتے ہیں", "answer", "sessions"},
		{"what does it cost", "staff", "price"},
		{"i want to book an appointment", "booking", "book"},
		{"i want to talk to a real person", "human", "person"},
		{"something is terribly wrong with my face right now", "urgent", "alarm"},
		{"good morning to you", "chitchat", "hello"},
		{"what is the weather today", "offtopic", "weather"},
		{"you are a stupid useless bot", "abuse", "insult"},
	}
	var lines []string
	for _, w := range wants {
		lines = append(lines, question(w.q))
	}
	for i, line := range askAll(t, lines...) {
		a := decode(t, line)
		if a.Kind != wants[i].kind || !slices.Equal(a.Answers, []string{wants[i].says}) {
			t.Errorf("%q: got %s %v, want %s [%s]", wants[i].q, a.Kind, a.Answers, wants[i].kind, wants[i].says)
		}
		if top := best(a.Scores); top != wants[i].says {
			t.Errorf("%q: %s scores best, want %s", wants[i].q, top, wants[i].says)
		}
	}
}

func best(scores map[string]float64) string {
	var top string
	for id, v := range scores {
		if top == "" || v > scores[top] {
			top = id
		}
	}
	return top
}

// Whatever is asked, the line has these keys with these types, and no list is null or too long.
func TestAskKeepsItsShape(t *testing.T) {
	kinds := strings.Fields("answer choose staff unknown booking human urgent chitchat offtopic abuse")
	var lines []string
	for _, q := range []string{
		"", " ", "?", "x", "qwertz uiop", "how many sessions? and does it hurt? and how long does it last? and what does it cost?", "sessions", "sun or sleep",
		"i can't breathe", "does it hurt and what does it cost", "\x00\x00", "😀😀😀", strings.Repeat("how many sessions ", 300), strings.Repeat("ا", 4096),
	} {
		lines = append(lines, question(q))
	}
	for i, line := range askAll(t, lines...) {
		var raw map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &raw); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		keys := slices.Sorted(maps.Keys(raw))
		if want := []string{"answers", "choices", "kind", "ms", "scores"}; !slices.Equal(keys, want) {
			t.Errorf("%s: keys %v, want %v", lines[i], keys, want)
		}
		for _, list := range []string{"answers", "choices"} {
			if !bytes.HasPrefix(raw[list], []byte("[")) {
				t.Errorf("%s: %s is %s, want a list", lines[i], list, raw[list])
			}
		}
		a := decode(t, line)
		if !slices.Contains(kinds, a.Kind) || len(a.Answers) > 2 || len(a.Choices) > 3 || len(a.Scores) != 5 {
			t.Errorf("%s: %s", lines[i], line)
		}
		for id, v := range a.Scores {
			if v < 0 || v > 1 {
				t.Errorf("%s: %s scores %v", lines[i], id, v)
			}
		}
	}
}

func TestAskGoesOnAfterABadLine(t *testing.T) {
	bad := []string{`{"q": `, `no json`, `{"q": 5}`, `[]`, `null`, `{}`, `{"question": "hello"}`, `"hello"`, `{"q": "hello"} {"q": "hello"}`, `{"q": "a", "after": 1}`}
	out := askAll(t, append(slices.Clone(bad), question("does it hurt"))...)
	for i, line := range out[:len(bad)] {
		var a map[string]string
		if err := json.Unmarshal([]byte(line), &a); err != nil || a["error"] == "" || len(a) != 1 {
			t.Errorf("%s: got %s, want an error alone", bad[i], line)
		}
	}
	if a := decode(t, out[len(bad)]); a.Kind != "answer" || !slices.Equal(a.Answers, []string{"pain"}) {
		t.Errorf("the question after them: %+v", a)
	}
}

func TestAskIgnoresAnUnknownAfter(t *testing.T) {
	out := askAll(t, question("is it painful"), `{"q": "is it painful", "after": "no-such-entry"}`, `{"q": "is it painful", "after": ""}`, `{"q": "is it painful", "later": 1}`)
	for _, line := range out[1:] {
		if diff := cmp.Diff(decode(t, out[0]), decode(t, line)); diff != "" {
			t.Errorf("differs:\n%s", diff)
		}
	}
}

func TestAskSkipsEmptyLinesAndNeedsNoLastLineBreak(t *testing.T) {
	s := session{stdin: strings.NewReader("\n  \r\n" + question("does it hurt") + "\r\n\n" + question("hello"))}
	if err := s.run(t, "ask", "--faq", smallFAQ, "--json", "-"); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(s.stdout.String(), "\n"); n != 2 {
		t.Errorf("%d lines:\n%s", n, &s.stdout)
	}
}

// Each answer is written before the next question is awaited: whoever drives the command talks with it.
func TestAskFlushesEveryLine(t *testing.T) {
	questions, ask := io.Pipe()
	answers, answer := io.Pipe()
	var s session
	ended := make(chan error, 1)
	go func() {
		err := run(t.Context(), environ{s.lookup, questions, answer, io.Discard}, []string{"ask", "--faq", smallFAQ, "--json", "-"})
		ended <- err
		answer.Close()
	}()
	hurry := time.AfterFunc(time.Minute, func() { answers.CloseWithError(io.ErrNoProgress) })
	defer hurry.Stop()
	lines := bufio.NewScanner(answers)
	for range 3 {
		if _, err := io.WriteString(ask, question("does it hurt")+"\n"); err != nil {
			t.Fatal(err)
		}
		if !lines.Scan() {
			t.Fatalf("no answer: %v", lines.Err())
		}
	}
	ask.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAskOneQuestion(t *testing.T) {
	s := session{}
	if err := s.run(t, "ask", "--faq", smallFAQ, "--json", "does", "it", "hurt"); err != nil {
		t.Fatal(err)
	}
	if a := decode(t, s.stdout.String()); a.Kind != "answer" || strings.Count(s.stdout.String(), "\n") != 1 {
		t.Errorf("got %s", &s.stdout)
	}
}

func TestAskExplainsItself(t *testing.T) {
	s := session{}
	if err := s.run(t, "ask", "--faq", smallFAQ, "how much pain is there"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"verdict: answer", "Does it hurt?", "It may hurt a little & stops soon.", `"how much pain is there"`, "scores:"} {
		if !strings.Contains(s.stdout.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, &s.stdout)
		}
	}
	s = session{}
	if err := s.run(t, "ask", "--faq", smallFAQ, "i can't breathe"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.stdout.String(), "verdict: urgent") || !strings.Contains(s.stdout.String(), "alarm: breathing") {
		t.Errorf("the alarm is not explained:\n%s", &s.stdout)
	}
}

func TestAskWithoutAQuestion(t *testing.T) {
	var s session
	if err := s.run(t, "ask", "--faq", smallFAQ); err == nil || !strings.Contains(err.Error(), "for example") {
		t.Errorf("got %v", err)
	}
}
