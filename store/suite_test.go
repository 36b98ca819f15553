package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skindesk/desk"
	"skindesk/faq"
)

// engines are all that the suite runs over: each opens a new, empty store.
var engines = map[string]func(*testing.T) *Store{
	"sqlite": func(t *testing.T) *Store { return open(t, t.TempDir()) },
}

func open(t *testing.T, folder string) *Store {
	t.Helper()
	s, err := Open(t.Context(), folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// each runs a test on every engine.
func each(t *testing.T, test func(*testing.T, *Store)) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// do is an Update that has to succeed; it returns what fn made.
func do[T any](t *testing.T, s *Store, fn func(*Tx) (T, error)) (v T) {
	t.Helper()
	err := s.Update(t.Context(), func(tx *Tx) (err error) {
		v, err = fn(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func commit(t *testing.T, s *Store, fn func(*Tx) error) {
	t.Helper()
	do(t, s, func(tx *Tx) (struct{}, error) { return struct{}{}, fn(tx) })
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("got + want -:\n%s", d)
	}
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestRecordsComeBackAsTheyWerePut(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		c := desk.Case{
			ID: 1042, Kind: desk.Urgent, State: desk.Open, Version: 3, Patient: 7, Language: faq.Urdu, Name: "Anna", Phone: "+92 300 1234567",
			Words: "NUL \x00 and سوجن", Topic: "risks", Said: "please call", More: []desk.Line{{At: noon, From: 8, Text: "on our way"}},
			Holder: 8, TakenAt: noon, LeaseUntil: noon.Add(time.Hour), TalkUntil: noon.Add(2 * time.Hour), DecidedBy: 8, OpenedAt: noon, ChangedAt: noon.Add(time.Minute),
			Visit: desk.Visit{
				Treatment: "micro-needling", Day: desk.Day{Year: 2026, Month: time.November, Day: 24}, Part: desk.Morning, From: noon, To: noon.Add(time.Hour),
				Female: true, Note: "شکریہ", HereOnly: true, Intake: []desk.IntakeAnswer{{ID: "x", Question: "q", Answer: "a"}}, Changed: []string{"day"},
				Offered: []time.Time{noon}, At: noon, Was: noon.Add(-time.Hour), Sequence: 2, Reason: "full", CheckIns: true,
				Maintenance: desk.Day{Year: 2027, Month: time.July, Day: 1},
			},
		}
		p := desk.Person{ID: 7, Name: "Anna", Phone: "+92", Language: faq.RomanUrdu, Consent: noon, LastSeen: noon, Unreachable: true, MutedUntil: noon}
		m := desk.StaffMember{ID: 8, Role: desk.Staff, GrantedBy: 9, Until: noon}
		commit(t, s, func(tx *Tx) error {
			return errors.Join(tx.PutCase(c), tx.PutPerson(p), tx.PutStaff(m), tx.PutStaff(desk.StaffMember{ID: 9, Role: desk.Admin}))
		})
		gotCase := do(t, s, func(tx *Tx) (desk.Case, error) { return tx.Case(1042) })
		same(t, gotCase, c)
		gotPerson := do(t, s, func(tx *Tx) (desk.Person, error) { return tx.Person(7) })
		same(t, gotPerson, p)
		team := do(t, s, (*Tx).ListStaff)
		same(t, team, []desk.StaffMember{m, {ID: 9, Role: desk.Admin}})

		c.State, c.Words = desk.Answered, "changed"
		commit(t, s, func(tx *Tx) error { return errors.Join(tx.PutCase(c), tx.DropStaff(8), tx.DropStaff(8)) })
		gotCase = do(t, s, func(tx *Tx) (desk.Case, error) { return tx.Case(1042) })
		same(t, gotCase, c)

		err := s.View(t.Context(), func(tx *Tx) error {
			_, noCase := tx.Case(1)
			_, noPerson := tx.Person(1)
			_, noStaff := tx.Staff(8)
			for _, err := range []error{noCase, noPerson, noStaff} {
				if !errors.Is(err, desk.ErrNotFound) {
					t.Errorf("got %v, want not found", err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestListsOfCases(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		at := func(c desk.Case, hours int) desk.Case {
			c.Visit.At = noon.Add(time.Duration(hours) * time.Hour)
			return c
		}
		for _, c := range []desk.Case{
			{ID: 3, Patient: 7, State: desk.Requested, Holder: 20}, {ID: 1, Patient: 7, State: desk.Answered, Holder: 21},
			{ID: 2, Patient: 7, State: desk.Closed, Holder: 20, ChangedAt: noon}, {ID: 4, Kind: desk.Question, Patient: 8, State: desk.Open, OpenedAt: noon, ChangedAt: noon},
			{ID: 8, Kind: desk.Question, Patient: 8, State: desk.Closed, OpenedAt: noon.Add(-time.Second)}, {ID: 9, Kind: desk.Urgent, Patient: 8, State: desk.Closed, OpenedAt: noon},
			{ID: 10, Kind: desk.Question, Patient: 6, State: desk.Closed, OpenedAt: noon},
			at(desk.Case{ID: 5, Patient: 8, State: desk.Confirmed, Holder: 20}, 3), at(desk.Case{ID: 6, Patient: 9, State: desk.Came}, 2),
			at(desk.Case{ID: 7, Patient: 9, State: desk.Confirmed}, 24),
		} {
			commit(t, s, func(tx *Tx) error { return tx.PutCase(c) })
		}
		list := func(all func(*Tx) ([]desk.Case, error)) (ids []desk.CaseID) {
			for _, c := range do(t, s, all) {
				ids = append(ids, c.ID)
			}
			return ids
		}
		open := func(id desk.PersonID) func(*Tx) ([]desk.Case, error) {
			return func(tx *Tx) ([]desk.Case, error) { return tx.OpenCases(id) }
		}
		same(t, list(open(7)), []desk.CaseID{1, 3})
		same(t, list(open(9)), []desk.CaseID{7})
		same(t, list((*Tx).ListOpen), []desk.CaseID{1, 3, 4, 5, 7})
		same(t, list(func(tx *Tx) ([]desk.Case, error) { return tx.ByHolder(20) }), []desk.CaseID{3, 5})
		same(t, list(func(tx *Tx) ([]desk.Case, error) { return tx.ByHolder(0) }), []desk.CaseID(nil))
		same(t, list(func(tx *Tx) ([]desk.Case, error) { return tx.CasesSince(7, noon) }), []desk.CaseID{2})
		same(t, list(func(tx *Tx) ([]desk.Case, error) { return tx.QuestionsSince(noon) }), []desk.CaseID{4, 10})
		same(t, list(func(tx *Tx) ([]desk.Case, error) {
			return tx.Visits(desk.Span{From: noon, To: noon.Add(24 * time.Hour)})
		}), []desk.CaseID{6, 5})
	})
}

// What the desk calls over, no list of open cases shows.
func TestOverIsNotOpen(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		states := []desk.State{
			desk.Open, desk.Answered, desk.Closed, desk.Requested, desk.Proposed, desk.Confirmed, desk.Came, desk.NoShow, desk.Declined,
			desk.Cancelled, desk.Expired,
		}
		for i, state := range states {
			c := desk.Case{ID: desk.CaseID(i + 1), Patient: desk.PersonID(i + 1), State: state, Holder: 5}
			commit(t, s, func(tx *Tx) error { return tx.PutCase(c) })
			mine := do(t, s, func(tx *Tx) ([]desk.Case, error) { return tx.OpenCases(c.Patient) })
			if (len(mine) == 0) != state.Over() {
				t.Errorf("%s: over %v, listed %d times", state, state.Over(), len(mine))
			}
		}
	})
}

func TestInvites(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		i := desk.Invite{Hash: []byte{1, 0, 255}, By: 9, Until: noon}
		commit(t, s, func(tx *Tx) error { return tx.PutInvite(i) })
		got := do(t, s, func(tx *Tx) (desk.Invite, error) { return tx.TakeInvite(i.Hash) })
		same(t, got, i)
		for _, hash := range [][]byte{i.Hash, {2}, nil} {
			err := s.Update(t.Context(), func(tx *Tx) error { _, err := tx.TakeInvite(hash); return err })
			if !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("take %v: got %v, want not found", hash, err)
			}
		}
	})
}

// Two of the team take a case at once, a thousand times: always one has it, and the other is told who and since when.
func TestTwoTakeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		now := func() time.Time { return noon }
		d := desk.New(now, func() faq.Clinic { return faq.Clinic{Timezone: "Asia/Karachi", Example: true} })
		team := []desk.PersonID{20, 21}
		commit(t, s, func(tx *Tx) error { return d.Enlist(tx, nil, team) })
		const cases, atOnce = 1000, 20
		for range cases / atOnce {
			var open []desk.Case
			commit(t, s, func(tx *Tx) error {
				open = nil
				for range atOnce {
					c, err := d.Open(tx, desk.Opening{Kind: desk.Booking, Patient: 7})
					if err != nil {
						return err
					}
					open = append(open, c)
				}
				return nil
			})
			errs, begin := make([][2]error, atOnce), make(chan struct{})
			var all sync.WaitGroup
			for i, c := range open {
				for j, who := range team {
					all.Go(func() {
						<-begin
						errs[i][j] = s.Update(context.Background(), func(tx *Tx) error { _, err := d.Take(tx, c.ID, who); return err })
					})
				}
			}
			close(begin)
			all.Wait()
			for i, c := range open {
				c = do(t, s, func(tx *Tx) (desk.Case, error) { return tx.Case(c.ID) })
				for j, who := range team {
					var held *desk.HeldError
					switch err := errs[i][j]; {
					case c.Holder == who && err == nil:
					case errors.As(err, &held) && held.Holder == c.Holder && held.Holder != who && held.Since.Equal(noon):
					default:
						t.Fatalf("case %s is held by %d; %d got %v", c.ID, c.Holder, who, err)
					}
				}
			}
		}
	})
}

func TestNotices(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		put := func(id string, c desk.CaseID, due time.Time) desk.Notice {
			n := desk.Notice{ID: id, Kind: desk.LineAdded, Case: c, N: 2, Whom: 7, Due: due}
			commit(t, s, func(tx *Tx) error { return tx.PutNotice(n) })
			return n
		}
		due := func(now time.Time) []desk.Notice {
			return do(t, s, func(tx *Tx) ([]desk.Notice, error) { return tx.DueNotices(now, 10) })
		}
		z, a := put("z", 1, noon), put("a", 1, noon)
		early, late := put("early", 2, noon.Add(-time.Hour)), put("late", 1, noon.Add(time.Hour))

		same(t, due(noon), []desk.Notice{early, z, a}) // of one time: as put
		same(t, len(do(t, s, func(tx *Tx) ([]desk.Notice, error) { return tx.DueNotices(noon, 2) })), 2)
		commit(t, s, func(tx *Tx) error { return tx.DoneNotice("z", noon) })
		put("z", 1, noon) // told once, put again
		same(t, due(noon.Add(time.Hour)), []desk.Notice{early, a, late})
		commit(t, s, func(tx *Tx) error { return tx.DropNotices(1, noon) })
		same(t, due(noon.Add(time.Hour)), []desk.Notice{early, a}) // what is due already stays
		commit(t, s, func(tx *Tx) error { return tx.DropNotices(1, noon.Add(-time.Minute)) })
		same(t, due(noon.Add(time.Hour)), []desk.Notice{early})

		commit(t, s, func(tx *Tx) error {
			next, found, err := tx.NextNotice()
			same(t, next, early.Due)
			same(t, found, true)
			return errors.Join(err, tx.DoneNotice("early", noon))
		})
		commit(t, s, func(tx *Tx) error {
			_, found, err := tx.NextNotice()
			same(t, found, false)
			return err
		})
	})
}

