package models

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestCountriesAreComplete(t *testing.T) {
	all := Countries()
	if len(all) != 250 {
		t.Errorf("%d countries, want the 249 of ISO 3166-1 and XK", len(all))
	}
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("codes are out of order or twice there: %s", all)
	}
	for _, c := range all {
		if !c.Valid() || len(c) != 2 || strings.Trim(string(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			t.Errorf("%q is no code", c)
		}
		if !c.Region().Valid() {
			t.Errorf("%s is in region %q", c, c.Region())
		}
		for _, lang := range countries().langs {
			name := c.Name(lang)
			if name == "" || name == string(c) || name != strings.TrimSpace(name) || strings.ContainsAny(name, "|&") {
				t.Errorf("%s in %s is %q", c, lang, name)
			}
			if first := []rune(name)[0]; !unicode.IsUpper(first) {
				t.Errorf("%s in %s, %q, begins with a small letter", c, lang, name)
			}
		}
	}
}

// Countries go out of use, and groups and reserved codes look like countries.
func TestCountryInvalid(t *testing.T) {
	for _, c := range []Country{"", "th", "T", "THA", "SU", "YU", "DD", "AN", "CS", "TP", "ZR", "BU", "UK", "EU", "EZ", "UN", "IC", "EA", "AC", "TA", "DG", "CP", "CQ", "QO", "XA", "XB", "ZZ", "001", " SE"} {
		if c.Valid() || c.Region() != "" {
			t.Errorf("%q is valid, in region %q", c, c.Region())
		}
		if got := c.Name("sv"); got != string(c) {
			t.Errorf("%q is called %q", c, got)
		}
	}
}

func TestCountryName(t *testing.T) {
	for _, test := range []struct {
		country Country
		names   string // in en sv da nb fi is
	}{
		{"TH", "Thailand Thailand Thailand Thailand Thaimaa Taíland"},
		{"SE", "Sweden Sverige Sverige Sverige Ruotsi Svíþjóð"},
		{"DE", "Germany Tyskland Tyskland Tyskland Saksa Þýskaland"},
		{"SZ", "Eswatini Eswatini Eswatini Eswatini Eswatini Esvatíní"},
		{"TR", "Türkiye Turkiet Tyrkiet Tyrkia Turkki Tyrkland"},
		{"CZ", "Czechia Tjeckien Tjekkiet Tsjekkia Tšekki Tékkland"},
		{"MM", "Myanmar Myanmar Myanmar Myanmar Myanmar Mjanmar"},
		{"XK", "Kosovo Kosovo Kosovo Kosovo Kosovo Kósóvó"},
		{"CV", "Cape_Verde Kap_Verde Kap_Verde Kapp_Verde Kap_Verde Grænhöfðaeyjar"},
		{"MK", "North_Macedonia Nordmakedonien Nordmakedonien Nord-Makedonia Pohjois-Makedonia Norður-Makedónía"},
		{"HK", "Hong_Kong Hongkong Hongkong Hongkong Hongkong Hong_Kong"},
		{"MO", "Macao Macao Macao Macao Macao Makaó"},
		{"CD", "Congo-Kinshasa Kongo-Kinshasa Congo-Kinshasa Kongo-Kinshasa Kongon_demokraattinen_tasavalta Kongó-Kinshasa"},
	} {
		for i, want := range strings.Fields(test.names) {
			want = strings.ReplaceAll(want, "_", " ")
			if got := test.country.Name(countries().langs[i]); got != want {
				t.Errorf("%s in %s is %q, want %q", test.country, countries().langs[i], got, want)
			}
		}
	}
	if got := Country("BA").Name("de"); got != "Bosnia and Herzegovina" {
		t.Errorf("a language without names: %q instead of English", got)
	}
}

