package desk

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The words for days that patients use, in English, Roman Urdu and Urdu, with the spellings that are common. They are
// compared after foldWord; what is not here but nearly so is found by nearWord.

var weekdayWords = words(map[time.Weekday]string{
	time.Monday:    "monday mon munday mondy peer pir somwar somvar soomwar پیر سوموار",
	time.Tuesday:   "tuesday tue tues teusday tuesdy mangal mungal manghal mangalwar منگل",
	time.Wednesday: "wednesday wed weds wensday wednsday wednesdy budh budhwar budhvar budhh بدھ",
	time.Thursday:  "thursday thu thur thurs thrusday thirsday jumerat jumeraat jumairat jumeirat jumarat jumaraat jumayrat جمعرات",
	time.Friday:    "friday fri firday fryday juma jumma jummah jumah jummay jume jumme jumay jumea جمعہ جمعے جمعۃ",
	time.Saturday:  "saturday sat satuday saterday saturdy sanichar shanichar haftay سنیچر",
	time.Sunday:    "sunday sun sundy itwar itvar etwar ittwar aitwar atwar ithwar اتوار",
})

var monthWords = words(map[time.Month]string{
	time.January: "january jan janwary janwari janvari janury جنوری", time.February: "february feb febuary farwari farvari فروری",
	time.March: "march mar مارچ", time.April: "april apr aprail اپریل", time.May: "may mai مئی", time.June: "june jun joon جون",
	time.July: "july jul julai julaye جولائی", time.August: "august aug agast اگست", time.September: "september sep sept sitambar sitamber ستمبر",
	time.October: "october oct aktubar oktober اکتوبر", time.November: "november nov nawambar navambar noember نومبر",
	time.December: "december dec disambar decmber دسمبر",
})

// nearDays count from today. The Urdu words for tomorrow and the day after also mean the past; a visit lies in the future.
var nearDays = words(map[int]string{
	0: "today aaj aj tody todays آج", 1: "tomorrow morrow tmrw tmrow tmr tomorow tommorow tommorrow tomorrows kal kl کل",
	2: "parson parso parsun parsoon parsoo parsu persoon پرسوں پرسو", 3: "tarson narson tarso نرسوں ترسوں",
})

var numberWords = words(map[int]string{
	1: "one a an ek aik ایک", 2: "two do دو", 3: "three teen تین", 4: "four char chaar چار", 5: "five paanch panch پانچ", 6: "six chay chhe چھ",
	7: "seven saat سات", 10: "ten das دس", 14: "fourteen", 15: "fifteen pandrah پندرہ",
})

var partWords = words(map[string]string{
	Morning: "morning subah subha subh forenoon سویرے صبح", Afternoon: "afternoon dopahar dopeher dupehar duphr noon دوپہر",
	Evening: "evening shaam sham raat night evng شام رات",
})

var (
	thisWords  = wordSet("this is isi coming aane ane iss اس اسی آنے")
	nextWords  = wordSet("next agle agla agli aglay nxt اگلے اگلا اگلی")
	weekWords  = wordSet("week weeks hafte hafta haftey haftay wk ہفتے ہفتہ ہفتوں hafton")
	urduWeek   = wordSet("hafte hafta haftey haftay ہفتے ہفتہ") // Saturday as well
	monthUnit  = wordSet("month months mahine mahina maheene mahinay مہینے مہینہ ماہ")
	dayUnit    = wordSet("day days din dinon roz دن دنوں روز")
	laterWords = wordSet("later baad bad after from بعد")
	clockWords = wordSet("baje bajay bjy bje oclock o'clock am pm بجے")
	anyWords   = wordSet("any koi kisi kabhi asap whenever anytime anyday کوئی کسی کبھی")
	weekend    = wordSet("weekend weekends ویک اینڈ")
	prayer     = wordSet("prayer prayers namaz namaaz jumma juma نماز جمعہ")
	before     = wordSet("before pehle pehlay pahle پہلے")

	// fillers stand around a day and say nothing of it.
	fillers = wordSet(`on ko ke ka ki in at the of for by to and or ya aur i me my we us you can could may will would shall like want wish need prefer come coming visit
		appointment book booking request make it that then please pls plz kindly ok okay yes yeah no not instead better best only just time date day days any around about
		possible available free slot change shift move is are be there if so let lets say maybe perhaps how what which suits suit good fine works work pm am
		tareekh tarikh tareek waqt time din roz mujhe mjhe main mai mein men mn hum ham aap ap ji jee han haan nahi kar kr karo karein karen karna krna dein den de dijiye do dena
		aana ana aa a aata aati aaun aoun aunga aungi aaunga sakta sakti sakte skta skti hun hoon hu ho hon hai hain he tha chahiye chahye chahta chahti chahunga hi bhi par pe
		se tak wale wala wali waale theek thik thek sahi bata munasib rakh rakhein rakhen lein le ga gi ge
		کو کے کا کی میں پر سے تک یا اور مجھے ہم آپ جی ہاں نہیں کر کریں کرنا دیں دے دیجیے آنا آ سکتا سکتی سکتے ہوں ہو ہے ہیں چاہیے چاہتا چاہتی ہی بھی والے والا والی ٹھیک
		تاریخ وقت دن روز مناسب رکھ رکھیں لیں گا گی گے`)
)

func words[V comparable](lists map[V]string) map[string]V {
	all := map[string]V{}
	for v, list := range lists {
		for _, w := range strings.Fields(list) {
			all[foldWord(w)] = v
		}
	}
	return all
}

func wordSet(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(list) {
		all[foldWord(w)] = true
	}
	return all
}

// foldWord makes words alike that only look different: case, digits of other scripts, letters that Arabic and Urdu
// keyboards give differently, marks above and below.
func foldWord(w string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(w) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
		case r == 'ي', r == 'ى':
			b.WriteRune('ی')
		case r == 'ك':
			b.WriteRune('ک')
		case r == 'ه', r == 'ة', r == 'ۃ', r == 'ە':
			b.WriteRune('ہ')
		case r >= '٠' && r <= '٩':
			b.WriteRune(r - '٠' + '0')
		case r >= '۰' && r <= '۹':
			b.WriteRune(r - '۰' + '0')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// nearWord returns the value of the one word that differs from w in a single letter: one more, one less, another, or two
// exchanged. Short words are too much alike for that.
func nearWord[V comparable](all map[string]V, w string) (v V, found bool) {
	if len(w) < 5 {
		return v, false
	}
	for known, value := range all {
		if len(known) < 5 || !oneApart(w, known) {
			continue
		}
		if found && value != v {
			return v, false
		}
		v, found = value, true
	}
	return v, found
}

// oneApart tells whether two words differ in one letter at most.
func oneApart(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 2 { // a letter of Urdu has two bytes
		return false
	}
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	swapped := len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
	return len(x) <= 1 && len(y) <= 1 || swapped
}
