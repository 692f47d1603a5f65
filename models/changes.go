package models

import (
	"cmp"
	"slices"
	"strings"
)

// Changes are what happened to a state's coverage from one day to a later one,
// according to two directories or one.
type Changes struct {
	State    State
	From, To Date
	// Lost are places where somebody answered on the first day and nobody does
	// on the last, Gained the reverse, and Interrupted those where somebody
	// answers on both days and nobody did for a time in between.
	Lost, Gained, Interrupted []PlaceChange
	// Came are officers who did not answer for the state on the first day but
	// do later, Went those who answered before the last day but do not on it.
	// An officer who came and went in between is in both. Those who only stand in
	// for others are in neither, but with those who are away.
	Came, Went []TermChange
	// Away are officers who answer for the state and have an absence that begins or
	// goes on in the time, with the days of it.
	Away []TermChange
}

// A PlaceChange is a change that is the same at several places.
type PlaceChange struct {
	Places []Named
	Matter Matter
	// Days are those without an answer, or for Gained those with one; of an
	// effect, those that are lost or gained.
	Days Period
	// Before and After are how many can be turned to, where an effect leaves some.
	Before, After int
	// Causes are why, in an order of places and keys of postings; none of an effect.
	Causes []Cause
}

// Whole reports whether a cause of the change is one of all of it: at every place
// and in the whole matter.
func (c PlaceChange) Whole(why Cause) bool {
	return why.Matter == c.Matter && len(why.Places) == len(c.Places)
}

// CausesAt returns the causes of the change at one of its places.
func (c PlaceChange) CausesAt(at Place) (causes []Cause) {
	for _, why := range c.Causes {
		if slices.ContainsFunc(why.Places, func(n Named) bool { return n.Place == at }) {
			causes = append(causes, why)
		}
	}
	return causes
}

// alike reports whether two changes differ in place and matter only.
func (c PlaceChange) alike(o PlaceChange) bool {
	return c.Days == o.Days && c.Before == o.Before && c.After == o.After
}

// A TermChange is an officer who began or ceased to answer for a state. What it points
// to is the directory's own, and not to be changed.
type TermChange struct {
	Assignment *Assignment
	Officer    *Officer
	Post       *Post
	Agency     *Agency  // that sends the posting
	Places     []Named  // at which the officer answers or answered
	Days       Period   // from the first to the last day of answering, or of an absence
	StandIn    *Officer // of an absence, the zero Officer if there is none; nil of other changes
}

// ChangesFor returns what changed for a state from a day in one directory to a
// later day in another, which may be the same one.
func ChangesFor(s State, before *Directory, from Date, after *Directory, to Date) Changes {
	c := Changes{State: s, From: from, To: to}
	places := slices.Concat(before.Places(), after.Places())
	slices.SortFunc(places, comparePlaces)
	for _, at := range slices.Compact(places) {
		for _, m := range Matters() {
			q := Question{State: s, Matter: m, Place: at}
			c.place(q, before, after)
		}
	}
	c.Lost, c.Gained, c.Interrupted = merged(c.Lost), merged(c.Gained), merged(c.Interrupted)
	asked := Period{from, to}
	was := before.termsFor(s, func(a *Assignment) bool { return a.Overlaps(asked) })
	is := was
	if after != before {
		is = after.termsFor(s, func(a *Assignment) bool { return was[a.ID] != nil || a.Overlaps(asked) })
	}
	within := Period{from + 1, to}
	for id, t := range is {
		if old, known := was[id]; t.answers(within) && !(known && old.answers(Period{from, from})) {
			c.Came = append(c.Came, t.TermChange)
		}
	}
	within = Period{from, to - 1}
	for id, t := range was {
		now, known := is[id]
		answered := t.answers(Period{from, from}) || known && now.answers(within)
		if answered && !(known && now.answers(Period{to, to})) {
			if known {
				t = now // its end is better known by now
			}
			c.Went = append(c.Went, t.TermChange)
		}
	}
	for id, t := range is { // those who came and went, and were not known before
		if _, known := was[id]; !known && t.answers(within) && !t.answers(Period{to, to}) {
			c.Went = append(c.Went, t.TermChange)
		}
	}
	c.Away = after.awayFrom(is, asked)
	slices.SortFunc(c.Came, func(a, b TermChange) int { return byDay(a, b, a.Days.First, b.Days.First) })
	slices.SortFunc(c.Went, func(a, b TermChange) int { return byDay(a, b, a.Days.Last, b.Days.Last) })
	return c
}

func byDay(a, b TermChange, x, y Date) int {
	return cmp.Or(cmp.Compare(x, y), strings.Compare(a.Post.Key, b.Post.Key), cmp.Compare(a.Assignment.ID, b.Assignment.ID))
}

