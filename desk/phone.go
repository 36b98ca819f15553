package desk

import (
	"errors"
	"strings"
	"unicode"
)

// ErrNoPhone is returned for a text that is no phone number.
var ErrNoPhone = errors.New("no phone number")

// ParsePhone reads a phone number as people type it and returns it in the international form, "+923001234567". Numbers of
// Pakistan may be written as 0300..., 300..., 92... or 0092..., other countries need + or 00 before their code. Digits may be
// Arabic or Urdu; spaces, dots, dashes, slashes and brackets are skipped. Anything else is ErrNoPhone.
func ParsePhone(text string) (string, error) {
	var digits strings.Builder
	plus := false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '+' && digits.Len() == 0 && !plus:
			plus = true
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r >= '٠' && r <= '٩':
			digits.WriteRune(r - '٠' + '0')
		case r >= '۰' && r <= '۹':
			digits.WriteRune(r - '۰' + '0')
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("-–.()/", r):
		default:
			return "", ErrNoPhone
		}
	}
	n := digits.String()
	if !plus && strings.HasPrefix(n, "00") {
		plus, n = true, n[2:]
	}
	switch {
	case plus && strings.HasPrefix(n, "92"):
		return pakistani(strings.TrimPrefix(n[2:], "0"))
	case plus:
		return foreign(n)
	case strings.HasPrefix(n, "0"):
		return pakistani(n[1:])
	case strings.HasPrefix(n, "92") && len(n) > 10:
		return pakistani(n[2:])
	}
	return pakistani(n)
}

// pakistani takes a number without its country's code or leading zero: a mobile one has ten digits, a landline nine or ten.
func pakistani(n string) (string, error) {
	if len(n) < 9 || len(n) > 10 || n[0] == '0' || n[0] == '3' && len(n) != 10 {
		return "", ErrNoPhone
	}
	return "+92" + n, nil
}

func foreign(n string) (string, error) {
	if len(n) < 7 || len(n) > 15 || n[0] == '0' {
		return "", ErrNoPhone
	}
	return "+" + n, nil
}
