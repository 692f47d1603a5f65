package views

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"samband/models"
)

// Languages returns the codes of the languages of the site. The first is for
// those who ask for none of them.
func Languages() []string { return codesOf(models.Languages()) }

func codesOf(all []models.Language) (codes []string) {
	for _, l := range all {
		codes = append(codes, l.Code)
	}
	return codes
}

// readAs are languages that the site does not have, with the one that most of
// their readers know: golang.org/x/text knows of others, such as nn and fo.
var readAs = map[string]string{"kl": "da", "se": "nb", "smi": "nb"}

// A chooser finds the language for a reader.
type chooser struct {
	codes   []string
	matcher language.Matcher
}

func newChooser(codes []string) chooser {
	c := chooser{codes: codes}
	var tags []language.Tag
	for _, code := range codes {
		tags = append(tags, language.MustParse(code))
	}
	c.matcher = language.NewMatcher(tags)
	return c
}

// has returns the code of the language, and reports whether the site has it.
func (c chooser) has(code string) (string, bool) {
	for _, have := range c.codes {
		if have == code {
			return have, true
		}
	}
	return c.codes[0], false
}

// match returns the best language for what a browser accepts.
func (c chooser) match(accept string) string {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return c.codes[0]
	}
	for i, tag := range wanted {
		base, _ := tag.Base()
		if known, ok := c.has(readAs[base.String()]); ok {
			wanted[i] = language.MustParse(known)
		}
	}
	_, i, _ := c.matcher.Match(wanted...)
	return c.codes[i]
}

var languages = newChooser(Languages())

// MatchLanguage returns the language for a reader: the chosen one, if it is one
// of the site's, else the best match for what the browser accepts.
func MatchLanguage(chosen, accept string) string {
	if code, ok := languages.has(chosen); ok {
		return code
	}
	return languages.match(accept)
}

// newOrder returns what sorts texts for readers of a language. It is not safe for
// concurrent use.
func newOrder(lang string) *collate.Collator {
	return collate.New(language.MustParse(models.LanguageOf(lang).Order))
}