// A told notice is known for a month, so that it is not told twice, and then forgotten; one that is not told yet stays.
func TestToldNoticesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		put := func() {
			t.Helper()
			commit(t, s, func(tx *Tx) error {
				return errors.Join(tx.PutNotice(desk.Notice{ID: "told", Due: noon}), tx.PutNotice(desk.Notice{ID: "late", Due: noon}))
			})
		}
		due := func() (ids []string) {
			for _, n := range do(t, s, func(tx *Tx) ([]desk.Notice, error) { return tx.DueNotices(noon, 10) }) {
				ids = append(ids, n.ID)
			}
			return ids
		}
		put()
		commit(t, s, func(tx *Tx) error { return tx.DoneNotice("told", noon) })
		for _, after := range []struct {
			days int
			want []string
		}{{29, []string{"late"}}, {31, []string{"told", "late"}}} {
			if err := s.Prune(t.Context(), noon.Add(time.Duration(after.days)*24*time.Hour)); err != nil {
				t.Fatal(err)
			}
			put()
			ids := due()
			slices.Sort(ids)
			slices.Sort(after.want)
			same(t, ids, after.want)
		}
	})
}

// What a try has done is gone when it fails, and the transaction goes on.
func TestTry(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		strange := errors.New("strange")
		commit(t, s, func(tx *Tx) error {
			if err := tx.SetMeta("before", "1"); err != nil {
				return err
			}
			err := tx.Try(func() error {
				inner := tx.Try(func() error { return tx.SetMeta("inner", "1") })
				return errors.Join(inner, tx.SetMeta("tried", "1"), strange)
			})
			if !errors.Is(err, strange) {
				t.Errorf("got %v, want %v", err, strange)
			}
			return tx.Try(func() error { return tx.SetMeta("after", "1") })
		})
		for name, want := range map[string]bool{"before": true, "inner": false, "tried": false, "after": true} {
			commit(t, s, func(tx *Tx) error {
				_, found, err := tx.Meta(name)
				same(t, found, want)
				return err
			})
		}
	})
}

