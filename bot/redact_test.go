package bot

import (
	"strings"
	"testing"
)

func TestWhatTellsWhoAskedIsTakenOut(t *testing.T) {
	known := map[string]bool{}
	for w := range strings.FieldsSeq("micro-needling prp how much is session price treatment acne pain hyaluronic acid") {
		known[w] = true
	}
	tests := []struct{ name, text, want string }{
		{"", "do you treat hair loss?", "do you treat hair loss?"},
		{"", "call me on 0300 1234567 or +92-300-1234567 please", "call me on … or … please"},
		{"", "میرا نمبر ۰۳۰۰۱۲۳۴۵۶۷ ہے", "میرا نمبر … ہے"},
		{"", "my cnic is 61101-1234567-1", "my cnic is …"},
		{"", "0300   123   4567", ""},
		{"", "call 03   00", "call …"},
		{"", "2 sessions in 10 days ok?", "2 sessions in 10 days ok?"},
		{"", "see https://example.com/me?x=1 and www.site.pk or t.me/somebody", "see … and … or …"},
		{"", "mail sara.k+1@mail.example.pk or @sara_k", "mail … or …"},
		{"", "write to @sara@mail.pk now", "write to … now"},
		{"Sara Khan", "sara here, do you do botox for KHAN?", "… here, do you do botox for …?"},
		{"", "my name is ayesha bibi and i want fillers", "my name is … and i want fillers"},
		{"", "mera naam ayesha hai, botox karte hain?", "mera naam … hai, botox karte hain?"},
		{"", "میرا نام عائشہ ہے", "میرا نام … ہے"},
		{"", "is dr. fatima there today", "is dr. … there today"},
		{"", "does Dr Fatima Noor do PRP", "does Dr … do PRP"},
		{"", "Does it hurt? Ask Bilal for me", "Does it hurt? Ask … for me"},
		{"", "Is Hyaluronic Acid used in Micro-Needling", "Is Hyaluronic Acid used in Micro-Needling"},
		{"", "sir kya botox hai", "sir kya botox hai"},
		{"", "0300 1234567", ""},
		{"", "https://example.com", ""},
		{"Sara", "Sara", ""},
		{"", "", ""},
		{"", "a\u200bb \u202ehi", "ab hi"},
	}
	for _, test := range tests {
		if got := redact(test.text, test.name, known); got != test.want {
			t.Errorf("redact(%q) of %q: got %q, want %q", test.text, test.name, got, test.want)
		}
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("my name is Sara, 0300 1234567", "Sara")
	f.Add("Dr. . ؟ @", "")
	f.Add("@Nt8@$w.%", "")
	f.Add("a@b.c@d.e @@x 0300@0300.123", "b.c")
	f.Fuzz(func(t *testing.T, text, name string) {
		got := redact(text, name, nil)
		if personal.MatchString(got) {
			t.Errorf("%q is left of %q", got, text)
		}
		if again := redact(got, name, nil); again != got && len(again) > len(got) {
			t.Errorf("redacting twice makes it longer: %q, %q", got, again)
		}
	})
}
