package bot

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"skindesk/desk"
	"skindesk/faq"
	"skindesk/store"
)

// report is what /stats tells. It is made before the transaction that sends it: a picture takes longer than others should wait.
type report struct {
	days    []string // of the week, oldest first; the last is today
	counts  map[string]map[event]map[string]int64
	vain    []vain
	picture []byte // nil: nothing was asked
	topics  []bar
}

// vain is what was asked without success, and by how many people.
type vain struct {
	text   string
	people int
}

const (
	daysBack  = 7
	topTopics = 6
	topCodes  = 8
	topVain   = 20
)

// findReport prepares /stats for an admin; for others it does nothing.
func (b *Bot) findReport(ctx context.Context, m *meaning, t *turn) (*report, error) {
	if name, _ := commandOf(m.text); m.kind != aCommand || name != "/stats" {
		return nil, nil
	}
	zone := clinicZone(t.faq)
	today := t.now.In(zone)
	r := &report{counts: map[string]map[event]map[string]int64{}}
	var days []time.Time
	for i := range daysBack {
		d := today.AddDate(0, 0, i-daysBack+1)
		days, r.days = append(days, d), append(r.days, d.Format(time.DateOnly))
	}
	var tallies []store.Tally
	var gaps []store.Gap
	admin := false
	err := b.store.View(ctx, func(tx *store.Tx) (err error) {
		if admin, err = b.isAdmin(tx, t.person.ID); err != nil || !admin {
			return err
		}
		if tallies, err = tx.Tallies(r.days[0], r.days[daysBack-1]); err != nil {
			return err
		}
		gaps, err = tx.Gaps(time.Date(days[0].Year(), days[0].Month(), days[0].Day(), 0, 0, 0, 0, zone))
		return err
	})
	if err != nil || !admin {
		return nil, err
	}
	for _, n := range tallies {
		r.add(n)
	}
	r.vain, r.topics = inVain(gaps), r.topTopics(t)
	if r.of(r.days, hasAsked) > 0 {
		r.picture, err = r.chart(t, days).draw()
	}
	return r, err
}

func (r *report) add(n store.Tally) {
	if r.counts[n.Day] == nil {
		r.counts[n.Day] = map[event]map[string]int64{}
	}
	if r.counts[n.Day][event(n.Name)] == nil {
		r.counts[n.Day][event(n.Name)] = map[string]int64{}
	}
	r.counts[n.Day][event(n.Name)][n.About] += n.N
}

// of tells how often something happened on some days, whatever it was about.
func (r *report) of(days []string, what event) (n int64) {
	for _, k := range r.about(days, what) {
		n += k
	}
	return n
}

// about tells how often something happened on some days, by what it was about.
func (r *report) about(days []string, what event) map[string]int64 {
	all := map[string]int64{}
	for _, d := range days {
		for about, n := range r.counts[d][what] {
			all[about] += n
		}
	}
	return all
}

// topTopics are the topics whose entries were said most, in the week.
func (r *report) topTopics(t *turn) []bar {
	titles := map[string]string{}
	for _, topic := range t.faq.Topics {
		titles[topic.ID] = t.topicTitle(topic)
	}
	by := map[string]int64{}
	for id, n := range r.about(r.days, wasSaid) {
		if e, found := t.faq.Entry(id); found && e.Topic != "" {
			by[cmp.Or(titles[e.Topic], e.Topic)] += n
		}
	}
	return top(by, topTopics)
}

