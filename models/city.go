package models

import (
	_ "embed" // of cities.tsv
	"slices"
	"strings"
	"sync"
)

//go:embed cities.tsv
var citiesTSV string

// A knownCity is a city that people name in place of its country, or by several names.
type knownCity struct {
	country Country
	names   []string
}

// knownCities are those of cities.tsv, by any of their names in any spelling.
var knownCities = sync.OnceValue(func() map[string][]knownCity {
	by := map[string][]knownCity{}
	for line := range strings.Lines(citiesTSV) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		city, spelt := knownCity{Country(fields[0]), fields[1:]}, map[string]bool{}
		for _, name := range city.names {
			for _, one := range Spellings(name) {
				if !spelt[one] {
					spelt[one] = true
					by[one] = append(by[one], city)
				}
			}
		}
	}
	return by
})

// citiesOf holds the names of the known cities of each country.
var citiesOf = sync.OnceValue(func() map[Country][]string {
	of := map[Country][]string{}
	for _, cities := range knownCities() {
		for _, city := range cities {
			of[city.country] = append(of[city.country], city.names...)
		}
	}
	for c, names := range of {
		slices.Sort(names)
		of[c] = slices.Compact(names)
	}
	return of
})

// CityNames returns the names of the cities of a country that are named in its place,
// or are known by several names. The caller must not change the slice.
func (c Country) CityNames() []string { return citiesOf()[c] }

// Names returns the names that a city is known by, in other languages and of other
// times, its own first.
func (c City) Names() []string {
	names := []string{c.Name}
	for _, known := range knownCities()[Fold(c.Name)] {
		if known.country == c.Country {
			names = append(names, known.names...)
		}
	}
	return names
}
