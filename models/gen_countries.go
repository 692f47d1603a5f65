//go:build ignore

// Gen_countries writes countries.tsv, the countries with their regions and
// names, made from the Unicode CLDR data in the npm packages cldr-core and
// cldr-localenames-full, version 48. Its argument is the folder that holds the
// two. To regenerate the file, in an empty folder outside this repository:
//
//	npm install cldr-core@48 cldr-localenames-full@48
//
// and then, in this folder, with CLDR set to the node_modules of that one:
//
//	go generate
//
// The tables in gen_countries_names.go hold what is not in CLDR, old and common
// names above all, and the few names where another choice suits this directory.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"os"
	"slices"
	"strings"

	"samband/models"
)

var (
	shown    = []string{"en", "sv", "da", "nb", "fi", "is"} // a column each; models.Country.Name finds them by the header line
	searched = []string{"de", "fr", "es", "et", "nn"}       // in the column of further names
	// The last column has all languages that are official in some country, and
	// these Nordic ones.
	northern = []string{"fo", "kl", "se", "smn", "sma", "smj", "sms"}
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen_countries: ")
	if len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("give the folder that holds cldr-core and cldr-localenames-full (go generate: set CLDR to it)")
	}
	cldr := open(os.DirFS(os.Args[1]))
	out := cldr.preamble() + "# code\tregion\t" + strings.Join(shown, "\t") + "\tmore\tforeign\n"
	for _, row := range cldr.rows() {
		out += strings.Join(row, "\t") + "\n"
	}
	if err := os.WriteFile("countries.tsv", []byte(out), 0o644); err != nil {
		log.Fatal(err)
	}
}

// data is what is read from CLDR.
type data struct {
	dir     fs.FS
	Version string              // of the packages
	alpha3  map[string]string   // by code, deprecated and private ones too
	regions map[string]string   // slug by code
	spoken  map[string][]string // official languages by code
	// official are the languages that are official in some country.
	official []string
	names    map[string]map[string]string // by language, then by code or code-alt-x
}

func open(dir fs.FS) *data {
	d := &data{dir: dir, alpha3: map[string]string{}, regions: map[string]string{}, spoken: map[string][]string{}, names: map[string]map[string]string{}}
	d.read("cldr-core/package.json", d)

	var core struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Alpha3 string `json:"_alpha3"`
			}
			TerritoryContainment map[string]struct {
				Contains []string `json:"_contains"`
			}
			TerritoryInfo map[string]struct {
				LanguagePopulation map[string]struct {
					Status string `json:"_officialStatus"`
				}
			}
		}
	}
	for _, file := range []string{"codeMappings", "territoryContainment", "territoryInfo"} {
		d.read("cldr-core/supplemental/"+file+".json", &core)
	}
	for code, m := range core.Supplemental.CodeMappings {
		d.alpha3[code] = m.Alpha3
	}
	for group, slug := range slugs {
		for _, code := range core.Supplemental.TerritoryContainment[group].Contains {
			d.regions[code] = slug
		}
	}
	for code, info := range core.Supplemental.TerritoryInfo {
		for _, lang := range slices.Sorted(maps.Keys(info.LanguagePopulation)) {
			switch info.LanguagePopulation[lang].Status {
			case "official", "de_facto_official":
				d.spoken[code] = append(d.spoken[code], strings.ReplaceAll(lang, "_", "-"))
			}
		}
		d.official = append(d.official, d.spoken[code]...)
	}
	slices.Sort(d.official)
	d.official = slices.Compact(d.official)
	return d
}

func (d *data) read(name string, to any) {
	text, err := fs.ReadFile(d.dir, name)
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		log.Fatal(name, ": ", err)
	}
}

// in returns the names in a language, nil if CLDR has none.
func (d *data) in(lang string) map[string]string {
	if names, ok := d.names[lang]; ok {
		return names
	}
	var locale struct {
		Main map[string]struct {
			LocaleDisplayNames struct{ Territories map[string]string }
		}
	}
	name := "cldr-localenames-full/main/" + lang + "/territories.json"
	if _, err := fs.Stat(d.dir, name); err == nil {
		d.read(name, &locale)
	}
	d.names[lang] = locale.Main[lang].LocaleDisplayNames.Territories
	return d.names[lang]
}

// codes returns the codes of ISO 3166-1 and XK: those with an English name, less
// the groups, the deprecated, the reserved and the pseudo ones.
func (d *data) codes() []string {
	no := strings.Fields("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ")
	var codes []string
	for code := range d.in("en") {
		if len(code) == 2 && !slices.Contains(no, code) {
			codes = append(codes, code)
		}
	}
	if len(codes) != 250 {
		log.Fatalf("%d codes instead of ISO's 249 and XK: look at what is new", len(codes))
	}
	slices.Sort(codes)
	return codes
}

// rows returns the rows of all countries. A foreign name that is another
// country's too, in whatever language, is left out: nobody can tell which of
// the two is meant.
func (d *data) rows() (rows [][]string) {
	owners := map[string]string{} // by spelling: a code, or "" for several
	own := func(code, name string) {
		for _, spelling := range spellings(name) {
			if owner, owned := owners[spelling]; owned && owner != code {
				owners[spelling] = ""
			} else {
				owners[spelling] = code
			}
		}
	}
	for _, code := range d.codes() {
		row := d.row(code)
		rows = append(rows, row)
		for _, name := range slices.Concat(row[2:2+len(shown)], strings.Split(row[2+len(shown)], "|")) {
			own(code, name)
		}
	}
	foreign := map[string][]string{}
	known := maps.Clone(owners) // before the foreign names
	for _, code := range d.codes() {
		foreign[code] = d.foreign(code)
		for _, name := range foreign[code] {
			own(code, name)
		}
	}
	for i, row := range rows {
		var names []string
		for _, name := range foreign[row[0]] {
			folded := unspaced(name)
			_, already := known[folded]
			alone := !slices.ContainsFunc(spellings(name), func(s string) bool { return owners[s] == "" })
			if !already && alone && d.regions[strings.ToUpper(folded)] == "" {
				known[folded] = row[0]
				names = append(names, name)
			}
		}
		rows[i] = append(row, strings.Join(names, "|"))
	}
	return rows
}

