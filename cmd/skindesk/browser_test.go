package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const (
	browserPatience = time.Minute // for something to be seen
	browserDeadline = 8 * time.Minute
)

// screen is a real browser with the preview's page in it, and a preview behind it that is wired as the command wires it.
type screen struct {
	t   *testing.T
	ctx context.Context
	url string
	faq string // the file that the admin edits

	mu     sync.Mutex
	faults []string // what the page complained about
}

// browser finds a Chromium, or skips the test.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("there is no Chromium here; .ci/run installs Debian's")
	return ""
}

// openScreen starts a preview on a copy of a FAQ file and opens its page.
func openScreen(t *testing.T, faqFile string) *screen {
	t.Helper()
	path := browser(t)
	s := &screen{t: t}
	s.url = s.startPreview(faqFile)
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "en-GB"),
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	s.ctx, cancel = context.WithTimeout(ctx, browserDeadline)
	t.Cleanup(cancel)
	console := chromedp.Console(s.ctx)
	go s.listen(console)
	s.do(chromedp.Navigate(s.url))
	return s
}

// startPreview runs the command and returns its address.
func (s *screen) startPreview(faqFile string) string {
	folder := s.t.TempDir()
	data, err := os.ReadFile(faqFile)
	if err != nil {
		s.t.Fatal(err)
	}
	s.faq = filepath.Join(folder, "faq.json")
	if err := os.WriteFile(s.faq, data, 0o600); err != nil {
		s.t.Fatal(err)
	}
	env := map[string]string{"FAQ_FILE": s.faq, "DATA_DIR": filepath.Join(folder, "data"), "LOG_LEVEL": "warn"}
	s.warm(filepath.Join(folder, "data", "preview"))
	ctx, stop := context.WithCancel(s.t.Context())
	out, in := io.Pipe()
	var log logFile
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, environ{func(name string) (string, bool) { v, ok := env[name]; return v, ok }, strings.NewReader(""), in, &log},
			[]string{"preview", "--addr", "127.0.0.1:0"})
		in.Close()
	}()
	s.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			s.t.Errorf("preview: %v", err)
		}
		if s.t.Failed() {
			s.t.Logf("the program's log:\n%s", log.text())
		}
	})
	address := make(chan string, 1)
	go func() {
		var said bytes.Buffer
		buf := make([]byte, 1024)
		for {
			n, err := out.Read(buf)
			said.Write(buf[:n])
			if _, rest, ok := strings.Cut(said.String(), "The preview is at "); ok && strings.Contains(rest, "\n") {
				url, _, _ := strings.Cut(rest, "\n")
				address <- url
				_, _ = io.Copy(io.Discard, out) // until the program ends
				return
			}
			if err != nil {
				address <- ""
				return
			}
		}
	}()
	select {
	case url := <-address:
		if url == "" {
			s.t.Fatalf("the preview did not start:\n%s", log.text())
		}
		return url
	case <-time.After(3 * time.Minute):
		s.t.Fatalf("the preview does not say where it is:\n%s", log.text())
	}
	return ""
}

// warm brings what a former run has reckoned about faq.json, and keeps what this one does: it takes the most of a start.
func (s *screen) warm(data string) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return // slower, that is all
	}
	cache = filepath.Join(cache, "skindesk-browser-test")
	if err := errors.Join(os.MkdirAll(cache, 0o700), os.MkdirAll(data, 0o700)); err != nil {
		s.t.Fatal(err)
	}
	_ = os.CopyFS(data, os.DirFS(cache)) // what does not come is made anew
	s.t.Cleanup(func() {
		made, err := filepath.Glob(filepath.Join(data, "*.cache"))
		if err != nil || len(made) == 0 || os.RemoveAll(cache) != nil || os.Mkdir(cache, 0o700) != nil {
			return // slower next time, that is all
		}
		for _, path := range made {
			_ = os.Rename(path, filepath.Join(cache, filepath.Base(path)))
		}
	})
}

