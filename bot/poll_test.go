package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"skindesk/preview"
)

func TestAnUpdateKeptBeforeAKillIsHandledOnce(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		p.mail.reach.ok = true                      // so that it may be waited for
		_, err := p.mail.getUpdates(t.Context(), 0) // Telegram learns which kinds we want before anybody writes
		if err != nil {
			t.Fatal(err)
		}
		anna.Say("one")
		anna.Say("two")
		p.after(time.Second) // both are there: what has just begun asks without waiting

		updates, err := p.mail.getUpdates(t.Context(), 0)
		if err != nil || len(updates) != 2 {
			t.Fatalf("%d updates, %v", len(updates), err)
		}
		if _, err := p.mail.receive(t.Context(), updates[:1]); err != nil { // killed after the commit of one, before any offset
			t.Fatal(err)
		}
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"one", "two"})
	})
}

func TestTheOffsetStaysWhileNothingCanBeKept(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		shouts := 0
		p.mail.shout = func(context.Context, string) { shouts++ }
		if err := p.store.Close(); err != nil { // the disk is gone
			t.Fatal(err)
		}
		p.mail.limits = newLimits(usualRate)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		ended := make(chan struct{})
		go func() { p.mail.poll(ctx, newCrew(p.mail.answer)); close(ended) }()
		p.after(time.Second)
		anna.Say("hello")
		<-ended
		polls := p.calls("getUpdates")
		for _, c := range polls {
			if c.Params["offset"] != "" {
				t.Fatalf("the offset moved to %s", c.Params["offset"])
			}
		}
		if n := len(polls); n < 5 || n > 30 {
			t.Errorf("%d polls in five minutes: want some, with growing pauses", n)
		}

		p.open()
		p.mail = p.newMail()
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"hello"})
	})
}

func TestPollsAskForWhatIsHandledAndNeverGoBack(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.start()
		anna := p.server.Person("Anna")
		for range 3 {
			anna.Say("hello")
			p.after(70 * time.Second)
		}
		var last int64
		for i, c := range p.calls("getUpdates") {
			var kinds []string
			if err := json.Unmarshal([]byte(c.Params["allowed_updates"]), &kinds); err != nil {
				t.Fatal(err)
			}
			want(t, "kinds", kinds, []string{"message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"})
			seconds := "50"
			if i == 0 {
				seconds = "0" // whether Telegram is there shows at once
			}
			want(t, "limit and timeout", []string{c.Params["limit"], c.Params["timeout"]}, []string{"100", seconds})
			offset, _ := strconv.ParseInt(c.Params["offset"], 10, 64)
			if i == 0 && offset != 0 || offset < last {
				t.Errorf("offset %d after %d", offset, last)
			}
			last = offset
		}
		if last == 0 {
			t.Error("the offset never moved")
		}
	})
}

func TestASecondReaderRaisesAnAlarmAndStopsNothing(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.start()
		p.after(time.Second)
		if _, err := p.mail.getUpdates(t.Context(), 0); err != nil { // ends our waiting poll with 409; gets another's updates
			t.Log(err)
		}
		p.after(10 * time.Second)
		anna := p.server.Person("Anna")
		anna.Say("hello")
		p.after(10 * time.Second)
		if !slices.Contains(p.alarms, alarmConflict) {
			t.Errorf("alarms: %v", p.alarms)
		}
		want(t, "answers", answers(anna), []string{"hello"})
	})
}

func TestARefusedTokenStopsThePollAndTheSends(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.mail.token = "1:" + p.server.Token()[3:]
		client, err := newClient(p.mail.token, p.mail.apiURL, p.mail.http, func(error) {})
		if err != nil {
			t.Fatal(err)
		}
		p.mail.client = client
		anna := p.server.Person("Anna")
		anna.Say("/start")
		refused := 0
		p.mail.http.Transport = counting{p.mail.http.Transport, &refused}
		p.mail.client, err = newClient(p.mail.token, p.mail.apiURL, p.mail.http, func(error) {})
		if err != nil {
			t.Fatal(err)
		}
		p.queue(message("a", anna.ID(), "a", 0), message("b", anna.ID(), "b", 0))
		p.start()
		p.after(9 * time.Minute)
		if refused > 2 { // one poll, one send
			t.Errorf("%d calls with a token that was refused", refused)
		}
		if !slices.Contains(p.alarms, alarmToken) {
			t.Errorf("alarms: %v", p.alarms)
		}
		p.end()
		p.mail = p.newMail() // with the right token
		p.start()
		p.after(time.Minute)
		want(t, "what waited", answers(anna), []string{"a", "b", "/start"})
	})
}

type counting struct {
	http.RoundTripper
	n *int
}

func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	*c.n++
	return c.RoundTripper.RoundTrip(r)
}

