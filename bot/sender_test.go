package bot

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"skindesk/preview"
	"skindesk/store"
)

func TestWhatBecomesOfATroubledSend(t *testing.T) {
	const once = 1
	tests := []struct {
		name  string
		fault preview.Fault
		want  []string
	}{
		{"refused with 500", preview.Fault{Kind: preview.ServerError}, []string{"hello"}},
		{"a proxy's 502, not carried out", preview.Fault{Kind: preview.BadGateway}, []string{"↻ hello"}},
		{"a proxy's 502, carried out", preview.Fault{Kind: preview.BadGateway, CarriedOut: true}, []string{"hello", "↻ hello"}},
		{"the answer cut", preview.Fault{Kind: preview.Cut}, []string{"hello", "↻ hello"}},
		{"half an answer", preview.Fault{Kind: preview.Half}, []string{"hello", "↻ hello"}},
		{"no answer in time", preview.Fault{Kind: preview.Hang, CarriedOut: true}, []string{"hello", "↻ hello"}},
		{"cut before it was read", preview.Fault{Kind: preview.Refuse}, []string{"↻ hello"}},
		{"told to wait", preview.Fault{Kind: preview.TooMany, RetryAfter: 7}, []string{"hello"}},
		{"a slow answer", preview.Fault{Kind: preview.Slow, For: 10 * time.Second}, []string{"hello"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inPost(t, func(t *testing.T, p *post) {
				test.fault.Times, test.fault.Methods = once, []string{"sendMessage"}
				p.server.Faults().Add(test.fault)
				anna := p.server.Person("Anna")
				p.start()
				p.after(time.Second)
				anna.Say("hello")
				anna.Say("next")
				p.after(2 * time.Minute)
				want(t, "answers", answers(anna), append(test.want, "next"))
				want(t, "fired", p.server.Faults().Fired()[test.fault.Kind], once)
			})
		})
	}
}

func TestAnOutageLosesNothingAndRepeatsNothing(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		p.start()
		p.after(10 * time.Second)
		p.server.Faults().Outage(true)
		p.after(time.Second) // what is sent in the moment of the cut nobody knows of, and may be repeated
		var rows []store.Outbound
		texts := []string{"/start"}
		for i := range 30 {
			texts = append(texts, strconv.Itoa(i))
			rows = append(rows, message(texts[i+1], anna.ID(), texts[i+1], 0))
		}
		p.queue(rows...)
		p.after(6 * time.Hour)
		want(t, "during", answers(anna), []string{"/start"})
		p.server.Faults().Outage(false)
		p.after(3 * time.Minute)
		want(t, "after", answers(anna), texts)
	})
}

func TestNoCallBeforeTheTimeTelegramNamed(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna, sara := p.server.Person("Anna"), p.server.Person("Sara")
		anna.Say("/start")
		sara.Say("/start")
		p.start()
		p.after(10 * time.Second)
		p.server.Faults().Add(preview.Fault{Kind: preview.TooMany, Methods: []string{"sendMessage"}, RetryAfter: 33, Times: 1})
		before := len(p.calls("sendMessage"))
		p.queue(message("a", anna.ID(), "a", 0))
		p.after(time.Second)
		p.queue(message("b", sara.ID(), "b", 0), message("c", anna.ID(), "c", 0))
		p.after(time.Second)
		want(t, "another chat meanwhile", answers(sara), []string{"/start", "b"})
		p.after(time.Minute)
		want(t, "the chat itself", answers(anna), []string{"/start", "a", "c"})
		calls := p.calls("sendMessage")[before:]
		for _, c := range calls[1:] {
			if c.Chat == anna.ID() && c.At.Sub(calls[0].At) < 33*time.Second {
				t.Errorf("called again after %v", c.At.Sub(calls[0].At))
			}
		}
	})
}

func TestManyToldToWaitStopTheWholeBot(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.server.Faults().Add(preview.Fault{Kind: preview.TooMany, Methods: []string{"sendMessage"}, RetryAfter: 30, Times: crowd})
		var people []*preview.Person
		for i := range 10 {
			people = append(people, p.server.Person(strconv.Itoa(i)))
			people[i].Say("hello")
		}
		p.start()
		p.after(2 * time.Minute)
		early := 0
		calls := p.calls("sendMessage")
		for _, c := range calls {
			if c.At.Sub(calls[0].At) < 29*time.Second {
				early++
			}
		}
		if early > crowd+1 { // one may have been on its way
			t.Errorf("%d calls before the time was over", early)
		}
		for _, who := range people {
			want(t, who.Name(), answers(who), []string{"hello"})
		}
	})
}