// listen collects what the page complains about, until the browser is gone.
func (s *screen) listen(console iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range console {
		if err != nil {
			return
		}
		if m.Type == chromedp.ConsoleError || m.IsException() {
			s.mu.Lock()
			s.faults = append(s.faults, m.String())
			s.mu.Unlock()
		}
	}
}

// complaints are what the page has complained about so far.
func (s *screen) complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.faults)
}

func (s *screen) do(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, steps...); err != nil {
		s.t.Fatalf("%v\nthe page says: %q", err, s.complaints())
	}
}

// eval runs a script of the page with arguments, and returns what it says.
func (s *screen) eval(script string, args ...any) (out string) {
	s.t.Helper()
	given, err := json.Marshal(append([]any{}, args...))
	if err != nil {
		s.t.Fatal(err)
	}
	out, err = chromedp.Run(s.ctx, chromedp.Evaluate[string](fmt.Sprintf("(async () => String(await (%s)(...%s)))()", script, given), chromedp.EvalAwaitPromise))
	if err != nil {
		s.t.Fatalf("%v\nin %s\nthe page says: %q", err, script, s.complaints())
	}
	return out
}

// until waits for a script to say "true".
func (s *screen) until(what, script string, args ...any) {
	s.t.Helper()
	for end := time.Now().Add(browserPatience); ; {
		if s.eval(script, args...) == "true" {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("%s: not seen. The page shows:\n%s\nit complains: %q", what, s.eval(`() => document.body.innerText`), s.complaints())
		}
		s.do(chromedp.Sleep(30 * time.Millisecond))
	}
}

// The panes, by who uses them.
const (
	patientPane = `.pane[data-kind=people]`
	teamPane    = `.pane[data-kind=group]`
	adminPane   = `.pane[data-kind=person]`
)

// says types into a pane's message field and sends it.
func (s *screen) says(pane, text string) {
	s.t.Helper()
	s.until("a message field", `(pane) => { const t = document.querySelector(pane + " textarea"); return t?.checkVisibility(); }`, pane)
	s.do(chromedp.Focus(chromedp.CSS(pane+" textarea")), chromedp.SendKeys(chromedp.CSS(pane+" textarea"), text+"\r"))
}

// starts presses START.
func (s *screen) starts(pane string) {
	s.t.Helper()
	s.until("START", `(pane) => document.querySelector(pane + " .begin")?.checkVisibility()`, pane)
	s.do(chromedp.Click(chromedp.CSS(pane + " .begin")))
}

// taps clicks the newest button of a pane with this text, or that holds it. The page clicks by itself: between finding a button
// and clicking it from outside, a message may have been drawn anew.
func (s *screen) taps(pane, label string) {
	s.t.Helper()
	s.until("a button "+label, `(pane, label) => {
		const all = [...document.querySelectorAll(pane + " .buttons button, " + pane + " .keys button")].filter((b) => b.checkVisibility());
		const found = all.filter((b) => b.textContent.trim() === label).at(-1) ?? all.filter((b) => b.textContent.includes(label)).at(-1);
		found?.click();
		return Boolean(found);
	}`, pane, label)
}

// sees waits until the pane's messages hold a text.
func (s *screen) sees(pane string, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.until(fmt.Sprintf("%q in %s", text, pane), `(pane, text) => document.querySelector(pane + " ol")?.innerText.includes(text)`, pane, text)
	}
}

// tapsFirst clicks the first button under the newest message that has any.
func (s *screen) tapsFirst(pane string) {
	s.t.Helper()
	before := s.eval(`(pane) => document.querySelectorAll(pane + " ol > li[data-id]").length`, pane)
	s.eval(`(pane) => [...document.querySelectorAll(pane + " .buttons")].at(-1).querySelector("button").click()`, pane)
	s.until("an answer to the tap", `(pane, before) => document.querySelectorAll(pane + " ol > li[data-id]").length > before`, pane, before)
}