func TestPollWaitsAsLongAsItIsTold(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.server.Faults().Add(preview.Fault{Kind: preview.TooMany, Methods: []string{"getUpdates"}, RetryAfter: 40, Times: 1})
		p.start()
		p.after(time.Minute)
		polls := p.calls("getUpdates")
		if len(polls) < 2 || polls[1].At.Sub(polls[0].At) < 40*time.Second {
			t.Errorf("polls: %v", polls)
		}
	})
}

func TestPollsBackOffWhileTelegramIsAway(t *testing.T) {
	for _, kind := range []preview.Kind{preview.ServerError, preview.BadGateway, preview.Refuse, preview.Half} {
		t.Run(string(kind), func(t *testing.T) {
			inPost(t, func(t *testing.T, p *post) {
				p.server.Faults().Add(preview.Fault{Kind: kind, Methods: []string{"getUpdates"}})
				anna := p.server.Person("Anna")
				p.start()
				p.after(time.Minute)
				anna.Say("hello")
				p.after(time.Hour)
				if n := len(p.calls("getUpdates")); n < 60 || n > 400 {
					t.Errorf("%d polls in an hour", n)
				}
				p.server.Faults().Clear()
				p.after(2 * time.Minute)
				want(t, "answers", answers(anna), []string{"hello"})
			})
		})
	}
}

func TestWhatComesTwiceIsAnsweredOnce(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.server.Faults().Add(preview.Fault{Kind: preview.Twice, Chance: 0.5})
		p.start()
		anna := p.server.Person("Anna")
		var texts []string
		for i := range 20 {
			texts = append(texts, strconv.Itoa(i))
			anna.Say(texts[i])
			p.after(2 * time.Second)
		}
		p.after(time.Minute)
		want(t, "answers", answers(anna), texts)
		if p.server.Faults().Fired()[preview.Twice] == 0 {
			t.Error("nothing came twice")
		}
	})
}

func TestAddress(t *testing.T) {
	tests := []struct {
		update   string
		id, chat int64
		ok       bool
	}{
		{`{"update_id":5,"message":{"message_id":1,"from":{"id":7},"chat":{"id":-100}}}`, 5, -100, true},
		{`{"edited_message":{"chat":{"id":7}},"update_id":9007199254740993}`, 9007199254740993, 7, true},
		{`{"update_id":5,"callback_query":{"id":"1","from":{"id":7},"message":{"chat":{"id":-5},"date":0}}}`, 5, -5, true},
		{`{"update_id":5,"callback_query":{"id":"1","from":{"id":7},"inline_message_id":"x"}}`, 5, 7, true},
		{`{"update_id":5,"my_chat_member":{"chat":{"id":7},"from":{"id":8},"new_chat_member":{"status":"from the future"}}}`, 5, 7, true},
		{`{"update_id":5,"message_reaction":{"chat":{"id":-5},"user":{"id":7}}}`, 5, -5, true},
		{`{"update_id":5,"poll_answer":{"user":{"id":7}}}`, 5, 7, true},
		{`{"update_id":5,"a_new_kind":{"chat":{"id":7},"forward_origin":{"type":"mars"}},"odd":3}`, 5, 7, true},
		{`{"update_id":5,"message":"odd"}`, 5, 0, true},
		{`{"update_id":5,"message":{"chat":{"id":"odd"},"from":[]}}`, 5, 0, true},
		{`{"update_id":5}`, 5, 0, true},
		{`{"update_id":"5"}`, 0, 0, false},
		{`{"message":{"chat":{"id":7}}}`, 0, 0, false},
		{`[1]`, 0, 0, false},
		{`null`, 0, 0, false},
	}
	for _, test := range tests {
		id, chat, ok := address([]byte(test.update))
		if id != test.id || chat != test.chat || ok != test.ok {
			t.Errorf("%s: got %d %d %v", test.update, id, chat, ok)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add([]byte(`{"update_id":5,"message":{"chat":{"id":7}}}`))
	f.Add([]byte(`{"update_id":5,"x":{"message":{"message":{"message":{}}}}}`))
	f.Fuzz(func(t *testing.T, update []byte) {
		if id, chat, ok := address(update); !ok && (id != 0 || chat != 0) {
			t.Errorf("%q: %d %d without ok", update, id, chat)
		}
	})
}

func TestBackoffGrowsToItsLongest(t *testing.T) {
	for failures, middle := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 6: 30 * time.Second, 500: 30 * time.Second} {
		for range 100 {
			if d := backoff(time.Second, 30*time.Second, failures); d < middle*79/100 || d > middle*121/100 {
				t.Fatalf("after %d failures %v, want about %v", failures, d, middle)
			}
		}
	}
}
