package models

import (
	"slices"
	"strings"
)

// An Area is a subject of co-operation. (A part of the world is a Region.)
type Area string

// areas are the areas of co-operation that bodies, projects, officers and
// postings name.
var areas = []Area{"cybercrime", "equipment", "forensics", "training", "narcotics", "smuggling_of_people", "vehicle_crime",
	"organised_groups", "child_abuse", "firearms", "money_laundering", "customs_fraud", "property_crime", "fugitives", "terrorism"}

// Areas returns all areas.
func Areas() []Area { return slices.Clone(areas) }

// Valid reports whether s is a known area.
func (a Area) Valid() bool { return slices.Contains(areas, a) }

// AreaCodes are areas as files write them: with a space between, each once.
type AreaCodes string

// List returns the areas.
func (c AreaCodes) List() (all []Area) {
	for word := range strings.FieldsSeq(string(c)) {
		all = append(all, Area(word))
	}
	return all
}

// Has reports whether s is among the areas.
func (c AreaCodes) Has(a Area) bool { return slices.Contains(c.List(), a) }

// areas refuses what is no area, and one that is named twice.
func (ps *Problems) areas(c AreaCodes) {
	all := c.List()
	for i, s := range all {
		switch {
		case !s.Valid():
			ps.add("areas", "problem.area", "value", string(s))
		case slices.Contains(all[:i], s):
			ps.add("areas", "problem.area_twice", "area", s)
		default:
			continue
		}
		return
	}
}
