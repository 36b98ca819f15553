package bot

import (
	"strings"
	"testing"

	"skindesk/faq"
)

func TestPiecesLoseNothing(t *testing.T) {
	for _, text := range []string{"", "short", strings.Repeat("a word and ", 900), strings.Repeat("x", 9000), strings.Repeat("سوجن ہے ", 1500), strings.Repeat("&<>", 3000)} {
		parts := pieces(text, 1000)
		joined := ""
		for _, p := range parts {
			if units(p) > 1000 {
				t.Errorf("a piece has %d units", units(p))
			}
			joined += p
		}
		strip := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if strip(joined) != strip(text) {
			t.Errorf("%d characters became %d", len(strip(text)), len(strip(joined)))
		}
	}
}

// Many long lines do not fit on a card; the team reads them in messages under it.
func TestACaseIsReadWhole(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "which laptop should i buy")
		c.taps(c.anna, "Ask the clinic")
		c.taps(c.anna, "Send")
		lines := []string{"quokka one", "quokka two", "quokka three", "quokka four", "quokka five", "quokka six", "quokka seven", "quokka eight"}
		for _, l := range lines {
			c.says(c.anna, "another laptop, "+l+strings.Repeat(" or the one beside it in the shop", 18)+", to the end of "+l)
		}
		for _, label := range []string{"More", "Read it all"} {
			m := c.card("Question #1001")
			for _, row := range m.Buttons {
				for _, b := range row {
					if strings.Contains(b.Text, label) {
						label = b.Text
					}
				}
			}
			if _, err := c.sanaHere.TapMessage(m, label); err != nil {
				t.Fatal(err, labels(m))
			}
			c.settle()
		}
		all := ""
		for _, m := range c.sanaHere.Messages() {
			if m.FromBot && strings.Contains(m.Text, "#1001 as a whole:") {
				all += m.Text
				if n := units(faq.Plain(m.Text)); n > maxMessage {
					t.Errorf("%d characters in one message", n)
				}
			}
		}
		for _, l := range append(lines, "which laptop should i buy") {
			if !strings.Contains(all, l) || l != "which laptop should i buy" && !strings.Contains(all, "to the end of "+l) {
				t.Errorf("%q is lost", l)
			}
		}
	})
}
