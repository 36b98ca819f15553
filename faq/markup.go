package faq

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Tags are the HTML tags that a text may hold: those of Telegram's HTML that need no more than a link.
var Tags = []string{"a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "strike", "strong", "tg-spoiler", "u"}

var (
	anyTag   = regexp.MustCompile(`<[^<>]*>`)
	linkTag  = regexp.MustCompile(`^<a href="([^"<>]*)">$`)
	bareLink = regexp.MustCompile(`(?i)\b(?:https?://|www\.|t\.me/)[^\s<>"]+`)
)

// Plain returns a text without its markup, as a person reads it.
func Plain(text string) string {
	return html.UnescapeString(anyTag.ReplaceAllString(text, ""))
}

// markupFaults tells why Telegram would refuse the text as HTML, or why a link in it is not allowed. Each answer is a reason.
func markupFaults(text string, hosts []string) []string {
	var reasons, open []string
	rest := anyTag.ReplaceAllStringFunc(text, func(tag string) string {
		name := strings.ToLower(strings.TrimPrefix(strings.Trim(tag, "<>"), "/"))
		closing := strings.HasPrefix(tag, "</")
		link := linkTag.FindStringSubmatch(tag)
		switch {
		case link != nil:
			name = "a"
			reasons = append(reasons, linkFault(link[1], hosts)...)
		case !slices.Contains(Tags, name) || name == "a" && !closing:
			reasons = append(reasons, fmt.Sprintf("the tag %s is not one that Telegram shows", tag))
			return ""
		}
		switch {
		case !closing:
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			reasons = append(reasons, fmt.Sprintf("%s closes a tag that is not the open one", tag))
		default:
			open = open[:len(open)-1]
		}
		return ""
	})
	for _, name := range open {
		reasons = append(reasons, fmt.Sprintf("the tag <%s> is never closed", name))
	}
	if strings.ContainsAny(rest, "<>") {
		reasons = append(reasons, "a < or > that is no tag stands in the text")
	}
	for _, l := range bareLink.FindAllString(html.UnescapeString(rest), -1) {
		reasons = append(reasons, linkFault(l, hosts)...)
	}
	return reasons
}

func linkFault(link string, hosts []string) []string {
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	u, err := url.Parse(html.UnescapeString(link))
	switch {
	case err != nil || u.Host == "":
		return []string{fmt.Sprintf("the link %q cannot be read", link)}
	case u.Scheme != "https" && u.Scheme != "http":
		return []string{fmt.Sprintf("the link %q does not begin with https://", link)}
	case !slices.Contains(hosts, strings.ToLower(u.Hostname())):
		return []string{fmt.Sprintf("the link goes to %s, which the file's list \"links\" does not name", u.Hostname())}
	}
	return nil
}
