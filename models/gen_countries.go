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
	searched = []string{"de", "fr", "es", "et", "nn"}       // in the column of further names
	// In the last column are all languages that are official in some country,
	// and these of the North.
	northern = []string{"fo", "kl", "se", "smn", "sma", "smj", "sms"}
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen_countries: ")
	if len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("give the folder that holds cldr-core and cldr-localenames-full (go generate: set CLDR to it)")
	}
	cldr := open(os.DirFS(os.Args[1]))
	out := cldr.preamble()
	for _, row := range cldr.rows() {
		out += strings.Join(row, "\t") + "\n"
	}
	if err := os.WriteFile("countries.tsv", []byte(out), 0o644); err != nil {
		log.Fatal(err)
	}
}

// data is what is read of CLDR.
type data struct {
	dir     fs.FS
	Version string              // of the packages
	alpha3  map[string]string   // by code, deprecated and private ones too
	regions map[string]string   // slug by code
	spoken  map[string][]string // official languages by code
	// official are the languages that are so in some country.
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

// spellings returns how a name is found: as models has it, which finds codes and
// acronyms only as they are.
func spellings(name string) (all []string) {
	for _, spelling := range models.Spellings(name) {
		if folded := unspaced(name); len(folded) > 3 || spelling == folded {
			all = append(all, strings.ReplaceAll(spelling, " ", ""))
		}
	}
	return all
}

// unspaced returns a name folded and as one word.
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

// romanised writes Russian as English, as Nordic languages and as other Slavs do.
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
Columns, tab-separated: code, region, name in en, sv, da, nb, fi, is, further
names by which it should be found, and those in the other official languages of
the world, by which it should be found whole (the Russian ones in Latin letters
too), separated by |, none of them twice when folded.
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
GB UK|U.K.|Great Britain|Britain|Britannia|Storbritannien|Großbritannien|England|Englanti|Scotland|Skottland|Skotland|Skotlanti|Wales|Walesi|Northern Ireland|Nordirland|Nord-Irland|Pohjois-Irlanti|Norður-Írland|Stóra-Bretland
GB Förenade kungariket|Det Forenede Kongerige|Det forente kongeriket|Yhdistynyt kuningaskunta|Sameinaða konungsríkið
GE Gruzia|Grusia|Grusien|Gruusia
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
TH Siam|Tæland|Tælland|Tailand
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

// former holds, as more does, what states that have been renamed were called,
// and most colonies before they were states, from about 1900: from ISO 3166-3
// those since 1974, and the others from any atlas of their time. States that
// fell apart into several, as the Soviet Union did, are no country's old name.
const former = `
AE Trucial States|Trucial Oman
AO Portuguese West Africa|Portugisiska Västafrika|Portugisisk Vestafrika
AU New Holland
BD East Pakistan|Östpakistan|Østpakistan|Øst-Pakistan|Itä-Pakistan|Austur-Pakistan
BF Övre Volta|Øvre Volta
BI Urundi
BJ Dahomey|Dahome|Dahomé|Daghomey
BW Bechuanaland|Betschuanaland
BZ British Honduras|Brittiska Honduras|Britisk Honduras|Brittiläinen Honduras
CD Belgian Congo|Belgiska Kongo|Belgisk Congo|Belgisk Kongo|Belgian Kongo|Congo belge|Congo Free State|Kongofristaten|Republic of Zaire|Zaïre
CF Ubangi-Shari|Oubangui-Chari|Ubangi-Chari|Central African Empire|Centralafrikanska kejsardömet|Det centralafrikanske kejserdømme
CG Middle Congo|Franska Kongo|Fransk Congo|Fransk Kongo|French Congo|Moyen-Congo
CK Hervey Islands
DE West Germany|Västtyskland|Vesttyskland|Vest-Tyskland|Länsi-Saksa|Vestur-Þýskaland|BRD|Federal Republic of Germany
DJ French Somaliland|Franska Somaliland|Fransk Somaliland|Ranskan Somalimaa|Afars and Issas|Territoire français des Afars et des Issas
EG United Arab Republic|Förenade arabrepubliken
EH Spanish Sahara|Spanska Sahara|Spansk Sahara|Espanjan Sahara|Río de Oro
FM Caroline Islands|Karolinerna|Karolinerne|Karolinene|Karoliinit
GH Gold Coast|Guldkusten|Guldkysten|Gullkysten|Kultarannikko|Gullströndin|Goldküste
GN French Guinea|Franska Guinea|Fransk Guinea|Guinée française
GQ Spanish Guinea|Spanska Guinea|Spansk Guinea|Espanjan Guinea
GW Portuguese Guinea|Portugisiska Guinea|Portugisisk Guinea|Portugalin Guinea
GY British Guiana|Brittiska Guyana|Britisk Guyana|Brittiläinen Guayana
HK Hongkong
HN Spanish Honduras
HT Saint-Domingue
ID Dutch East Indies|Netherlands East Indies|Nederländska Ostindien|Nederlandsk Ostindien|Hollandsk Ostindien|Nederlandsk Øst-India|Alankomaiden Itä-Intia|Hollannin Itä-Intia|Batavia
IE Irish Free State|Irländska fristaten|Den irske fristat
IN British India|Brittiska Indien|Britisk Indien|Britisk India
IQ Mesopotamia|Mesopotamien
JO Transjordan|Transjordanien|Transjordania
KG Kirgizistan|Kirgisistan|Kirghizstan
KH Khmer Republic|Khmerrepubliken|Democratic Kampuchea
KI Gilbert Islands|Gilbertöarna|Gilbertøerne|Gilbertøyene|Gilbertsaaret|Gilbertseyjar
KZ Kazakstan|Kazachstan|Kasakstan
LS Basutoland|Basutomaa
LY Tripolitania|Tripolitanien|Libyan Arab Jamahiriya
MD Bessarabia|Bessarabien
MG Malagasy Republic|Malagasiska republiken|Den malagassiske republikk
MH Marshallöarna
ML French Sudan|Franska Sudan|Fransk Sudan|Ranskan Sudan|Soudan français
MN Outer Mongolia|Yttre Mongoliet|Ydre Mongoliet|Ytre Mongolia|Ulko-Mongolia
MV Maldive Islands
MW Nyasaland|Njassaland|Nyasamaa
MY Malaya|Malacka|British Malaya|Federation of Malaya
MZ Portuguese East Africa|Portugisiska Östafrika|Portugisisk Østafrika
NA German South West Africa|Tyska Sydvästafrika|Tysk Sydvestafrika
NU Savage Island
NZ Aotearoa
OM Muscat and Oman|Muskat och Oman|Muskat og Oman
PG Papua|New Guinea
PK West Pakistan|Västpakistan|Vestpakistan|Vest-Pakistan
PW Belau|Pelew Islands
RW Ruanda
SB British Solomon Islands
SD Anglo-Egyptian Sudan
SN Senegambia
SR Dutch Guiana|Nederländska Guyana|Nederlandsk Guyana|Hollandsk Guyana|Hollannin Guayana|Surinam
SZ Ngwane
TD Tchad
TG Togoland|French Togoland
TJ Tadjikistan|Tadzjikistan|Tadsjikistan|Tadjikstan
TM Turkmenia|Turkmenien
TO Friendly Islands|Vänskapsöarna
TV Ellice Islands|Elliceöarna|Elliceøerne|Elliceøyene
UA Ukrainian SSR
VI Danish West Indies|Danska Västindien|Dansk Vestindien|De dansk-vestindiske øyer|Tanskan Länsi-Intia
VU New Hebrides|Nya Hebriderna|Ny Hebriderne|Nye Hebrider|Nye Hebridene|Ny-Hebridene|Uudet-Hebridit|Nýju-Hebrídeyjar|Nouvelles-Hébrides
WS German Samoa|Tyska Samoa
YE South Yemen|North Yemen|Sydjemen|Nordjemen|Sydyemen|Nordyemen|Sør-Jemen|Nord-Jemen|Etelä-Jemen|Pohjois-Jemen|Suður-Jemen|Norður-Jemen|Aden
ZM Northern Rhodesia|Nordrhodesia|Nord-Rhodesia|Nordrhodesien|Pohjois-Rhodesia
ZW Southern Rhodesia|Sydrhodesia|Sør-Rhodesia|Sydrhodesien|Etelä-Rhodesia
`
