package bot

import (
	"strings"
	"testing"
)

func TestActionEncode(t *testing.T) {
	for do := range verbs {
		a := action{do: do, id: strings.Repeat("x", 48), n: maxNumber}
		data := a.encode()
		if len(data) > 64 {
			t.Errorf("%s: %d bytes, Telegram takes 64", data, len(data))
		}
		got, err := parseAction(data)
		if err != nil || got != a {
			t.Errorf("parseAction(%q) = %v, %v, want %v", data, got, err, a)
		}
	}
}

func TestParseActionRefuses(t *testing.T) {
	for _, data := range []string{"", ":", "::", "menu", "menu:0", "menu::", "what::0", "menu::-1", "menu::00", "menu::zzzzzzzzzz", "ent:a b:0", "ent:é:0", "MENU::0", "menu::0:0", "menu::0\n"} {
		if a, err := parseAction(data); err == nil {
			t.Errorf("parseAction(%q) = %v, want an error", data, a)
		}
	}
}

func FuzzParseAction(f *testing.F) {
	for _, s := range []string{"menu::0", "ent:sessions-count:7", "done:3:sz", "\x00:\xff:1", strings.Repeat("a", 64)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		a, err := parseAction(data)
		if err == nil && a.encode() != data {
			t.Errorf("parseAction(%q) = %v, which is %q", data, a, a.encode())
		}
	})
}
