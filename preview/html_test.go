package preview

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

func TestParseHTML(t *testing.T) {
	entity := func(kind models.MessageEntityType, offset, length int) models.MessageEntity {
		return models.MessageEntity{Type: kind, Offset: offset, Length: length}
	}
	link := func(offset, length int, url string) models.MessageEntity {
		return models.MessageEntity{Type: "text_link", Offset: offset, Length: length, URL: url}
	}
	tests := []struct {
		in, text string
		entities []models.MessageEntity
	}{
		{"", "", nil},
		{"plain & simple", "plain & simple", nil},
		{"a<b>b</b>c", "abc", []models.MessageEntity{entity("bold", 1, 1)}},
		{"<B>x</B><STRONG>y</strong>", "xy", []models.MessageEntity{entity("bold", 0, 1), entity("bold", 1, 1)}},
		{"<i>x</i><em>y</em>", "xy", []models.MessageEntity{entity("italic", 0, 1), entity("italic", 1, 1)}},
		{"<u>x</u><ins>y</ins>", "xy", []models.MessageEntity{entity("underline", 0, 1), entity("underline", 1, 1)}},
		{"<s>x</s><strike>y</strike><del>z</del>", "xyz", []models.MessageEntity{
			entity("strikethrough", 0, 1), entity("strikethrough", 1, 1), entity("strikethrough", 2, 1)}},
		{`<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>`, "xy", []models.MessageEntity{entity("spoiler", 0, 1), entity("spoiler", 1, 1)}},
		{"<b>😀</b><i>é</i>", "😀é", []models.MessageEntity{entity("bold", 0, 2), entity("italic", 2, 1)}},
		{"<b>سلام</b> x", "سلام x", []models.MessageEntity{entity("bold", 0, 4)}},
		{"&lt;&gt;&amp;&quot;&apos;&nbsp;", "<>&\"&apos;&nbsp;", nil},
		{"&#128512;<b>x</b>&#x41;&#39;", "😀xA'", []models.MessageEntity{entity("bold", 2, 1)}},
		{"&lt x &#0; &#12345678;", "< x &#0; &#12345678;", nil},
		{"<b></b>x", "x", nil},
		{"<b>x</>", "x", []models.MessageEntity{entity("bold", 0, 1)}},
		{"<b>x</b  >", "x", []models.MessageEntity{entity("bold", 0, 1)}},
		{"<i a='<&lt;\">' b = c-1. d>x</i>", "x", []models.MessageEntity{entity("italic", 0, 1)}},
		{"<i><b>x</b>y</i>", "xy", []models.MessageEntity{entity("italic", 0, 2), entity("bold", 0, 1)}},
		{"<i><b>x</b></i>", "x", []models.MessageEntity{entity("bold", 0, 1), entity("italic", 0, 1)}},
		{`<a href="https://clinic.example">x</a>`, "x", []models.MessageEntity{link(0, 1, "https://clinic.example/")}},
		{`<a href='clinic.example/a?b=1&amp;c=2'>x</a>`, "x", []models.MessageEntity{link(0, 1, "http://clinic.example/a?b=1&c=2")}},
		{"<a>clinic.example</a>", "clinic.example", []models.MessageEntity{link(0, 14, "http://clinic.example/")}},
		{"<a>nowhere</a>", "nowhere", nil},
		{`<a href="javascript://x.y">z</a>`, "z", nil},
		{`<a href="tg://user?id=42">x</a>`, "x", []models.MessageEntity{{Type: "text_mention", Length: 1, User: &models.User{ID: 42}}}},
		{`<pre><code class="language-go">x</code></pre>`, "x", []models.MessageEntity{{Type: "pre", Length: 1, Language: "go"}}},
		{`<code class="language-go"><pre>x</pre></code>`, "x", []models.MessageEntity{{Type: "pre", Length: 1, Language: "go"}}},
		{`<pre> <code class="language-go">x</code></pre>`, " x", []models.MessageEntity{entity("pre", 0, 2), entity("code", 1, 1)}},
		{"<blockquote>x</blockquote>", "x", []models.MessageEntity{entity("blockquote", 0, 1)}},
		{"<blockquote expandable>x</blockquote>", "x", []models.MessageEntity{entity("expandable_blockquote", 0, 1)}},
		{`<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`, "👍", []models.MessageEntity{
			{Type: "custom_emoji", Length: 2, CustomEmojiID: "5368324170671202286"}}},
	}
	for _, test := range tests {
		text, entities, err := ParseHTML(test.in)
		if err != nil {
			t.Errorf("%q: %v", test.in, err)
			continue
		}
		if len(entities) == 0 {
			entities = nil
		}
		if diff := cmp.Diff(test.entities, entities); text != test.text || diff != "" {
			t.Errorf("%q: got %q, want %q; entities -want +got:\n%s", test.in, text, test.text, diff)
		}
	}
}

