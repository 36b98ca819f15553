package index

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	for _, x := range []struct {
		text string
		want []string // a * stands before a part that asks
	}{
		{"how many sessions do i need?", nil},
		{"does it hurt a lot? how long does it last?", []string{"*does it hurt a lot?", "*how long does it last?"}},
		{"does it hurt a lot and how long does it last", []string{"*does it hurt a lot", "*how long does it last"}},
		{"i want smooth and clear skin", nil},
		{"is it good for scars and wrinkles", nil}, // what follows asks nothing by itself
		{"I had acne for years. Now I have deep scars. How many sessions do I need?",
			[]string{"I had acne for years.", "Now I have deep scars.", "*How many sessions do I need?"}},
		{"kitne session lagte hain? aur dard hota hai kya?", []string{"*kitne session lagte hain?", "*aur dard hota hai kya?"}},
		{"kitne session lagte hain aur kya dard hota hai", []string{"*kitne session lagte hain", "*kya dard hota hai"}},
		{"کتنے سیشن لگتے ہیں؟ کیا درد ہوتا ہے؟", []string{"*کتنے سیشن لگتے ہیں؟", "*کیا درد ہوتا ہے؟"}},
		{"first line of it\nsecond line of it", []string{"first line of it.", "second line of it"}},
		{"ok. hi. yes!", nil}, // too short to be questions
		{"", nil},
	} {
		var got []string
		for _, p := range split(x.text) {
			mark := ""
			if p.asks {
				mark = "*"
			}
			got = append(got, mark+p.text)
		}
		if diff := cmp.Diff(x.want, got); diff != "" {
			t.Errorf("split(%q) (-want +got):\n%s", x.text, diff)
		}
	}
}

func TestSplitIsCapped(t *testing.T) {
	if n := len(split(strings.Repeat("does it hurt a lot? ", 50))); n != maxParts {
		t.Errorf("%d parts, want %d", n, maxParts)
	}
}

func TestPrecedenceKnowsEveryKind(t *testing.T) {
	if !before(KindUrgent, KindBooking) || !before(KindBooking, KindHuman) || !before(KindAnswer, KindStaff) || before(KindUnknown, KindAbuse) {
		t.Errorf("the order is %v", precedence)
	}
	for _, k := range []Kind{KindAnswer, KindChoose, KindStaff, KindUnknown, KindBooking, KindHuman, KindUrgent, KindChitchat, KindOffTopic, KindAbuse} {
		if !slices.Contains(precedence, k) {
			t.Errorf("%s has no place", k)
		}
	}
}
