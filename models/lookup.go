package models

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Officers returns all officers, by name and then by key. The caller must not
// change the slice.
func (d *Directory) Officers() []Officer { return d.byName() }

// Agencies returns all agencies, by country, kind and key.
func (d *Directory) Agencies() []Agency {
	return slices.SortedFunc(maps.Values(d.agencies), CompareAgencies)
}

// AgencyNamed returns the agency with a key, which may stand in brackets at the end of
// the text, the zero Agency if there is none.
func (d *Directory) AgencyNamed(text string) Agency {
	key := bracketed(text)
	for _, a := range d.agencies {
		if a.Key == key && key != "" {
			return a
		}
	}
	return Agency{}
}

// CompareAgencies orders agencies by country, kind and key.
func CompareAgencies(a, b Agency) int {
	return cmp.Or(cmp.Compare(a.Country, b.Country), compareKinds(a.Kind, b.Kind), strings.Compare(a.Key, b.Key))
}

// Body returns the body of a key, nil if there is none.
func (d *Directory) Body(key BodyKey) *Body { return d.bodies[key] }

// Bodies returns all bodies, by key.
func (d *Directory) Bodies() []*Body {
	return slices.SortedFunc(maps.Values(d.bodies), func(a, b *Body) int { return strings.Compare(string(a.Key), string(b.Key)) })
}

// Children returns the bodies whose parent a body is, by key: those without one for
// "".
func (d *Directory) Children(of BodyKey) []*Body {
	return slices.DeleteFunc(d.Bodies(), func(b *Body) bool { return b.Parent != of })
}

// BodiesNamed returns the bodies that a person may mean by text: the one whose key
// stands in brackets at its end, or those with that key or name, now or ever, in any
// spelling, or else those with a name in which each word of text begins a word, by key.
func (d *Directory) BodiesNamed(text string) []*Body {
	if b := d.bodies[BodyKey(bracketed(text))]; b != nil {
		return []*Body{b}
	}
	for _, whole := range []bool{true, false} {
		named := slices.DeleteFunc(d.Bodies(), func(b *Body) bool { return !b.CalledBy(text, whole) })
		if len(named) > 0 {
			return named
		}
	}
	return nil
}

// Route returns the way to officers of an agency whose own contacts are not shown:
// the contact points of its state for its matter, or for both if it has none of its
// own.
func (d *Directory) Route(a Agency) []ContactPoint {
	if a.Kind.Posts() {
		return d.Fallback(a.Country, a.Kind.Matter())
	}
	return d.contacts[a.Country]
}

// Hosted returns the postings that a body hosts on some day, by key.
func (d *Directory) Hosted(by BodyKey) []*Post { return d.places[Place{Body: by}] }

// A City is a city where postings of a country sit.
type City struct {
	Name    string
	Country Country
}

// Cities returns the cities where some posting that a country hosts sits, ever, by
// name.
func (d *Directory) Cities() []City {
	all := map[City]bool{}
	for _, p := range d.posts.All() {
		if p.HostBody == "" && p.HostCity != "" {
			all[City{p.HostCity, p.HostCountry}] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b City) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Country, b.Country))
	})
}

// PlacesNamed returns the places that a person may mean by text: by the code of a
// place, or by any name of a country, a body or a city, in any spelling. Bodies and
// cities that are called just so come before what is only begun.
func (d *Directory) PlacesNamed(text string) (places []Place) {
	if at, ok := ParsePlace(text); ok && d.Knows(at) {
		return []Place{at}
	}
	add := func(at Place) {
		if !slices.Contains(places, at) {
			places = append(places, at)
		}
	}
	bodies, folded := d.BodiesNamed(text), Fold(text)
	for _, b := range bodies {
		add(Place{Body: b.Key})
	}
	for _, c := range d.Cities() {
		if folded != "" && slices.Contains(Spellings(c.Name), folded) {
			add(Place{Country: c.Country})
		}
	}
	for _, c := range knownCities()[folded] {
		add(Place{Country: c.country})
	}
	if len(bodies) > 0 && bodies[0].CalledBy(text, true) {
		return places
	}
	for _, c := range FindCountries(text) {
		add(Place{Country: c})
	}
	return places
}

// PlaceSpellings returns every folded spelling of every name by which PlacesNamed finds a
// place, its code among them, each once: of a country its cities' names too, of a body
// those that it had.
func (d *Directory) PlaceSpellings(at Place) (all []string) {
	seen := map[string]bool{"": true}
	add := func(spellings ...string) {
		for _, one := range spellings {
			if !seen[one] {
				seen[one] = true
				all = append(all, one)
			}
		}
	}
	add(Fold(at.String()))
	if b := d.bodies[at.Body]; b != nil {
		for _, name := range b.called() {
			add(Spellings(name)...)
		}
		return all
	}
	add(countrySpellings()[at.Country]...)
	for _, p := range d.places[at] {
		if p.HostBody == "" && p.HostCountry == at.Country {
			add(Spellings(p.HostCity)...)
		}
	}
	return all
}

