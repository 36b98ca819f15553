package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"skindesk/desk"
	"skindesk/preview"
	"skindesk/store"
)

// access says who may do what a button does. Every verb is in one of the three lists: a new one has to be put there.
var (
	forPatients = []verb{
		doTopics, doTopic, doEntry, doNotMeant, doNone, doTry, doAsk, doBook, doLanguage, doSend, doSkip, doCancel, doContinue, doRestart,
		doCallMe, doFine, doHelped, doNotHelped, doType, doTell, doUntell, doRepeat, doPick, doNoneFits, doComing, doStay, doWell, doWorried, doSigns,
		doPut, doOpen, doBack, doMine, doChange, doCancelVisit, doReallyCancel, doKeepVisit,
	}
	forAdmins = []verb{doRemove, doUndo} // in the private chat
	forTeam   = []verb{
		doTake, doHandBack, doPropose, doConfirm, doReply, doSay, doPhone, doDecline, doCallOff, doCame, doNoShow, doDone, doMute, doWithdraw,
		doGive, doMore, doWhole, doCard, doTakeSend, doDiscard, doInstead, doNext,
	}
)

func TestEveryVerbIsSomebodys(t *testing.T) {
	all := slices.Concat(forPatients, forAdmins, forTeam)
	for do := range verbs {
		if n := len(slices.DeleteFunc(slices.Clone(all), func(d verb) bool { return d != do })); n != 1 {
			t.Errorf("%s is in %d lists of who may: put it into one", do, n)
		}
		if _, team := teamVerbs[do]; (team || do == doInstead) != slices.Contains(forTeam, do) {
			t.Errorf("%s: done in the group is %v, listed there %v", do, team, !team)
		}
	}
	if len(all) != len(verbs) {
		t.Errorf("%d verbs are listed, there are %d", len(all), len(verbs))
	}
}

// actor is somebody who taps, in one of the chats.
type actor struct {
	name string
	who  *preview.Person
	role string // "": nobody of the team
	here bool   // in the team's group
}

// needs is in which states of a case a verb of the team does something: nil is any. Only the holder may but for those in open.
var (
	needs = map[verb][]desk.State{
		doTake: {desk.Open, desk.Answered, desk.Requested, desk.Proposed, desk.Confirmed}, doHandBack: {desk.Open, desk.Answered, desk.Requested, desk.Proposed, desk.Confirmed},
		doPropose: {desk.Requested, desk.Proposed, desk.Confirmed}, doConfirm: {desk.Requested, desk.Proposed},
		doDecline: {desk.Requested, desk.Proposed}, doCallOff: {desk.Confirmed},
		doCame: {desk.Confirmed, desk.NoShow}, doNoShow: {desk.Confirmed, desk.Came}, doDone: {desk.Open, desk.Answered},
		doPhone: {desk.Open, desk.Answered, desk.Requested, desk.Proposed, desk.Confirmed},
		doGive:  {desk.Open, desk.Answered, desk.Requested, desk.Proposed, desk.Confirmed},
		doMute:  nil,
	}
	openTo = []verb{doTake, doCame, doNoShow, doDone, doMute, doGive} // whoever of the team, if nobody has the case
)

// TestAccess has everybody try what every button of the team does, from every chat and in every state of a case. What is not
// allowed changes nothing and is met with a word that says so.
func TestAccess(t *testing.T) {
	inClinic(t, func(c *clinic) {
		actors, anchor := c.cast()
		sana := desk.PersonID(c.sana.ID())
		states := map[desk.CaseKind][]desk.State{
			desk.Question: {desk.Open, desk.Answered, desk.Closed},
			desk.Booking:  {desk.Requested, desk.Proposed, desk.Confirmed, desk.Came, desk.NoShow, desk.Declined, desk.Cancelled, desk.Expired},
		}
		id, tried, allowed := desk.CaseID(5000), 0, 0
		for kind, all := range states {
			for _, state := range all {
				for _, a := range actors {
					for do := range needs {
						holders := []desk.PersonID{sana}
						if a.role != "" && a.here {
							holders = append(holders, 0)
						}
						for _, holder := range holders {
							id++
							tried++
							if c.tries(a, anchor, do, c.put(id, kind, state, holder)) {
								allowed++
							}
						}
					}
				}
			}
		}
		t.Logf("%d taps, %d of them allowed", tried, allowed)
	})
}

// tries taps and compares what follows with what may. It returns whether it may.
func (c *clinic) tries(a actor, anchor preview.Message, do verb, before desk.Case) (may bool) {
	c.t.Helper()
	me := desk.PersonID(a.who.ID())
	in := needs[do] == nil || slices.Contains(needs[do], before.State)
	hold := before.Holder == me || before.Holder == 0 && slices.Contains(openTo, do) || do == doMute || do == doGive
	may = a.here && a.role != "" && in && hold && (do != doGive || a.role == "admin") && (do != doDone || before.Kind != desk.Booking)
	under := anchor
	if !a.here {
		under = a.who.Last()
	}
	tapped, err := a.who.TapData(under, c.teamAction(do, before).encode())
	if err != nil {
		c.t.Fatal(err)
	}
	synctest.Wait()
	time.Sleep(time.Second)
	synctest.Wait()
	words, _, _ := tapped.Answer()
	after := c.stored(before.ID)
	name := fmt.Sprintf("%s: %s a %s %s held by %d", a.name, do, before.State, before.Kind, before.Holder)
	switch saw, changed := strings.Contains(words, accessPhone), after.Version != before.Version; {
	case saw != (may && do == doPhone):
		c.t.Errorf("%s: sees the phone: %v, %q", name, saw, words)
	case do != doPhone && changed != may:
		c.t.Errorf("%s: changed %v, may %v, %q", name, changed, may, words)
	case strings.TrimSpace(words) == "":
		c.t.Errorf("%s: no word", name)
	}
	return may
}

