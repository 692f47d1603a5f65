//go:build ignore

// Gen_countries writes countries.tsv, the countries with their regions and
// names, made from the Unicode CLDR data in the npm packages cldr-core and
// cldr-localenames-full, version 48. Its argument is the folder that holds the
// two. To make the file anew, in an empty folder outside this repository:
//
//	npm install cldr-core@48 cldr-localenames-full@48
//
// and then, in this folder, with CLDR set to the node_modules of the other:
//
//	go generate
//
// The tables at the end hold what is not in CLDR, old and common names above
// all, and the few names where another choice suits this directory.
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
	shown    = []string{"en", "sv", "da", "nb", "fi", "is"} // a column each
	searched = []string{"de", "fr", "es", "et", "nn"}       // in the last column
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen_countries: ")
	if len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("give the folder that holds cldr-core and cldr-localenames-full (go generate: set CLDR to it)")
	}
	cldr := open(os.DirFS(os.Args[1]))
	out := cldr.preamble()
	for _, code := range cldr.codes() {
		out += strings.Join(cldr.row(code), "\t") + "\n"
	}
	if err := os.WriteFile("countries.tsv", []byte(out), 0o644); err != nil {
		log.Fatal(err)
	}
}

// data is what is read of CLDR.
type data struct {
	dir     fs.FS
	Version string                       // of the packages
	alpha3  map[string]string            // by code, deprecated and private ones too
	regions map[string]string            // slug by code
	spoken  map[string][]string          // official languages by code
	names   map[string]map[string]string // by language, then by code or code-alt-x
}

func open(dir fs.FS) *data {
	d := &data{dir, "", map[string]string{}, map[string]string{}, map[string][]string{}, map[string]map[string]string{}}
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
	}
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

// in returns the names in a language: none if CLDR has no names in it.
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

// codes returns the codes of ISO 3166-1 and XK: those named in English, less
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
		other := len(folded) == 2 && d.regions[strings.ToUpper(folded)] != ""
		if !seen[folded] && !other { // RU is Russia, though Spanish for the United Kingdom
			seen[folded] = true
			also = append(also, name)
		}
	}
	return append(row, strings.Join(also, "|"))
}

