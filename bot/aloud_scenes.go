package bot

import "skindesk/desk"

// plays are what may happen, beside what scenes shows of a message alone.
var plays = []play{
	{"the form, step by step", true, []act{
		says(playPatient, "/mybooking"), says(playPatient, "/bookin"), says(playPatient, "/language"), says(playPatient, "/book"), says(playPatient, "🙂 xyz"), taps(playPatient, doPut, 0),
		says(playPatient, "31/2"), says(playPatient, "1/1/2020"), says(playPatient, "29/11"), says(playPatient, "1/12"), says(playPatient, "25/12/2030"), says(playPatient, "????"),
		puts(playPatient, otherDay), says(playPatient, "25/11"), says(playPatient, "99"),
		puts(playPatient, desk.Afternoon), says(playPatient, "1234"), puts(playPatient, desk.Known),
		says(playPatient, "12"), says(playPatient, "+44 7911 123456"),
		tells(playPatient, playNote), puts(playPatient, desk.Yes), skipsRest(playPatient),
		named(playPatient, doOpen, "note"), taps(playPatient, doBack, 0), named(playPatient, doOpen, "phone"), puts(playPatient, desk.HereOnly),
		says(playPatient, "/start"), taps(playPatient, doSend, 0), says(playPatient, "/mybooking"),
	}},
	{"a draft that is left", false, []act{
		says(playPatient, "/book"), taps(playPatient, doPut, 0), later(3 * hour), taps(playPatient, doCancel, 0), says(playPatient, "/cancel"),
	}},
	{"a request is changed and cancelled", false, []act{
		asksFor(playPatient, 1), inTeam(playStaff, doTake, 0), taps(playPatient, doChange, 0), named(playPatient, doOpen, "day"), taps(playPatient, doPut, 2),
		taps(playPatient, doSend, 0), asksFor2(), taps(playPatient, doCancelVisit, 0), taps(playPatient, doKeepVisit, 0),
		taps(playPatient, doCancelVisit, 0), taps(playPatient, doReallyCancel, 0), taps(playPatient, doChange, 0),
	}},
	{"hours are offered, and none fits", false, []act{proposed(1), says(playPatient, "/mybooking"), taps(playPatient, doNoneFits, 0), offers(), taps(playPatient, doPick, 0), says(playPatient, "/mybooking")}},
	{"nobody chooses an hour", false, []act{proposed(1), later(3 * day)}},
	{"a visit, its reminders, and what comes after", true, []act{
		confirmed(2), later(day + 8*hour), taps(playPatient, doComing, 0), later(17 * hour), says(playStaff, "/today"), inGroup(playStaff, "/today"), later(4 * hour), inTeam(playStaff, doCame, 0),
		inTeam(playStaff, doNext, 0), inTeam(playStaff, doNext, 1), taps(playPatient, doStay, 0), later(day), taps(playPatient, doWell, 0), later(2 * day), taps(playPatient, doWorried, 0), taps(playPatient, doSigns, 1),
		inTeam(playStaff, doDone, 0), later(4 * day), taps(playPatient, doWorried, 0), taps(playPatient, doSigns, 0), inTeam(playStaff, doDone, 0), later(300 * day), taps(playPatient, doStay, 0),
	}},
	{"too late to change", false, []act{confirmed(1), later(day + 23*hour), says(playPatient, "/mybooking"), taps(playPatient, doChange, 0), taps(playPatient, doCancelVisit, 0)}},
	{"a visit is moved", false, []act{
		confirmed(1), taps(playPatient, doChange, 0), taps(playPatient, doPut, 2), taps(playPatient, doSend, 0),
		inTeam(playStaff, doConfirm, 0), inTeam(playStaff, doConfirm, 0),
	}},
	{"the clinic moves a visit", false, []act{confirmed(2), offers(), taps(playPatient, doPick, 0)}},
	{"somebody does not come", false, []act{confirmed(1), later(2*day + 3*hour), inTeam(playStaff, doNoShow, 0), later(2 * day), taps(playPatient, doChange, 0)}},
	{"a Friday", false, []act{says(playPatient, "/book"), taps(playPatient, doPut, 0), taps(playPatient, doPut, 4), taps(playPatient, doPut, 0)}},
	{"no messages after the visit", false, []act{confirmed(1), later(2*day + 3*hour), inTeam(playStaff, doCame, 0), taps(playPatient, doStay, 1), taps(playPatient, doChange, 0)}},
	{"a request is declined", false, []act{asksFor(playPatient, 1), inTeam(playStaff, doTake, 0), inTeam(playStaff, doDecline, 0), inTeam(playStaff, doDecline, 0), taps(playPatient, doChange, 0)}},
	{"a visit is called off", false, []act{confirmed(1), inTeam(playStaff, doCallOff, 0), inTeam(playStaff, doCallOff, 2)}},
	{"nobody reacts", true, []act{asksFor(playPatient, 1), later(3 * day), taps(playPatient, doChange, 0)}},
	{"a question to the team", false, []act{
		says(playPatient, "/clinic"), tells(playPatient, playQuestion), taps(playPatient, doSend, 0), inGroup(playStaff, "/open"), replies(playStaff, playReply), inTeam(playStaff, doDiscard, 0),
		inTeam(playStaff, doTake, 0), inTeam(playAdmin, doHandBack, 0), inTeam(playStaff, doPhone, 0), inTeam(playStaff, doReply, 0), inTeam(playStaff, doSay, 0),
		replies(playStaff, playReply), taps(playPatient, doNotHelped, 0), inTeam(playStaff, doMore, 0), inTeam(playStaff, doWithdraw, 0),
		inTeam(playStaff, doMore, 0), inTeam(playStaff, doMute, 0), tells(playPatient, playQuestion), inTeam(playStaff, doMore, 0), inTeam(playStaff, doGive, 0), inTeam(playStaff, doMore, 0),
		inTeam(playAdmin, doGive, 0), inTeam(playAdmin, doGive, 1), inTeam(playAdmin, doHandBack, 0), inTeam(playStaff, doTake, 0), inTeam(playStaff, doDone, 0),
	}},
	{"a case that is taken and left", false, []act{asksFor(playPatient, 3), inTeam(playStaff, doTake, 0), later(2 * hour)}},
	{"a red flag", true, []act{
		tells(playPatient, playAlarm), later(20 * minute), taps(playPatient, doCallMe, 0), says(playPatient, "0300 1234567"), tells(playPatient, playAlarm), inTeam(playStaff, doTake, 0), taps(playPatient, doFine, 0),
	}},
	{"somebody who may harm themselves", false, []act{tells(playPatient, playSelf)}},
	{"lists of the team", false, []act{inGroup(playStaff, "/open"), inGroup(playStaff, "/today"), inGroup(playStaff, "/help"), inGroup(playOther, "/open"), asksFor(playPatient, 1), asksFor(playOther, 2), inGroup(playStaff, "/open"), later(2 * day)}},
	{"the admin", false, []act{
		says(playAdmin, "/help"), says(playAdmin, "/faq"), says(playAdmin, "/faq undo"), says(playAdmin, "/stats"), says(playAdmin, "/team"), says(playAdmin, "/invite"), says(playAdmin, "/season"), says(playAdmin, "/season start Eid 3/12"), says(playAdmin, "/season end Eid 25/11"),
		says(playAdmin, "/season start Ramzan"), says(playAdmin, "/season start Eid xx"), says(playPatient, "/faq"), says(playPatient, "/season"), says(playStaff, "/stats"), inGroup(playAdmin, "/here"), tells(playPatient, playQuestion), says(playAdmin, "/stats"),
	}},
	{"the calendar changes under a visit", false, []act{confirmed(3), says(playAdmin, "/season start Eid 26/11"), later(minute), inTeam(playStaff, doInstead, 0)}},
}

// asksFor2 asks for what is asked for already.
func asksFor2() act { return together(says(playPatient, "/book"), taps(playPatient, doPut, 0)) }
