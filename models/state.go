package models

import "strings"

// A State is one of the five Nordic countries, by its ISO 3166-1 code. Only
// these send officers and are represented. The Faroe Islands, Greenland and
// Åland are not sending states.
type State string

// The Nordic states.
const (
	Denmark State = "DK"
	Finland State = "FI"
	Iceland State = "IS"
	Norway  State = "NO"
	Sweden  State = "SE"
)

// States returns the five Nordic states, by code.
func States() []State { return []State{Denmark, Finland, Iceland, Norway, Sweden} }

// Valid reports whether s is one of the five.
func (s State) Valid() bool {
	switch s {
	case Denmark, Finland, Iceland, Norway, Sweden:
		return true
	}
	return false
}

// Country returns the state as a country.
func (s State) Country() Country { return Country(s) }

// A Matter is what a request is about, and so also the kind of an agency.
type Matter string

// The matters. Both occurs only where a representation or a contact point
// serves either; an agency and a question are of one kind.
const (
	Police  Matter = "police"
	Customs Matter = "customs"
	Both    Matter = "both"
)

// Matters returns the two single matters.
func Matters() []Matter { return []Matter{Police, Customs} }

// Valid reports whether m is police, customs or both.
func (m Matter) Valid() bool { return m.Single() || m == Both }

// Single reports whether m is police or customs, not both.
func (m Matter) Single() bool { return m == Police || m == Customs }

// Includes reports whether what serves m serves the single matter n.
func (m Matter) Includes(n Matter) bool { return m == n || m == Both }

// Other returns the other of the two single matters.
func (m Matter) Other() Matter {
	if m == Police {
		return Customs
	}
	return Police
}

// shares reports whether some single matter is in both m and n.
func (m Matter) shares(n Matter) bool { return m == n || m == Both || n == Both }

// An Organisation is an international organisation that hosts postings, by
// its short name.
type Organisation string

// The organisations that the co-operation posts officers to.
const (
	Europol           Organisation = "europol"
	InterpolLyon      Organisation = "interpol-lyon"
	InterpolSingapore Organisation = "interpol-singapore"
	UNODC             Organisation = "unodc"
)

// organisations holds name and seat. Seats are the organisations' own public
// addresses: The Hague, Lyon, Singapore and Vienna.
var organisations = map[Organisation]struct {
	name, city string
	seat       Country
}{
	Europol:           {"Europol", "The Hague", "NL"},
	InterpolLyon:      {"INTERPOL, Lyon", "Lyon", "FR"},
	InterpolSingapore: {"INTERPOL, Singapore", "Singapore", "SG"},
	UNODC:             {"UNODC", "Vienna", "AT"},
}

// Organisations returns the known organisations, by short name.
func Organisations() []Organisation {
	return []Organisation{Europol, InterpolLyon, InterpolSingapore, UNODC}
}

// Valid reports whether o is a known organisation.
func (o Organisation) Valid() bool { _, ok := organisations[o]; return ok }

// Name returns the name of o as people write it, or o itself if unknown.
func (o Organisation) Name() string {
	if known, ok := organisations[o]; ok {
		return known.name
	}
	return string(o)
}

// Seat returns the country and city where o sits, empty if o is unknown.
func (o Organisation) Seat() (Country, string) {
	known := organisations[o]
	return known.seat, known.city
}

// A Place is what the main question is asked about: a country, or else an
// organisation. Only one of the two is set.
type Place struct {
	Country      Country
	Organisation Organisation
}

// placeOrganisation starts the written form of an organisation as a place.
const placeOrganisation = "org:"

// ParsePlace reads a place as addresses and the API write it: an ISO country
// code in either case, or "org:" and an organisation's short name. It reports
// whether the place is known.
func ParsePlace(s string) (Place, bool) {
	if name, ok := strings.CutPrefix(strings.ToLower(s), placeOrganisation); ok {
		p := Place{Organisation: Organisation(name)}
		return p, p.Organisation.Valid()
	}
	p := Place{Country: Country(strings.ToUpper(s))}
	return p, p.Country.Valid()
}

// Valid reports whether p is a country or an organisation, and not both.
func (p Place) Valid() bool {
	return p.Organisation == "" && p.Country.Valid() || p.Country == "" && p.Organisation.Valid()
}

// String returns the place in the form that ParsePlace reads.
func (p Place) String() string {
	if p.Organisation != "" {
		return placeOrganisation + string(p.Organisation)
	}
	return string(p.Country)
}
