package models

import "strings"

// A Place is what the main question is asked about: a country, or else a body.
// Only one of the two is set.
type Place struct {
	Country Country
	Body    BodyKey
}

// placeBody starts the written form of a body as a place.
const placeBody = "org:"

// ParsePlace reads a place as addresses, files and the API write it: an ISO
// country code in either case, or "org:" and the key of a body. It reports whether
// it is written as a place; whether there is such a body is for Directory.Knows to
// say.
func ParsePlace(s string) (Place, bool) {
	if key, ok := strings.CutPrefix(strings.ToLower(s), placeBody); ok {
		p := Place{Body: BodyKey(key)}
		return p, p.Body.Valid()
	}
	p := Place{Country: Country(strings.ToUpper(s))}
	return p, p.Country.Valid()
}

// Valid reports whether p is a country or the key of a body, and not both.
func (p Place) Valid() bool {
	return p.Body == "" && p.Country.Valid() || p.Country == "" && p.Body.Valid()
}

// String returns the place in the form that ParsePlace reads.
func (p Place) String() string {
	if p.Body != "" {
		return placeBody + string(p.Body)
	}
	return string(p.Country)
}

// A Named is a place with what it is called, for pages and sentences: of a body
// the record, nil for a country.
type Named struct {
	Place
	Called *Body
}

// Knows reports whether there is such a country or body.
func (d *Directory) Knows(at Place) bool {
	return at.Body == "" && at.Country.Valid() || at.Country == "" && d.bodies[at.Body] != nil
}

// Name returns a place with what it is called. A body that is not there is called
// by its key.
func (d *Directory) Name(at Place) Named {
	if at.Body == "" {
		return Named{Place: at}
	}
	if b := d.bodies[at.Body]; b != nil {
		return Named{at, b}
	}
	return Named{at, &Body{Key: at.Body, Name: string(at.Body)}}
}

// Names does so for several.
func (d *Directory) Names(places []Place) []Named {
	named := make([]Named, len(places))
	for i, at := range places {
		named[i] = d.Name(at)
	}
	return named
}
