package models

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:generate go run gen_passwords.go $ZXCVBN

// Lengths of a password, in runes. Long ones are refused because anybody could
// make the server hash them.
const (
	shortestPassword   = 12
	shortestPassphrase = 15
	longestPassword    = 200
)

// CheckPassword returns what is wrong with a password that the person with an
// e-mail address has chosen: the first reason only, or nothing.
//
// Length and resistance to guessing are all that counts: any script and spaces
// are allowed, and no kind of character is required. It refuses what guessers
// try first: the passwords in passwords.txt, whatever digits and signs are put
// around them or in place of their letters, short sequences repeated, runs along
// the alphabet or the keyboard, and the person's own address. Several words in a
// row are fine, even common ones.
func CheckPassword(password, email string) Problems {
	return checkSecret("password", password, email, shortestPassword)
}

// CheckPassphrase returns what is wrong with the passphrase of a file that somebody
// takes along. It is as CheckPassword, but longer: whoever has the file can guess for as
// long as he or she likes.
func CheckPassphrase(passphrase, email string) Problems {
	return checkSecret("passphrase", passphrase, email, shortestPassphrase)
}

func checkSecret(field, secret, email string, least int) Problems {
	var ps Problems
	switch length := utf8.RuneCountInString(secret); {
	case !utf8.ValidString(secret) || strings.ContainsFunc(secret, unicode.IsControl):
		ps.add(field, "problem.characters")
	case length < least:
		ps.add(field, "problem.password_short", "least", least)
	case length > longestPassword:
		ps.add(field, "problem.password_long", "most", longestPassword)
	case commonPassword(secret):
		ps.add(field, "problem.password_common")
	case tellsEmail(secret, email):
		ps.add(field, "problem.password_email")
	}
	return ps
}

// tellsEmail reports whether a password is the address, or contains the part
// before its @, if that is long enough to mean something.
func tellsEmail(password, email string) bool {
	password, email = anyCase(password), anyCase(email)
	local := email
	if at := strings.LastIndex(email, "@"); at >= 0 {
		local = email[:at]
	}
	return password == email || utf8.RuneCountInString(local) >= 4 && strings.Contains(password, local)
}

// anyCase returns s in one case, so that texts that differ in case only are equal.
func anyCase(s string) string { return strings.ToLower(strings.ToUpper(s)) }

// commonPassword reports whether a password is among the first that guessers try.
func commonPassword(password string) bool {
	whole := strings.ToLower(password)
	core := strings.TrimFunc(whole, padding)
	if core == "" || listedPassword(whole, core) {
		return true
	}
	for _, s := range []string{whole, core} {
		if r := []rune(s); len(r) >= shortestListed && (repeats(r) || followsRow(s)) {
			return true
		}
	}
	return false
}

// padding reports whether r is one of the characters that people add to a word
// to make it a password. Emoji are not: a password may consist of them.
func padding(r rune) bool {
	if r < utf8.RuneSelf {
		return !unicode.IsLetter(r)
	}
	return unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSpace(r)
}

// listedPassword reports whether core, with some, all or none of the padding
// around it in whole, looks like a password of the list.
func listedPassword(whole, core string) bool {
	list := passwords()
	first := strings.Index(whole, core)
	end := first + len(core)
	looks := looksLike.Replace(whole) // keeps every byte's index
	for i := max(0, end-list.longest); i <= first; i++ {
		for j := end; j <= min(len(looks), i+list.longest); j++ {
			if list.looks[looks[i:j]] {
				return true
			}
		}
	}
	return false
}

// looksLike makes characters that stand for each other the same. The letters i
// and l become one, since 1 stands for either.
var looksLike = strings.NewReplacer(
	"@", "a", "4", "a", "3", "e", "1", "l", "i", "l", "0", "o", "$", "s", "5", "s", "7", "t")

// repeats reports whether r is a sequence of up to six runes over and over, the
// last time perhaps cut short.
func repeats(r []rune) bool {
	for n := 1; n <= min(6, len(r)/2); n++ {
		if slices.Equal(r[n:], r[:len(r)-n]) {
			return true
		}
	}
	return false
}

// passwordRows are the alphabets and the keyboards, these by the row and as a
// whole, row after row.
var passwordRows = []string{
	"1234567890",
	"qwertyuiop", "qwertyuiopå", "asdfghjkl", "asdfghjklöä", "asdfghjklæø", "asdfghjkløæ", "zxcvbnm",
	"abcdefghijklmnopqrstuvwxyz",
	"abcdefghijklmnopqrstuvwxyzåäö", // Swedish, Finnish
	"abcdefghijklmnopqrstuvwxyzæøå", // Danish, Norwegian
	"qwertyuiopasdfghjklzxcvbnm",    // English
	"qwertyuiopåasdfghjklöäzxcvbnm", // Swedish, Finnish
	"qwertyuiopåasdfghjklæøzxcvbnm", // Danish
	"qwertyuiopåasdfghjkløæzxcvbnm", // Norwegian
	"qwertyuiopðasdfghjklæzxcvbnmþ", // Icelandic
	"qwertzuiopüasdfghjklöäyxcvbnm", // German
}

// followsRow reports whether s follows one of passwordRows, forwards or
// backwards, starting anywhere and wrapping around at the end.
func followsRow(s string) bool {
	r := []rune(s)
	slices.Reverse(r)
	back := string(r)
	for _, row := range passwordRows {
		row = strings.Repeat(row, 2+len(s)/len(row))
		if strings.Contains(row, s) || strings.Contains(row, back) {
			return true
		}
	}
	return false
}

//go:embed passwords.txt
var passwordsTXT string

// shortestListed is the length of the shortest passwords in the list.
const shortestListed = 6

// passwordList is passwords.txt, read and indexed.
type passwordList struct {
	looks   map[string]bool // what looksLike makes of each
	longest int             // the length of the longest, in bytes
}

var passwords = sync.OnceValue(func() passwordList {
	list := passwordList{looks: map[string]bool{}}
	for word := range listedPasswords() {
		list.looks[looksLike.Replace(word)] = true
		list.longest = max(list.longest, len(word))
	}
	return list
})

// listedPasswords yields the lines of passwords.txt that are passwords. These
// may begin with #, but not with # and a space, and not be # alone.
func listedPasswords() iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(passwordsTXT) {
			line = strings.TrimSuffix(line, "\n")
			if line != "#" && !strings.HasPrefix(line, "# ") && !yield(line) {
				return
			}
		}
	}
}