const accessPhone = "+923001234567"

// cast are those who try, and a message of the bot's in the group to tap under.
func (c *clinic) cast() ([]actor, preview.Message) {
	ex := c.server.Person("Ex")
	c.group.Add(ex)
	c.update(func(tx *store.Tx) error {
		if err := tx.PutStaff(desk.StaffMember{ID: desk.PersonID(ex.ID()), Role: desk.Staff, GrantedBy: 1}); err != nil {
			return err
		}
		return c.bot.desk.Dismiss(tx, desk.PersonID(c.admin.ID()), desk.PersonID(ex.ID()))
	})
	for _, p := range []*preview.Person{c.anna, c.bilal, c.sana, c.admin} {
		c.says(p, "/start")
	}
	c.sanaHere.Say("/help@skindesk_preview_bot")
	c.settle()
	return []actor{
		{"staff", c.sanaHere, "staff", true}, {"admin", c.admin.In(c.group), "admin", true}, {"stranger", c.stranger.In(c.group), "", true},
		{"ex-staff", ex.In(c.group), "", true}, {"patient", c.anna, "", false}, {"other patient", c.bilal, "", false},
		{"staff in private", c.sana, "staff", false}, {"admin in private", c.admin, "admin", false},
	}, c.card("/open")
}

func (c *clinic) update(fn func(tx *store.Tx) error) {
	c.t.Helper()
	if err := c.store.Update(context.Background(), fn); err != nil {
		c.t.Fatal(err)
	}
}

// put keeps a case of anna's as it is in a state.
func (c *clinic) put(id desk.CaseID, kind desk.CaseKind, state desk.State, holder desk.PersonID) desk.Case {
	now := time.Now().UTC()
	k := desk.Case{
		ID: id, Kind: kind, State: state, Version: 3, Patient: desk.PersonID(c.anna.ID()), Name: "Anna", Phone: accessPhone, Words: "hello",
		OpenedAt: now, ChangedAt: now,
	}
	if holder != 0 {
		k.Holder, k.TakenAt, k.LeaseUntil = holder, now, now.Add(time.Hour)
	}
	if kind == desk.Booking {
		k.Visit.Day = desk.DayOf(now.Add(48*time.Hour), time.UTC)
	}
	switch state {
	case desk.Proposed:
		k.Visit.Offered = []time.Time{now.Add(48 * time.Hour)}
	case desk.Confirmed, desk.Came, desk.NoShow:
		k.Visit.At = now.Add(-time.Minute)
	}
	c.update(func(tx *store.Tx) error { return tx.PutCase(k) })
	return k
}

func (c *clinic) stored(id desk.CaseID) (k desk.Case) {
	c.t.Helper()
	err := c.store.View(context.Background(), func(tx *store.Tx) (err error) {
		k, err = tx.Case(id)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return k
}

// teamAction is what the button that decides has.
func (c *clinic) teamAction(do verb, k desk.Case) action {
	hour := k.Visit.Day.At(12*60, time.UTC)
	more := map[verb]string{
		doPropose: "_" + choice{chosen: []time.Time{hour}, send: true}.String(), doConfirm: "_" + choice{day: k.Visit.Day, chosen: []time.Time{hour}}.String(),
		doDecline: "_full", doCallOff: "_closed", doGive: "_to" + strconv.FormatInt(c.admin.ID(), 36),
	}[do]
	return action{do: do, id: "3" + more, n: int64(k.ID)}
}

// What is a patient's own nobody else can decide, and the team's list is the admin's.
func TestAccessOfPatients(t *testing.T) {
	inClinic(t, func(c *clinic) {
		_, anchor := c.cast()
		id := desk.CaseID(6000)
		for _, do := range []verb{doPick, doNoneFits, doChange, doCancelVisit, doReallyCancel, doKeepVisit, doCallMe, doFine, doHelped, doNotHelped, doComing, doStay, doWell, doWorried, doSigns} {
			for _, who := range []*preview.Person{c.bilal, c.sana, c.stranger.In(c.group), c.sanaHere} {
				id++
				before := c.put(id, desk.Booking, desk.Proposed, 0)
				under := anchor
				if who == c.bilal || who == c.sana {
					under = who.Last()
				}
				a := action{do: do, n: int64(id)}
				if do == doPick {
					a.id = strconv.FormatInt(before.Visit.Offered[0].Unix(), 10)
				}
				tapped, err := who.TapData(under, a.encode())
				if err != nil {
					t.Fatal(err)
				}
				c.settle()
				if words, _, _ := tapped.Answer(); c.stored(id).Version != 3 || words == "" {
					t.Errorf("%s by %s: %q, %+v", do, who.Name(), words, c.stored(id))
				}
			}
		}
		for _, who := range []*preview.Person{c.anna, c.sana, c.admin} {
			c.update(func(tx *store.Tx) error {
				return tx.PutStaff(desk.StaffMember{ID: desk.PersonID(c.bilal.ID()), Role: desk.Staff, GrantedBy: 1})
			})
			tapped, err := who.TapData(who.Last(), action{do: doRemove, id: "yes", n: c.bilal.ID()}.encode())
			if err != nil {
				t.Fatal(err)
			}
			c.settle()
			err = c.store.View(context.Background(), func(tx *store.Tx) error { _, err := tx.Staff(desk.PersonID(c.bilal.ID())); return err })
			if words, _, _ := tapped.Answer(); isNotFound(err) != (who == c.admin) || words == "" {
				t.Errorf("removed by %s: %v, %q", who.Name(), err, words)
			}
		}
	})
}
