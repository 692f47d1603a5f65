package views

import (
	"strings"

	"github.com/nyaruka/phonenumbers"

	"samband/models"
)

// mostDigits is how many digits a number has at most that can be dialled from abroad
// (ITU-T E.164). Some within Japan have more.
const mostDigits = 15

// Dialled returns a phone number as it is dialled from anywhere (E.164:
// "+46846500401"), and false if it cannot be read as one number. Without the code of a
// country it is a number of home. Words, extensions and a second number make a text
// that cannot be read: none of it may be lost.
func Dialled(phone string, home models.Country) (e164 string, ok bool) {
	phone = strings.TrimSpace(phone)
	other := func(r rune) bool { return !strings.ContainsRune("+0123456789 -.()\u00a0\u2011\u2013", r) }
	if phone == "" || strings.ContainsFunc(phone, other) {
		return "", false
	}
	n, err := phonenumbers.Parse(phone, string(home))
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	e164 = phonenumbers.Format(n, phonenumbers.E164)
	again, err := phonenumbers.Parse(e164, "")
	if err != nil || len(e164) > len("+")+mostDigits ||
		phonenumbers.Format(again, phonenumbers.E164) != e164 { // "000000" of the Cocos Islands loses a zero each time
		return "", false
	}
	return e164, true
}

// Misdialled reports whether there is a phone number that cannot be read: it is kept as
// it was typed, and those who may change it are told.
func Misdialled(phone string, home models.Country) bool {
	_, ok := Dialled(phone, home)
	return phone != "" && !ok
}
