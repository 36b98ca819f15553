package preview

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

// ParseHTML reads a text with parse_mode HTML: the text without its markup, and the markup as entities in UTF-16 units.
// Its errors have Telegram's words, which follow "can't parse entities: " in an answer. Byte offsets in them count from
// the start of the input.
func ParseHTML(input string) (string, []models.MessageEntity, error) {
	p := &htmlParser{in: input}
	for p.pos < len(p.in) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, htmlErrorf("Can't find end tag corresponding to start tag %s", p.open[n-1].name)
	}
	text := p.out.String()
	if p.surrogate || !utf8.ValidString(text) {
		return "", nil, htmlError("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	entities := make([]models.MessageEntity, len(p.done))
	for i, e := range p.done {
		if e.Type == models.MessageEntityTypeCode {
			e.Language = ""
		}
		entities[i] = e
	}
	sortEntities(entities)
	return text, entities, nil
}

// htmlError is an error in Telegram's words, which begin with a capital letter.
type htmlError string

func (e htmlError) Error() string { return string(e) }

func htmlErrorf(format string, args ...any) error { return htmlError(fmt.Sprintf(format, args...)) }

// htmlParser reads one text from left to right.
type htmlParser struct {
	in        string
	pos       int
	out       strings.Builder
	units     int // UTF-16 units written to out
	open      []openTag
	done      []models.MessageEntity
	surrogate bool // a numeric entity named half a character
}

// openTag is a start tag that waits for its end.
type openTag struct {
	name     string
	argument string // what an attribute said: a link, a language, an emoji's id, "expandable"
	offset   int    // where its text begins, in units
	start    int    // the same in bytes of out
}

// peek is the byte ahead, or 0 at the end. A NUL in the text therefore ends a tag, as it does at Telegram.
func (p *htmlParser) peek() byte {
	if p.pos < len(p.in) {
		return p.in[p.pos]
	}
	return 0
}

// step takes one character, one entity or one tag.
func (p *htmlParser) step() error {
	switch p.peek() {
	case '&':
		if r, n := decodeEntity(p.in[p.pos:]); n > 0 {
			p.pos += n
			p.put(r)
			return nil
		}
	case '<':
		begin := p.pos
		p.pos++
		if p.peek() == '/' {
			return p.endTag(begin)
		}
		return p.startTag(begin)
	}
	r, n := utf8.DecodeRuneInString(p.in[p.pos:])
	if r == utf8.RuneError && n == 1 {
		p.surrogate = true
	}
	p.pos += n
	p.put(r)
	return nil
}

func (p *htmlParser) put(r rune) {
	if r >= 0xd800 && r <= 0xdfff {
		p.surrogate = true
	}
	p.out.WriteRune(r)
	p.units += runeUnits(r)
}

// until moves on to the first byte that ends the run, or to the end, and returns what it passed.
func (p *htmlParser) until(ends func(byte) bool) string {
	begin := p.pos
	for p.pos < len(p.in) && !ends(p.in[p.pos]) {
		p.pos++
	}
	return p.in[begin:p.pos]
}

func (p *htmlParser) skipSpace() {
	p.until(func(c byte) bool { return c == 0 || !isSpace(c) })
}

func (p *htmlParser) startTag(begin int) error {
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	if p.peek() == 0 {
		return htmlErrorf("Unclosed start tag at byte offset %d", begin)
	}
	if !knownTag(name) {
		return htmlErrorf(`Unsupported start tag "%s" at byte offset %d`, name, begin)
	}
	tag := openTag{name: name, offset: p.units, start: p.out.Len()}
	for {
		p.skipSpace()
		if p.peek() == '>' {
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	p.pos++
	if name == "span" && tag.argument != "spoiler" {
		return htmlErrorf(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.open = append(p.open, tag)
	return nil
}

// attribute reads one attribute of a start tag; its value may be missing, bare or quoted.
func (p *htmlParser) attribute(tag *openTag, begin int) error {
	name := p.until(func(c byte) bool { return isSpace(c) || c == '=' || c == '>' })
	if name == "" {
		return htmlErrorf(`Empty attribute name in the tag "%s" at byte offset %d`, tag.name, begin)
	}
	p.skipSpace()
	value := ""
	if p.peek() == '=' {
		p.pos++
		p.skipSpace()
		if p.peek() == 0 {
			return htmlErrorf(`Unclosed start tag "%s" at byte offset %d`, tag.name, begin)
		}
		var err error
		if value, err = p.value(); err != nil {
			return err
		}
	}
	if p.peek() == 0 {
		return htmlErrorf("Unclosed start tag at byte offset %d", begin)
	}
	tag.take(name, value)
	return nil
}

func (p *htmlParser) value() (string, error) {
	if quote := p.peek(); quote == '"' || quote == '\'' {
		p.pos++
		return p.quoted(quote), nil
	}
	begin := p.pos
	token := p.until(func(c byte) bool { return !isAlphanumeric(c) && c != '.' && c != '-' })
	if c := p.peek(); !isSpace(c) && c != '>' {
		return "", htmlErrorf("Unexpected end of name token at byte offset %d", begin)
	}
	return strings.ToLower(token), nil
}

func (p *htmlParser) quoted(quote byte) string {
	var value strings.Builder
	for c := p.peek(); c != quote && c != 0; c = p.peek() {
		if r, n := decodeEntity(p.in[p.pos:]); n > 0 {
			value.WriteRune(r)
			p.pos += n
			continue
		}
		value.WriteByte(c)
		p.pos++
	}
	if p.peek() == quote {
		p.pos++
	}
	return value.String()
}

// take keeps what matters of an attribute.
func (t *openTag) take(name, value string) {
	language, isLanguage := strings.CutPrefix(value, "language-")
	class, isClass := strings.CutPrefix(value, "tg-")
	switch {
	case t.name == "a" && name == "href", t.name == "tg-emoji" && name == "emoji-id":
		t.argument = value
	case t.name == "code" && name == "class" && isLanguage:
		t.argument = language
	case t.name == "span" && name == "class" && isClass:
		t.argument = class
	case t.name == "blockquote" && name == "expandable":
		t.argument = name
	}
}

func (p *htmlParser) endTag(begin int) error {
	if len(p.open) == 0 {
		return htmlErrorf("Unexpected end tag at byte offset %d", begin)
	}
	p.pos++
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	p.skipSpace()
	if p.peek() != '>' {
		return htmlErrorf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return htmlErrorf(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units == tag.offset {
		return nil // nothing between the tags
	}
	return p.close(tag)
}

// close turns a finished tag into its entity.
func (p *htmlParser) close(t openTag) error {
	e := models.MessageEntity{Type: simpleTag(t.name), Offset: t.offset, Length: p.units - t.offset}
	switch t.name {
	case "a":
		return p.closeLink(t, e)
	case "tg-emoji":
		id, err := strconv.ParseInt(t.argument, 10, 64)
		if err != nil || id == 0 {
			return htmlError("Invalid custom emoji identifier specified")
		}
		e.CustomEmojiID = t.argument
	case "blockquote":
		if t.argument != "" {
			e.Type = models.MessageEntityTypeExpandableBlockquote
		}
	case "pre", "code":
		e.Language = t.argument
		if p.joinCode(e) {
			return nil
		}
	}
	p.done = append(p.done, e)
	return nil
}

// joinCode makes <pre><code class="language-x"> one entity, whichever is inside.
func (p *htmlParser) joinCode(e models.MessageEntity) bool {
	if len(p.done) == 0 {
		return false
	}
	last := &p.done[len(p.done)-1]
	language := cmp.Or(last.Language, e.Language)
	if last.Offset != e.Offset || last.Length != e.Length || last.Type == e.Type || language == "" {
		return false
	}
	if last.Type != models.MessageEntityTypeCode && last.Type != models.MessageEntityTypePre {
		return false
	}
	last.Type, last.Language = models.MessageEntityTypePre, language
	return true
}

func (p *htmlParser) closeLink(t openTag, e models.MessageEntity) error {
	target := cmp.Or(t.argument, p.out.String()[t.start:])
	e.Type = models.MessageEntityTypeTextLink
	if id := mentionedUser(target); id != 0 {
		e.Type, e.User = models.MessageEntityTypeTextMention, &models.User{ID: id}
	} else if e.URL = checkedLink(target); e.URL == "" {
		return nil // a link that leads nowhere is plain text
	}
	p.done = append(p.done, e)
	return nil
}

// mentionedUser is N of tg://user?id=N, or 0.
func mentionedUser(link string) int64 {
	u, err := url.Parse(link)
	if err != nil || !strings.EqualFold(u.Scheme, "tg") || u.Host != "user" {
		return 0
	}
	id, err := strconv.ParseInt(u.Query().Get("id"), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// checkedLink completes a link as Telegram does, or returns "" for what it does not take for one.
func checkedLink(link string) string {
	link = strings.TrimSpace(link)
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil || !slices.Contains([]string{"http", "https", "ftp", "tg", "ton", "tonsite"}, u.Scheme) || u.Host == "" {
		return ""
	}
	if u.Scheme == "tg" {
		return link
	}
	if !strings.Contains(strings.Trim(u.Hostname(), "."), ".") || strings.ContainsAny(u.Host, " \t\n") {
		return ""
	}
	head := u.Scheme + "://"
	rest := link[len(head):]
	end := strings.IndexAny(rest, "/?#")
	switch {
	case end < 0:
		return head + rest + "/"
	case rest[end] != '/':
		return head + rest[:end] + "/" + rest[end:]
	}
	return head + rest
}

// decodeEntity reads a character reference at the start of s: the rune and how many bytes it took, or 0 bytes for what
// Telegram leaves as it is. Only four have names.
func decodeEntity(s string) (rune, int) {
	if len(s) < 2 || s[0] != '&' {
		return 0, 0
	}
	var r rune
	var end int
	if s[1] == '#' {
		r, end = decodeNumber(s)
	} else {
		r, end = decodeName(s)
	}
	if r == 0 {
		return 0, 0
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

func decodeNumber(s string) (rune, int) {
	base, end := 10, 2
	if len(s) > 2 && s[2] == 'x' {
		base, end = 16, 3
	}
	begin := end
	for end < len(s) && isDigit(s[end], base) {
		end++
	}
	n, err := strconv.ParseInt(s[begin:end], base, 32)
	if err != nil || n == 0 || n >= 0x10ffff || end >= 10 {
		return 0, 0
	}
	return rune(n), end
}

func decodeName(s string) (rune, int) {
	end := 1
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	switch s[1:end] {
	case "lt":
		return '<', end
	case "gt":
		return '>', end
	case "amp":
		return '&', end
	case "quot":
		return '"', end
	}
	return 0, 0
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte, base int) bool {
	return c >= '0' && c <= '9' || base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f'
}

func isAlphanumeric(c byte) bool { return isLetter(c) || isDigit(c, 10) }

func knownTag(name string) bool {
	return name == "a" || simpleTag(name) != ""
}

// simpleTag is the entity that a tag makes, but for links.
func simpleTag(name string) models.MessageEntityType {
	switch name {
	case "b", "strong":
		return models.MessageEntityTypeBold
	case "i", "em":
		return models.MessageEntityTypeItalic
	case "u", "ins":
		return models.MessageEntityTypeUnderline
	case "s", "strike", "del":
		return models.MessageEntityTypeStrikethrough
	case "span", "tg-spoiler":
		return models.MessageEntityTypeSpoiler
	case "tg-emoji":
		return models.MessageEntityTypeCustomEmoji
	case "code":
		return models.MessageEntityTypeCode
	case "pre":
		return models.MessageEntityTypePre
	case "blockquote":
		return models.MessageEntityTypeBlockquote
	}
	return ""
}
