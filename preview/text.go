package preview

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

const (
	maxText        = 4096
	maxCaption     = 1024
	maxRawText     = 1 << 15 // bytes, markup included
	maxEntities    = 100
	maxEntityBytes = 9500 // of all entities together; as reported by the service's maintainers, not documented
	entityBytes    = 12   // one entity without its link: kind, offset, length
)

// rich is a text with its entities.
type rich struct {
	text     string
	entities []models.MessageEntity
}

func (t rich) equal(u rich) bool {
	return t.text == u.text && slices.EqualFunc(t.entities, u.entities, sameEntity)
}

func sameEntity(a, b models.MessageEntity) bool {
	sameUser := (a.User == nil) == (b.User == nil) && (a.User == nil || a.User.ID == b.User.ID)
	a.User, b.User = nil, nil
	return sameUser && a == b
}

// readText takes a text parameter with its parse_mode or its entities.
func (s *Server) readText(r *request, name, entities string) (rich, error) {
	text := r.text(name)
	if !utf8.ValidString(text) {
		return rich{}, badRequest("strings must be encoded in UTF-8")
	}
	if len(text) > maxRawText {
		return rich{}, badRequest("text is too long")
	}
	t := rich{text: text}
	switch mode := strings.ToLower(r.text("parse_mode")); mode {
	case "", "none":
		if _, err := r.object(entities, &t.entities); err != nil {
			return rich{}, err
		}
		t.entities = withinText(t)
	case "html":
		var err error
		if t.text, t.entities, err = ParseHTML(text); err != nil {
			return rich{}, badRequest("can't parse entities: %s", err)
		}
	default:
		// Markdown would be refused or misread in ways of its own; no bot that means well should miss it.
		return rich{}, badRequest("unsupported parse_mode")
	}
	t.entities = slices.DeleteFunc(t.entities, s.unknownMention)
	return tidy(t), nil
}

// unknownMention drops a mention of somebody whom the bot has not met, and completes the others.
func (s *Server) unknownMention(e models.MessageEntity) bool {
	if e.Type != models.MessageEntityTypeTextMention || e.User == nil {
		return false
	}
	u := s.user(e.User.ID)
	if u == nil {
		return true
	}
	*e.User = u.User
	return false
}

func withinText(t rich) []models.MessageEntity {
	length := units(t.text)
	return slices.DeleteFunc(t.entities, func(e models.MessageEntity) bool {
		return e.Offset < 0 || e.Length <= 0 || e.Length > length-e.Offset
	})
}

// complete checks the length of a text that is about to be sent and adds the entities that Telegram finds by itself.
func (s *Server) complete(t rich, limit int, tooLong string) (rich, error) {
	if s.length(t.text) > limit {
		return rich{}, badRequest("%s", tooLong)
	}
	size := 0
	for _, e := range t.entities {
		size += entityBytes + len(e.URL) + len(e.Language)
	}
	if size > maxEntityBytes {
		return rich{}, badRequest("ENTITIES_TOO_LONG")
	}
	t.entities = withDetected(t)
	t.entities = t.entities[:min(len(t.entities), maxEntities)]
	return t, nil
}

// length measures as the limit of 4,096 does: reports disagree between UTF-16 units and code points.
func (s *Server) length(text string) int {
	if s.codePoints {
		return utf8.RuneCountInString(text)
	}
	return units(text)
}

// units is a text's length in UTF-16 units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// tidy removes what Telegram does not store: control characters, marks that turn the direction of the line, and blanks
// around the text. Entities move along, and those left without text go.
func tidy(t rich) rich {
	var out strings.Builder
	moved := make([]int, 0, len(t.text)+1) // where each unit of the old text stands in the new one
	n, lastInk := 0, 0
	ink := 0
	for _, r := range t.text {
		kept := cleanRune(r)
		for range runeUnits(r) {
			moved = append(moved, n)
		}
		if kept == -1 || n == 0 && unicode.IsSpace(kept) {
			continue
		}
		out.WriteRune(kept)
		n += runeUnits(kept)
		if !unicode.IsSpace(kept) {
			lastInk, ink = n, out.Len()
		}
	}
	moved = append(moved, n)
	var entities []models.MessageEntity
	for _, e := range t.entities {
		begin := min(moved[e.Offset], lastInk)
		end := min(moved[e.Offset+e.Length], lastInk)
		if end > begin {
			e.Offset, e.Length = begin, end-begin
			entities = append(entities, e)
		}
	}
	text := out.String()[:ink]
	if invisible(text) {
		return rich{}
	}
	return rich{text, entities}
}

