package main

import (
	"strings"
	"testing"
)

func TestTextsArePrinted(t *testing.T) {
	s := session{env: map[string]string{"FAQ_FILE": scriptFAQ}}
	if err := s.run(t, "texts", "--language", "ur-Latn"); err != nil {
		t.Fatal(err)
	}
	out := s.stdout.String()
	for _, want := range []string{"ur-Latn: sentences", "not_meant\n", "Aap ka number #1042 hai", "[Appointment]", "/start\n", "--- nobody reacts ---", "over the chat\n", "entry sessions-count", "chhe se aath"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not printed", want)
		}
	}
	for _, not := range []string{"===== en", "{case}", "<b>"} {
		if strings.Contains(out, not) {
			t.Errorf("%q is printed", not)
		}
	}
	s = session{}
	if err := s.run(t, "texts", "--faq", scriptFAQ, "--language", "fr"); err == nil || !strings.Contains(err.Error(), "for example") {
		t.Errorf("an unknown language: %v", err)
	}
}