func TestInbox(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		in := func(update, chat int64) Inbound {
			return Inbound{UpdateID: update, Chat: chat, Body: fmt.Appendf(nil, "%d\x00\xff", update), ReceivedAt: noon}
		}
		receive := func(all ...Inbound) int { return do(t, s, func(tx *Tx) (int, error) { return tx.Receive(all...) }) }
		oldest := func(chat int64) (got Inbound, found bool) {
			commit(t, s, func(tx *Tx) (err error) { got, found, err = tx.OldestInbound(chat); return err })
			return got, found
		}
		same(t, receive(in(10, 7), in(11, 7), in(12, 8)), 3)
		same(t, receive(in(11, 7), in(13, 7)), 1) // delivered again

		first, _ := oldest(7)
		same(t, first, Inbound{Seq: 1, UpdateID: 10, Chat: 7, Body: []byte("10\x00\xff"), ReceivedAt: noon})

		commit(t, s, func(tx *Tx) error { return tx.FailInbound(first.Seq, "no luck", noon.Add(time.Second)) })
		first, _ = oldest(7)
		same(t, first.Tries, 1)
		same(t, first.Due, noon.Add(time.Second))

		commit(t, s, func(tx *Tx) error { return tx.FinishInbound(first.Seq) })
		for name, again := range map[string]func(*Tx) error{
			"finish": func(tx *Tx) error { return tx.FinishInbound(first.Seq) },
			"fail":   func(tx *Tx) error { return tx.FailInbound(first.Seq, "", noon) },
			"kill":   func(tx *Tx) error { return tx.KillInbound(first.Seq, "") },
		} {
			if err := s.Update(t.Context(), again); !errors.Is(err, ErrDone) {
				t.Errorf("%s of an ended row: got %v, want ErrDone", name, err)
			}
		}
		second, _ := oldest(7)
		same(t, second.UpdateID, int64(11))
		commit(t, s, func(tx *Tx) error { return tx.KillInbound(second.Seq, "poison") })
		third, _ := oldest(7)
		same(t, third.UpdateID, int64(13))
		commit(t, s, func(tx *Tx) error { return tx.FinishInbound(third.Seq) })
		if _, found := oldest(7); found {
			t.Error("chat 7 still has something open")
		}
		same(t, do(t, s, (*Tx).WaitingChats), []int64{8})

		if err := s.Prune(t.Context(), noon.Add(6*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		same(t, receive(in(10, 7)), 0) // still known
		if err := s.Prune(t.Context(), noon.Add(8*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		same(t, receive(in(10, 7)), 1) // numbers have begun anew
		same(t, receive(in(12, 8)), 0) // not handled yet: never pruned
	})
}

// queue puts a row under its own key into the outbox.
func queue(t *testing.T, s *Store, o Outbound) {
	t.Helper()
	o.Method, o.Body, o.CreatedAt = "sendMessage", []byte(`{}`), noon
	commit(t, s, func(tx *Tx) error { return tx.Queue(o) })
}

// drain sends everything of a chat and returns the keys in order.
func drain(t *testing.T, s *Store, chat int64, now time.Time) (keys []string) {
	t.Helper()
	for {
		var o Outbound
		var found bool
		commit(t, s, func(tx *Tx) (err error) {
			if o, found, err = tx.Head(chat, now); err != nil || !found || o.Due.After(now) {
				found = false
				return err
			}
			if o, err = tx.Claim(o.Seq, now); err != nil {
				return err
			}
			return tx.MarkSent(o.Seq, 1, now)
		})
		if !found {
			return keys
		}
		keys = append(keys, o.Key)
	}
}

func TestAPrivateChatIsSentInOrder(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		queue(t, s, Outbound{Key: "1", Chat: 7, Lane: LaneNotice})
		queue(t, s, Outbound{Key: "2", Chat: 7, Lane: LaneUrgent})
		queue(t, s, Outbound{Key: "3", Chat: 7, Lane: LaneNotice, Due: noon.Add(time.Hour)})
		queue(t, s, Outbound{Key: "1", Chat: 7, Lane: LaneNotice})
		queue(t, s, Outbound{Key: "4", Chat: 7})
		same(t, drain(t, s, 7, noon), []string{"1", "2"}) // 3 is not due and keeps 4 back
		same(t, drain(t, s, 7, noon.Add(time.Hour)), []string{"3", "4"})
	})
}

