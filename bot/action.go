package bot

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// verb is what a button asks for.
type verb string

// The verbs of buttons. Their order here means nothing; the words are short because a button holds 64 bytes.
const (
	doTopics   verb = "menu" // list the topics; n: page
	doTopic    verb = "top"  // list a topic's questions; id: topic, n: page
	doEntry    verb = "ent"  // say an entry; id: entry, n: the exchange it was offered in
	doNotMeant verb = "not"  // offer the next candidates; n: exchange
	doNone     verb = "none" // none of the offered ones; n: exchange
	doTry      verb = "try"  // ask for other words
	doAsk      verb = "ask"  // begin to ask the clinic; n: exchange, or 0
	doBook     verb = "book" // begin to request a visit; id: treatment, or n: exchange, or neither
	doLanguage verb = "lang" // choose a language, or list them; id: language
	doSend     verb = "send" // send the form; n: form
	doSkip     verb = "skip" // leave a step of the form out; n: form
	doCancel   verb = "drop" // drop the form; n: form
	doContinue verb = "go"   // show the form's step again; n: form
	doRestart  verb = "over" // begin the form anew; n: form
	doCallMe   verb = "call" // ask to be called; n: case
	doUndo     verb = "undo" // bring back the version of faq.json before this one (admin); n: the version in force
	doFine     verb = "fine" // go on after a red flag; n: case

	doPut          verb = "put"  // answer the booking's question; id: choice, n: form and change
	doOpen         verb = "open" // change an answer of the booking; id: question, n: form and change
	doBack         verb = "back" // ask the booking's question before; n: form and change
	doMine         verb = "mine" // show the patient's requests
	doPick         verb = "pick" // take an hour that was offered; id: the hour, n: case
	doNoneFits     verb = "nofi" // none of them; n: case
	doChange       verb = "chg"  // ask for something else; n: case
	doCancelVisit  verb = "unbk" // cancel a request or visit, to be made sure of; n: case
	doReallyCancel verb = "unby" // cancel it; n: case
	doKeepVisit    verb = "keep" // do not; n: case

	doHelped    verb = "yes"  // an answer was helpful; id: its entry, n: the exchange; or id: "" and n: the case whose team has answered
	doNotHelped verb = "no"   // or not
	doType      verb = "type" // drop a recording or picture and type instead; n: form
	doTell      verb = "tell" // whether to be told when the answer is added; n: form
	doUntell    verb = "untl" // not to be told of answers any more
	doRepeat    verb = "rep"  // the mark of what may have been sent twice
	doComing    verb = "come" // will come to the visit they were reminded of; id: the sequence of its hour, n: case
	doStay      verb = "stay" // hear from the bot after a visit; id: yes, no or stop, n: case
	doWell      verb = "well" // all is well after a visit; id: day, n: case
	doWorried   verb = "worr" // it is not; id: day, n: case
	doSigns     verb = "sign" // whether there is something that must not wait; id: day and yes or no, n: case
	doInstead   verb = "inst" // offer other hours to all whose visit clashes with the calendar (team)
	doRemove    verb = "rmov" // take somebody off the team (admin); id: "", "yes" or a page, n: person
)

// The verbs of the team's buttons. id: the card's version of the case, and what else is needed; n: case.
const (
	doTake     verb = "take" // have the case; id "list": from a list of cases
	doHandBack verb = "hand" // let it go
	doPropose  verb = "prop" // offer hours; with a choice
	doConfirm  verb = "conf" // confirm as asked; with a choice
	doReply    verb = "repl" // list the ready-made replies; with a page
	doSay      verb = "say"  // send a ready-made reply; with its id
	doPhone    verb = "phon" // see the phone number
	doDecline  verb = "decl" // say no; with a reason
	doCallOff  verb = "coff" // call a confirmed visit off; with a reason
	doCame     verb = "came" // the patient was there
	doNoShow   verb = "nosh" // the patient was not
	doDone     verb = "done" // close a case, or end the conversation in a booking
	doMute     verb = "mute" // have nothing of the patient passed on, or all again
	doWithdraw verb = "wdrw" // take back what was said last
	doGive     verb = "give" // give the case to somebody (admin); with a person
	doMore     verb = "more" // show the buttons that are seldom needed
	doWhole    verb = "all"  // read the case whole
	doCard     verb = "card" // show the card as it is
	doTakeSend verb = "tsnd" // take the case and send the reply that this is about
	doDiscard  verb = "dscd" // do not send it
	doNext     verb = "next" // when the patient is reminded of the next visit; with a choice
)

// verbs are all of them. A test wants each to be of the patient, the team or the admin.
var verbs = map[verb]bool{
	doTopics: true, doTopic: true, doEntry: true, doNotMeant: true, doNone: true, doTry: true, doAsk: true, doBook: true, doLanguage: true,
	doSend: true, doSkip: true, doCancel: true, doContinue: true, doRestart: true, doCallMe: true, doFine: true, doUndo: true, doHelped: true, doNotHelped: true, doType: true, doTell: true, doUntell: true, doRepeat: true,
	doPut: true, doOpen: true, doBack: true, doMine: true, doPick: true, doNoneFits: true, doChange: true, doCancelVisit: true, doReallyCancel: true, doKeepVisit: true,
	doComing: true, doStay: true, doWell: true, doWorried: true, doSigns: true, doInstead: true, doRemove: true,
	doTake: true, doHandBack: true, doPropose: true, doConfirm: true, doReply: true, doSay: true, doPhone: true, doDecline: true,
	doCallOff: true, doCame: true, doNoShow: true, doDone: true, doMute: true, doWithdraw: true, doGive: true, doMore: true, doWhole: true, doCard: true,
	doTakeSend: true, doDiscard: true, doNext: true,
}

// styles colour the buttons that matter most.
var styles = map[verb]string{
	doTake: "primary", doTakeSend: "primary", doConfirm: "success", doCame: "success", doDone: "success", doPick: "success",
	doDecline: "danger", doCallOff: "danger", doNoShow: "danger", doWithdraw: "danger",
}

// action is what a button says when it is tapped: what to do, with which record, and the version or number that tells
// whether it still means the same. Anybody can send any data, so an action carries no power of its own: whoever acts on it
// checks who taps and what the record's state is.
type action struct {
	do verb
	id string // at most 48 of A-Z a-z 0-9 - _, or empty
	n  int64  // not negative
}

// maxNumber keeps the encoded number to nine characters.
const maxNumber = 1<<46 - 1

// errNoAction is returned for data that no button of ours has.
var errNoAction = errors.New("no action")

// encode returns the action as a button's data, at most 64 bytes.
func (a action) encode() string {
	return string(a.do) + ":" + a.id + ":" + strconv.FormatInt(a.n, 36)
}

var actionData = regexp.MustCompile(`^([a-z]{2,4}):([A-Za-z0-9_-]{0,48}):([0-9a-z]{1,10})$`)

// parseAction reads a button's data. Data that encode does not give is errNoAction.
func parseAction(data string) (action, error) {
	m := actionData.FindStringSubmatch(data)
	if m == nil || !verbs[verb(m[1])] {
		return action{}, errNoAction
	}
	n, err := strconv.ParseInt(m[3], 36, 64)
	if err != nil || n > maxNumber {
		return action{}, errNoAction
	}
	a := action{do: verb(m[1]), id: m[2], n: n}
	if a.encode() != data {
		return action{}, errNoAction
	}
	return a, nil
}

func (a action) String() string { return fmt.Sprintf("%s %s %d", a.do, a.id, a.n) }