func TestARowCutOffInTheMiddleIsRepeatedWithAMark(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		p.queue(message("a", anna.ID(), "hello", 0), message("b", anna.ID(), "next", 0))
		if _, err := p.mail.claim(t.Context(), 1); err != nil { // and then a kill
			t.Fatal(err)
		}
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"↻ hello", "next", "/start"})
	})
}

func TestAClaimLostSendsNothing(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		p.start()
		p.after(10 * time.Second)
		p.mail.limits.bot.ReserveN(time.Now(), 1)
		p.mail.limits.bot.SetLimit(0.1) // the next has to wait ten seconds between reading the row and claiming it
		p.mail.limits.bot.ReserveN(time.Now(), 1)
		p.queue(message("a", anna.ID(), "hello", 0))
		p.after(time.Second)
		p.update(func(tx *store.Tx) error { return tx.MarkSent(2, 77, time.Now()) }) // somebody else was quicker
		p.after(time.Hour)
		want(t, "answers", answers(anna), []string{"/start"})
	})
}

func TestRefusedForGood(t *testing.T) {
	tests := []struct {
		name string
		row  func(chat int64) store.Outbound
		want outcome
	}{
		{"an empty text", func(chat int64) store.Outbound { return message("a", chat, "", 0) },
			outcome{reason: "400 Bad Request: message text is empty"}},
		{"a message that is not there", func(chat int64) store.Outbound {
			return store.Outbound{Key: "a", Chat: chat, Method: "editMessageText", Body: fmt.Appendf(nil, `{"chat_id":%d,"message_id":999,"text":"x"}`, chat)}
		}, outcome{reason: "400 Bad Request: message to edit not found"}},
		{"a method that nobody knows", func(chat int64) store.Outbound {
			return store.Outbound{Key: "a", Chat: chat, Method: "sendLove", Body: []byte(`{}`)}
		}, outcome{reason: "no such method: sendLove"}},
		{"parameters that are none", func(chat int64) store.Outbound {
			return store.Outbound{Key: "a", Chat: chat, Method: "sendMessage", Body: []byte(`{"text":[]}`)}
		}, outcome{reason: "parameters: json: cannot unmarshal array into Go struct field SendMessageParams.text of type string"}},
		{"no parameters at all", func(chat int64) store.Outbound {
			return store.Outbound{Key: "a", Chat: chat, Method: "sendMessage", Body: []byte{}}
		}, outcome{reason: "parameters: unexpected end of JSON input"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inPost(t, func(t *testing.T, p *post) {
				anna := p.server.Person("Anna")
				anna.Say("/start")
				p.queue(test.row(anna.ID()), message("b", anna.ID(), "next", 0))
				p.start()
				p.after(time.Minute)
				want(t, "answers", answers(anna), []string{"next", "/start"}) // the chat goes on
				if got := p.settled[0]; !reflect.DeepEqual(got, test.want) {
					t.Errorf("got %+v, want %+v", got, test.want)
				}
			})
		})
	}
}

func TestAPatientWhoBlockedTheBotIsUnreachable(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		p.start()
		p.after(time.Minute)
		anna.Block()
		p.queue(message("a", anna.ID(), "hello", 0))
		p.after(time.Minute)
		got := p.settled[len(p.settled)-1]
		if !got.unreachable || got.sent || !strings.Contains(got.reason, "blocked by the user") {
			t.Errorf("got %+v", got)
		}
	})
}

func TestTheStaffChatsMailIsNeverDropped(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		sana := p.server.Person("Sana")
		group := p.server.Group("Staff", sana)
		p.mail.staffChat = group.ID
		group.RemoveBot()
		p.queue(message("a", group.ID(), "card 1", 0), message("b", group.ID(), "card 2", 0))
		p.start()
		p.after(5 * time.Hour)
		if len(p.settled) != 0 {
			t.Errorf("settled: %+v", p.settled)
		}
		if n := len(p.calls("sendMessage")); n < 60 || n > 400 {
			t.Errorf("%d tries in five hours", n)
		}
		if !slices.Contains(p.alarms, alarmStaffChat) {
			t.Errorf("alarms: %v", p.alarms)
		}
		group.AddBot()
		p.after(2 * time.Minute)
		want(t, "cards", answers(sana.In(group)), []string{"card 1", "card 2"})
	})
}

func TestMarkupThatTelegramRefusesIsSentPlain(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		o := message("a", anna.ID(), "", 0)
		o.Body = fmt.Appendf(nil, `{"chat_id":%d,"text":"<b>2 &lt; 3</b> <i>open & <mars>","parse_mode":"HTML"}`, anna.ID())
		p.queue(o)
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"2 < 3 open & <mars>", "/start"})
	})
}