func TestATapPutOffKeepsNothingBack(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		queue(t, s, Outbound{Key: "tap", Chat: 7, Lane: LaneTap, Due: noon.Add(time.Hour)})
		queue(t, s, Outbound{Key: "edit", Chat: 7})
		same(t, drain(t, s, 7, noon), []string{"edit"})
		same(t, drain(t, s, 7, noon.Add(time.Hour)), []string{"tap"})
	})
}

func TestAGroupIsSentByLane(t *testing.T) {
	tests := []struct {
		name string
		rows []Outbound
		want []string
	}{
		{"most urgent first", []Outbound{
			{Key: "notice", Lane: LaneNotice}, {Key: "question", Lane: LaneQuestion}, {Key: "booking", Lane: LaneBooking},
			{Key: "urgent", Lane: LaneUrgent}, {Key: "tap", Lane: LaneTap},
		}, []string{"tap", "urgent", "booking", "question", "notice"}},
		{"rows of one case keep their order", []Outbound{
			{Key: "other", Lane: LaneBooking, Object: "case/2"}, {Key: "card", Lane: LaneQuestion, Object: "case/1"},
			{Key: "alarm", Lane: LaneUrgent, Object: "case/1"}, {Key: "done", Lane: LaneNotice, Object: "case/1"},
		}, []string{"card", "alarm", "other", "done"}},
		{"an answer to a tap waits for no card and hurries none", []Outbound{
			{Key: "card 1", Lane: LaneQuestion, Object: "case/1"}, {Key: "card 2", Lane: LaneQuestion, Object: "case/2"},
			{Key: "tap", Lane: LaneTap, Object: "case/2"},
		}, []string{"tap", "card 1", "card 2"}},
		{"a row put off keeps back its own case only", []Outbound{
			{Key: "card 1", Lane: LaneUrgent, Object: "case/1", Due: noon.Add(time.Hour)}, {Key: "line 1", Lane: LaneUrgent, Object: "case/1"},
			{Key: "card 2", Lane: LaneQuestion, Object: "case/2"},
		}, []string{"card 2"}},
	}
	each(t, func(t *testing.T, s *Store) {
		for i, test := range tests {
			chat := int64(-1 - i)
			for _, o := range test.rows {
				o.Chat, o.Key = chat, o.Key+fmt.Sprint(chat)
				queue(t, s, o)
			}
			var want []string
			for _, key := range test.want {
				want = append(want, key+fmt.Sprint(chat))
			}
			t.Run(test.name, func(t *testing.T) { same(t, drain(t, s, chat, noon), want) })
		}
	})
}