// alerted waits for a notice that holds a text.
func (s *screen) alerted(pane, text string) {
	s.t.Helper()
	s.until("a notice "+text, `(pane, text) => [...document.querySelectorAll(pane + " .notices p")].some((p) => p.innerText.includes(text))`, pane, text)
}

// keys presses keys, wherever the focus is.
func (s *screen) keys(each ...string) {
	s.t.Helper()
	for _, k := range each {
		if k != "" {
			s.do(chromedp.KeyEvent(k))
		}
	}
}

// fault turns a switch of the network's panel.
func (s *screen) fault(label string, on bool) {
	s.t.Helper()
	s.opens("faults")
	s.until(label, `(label, on) => {
		const line = [...document.querySelectorAll(".pop .switch")].find((l) => l.innerText.includes(label));
		const input = line?.querySelector("input");
		if (!input) return false;
		if (input.checked !== on) input.click();
		return true;
	}`, label, on)
	s.until(label, `(label, on) => [...document.querySelectorAll(".pop .switch")].find((l) => l.innerText.includes(label)).querySelector("input").checked === on`, label, on)
	s.eval(`() => document.querySelector(".pop").hidePopover()`)
	s.until("the panel closed", `() => document.querySelector(".pop") === null && !document.getElementById("faults").ariaExpanded`)
}

// opens opens a panel of the bar on top.
func (s *screen) opens(id string) {
	s.t.Helper()
	s.until("the panel of "+id, `(id) => {
		if (!document.querySelector(".pop")) document.getElementById(id).click();
		return document.querySelector(".pop") !== null;
	}`, id)
}

// clock moves the clock by one of the panel's buttons.
func (s *screen) clock(label string) {
	s.t.Helper()
	s.opens("clock")
	s.until(label, `(label) => {
		const b = [...document.querySelectorAll(".pop button")].find((b) => b.innerText === label);
		b?.click();
		return Boolean(b);
	}`, label)
	s.until("the clock at rest", `() => document.getElementById("clock").ariaBusy !== "true"`)
}

// picks shows another person's phone.
func (s *screen) picks(name string) {
	s.t.Helper()
	s.until(name, `(name) => {
		const b = [...document.querySelectorAll(".people .chip")].find((c) => c.innerText.includes(name));
		b?.click();
		return Boolean(b);
	}`, name)
}

// replies answers the newest message of a pane that holds a text, by its menu.
func (s *screen) replies(pane, to, text string) {
	s.t.Helper()
	s.until("a message to reply to", `(pane, text) => {
		const found = [...document.querySelectorAll(pane + " ol > li[data-id]")].filter((li) => li.innerText.includes(text)).at(-1);
		found?.querySelector(".more").click();
		return Boolean(found);
	}`, pane, to)
	s.until("Reply", `() => {
		const b = [...document.querySelectorAll(".pop button")].find((b) => b.textContent === "Reply");
		b?.click();
		return Boolean(b);
	}`)
	s.until("the answered message", `(pane) => document.querySelector(pane + " .answering").checkVisibility()`, pane)
	s.says(pane, text)
}

// size makes the window a phone's or a desk's, light or dark.
func (s *screen) size(width, height int64, dark bool) {
	s.t.Helper()
	theme := "light"
	if dark {
		theme = "dark"
	}
	_, err := chromedp.Call(s.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 700,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = chromedp.Call(s.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
}

// tab brings a pane to the front, where only one has room.
func (s *screen) tab(n int) {
	s.t.Helper()
	s.do(chromedp.Click(chromedp.CSS(fmt.Sprintf(".tabs button:nth-child(%d)", n))))
}

// still waits until nothing is on its way: the bot has fetched everything and answered each tap.
func (s *screen) still() {
	s.t.Helper()
	s.until("quiet", `async () => { await new Promise((r) => setTimeout(r, 350)); return document.querySelectorAll("[aria-busy=true], .fresh, .notices p").length === 0; }`)
}
