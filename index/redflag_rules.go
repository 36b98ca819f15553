package index

// rule is one group of symptoms. Each pattern names concepts of alarmConcepts that stand near one another; "now" asks for a sign
// that it is so at present (a time, a "my", something under way), "without x" wants x not near.
type rule struct {
	name     string
	always   bool // said in any mood but a negation it is an alarm
	patterns []string
}

// alarmRules is our own list: a doctor at the clinic should check it. The first rule that finds something names the alarm.
var alarmRules = []rule{
	{name: SelfHarm, always: true, patterns: []string{"self-harm + without jest"}},
	{name: "breathing", patterns: []string{"lips or tongue + swelled up",
		"breathe + trouble", "breathe + unable + without jest", "choke + now + without jest", "throat + closes", "throat + swollen", "throat + hurts + breathe",
		"lips or tongue + swollen", "lips or tongue + big or numb + now",
	}},
	{name: "fainting", patterns: []string{"faint + without money", "dizzy", "chakkar + comes on + without money", "eye + dizzy", "fell + cannot rise + without screen"}},
	{name: "seizure", patterns: []string{"fit + now + without jest + without money"}},
	{name: "stroke", patterns: []string{"one side + limp + now"}},
	{name: "swallowed", patterns: []string{"taken in + medicine + mistake or child + now + without food", "taken in + goods + mistake or child + now + without food", "took + medicine + much at once + without food"}},
	{name: "vomiting", patterns: []string{"vomit + over and over + now"}},
	{name: "heart", patterns: []string{"palpitation", "heart + beats fast + without money + without glad", "chest + hurts + now", "chest + pressure + now"}},
	{name: "violence", patterns: []string{"attacker + strikes + now + without money + without jest", "acid + thrown + skin + now + without food", "acid + thrown + theirs + now + without food"}},
	{name: "pregnancy", patterns: []string{"unborn still"}},
	{name: "hives", patterns: []string{"hives", "rash + all over", "allergic reaction + now"}},
	{name: "eye", patterns: []string{"see + shadow + now", "eye + hardly + see", "eye + swelled up",
		"blind", "eye + swollen", "eye + hurts + without jest + without screen", "eye + went in + now", "eye + shut + now", "eye + red or hot + now", "eye + blood + now", "eye + light + hurts + without jest",
		"see + blurred", "sight + sight fails", "see + flashes + now", "eye + blurred", "see + unable + clearly + without a result", "see + unable + eye + without a result",
	}},
	{name: "bleeding", patterns: []string{"blood + stop + how now + without period",
		"blood + stop + does not + without period", "blood + goes on + now + without period", "blood + runs now + without period", "pillow + blood + stained + again", "pregnant + blood + now + without period", "pregnant + cramps + now",
	}},
	{name: "needle", patterns: []string{"needle + broken or stuck", "pricks inside", "splinter + under the skin + now"}},
	{name: "blisters", patterns: []string{"turned dark + treated spot",
		"blister + now", "skin + burnt + now + without tan or bruise", "wound + opened + now", "numb and dark", "goes black + numb", "lips or tongue + pale or blue + now + without period", "filler + pale or blue + hurts + now", "filler + net + without tan or bruise", "no refill", "dark + numb + skin + now + without tan or bruise", "chala + formed", "skin + came off", "raw", "skin + tender + now", "goes black + without tan or bruise", "watery bumps + bump",
	}},
	{name: "infection", patterns: []string{"fluid + wound + now + without vessel", "fluid + coming out + wound",
		"pus", "ooze + now + without goods + without vessel", "ooze + skin + now + without vessel", "fluid + coming out + skin + without comedo", "pillow + stained + yellow or green + without goods", "fluid + ooze + without vessel", "fluid + coming out + now + without comedo", "foul smell + without goods", "foul smell + skin", "smell + now + without goods", "smell + wound", "infected + now",
	}},
	{name: "fever", patterns: []string{"feverish degree + body + without money", "feverish degree + have degree + now + without money + without kilo", "fever", "shiver", "cold fit + now + without clinic itself", "temperature + high degree"}},
	{name: "spreading", patterns: []string{"gland + is up + now", "red or hot + worse + now + without clinic itself", "red or hot + spread", "hot + whole side + face", "it spreads + without marks of old", "red line + leads on", "lump + neck + now", "gland + formed", "streak + red or hot", "streak + spread", "gland + swollen", "gland + hurts"}},
	{name: "swelling", patterns: []string{"puffy + whole side + now", "swollen + swelled up + now", "face + swelled up + hurts", "face + not even + now",
		"swollen + worse", "hurts + worse", "hurts + unbearable", "hurts + no sleep", "very bad", "hurts + strongly + now", "swollen + strongly + now", "face + swelled up + now", "painkiller + no relief", "hurts + stop + does not", "unbearable + now + without money + without weather", "swollen + not easing", "hurts + not easing", "swollen + whole side + face",
	}},
}

// alarmWords are concepts that are half a symptom. They raise no alarm; but where they are spoken of as being not so, an entry
// that sounds alike raises none either.
var alarmWords = []string{"blood", "hurts", "swollen", "red or hot", "eye", "blister", "infected", "ooze", "fever", "faint", "breathe", "rash", "needle", "smell", "allergic reaction"}

var alarmReader = compile(alarmConcepts, alarmRules)
