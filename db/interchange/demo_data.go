package interchange

import "samband/models"

// The material of the demo data. Cities and kinds of posting are plausible; no
// posting, person or date is real.

var demoAgencies = [][]string{
	{"dk-police", "DK", "police", "Politiet (Rigspolitiet)", "Danish National Police", "", "", ""},
	{"dk-customs", "DK", "customs", "Toldstyrelsen", "Danish Customs Agency", "", "2018-07-01", ""},
	{"fi-police", "FI", "police", "Poliisi (Keskusrikospoliisi)", "National Bureau of Investigation", "KRP", "", ""},
	{"fi-customs", "FI", "customs", "Tulli", "Finnish Customs", "", "", ""},
	{"is-police", "IS", "police", "Ríkislögreglustjóri", "National Commissioner of the Icelandic Police", "RLS", "", ""},
	{"is-customs", "IS", "customs", "Tollgæslan (Skatturinn)", "Iceland Revenue and Customs", "", "", ""},
	{"no-police", "NO", "police", "Politiet (Kripos)", "Norwegian National Criminal Investigation Service", "Kripos", "", ""},
	{"no-customs", "NO", "customs", "Tolletaten", "Norwegian Customs", "", "2016-01-01", ""},
	{"se-police", "SE", "police", "Polismyndigheten (Nationella operativa avdelningen)", "Swedish Police Authority", "NOA", "2015-01-01", ""},
	{"se-rkp", "SE", "police", "Rikskriminalpolisen", "Swedish National Bureau of Investigation", "RKP", "", "2014-12-31"},
	{"se-customs", "SE", "customs", "Tullverket", "Swedish Customs", "", "", ""},
}

// demoRights are the rights of the demo accounts: at least one for each role.
var demoRights = []string{"partner:FI", "coordinator:SE", "coordinator:DK", "coordinator:all", "auditor:all", "administrator:all"}

// demoRestricted is the posting whose holders are hidden.
const demoRestricted = "islamabad-no-police"

// A demoPost is a posting: where it is, whose it is, and its side-accredited
// countries. Its twist is what is unusual about its history.
type demoPost struct {
	city    string
	country models.Country
	agency  string
	sides   string
	twist   demoTwist
}

// A demoTwist is a hard case that a posting demonstrates.
type demoTwist int

const (
	plain      demoTwist = iota
	vacant               // today, with nobody planned
	vacantTill           // today, with somebody planned
	soonVacant           // within half a year
	successor            // planned, with a handover
	suspended            // today
	wasClosed            // years ago
	evacuated            // for a time, years ago
	gap                  // between two holders
	recalled             // a holder, before the planned end
	openEnd              // for longer than anybody has looked into it
	foreign              // an officer of another country
	toOpen               // in the coming year
)

var demoPosts = []demoPost{
	{"Bangkok", "TH", "se-police", "LA KH VN MM", successor},
	{"Bangkok", "TH", "dk-police", "PH VN", wasClosed},
	{"Manila", "PH", "no-police", "PW", plain},
	{"Beijing", "CN", "fi-police", "MN", soonVacant},
	{"Shanghai", "CN", "se-customs", "HK", plain},
	{"Hanoi", "VN", "no-customs", "", toOpen},
	{"Canberra", "AU", "dk-police", "NZ FJ", plain},
	{"New Delhi", "IN", "dk-police", "NP BD LK", gap},
	{"Islamabad", "PK", "no-police", "AF", evacuated},
	{"Tashkent", "UZ", "fi-police", "KZ KG TJ TM", vacantTill},
	{"Dubai", "AE", "se-police", "OM BH QA KW", plain},
	{"Amman", "JO", "dk-police", "LB IQ", plain},
	{"Ankara", "TR", "se-police", "AZ", successor},
	{"Istanbul", "TR", "no-customs", "", plain},
	{"Tbilisi", "GE", "se-police", "AM", recalled},
	{"Kyiv", "UA", "fi-police", "MD", plain},
	{"Moscow", "RU", "fi-police", "BY", wasClosed},
	{"Saint Petersburg", "RU", "se-rkp", "", wasClosed},
	{"Vilnius", "LT", "fi-police", "", soonVacant},
	{"Riga", "LV", "se-customs", "", plain},
	{"Tallinn", "EE", "fi-customs", "", openEnd},
	{"Warsaw", "PL", "dk-police", "CZ SK", plain},
	{"Berlin", "DE", "no-police", "", plain},
	{"Hamburg", "DE", "dk-customs", "", plain},
	{"London", "GB", "no-police", "IE", successor},
	{"London", "GB", "dk-customs", "IE", plain},
	{"Paris", "FR", "se-customs", "MC", plain},
	{"Madrid", "ES", "no-police", "PT AD GI", plain},
	{"Málaga", "ES", "fi-police", "", foreign},
	{"Rome", "IT", "dk-police", "MT SM VA", gap},
	{"Athens", "GR", "fi-police", "CY", plain},
	{"Belgrade", "RS", "se-police", "ME MK", plain},
	{"Sarajevo", "BA", "se-police", "HR", soonVacant},
	{"Tirana", "AL", "no-police", "XK", plain},
	{"Bucharest", "RO", "dk-police", "BG", vacant},
	{"Budapest", "HU", "fi-customs", "SI", plain},
	{"Rabat", "MA", "dk-police", "DZ TN", plain},
	{"Nairobi", "KE", "no-police", "UG TZ RW SO", successor},
	{"Addis Ababa", "ET", "se-police", "DJ", suspended},
	{"Pretoria", "ZA", "no-police", "NA BW SZ LS MZ", plain},
	{"Abuja", "NG", "se-police", "GH BJ", vacant},
	{"Washington", "US", "se-police", "CA", plain},
	{"Bogotá", "CO", "dk-customs", "EC PE PA", plain},
	{"Brasília", "BR", "no-customs", "AR UY PY", recalled},
}

