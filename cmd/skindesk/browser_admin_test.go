package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The admin breaks the file, is told where, mends it, and the new answer is given; then goes back: in a real browser, with the
// file edited beside it as in any editor.
func TestBrowserAdminArc(t *testing.T) {
	t.Parallel()
	s := openScreen(t, filepath.Join("testdata", "clinic.json"))
	s.size(1440, 900, false)
	s.starts(adminPane)
	s.sees(adminPane, "/start")
	s.starts(patientPane)
	s.says(patientPane, "how many sessions do i need")
	s.sees(patientPane, "six to eight")

	s.edits(`related": ["session-interval"`, `relatd": ["session-interval"`)
	s.sees(adminPane, "Faults in faq.json: 1", "sessions-count", `unknown field "relatd"`)
	s.says(patientPane, "what is the number of sessions")
	s.seesLast(patientPane, "six to eight")

	s.edits(`relatd"`, `related"`)
	s.sees(adminPane, "in order again")
	s.edits("six to eight", "nine to ten")
	s.sees(adminPane, "in force as version 2", "sessions-count")
	s.says(patientPane, "number of sessions")
	s.seesLast(patientPane, "nine to ten")

	s.says(adminPane, "/faq")
	s.sees(adminPane, "faq-v2.json")
	s.taps(adminPane, "One version back")
	s.sees(adminPane, "Version 3 is in force")
	s.says(patientPane, "sessions needed")
	s.seesLast(patientPane, "six to eight")
	if data, err := os.ReadFile(s.faq); err != nil || !strings.Contains(string(data), "six to eight") {
		t.Errorf("the file on the disk was not taken back: %v", err)
	}
	if faults := s.complaints(); len(faults) > 0 {
		t.Errorf("the page complains: %q", faults)
	}
}

// edits changes the FAQ file as an editor does: a new file takes the old one's place.
func (s *screen) edits(old, text string) {
	s.t.Helper()
	data, err := os.ReadFile(s.faq)
	if err != nil {
		s.t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		s.t.Fatalf("%s holds no %s", s.faq, old)
	}
	beside := s.faq + ".new"
	if err := os.WriteFile(beside, []byte(strings.ReplaceAll(string(data), old, text)), 0o600); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(beside, s.faq); err != nil {
		s.t.Fatal(err)
	}
}

// seesLast waits until the newest message of a pane holds a text.
func (s *screen) seesLast(pane, text string) {
	s.t.Helper()
	s.until("at the end of the chat: "+text, `(pane, text) => [...document.querySelectorAll(pane + " ol > li[data-id]")].at(-1)?.innerText.includes(text)`, pane, text)
}
