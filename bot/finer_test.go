package bot

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"skindesk/desk"
	"skindesk/preview"
	"skindesk/store"
)

// refusing answers sendMessage with a 400 as long as the text holds a word.
type refusing struct {
	next http.RoundTripper
	word string
}

func (r refusing) RoundTrip(q *http.Request) (*http.Response, error) {
	sent, err := io.ReadAll(q.Body)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(q.URL.Path, "/sendMessage") && bytes.Contains(sent, []byte(r.word)) {
		return &http.Response{
			StatusCode: http.StatusBadRequest, Header: http.Header{"Content-Type": {"application/json"}}, Request: q,
			Body: io.NopCloser(strings.NewReader(`{"ok":false,"error_code":400,"description":"Bad Request: message text is odd"}`)),
		}, nil
	}
	again := q.Clone(q.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(sent)), int64(len(sent))
	return r.next.RoundTrip(again)
}

func TestARefusedAnswerIsToldToTheAdmin(t *testing.T) {
	config := func(c *Config) {
		c.Client = &http.Client{Transport: refusing{c.Client.Transport, "six to seven"}}
	}
	inClinicWith(t, config, func(c *clinic) {
		c.does(c.anna, func() { c.anna.Say("how long do the results last") })
		c.want(c.admin.Messages(), "could not be sent: 400 Bad Request: message text is odd")
		c.want(c.says(c.anna, "how many weeks between two sessions"), "a few weeks after")
	})
}

func TestCodesAreCounted(t *testing.T) {
	inClinic(t, func(c *clinic) {
		for _, link := range []string{"/start poster-reception", "/start poster-reception", "/start sessions", "/start", "/start with blanks"} {
			c.says(c.anna, link)
		}
		c.says(c.sana, "/start poster-reception") // the team's own tries count for nothing
		day := time.Now().In(time.FixedZone("PKT", 5*3600)).Format(time.DateOnly)
		got := map[string]int64{}
		err := c.store.View(context.Background(), func(tx *store.Tx) error {
			ts, err := tx.Tallies(day, day)
			for _, x := range ts {
				if x.Name == string(cameByCode) {
					got[x.About] = x.N
				}
			}
			return err
		})
		if err != nil || len(got) != 2 || got["poster-reception"] != 2 || got["sessions"] != 1 {
			t.Errorf("got %v, %v", got, err)
		}
	})
}

func TestAMutedPatientReachesTheTeamOnlyInNeed(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.says(c.anna, "which laptop should i buy")
		c.taps(c.anna, "Ask the clinic")
		c.taps(c.anna, "Send")
		c.card("Question #1001")
		err := c.store.Update(context.Background(), func(tx *store.Tx) error {
			_, err := c.bot.desk.Mute(tx, 1001, desk.PersonID(c.sana.ID()))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		c.settle()
		before := len(c.sanaHere.Messages())
		c.want(c.says(c.anna, "how long do the results last"), "six to seven")
		c.does(c.anna, func() { c.anna.SendPhoto("look") })
		c.want(c.anna.Messages(), "nothing from this chat is passed on")
		c.says(c.anna, "zygomatic quokka")
		c.taps(c.anna, "Ask the clinic")
		c.want(c.taps(c.anna, "Send"), "nothing from this chat is passed on")
		if got := len(c.sanaHere.Messages()); got != before {
			t.Errorf("the team got %d messages more", got-before)
		}
		if m := c.card("Question #1001"); strings.Contains(m.Text, "how long do the results") {
			t.Errorf("the card holds what a muted patient wrote: %s", m.Text)
		}
		c.says(c.anna, "i cannot breathe properly")
		c.card("URGENT #1002")
	})
}

func TestThePatientRatesTheTeamsWords(t *testing.T) {
	inClinic(t, func(c *clinic) {
		w := c.bot.words["en"]
		if row := w.replyRow(1001); row[0].act != (action{do: doHelped, n: 1001}) || row[1].act != (action{do: doNotHelped, n: 1001}) {
			t.Errorf("buttons %v", row)
		}
		c.says(c.anna, "which laptop should i buy")
		c.taps(c.anna, "Ask the clinic")
		c.taps(c.anna, "Send")
		last := c.anna.Last()
		forge := func(p *preview.Person, a action, m preview.Message) []preview.Message {
			return c.does(p, func() {
				if _, err := p.TapData(m, a.encode()); err != nil {
					t.Error(err)
				}
			})
		}
		c.want(forge(c.anna, action{do: doNotHelped, n: 1001}, last), "To say what is missing, reply to their message")
		if m := c.card("Question #1001"); !strings.Contains(m.Text, "not helpful") {
			t.Errorf("the card does not say it: %s", m.Text)
		}
		c.says(c.bilal, "/start")
		if ms := forge(c.bilal, action{do: doNotHelped, n: 1001}, c.bilal.Last()); len(ms) > 0 {
			t.Errorf("somebody else rated it: %v", ms)
		}
	})
}
