package index

import (
	"strings"
	"testing"
)

func TestBare(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"hello how many sessions do i need please", "how many sessions do i need"},
		{"Assalam o alaikum doctor sahab ka number", "sahab ka number"},
		{"AOA dear sir, does it hurt? pls reply", "does it hurt"},
		{"salam, mujhe poochna tha dard hota hai plz bata dein", "dard hota hai"},
		{"السلام علیکم کتنے سیشن لگتے ہیں براہ کرم بتائیں", "کتنے سیشن لگتے ہیں"},
		{"how many sessions", "how many sessions"},
		{"tell me how many sessions", "tell me how many sessions"}, // only behind a question it is politeness
		{"hello", "hello"},
		{"thank you", "thank you"},
		{"hi hello good morning", "good morning"}, // of nothing but greetings the last one stays
		{"assalam o alaikum", "assalam o alaikum"},
		{"hi price", "price"},
		{"", ""},
	} {
		if got := strings.Join(bare(words(Clean(x.text))), " "); got != x.want {
			t.Errorf("bare(%q) = %q, want %q", x.text, got, x.want)
		}
	}
}

func TestBareLeavesTheMessageAlone(t *testing.T) {
	ws := strings.Fields("hello how many sessions please")
	bare(ws)
	if got := strings.Join(ws, " "); got != "hello how many sessions please" {
		t.Errorf("the words became %q", got)
	}
}