// demoDesks are the postings at organisations. They represent their own state
// only.
var demoDesks = []struct {
	body, agency string
}{
	{"europol", "fi-police"}, {"europol", "se-police"}, {"europol", "is-police"},
	{"interpol-lyon", "no-police"}, {"interpol-singapore", "dk-police"}, {"unodc", "se-customs"},
}

// demoNames are given and family names of each state: common ones that combine
// freely.
var demoNames = map[models.State][2][]string{
	models.Denmark: {{"Mette", "Søren", "Camilla", "Jens", "Kirsten", "Rasmus", "Åse", "Niels", "Louise", "Bjørn"},
		{"Kjær", "Mølgaard", "Østergaard", "Nørgaard", "Bæk", "Skov", "Lund", "Højer", "Ravn", "Dahl"}},
	models.Finland: {{"Päivi", "Jyrki", "Elina", "Antti", "Sari", "Mikko", "Åke", "Riikka", "Jukka", "Veera"},
		{"Mäkelä", "Åkerblom", "Toivonen", "Hämäläinen", "Koskinen", "Lindroos", "Räsänen", "Ylönen", "Salmi", "Öhman"}},
	models.Iceland: {{"Þóra", "Ægir", "Sigríður", "Jón", "Guðrún", "Ólafur"},
		{"Jónsdóttir", "Guðmundsson", "Einarsdóttir", "Þorsteinsson", "Ásgeirsdóttir", "Björnsson"}},
	models.Norway: {{"Øystein", "Ingrid", "Åse", "Lars", "Sigrid", "Håkon", "Marit", "Bjørn", "Kari", "Espen"},
		{"Bråten", "Ødegård", "Lunde", "Solberg", "Haugen", "Ås", "Nygård", "Vik", "Sæther", "Moen"}},
	models.Sweden: {{"Åsa", "Lars", "Karin", "Erik", "Anna", "Örjan", "Maria", "Göran", "Eva", "Björn"},
		{"Lindqvist", "Ödegård", "Sjöberg", "Åkesson", "Nyström", "Bergman", "Ängström", "Hall", "Söderlund", "Ek"}},
}

var demoRanks = map[string]string{
	"dk-police": "vicepolitiinspektør", "dk-customs": "chefkonsulent", "fi-police": "rikoskomisario", "fi-customs": "tulliylitarkastaja",
	"is-police": "lögreglufulltrúi", "is-customs": "tollfulltrúi", "no-police": "politioverbetjent", "no-customs": "tolloverinspektør",
	"se-police": "kriminalkommissarie", "se-rkp": "kriminalinspektör", "se-customs": "tullöverinspektör",
}

var demoLanguages = map[models.State]string{
	models.Denmark: "da en", models.Finland: "fi sv en", models.Iceland: "is en da", models.Norway: "nb en", models.Sweden: "sv en",
}

var demoContacts = [][]string{
	{"DK", "police", "Politiet: international contact point", "", "dk-police@example.org", "24/7"},
	{"DK", "customs", "Toldstyrelsen: international contact point", "", "dk-customs@example.org", "08-16"},
	{"FI", "police", "Keskusrikospoliisi: SPOC Finland", "", "fi-police@example.org", "24/7"},
	{"FI", "customs", "Tulli: international contact point", "", "fi-customs@example.org", "08-16"},
	{"IS", "both", "Ríkislögreglustjóri: alþjóðadeild", "", "is@example.org", "24/7"},
	{"NO", "police", "Kripos: international desk", "", "no-police@example.org", "24/7"},
	{"NO", "customs", "Tolletaten: international contact point", "", "no-customs@example.org", "08-16"},
	{"SE", "police", "Polismyndigheten NOA: internationella enheten", "+46846500400", "se-police@example.org", "24/7"},
	{"SE", "customs", "Tullverket: international contact point", "+46846500401", "se-customs@example.org", "24/7"},
}