// cleanRune is what Telegram keeps of a character, or -1 for nothing.
func cleanRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r', r >= 0x2028 && r <= 0x202e:
		return -1
	case r < ' ':
		return ' '
	}
	return r
}

// invisible is a text that shows nothing.
func invisible(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }) < 0
}

// sortEntities puts outer entities before inner ones; of two with the same place the one that Telegram nests outside.
func sortEntities(entities []models.MessageEntity) {
	slices.SortStableFunc(entities, func(a, b models.MessageEntity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length), cmp.Compare(rank(a.Type), rank(b.Type)))
	})
}

func rank(t models.MessageEntityType) int {
	order := []models.MessageEntityType{
		models.MessageEntityTypeBlockquote, models.MessageEntityTypeExpandableBlockquote, models.MessageEntityTypePre,
		models.MessageEntityTypeCode, models.MessageEntityTypeTextLink, models.MessageEntityTypeTextMention,
		models.MessageEntityTypeBotCommand, models.MessageEntityTypeMention, models.MessageEntityTypeHashtag, models.MessageEntityTypeURL,
		models.MessageEntityTypeBold, models.MessageEntityTypeItalic, models.MessageEntityTypeUnderline,
		models.MessageEntityTypeStrikethrough, models.MessageEntityTypeSpoiler, models.MessageEntityTypeCustomEmoji,
	}
	return slices.Index(order, t)
}

// withDetected adds commands, mentions, hashtags and links, except where the sender's own markup says otherwise.
func withDetected(t rich) []models.MessageEntity {
	all := slices.Clone(t.entities)
	for _, found := range detect(t.text) {
		taken := slices.ContainsFunc(t.entities, func(e models.MessageEntity) bool {
			return excludes(e.Type) && found.Offset < e.Offset+e.Length && e.Offset < found.Offset+found.Length
		})
		if !taken {
			all = append(all, found)
		}
	}
	sortEntities(all)
	return all
}

func excludes(t models.MessageEntityType) bool {
	switch t {
	case models.MessageEntityTypeCode, models.MessageEntityTypePre, models.MessageEntityTypeTextLink, models.MessageEntityTypeTextMention:
		return true
	}
	return false
}

// detect finds commands, mentions, hashtags and links that begin with their scheme. Telegram finds more, such as bare
// domains and phone numbers; nothing should depend on those.
func detect(text string) []models.MessageEntity {
	var found []models.MessageEntity
	before := ' '
	at, skip := 0, 0
	for i, r := range text {
		if i >= skip && !isWord(before) && before != '/' {
			if kind, n := token(text[i:]); n > 0 {
				found = append(found, models.MessageEntity{Type: kind, Offset: at, Length: units(text[i : i+n])})
				skip = i + n
			}
		}
		at += runeUnits(r)
		before = r
	}
	return found
}

// token measures the command, mention, hashtag or link that s begins with, in bytes.
func token(s string) (models.MessageEntityType, int) {
	switch {
	case s[0] == '/':
		return models.MessageEntityTypeBotCommand, commandLength(s)
	case s[0] == '@':
		if n := nameLength(s[1:]); n >= 3 && n <= 32 {
			return models.MessageEntityTypeMention, 1 + n
		}
	case s[0] == '#':
		n := len(s[1:]) - len(strings.TrimLeftFunc(s[1:], isWord))
		if strings.ContainsFunc(s[1:1+n], unicode.IsLetter) {
			return models.MessageEntityTypeHashtag, 1 + n
		}
	case strings.HasPrefix(s, "http://"), strings.HasPrefix(s, "https://"):
		return models.MessageEntityTypeURL, linkLength(s)
	}
	return "", 0
}

// commandLength measures /name or /name@bot.
func commandLength(s string) int {
	n := 1 + nameLength(s[1:])
	if n < 2 || n > 65 {
		return 0
	}
	if n < len(s) && s[n] == '@' {
		if m := nameLength(s[n+1:]); m >= 3 && m <= 32 {
			n += 1 + m
		}
	}
	if next, _ := utf8.DecodeRuneInString(s[n:]); n < len(s) && (next == '/' || isWord(next)) {
		return 0
	}
	return n
}

func nameLength(s string) int {
	n := 0
	for n < len(s) && (isAlphanumeric(s[n]) || s[n] == '_') {
		n++
	}
	return n
}

func linkLength(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '<' || r == '>' || r == '"' })
	if end < 0 {
		end = len(s)
	}
	link := strings.TrimRight(s[:end], ".,:;!?')]")
	if checkedLink(link) == "" {
		return 0
	}
	return len(link)
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
