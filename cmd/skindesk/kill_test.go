package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"skindesk/preview"
)

// TestKilledAtRandomItAnswersEveryQuestionInOrder asks 200 questions from 20 chats while the program is killed ten times with
// SIGKILL, in the middle of a call that chance picks, and every tenth call fails in one of three ways. Each chat must then
// hold an answer to every question, in the order of the questions, and nothing twice without the mark of a repeat.
func TestKilledAtRandomItAnswersEveryQuestionInOrder(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts the program eleven times")
	}
	const chats, kills = 20, 10
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 1))

	telegram := preview.New(preview.Options{})
	defer telegram.Close()
	telegram.Faults().Seed(seed)
	for _, kind := range []preview.Kind{preview.Refuse, preview.ServerError, preview.Cut} {
		telegram.Faults().Add(preview.Fault{Kind: kind, Chance: 0.034})
	}
	line := &killingLine{next: telegram, dice: dice, passed: make(chan struct{}, 1)}
	front := httptest.NewServer(line)
	defer front.Close()

	sana := telegram.Person("Sana")
	group := telegram.Supergroup("Clinic", sana)
	var patients []*preview.Person
	for i := range chats {
		patients = append(patients, telegram.Person("Patient "+strconv.Itoa(i)))
	}
	questions, faqFile := killFAQ()
	run := newRun(t, telegram, front.URL, group.ID(), sana.ID(), faqFile)
	began := time.Now()
	asked := make([][]int, chats) // ids of the questions, chat by chat
	for round := range kills {
		run.start()
		for i, p := range patients {
			asked[i] = append(asked[i], p.Say(questions[round%len(questions)]).ID)
		}
		line.killIn(1+dice.IntN(chats), run.kill)
		run.awaitDeath()
	}
	run.start()
	// The chat is sent in order, so once this is answered nothing earlier is still to come.
	last := make([]int, chats)
	for i, p := range patients {
		last[i] = p.Say("thank you").ID
	}
	run.await(line.passed, func() (missing int) {
		for i, p := range patients {
			if !slices.ContainsFunc(p.Messages(), func(m preview.Message) bool { return m.FromBot && m.ReplyTo == last[i] }) {
				missing++
			}
		}
		return missing
	})
	run.kill()
	run.awaitDeath()

	repeats := 0
	for i, p := range patients {
		repeats += checkChat(t, p, append(asked[i], last[i]))
	}
	t.Logf("%d questions, %d calls, %d kills, faults %v, %d repeats (all marked), %v", chats*kills, len(telegram.Calls()), kills, telegram.Faults().Fired(), repeats,
		time.Since(began).Round(time.Millisecond))
	if strings.Contains(run.log.String(), telegram.Token()) {
		t.Error("the token is in the log")
	}
}

// checkChat looks at one chat as its patient sees it, and returns how many marked repeats it holds.
func checkChat(t *testing.T, p *preview.Person, asked []int) (repeats int) {
	t.Helper()
	unmarked := map[int]int{}
	var order []int
	for _, m := range p.Messages() {
		if !m.FromBot {
			continue
		}
		if m.ReplyTo == 0 {
			t.Errorf("%s: %q answers no question", p.Name(), m.Text)
			continue
		}
		if strings.Contains(m.Text, "↻") {
			repeats++
		} else {
			unmarked[m.ReplyTo]++
		}
		order = append(order, m.ReplyTo)
	}
	if !slices.IsSorted(order) {
		t.Errorf("%s: out of order: %v", p.Name(), order)
	}
	for _, id := range asked {
		if !slices.Contains(order, id) {
			t.Errorf("%s: question %d is not answered", p.Name(), id)
		}
		if unmarked[id] > 1 {
			t.Errorf("%s: question %d is answered %d times without a mark", p.Name(), id, unmarked[id])
		}
	}
	return repeats
}

// A small faq.json: the program is started eleven times.
func killFAQ() (questions []string, file []byte) {
	type entry struct {
		ID        string              `json:"id"`
		Questions map[string][]string `json:"questions"`
		Answer    map[string]string   `json:"answer"`
	}
	var entries []entry
	for i, about := range []string{"parking", "toenails", "scholarships", "elephants", "umbrellas", "passports", "violins", "pancakes", "lighthouses", "marathons"} {
		q := "what about " + about
		questions = append(questions, q)
		entries = append(entries, entry{
			ID: about, Questions: map[string][]string{"en": {q, "tell me of your " + about}},
			Answer: map[string]string{"en": fmt.Sprintf("This is all that we know about %s, and it is number %d.", about, i)},
		})
	}
	file, _ = json.Marshal(map[string]any{"version": 1, "entries": entries}) // strings and numbers only
	return questions, file
}