// shown returns the name that people are shown: CLDR's standard name, unless
// there is a better one.
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
	for line := range strings.Lines(more) {
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
Added: the old and common names in gen_countries.go, at the end of the last column.
Columns, tab-separated: code, region, name in en, sv, da, nb, fi, is, further
names by which it should be found, separated by |, none of them twice when folded.
Licence of the CLDR data: Unicode License v3, as follows.

`

// slugs names the groups of UN M49 that are regions here.
var slugs = map[string]string{
	"154": "northern-europe", "155": "western-europe", "151": "eastern-europe", "039": "southern-europe",
	"015": "northern-africa", "011": "western-africa", "017": "middle-africa", "014": "eastern-africa", "018": "southern-africa",
	"021": "northern-america", "013": "central-america", "029": "caribbean", "005": "south-america",
	"145": "western-asia", "143": "central-asia", "034": "southern-asia", "035": "south-eastern-asia", "030": "eastern-asia",
	"053": "australia-and-new-zealand", "054": "oceania", "057": "oceania", "061": "oceania", "QO": "oceania",
}

// shorter are those shown by CLDR's short name, or without its brackets:
// Myanmar without (Burma), Hong Kong and Macao without their status.
var shorter = []string{"HK", "MM", "MO"}

// better holds names shown instead of CLDR's, whose Norwegian Kongo alone means
// Congo-Kinshasa.
var better = map[string]string{"CD nb": "Kongo-Kinshasa"}

// more holds further names: old ones, common ones, and parts of a country that
// are asked for as if they were one. A line is a code, a space, and names
// separated by |. Case and marks do not matter, so Birma stands for Bírma too.
const more = `
AE UAE|U.A.E.|Emirates|Emiraten|Emiraterne|Emiratene|Emiraatit|Furstadæmin|FAE
BA Bosnia|Bosnien|Bosnia and Herzegovina|Bosnia-Herzegovina|BiH
BF Upper Volta|Övre Volta|Ylä-Volta|Efri-Volta|Haute-Volta|Obervolta
BN Brunei Darussalam
BY Belorussia|Byelorussia|White Russia|Vitryssland|Hviderusland|Hviterussland|Kviterussland|Weissrussland|Valko-Venäjä
CD Congo|Kongo|Kongó|DR Congo|DR Kongo|DRC|RDC|Democratic Republic of the Congo|Kongo-Kinshasa|Zaire|Saire
CF CAR
CG Congo|Kongo|Kongó|Republic of the Congo|Congo-Brazzaville|Kongo-Brazzaville
CI Ivory Coast|Cote dIvoire
CN People's Republic of China|PRC|Folkrepubliken Kina|Folkerepublikken Kina|Kiinan kansantasavalta|Alþýðulýðveldið Kína
CV Cape Verde|Cabo Verde|Kap Verde|Kapp Verde
CZ Czech Republic|Tjeckiska republiken|Den Tjekkiske Republik|Den tsjekkiske republikk|Tšekin tasavalta|Tékkneska lýðveldið
ET Abyssinia|Abessinien|Abessinia
FK Falklands|Malvinas|Islas Malvinas
FO Faroes|Faeroe Islands
GB UK|U.K.|Great Britain|Britain|Britannia|Storbritannien|England|Englanti|Scotland|Skottland|Skotland|Skotlanti|Wales|Walesi|Northern Ireland|Nordirland|Nord-Irland|Pohjois-Irlanti|Norður-Írland|Stóra-Bretland
GB Förenade kungariket|Det Forenede Kongerige|Det forente kongeriket|Yhdistynyt kuningaskunta|Sameinaða konungsríkið
GR Hellas|Hellenic Republic
IE Eire|Republic of Ireland|Irish Republic|Republiken Irland|Irlannin tasavalta
IN Bharat
IR Persia|Persien|Persía|Islamic Republic of Iran
JP Nippon|Nihon
KG Kirghizia|Kirgizia|Kirgisien|Kirgisia
KH Kampuchea|Kamputsea|Kambodja|Kambodsja
KP Korea|North Korea|DPRK|Democratic People's Republic of Korea|Demokratiska folkrepubliken Korea|Korean demokraattinen kansantasavalta
KR Korea|South Korea|ROK|Republic of Korea|Republiken Korea|Republikken Korea|Korean tasavalta
LA Lao PDR|Lao People's Democratic Republic
LK Ceylon
MD Moldova|Moldavia|Moldavien|Republic of Moldova
MK Macedonia|Makedonien|Makedonia|Makedónía|Makedonija|Mazedonien|Macédoine|FYROM|FYR Macedonia|Former Yugoslav Republic of Macedonia|Republic of Macedonia|Republiken Makedonien
MM Burma|Birma|Búrma|Birmanie|Birmania|Barma
NA South West Africa|Sydvästafrika|Sydvestafrika|Sørvest-Afrika|Lounais-Afrikka
NL Holland|Hollanti|Niðurlönd
PS Palestine|Palestina|Palæstina|Palestiina|State of Palestine|Palestinian Authority|Occupied Palestinian Territory|West Bank|Västbanken|Vestbredden|Länsiranta|Vesturbakkinn|Gaza|Gaza Strip|Gazaremsan|Gazastriben|Gazastripen
RU Russian Federation|Ryska federationen|Den Russiske Føderation|Den russiske føderasjonen|Venäjän federaatio
SA KSA|Kingdom of Saudi Arabia
SJ Svalbard|Jan Mayen|Spitsbergen|Huippuvuoret|Svalbarði
SY Syrian Arab Republic
SZ Swaziland|Svaziland|Swazimaa|Svasíland|Swasiland
TH Siam
TL East Timor|Östtimor|Øst-Timor|Itä-Timor|Austur-Tímor|Timor Leste
TR Turkey|Turkiet|Tyrkiet|Tyrkia|Turkki|Tyrkland|Turkiye
TW Taiwan|Formosa|Republic of China|Chinese Taipei
TZ Tanganyika|Zanzibar|United Republic of Tanzania
US USA|U.S.A.|U.S.|United States of America|America|Amerika|Ameríka|Förenta staterna|De Forenede Stater|De forente stater|Amerikan yhdysvallat|Amerikas förenta stater
VA Vatican|Holy See|Vatikanen|Vatikanet|Vatikan|Vatikaani|Vatíkanið|Páfagarður|Heliga stolen|Den Hellige Stol|Pyhä istuin|Pavestolen|Påvestolen
VN Viet Nam
WS Western Samoa|Västsamoa|Vestsamoa|Vest-Samoa|Länsi-Samoa
XK Kosova|Republic of Kosovo|XKX
ZM Northern Rhodesia|Nordrhodesia
ZW Rhodesia|Rhodesien|Rodesia|Ródesía|Southern Rhodesia
`