func TestRegions(t *testing.T) {
	used := map[Region]bool{}
	for _, c := range Countries() {
		used[c.Region()] = true
	}
	for _, r := range Regions() {
		if !used[r] {
			t.Errorf("no country is in %s", r)
		}
	}
	if len(used) != len(Regions()) || Region("").Valid() || Region("europe").Valid() {
		t.Errorf("used are %v", used)
	}
	for country, want := range map[Country]Region{
		"IS": "northern-europe", "XK": "southern-europe", "TR": "western-asia", "TH": "south-eastern-asia",
		"SZ": "southern-africa", "GL": "northern-america", "US": "northern-america", "CO": "south-america",
		"NZ": "australia-and-new-zealand", "PG": "oceania", "AQ": "oceania", "TW": "eastern-asia",
	} {
		if got := country.Region(); got != want {
			t.Errorf("%s is in %s, want %s", country, got, want)
		}
	}
}

func TestListsAreCopies(t *testing.T) {
	Countries()[0], Regions()[0], FindCountries("Congo")[0] = "??", "??", "??"
	if Countries()[0] == "??" || Regions()[0] == "??" || FindCountries("Congo")[0] == "??" {
		t.Error("a caller changed what the others see")
	}
}

func TestFindCountriesExact(t *testing.T) {
	for _, test := range []struct{ want, texts string }{
		{"DK", "DK|dk| Dk |Danmark|DENMARK|Tanska|Danmörk|Dänemark|DNK"},
		{"SE", "se|sverige|Ruotsi|Svithjod|Svíþjóð|SWE|Rootsi"},
		{"TH", "thaimaa|Taíland|Taı\u0301land|Tailand|tha|Siam|ไทย"},
		{"SZ", "Eswatini|eSwatini|Esvatíní|Swaziland|Swazimaa|Svasíland|SWZ"},
		{"MK", "North Macedonia|Nord-Makedonia|Macedonia|Makedonien|Makedonia|Makedónía|FYROM|Северна Македонија"},
		{"TR", "Türkiye|turkiye|TÜRKİYE|Turkey|Turkiet|Tyrkiet|Tyrkia|Turkki|Tyrkland|Türgi"},
		{"CZ", "Czechia|Česko|Czech Republic|the Czech Republic|Tjeckien|Tjeckiska republiken|Tšekki|Tsekki|Den tsjekkiske republikk"},
		{"MM", "Myanmar|Myanmar (Burma)|Burma|Birma|Búrma|Mjanmar|MMR|မြန်မာ"},
		{"XK", "XK|Kosovo|Kósóvó|Kosova|Kosovë|Косово|XKX|XKK"},
		{"GN", "Guinea|Guinée|Gínea"},
		{"GQ", "Equatorial Guinea|Ekvatorialguinea|Ækvatorialguinea"},
		{"NE", "Niger|NER"},
		{"NG", "Nigeria|Nígería"},
		{"NO", "no|Norge|Noreg|Norja|Noregur"},
		{"IS", "is|Ísland|Island|Islanti"},
		{"IE", "Ireland|Irland|Irlanti|Írland|Éire"},
		{"FR", "fr|Ranska|Frakkland"},
		{"CD", "Congo-Kinshasa|Congo - Kinshasa|DRC|Zaïre|Demokratiska republiken Kongo|Kongo Kinshasa|COD"},
		{"CG", "Kongo-Brazzaville|Kongon tasavalta|Republic of the Congo"},
		{"CD CG", "Congo|Kongo|Kongó"},
		{"KP KR", "Korea|Kórea"},
		{"KR", "South Korea|Sydkorea|Sør-Korea|Republic of Korea|대한민국"},
		{"KP", "North Korea|Nord-Korea|DPRK"},
		{"CI", "Ivory Coast|Côte d’Ivoire|cote d'ivoire|Elfenbenskusten|Norsunluurannikko|Fílabeinsströndin"},
		{"CV", "Cape Verde|Cabo Verde|Kap Verde"},
		{"TL", "East Timor|Timor-Leste|Østtimor|Öst-Timor|Austur-Tímor"},
		{"NL", "The Netherlands|Holland|Hollanti|Alankomaat|Nederländerna"},
		{"GB", "UK|U.K.|Great Britain|England|Storbritannien|Iso-Britannia|Bretland|Skottland"},
		{"US", "USA|U.S.A.|US|America|the United States|Yhdysvallat|Bandaríkin|Förenta staterna"},
		{"AE", "UAE|Emirates|Förenade Arabemiraten|Emiraatit"},
		{"IR", "Iran|Persia|ایران"},
		{"LK", "Ceylon|Sri Lanka"},
		{"BF", "Upper Volta|Øvre Volta|Burkina Faso"},
		{"ZW", "Rhodesia|Zimbabwe"},
		{"KH", "Kampuchea|Kambodja|Cambodia|Kambodsja"},
		{"BY", "Belarus|Belorussia|Vitryssland|Hviderusland|Hviterussland|Valko-Venäjä|Hvíta-Rússland|White Russia"},
		{"RU", "ru|Russian Federation|Ryssland|Venäjä|Россия"},
		{"MD", "Moldova|Moldavien|Moldavia"},
		{"VA", "Vatican|Holy See|Vatikanstaten|Heliga stolen|Vatikaani|Páfagarður"},
		{"BA", "Bosnia|Bosnien|Bosnia & Herzegovina|Bosnia and Herzegovina|Bosnien och Hercegovina"},
		{"TW", "Taiwan|Formosa|台灣"},
		{"PS", "Palestine|Palestina|Palæstina|Palestinian Territories"},
		{"KN", "St. Kitts & Nevis|St Kitts and Nevis|Saint Kitts and Nevis"},
		{"MF", "St. Martin|Saint-Martin"},
		{"EE", "Eesti|Viro|Estland|Eistland"},
		{"GL", "Kalaallit Nunaat|Grønland|Grönland|Grænland"},
	} {
		for text := range strings.SplitSeq(test.texts, "|") {
			if got := codes(FindCountries(text)); got != test.want {
				t.Errorf("%q finds %q, want %q", text, got, test.want)
			}
		}
	}
}

