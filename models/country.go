package models

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:generate go run gen_countries.go gen_countries_names.go $CLDR

// A Country is a country or territory that may be a place, by its ISO 3166-1
// alpha-2 code in capitals, or XK, a user-assigned code, for Kosovo. Which
// they are, their regions and their names come from Unicode CLDR, with old and
// common names added: see countries.tsv and gen_countries.go. None of it
// implies that anybody recognises a state.
type Country string

// Valid reports whether c is the code of a country, in capitals: "th" is not
// valid, though FindCountries accepts it.
func (c Country) Valid() bool { return countries().rows[c] != nil }

// Name returns the name of c in a language that has a column in countries.tsv,
// and in English for any other. It returns the code of an unknown country, so
// that what is stored can always be shown.
func (c Country) Name(lang string) string {
	row := countries().rows[c]
	if row == nil {
		return string(c)
	}
	return row.names[max(0, slices.Index(countries().langs, lang))]
}

// Names returns the names of c in all languages in which it has one to show, and its
// old and common names; none of an unknown country.
func (c Country) Names() []string {
	if row := countries().rows[c]; row != nil {
		return slices.Concat(row.names, row.also)
	}
	return nil
}

// Region returns the region where c lies, or "" if c is unknown.
func (c Country) Region() Region {
	if row := countries().rows[c]; row != nil {
		return row.region
	}
	return ""
}

// Countries returns all countries, by code.
func Countries() []Country { return slices.Clone(countries().codes) }

// A Region is a part of the world by which countries are grouped: a sub-region
// of the UN's standard M49, except that Melanesia, Micronesia, Polynesia and
// (as in CLDR) Antarctica are one, oceania, and that Sub-Saharan Africa and
// Latin America and the Caribbean are split into their parts.
type Region string

var regions = []Region{
	"northern-europe", "western-europe", "eastern-europe", "southern-europe",
	"northern-africa", "western-africa", "middle-africa", "eastern-africa", "southern-africa",
	"western-asia", "central-asia", "southern-asia", "south-eastern-asia", "eastern-asia",
	"northern-america", "central-america", "caribbean", "south-america",
	"australia-and-new-zealand", "oceania",
}

// Regions returns the regions in the order in which they are listed: Europe
// first, then continent by continent.
func Regions() []Region { return slices.Clone(regions) }

// Valid reports whether r is a region.
func (r Region) Valid() bool { return slices.Contains(regions, r) }

// findLimit is the most countries that FindCountries guesses.
const findLimit = 20

// FindCountries returns the countries that a person may mean by text, in any
// case, in any spelling (see Spellings), and with words together or apart.
//
// If text is a two-letter code, it returns that country only, whatever else is
// so called. Otherwise, if text is a whole name in any language that we know,
// old names and alpha-3 codes included, it returns only the countries of that
// name, by code: one, or several for a name like Congo. An English "the" before
// a name is ignored.
//
// Otherwise it returns those with a name in which each word of text begins a
// word, in a Nordic language, a few other European ones, or an official one of
// the country: names that begin with text first, then the shorter name, then by
// code, and no more than 20. Text without a word finds nothing.
func FindCountries(text string) []Country {
	folded := Fold(text)
	if c := Country(strings.ToUpper(unspaced(folded))); c.Valid() {
		return []Country{c}
	}
	for _, name := range []string{folded, strings.TrimPrefix(folded, "the ")} {
		if exact := countryNames().exact[unspaced(name)]; exact != nil {
			return slices.Clone(exact)
		}
	}
	return countryNames().guess(folded)
}

// unspaced joins the words of a folded name: people do not agree on where
// Nord-Makedonia and Sydkorea have a hyphen.
func unspaced(name string) string { return strings.ReplaceAll(name, " ", "") }

//go:embed countries.tsv
var countriesTSV string

// countryTable is countries.tsv as it is read.
type countryTable struct {
	langs []string // in which every country has a name to show, of the header line
	codes []Country
	rows  map[Country]*countryRow
}

