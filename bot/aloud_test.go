package bot

import (
	"os"
	"strings"
	"testing"

	"skindesk/faq"
)

// clinicFAQ is the clinic's own file.
func clinicFAQ(t *testing.T) *faq.FAQ {
	t.Helper()
	data, err := os.ReadFile("../faq.json")
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := faq.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEverySentenceCanBeReadAloud(t *testing.T) {
	for _, l := range faq.Languages {
		all, err := Sentences(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			if strings.ContainsAny(s.Text, "{}<>") {
				t.Errorf("%s %s: a place is left open, or a mark: %s", l, s.Name, s.Text)
			}
			if n := units(s.Text); n > 1200 {
				t.Errorf("%s %s: %d characters are more than two screens", l, s.Name, n)
			}
		}
	}
}

// What is said is said on two screens of a small phone, with at most eight buttons, and with a way on.
func TestNoSceneIsTooLongOrADeadEnd(t *testing.T) {
	f := clinicFAQ(t)
	for _, l := range faq.Languages {
		all, err := Scenes(l, f)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) < len(f.Entries)+len(scenes) {
			t.Errorf("%s: only %d messages", l, len(all))
		}
		for _, s := range all {
			if n := units(s.Text); n > 1200 {
				t.Errorf("%s, %s: %d characters are more than two screens: %s", l, s.Name, n, s.Text)
			}
			n := 0
			for _, row := range s.Buttons {
				n += len(row)
			}
			e, isEntry := f.Entry(strings.TrimPrefix(s.Name, "entry "))
			form := isEntry && (e.Kind == faq.Booking || e.Kind == faq.Human)
			if n > 8 || n == 0 && !form {
				t.Errorf("%s, %s: %d buttons under %q", l, s.Name, n, s.Text)
			}
		}
	}
}