func TestAHeadNotYetDueTellsWhen(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		queue(t, s, Outbound{Key: "later", Chat: -5, Due: noon.Add(2 * time.Hour)})
		queue(t, s, Outbound{Key: "soon", Chat: -5, Due: noon.Add(time.Hour)})
		head := do(t, s, func(tx *Tx) (Outbound, error) { o, _, err := tx.Head(-5, noon); return o, err })
		same(t, head.Due, noon.Add(time.Hour))
	})
}

func TestClaim(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		queue(t, s, Outbound{Key: "a", Chat: 7, Object: "case/1", Purpose: "card"})
		claim := func(now time.Time) Outbound {
			t.Helper()
			return do(t, s, func(tx *Tx) (Outbound, error) { return tx.Claim(1, now) })
		}
		same(t, claim(noon), Outbound{
			Key: "a", Seq: 1, Chat: 7, Object: "case/1", Purpose: "card", Method: "sendMessage", Body: []byte(`{}`), Tries: 1, CreatedAt: noon,
		})
		commit(t, s, func(tx *Tx) error { return tx.Retry(1, noon.Add(time.Second), false) })
		if err := s.Update(t.Context(), func(tx *Tx) error { _, err := tx.Claim(1, noon); return err }); !errors.Is(err, ErrDone) {
			t.Errorf("claimed before its time: %v", err)
		}
		later := noon.Add(time.Minute)
		if o := claim(later); o.Unsure || o.Tries != 2 {
			t.Errorf("after a sure failure: unsure %v, tries %d", o.Unsure, o.Tries)
		}
		commit(t, s, func(tx *Tx) error { return tx.PutBack(1, later) })
		if o := claim(later); o.Unsure || o.Tries != 2 {
			t.Errorf("after it was put back: unsure %v, tries %d", o.Unsure, o.Tries)
		}
		if o := claim(later); !o.Unsure { // the one before never came back: a kill
			t.Error("after a kill: not unsure")
		}
		commit(t, s, func(tx *Tx) error { return tx.Retry(1, later, false) })
		if o := claim(later); !o.Unsure {
			t.Error("a later sure failure made an unsure row sure")
		}
		commit(t, s, func(tx *Tx) error {
			_, early, err := tx.Sent("a")
			if early {
				t.Error("sent before it was marked")
			}
			return errors.Join(err, tx.MarkSent(1, 99, later))
		})
		if id := do(t, s, func(tx *Tx) (int64, error) { id, _, err := tx.Sent("a"); return id, err }); id != 99 {
			t.Errorf("message id %d, want 99", id)
		}
		for name, again := range map[string]func(*Tx) error{
			"claim": func(tx *Tx) error { _, err := tx.Claim(1, later); return err },
			"mark":  func(tx *Tx) error { return tx.MarkSent(1, 99, later) },
			"kill":  func(tx *Tx) error { return tx.MarkDead(1, "x", later) },
			"retry": func(tx *Tx) error { return tx.Retry(1, later, true) },
		} {
			if err := s.Update(t.Context(), again); !errors.Is(err, ErrDone) {
				t.Errorf("%s of a sent row: got %v, want ErrDone", name, err)
			}
		}
		queue(t, s, Outbound{Key: "a", Chat: 7}) // the key stays taken
		same(t, drain(t, s, 7, later), []string(nil))
	})
}

