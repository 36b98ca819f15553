package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The whole way of a visit in a real browser: a question, a request, taken, hours offered, one chosen, a calendar file, the reminder by the
// moved clock, another time, reminded again, came, asked how it goes, and the reminder of the next visit eight months later.
func TestBrowserVisitArc(t *testing.T) {
	t.Parallel()
	s := openScreen(t, filepath.Join("testdata", "clinic.json"))
	s.size(1440, 900, false)
	s.playVisit(func(string) {})
	if faults := s.complaints(); len(faults) > 0 {
		t.Errorf("the page complains: %q", faults)
	}
}

// playVisit goes the whole way of a visit, and names its moments.
func (s *screen) playVisit(moment func(name string)) {
	s.asksForVisit()
	moment("requested")
	s.offersHours(moment)
	s.picksHour()
	moment("confirmed")
	s.passes("Next 19:00", "we expect you", 1)
	moment("reminded")
	s.movesVisit()
	moment("moved")
	s.comes()
	s.hearsAfter(moment)
}

func (s *screen) asksForVisit() {
	s.t.Helper()
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	s.says(patientPane, "how many sessions do i need")
	s.sees(patientPane, "Helpful")
	s.taps(patientPane, "Book a visit")
	s.fillsIn("not confirmed yet")
	s.sees(teamPane, "Anna", "Visit requested #1001")
}

func (s *screen) offersHours(moment func(name string)) {
	s.t.Helper()
	w := wordsOf(s.t, "en")
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
}

func (s *screen) picksHour() {
	s.t.Helper()
	s.tapsRow(patientPane, 0)
	s.sees(patientPane, "Your visit is confirmed")
	s.calendarFile(1, "METHOD:PUBLISH")
}

// movesVisit asks for another time, two days later at the least, and has it confirmed.
func (s *screen) movesVisit() {
	s.t.Helper()
	w := wordsOf(s.t, "en")
	s.taps(patientPane, w("button_other_time"))
	s.fillsIn("Change received")
	s.calendarFile(2, "STATUS:CANCELLED")
	s.sees(teamPane, "has changed the request")
	s.taps(teamPane, w("button_take")) // nobody has done anything for a while, so the card was free again
	s.taps(teamPane, w("button_confirm"))
	s.sees(teamPane, "confirm which time?")
	s.tapsRow(teamPane, 0)
	s.sees(patientPane, "Your visit has a new time")
	s.calendarFile(3, "METHOD:PUBLISH")
}

// comes is reminded of the new time, says that they come, and comes.
func (s *screen) comes() {
	s.t.Helper()
	w := wordsOf(s.t, "en")
	s.passes("Next 19:00", "we expect you", 2)
	s.taps(patientPane, w("button_coming"))
	s.sees(patientPane, "look forward")
	s.sees(teamPane, "says they come")
	s.clock("Next 09:00")
	s.taps(teamPane, w("button_came"))
	s.sees(patientPane, "Thank you for coming")
	s.taps(patientPane, w("button_stay_yes"))
	s.sees(patientPane, "I will ask you how it is going")
}

// hearsAfter is asked how it goes, and eight months later reminded of the next visit.
func (s *screen) hearsAfter(moment func(name string)) {
	s.t.Helper()
	w := wordsOf(s.t, "en")
	s.clock("+ 1 day")
	s.passes("+ 3 hours", "How is it going?", 1)
	moment("asked-after")
	s.taps(patientPane, w("button_well"))
	s.sees(patientPane, "glad to hear")
	s.clock("+ 8 months")
	s.passes("+ 1 day", "Some months have passed", 1)
	moment("next")
	s.taps(patientPane, w("button_stop"))
	s.sees(patientPane, "these messages have stopped")
}

// fillsIn goes through the form, however many questions it has, until a text is seen: the answers below where they fit, of the days one
// that is some days ahead, else the first answer.
func (s *screen) fillsIn(until string) {
	s.t.Helper()
	s.until("the form's end", `async (pane, until) => {
		const chat = document.querySelector(pane + " ol");
		if (chat.innerText.includes(until)) return true;
		const form = [...document.querySelectorAll(pane + " li[data-id]")].filter((li) => li.innerText.includes("not sent yet") && li.querySelector(".buttons")).at(-1);
		if (!form) return false;
		const all = [...form.querySelectorAll(".buttons button"), ...document.querySelectorAll(pane + " .keys button")];
		const liked = ["Send request", "Send the change", "Contact me here only", "Micro-needling", "Anna", "Skip", "No", "Any time"];
		const label = liked.find((l) => all.some((b) => b.innerText.trim() === l));
		const next = all.find((b) => b.innerText.trim() === label) ?? all[form.innerText.includes("Which day") ? 4 : 0];
		const was = chat.innerText;
		next.click();
		for (let n = 0; n < 100 && chat.innerText === was; n++) await new Promise((r) => setTimeout(r, 30));
		return false;
	}`, patientPane, until)
}

// calendarFile waits for so many calendar files; each has its own number and all are about one visit. The newest holds a line.
func (s *screen) calendarFile(n int, line string) {
	s.t.Helper()
	s.until("the calendar file", `async (pane, n, line) => {
		const links = [...document.querySelectorAll(pane + " a.file")].filter((l) => l.download.endsWith(".ics"));
		if (links.length !== n) return false;
		const files = await Promise.all(links.map(async (l) => (await fetch(l.href)).text()));
		const each = (name) => new Set(files.map((f) => f.match(new RegExp("^" + name + ":(.*)$", "m"))?.[1]));
		return files.at(-1).includes(line) && each("UID").size === 1 && each("SEQUENCE").size === n;
	}`, patientPane, n, line)
}

// tapsRow clicks the first button of a row under the newest message with buttons.
func (s *screen) tapsRow(pane string, row int) {
	s.t.Helper()
	was := s.eval(`(pane) => document.querySelector(pane + " ol").innerText`, pane)
	s.eval(`(pane, row) => [...document.querySelectorAll(pane + " .buttons")].at(-1).children[row].querySelector("button").click()`, pane, row)
	s.until("what the tap does", `(pane, was) => document.querySelector(pane + " ol").innerText !== was`, pane, was)
}

// passes moves the clock step by step until the patient has got a text so many times.
func (s *screen) passes(step, text string, times int) {
	s.t.Helper()
	for range 12 {
		s.clock(step)
		s.still() // what has come is drawn
		if got := strings.Count(s.eval(`(pane) => document.querySelector(pane + " ol").innerText`, patientPane), text); got >= times {
			return
		}
	}
	s.t.Fatalf("%q does not come. The page shows:\n%s", text, s.eval(`() => document.body.innerText`))
}
