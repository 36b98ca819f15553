package index

import "strings"

// Urdu says with a helping verb that something is so: ho gaya, ho rahi hai. Whatever the gender, the number and the spelling, it is
// the same helper, and in a hurry it is written as one word with the verb before it: hogaya, nikalrhi.

// helpers gives each form of a helping verb the one that stands for all.
var helpers = forms(
	"gaya gai gayi gaye gae gya gyi gye gyaa gaii gy giya gaee gayee gaey geya", "raha rahi rahe rha rhi rhe rahy rhy rahay raha rhaa rahii rai rahein rahen", "hua hui hue huwa huwi huwe huay howa hoa huyi hoi hoee",
	"nahi nahin nhi nai nahe nahy nehi nhin naheen nahii nahein",
	"گیا گئی گئے گی گيا گئ", "رہا رہی رہے رہیں رہئ", "ہوا ہوئی ہوئے ہوئیں",
)

// forms maps every word of a group to the group's first.
func forms(groups ...string) map[string]string {
	m := map[string]string{}
	for _, g := range groups {
		fs := strings.Fields(g)
		for _, f := range fs {
			m[f] = fs[0]
		}
	}
	return m
}

// glued are the ends that a helper may have in one word with its verb.
var glued = set(`gaya gayi gaye gai gya gyi gye raha rahi rahe rha rhi rhe rahay گیا گئی گئے رہا رہی رہے`)

// unglued parts helpers from the verbs that they are written together with.
func unglued(ws []string) []string {
	parted := make([]string, 0, len(ws))
	for _, w := range ws {
		if verb, helper := unglue(w); helper != "" {
			parted = append(parted, verb, helper)
		} else {
			parted = append(parted, w)
		}
	}
	return parted
}

func unglue(w string) (verb, helper string) {
	for n := 3; n <= 6 && n < len(w); n++ { // the lengths of the ends, in bytes
		if verb, helper = w[:len(w)-n], w[len(w)-n:]; verbs[verb] && glued[helper] {
			return verb, helper
		}
	}
	return "", ""
}

// verbs are those that are written together with a helper.
var verbs = set(`ho a aa ja nikal nikl ruk beh bah khul par pad pr sooj suj soj phool phul utar utr barh bar badh phail phel kar kr lag lg ban bn ris chal toot tut mar mr reh reh ghut jal jl
	ہو آ جا نکل رک بہہ کھل پڑ سوج پھول اتر بڑھ پھیل کر لگ بن رس چل ٹوٹ`)