func TestAFileGoesWithItsRowAndIsForgottenWithIt(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		file := File{Name: "visit.ics", Body: []byte("BEGIN:VCALENDAR\x00\xff")}
		end := map[string]func(*Tx, int64) error{
			"sent": func(tx *Tx, seq int64) error { return tx.MarkSent(seq, 99, noon) },
			"dead": func(tx *Tx, seq int64) error { return tx.MarkDead(seq, "blocked", noon) },
		}
		for name, end := range end {
			queue(t, s, Outbound{Key: name, Chat: 7, File: file})
			queue(t, s, Outbound{Key: name, Chat: 7, File: File{Name: "other", Body: []byte("not this")}}) // the key is taken
			head := do(t, s, func(tx *Tx) (Outbound, error) { o, _, err := tx.Head(7, noon); return o, err })
			same(t, head.File, File{})
			for range 2 { // and again after a failed try
				o := do(t, s, func(tx *Tx) (Outbound, error) { return tx.Claim(head.Seq, noon) })
				same(t, o.File, file)
				commit(t, s, func(tx *Tx) error { return tx.Retry(head.Seq, noon, true) })
			}
			commit(t, s, func(tx *Tx) error { return tx.MigrateChat(7, 8) })
			head = do(t, s, func(tx *Tx) (Outbound, error) { o, _, err := tx.Head(8, noon); return o, err })
			same(t, do(t, s, func(tx *Tx) (Outbound, error) { return tx.Claim(head.Seq, noon) }).File, file)
			commit(t, s, func(tx *Tx) error { return end(tx, head.Seq) })
			left := do(t, s, func(tx *Tx) ([]int64, error) { return list(tx, number, `SELECT COUNT(*) FROM upload`) })
			same(t, left, []int64{0})
		}
	})
}

func TestAnUnsureRetryStaysTaken(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		queue(t, s, Outbound{Key: "a", Chat: 7})
		for _, want := range []bool{false, true} {
			o := do(t, s, func(tx *Tx) (Outbound, error) { return tx.Claim(1, noon) })
			same(t, o.Unsure, want)
			commit(t, s, func(tx *Tx) error { return tx.Retry(1, noon, true) })
		}
	})
}

func TestQueuedAfterTellsWhoseTurnItIs(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		var seen int64
		ask := func() (chats []int64) {
			commit(t, s, func(tx *Tx) (err error) { chats, seen, err = tx.QueuedAfter(seen); return err })
			slices.Sort(chats)
			return chats
		}
		same(t, ask(), []int64(nil))
		queue(t, s, Outbound{Key: "a", Chat: 7})
		queue(t, s, Outbound{Key: "b", Chat: -5})
		same(t, ask(), []int64{-5, 7})
		same(t, ask(), []int64(nil))
		queue(t, s, Outbound{Key: "c", Chat: 7})
		same(t, ask(), []int64{7})
	})
}

func TestAMigratedGroupTakesItsMailAlong(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		queue(t, s, Outbound{Key: "a", Chat: -5})
		queue(t, s, Outbound{Key: "b", Chat: -6})
		commit(t, s, func(tx *Tx) error { return tx.PutChat(Chat{ID: -5, State: []byte("five")}) })
		queue(t, s, Outbound{Key: "c", Chat: -5})
		commit(t, s, func(tx *Tx) error { return tx.MigrateChat(-5, -100) })
		commit(t, s, func(tx *Tx) error { return tx.MigrateChat(-5, -100) }) // told twice
		commit(t, s, func(tx *Tx) error {
			chats, _, err := tx.QueuedAfter(3)
			same(t, chats, []int64{-100})
			return err
		})
		same(t, drain(t, s, -5, noon), []string(nil))
		same(t, drain(t, s, -100, noon), []string{"a", "c"})
		queue(t, s, Outbound{Key: "d", Chat: -6})
		same(t, drain(t, s, -6, noon), []string{"b", "d"})
		c := do(t, s, func(tx *Tx) (Chat, error) { return tx.Chat(-100) })
		same(t, c, Chat{ID: -100, Version: 1, State: []byte("five")})
	})
}

func TestAChatMovesOnlyFromWhereItWasRead(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		put := func(version int64, state string) error {
			return s.Update(t.Context(), func(tx *Tx) error { return tx.PutChat(Chat{ID: 7, Version: version, State: []byte(state)}) })
		}
		if err := put(3, "from nowhere"); !errors.Is(err, ErrConflict) {
			t.Errorf("put over a chat that is not there: %v", err)
		}
		if err := errors.Join(put(0, "one"), put(1, "two")); err != nil {
			t.Error(err)
		}
		for _, version := range []int64{0, 1, 3} {
			if err := put(version, "late"); !errors.Is(err, ErrConflict) {
				t.Errorf("put over version %d: got %v, want ErrConflict", version, err)
			}
		}
		same(t, do(t, s, func(tx *Tx) (Chat, error) { return tx.Chat(7) }), Chat{ID: 7, Version: 2, State: []byte("two")})
	})
}

func TestThreads(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for _, message := range []int64{30, 10, 20} {
			commit(t, s, func(tx *Tx) error { return tx.PutThread(-5, message, 1042, 7) })
		}
		commit(t, s, func(tx *Tx) error {
			c, found, err := tx.Thread(-5, 20)
			same(t, c, desk.CaseID(1042))
			_, other, err2 := tx.Thread(-6, 20)
			same(t, []bool{found, other}, []bool{true, false})
			all, err3 := tx.Threads(-5, 1042)
			same(t, all, []int64{10, 20, 30})
			return errors.Join(err, err2, err3)
		})
	})
}

