package bot

import (
	"context"
	"strconv"
	"testing"
	"time"

	"skindesk/store"
)

// sentTimes are the times at which messages went to a chat; 0: to any.
func (p *post) sentTimes(chat int64) (times []time.Time) {
	for _, c := range p.calls("sendMessage") {
		if chat == 0 || c.Chat == chat {
			times = append(times, c.At)
		}
	}
	return times
}

func TestAGroupGetsTwentyAMinute(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		sana := p.server.Person("Sana")
		group := p.server.Group("Staff", sana)
		var texts []string
		for i := range 70 {
			texts = append(texts, strconv.Itoa(i))
			p.queue(message(texts[i], group.ID(), texts[i], 0))
		}
		p.start()
		p.after(5 * time.Minute)
		want(t, "cards", answers(sana.In(group)), texts)
		times := p.sentTimes(group.ID())
		if most := busiest(times, time.Minute); most != groupBurst-groupKept {
			t.Errorf("%d in a minute, want %d and the rest for what is urgent", most, groupBurst-groupKept)
		}
		if took := times[len(times)-1].Sub(times[0]); took > 4*time.Minute+10*time.Second {
			t.Errorf("took %v: slower than Telegram allows", took)
		}
	})
}

func TestAPrivateChatGetsOneASecondAfterAShortBurst(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		anna := p.server.Person("Anna")
		anna.Say("/start")
		for i := range 30 {
			p.queue(message(strconv.Itoa(i), anna.ID(), strconv.Itoa(i), 0))
		}
		p.start()
		p.after(40 * time.Second)
		times := p.sentTimes(anna.ID())
		want(t, "sent", len(times), 31)
		if most := busiest(times, privatePer); most != privateBurst {
			t.Errorf("%d in %v, want %d", most, privatePer, privateBurst)
		}
	})
}

func TestTheBotSendsThirtyASecondToAThousandAndStaffDoNotQueueBehind(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		sana := p.server.Person("Sana")
		group := p.server.Group("Staff", sana)
		for i := range 1000 {
			who := p.server.Person(strconv.Itoa(i))
			who.Say("/start")
			p.queue(message(strconv.Itoa(i), who.ID(), "news", 0))
		}
		p.mail.handle = func(ctx context.Context, in store.Inbound) error {
			return p.store.Update(ctx, func(tx *store.Tx) error { return tx.FinishInbound(in.Seq) })
		}
		p.start()
		p.after(5 * time.Second)
		p.queue(message("urgent", group.ID(), "urgent", 0))
		p.after(2 * time.Second)
		want(t, "the staff's", answers(sana.In(group)), []string{"urgent"})
		p.after(40 * time.Second)
		times := p.sentTimes(0)
		want(t, "sent", len(times), 1001)
		if most := busiest(times, time.Second); most > usualRate {
			t.Errorf("%d in a second", most)
		}
		if took := times[len(times)-1].Sub(times[0]); took > 36*time.Second {
			t.Errorf("took %v: slower than Telegram allows", took)
		}
	})
}

func TestLimitsScaleWithTheRate(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		sana := p.server.Person("Sana")
		group := p.server.Group("Staff", sana)
		p.mail.rate = 100 * usualRate
		for i := range 200 {
			p.queue(message(strconv.Itoa(i), group.ID(), strconv.Itoa(i), 0))
		}
		p.start()
		p.after(9 * time.Second)
		want(t, "sent", len(p.sentTimes(group.ID())), 200)
	})
}

func TestUrgentCardsGoFirstAndTapsWaitForNobody(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		sana := p.server.Person("Sana")
		group := p.server.Group("Staff", sana)
		for i := range 60 {
			p.queue(message(strconv.Itoa(i), group.ID(), strconv.Itoa(i), 0))
		}
		p.start()
		p.after(time.Second * 30) // sixteen are out, the others wait and leave four for what is urgent
		urgent := message("urgent", group.ID(), "urgent", 0)
		urgent.Lane = store.LaneUrgent
		tap := store.Outbound{Key: "tap", Chat: group.ID(), Lane: store.LaneTap, Method: "answerCallbackQuery", Body: []byte(`{"callback_query_id":"5"}`)}
		p.queue(urgent, tap)
		p.after(time.Second)
		want(t, "taps answered at once", len(p.calls("answerCallbackQuery")), 1)
		p.after(2 * time.Minute)
		want(t, "17th", answers(sana.In(group))[16], "urgent")
	})
}

func TestAChatThatWasToldToWaitIsSlower(t *testing.T) {
	now := time.Now()
	l := newLimits(usualRate)
	l.told(-5, now, 10*time.Second)
	if d := l.wait(-5, false, 0, now); d != 10*time.Second {
		t.Errorf("wait %v", d)
	}
	now = now.Add(10 * time.Second)
	for i := range groupBurst / 2 {
		if d := l.wait(-5, true, 0, now); d != 0 {
			t.Fatalf("message %d waits %v", i, d)
		}
		l.sent(-5, now)
	}
	if d := l.wait(-5, true, 0, now); d < groupPer {
		t.Errorf("after half the burst wait %v, want a minute", d)
	}
	if d := l.wait(-5, true, 0, now.Add(slowFor+time.Second)); d != 0 {
		t.Errorf("later wait %v", d)
	}
}

func TestQuietChatsAreForgotten(t *testing.T) {
	now := time.Now()
	l := newLimits(usualRate)
	for i := range int64(5 * chatsKept) {
		l.sent(i+1, now)
		now = now.Add(100 * time.Millisecond)
	}
	if n := len(l.chats); n > chatsKept {
		t.Errorf("%d chats remembered", n)
	}
}
