package models

import (
	"cmp"
	"slices"
	"strings"
)

// A Spot is one place and the postings that act there on a day, or would if
// they were held and not suspended, and the place were not at home.
type Spot struct {
	Place    Named
	Standing Standing
	Posts    []SpotPost // resident first, then by key
}

// A SpotPost is a posting that covers a place on a day, and its status.
type SpotPost struct {
	Post     *Post
	Resident bool
	Status   Status // held, vacant or suspended
}

// Spots returns every place abroad that some posting covers on a day for a state in a
// single matter, in the order of Places. An empty state stands for any of the
// five, an empty matter for either.
func (d *Directory) Spots(s State, m Matter, on Date) []Spot {
	var spots []Spot
	for _, at := range d.PlacesAbroad() {
		a := Spot{Place: d.Name(at)}
		var all made
		standIns := false
		for _, p := range d.places[at] {
			if !p.Life().Has(on) || !p.coveredOn(at, on) {
				continue
			}
			c := SpotPost{p, at == p.Host(), p.StatusOn(on)}
			switch {
			case d.atHome(p, s, at):
				all.home = true
			case p.servesOn(s, m, at, on):
				all.count(d.stands(p, at, on))
				standIns = standIns || d.standsInAt(p, on)
			default:
				continue
			}
			a.Posts = append(a.Posts, c)
		}
		if len(a.Posts) == 0 {
			continue
		}
		if standIns {
			all.recount(d.answersOf(s, m, at, on))
		}
		a.Standing = all.standing()
		slices.SortFunc(a.Posts, func(b, c SpotPost) int {
			return cmp.Or(first(b.Resident, c.Resident), strings.Compare(b.Post.Key, c.Post.Key))
		})
		spots = append(spots, a)
	}
	return spots
}

// answersOf returns the answers for a state in a single matter, where an empty
// state stands for any of the five, an empty matter for either.
func (d *Directory) answersOf(s State, m Matter, at Place, on Date) (all []Answer) {
	for _, state := range States() {
		for _, matter := range Matters() {
			if (s == "" || s == state) && (m == "" || m == matter) {
				all = append(all, d.answers(Question{state, matter, at, on})...)
			}
		}
	}
	return all
}

// servesOn reports whether the posting represents s in m on a day, where the
// place is not s itself. An empty s or m stands for any.
func (p *Post) servesOn(s State, m Matter, at Place, d Date) bool {
	return slices.ContainsFunc(p.Representations, func(r Representation) bool {
		return (s == "" || r.State == s) && (m == "" || r.Matter.Includes(m)) && r.Has(d) && r.State.Country() != at.Country
	})
}
