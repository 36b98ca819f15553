package index

import (
	"strings"
	"unicode"

	"skindesk/faq"
)

// particles are Roman Urdu words that hardly a sentence does without and that are no English words.
var particles = set(`hai hain he hay hein ho hoga hogi hongi honge hota hoti hote hun hoon tha thi ka ki ke kay ko se say mein mai mn main mujhe mujhy muje
	mera meri mere hamara aap ap apka apki apke aapka tum kya kia kyun kyu kiun kyon kab kaise kese kesy kaisa kahan kahaan kaun kon konsa kaunsa kitna kitne kitni kitny
	kuch koi nahi nahin nai nhi na bhi bhe aur or ya lekin magar agar phir fir ye yeh wo woh is us iska iske iski uska sab bohat bohot bahut bht zyada ziada
	kar karo karen karein karna karne krna karwa karwana krwana karwaya karwai karwaun kiya karta karti karte karunga raha rahi rahe gaya gayi gai gaye jata jati jate jaye jayen
	jana sakta sakti sakte skta skti chahiye chahie chaiye chahye wala wali wale liye lye lie baad pehle pahle skte ja jao jaye jayega jayegi jayenge milega milegi milenge mile milta milti hua hui hue lagega lagegi lagenge karun karu karwau parta parti parte pare parega nahin sakte
	abhi ab tak sirf bilkul acha achi ache theek thik
	lagta lagti lagte lag dein de dena lena le lun hu rha rhi rhe hy h k pe par per sath saath bina batao bataein batayein bata salam assalam walaikum shukriya jee ji`)

// common are English words that hardly a sentence does without and that are no Roman Urdu.
var common = set(`the a an is are was were be been am i im ive my me you your it its this that these those of for with on in at from by and but if not no dont does do did
	can could will would should how what when where which who why long many much get got have has had there any after before about need want take just more than so they we our
	she her his him them as or out up one day days still last make feel please pls`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// Language guesses the language of a text: by its script, and between English and Roman Urdu by the small words. A text
// without any sign either way is taken for English.
func Language(text string) faq.Language {
	clean := Clean(text)
	if urduShare(clean) > 0.4 {
		return faq.Urdu
	}
	if romanUrduShare(words(clean)) >= 0.5 {
		return faq.RomanUrdu
	}
	return faq.English
}

// urduShare returns which part of the letters is Arabic script, 0 to 1.
func urduShare(clean string) float64 {
	letters, arabic := 0, 0
	for _, r := range clean {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Arabic, r) {
				arabic++
			}
		}
	}
	return float64(arabic) / float64(max(letters, 1))
}

// romanUrduShare returns which part of a text's small words is Roman Urdu, 0 to 1. Words that both languages have count half.
func romanUrduShare(ws []string) float64 {
	var urdu, english float64
	for _, w := range ws {
		switch p, c := particles[w], common[w]; {
		case p && c:
			urdu += 0.3
			english += 0.3
		case p:
			urdu++
		case c:
			english++
		}
	}
	if urdu == 0 {
		return 0
	}
	return urdu / (urdu + english)
}
