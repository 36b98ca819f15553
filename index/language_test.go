package index

import (
	"testing"

	"skindesk/faq"
)

func TestLanguage(t *testing.T) {
	for want, texts := range map[faq.Language][]string{
		faq.English: {
			"how many sessions do i need", "Does it hurt?", "price", "hw mny sesions", "what is the gap between two sittings", "can i go in the sun", "is it safe for me",
			"ok", "", "?!", "12345", "😀", "i have acne marks on my cheeks", "my doctor said no", "me and my sister want to come",
		},
		faq.RomanUrdu: {
			"kitne session lagte hain", "dard hota hai kya", "mujhe appointment chahiye", "kya ye permanent hai", "result kab tak rehta h", "mera chehra kharab ho gaya hai",
			"sun mein ja sakti hun", "dr sahab se baat karni hai", "acne scars ke liye kitne session lagenge", "fees kitni hai ek session ki", "kya main pregnancy mein karwa sakti hun",
		},
		faq.Urdu: {
			"کتنے سیشن لگتے ہیں", "کیا درد ہوتا ہے؟", "مجھے appointment چاہیے", "micro needling کیا ہے اور کیسے ہوتی ہے", "ڈاکٹر سے بات کرنی ہے", "كتنے سيشن",
		},
	} {
		for _, text := range texts {
			if got := Language(text); got != want {
				t.Errorf("Language(%q) = %s, want %s", text, got, want)
			}
		}
	}
}

func TestUrduShareOfMixedText(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "123": 0, "abc": 0, "ابپ": 1, "abاب": 0.5} {
		if got := urduShare(text); got != want {
			t.Errorf("urduShare(%q) = %v, want %v", text, got, want)
		}
	}
}