// countrySpellings are those of the names of all countries, and of their cities that are
// known, by country.
var countrySpellings = sync.OnceValue(func() map[Country][]string {
	by := map[Country][]string{}
	for code, row := range countries().rows {
		for _, name := range slices.Concat(row.names, row.also, row.foreign) {
			by[code] = append(by[code], spellingsOf(name)...)
		}
	}
	for _, city := range KnownCities() {
		for _, name := range city.Names() {
			by[city.Country] = append(by[city.Country], Spellings(name)...)
		}
	}
	return by
})

// Projects returns all projects, by first day and then by key.
func (d *Directory) Projects() []Project {
	return slices.SortedFunc(maps.Values(d.projects), func(a, b Project) int {
		return cmp.Or(cmp.Compare(a.First, b.First), strings.Compare(a.Key, b.Key))
	})
}

// Project returns a project by ID, the zero Project if there is none.
func (d *Directory) Project(id int64) Project { return d.projects[id] }

// Assignment returns an assignment by ID, and its posting, nil if there is none.
func (d *Directory) Assignment(id int64) (Assignment, *Post) {
	for _, p := range d.posts.All() {
		for _, a := range p.Assignments {
			if a.ID == id {
				return a, p
			}
		}
	}
	return Assignment{}, nil
}

// OfficersNamed returns the officers that a person may mean by text: the one
// with that key or number, which may stand in brackets at the end of the text,
// or else all with that name, in any spelling, by key.
func (d *Directory) OfficersNamed(text string) []Officer {
	key, name := bracketed(text), Fold(text)
	if o, there := d.officerCalled(key); there {
		return []Officer{o}
	}
	if name == "" {
		return nil
	}
	var named []Officer
	for _, o := range d.officers.All() {
		if slices.Contains(Spellings(o.Name), name) {
			named = append(named, *o)
		}
	}
	slices.SortFunc(named, func(a, b Officer) int { return strings.Compare(a.Key, b.Key) })
	return named
}

// officerCalled returns the officer with a key or number, and whether there is one.
func (d *Directory) officerCalled(key string) (Officer, bool) {
	if key == "" {
		return Officer{}, false
	}
	i, _ := slices.BinarySearchFunc(d.keys, key, func(k officerKey, key string) int { return strings.Compare(k.key, key) })
	if i < len(d.keys) && d.keys[i].key == key {
		return d.Officer(d.keys[i].id), true
	}
	id, _ := strconv.ParseInt(strings.TrimPrefix(key, "#"), 10, 64)
	o := d.Officer(id)
	return o, o.ID != 0 && o.Number() == key
}

// HoldingsNamed returns the assignments of others than an officer that a person may
// mean by text on some days: the one with that key, which may stand in brackets at
// the end of the text, or else those of the officers, or to the places, of that name
// in any spelling that share a day with them.
func (d *Directory) HoldingsNamed(text string, days Period, but int64) (named []Holding) {
	key, name := bracketed(text), Fold(text)
	for _, p := range d.Posts() {
		for _, a := range p.Assignments {
			if a.Key == key && key != "" {
				return []Holding{{a, p}}
			}
			if name != "" && a.OfficerID != but && p.Term(a).Overlaps(days) &&
				(slices.Contains(Spellings(d.Officer(a.OfficerID).Name), name) || p.calledBy(name)) {
				named = append(named, Holding{a, p})
			}
		}
	}
	return named
}

// calledBy reports whether a folded text is the name of the posting's city, country
// or body, or its key.
func (p *Post) calledBy(folded string) bool {
	switch {
	case Fold(p.Key) == folded:
		return true
	case p.Body != nil:
		return p.Body.CalledBy(folded, true)
	}
	return slices.Contains(Spellings(p.HostCity), folded) || slices.Contains(FindCountries(folded), p.HostCountry)
}

// PostNamed returns the posting with a key, which may stand in brackets at the
// end of the text, and nil if there is none.
func (d *Directory) PostNamed(text string) *Post {
	key := bracketed(text)
	i, _ := slices.BinarySearchFunc(d.byKey, key, func(p *Post, key string) int { return strings.Compare(p.Key, key) })
	if i < len(d.byKey) && d.byKey[i].Key == key {
		return d.byKey[i]
	}
	return nil
}

// bracketed returns what stands in brackets at the end of text, or else the
// whole of it.
func bracketed(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, '('); i >= 0 && strings.HasSuffix(text, ")") {
		return text[i+1 : len(text)-1]
	}
	return text
}
