package index

import (
	"strings"
	"testing"

	"skindesk/faq"
)

func testGlossary() *glossary {
	return newGlossary(&faq.FAQ{Glossary: map[faq.Language]map[string]string{
		faq.RomanUrdu: {"kitne": "how many", "dhoop": "sun", "dhoop mein": "in the sun", "se": "from", "kitne arse tak": "how long", "chehra": "face", "bad": "after"},
		faq.Urdu:      {"کتنے": "how many", "کتنے دن": "how many days", "دھوپ": "sun", "چہرہ": "face"},
		faq.English:   {"sittings": "sessions", "crow feet": "fine lines", "open pores": "large pores", "sun": "sunlight"},
	}})
}

func translated(g *glossary, ws []string) []string { return g.translate(ws, softKeys(ws)) }

func TestTranslate(t *testing.T) {
	g := testGlossary()
	for _, x := range []struct{ what, text, want string }{
		{"Roman Urdu word by word", "kitne session hain", "how many session hain"},
		{"in another spelling", "kitnay session hain", "how many session hain"},
		{"the longest match counts", "kya dhoop mein jana hai", "kya in the sun jana hai"},
		{"three words", "asar kitne arse tak hai", "asar how long hai"},
		{"Urdu", "کتنے سیشن", "how many سیشن"},
		{"Urdu, the longest match", "کتنے دن دھوپ", "how many days sun"},
		{"Urdu with Arabic letters", "چهره", "face"},
		{"the patients' English", "how many sittings for crow feet", "how many sessions for fine lines"},
		{"one English word in a Roman sentence is left", "sun se bachna hai", "sun from bachna hai"},
		{"an English sentence is not read as Roman Urdu", "is the sun bad for my skin", "is the sunlight bad for my skin"},
		{"unknown words stand for themselves", "qwertz asdf", "qwertz asdf"},
		{"nothing", "", ""},
	} {
		if got := strings.Join(translated(g, words(Clean(x.text))), " "); got != x.want {
			t.Errorf("%s: translate(%q) = %q, want %q", x.what, x.text, got, x.want)
		}
	}
}

func TestWithoutAGlossaryWordsStandForThemselves(t *testing.T) {
	g := newGlossary(&faq.FAQ{})
	if got := strings.Join(translated(g, strings.Fields("kitne session lagte hain")), " "); got != "kitne session lagte hain" {
		t.Errorf("got %q", got)
	}
}

func TestStem(t *testing.T) {
	for word, want := range map[string]string{"sessions": "session", "lasting": "last", "results": "result", "is": "is", "": "", "سیشنز": "سیشنز", "6": "6"} {
		if got := stem(word); got != want {
			t.Errorf("stem(%q) = %q, want %q", word, got, want)
		}
	}
}
