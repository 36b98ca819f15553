package index

import "slices"

// What people say around a question and not as part of it. Only the ends of a message are looked at.
var (
	greetings = phrasesOf("hi", "hello", "hey", "helo", "hii", "salam", "slam", "salaam", "aoa", "a o a", "assalam o alaikum", "assalamualaikum", "asalam o alaikum",
		"assalamu alaikum", "asslam o alaikum", "salam alaikum", "good morning", "good evening", "good afternoon", "gm", "dear", "doctor", "dr", "sir", "madam", "mam", "maam", "ji", "jee",
		"السلام علیکم", "سلام", "ہیلو", "ڈاکٹر صاحب", "ڈاکٹر صاحبہ", "جی", "hi doctor", "excuse me", "suniye", "i have a question", "ek sawal hai", "aik sawal hai", "mujhe poochna tha", "poochna tha")
	closings = phrasesOf("please", "pls", "plz", "plzz", "please tell", "pls tell", "plz tell", "pls reply", "please reply", "plz reply", "reply", "tell me", "please tell me", "thanks", "thank you", "thx",
		"batayein", "bataein", "batain", "bata dein", "bata den", "bata dijiye", "batao", "plz bata dein", "please batayein", "jaldi batayein", "zara batayein", "pls jaldi batayein", "shukriya", "dear", "sir", "doctor", "g", "ji",
		"بتائیں", "بتا دیں", "براہ کرم", "پلیز", "شکریہ", "جلدی بتائیں")
)

func phrasesOf(texts ...string) [][]string {
	ps := make([][]string, len(texts))
	for i, t := range texts {
		ps[i] = words(Clean(t))
	}
	slices.SortFunc(ps, func(a, b []string) int { return len(b) - len(a) }) // the longest match counts
	return ps
}

// bare returns the words without greetings before and requests to answer behind them; a message of nothing else stays whole.
func bare(ws []string) []string {
	rest := ws
	for changed := true; changed; {
		changed = false
		for _, g := range greetings {
			if len(rest) > len(g) && slices.Equal(rest[:len(g)], g) {
				rest, changed = rest[len(g):], true
			}
		}
		for _, c := range closings {
			if n := len(rest) - len(c); n > 0 && slices.Equal(rest[n:], c) {
				rest, changed = rest[:n], true
			}
		}
	}
	if len(rest) < 2 && len(ws) > 2 {
		return ws
	}
	return rest
}
