package faq

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Tags are the HTML tags that a text may hold: those of Telegram's HTML that need no more than a link.
var Tags = []string{"a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "strike", "strong", "tg-spoiler", "u"}

var (
	anyTag   = regexp.MustCompile(`<[^<>]*>`)
	linkTag  = regexp.MustCompile(`^<a href="([^"<>]*)">$`)
	bareLink = regexp.MustCompile(`(?i)\b(?:https?://|www\.|(?:[a-z0-9-]+\.)+(?:com|org|net|info|pk|me|io|co)\b)[^<>"]*`) // what apps show as a link
	markdown = regexp.MustCompile("\\*\\*[^*\\n]+\\*\\*|__[^_\\n]+__|`[^`\\n]+`|\\[[^\\]\\n]+\\]\\([^)\\n]+\\)")
	entity   = regexp.MustCompile(`&[#A-Za-z][A-Za-z0-9]*;?`)
)

const pairHint = "every <b> has its </b>, and what is opened last is closed first"

const tagHint = `Telegram knows <b> <i> <u> <s> <code> <pre> <blockquote> <a href="...">; write &lt; and &amp; for < and &`

// Plain returns a text without its markup, as a person reads it.
func Plain(text string) string {
	return html.UnescapeString(anyTag.ReplaceAllString(text, ""))
}

// markupFault is why a text cannot be shown as it stands.
type markupFault struct{ reason, hint string }

// markupFaults tells why Telegram would refuse the text as HTML or show it otherwise than meant, and which links in it are not allowed.
func markupFaults(text string, hosts map[string]bool) []markupFault {
	var faults []markupFault
	var open []string
	wrong := func(hint, format string, a ...any) {
		faults = append(faults, markupFault{fmt.Sprintf(format, a...), hint})
	}
	rest := anyTag.ReplaceAllStringFunc(text, func(tag string) string {
		name := strings.ToLower(strings.TrimPrefix(strings.Trim(tag, "<>"), "/"))
		link := linkTag.FindStringSubmatch(tag)
		switch {
		case link != nil:
			faults = append(faults, linkFaults(html.UnescapeString(link[1]), hosts)...)
			open = append(open, "a")
		case !slices.Contains(Tags, name) || strings.EqualFold(tag, "<a>"):
			wrong(tagHint, "the tag %s is not one that Telegram shows", quote(tag))
		case !strings.HasPrefix(tag, "</"):
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			wrong(pairHint, "%s closes a tag that is not the open one", tag)
		default:
			open = open[:len(open)-1]
		}
		return ""
	})
	for _, name := range open {
		wrong(pairHint, "the tag <%s> is never closed", name)
	}
	if strings.ContainsAny(rest, "<>") {
		wrong(tagHint, "a < or > that is no tag stands in the text")
	}
	for _, e := range entity.FindAllString(rest, -1) {
		if !shown(e) {
			wrong(tagHint, "%s is not shown as the character it means", quote(e))
		}
	}
	for _, word := range strings.Fields(html.UnescapeString(rest)) {
		if word = strings.TrimRight(word, ".,;:!?)]}'\"…”’۔،؟"); strings.Contains(word, ".") {
			if link := bareLink.FindString(word); link != "" {
				faults = append(faults, linkFaults(link, hosts)...)
			}
		}
	}
	return faults
}

// shown tells whether Telegram shows what looks like an entity as it is meant: four names, a character's number, or an & and a word.
func shown(e string) bool {
	number, numeric := strings.CutPrefix(strings.TrimSuffix(e, ";"), "&#")
	if !numeric {
		return slices.Contains([]string{"&lt;", "&gt;", "&amp;", "&quot;"}, e) || html.UnescapeString(e) == e
	}
	base := 10
	if hex, ok := strings.CutPrefix(number, "x"); ok {
		number, base = hex, 16
	}
	n, err := strconv.ParseInt(number, base, 32)
	return err == nil && strings.HasSuffix(e, ";") && unicode.IsGraphic(rune(n))
}

const linkHint = `name the host in "links" at the top of the file, or delete the link`

func linkFaults(link string, hosts map[string]bool) []markupFault {
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	u, err := url.Parse(link)
	switch {
	case err != nil || u.Host == "":
		return []markupFault{{fmt.Sprintf("the link %s cannot be read", quote(link)), `write it as "https://example.org/page"`}}
	case u.Scheme != "https" && u.Scheme != "http":
		return []markupFault{{fmt.Sprintf("the link %s does not begin with https://", quote(link)), `write it as "https://example.org/page"`}}
	case !hosts[strings.ToLower(u.Hostname())]:
		return []markupFault{{fmt.Sprintf("the link goes to %s, which the list \"links\" does not name", quote(u.Hostname())), linkHint}}
	}
	return nil
}
