package index

import "strings"

// Alarm is a red flag found in a message: a symptom now that must reach the clinic's staff at once.
type Alarm struct {
	Rule  string // the name of the rule, e.g. "breathing"
	Words string // the words of the message that set it off
}

// SelfHarm is the name of the rule for somebody who may harm themselves: they need other words than a symptom does.
const SelfHarm = "self-harm"

// RedFlag looks for a symptom now, in the writer or someone with them, in the whole message. It returns the first alarm in the
// order of alarmRules. A question about a risk, a negation, a hypothesis, a memory and a habit are no alarm.
func RedFlag(text string) (Alarm, bool) {
	a, mood := flags(text)
	return a, mood == isSo
}

// mood is how a symptom is spoken of.
type mood int

const (
	unsaid  mood = iota // no symptom is named, or nothing tells how it is meant
	doubted             // words that are half a symptom are named as being not so
	notSo               // a symptom is denied, supposed, asked about, remembered
	isSo
)

// flags looks for symptoms as RedFlag does, and tells also whether all that are named are named as being not so.
func flags(text string) (Alarm, mood) {
	m := alarmReader.read(text)
	all := unsaid
	for _, r := range alarmReader.rules {
		for _, p := range r.patterns {
			found, how := m.find(p)
			if how == isSo {
				return Alarm{Rule: r.name, Words: strings.Join(m.words[found.start:found.end], " ")}, isSo
			}
			all = max(all, how)
		}
	}
	if all == unsaid {
		all = m.moodOfBare(alarmReader.bare)
	}
	return Alarm{}, all
}

// moodOfBare reads words that are half a symptom ("blood"): doubted where one is said to be not so, and none to be so.
func (m *message) moodOfBare(ps []pattern) mood {
	all := unsaid
	for _, p := range ps {
		switch _, how := m.find(p); how {
		case isSo:
			return unsaid
		case notSo:
			all = doubted
		}
	}
	return all
}

// find returns the first place where all concepts of a pattern stand together and mean a symptom now; without one, the mood of
// the others.
func (m *message) find(p pattern) (span, mood) {
	all := unsaid
	for _, first := range m.at[p.concepts[0]] {
		if s, ok := m.together(p, first); ok {
			how := m.moodOf(p, s)
			if how == isSo {
				return s, isSo
			}
			all = max(all, how)
		}
	}
	return span{}, all
}

// together reports whether the other concepts of a pattern stand near the first one in its sentence, and where.
func (m *message) together(p pattern, first span) (span, bool) {
	all := first
	for _, c := range p.concepts[1:] {
		near, ok := m.nearest(c, first)
		if !ok {
			return span{}, false
		}
		all = span{min(all.start, near.start), max(all.end, near.end)}
	}
	for _, c := range p.without {
		if m.has(c, all.start-window, all.end+window) {
			return span{}, false
		}
	}
	return all, true
}

// moodOf judges a symptom that is named at s by what stands around it. Marks inside s belong to the symptom and do not count.
func (m *message) moodOf(p pattern, s span) mood {
	if !p.negative && (m.isNegated(s) || m.isOver(s) && !p.always) {
		return notSo
	}
	if p.always {
		return isSo
	}
	begins := m.segments[m.segment[s.start]]
	around := span{begins.start, m.segments[m.segment[s.end-1]].end}
	soon := span{around.start, min(around.end, s.end+window/2)} // "khoon nikalta hai": close behind the symptom
	mine := m.has(theirs, around.start, around.end)
	live := m.has(underWay, around.start, around.end)
	is := live || m.isAt(copula, s.end)
	dated := m.has(dated, around.start, around.end)
	switch {
	case m.marked(hypothesis, around, s), m.follows(hypothesis, s) && !mine && !live && !dated:
		return notSo
	case begins.asks == asksModal:
		return soIf(mine && is)
	case begins.asks == asksWhen:
		return soIf(mine && (is || m.has(copula, s.start, s.end)) || dated)
	case m.isRumour(s), m.marked(hearsay, around, s):
		return soIf(dated)
	case m.marked(future, soon, s) && !p.negative:
		return soIf(is)
	case m.marked(past, around, s):
		return soIf(dated || m.has(ongoing, s.start, s.end+3))
	case m.has(wasThen, s.end-1, s.end+2):
		return soIf(dated || m.has(afterwards, around.start, around.end))
	case m.marked(general, around, s), m.has(atTimes, s.start, s.end):
		return soIf(live || dated || m.has(afterwards, around.start, around.end))
	case begins.asks != asksNothing && !p.negative:
		return soIf(mine || is || dated)
	case p.evident && !is && !m.isFelt(s):
		return unsaid
	}
	return isSo
}

func soIf(is bool) mood {
	if is {
		return isSo
	}
	return notSo
}

// isRumour reports whether the sentence of a symptom asks if a story is true.
func (m *message) isRumour(s span) bool {
	from, to := m.sentenceOf(s)
	return m.has(rumour, from, to)
}

// isFelt reports whether the sentence of a symptom tells of something present, in whatever clause.
func (m *message) isFelt(s span) bool {
	from, to := m.sentenceOf(s)
	return m.has(theirs, from, to) || m.has(underWay, from, to) || m.has(dated, from, to) || m.has(strongly, from, to) || m.has(afterwards, from, to)
}

// isNegated reports whether "no", "not" or "nahi" takes the symptom back. The English ones stand before it, the Urdu ones after,
// and neither reaches over a new beginning ("no fever, my eye is swollen").
func (m *message) isNegated(s span) bool {
	if m.isAt(notRightBefore, s.start-1) || m.has(notWithin, s.start+1, s.end) || m.isAt(copula, s.end) && m.isAt(notWithin, s.end+1) {
		return true
	}
	for i := s.start - 1; i >= max(0, s.start-window); i-- {
		if m.sentence[i] != m.sentence[s.start] || m.isAt(barrier, i) || m.restarts(i, s.start) {
			break
		}
		if m.isAt(notBefore, i) {
			return true
		}
	}
	for i := s.start + 1; i < min(len(m.words), s.end+window); i++ {
		if m.segment[i] != m.segment[s.end-1] || i >= s.end && m.isAt(ending, i) {
			break
		}
		if m.isAt(notAfter, i) {
			return true
		}
	}
	return false
}

// restarts reports whether a comma or a "but" lies between two words and what follows it speaks of something present.
func (m *message) restarts(from, to int) bool {
	a, b := m.segment[from], m.segment[to]
	if a == b {
		return false
	}
	s := m.segments[b]
	return s.contrast || m.has(underWay, s.start, s.end) || m.has(theirs, s.start, s.end) || m.has(dated, s.start, s.end)
}

// isOver reports whether the symptom is said to be gone: "the swelling is gone", "bukhar utar gaya".
func (m *message) isOver(s span) bool {
	if first := m.segments[m.segment[s.start]]; first.end < s.end && m.has(over, s.start, first.end) && !m.restarts(s.start, s.end-1) {
		return true
	}
	for i := s.end; i < min(len(m.words), s.end+window); i++ {
		if m.segment[i] != m.segment[s.end-1] {
			return false
		}
		if m.isAt(over, i) {
			return !m.has(notBefore, i-2, i) && !m.has(notAfter, i-2, i+4)
		}
	}
	return false
}
