package desk

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMeetAndLose(t *testing.T) {
	d, m := openDesk(t)
	if _, err := d.Meet(m, anna, "Anna"); err != nil {
		t.Fatal(err)
	}
	if want := (Person{ID: anna, Name: "Anna", LastSeen: noon}); m.persons[anna] != want {
		t.Errorf("person %+v, want %+v", m.persons[anna], want)
	}
	m.cases[5] = Case{ID: 5, Patient: anna, State: Open, Version: 1}
	m.cases[6] = Case{ID: 6, Patient: anna, State: Closed, Version: 1}
	for range 2 { // the second time there is nothing new to tell
		if err := d.Lose(m, anna); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]Notice{{ID: "changed/5/2", Kind: CaseChanged, Case: 5, Due: noon}}, m.notices); diff != "" || !m.persons[anna].Unreachable {
		t.Errorf("lost %v, notices (-want +got):\n%s", m.persons[anna].Unreachable, diff)
	}
	if p, err := d.Meet(m, anna, "Anna K"); err != nil || p.Unreachable || len(m.notices) != 2 {
		t.Errorf("met again: %+v, %v, notices %v", p, err, m.notices)
	}
	if err := d.Lose(m, bilal); err != nil || !m.persons[bilal].Unreachable {
		t.Errorf("lose somebody who never wrote: %v, %+v", err, m.persons[bilal])
	}
}

func TestParsePhone(t *testing.T) {
	for text, want := range map[string]string{
		"03001234567":         "+923001234567",
		"0300 123 4567":       "+923001234567",
		"0300-1234567":        "+923001234567",
		"+92 300 1234567":     "+923001234567",
		"+92 (0)300 1234567":  "+923001234567",
		"00923001234567":      "+923001234567",
		"923001234567":        "+923001234567",
		"3001234567":          "+923001234567",
		"٠٣٠٠١٢٣٤٥٦٧":         "+923001234567",
		"۰۳۰۰ ۱۲۳۴۵۶۷":        "+923001234567",
		"\u200e0300 1234567":  "+923001234567",
		"051 1234567":         "+92511234567",
		"+44 20 7946 0958":    "+442079460958",
		"0044 20 7946 0958":   "+442079460958",
		"+1 (202) 555-0147":   "+12025550147",
		"0300 123456":         "",
		"0300 12345678":       "",
		"12345":               "",
		"":                    "",
		"+":                   "",
		"00":                  "",
		"0":                   "",
		"+92":                 "",
		"call me 03001234567": "",
		"+1234567890123456":   "",
		"++923001234567":      "",
		"0300+1234567":        "",
	} {
		got, err := ParsePhone(text)
		if got != want || (err == nil) != (want != "") || err != nil && !errors.Is(err, ErrNoPhone) {
			t.Errorf("ParsePhone(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"03001234567", "+92 300 1234567", "0", "+", "٠٣", "\xff", "0000000000", "+923001234567", "+39 06 1234567"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		phone, err := ParsePhone(text)
		if err != nil {
			return
		}
		if again, err := ParsePhone(phone); err != nil || again != phone {
			t.Errorf("ParsePhone(%q) = %q, which is read as %q, %v", text, phone, again, err)
		}
	})
}
