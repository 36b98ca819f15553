package eval

import (
	"testing"

	"skindesk/index"
)

// known are the entries that the bank of these tests asks for; "price" and "downtime" only hand over.
var known = map[string]bool{"sessions": true, "interval": true, "pain": true, "lasting": true}

func met(kind index.Kind, said []string, offered ...string) index.Answer {
	return index.Answer{Kind: kind, Entries: said, Choices: offered}
}

func ids(s ...string) []string { return s }

func TestJudge(t *testing.T) {
	one := Case{Topic: "sessions"}
	either := Case{Topic: "sessions", Accept: ids("lasting")}
	both := Case{Topic: "sessions", Both: ids("sessions", "pain")}
	handedOr := Case{Topic: "sessions", Accept: ids(Unanswerable)}
	nobody := Case{Topic: Unanswerable}
	orEntry := Case{Topic: Unanswerable, Accept: ids("pain")}
	for _, x := range []struct {
		what string
		c    Case
		a    index.Answer
		want Outcome
	}{
		// A question that has an entry.
		{"the entry", one, met(index.KindAnswer, ids("sessions")), Right},
		{"the entry with buttons", one, met(index.KindAnswer, ids("sessions"), "pain"), Right},
		{"the entry and a hand-over", one, met(index.KindAnswer, ids("sessions", "price")), Right},
		{"the entry and another that claims something", one, met(index.KindAnswer, ids("sessions", "pain")), Wrong},
		{"the entry behind another", one, met(index.KindAnswer, ids("pain", "sessions")), Wrong},
		{"an accepted entry", either, met(index.KindAnswer, ids("lasting")), Right},
		{"both accepted entries", either, met(index.KindAnswer, ids("lasting", "sessions")), Right},
		{"another entry", one, met(index.KindAnswer, ids("pain")), Wrong},
		{"another entry with a button for it", one, met(index.KindAnswer, ids("pain"), "sessions"), Wrong},
		{"an answer of nothing", one, met(index.KindAnswer, nil), Wrong},
		{"a button for it", one, met(index.KindChoose, nil, "pain", "sessions"), Button},
		{"a button beside a hand-over", one, met(index.KindStaff, ids("price"), "sessions"), Button},
		{"a button of an accepted entry", either, met(index.KindChoose, nil, "lasting"), Button},
		{"buttons for others", one, met(index.KindChoose, nil, "pain", "interval"), Missed},
		{"handed over", one, met(index.KindUnknown, nil), Missed},
		{"handed over by an entry", one, met(index.KindStaff, ids("price")), Missed},
		{"taken for a booking", one, met(index.KindBooking, ids("sessions")), Missed},
		{"taken for an alarm", one, met(index.KindUrgent, nil), Missed},
		{"handed over where that is as good", handedOr, met(index.KindHuman, nil), Right},
		{"the entry where handing over is as good", handedOr, met(index.KindAnswer, ids("sessions")), Right},
		{"another entry where handing over is as good", handedOr, met(index.KindAnswer, ids("pain")), Wrong},

		// Two questions in one.
		{"both said", both, met(index.KindAnswer, ids("pain", "sessions")), Right},
		{"one said, one on a button", both, met(index.KindAnswer, ids("sessions"), "pain"), Right},
		{"one said", both, met(index.KindAnswer, ids("pain")), Half},
		{"one said, one handed over", both, met(index.KindAnswer, ids("pain", "price")), Half},
		{"one said, and another claim", both, met(index.KindAnswer, ids("pain", "lasting")), Wrong},
		{"both on buttons", both, met(index.KindChoose, nil, "pain", "sessions"), Button},

		// A question that no entry answers.
		{"handed over", nobody, met(index.KindStaff, ids("price")), Right},
		{"not known", nobody, met(index.KindUnknown, nil), Right},
		{"given to a person", nobody, met(index.KindHuman, nil), Right},
		{"answered", nobody, met(index.KindAnswer, ids("pain")), False},
		{"answered by what nobody asks for", nobody, met(index.KindAnswer, ids("downtime")), False},
		{"offered a hand-over", nobody, met(index.KindChoose, nil, "pain", "price"), Button},
		{"offered claims only", nobody, met(index.KindChoose, nil, "pain", "sessions"), BadButton},
		{"an alarm", nobody, met(index.KindUrgent, nil), Alarm},
		{"taken for small talk", nobody, met(index.KindChitchat, ids("hello")), Missed},
		{"answered as is accepted", orEntry, met(index.KindAnswer, ids("pain")), Right},
		{"answered as is accepted, and more", orEntry, met(index.KindAnswer, ids("pain", "lasting")), False},
		{"answered as is accepted, with a hand-over", orEntry, met(index.KindAnswer, ids("pain", "price")), Right},
		{"offered as is accepted", orEntry, met(index.KindChoose, nil, "pain"), Button},

		// Everything else.
		{"a booking", Case{Topic: "booking"}, met(index.KindBooking, ids("book")), Right},
		{"a booking taken for a question", Case{Topic: "booking"}, met(index.KindAnswer, ids("pain")), False},
		{"a booking handed over", Case{Topic: "booking"}, met(index.KindStaff, ids("price")), Missed},
		{"a booking handed over where that is as good", Case{Topic: "booking", Accept: ids(Unanswerable)}, met(index.KindStaff, ids("price")), Right},
		{"a person", Case{Topic: "human"}, met(index.KindHuman, nil), Right},
		{"a person, handed over", Case{Topic: "human"}, met(index.KindStaff, nil), Right},
		{"a person, as an alarm", Case{Topic: "human"}, met(index.KindUrgent, nil), Right},
		{"a person, not known", Case{Topic: "human"}, met(index.KindUnknown, nil), Missed},
		{"an alarm raised", Case{Topic: "urgent"}, met(index.KindUrgent, nil), Right},
		{"an alarm not raised", Case{Topic: "urgent"}, met(index.KindStaff, ids("price")), Missed},
		{"an alarm answered", Case{Topic: "urgent"}, met(index.KindAnswer, ids("pain")), False},
		{"off topic", Case{Topic: OffTopic}, met(index.KindOffTopic, nil), Right},
		{"off topic, as abuse where that is as good", Case{Topic: OffTopic, Accept: ids("abuse")}, met(index.KindAbuse, nil), Right},
		{"off topic, not known", Case{Topic: OffTopic}, met(index.KindUnknown, nil), Missed},
		{"small talk", Case{Topic: "chitchat"}, met(index.KindChitchat, ids("hello")), Right},
		{"abuse taken for small talk", Case{Topic: "abuse"}, met(index.KindChitchat, nil), Missed},
	} {
		if got := judge(x.c, x.a, known); got != x.want {
			t.Errorf("%s: %+v met by %s %v %v is %q, want %q", x.what, x.c, x.a.Kind, x.a.Entries, x.a.Choices, got, x.want)
		}
	}
}
