package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"skindesk/store"
)

func TestAnUpdateThatCannotBeReadBlocksNobody(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		repeat := p.mail.handle
		p.mail.handle = func(ctx context.Context, in store.Inbound) error {
			if err := json.Unmarshal(in.Body, new(models.Update)); err != nil {
				return fmt.Errorf("decode: %w", err)
			}
			return repeat(ctx, in)
		}
		anna, sara := p.server.Person("Anna"), p.server.Person("Sara")
		p.start()
		p.after(time.Second)
		anna.Say("before")
		p.server.Deliver("message", json.RawMessage(fmt.Sprintf(
			`{"message_id":900,"date":1,"chat":{"id":%d,"type":"private"},"text":"x","forward_origin":{"type":"from mars"}}`, anna.ID())))
		anna.Say("after")
		sara.Say("meanwhile")
		p.after(500 * time.Millisecond)
		want(t, "Sara, at once", answers(sara), []string{"meanwhile"})
		want(t, "Anna, while it is tried again", answers(anna), []string{"before"})
		p.after(time.Minute)
		want(t, "Anna", answers(anna), []string{"before", "after"})
		want(t, "letters", len(p.letters), 1)
	})
}

func TestThreeTriesThenADeadLetter(t *testing.T) {
	tests := []struct {
		name   string
		handle func(p *post, tries int, in store.Inbound) error
		letter func() error // on top of what it does anyway
		cause  string
		tries  int
	}{
		{"an error", func(*post, int, store.Inbound) error { return errors.New("cannot") }, nil, "cannot", 3},
		{"a panic", func(*post, int, store.Inbound) error { panic("oh") }, nil, "panic: a string", 3},
		{"a panic in the transaction", func(p *post, _ int, in store.Inbound) error {
			return p.store.Update(context.Background(), func(tx *store.Tx) error {
				_ = echo(tx, in)
				panic("oh")
			})
		}, nil, "panic: a string", 3},
		{"nothing done", func(*post, int, store.Inbound) error { return nil }, nil, errNotEnded.Error(), 3},
		{"a letter that fails", func(*post, int, store.Inbound) error { return errors.New("cannot") },
			func() error { return errors.New("neither") }, "cannot", 3},
		{"a letter that panics", func(*post, int, store.Inbound) error { return errors.New("cannot") },
			func() error { panic("oh") }, "cannot", 3},
		{"a third try that succeeds", func(p *post, tries int, in store.Inbound) error {
			if tries < 3 {
				return errors.New("not yet")
			}
			return p.store.Update(context.Background(), func(tx *store.Tx) error { return echo(tx, in) })
		}, nil, "", 3},
		{"trouble of the store", func(p *post, tries int, in store.Inbound) error {
			if tries < 10 {
				return fmt.Errorf("decide: %w", store.ErrUnavailable)
			}
			return p.store.Update(context.Background(), func(tx *store.Tx) error { return echo(tx, in) })
		}, nil, "", 10},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inPost(t, func(t *testing.T, p *post) {
				tries := 0
				repeat, bury := p.mail.handle, p.mail.letter
				p.mail.handle = func(ctx context.Context, in store.Inbound) error {
					if !strings.Contains(string(in.Body), "poison") {
						return repeat(ctx, in)
					}
					tries++
					return test.handle(p, tries, in)
				}
				p.mail.letter = func(ctx context.Context, in store.Inbound, cause error) error {
					if test.letter != nil {
						p.note(&p.letters, cause.Error())
						return test.letter()
					}
					return bury(ctx, in, cause)
				}
				anna := p.server.Person("Anna")
				p.start()
				p.after(time.Second)
				anna.Say("poison")
				anna.Say("hello")
				p.after(5 * time.Minute)

				wantAnswers, wantLetters := []string{"poison", "hello"}, []string(nil)
				if test.cause != "" {
					wantAnswers, wantLetters = []string{"hello"}, []string{test.cause}
				}
				want(t, "answers", answers(anna), wantAnswers)
				want(t, "letters", p.letters, wantLetters)
				if test.name == "nothing done" { // a call and a look that finds it undone, each a try
					return
				}
				want(t, "tries", tries, test.tries)
			})
		})
	}
}

func TestAPatientsWordsAreNotInTheLog(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		p.mail.handle = func(_ context.Context, in store.Inbound) error { panic(string(in.Body)) }
		anna := p.server.Person("Anna")
		p.start()
		p.after(time.Second)
		anna.Say("my secret rash")
		p.after(time.Minute)
		if len(p.letters) != 1 || strings.Contains(p.log.String(), "secret rash") || strings.Contains(p.letters[0], "secret rash") {
			t.Errorf("letters %v, log:\n%s", p.letters, p.log.String())
		}
	})
}

func TestASlowChatKeepsBackNoOther(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		repeat := p.mail.handle
		p.mail.handle = func(ctx context.Context, in store.Inbound) error {
			if strings.Contains(string(in.Body), "slow") {
				time.Sleep(10 * time.Second)
			}
			return repeat(ctx, in)
		}
		anna, sara := p.server.Person("Anna"), p.server.Person("Sara")
		p.start()
		p.after(time.Second)
		anna.Say("slow")
		anna.Say("then")
		sara.Say("quick")
		p.after(time.Second)
		want(t, "Sara", answers(sara), []string{"quick"})
		want(t, "Anna, so far", answers(anna), []string(nil))
		p.after(10 * time.Second)
		want(t, "Anna", answers(anna), []string{"slow", "then"})
	})
}
