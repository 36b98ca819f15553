package desk

import (
	"slices"
	"strings"
	"unicode"
)

// The questions of the form about who asks: the name and the number.

func names(_ *Form, a Around) []string {
	if _, err := CheckName(a.FirstName); err != nil {
		return nil
	}
	return []string{Known}
}

func takeName(f *Form, a Around, id string) error {
	if id != Known {
		return ErrNoChoice
	}
	name, err := CheckName(a.FirstName)
	if err != nil {
		return err
	}
	f.Name = name
	f.done(AskName)
	return nil
}

func readName(f *Form, _ Around, text string) (Fit, error) {
	for _, before := range []string{"my name is ", "mera naam ", "mera nam ", "i am ", "i'm ", "name: ", "میرا نام "} {
		if len(text) > len(before) && strings.EqualFold(text[:len(before)], before) {
			text = strings.TrimSuffix(strings.TrimSuffix(text[len(before):], " hai"), " ہے")
		}
	}
	name, err := CheckName(text)
	if err == nil && isSentence(name) {
		err = ErrNoName
	}
	if err != nil {
		return Not, err
	}
	f.Name = name
	f.done(AskName)
	if len(strings.Fields(name)) <= 2 {
		return Fits, nil
	}
	return Perhaps, nil
}

// sentenceWords stand in sentences and in nobody's name.
var sentenceWords = wordSet(`the is are was not no yes please i me my you your want need can will what when how why where today tomorrow
	hai hain ho hun hoon tha thi nahi nahin nhi kal aaj parson mujhe mera meri mere aap apka apki kya kab kahan kyun kaise theek thik baat chahiye karna karwana
	ہے ہیں ہو ہوں تھا تھی نہیں کل آج پرسوں مجھے میرا میری آپ کیا کب کہاں کیوں کیسے ٹھیک بات چاہیے کرنا کروانا`)

// isSentence tells whether what was typed for a name is something else.
func isSentence(name string) bool {
	words := strings.Fields(foldWord(name))
	return len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return sentenceWords[w] })
}

// CheckName returns a name as it is kept: two to sixty letters of any script, with spaces, dots, hyphens and apostrophes between
// them. Links, digits and anything else are ErrNoName.
func CheckName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsMark(r), strings.ContainsRune(" .'’-", r), r == '\u200c':
		default:
			return "", ErrNoName
		}
	}
	if letters < 2 || len([]rune(s)) > 60 || strings.Contains(strings.ToLower(s), "www.") {
		return "", ErrNoName
	}
	return s, nil
}

func phones(_ *Form, a Around) []string {
	if a.Phone != "" {
		return []string{Known, HereOnly}
	}
	return []string{HereOnly}
}

func takePhone(f *Form, a Around, id string) error {
	switch {
	case id == HereOnly:
		f.Phone, f.Visit.HereOnly = "", true
	case id == Known && a.Phone != "":
		f.Phone, f.Visit.HereOnly = a.Phone, false
	default:
		return ErrNoChoice
	}
	f.done(AskPhone)
	return nil
}

// GivePhone notes a number that has been checked: typed, or shared as the patient's own contact.
func (f *Form) GivePhone(a Around, phone string) {
	f.setPhone(phone)
	if f.Step == AskPhone {
		f.next(a)
	}
}

func (f *Form) setPhone(phone string) {
	f.Phone, f.Visit.HereOnly = phone, false
	f.done(AskPhone)
}

func readPhone(f *Form, a Around, text string) (Fit, error) {
	phone, err := FindPhone(text)
	switch {
	case err == nil:
		f.setPhone(phone)
		return Fits, nil
	case LooksLikePhone(text):
		return Fits, err
	case refusesPhone(text):
		return Fits, takePhone(f, a, HereOnly)
	}
	return Not, err
}
