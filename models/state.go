package models

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

// A Matter is what a request is about.
type Matter string

// The matters. Both occurs only where a representation or a contact point
// serves either; a question is about one.
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