// place notes what changed at one place in one matter, and why, given the days with
// an answer in each directory.
func (c *Changes) place(q Question, before, after *Directory) {
	was, is := before.AnsweredDays(q), after.AnsweredDays(q)
	had, has := anyHas(was, c.From), anyHas(is, c.To)
	lost := func(to *[]PlaceChange, days Period) {
		q.On = days.First
		earlier, was := after, q.On-1
		if q.On == c.From { // it is so by what is known now
			earlier, was = before, c.From
		}
		why := after.whyLost(q, earlier, was)
		*to = append(*to, PlaceChange{Places: []Named{after.Name(q.Place)}, Matter: q.Matter, Days: days, Causes: why})
	}
	switch {
	case had && !has:
		for _, gap := range Always.Without(is) {
			if gap.Has(c.To) {
				gap.First = max(gap.First, c.From) // it was not known until then
				lost(&c.Lost, gap)
			}
		}
	case !had && has:
		for _, p := range is {
			if p.Has(c.To) {
				q.On = p.First
				c.Gained = append(c.Gained, PlaceChange{Places: []Named{after.Name(q.Place)}, Matter: q.Matter, Days: p, Causes: after.whyGained(q)})
			}
		}
	case had && has:
		for _, gap := range (Period{c.From, c.To}).Without(is) {
			lost(&c.Interrupted, gap)
		}
	}
}

func anyHas(days []Period, d Date) bool {
	return slices.ContainsFunc(days, func(p Period) bool { return p.Has(d) })
}

// merged joins like changes: police and customs at one place, and then places. What
// causes them is gathered, and keeps none apart. The earliest comes first.
func merged(list []PlaceChange) []PlaceChange {
	both := gather(list, func(a, b PlaceChange) bool {
		return a.Places[0].Place == b.Places[0].Place && a.alike(b) && a.Matter != b.Matter
	}, func(c *PlaceChange, other PlaceChange) {
		c.Matter, c.Causes = Both, append(c.Causes, other.Causes...)
	})
	all := gather(both, func(a, b PlaceChange) bool { return a.alike(b) && a.Matter == b.Matter }, func(c *PlaceChange, other PlaceChange) {
		c.Places, c.Causes = append(c.Places, other.Places...), append(c.Causes, other.Causes...)
	})
	for i := range all {
		all[i].Causes = gathered(all[i].Causes)
	}
	slices.SortStableFunc(all, func(a, b PlaceChange) int { return cmp.Compare(a.Days.First, b.Days.First) })
	return all
}

// A term is an assignment with the days on which it answers for a state.
type term struct {
	TermChange
	days []Period
}

func (t term) answers(within Period) bool {
	return slices.ContainsFunc(t.days, func(p Period) bool { return p.Overlaps(within) })
}

// termsFor returns the assignments that answer for a state on some day, by ID, of those
// that are asked for.
func (d *Directory) termsFor(s State, asked func(*Assignment) bool) map[int64]*term {
	terms := map[int64]*term{}
	for _, p := range d.posts.All() {
		var held []*Assignment
		for i := range p.Assignments {
			if asked(&p.Assignments[i]) {
				held = append(held, &p.Assignments[i])
			}
		}
		if len(held) > 0 {
			d.termsAt(p, s, held, terms)
		}
	}
	return terms
}

// termsAt adds the assignments of a posting that answer for a state on some day.
func (d *Directory) termsAt(p *Post, s State, held []*Assignment, terms map[int64]*term) {
	sending := d.agencies[p.AgencyID]
	for _, at := range p.everCovers() {
		var acting []Period
		for _, m := range Matters() {
			acting = append(acting, d.acting(Question{State: s, Matter: m, Place: at}, p)...)
		}
		for _, a := range held {
			days := sharing(acting, a.Period)
			if len(days) == 0 {
				continue
			}
			t := terms[a.ID]
			if t == nil {
				t = &term{TermChange: TermChange{Assignment: a, Officer: d.SharedOfficer(a.OfficerID), Post: p, Agency: &sending}}
				terms[a.ID] = t
			}
			t.Places = append(t.Places, d.Name(at))
			t.days = Union(append(t.days, days...))
			t.Days = Period{t.days[0].First, t.days[len(t.days)-1].Last}
		}
	}
}

// awayFrom returns the absences of terms that have a day in a period on which the
// assignment answers.
func (d *Directory) awayFrom(terms map[int64]*term, within Period) (all []TermChange) {
	for _, p := range d.away {
		for _, a := range p.Assignments {
			t := terms[a.ID]
			if t == nil {
				continue
			}
			for _, x := range a.Absences {
				days := x.And(p.Term(a))
				if !t.answers(days.And(within)) {
					continue
				}
				away := t.TermChange
				away.Days, away.StandIn = days, d.SharedOfficer(d.StandIn(p, x.StandInID).OfficerID)
				all = append(all, away)
			}
		}
	}
	slices.SortFunc(all, func(a, b TermChange) int { return byDay(a, b, a.Days.First, b.Days.First) })
	return all
}

// sharing returns the days that each of the periods shares with p, if any.
func sharing(periods []Period, p Period) (shared []Period) {
	for _, q := range periods {
		if q = q.And(p); q.Days() > 0 {
			shared = append(shared, q)
		}
	}
	return shared
}

// AnsweredPlaces counts, for each of the days, the places abroad at which somebody
// answers for a state in either matter.
func (d *Directory) AnsweredPlaces(s State, days []Date) []int {
	counts := make([]int, len(days))
	for _, at := range d.PlacesAbroad() {
		police := d.AnsweredDays(Question{State: s, Matter: Police, Place: at})
		customs := d.AnsweredDays(Question{State: s, Matter: Customs, Place: at})
		for i, day := range days {
			if anyHas(police, day) || anyHas(customs, day) {
				counts[i]++
			}
		}
	}
	return counts
}
