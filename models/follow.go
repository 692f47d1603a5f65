package models

import "slices"

// A Follow is what an account has marked as something whose changes it wants to see:
// a bookmark of its own.
type Follow struct {
	Noun   Followed `json:"noun"`
	Record string   `json:"record"` // the ID of a posting or body, the code of a place's country
}

// Followed is a kind of what can be followed.
type Followed string

// What can be followed. A body is followed as such, and not as a place.
const (
	FollowedPosting Followed = "posting"
	FollowedBody    Followed = "body"
	FollowedPlace   Followed = "place"
)

// Valid reports whether f is a known kind.
func (f Followed) Valid() bool {
	return slices.Contains([]Followed{FollowedPosting, FollowedBody, FollowedPlace}, f)
}

// MostFollows is how much an account can follow.
const MostFollows = 200

// At returns those of the changes that are about a place.
func (c Changes) At(at Place) Changes {
	there := func(places []Named) bool {
		return slices.ContainsFunc(places, func(n Named) bool { return n.Place == at })
	}
	only := Changes{State: c.State, From: c.From, To: c.To}
	for _, list := range []struct {
		from []PlaceChange
		to   *[]PlaceChange
	}{{c.Lost, &only.Lost}, {c.Gained, &only.Gained}, {c.Interrupted, &only.Interrupted}} {
		for _, x := range list.from {
			if there(x.Places) {
				x.Causes = x.CausesAt(at)
				x.Places = slices.DeleteFunc(slices.Clone(x.Places), func(n Named) bool { return n.Place != at })
				*list.to = append(*list.to, x)
			}
		}
	}
	only.Came, only.Went, only.Away = c.terms(func(t TermChange) bool { return there(t.Places) })
	return only
}

// Of returns those of the changes that are about who holds some postings.
func (c Changes) Of(post func(*Post) bool) Changes {
	only := Changes{State: c.State, From: c.From, To: c.To}
	only.Came, only.Went, only.Away = c.terms(func(t TermChange) bool { return post(t.Post) })
	return only
}

// terms returns the changes of holders that pass.
func (c Changes) terms(pass func(TermChange) bool) (came, went, away []TermChange) {
	for _, list := range []struct {
		from []TermChange
		to   *[]TermChange
	}{{c.Came, &came}, {c.Went, &went}, {c.Away, &away}} {
		for _, t := range list.from {
			if pass(t) {
				*list.to = append(*list.to, t)
			}
		}
	}
	return came, went, away
}

// NextTurn returns the first day after another on which the posting opens or has
// closed, or on which a suspension or a term begins or has just ended; 0 if none is
// known.
func (p *Post) NextTurn(after Date) Date {
	n := nextBorder{after: after}
	n.offer(p.Life())
	for _, x := range p.Suspensions {
		n.offer(x.And(p.Life()))
	}
	for _, a := range p.Assignments {
		n.offer(p.Term(a))
	}
	return n.day
}