func TestPublishedVersionsOfTheFAQ(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		publish := func(body string) int64 {
			return do(t, s, func(tx *Tx) (int64, error) { return tx.PublishFAQ([]byte(body), "sum of "+body, "admin", noon) })
		}
		same(t, []int64{publish("a"), publish("a"), publish("b"), publish("a")}, []int64{1, 1, 2, 3})
		commit(t, s, func(tx *Tx) error {
			v, err := tx.ActiveFAQ()
			same(t, v, FAQVersion{N: 3, SHA256: "sum of a", By: "admin", At: noon})
			body, err2 := tx.FAQBody(3)
			same(t, string(body), "a")
			_, none := tx.FAQVersion(4)
			_, nothing := tx.FAQBody(4)
			if !errors.Is(none, ErrNoVersion) || !errors.Is(nothing, ErrNoVersion) {
				t.Errorf("a version that is not there: %v, %v", none, nothing)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestAVersionThatIsBroughtBackHasTheOldBytesUnderANewNumber(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		commit(t, s, func(tx *Tx) error { v, err := tx.ActiveFAQ(); same(t, v, FAQVersion{}); return err })
		for _, body := range []string{"a", "b"} {
			do(t, s, func(tx *Tx) (int64, error) { return tx.PublishFAQ([]byte(body), "sum of "+body, "file", noon) })
		}
		for _, restored := range []struct{ earlier, n int64 }{{1, 3}, {3, 4}} { // what an earlier restore brought back counts as the first
			n := do(t, s, func(tx *Tx) (int64, error) { return tx.RestoreFAQ(restored.earlier, "9", noon) })
			same(t, n, restored.n)
			commit(t, s, func(tx *Tx) error {
				v, err := tx.ActiveFAQ()
				same(t, v, FAQVersion{N: n, SHA256: "sum of a", By: "9", At: noon, Restores: 1})
				same(t, v.Content(), int64(1))
				body, err2 := tx.FAQBody(n)
				same(t, string(body), "a")
				return errors.Join(err, err2)
			})
		}
		if err := s.Update(t.Context(), func(tx *Tx) error { _, err := tx.RestoreFAQ(9, "9", noon); return err }); !errors.Is(err, ErrNoVersion) {
			t.Errorf("restored what is not there: %v", err)
		}
	})
}

func TestTallies(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for _, c := range []Tally{
			{"2026-11-24", "asked", "", 2}, {"2026-11-25", "asked", "", 1}, {"2026-11-25", "code", "poster-1", 3}, {"2026-11-25", "code", "poster-2", 1},
		} {
			for range c.N {
				commit(t, s, func(tx *Tx) error { return tx.Count(c.Day, c.Name, c.About) })
			}
		}
		all := do(t, s, func(tx *Tx) ([]Tally, error) { return tx.Tallies("2026-11-24", "2026-11-25") })
		same(t, all, []Tally{
			{"2026-11-24", "asked", "", 2}, {"2026-11-25", "asked", "", 1}, {"2026-11-25", "code", "poster-1", 3}, {"2026-11-25", "code", "poster-2", 1},
		})
		same(t, len(do(t, s, func(tx *Tx) ([]Tally, error) { return tx.Tallies("2026-11-25", "2026-11-25") })), 3)
		commit(t, s, func(tx *Tx) error {
			n, abouts, err := tx.Tallied("2026-11-25", "code")
			same(t, []int64{n, abouts}, []int64{4, 2})
			none, nothing, err2 := tx.Tallied("2026-11-26", "code")
			same(t, []int64{none, nothing}, []int64{0, 0})
			return errors.Join(err, err2)
		})
	})
}

func TestGaps(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		put := func(patient desk.PersonID, at time.Time, text string) Gap {
			g := Gap{Patient: patient, At: at, GapWords: GapWords{Why: "unknown", Text: text, Language: "ur", Shown: []string{"a"}, Near: []string{"b"}}}
			g.ID = do(t, s, func(tx *Tx) (int64, error) { return tx.PutGap(g) })
			return g
		}
		old, a, b := put(7, noon.Add(-91*24*time.Hour), "old"), put(7, noon, "کیا"), put(8, noon, "two")
		same(t, do(t, s, func(tx *Tx) ([]Gap, error) { return tx.Gaps(noon) }), []Gap{a, b})
		same(t, do(t, s, func(tx *Tx) ([]Gap, error) { return tx.GapsOf(7) }), []Gap{old, a})
		if err := s.Prune(t.Context(), noon); err != nil {
			t.Fatal(err)
		}
		same(t, do(t, s, func(tx *Tx) ([]Gap, error) { return tx.GapsOf(7) }), []Gap{a})
		commit(t, s, func(tx *Tx) error { return tx.DropGaps(7) })
		same(t, do(t, s, func(tx *Tx) ([]Gap, error) { return tx.Gaps(time.Time{}) }), []Gap{b})
	})
}

