package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wordsOf are the bot's own words in a language.
func wordsOf(t *testing.T, language string) func(key string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "bot", "text", language+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := json.Unmarshal(data, &words); err != nil {
		t.Fatal(err)
	}
	return func(key string) string {
		word, ok := words[key].(string)
		if !ok {
			t.Fatalf("%s.json has no %s", language, key)
		}
		return word
	}
}

// before is the part of a text in front of what is filled in, as it is read: without markup.
func before(text string) string {
	text, _, _ = strings.Cut(text, "{")
	return strings.TrimRight(strings.NewReplacer("<b>", "", "</b>", "").Replace(text), " (#")
}

// patientArc is what a patient asks in a language.
type patientArc struct {
	name, language string
	phone          string // whose phone is shown
	several        string // a question that several entries could answer
	onlyClinic     string // one that only the clinic can
	reply          string // the team's
}

// Ask, choose, ask the clinic, their reply, helpful: in each language, in a real browser.
func TestBrowserPatientArc(t *testing.T) {
	t.Parallel()
	s := openScreen(t, filepath.Join("testdata", "clinic.json"))
	s.size(1440, 900, false)
	for _, arc := range []patientArc{
		{"English", "en", "Anna", "may i go in the sun", "what does it cost", "15,000 rupees for the face."},
		{"Roman Urdu", "ur-Latn", "Ayesha", "dhoop mein ja sakte hain", "kitne paise lagte hain", "Chehre ke 15,000 rupay."},
		{"Urdu", "ur", "نور", "کیا سیشن میں دھوپ میں جا سکتے ہیں", "قیمت کیا ہے", "چہرے کے پندرہ ہزار روپے۔"},
	} {
		t.Run(arc.name, func(t *testing.T) {
			s.t = t
			s.playPatient(arc)
		})
	}
	s.t = t
	if faults := s.complaints(); len(faults) > 0 {
		t.Errorf("the page complains: %q", faults)
	}
}

func (s *screen) playPatient(a patientArc) {
	s.t.Helper()
	w := wordsOf(s.t, a.language)
	s.picks(a.phone)
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	s.says(patientPane, a.several)
	s.sees(patientPane, a.several, w("choose"), w("button_none"))
	s.tapsFirst(patientPane)
	s.says(patientPane, a.onlyClinic)
	s.taps(patientPane, w("button_ask"))
	s.taps(patientPane, w("button_send"))
	s.alerted(patientPane, before(w("tap_sent_now")))
	s.sees(teamPane, a.onlyClinic)
	s.taps(teamPane, wordsOf(s.t, "en")("button_take"))
	s.alerted(teamPane, "is yours")
	s.replies(teamPane, a.onlyClinic, a.reply)
	s.sees(patientPane, before(w("relay")), a.reply)
	s.until("the thumb on the reply", `(pane, text) => [...document.querySelectorAll(pane + " li.mine")].some((li) => li.innerText.includes(text) && li.querySelector(".reactions")?.innerText === "👍")`, teamPane, a.reply)
	s.taps(patientPane, w("button_helpful"))
	s.alerted(patientPane, w("helpful_thanks"))
}

// The page copes with what a phone's owner may do: another width, colours, a menu by keys, a call that goes wrong.
func TestBrowserPage(t *testing.T) {
	t.Parallel()
	s := openScreen(t, filepath.Join("testdata", "clinic.json"))
	s.size(360, 740, true)
	s.starts(patientPane)
	s.sees(patientPane, "/start")
	t.Run("nothing is wider than a phone", func(t *testing.T) {
		s.t = t
		s.says(patientPane, "how many sessions do i need")
		s.sees(patientPane, "six to eight")
		for n := 1; n <= 3; n++ {
			s.tab(n)
			if got := s.eval(`() => [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !e.closest(".people, .sr, .tools") && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className || e.tagName).join()`); got != "" {
				t.Errorf("tab %d: too wide: %s", n, got)
			}
		}
		s.tab(1)
	})
	t.Run("everything that can be used has a name", func(t *testing.T) {
		s.t = t
		if got := s.eval(`() => [...document.querySelectorAll("button, a, input, select, textarea")].filter((e) => e.checkVisibility() && !(e.ariaLabel || e.labels?.length || e.innerText.trim() || e.title || e.closest("label"))).map((e) => e.outerHTML).join()`); got != "" {
			t.Errorf("nameless: %s", got)
		}
	})
	t.Run("a message's menu by keys alone", func(t *testing.T) {
		s.t = t
		s.eval(`() => [...document.querySelectorAll(".pane.front .more")].at(-1).focus()`)
		s.keys("\r")
		s.until("the menu", `() => document.activeElement.closest(".pop") !== null`)
		s.keys("", "\u001b")
		s.until("back on the message", `() => !document.querySelector(".pop") && document.activeElement.classList.contains("more")`)
	})
	t.Run("right to left while it is typed", func(t *testing.T) {
		s.t = t
		s.eval(`(pane) => { const t = document.querySelector(pane + " textarea"); t.value = "کتنے"; t.dispatchEvent(new Event("input")); }`, patientPane)
		if got := s.eval(`(pane) => getComputedStyle(document.querySelector(pane + " textarea")).direction`, patientPane); got != "rtl" {
			t.Errorf("the field runs %s", got)
		}
		s.eval(`(pane) => { document.querySelector(pane + " textarea").value = ""; }`, patientPane)
	})
	t.Run("somebody new", func(t *testing.T) {
		s.t = t
		s.eval(`() => document.querySelector(".people .add").click()`)
		s.until("the form", `() => document.getElementById("newcomer").open`)
		s.eval(`() => { const f = document.querySelector("#newcomer form"); f.elements.name.value = "Zainab"; f.elements.language.value = "ur"; f.querySelector(".main").click(); }`)
		s.until("her phone", `(pane) => document.querySelector(pane + " .who p").innerText.includes("Zainab")`, patientPane)
		s.starts(patientPane)
		s.sees(patientPane, "ایک پروگرام")
	})
	t.Run("Telegram away, and back", func(t *testing.T) {
		s.t = t
		s.fault("Telegram is away", true)
		s.says(patientPane, "how long do the results last")
		s.until("waiting", `() => { const b = document.querySelector("#faults b"); return !b.hidden && b.innerText === "1"; }`)
		s.fault("Telegram is away", false)
		s.sees(patientPane, "six to seven")
	})
	t.Run("an answer that gets lost comes once more, marked", func(t *testing.T) {
		s.t = t
		s.fault("The next answer gets lost", true)
		s.says(patientPane, "does it hurt")
		s.sees(patientPane, "↻")
	})
	t.Run("the clock", func(t *testing.T) {
		s.t = t
		earlier := s.eval(`() => document.querySelector("#clock time").innerText`)
		s.clock("+ 1 day")
		s.until("a day later", `(earlier) => document.querySelector("#clock time").innerText !== earlier && document.querySelector("#clock").ariaBusy !== "true"`, earlier)
	})
	s.t = t
	if faults := s.complaints(); len(faults) > 0 {
		t.Errorf("the page complains: %q", faults)
	}
}
