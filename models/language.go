package models

import "slices"

// A Language is one in which people can read the directory.
type Language struct {
	Code string // BCP 47
	Name string // its own name for itself
	// Order is the language whose alphabet sorts for it: its own, or where
	// golang.org/x/text/collate does not know that (nb), one with the same letters
	// in the same order (nn).
	Order string
}

// A line here and a file views/lang/CODE.json make a language: everything else
// that depends on which there are comes from this table.
var languages = []Language{
	{"en", "English", "en"},
	{"sv", "Svenska", "sv"},
}

// Languages returns the languages. The first is for those who ask for none of
// them, and is what a text that a language lacks is said in.
func Languages() []Language { return slices.Clone(languages) }

// LanguageOf returns the language of a code, the first one for an unknown code.
func LanguageOf(code string) Language {
	for _, l := range languages {
		if l.Code == code {
			return l
		}
	}
	return languages[0]
}