func TestMetaAndAudit(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		commit(t, s, func(tx *Tx) error {
			_, found, err := tx.Meta("staff_chat")
			same(t, found, false)
			return errors.Join(err, tx.SetMeta("staff_chat", "-5"), tx.SetMeta("staff_chat", "-6"), tx.Audit(noon, 9, "refused", "case/1042"))
		})
		commit(t, s, func(tx *Tx) error {
			value, found, err := tx.Meta("staff_chat")
			same(t, []any{value, found}, []any{"-6", true})
			what, err2 := list(tx, func(r row) (s string, err error) { err = r.Scan(&s); return s, err }, `SELECT what FROM audit`)
			same(t, what, []string{"refused"})
			return errors.Join(err, err2)
		})
	})
}

func TestAFailedUpdateChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		sorry := errors.New("changed my mind")
		err := s.Update(t.Context(), func(tx *Tx) error { return errors.Join(tx.SetMeta("a", "1"), sorry) })
		if !errors.Is(err, sorry) {
			t.Errorf("got %v, want the function's own error", err)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Update(ended, func(tx *Tx) error { return tx.SetMeta("a", "2") }); !errors.Is(err, context.Canceled) {
			t.Errorf("with an ended context: got %v", err)
		}
		if err := s.View(t.Context(), func(tx *Tx) error { return tx.SetMeta("a", "3") }); err == nil {
			t.Error("a View was allowed to write")
		}
		commit(t, s, func(tx *Tx) error {
			value, found, err := tx.Meta("a")
			if found {
				t.Errorf("kept %q", value)
			}
			return err
		})
	})
}

func TestConcurrentUpdatesShareCommitsAndNothingElse(t *testing.T) {
	const workers, rounds = 16, 25
	each(t, func(t *testing.T, s *Store) {
		sorry := errors.New("not this one")
		var wg sync.WaitGroup
		var sorries, panics, ended [workers]int
		for w := range workers {
			wg.Go(func() {
				for i := range rounds {
					func() {
						defer func() {
							if recover() == "oh" {
								panics[w]++
							}
						}()
						err := s.Update(context.Background(), func(tx *Tx) error {
							if _, err := tx.Number("n"); err != nil {
								return err
							}
							switch i % 5 {
							case 1:
								return sorry
							case 2:
								panic("oh")
							}
							return nil
						})
						switch {
						case err == nil:
							ended[w]++
						case errors.Is(err, sorry):
							sorries[w]++
						}
					}()
				}
			})
		}
		wg.Wait()
		for w := range workers {
			same(t, []int{ended[w], sorries[w], panics[w]}, []int{15, 5, 5})
		}
		same(t, do(t, s, func(tx *Tx) (int64, error) { return tx.Number("n") }), int64(workers*15+1))
	})
}

func TestAChangeThatEndsItsGoroutineEndsNobodyElse(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		var wg sync.WaitGroup
		entered, leave := make(chan struct{}), make(chan struct{})
		wg.Go(func() {
			_ = s.Update(context.Background(), func(tx *Tx) error {
				close(entered)
				<-leave // the next two wait for this commit and share one
				return nil
			})
		})
		<-entered
		wg.Go(func() {
			_ = s.Update(context.Background(), func(tx *Tx) error {
				if err := tx.SetMeta("guilty", "1"); err != nil {
					return err
				}
				runtime.Goexit()
				return nil
			})
		})
		results := make(chan error, 1)
		wg.Go(func() {
			results <- s.Update(context.Background(), func(tx *Tx) error { return tx.SetMeta("innocent", "1") })
		})
		for waiting := 0; waiting < 2; {
			s.changes.mu.Lock()
			waiting = len(s.changes.waiting)
			s.changes.mu.Unlock()
			runtime.Gosched()
		}
		close(leave)
		wg.Wait()
		if err := <-results; err != nil {
			t.Errorf("the innocent change failed: %v", err)
		}
		commit(t, s, func(tx *Tx) error {
			_, innocent, err := tx.Meta("innocent")
			_, guilty, err2 := tx.Meta("guilty")
			same(t, []bool{innocent, guilty}, []bool{true, false})
			return errors.Join(err, err2)
		})
	})
}

func TestAnUpdateThatIsGivenUpWhileWaitingChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		entered, leave, first := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			first <- s.Update(context.Background(), func(tx *Tx) error {
				close(entered)
				<-leave
				return tx.SetMeta("first", "1")
			})
		}()
		<-entered
		ctx, cancel := context.WithCancel(t.Context())
		second := make(chan error, 1)
		go func() { second <- s.Update(ctx, func(tx *Tx) error { return tx.SetMeta("second", "1") }) }()
		cancel()
		if err := <-second; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want it given up", err)
		}
		close(leave)
		if err := <-first; err != nil {
			t.Error(err)
		}
		commit(t, s, func(tx *Tx) error {
			_, first, err := tx.Meta("first")
			_, second, err2 := tx.Meta("second")
			same(t, []bool{first, second}, []bool{true, false})
			return errors.Join(err, err2)
		})
	})
}
