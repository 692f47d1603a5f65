package models

// GivenBodies returns the bodies that every directory has from its beginning: the
// organisations where Nordic officers sit or have sat, with their headquarters.
// Their IDs are negative, since IDs of other records are handed out from 1. The
// trail begins after them.
//
// Headquarters are the organisations' own public addresses.
func GivenBodies() (all []*Body) {
	for i, b := range []Body{
		{Key: "europol", Name: "Europol", HqCountry: "NL", HqCity: "The Hague"},
		{Key: "interpol-lyon", Name: "INTERPOL, Lyon", HqCountry: "FR", HqCity: "Lyon"},
		{Key: "interpol-singapore", Name: "INTERPOL, Singapore", HqCountry: "SG", HqCity: "Singapore"},
		{Key: "unodc", Name: "UNODC", HqCountry: "AT", HqCity: "Vienna"},
		{Key: "eurojust", Name: "Eurojust", HqCountry: "NL", HqCity: "The Hague"},
		{Key: "ameripol", Name: "AMERIPOL", HqCountry: "CO", HqCity: "Bogotá"},
		{Key: "selec", Name: "Southeast European Law Enforcement Center", Acronym: "SELEC", HqCountry: "RO", HqCity: "Bucharest"},
		{Key: "wco", Name: "World Customs Organization", Acronym: "WCO", HqCountry: "BE", HqCity: "Brussels"},
		{Key: "maoc-n", Name: "Maritime Analysis and Operations Centre – Narcotics", Acronym: "MAOC-N", HqCountry: "PT", HqCity: "Lisbon"},
		{Key: "cbss", Name: "Council of the Baltic Sea States", Acronym: "CBSS", HqCountry: "SE", HqCity: "Stockholm"},
	} {
		b.ID, b.Version, b.Kind, b.Ended = -int64(i+1), 1, Organisation, Forever
		all = append(all, &b)
	}
	return all
}
