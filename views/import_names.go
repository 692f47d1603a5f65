package views

import (
	"slices"
	"strings"

	"samband/models"
)

// listHeads are the heads of the list of a noun's records, as files for programs have
// them.
var listHeads = map[string][]string{"assignment": assignmentHeads, "posting": postingHeads, "officer": officerHeads}

// ColumnCalled tells which of a noun's columns people mean by the head of a file: what it
// is called in any language, in files, lists or forms. shown is true for what lists show
// beside them. A noun stands for the key of its records.
func (s *Site) ColumnCalled(noun string, own []string, head string) (column string, shown bool) {
	word := models.Fold(strings.TrimSpace(head))
	if slices.Contains(own, "key") && s.means(word, noun, "csv."+noun) {
		return "key", false
	}
	for _, c := range own {
		if s.called(word, "column."+c, "csv."+c) {
			return c, false
		}
	}
	for _, name := range listHeads[noun] {
		shown = shown || s.means(word, name, "csv."+name)
	}
	for _, c := range columns {
		shown = shown || slices.Contains(c.lists, models.List(noun+"s")) && s.means(word, c.name, "column."+c.name)
	}
	for _, c := range own {
		if s.means(word, c, "field."+c) { // "Host country" is what lists call its name
			return c, shown
		}
	}
	return "", shown
}

// means reports whether a folded word is a name, or what one of the sentences says in any
// language.
func (s *Site) means(word, name string, keys ...string) bool {
	return word == models.Fold(name) || s.called(word, keys...)
}

// called reports whether a folded word is what one of the sentences says in any language.
func (s *Site) called(word string, keys ...string) bool {
	for _, lang := range Languages() {
		for _, key := range keys {
			if s.tongues[lang].sentences[key] != nil && models.Fold(s.text(lang, key)) == word {
				return true
			}
		}
	}
	return false
}

// CodeCalled returns the code of what people write for the value of a field, to which p
// points: the name of a country or an area, a word for yes, and so on, in any language.
// known is false for what is a code already, and for texts.
func (s *Site) CodeCalled(p any, text string) (code string, known bool) {
	switch p.(type) {
	case *bool:
		for _, lang := range Languages() {
			for code, key := range map[string]string{"yes": "yes", "no": "no"} {
				if s.tongues[lang].sentences[key] != nil && models.Fold(s.text(lang, key)) == models.Fold(text) {
					return code, true
				}
			}
		}
	case *models.Country:
		return countryCalled(text, models.Countries())
	case *models.State:
		var countries []models.Country
		for _, state := range models.States() {
			countries = append(countries, state.Country())
		}
		return countryCalled(text, countries)
	case *models.AreaCodes:
		return s.areasCalled(text)
	case *models.AgencyKind:
		return codeCalled(s, text, models.AgencyKinds())
	case *models.Matter:
		return codeCalled(s, text, append(models.Matters(), models.Both))
	case *models.SeatRole:
		return codeCalled(s, text, models.SeatRoles())
	case *models.BodyKind:
		return codeCalled(s, text, models.BodyKinds())
	case *models.Membership:
		return codeCalled(s, text, models.Memberships())
	}
	return "", false
}

func countryCalled(text string, all []models.Country) (code string, known bool) {
	word := models.Fold(text)
	for _, c := range all {
		if slices.ContainsFunc(c.Names(), func(name string) bool { return models.Fold(name) == word }) {
			return string(c), true
		}
	}
	return "", false
}

// codeCalled returns which of all is called by a word in any language.
func codeCalled[T ~string](s *Site, text string, all []T) (code string, known bool) {
	word := models.Fold(text)
	for _, v := range all {
		for _, lang := range Languages() {
			if models.Fold(s.word(lang, v)) == word {
				return string(v), true
			}
		}
	}
	return "", false
}

// areasCalled returns the codes of a list of areas, with commas, semicolons or line ends
// between them.
func (s *Site) areasCalled(text string) (codes string, known bool) {
	var all []string
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		code, is := codeCalled(s, strings.TrimSpace(name), models.Areas())
		if !is {
			return "", false
		}
		all = append(all, code)
	}
	return strings.Join(all, " "), true
}
