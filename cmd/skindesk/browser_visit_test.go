package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Ask for a visit, take, propose, pick, confirmed with a calendar file, reminded by the moved clock, came, asked how it goes: in a
// real browser.
func TestBrowserVisitArc(t *testing.T) {
	s := openScreen(t, filepath.Join("testdata", "clinic.json"))
	s.size(1440, 900, false)
	s.playVisit(func(string) {})
	if faults := s.complaints(); len(faults) > 0 {
		t.Errorf("the page complains: %q", faults)
	}
}

// playVisit goes the whole way of a visit, and names its moments.
func (s *screen) playVisit(moment func(name string)) {
	w := wordsOf(s.t, "en")
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	s.asksForVisit()
	s.sees(patientPane, "not confirmed yet")
	s.sees(teamPane, "Anna")

	moment("requested")
	s.taps(teamPane, w("button_take"))
	s.alerted(teamPane, "is yours")
	s.taps(teamPane, w("button_propose"))
	s.sees(teamPane, "Which day?")
	s.tapsRow(teamPane, 1)
	s.sees(teamPane, "at what time?")
	s.tapsRow(teamPane, 0)
	s.sees(teamPane, "Chosen so far")
	moment("proposing")
	s.taps(teamPane, w("button_propose_send"))
	s.sees(patientPane, w("button_none_fits"))
	s.tapsRow(patientPane, 0)
	s.sees(patientPane, "Your visit is confirmed")
	s.until("the calendar file", `async (pane) => {
		const link = [...document.querySelectorAll(pane + " a.file")].at(-1);
		if (!link?.download.endsWith(".ics")) return false;
		const text = await (await fetch(link.href)).text();
		return text.startsWith("BEGIN:VCALENDAR") && text.includes("SUMMARY");
	}`, patientPane)
	moment("confirmed")

	s.passes("A reminder from", patientPane)
	s.taps(patientPane, w("button_coming"))
	s.sees(patientPane, "look forward")
	s.clock("+ 1 day")
	s.taps(teamPane, w("button_take")) // nobody has done anything for a while, so the card was free again
	s.until("the card is hers", `(pane) => [...document.querySelectorAll(pane + " ol > li[data-id]")].some((li) => li.innerText.includes("Sana has it"))`, teamPane)
	s.taps(teamPane, w("button_came"))
	s.sees(patientPane, "Thank you for coming")
	s.taps(patientPane, w("button_stay_yes"))
	s.passes("How is it going?", patientPane)
	moment("asked-after")
	s.taps(patientPane, w("button_well"))
	s.sees(patientPane, "glad to hear")
}

// asksForVisit goes through the form, however many questions it has: the answers below where they fit, else the first one.
func (s *screen) asksForVisit() {
	s.t.Helper()
	s.taps(patientPane, "Book a visit")
	s.until("the request is sent", `async (pane) => {
		if (document.querySelector(pane + " ol").innerText.includes("not confirmed yet")) return true;
		const form = [...document.querySelectorAll(pane + " .buttons")].filter((g) => g.innerText.includes("Cancel")).at(-1);
		if (!form) return false;
		const all = [...form.querySelectorAll("button"), ...document.querySelectorAll(pane + " .keys button")];
		const liked = ["Send request", "Send", "Contact me here only", "Micro-needling", "Anna", "Skip", "No", "Any time"];
		const label = liked.find((l) => all.some((b) => b.innerText.trim() === l));
		const next = all.find((b) => b.innerText.trim() === label) ?? all[0];
		if (next && next.ariaBusy !== "true") next.click();
		await new Promise((r) => setTimeout(r, 1500));
		return false;
	}`, patientPane)
}

// tapsRow clicks the first button of a row under the newest message with buttons.
func (s *screen) tapsRow(pane string, row int) {
	s.t.Helper()
	was := s.eval(`(pane) => document.querySelector(pane + " ol").innerText`, pane)
	s.eval(`(pane, row) => [...document.querySelectorAll(pane + " .buttons")].at(-1).children[row].querySelector("button").click()`, pane, row)
	s.until("what the tap does", `(pane, was) => document.querySelector(pane + " ol").innerText !== was`, pane, was)
}

// passes moves the clock on, evening by evening and morning by morning, until a text is seen.
func (s *screen) passes(text, pane string) {
	s.t.Helper()
	for range 10 {
		for _, step := range []string{"Next 19:00", "Next 09:00"} {
			s.clock(step)
			s.still() // what has come is drawn
			if strings.Contains(s.eval(`(pane) => document.querySelector(pane + " ol").innerText`, pane), text) {
				return
			}
		}
	}
	s.t.Fatalf("%q does not come. The page shows:\n%s", text, s.eval(`() => document.body.innerText`))
}