func TestFilesAreSentWithTheirRowAndAgainAfterAFailure(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		dot, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
		if err != nil {
			t.Fatal(err)
		}
		p.server.Faults().Add(preview.Fault{Kind: preview.ServerError, Times: 2, Methods: []string{"sendDocument", "sendPhoto"}})
		p.queue(
			store.Outbound{Key: "a", Chat: anna.ID(), Method: "sendDocument", File: store.File{Name: "visit.ics", Body: []byte("BEGIN:VCALENDAR")},
				Body: body(&telegram.SendDocumentParams{ChatID: anna.ID(), Caption: "<b>your visit</b> & <", ParseMode: models.ParseModeHTML})},
			store.Outbound{Key: "b", Chat: anna.ID(), Method: "sendPhoto", File: store.File{Name: "week.png", Body: dot},
				Body: body(&telegram.SendPhotoParams{ChatID: anna.ID(), Caption: "the week"})},
		)
		p.start()
		p.after(time.Minute)
		var got [][3]string
		for _, m := range anna.Messages() {
			if m.Media != "" {
				got = append(got, [3]string{m.Media, m.FileName, m.Text})
			}
		}
		want(t, "files", got, [][3]string{{"document", "visit.ics", "your visit & <"}, {"photo", "", "the week"}})
	})
}

func TestATapAnsweredTooLateIsDroppedQuietly(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		p.queue(store.Outbound{Key: "a", Chat: anna.ID(), Method: "answerCallbackQuery", Body: []byte(`{"callback_query_id":"5"}`)})
		p.start()
		p.after(time.Minute)
		want(t, "answers", answers(anna), []string{"/start"})
		want(t, "settled", len(p.settled), 1) // only that answer
	})
}

func TestAnEditThatChangesNothingSucceeds(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("hello")
		p.start()
		p.after(time.Minute)
		id := anna.Last().ID
		p.queue(store.Outbound{Key: "edit", Chat: anna.ID(), Method: "editMessageText",
			Body: fmt.Appendf(nil, `{"chat_id":%d,"message_id":%d,"text":"hello"}`, anna.ID(), id)})
		p.after(time.Minute)
		want(t, "sent", p.settled[len(p.settled)-1].sent, true)
	})
}

func TestWhatFollowsMayFailAndTheSendCountsAllTheSame(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.mail.settled = func(*store.Tx, store.Outbound, outcome) error { panic("oh") }
		anna := p.server.Person("Anna")
		anna.Say("hello")
		p.start()
		p.after(time.Hour)
		want(t, "answers", answers(anna), []string{"hello"})
	})
}

func TestTheStoreFailsBetweenSendAndMark(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		failures := 0
		p.mail.settled = func(*store.Tx, store.Outbound, outcome) error {
			if failures++; failures < 8 {
				return fmt.Errorf("full: %w", store.ErrUnavailable)
			}
			return nil
		}
		anna := p.server.Person("Anna")
		anna.Say("hello")
		p.start()
		p.after(time.Hour)
		want(t, "answers", answers(anna), []string{"hello"}) // marked in the end, not sent again
	})
}

// upgraded answers for a group that has become a supergroup.
type upgraded struct {
	http.RoundTripper
	from, to int64
}

func (u upgraded) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err = errors.Join(err, r.Body.Close()); err != nil {
		return nil, err
	}
	if strings.Contains(string(body), fmt.Sprintf("\r\n%d\r\n", u.from)) {
		answer := fmt.Sprintf(`{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":%d}}`, u.to)
		return &http.Response{StatusCode: 400, Body: io.NopCloser(strings.NewReader(answer)), Header: http.Header{}, Request: r}, nil
	}
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(strings.NewReader(string(body)))
	return u.RoundTripper.RoundTrip(again)
}

func TestAGroupThatHasMovedGetsItsMailThere(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		sana := p.server.Person("Sana")
		group := p.server.Supergroup("Staff", sana)
		const old = -4200
		staffChat := int64(old)
		p.mail.staffChat = func() int64 { return staffChat }
		p.mail.moved = func(tx *store.Tx, from, to int64) error {
			want(t, "from", from, staffChat)
			staffChat = to
			return tx.SetMeta("staff_chat", strconv.FormatInt(to, 10))
		}
		client, err := newClient(p.mail.token, p.mail.apiURL,
			&http.Client{Transport: upgraded{p.mail.http.Transport, old, group.ID()}}, func(error) {})
		if err != nil {
			t.Fatal(err)
		}
		p.mail.client = client
		p.queue(message("a", old, "card 1", 0), message("b", old, "card 2", 0))
		p.start()
		p.after(time.Minute)
		want(t, "cards", answers(sana.In(group)), []string{"card 1", "card 2"})
		p.update(func(tx *store.Tx) error {
			v, _, err := tx.Meta("staff_chat")
			want(t, "setting", v, strconv.FormatInt(group.ID(), 10))
			return err
		})
	})
}
