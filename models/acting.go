package models

import (
	"iter"
	"slices"
)

// This file decides on which days a posting answers a question. Answers, the
// days that reasons and findings promise, the next change and the effects of a
// change all follow from it.

// acting returns the days on which the posting answers q, ignoring q.On, if
// somebody holds it, as the fewest possible periods in date order: adjoining
// rows that say the same thing make one period.
func (d *Directory) acting(q Question, p *Post) []Period {
	if d.atHome(p, q.State, q.Place) {
		return nil
	}
	acting := p.Accredited(q.Place)
	represented := p.Represented(q.State, q.Matter)
	var both []Period
	for _, a := range acting {
		for _, r := range represented {
			if days := a.And(r); days.Days() > 0 {
				both = append(both, days)
			}
		}
	}
	if len(p.Suspensions) == 0 {
		return both
	}
	suspended := p.Suspended()
	var rest []Period
	for _, b := range both {
		rest = append(rest, b.Without(suspended)...)
	}
	return rest
}

// atHome reports whether the posting gives no answer for s at a place because
// nobody is represented at home: the place is s itself, or the state that sends
// the posting.
func (d *Directory) atHome(p *Post, s State, at Place) bool {
	return State(at.Country).Valid() && (at.Country == s.Country() || at.Country == d.Sending(p).Country.Country())
}

// turns yields the assignments, each with every period in which it answers,
// given the periods in which its posting does if somebody holds it.
func turns(held []Assignment, acting []Period) iter.Seq2[*Assignment, Period] {
	return func(yield func(*Assignment, Period) bool) {
		for i := range held {
			for _, days := range acting {
				if days = days.And(held[i].Period); days.Days() > 0 && !yield(&held[i], days) {
					return
				}
			}
		}
	}
}

// turnsOn yields the assignments that answer on a day, each once.
func turnsOn(held []Assignment, acting []Period, on Date) iter.Seq[*Assignment] {
	return func(yield func(*Assignment) bool) {
		if !anyHas(acting, on) {
			return
		}
		for i := range held {
			if held[i].Has(on) && !yield(&held[i]) {
				return
			}
		}
	}
}

// answersFrom returns the first day later than after on which one of the
// assignments answers, 0 if none is known.
func answersFrom(held []Assignment, acting []Period, after Date) (from Date) {
	for a, days := range turns(held, acting) {
		if from != 0 && a.First >= from {
			break // held is sorted by first day
		}
		if first := max(days.First, after+1); first <= days.Last && (from == 0 || first < from) {
			from = first
		}
	}
	return from
}

func (p *Post) coveredOn(at Place, d Date) bool {
	return at == p.Host() || slices.ContainsFunc(p.Coverages, func(c Coverage) bool {
		return at == (Place{Country: c.Country}) && c.Has(d)
	})
}

func (p *Post) representsOn(s State, m Matter, d Date) bool {
	return slices.ContainsFunc(p.Representations, func(r Representation) bool {
		return r.State == s && r.Matter.Includes(m) && r.Has(d)
	})
}
