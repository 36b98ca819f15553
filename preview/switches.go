package preview

import (
	"fmt"
	"time"
)

// faultSwitch is a fault that the page lets its reader switch on.
type faultSwitch struct {
	key, label, help string
	fault            Fault
}

var sending = []string{"sendMessage", "sendDocument", "sendPhoto", "copyMessage", "editMessageText", "answerCallbackQuery"}

// The first and the last are no rules of their own: an outage, and the limits.
var faultSwitches = []faultSwitch{
	{"away", "Telegram is away", "Nothing gets through. People go on writing, and the bot catches up afterwards.", Fault{}},
	{"busy", "Too many requests (429)", "Every message is refused and told to wait for five seconds.", Fault{Kind: TooMany, RetryAfter: 5, Methods: sending}},
	{"lost", "The next answer gets lost", "The next message arrives, but the bot does not hear so: it sends once more, marked with ↻.",
		Fault{Kind: Cut, Times: 1, Methods: []string{"sendMessage"}}},
	{"broken", "Errors (502)", "Every call is answered with a page of HTML, and nothing is carried out.", Fault{Kind: BadGateway}},
	{"slow", "Slow", "Every message takes three seconds.", Fault{Kind: Slow, For: 3 * time.Second, Methods: sending}},
	{"twice", "Taps arrive twice", "As after a reconnect: one tap, two updates.", Fault{Kind: TapTwice}},
	{"limits", "Telegram's limits are kept", "30 messages a second, 20 a minute in a group; one more is refused.", Fault{}},
}

// pageFault is a switch as the page shows it.
type pageFault struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Help  string `json:"help"`
	On    bool   `json:"on,omitempty"`
	Fired int    `json:"fired,omitempty"` // how many calls it has met
}

func (s *Server) showFaults() []pageFault {
	f := s.faults
	fired := f.Fired()
	f.mu.Lock()
	defer f.mu.Unlock()
	var shown []pageFault
	for _, w := range faultSwitches {
		p := pageFault{Key: w.key, Label: w.label, Help: w.help, Fired: fired[w.fault.Kind]}
		switch w.key {
		case "away":
			p.On = f.net.isDown()
		case "limits":
			p.On = f.flow
		default:
			p.On = f.switched[w.key] != nil && f.switched[w.key].left != 0
		}
		shown = append(shown, p)
	}
	return shown
}

// switchFault turns a fault of the page on or off.
func (s *Server) switchFault(key string, on bool) error {
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.touch()
	}()
	switch key {
	case "away":
		s.faults.Outage(on)
		return nil
	case "limits":
		s.faults.Limits(on)
		return nil
	}
	for _, w := range faultSwitches {
		if w.key == key {
			s.faults.toggle(w, on)
			return nil
		}
	}
	return fmt.Errorf("there is no fault %q", key)
}

func (f *Faults) toggle(w faultSwitch, on bool) {
	f.mu.Lock()
	old := f.switched[w.key]
	delete(f.switched, w.key)
	f.mu.Unlock()
	if old != nil {
		f.lift(old)
	}
	if !on {
		return
	}
	r := f.add(w.fault)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.switched[w.key] = r
}
