package faq

import (
	"html"
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"A <b>bold</b> word": "A bold word",
		`<a href="https://example.org/?a=1&amp;b=2">plan</a> &amp; more`: "plan & more",
		"6 &lt; 8 &#38; 9":    "6 < 8 & 9",
		"&lt;b&gt; is no tag": "<b> is no tag",
		"<b> </b>":            " ",
		"":                    "",
	} {
		if got := Plain(text); got != want {
			t.Errorf("Plain(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestMarkupFaults(t *testing.T) {
	hosts := map[string]bool{"example.org": true, "t.me": true}
	for text, want := range map[string]string{
		"plain words, 6 to 8 weeks. e.g. this, or 1.5 hours": "",
		"<b>bold <i>and <u>more</u></i></b> <s>x</s>":        "",
		"<B>bold</B>": "",
		"<tg-spoiler>x</tg-spoiler><pre><code>y</code></pre>": "",
		"a & b, AT&T, Q&A":                        "",
		"&lt;tag&gt; &quot;x&quot; &amp; &#8230;": "",
		`<a href="https://example.org/x">x</a>`:   "",
		`<a href="http://example.org">x</a>`:      "",
		"see https://example.org/a(b).":           "",
		"(example.org), t.me/clinic!":             "",
		"https://EXAMPLE.org:443/x":               "",
		"یہاں دیکھیں: example.org۔":               "",
		"<b>open":                                 "never closed",
		"<b><i>x</b></i>":                         "closes a tag",
		"x</b>":                                   "closes a tag",
		"<br>":                                    "not one that Telegram shows",
		"<b class=x>y</b>":                        "not one that Telegram shows",
		"<a>x</a>":                                "not one that Telegram shows",
		`<a href='https://example.org'>x</a>`:     "not one that Telegram shows",
		"<>":                                      "not one that Telegram shows",
		"1 < 2":                                   "no tag stands",
		"2 > 1":                                   "no tag stands",
		"a&nbsp;b":                                "not shown as",
		"&copy; us":                               "not shown as",
		"&#1; &#128;":                             "not shown as",
		"&lt b":                                   "not shown as",
		`<a href="https://evil.example">x</a>`:    `goes to "evil.example"`,
		`<a href="https://example.org@evil.example">x</a>`: `goes to "evil.example"`,
		`<a href="https://evil.example/example.org">x</a>`: `goes to "evil.example"`,
		`<a href="javascript:alert(1)">x</a>`:              "cannot be read",
		`<a href="tg://user?id=1">x</a>`:                   "does not begin with https://",
		`<a href="">x</a>`:                                 "cannot be read",
		"evil<b>.com</b>":                                  `goes to "evil.com"`,
		"http&#58;//evil.example":                          `goes to "evil.example"`,
		"www.evil.example/x":                               `goes to "www.evil.example"`,
		"sub.example.org":                                  `goes to "sub.example.org"`,
	} {
		faults := markupFaults(text, hosts)
		if want == "" && len(faults) > 0 || want != "" && (len(faults) == 0 || !strings.Contains(faults[0].reason, want)) {
			t.Errorf("%q: got %v, want %q", text, faults, want)
		}
	}
}

// What passes is shown by Telegram as Plain says: pairs of known tags, no stray brackets.
func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"<b>x</b>", `<a href="https://example.org">x</a>`, "<b><i></b>", "a &lt; b", "&nbsp;", "<", ">", "<a href=\"", "www.example.org", "**x**", "http://%zz"} {
		f.Add(s)
	}
	hosts := map[string]bool{"example.org": true}
	f.Fuzz(func(t *testing.T, text string) {
		if len(markupFaults(text, hosts)) > 0 {
			return
		}
		if opened, closed := len(anyTag.FindAllString(text, -1)), strings.Count(text, "</"); opened != 2*closed {
			t.Errorf("%q passes with %d tags, %d of them closing", text, opened, closed)
		}
		if bare := anyTag.ReplaceAllString(text, ""); strings.ContainsAny(bare, "<>") {
			t.Errorf("%q passes with a stray bracket", text)
		}
		escaped := html.EscapeString(Plain(text))
		if got := Plain(escaped); got != Plain(text) {
			t.Errorf("%q: escaped and plain again it reads %q, not %q", text, got, Plain(text))
		}
	})
}
