package models

import (
	"cmp"
	"slices"
	"strings"
)

// An Area is one place and the postings that act there on a day, or would if
// they were held and not suspended, and the place were not at home.
type Area struct {
	Place    Place
	Standing Standing
	Posts    []AreaPost // resident first, then by key
}

// An AreaPost is a posting that covers a place on a day, and its status.
type AreaPost struct {
	Post     *Post
	Resident bool
	Status   Status // held, vacant or suspended
}

// Areas returns every place that some posting covers on a day for a state in a
// single matter, in the order of Places. An empty state stands for any of the
// five, an empty matter for either.
func (d *Directory) Areas(s State, m Matter, on Date) []Area {
	var areas []Area
	for _, at := range d.Places() {
		a := Area{Place: at}
		var all made
		for _, p := range d.places[at] {
			if !p.Life().Has(on) || !p.coveredOn(at, on) {
				continue
			}
			c := AreaPost{p, at == p.Host(), p.StatusOn(on)}
			switch {
			case d.atHome(p, s, at):
				all.home = true
			case p.servesOn(s, m, at, on):
				all.count(c.Status, len(p.HoldersOn(on)), c.Resident)
			default:
				continue
			}
			a.Posts = append(a.Posts, c)
		}
		if len(a.Posts) == 0 {
			continue
		}
		a.Standing = all.standing()
		slices.SortFunc(a.Posts, func(b, c AreaPost) int {
			return cmp.Or(first(b.Resident, c.Resident), strings.Compare(b.Post.Key, c.Post.Key))
		})
		areas = append(areas, a)
	}
	return areas
}

// servesOn reports whether the posting represents s in m on a day, where the
// place is not s itself. An empty s or m stands for any.
func (p *Post) servesOn(s State, m Matter, at Place, d Date) bool {
	return slices.ContainsFunc(p.Representations, func(r Representation) bool {
		return (s == "" || r.State == s) && (m == "" || r.Matter.Includes(m)) && r.Has(d) && r.State.Country() != at.Country
	})
}