// spellings returns the spellings by which models finds a name; it finds codes
// and acronyms only as they are.
func spellings(name string) (all []string) {
	for _, spelling := range models.Spellings(name) {
		if folded := unspaced(name); len(folded) > 3 || spelling == folded {
			all = append(all, strings.ReplaceAll(spelling, " ", ""))
		}
	}
	return all
}

// unspaced returns a name folded and without spaces.
func unspaced(name string) string { return strings.ReplaceAll(models.Fold(name), " ", "") }

// foreign returns the country's names in all official languages, with
// repetitions, and the Russian ones in Latin letters too.
func (d *data) foreign(code string) (names []string) {
	for _, lang := range slices.Concat(d.official, northern) {
		name := d.in(lang)[code]
		if name == code {
			continue // CLDR has none
		}
		names = append(names, name)
		if lang == "ru" {
			for _, way := range romanised {
				names = append(names, way.Replace(name))
			}
		}
	}
	return names
}

// romanised writes Russian in Latin letters as in English, as in the Nordic
// languages, and as in other Slavic ones.
var romanised = []*strings.Replacer{
	romanisedBy("zh kh ts ch sh shch yu ya y"), romanisedBy("zj kh ts tj sj sjtj ju ja j"), romanisedBy("ž h c č š šč iu ia i"),
}

func romanisedBy(rest string) *strings.Replacer {
	ways := strings.Fields("а a б b в v г g д d е e ё jo з z и i к k л l м m н n о o п p р r с s т t у u ф f ы y э e")
	ways = append(ways, "ъ", "", "ь", "")
	latin := strings.Fields(rest)
	for i, r := range strings.Fields("ж х ц ч ш щ ю я й") {
		ways = append(ways, r, latin[i])
	}
	for small := range slices.Chunk(ways, 2) {
		ways = append(ways, strings.ToUpper(small[0]), small[1])
	}
	return strings.NewReplacer(ways...)
}

func (d *data) row(code string) []string {
	row := []string{code, d.regions[code]}
	seen := map[string]bool{"": true}
	for _, lang := range shown {
		name := d.shown(code, lang)
		row = append(row, name)
		seen[models.Fold(name)] = true
	}
	var also []string
	for _, name := range d.searched(code) {
		folded := models.Fold(name)
		isCode := d.regions[strings.ToUpper(unspaced(name))] != ""
		if !seen[folded] && !isCode { // RU is Russia, though Spanish for the United Kingdom
			seen[folded] = true
			also = append(also, name)
		}
	}
	return append(row, strings.Join(also, "|"))
}

// shown returns the name to show: CLDR's standard name, unless there is a better
// one.
func (d *data) shown(code, lang string) string {
	names := d.in(lang)
	short, _, _ := strings.Cut(cmp.Or(names[code+"-alt-short"], names[code]), " (")
	if name := better[code+" "+lang]; name != "" {
		return name
	} else if slices.Contains(shorter, code) {
		return short
	}
	return strings.NewReplacer(" & ", " and ", " - ", "-").Replace(names[code])
}

// searched returns all names that should find the country, by source, with
// repetitions.
func (d *data) searched(code string) []string {
	var all []string
	for _, lang := range slices.Concat(shown, searched, d.spoken[code]) {
		names := d.in(lang)
		all = append(all, names[code])
		for _, key := range slices.Sorted(maps.Keys(names)) {
			if strings.HasPrefix(key, code+"-alt-") {
				all = append(all, names[key])
			}
		}
	}
	for line := range strings.Lines(more + former) {
		if c, names, _ := strings.Cut(strings.TrimSpace(line), " "); c == code {
			all = append(all, strings.Split(names, "|")...)
		}
	}
	for _, name := range all {
		all = append(all, strings.NewReplacer(" & ", " and ", "St. ", "Saint ").Replace(name))
	}
	return append(all, d.alpha3[code])
}

func (d *data) preamble() string {
	licence, err := fs.ReadFile(d.dir, "cldr-core/LICENSE")
	if err != nil {
		log.Fatal(err)
	}
	text := ""
	for line := range strings.Lines(fmt.Sprintf(about, d.Version) + strings.TrimSpace(string(licence))) {
		text += strings.TrimRight("# "+line, " \r\n") + "\n"
	}
	return text
}

const about = `Countries and territories: made by gen_countries.go, not by hand.
Source: Unicode CLDR %s, npm packages cldr-core and cldr-localenames-full.
Taken: codes (ISO 3166-1 alpha-2, and XK), alpha-3 codes, UN M49 groups, and names.
Added: the old and common names in gen_countries.go, at the end of the last column but one.
Columns, tab-separated: code, region, name in each language of the last line
with a #, further names by which it should be found, and those in the other
official languages of the world, by which it should be found whole (the Russian
ones in Latin letters too), separated by |, none of them twice when folded.
Licence of the CLDR data: Unicode License v3, as follows.

`
