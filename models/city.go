package models

import (
	"cmp"
	_ "embed" // of cities.tsv
	"maps"
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

// KnownCities returns the cities that people name in place of a country, or by several
// names, each by its usual English one, in alphabetical order.
func KnownCities() []City {
	all := map[City]bool{}
	for _, cities := range knownCities() {
		for _, city := range cities {
			all[City{city.names[0], city.country}] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b City) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Country, b.Country))
	})
}

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