type countryRow struct {
	region  Region
	names   []string // one for each of langs
	also    []string // old and common ones
	foreign []string // in other languages
}

var countries = sync.OnceValue(func() countryTable {
	t := countryTable{rows: map[Country]*countryRow{}}
	for line := range strings.Lines(countriesTSV) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if fields[0] == "# code" { // region, the languages, and two columns of further names
			t.langs = fields[2 : len(fields)-2]
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		code, also, foreign := Country(fields[0]), fields[2+len(t.langs)], fields[3+len(t.langs)]
		row := &countryRow{region: Region(fields[1]), names: fields[2 : 2+len(t.langs)]}
		if also != "" {
			row.also = strings.Split(also, "|")
		}
		if foreign != "" {
			row.foreign = strings.Split(foreign, "|")
		}
		t.codes = append(t.codes, code)
		t.rows[code] = row
	}
	return t
})

// nameIndex is what countries are found by. It takes longer to make than to read the
// table, and is made when a name is first looked for.
type nameIndex struct {
	exact    map[string][]Country       // by any name in any spelling, unspaced
	searched map[Country][]searchedName // the names that are guessed, in every spelling
}

// A searchedName is a folded name, with a space before each word and as one word.
type searchedName struct{ words, whole string }

var countryNames = sync.OnceValue(func() nameIndex {
	t := nameIndex{map[string][]Country{}, map[Country][]searchedName{}}
	for _, code := range countries().codes {
		row := countries().rows[code]
		for _, name := range slices.Concat(row.names, row.also) {
			for _, spelling := range t.add(code, name) {
				t.searched[code] = append(t.searched[code], searchedName{" " + spelling, unspaced(spelling)})
			}
		}
		for _, name := range row.foreign {
			t.add(code, name)
		}
	}
	return t
})

// add lets a country be found by a name, and returns the spellings by which it
// was not found before.
func (t nameIndex) add(code Country, name string) (added []string) {
	for _, spelling := range spellingsOf(name) {
		if whole := unspaced(spelling); whole != "" && !slices.Contains(t.exact[whole], code) {
			t.exact[whole] = append(t.exact[whole], code)
			added = append(added, spelling)
		}
	}
	return added
}

// spellingsOf returns the spellings of the name of a country. Alpha-3 codes and the like
// have one only.
func spellingsOf(name string) []string {
	spellings := Spellings(name)
	if len(spellings[0]) <= len("usa") {
		return spellings[:1]
	}
	return spellings
}

// guess returns the countries with a name in which each word of text, which is
// folded, begins a word, the likeliest first. Names of up to three letters,
// such as alpha-3 codes, are left out: nobody types just the beginning of one.
func (t nameIndex) guess(text string) []Country {
	if text == "" {
		return nil
	}
	whole := unspaced(text)
	type guess struct {
		country Country
		rank    int
	}
	var guesses []guess
	for _, code := range countries().codes {
		best := 0 // none
		for _, name := range t.searched[code] {
			if rank := guessRank(name, text, whole); rank > 0 && (best == 0 || rank < best) {
				best = rank
			}
		}
		if best > 0 {
			guesses = append(guesses, guess{code, best})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.rank - b.rank })
	var found []Country
	for _, g := range guesses[:min(len(guesses), findLimit)] {
		found = append(found, g.country)
	}
	return found
}

// guessRank returns how good a guess name is for text, which unspaced is whole:
// the lower, the better, and 0 if it does not match.
func guessRank(name searchedName, text, whole string) int {
	const later = 1 << 16 // longer than any name
	if len(name.words) <= len(" usa") {
		return 0
	} else if strings.HasPrefix(name.whole, whole) {
		return len(name.words)
	}
	for word := range strings.SplitSeq(text, " ") {
		if !strings.Contains(name.words, " "+word) {
			return 0
		}
	}
	return later + len(name.words)
}
