package views

import (
	"slices"

	"samband/models"
)

// A RegionGroup is the rows of one region, or of all bodies.
type RegionGroup[T any] struct {
	Region models.Region // "" for the bodies
	Rows   []T
}

// inRegions groups rows, which must come region by region, and sorts those of
// each by their places' names in a language.
func inRegions[T any](s *Site, lang string, rows []T, place func(T) models.Named) (groups []RegionGroup[T]) {
	order := newOrder(lang)
	for i, r := range rows {
		region := place(r).Country.Region()
		if i == 0 || region != groups[len(groups)-1].Region {
			groups = append(groups, RegionGroup[T]{Region: region})
		}
		last := &groups[len(groups)-1]
		last.Rows = append(last.Rows, r)
	}
	for _, g := range groups {
		slices.SortFunc(g.Rows, func(a, b T) int {
			return order.CompareString(s.word(lang, place(a)), s.word(lang, place(b)))
		})
	}
	return groups
}
