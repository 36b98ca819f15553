package desk

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"skindesk/faq"
)

// ErrNoPhone is returned for a text that is no phone number.
var ErrNoPhone = errors.New("no phone number")

// home is the country whose numbers are written without its code.
const home = "PK"

// ParsePhone reads a phone number as people type it and returns it in the international form, "+923001234567". Numbers of
// Pakistan may be written as 0300..., 300..., 92... or 0092..., other countries need + or 00 before their code. Digits may be
// Arabic or Urdu; spaces, dots, dashes, slashes and brackets are skipped. Anything else is ErrNoPhone.
func ParsePhone(text string) (string, error) {
	var number strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '+' && number.Len() == 0, r >= '0' && r <= '9':
			number.WriteRune(r)
		case r >= '٠' && r <= '٩':
			number.WriteRune(r - '٠' + '0')
		case r >= '۰' && r <= '۹':
			number.WriteRune(r - '۰' + '0')
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("-–.()/", r):
		default:
			return "", ErrNoPhone
		}
	}
	n, err := phonenumbers.Parse(number.String(), home)
	if err != nil || !dialable(n) {
		return "", ErrNoPhone
	}
	phone := phonenumbers.Format(n, phonenumbers.E164)
	if again, err := phonenumbers.Parse(phone, home); err != nil || phonenumbers.Format(again, phonenumbers.E164) != phone || !dialable(again) {
		return "", ErrNoPhone // a row of zeros is long enough, and loses one whenever it is read
	}
	return phone, nil
}

// FindPhone reads a phone number that stands alone or among words, as in "my number is 0300 1234567". ErrNoPhone: there is none, or
// several.
func FindPhone(text string) (phone string, err error) {
	if phone, err := ParsePhone(text); err == nil {
		return phone, nil
	}
	err = ErrNoPhone
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || strings.ContainsRune(":,;،", r) }) {
		found, no := ParsePhone(part)
		switch {
		case no != nil:
		case phone != "":
			return "", ErrNoPhone
		default:
			phone, err = found, nil
		}
	}
	return phone, err
}

// dialable tells whether a number can be one. The library's lists of what is in use are strict and age, so outside of our
// mobile numbers, which everybody mistypes, the right length is enough.
func dialable(n *phonenumbers.PhoneNumber) bool {
	if phonenumbers.IsValidNumber(n) {
		return true
	}
	national := phonenumbers.GetNationalSignificantNumber(n)
	mobile := n.GetCountryCode() == 92 && strings.HasPrefix(national, "3")
	return !mobile && len(national) >= 9 && phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE
}

// IsForeign tells whether a number, as ParsePhone returns it, belongs to another country: such a number is read back.
func IsForeign(phone string) bool { return !strings.HasPrefix(phone, "+92") }

// ShowPhone writes a number, as ParsePhone returns it, for reading.
func ShowPhone(phone string) string {
	n, err := phonenumbers.Parse(phone, home)
	if err != nil {
		return phone
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// LooksLikePhone tells whether somebody has tried to type a phone number, well or not.
func LooksLikePhone(text string) bool {
	digits, others := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !unicode.IsSpace(r) && !strings.ContainsRune("-+().", r):
			others++
		}
	}
	return digits >= 5 && digits > others || digits > 0 && others == 0
}

// Words with which somebody declines, whole or beside a word for the number.
var (
	declines = wordSet(`no not dont don't nope nah nahi nahin nhi nai na without mat skip never نہیں نہ مت`)
	ofPhone  = wordSet(`number numbr nmbr num no. phone fone mobile mob contact cell call whatsapp نمبر فون موبائل کال رابطہ`)
	hereOnly = []string{"here only", "only here", "just here", "telegram only", "only telegram", "chat only", "yahin", "yahan hi", "yahi par", "yahin par", "یہیں", "یہاں ہی"}
	declined = []string{"no", "nope", "nah", "nahi", "nahin", "nhi", "ji nahi", "na", "none", "nothing", "skip", "no thanks", "no thank you", "kuch nahi", "kuch nhi",
		"rehne dein", "rehne do", "rehne den", "chhor dein", "chor dein", "chhoro", "نہیں", "جی نہیں", "کچھ نہیں", "رہنے دیں", "چھوڑ دیں"}
)

// refuses tells whether a text says no and nothing else.
func refuses(text string) bool { return slices.Contains(declined, faq.Normalize(text)) }

// refusesPhone tells whether somebody does not want to give a number.
func refusesPhone(text string) bool {
	if refuses(text) {
		return true
	}
	t := faq.Normalize(text)
	if slices.ContainsFunc(hereOnly, func(say string) bool { return strings.Contains(t, say) }) {
		return true
	}
	no, phone := false, false
	words := strings.Fields(foldWord(text))
	for _, w := range words {
		w = strings.Trim(w, ".,!؟?۔")
		no, phone = no || declines[w], phone || ofPhone[w]
	}
	return no && phone && len(words) <= 12
}

// MaskPhone leaves of a number what its owner knows it by and nobody else can call: "…67".
func MaskPhone(phone string) string { return "…" + phone[max(0, len(phone)-2):] }