// Old names, names in other languages, and names written together or apart.
func TestFindCountriesByOtherNames(t *testing.T) {
	for _, test := range []struct{ want, texts string }{
		{"TH", "Tæland|Taeland|Tælland|taelland|Tailandia|Thailandia|Tajlandia|Thaïlande"},
		{"BJ", "Dahomey|Dahome"},
		{"GE", "Gruzia|Gruzja|Grúzia|Gruusia|Gruzija|Gruziya|Grusia|Grusien|Грузия|საქართველო"},
		{"MK", "Nordmakedonia|Nord Makedonien|Pohjoismakedonia|Macedonia del Nord|Norður Makedónía"},
		{"KR", "Sydkorea|Syd-Korea|Sørkorea|Soerkorea|Etelä-Korea|Etelakorea|Corea del Sud"},
		{"TL", "Osttimor|Oesttimor|Øst Timor|Timorleste"},
		{"AT", "Österrike|Oesterrike|Osterrike|Østerrike|Oestrig|Autriche|Rakousko|Avusturya"},
		{"AX", "Åland|Aaland|Aland|Aalandinseln"},
		{"DK", "Daenemark|Danimarca|Дания|Daniya"},
		{"GL", "Groenland|Gronland|Grönland"},
		{"GH", "Gold Coast|Guldkusten"},
		{"LS", "Basutoland"},
		{"BW", "Bechuanaland"},
		{"MW", "Nyasaland"},
		{"ML", "French Sudan|Franska Sudan"},
		{"GW", "Portuguese Guinea"},
		{"CD", "Belgian Congo|Belgiska Kongo|Zaire"},
		{"VU", "New Hebrides|Nya Hebriderna"},
		{"KI", "Gilbert Islands"},
		{"TV", "Ellice Islands"},
		{"GY", "British Guiana"},
		{"SR", "Dutch Guiana"},
		{"BZ", "British Honduras"},
		{"BD", "East Pakistan|Östpakistan|Oestpakistan"},
		{"JO", "Transjordan"},
		{"ID", "Dutch East Indies|Nederländska Ostindien"},
		{"MY", "Malaya"},
		{"TO", "Friendly Islands"},
		{"DJ", "French Somaliland"},
		{"IL", "Israel|israel|Ísrael"},
		{"US", "U.S.|u s"},
		{"GB", "U.K.|Wielka Brytania|Großbritannien"},
		{"DE", "Niemcy|Alemania|Nemetorszag|Németország|Германия|Germaniya"},
		{"GR", "Yunanistan|Grecja|Görögország"},
	} {
		for text := range strings.SplitSeq(test.texts, "|") {
			if got := codes(FindCountries(text)); got != test.want {
				t.Errorf("%q finds %q, want %q", text, got, test.want)
			}
		}
	}
}