// top returns the most frequent, most first.
func top(by map[string]int64, n int) []bar {
	var bars []bar
	for name, n := range by {
		bars = append(bars, bar{name, n})
	}
	slices.SortFunc(bars, func(a, b bar) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
	return bars[:min(len(bars), n)]
}

// inVain joins what was asked alike, first what most people asked, then what was asked last.
func inVain(gaps []store.Gap) []vain {
	type group struct {
		text   string
		people map[desk.PersonID]bool
		last   int64
	}
	groups := map[string]*group{}
	for _, g := range gaps {
		if g.Why == string(hasChosen) { // in the end it was found
			continue
		}
		key := faq.Normalize(g.Text)
		if groups[key] == nil {
			groups[key] = &group{text: g.Text, people: map[desk.PersonID]bool{}}
		}
		groups[key].people[g.Patient], groups[key].last = true, g.ID
	}
	sorted := slices.SortedFunc(maps.Values(groups), func(a, b *group) int {
		return cmp.Or(cmp.Compare(len(b.people), len(a.people)), cmp.Compare(b.last, a.last))
	})
	var vs []vain
	for _, g := range sorted[:min(len(sorted), topVain)] {
		vs = append(vs, vain{g.text, len(g.people)})
	}
	return vs
}

// chart is the week as a picture, whose font has Latin letters only.
func (r *report) chart(t *turn, days []time.Time) chart {
	c := chart{clinic: t.faq.Clinic.Name, days: days}
	for i, met := range []event{wasAnswered, wasOffered, wasForStaff, wasUnknown} {
		for _, d := range r.days {
			c.met[i] = append(c.met[i], r.of([]string{d}, met))
		}
	}
	names := map[string]string{}
	for _, topic := range t.faq.Topics {
		title, _ := topic.Title.In(faq.English)
		if latin(title) != title {
			title = topic.ID
		}
		names[t.topicTitle(topic)] = title
	}
	for _, b := range r.topics {
		c.topics = append(c.topics, bar{cmp.Or(names[b.name], b.name), b.n})
	}
	return c
}

// stats sends the report.
func (t *turn) stats(r *report) error {
	if r == nil { // made an admin in this very moment
		return errMoved
	}
	if r.picture == nil {
		t.say(t.w.StatsNone)
	} else {
		picture := memo{text: t.statsText(r), file: store.File{Name: "stats.png", Body: r.picture}}
		if units(faq.Plain(picture.text)) > maxCaption {
			text := picture.text
			picture.text = ""
			t.tell(picture)
			t.tell(memo{text: text})
		} else {
			t.tell(picture)
		}
	}
	if len(r.vain) > 0 {
		t.tell(memo{text: t.vainText(r)})
	}
	return nil
}

// statsText is the week in words.
func (t *turn) statsText(r *report) string {
	today := r.days[daysBack-1:]
	parts := []string{
		"<b>" + t.w.StatsToday + "</b> " + t.statsLine(r, today),
		"<b>" + t.w.StatsWeek + "</b> " + t.statsLine(r, r.days),
		t.statsMore(r),
	}
	if len(r.topics) > 0 {
		parts = append(parts, fill(t.w.StatsTopics, "list", bars(r.topics)))
	}
	if codes := top(r.about(r.days, cameByCode), topCodes); len(codes) > 0 {
		parts = append(parts, fill(t.w.StatsCodes, "list", bars(codes)))
	}
	return strings.Join(parts, "\n")
}

func (t *turn) statsLine(r *report, days []string) string {
	n := func(what event) string { return strconv.FormatInt(r.of(days, what), 10) }
	return fill(t.w.StatsLine, "asked", n(hasAsked), "answered", n(wasAnswered), "offered", n(wasOffered), "chosen", n(hasChosen),
		"staff", n(wasForStaff), "unknown", n(wasUnknown))
}

func (t *turn) statsMore(r *report) string {
	n := func(what event) string { return strconv.FormatInt(r.of(r.days, what), 10) }
	cases := r.about(r.days, wasHandedOver)
	of := func(kind desk.CaseKind) string { return strconv.FormatInt(cases[string(kind)], 10) }
	return fill(t.w.StatsMore, "cases", n(wasHandedOver), "visits", of(desk.Booking), "urgent", of(desk.Urgent),
		"wrong", n(wasWrong), "none", n(wasNone), "helpful", n(hasHelped), "not", n(hasNotHelped))
}

func bars(bs []bar) string {
	var parts []string
	for _, b := range bs {
		parts = append(parts, fmt.Sprintf("%s %d", cut(b.name, 40), b.n))
	}
	return strings.Join(parts, ", ")
}

// vainText lists what was asked in vain, as much as one message holds.
func (t *turn) vainText(r *report) string {
	text := t.w.StatsVain
	for _, v := range r.vain {
		line := "\n• “" + escape(cut(v.text, 160)) + "”"
		if v.people > 1 {
			line += " " + fill(t.w.StatsPeople, "count", strconv.Itoa(v.people))
		}
		if units(faq.Plain(text+line)) > maxMessage {
			break
		}
		text += line
	}
	return text
}