func TestParseHTMLErrors(t *testing.T) {
	tests := []struct{ in, want string }{
		{"é<x>", `Unsupported start tag "x" at byte offset 2`},
		{"<br/>", `Unsupported start tag "br/" at byte offset 0`},
		{"a < b", `Unsupported start tag "" at byte offset 2`},
		{"<b", "Unclosed start tag at byte offset 0"},
		{"5 <6", "Unclosed start tag at byte offset 2"},
		{"<b>x", "Can't find end tag corresponding to start tag b"},
		{"<b>x<i>y</i>", "Can't find end tag corresponding to start tag b"},
		{"<b>x</i>", `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"x</b>", "Unexpected end tag at byte offset 1"},
		{"<b></b></", "Unexpected end tag at byte offset 7"},
		{"<b>x</b", "Unclosed end tag at byte offset 4"},
		{"<b =x>y</b>", `Empty attribute name in the tag "b" at byte offset 0`},
		{"<b a = ", `Unclosed start tag "b" at byte offset 0`},
		{"<b a='x>", "Unclosed start tag at byte offset 0"},
		{"<b a=x,>", "Unexpected end of name token at byte offset 5"},
		{"<span>x</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{`<tg-emoji emoji-id="x">y</tg-emoji>`, "Invalid custom emoji identifier specified"},
		{"&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"},
	}
	for _, test := range tests {
		if _, _, err := ParseHTML(test.in); err == nil || err.Error() != test.want {
			t.Errorf("%q: got %v, want %s", test.in, err, test.want)
		}
	}
}

// A text that was escaped comes back as it was.
func TestParseHTMLTakesEscapedText(t *testing.T) {
	in := "5 < 6 & \"a\" 'b' <b>&amp;</b> 😀"
	if text, entities, err := ParseHTML(html.EscapeString(in)); err != nil || text != in || len(entities) > 0 {
		t.Errorf("got %q %v %v", text, entities, err)
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{
		"<b>x</b>", "<a href='x.y'>😀</a>", "&#x1F600;&lt", "<pre><code class=\"language-go\">x</code></pre>", "<i", "</", "<b a = \x00",
		"<span class=tg-spoiler>x</span>", "<tg-emoji emoji-id=1>x</tg-emoji>", "\xff<b>\xc3</b>", "<a>\n</a>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, entities, err := ParseHTML(in)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without words")
			}
			return
		}
		if !utf8.ValidString(text) || len(text) > len(in) {
			t.Fatalf("%q became %q", in, text)
		}
		length := units(text)
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > length || e.Type == "" {
				t.Fatalf("entity %+v of %q, which has %d units", e, text, length)
			}
		}
		tidied := tidy(rich{text, entities})
		for _, e := range tidied.entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units(tidied.text) {
				t.Fatalf("tidy: entity %+v of %q", e, tidied.text)
			}
		}
		// What a person sees as HTML means the same again.
		again, _, err := ParseHTML(Message{Text: text, Entities: entities}.HTML())
		if err != nil || again != text {
			t.Fatalf("%q: HTML() %q gives %q, %v", in, Message{Text: text, Entities: entities}.HTML(), again, err)
		}
	})
}

func TestTidy(t *testing.T) {
	bold := func(offset, length int) []models.MessageEntity {
		return []models.MessageEntity{{Type: "bold", Offset: offset, Length: length}}
	}
	tests := []struct {
		in, want rich
	}{
		{rich{"  a b  ", nil}, rich{"a b", nil}},
		{rich{"  ab ", bold(1, 4)}, rich{"ab", bold(0, 2)}},
		{rich{"a\r\nb\x00c\u202ed", bold(4, 1)}, rich{"a\nb cd", bold(3, 1)}},
		{rich{"a   ", bold(2, 1)}, rich{"a", nil}},
		{rich{"\u200b \u200d", nil}, rich{"", nil}},
		{rich{"😀\u202ex", bold(3, 1)}, rich{"😀x", bold(2, 1)}},
	}
	for _, test := range tests {
		if got := tidy(test.in); !got.equal(test.want) {
			t.Errorf("%q: got %+v, want %+v", test.in.text, got, test.want)
		}
	}
}

func TestDetect(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"/start", []string{"bot_command 0 6"}},
		{"/start@some_bot now", []string{"bot_command 0 15"}},
		{"سلام /help", []string{"bot_command 5 5"}},
		{"😀 /help, @anna_b #skin", []string{"bot_command 3 5", "mention 10 7", "hashtag 18 5"}},
		{"a/b 1/2 //x /a/b", nil},
		{"see https://clinic.example/a?b=1.", []string{"url 4 28"}},
		{"me@clinic.example #1 @ab", nil},
	}
	for _, test := range tests {
		var got []string
		for _, e := range detect(test.in) {
			got = append(got, strings.Join([]string{string(e.Type), formatID(int64(e.Offset)), formatID(int64(e.Length))}, " "))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", test.in, diff)
		}
	}
}