func TestFindCountriesGuess(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"no text", "", ""},
		{"no word", " –!", ""},
		{"nonsense", "xyzzy", ""},
		{"the Soviet Union is none", "Soviet", ""},
		{"nor is it in Finnish", "Neuvostoliitto", ""},
		{"the beginning of a name", "Thail", "TH"},
		{"without its marks", "svithj", "SE"},
		{"of an old name", "swazil", "SZ"},
		{"the shorter name first", "Guin", "GN GW GQ PG"},
		{"the words in another order", "Republic Dominican", "DO"},
		{"a name in the form of ISO 3166", "Iran (Islamic Republic of)", "IR"},
		{"the beginning of a name before that of a later word", "arab", "SA AE EG SY LY"},
		{"a code of three letters, ABW, only whole", "ab", "ET"},
		{"every word has to fit", "united xyzzy", ""},
	} {
		if got := codes(FindCountries(test.text)); got != test.want {
			t.Errorf("%s: %q finds %q, want %q", test.name, test.text, got, test.want)
		}
	}
	if got := FindCountries("s"); len(got) != findLimit {
		t.Errorf("one letter finds %d countries, want %d", len(got), findLimit)
	}
}

// What the program shows, it takes back: every name shown, and every code, is
// the name of that country alone.
func TestEveryCountryIsFoundByItsNames(t *testing.T) {
	for _, c := range Countries() {
		texts := []string{string(c), strings.ToLower(string(c))}
		for _, lang := range countries().langs {
			texts = append(texts, c.Name(lang), Fold(c.Name(lang)), strings.ToUpper(c.Name(lang)))
		}
		for _, text := range texts {
			if got := codes(FindCountries(text)); got != string(c) {
				t.Errorf("%s: %q finds %q", c, text, got)
			}
		}
		for _, name := range countryNames().searched[c] {
			if got := FindCountries(name.words); !slices.Contains(got, c) || codes(FindCountries(name.whole)) != codes(got) {
				t.Errorf("%s: %q finds %q", c, name.words, got)
			}
		}
	}
}

func TestFewNamesMeanSeveralCountries(t *testing.T) {
	want := map[string]string{"congo": "CD CG", "kongo": "CD CG", "korea": "KP KR"}
	for name, meant := range countryNames().exact {
		if got := codes(meant); len(meant) > 1 && got != want[name] {
			t.Errorf("%q means %s", name, got)
		}
		if c := Country(strings.ToUpper(name)); c.Valid() {
			t.Errorf("%q, a name of %s, is the code of a country", name, codes(meant))
		}
	}
}

func FuzzFindCountries(f *testing.F) {
	for _, text := range []string{"", "dk", "the ", "Côte d’Ivoire", "a\xff", "ı"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := FindCountries(text)
		if len(got) > findLimit {
			t.Errorf("%q finds %d", text, len(got))
		}
		for i, c := range got {
			if !c.Valid() || slices.Contains(got[:i], c) {
				t.Errorf("%q finds %q", text, got)
			}
		}
	})
}

func codes(cs []Country) string {
	var s []string
	for _, c := range cs {
		s = append(s, string(c))
	}
	return strings.Join(s, " ")
}

func TestEveryLanguageNamesCountries(t *testing.T) {
	if got := strings.Join(countries().langs, " "); got != "en sv da nb fi is" {
		t.Errorf("countries.tsv has names in %s", got)
	}
	for _, l := range Languages() {
		if !slices.Contains(countries().langs, l.Code) {
			t.Errorf("countries.tsv has no names in %s: add it to gen_countries.go", l.Name)
		}
	}
}
