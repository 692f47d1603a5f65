package models

import (
	"slices"
	"strings"
)

// A counted is one who answers on a day, as counting finds it.
type counted struct {
	by     Assignment
	from   Posting // that answers
	absent bool
	// standsFor are those absent ones for whom it stands in, the best first.
	standsFor []Assignment
	own       bool // answers for itself, and not only in the place of another
}

// away says whether the holder is away from the posting on the day. That is of one
// assignment, and says nothing about the officer's others.
func (o oracle) away(a Assignment, d Date) bool {
	for _, x := range o.absences {
		if x.AssignmentID == a.ID && in(d, x.Period) {
			return o.holds(a, d)
		}
	}
	return false
}

// standsIn says whether one assignment counts as the stand-in of another on the
// day: the other is away and names it, it holds, and it is not away itself. Whether
// its own posting is suspended does not matter. Only police and customs officers
// stand in where a country or an organisation is the host.
func (o oracle) standsIn(by, a Assignment, d Date) bool {
	for _, x := range o.absences {
		if x.AssignmentID == a.ID && x.StandInID == by.ID && in(d, x.Period) {
			kind := o.agencyWith(o.officerOf(by).AgencyID).Kind
			return o.away(a, d) && o.holds(by, d) && !o.away(by, d) && (o.seat(o.postOf(a)) || kind == "police" || kind == "customs")
		}
	}
	return false
}

// answers lists who answers on the day, the one to turn to first first: those who
// hold a posting that answers, and in the place of those who are away their
// stand-ins. Nobody is listed twice.
func (o oracle) answers(s State, m Matter, place Place, d Date) (list []counted) {
	var all []counted
	for _, a := range o.assignments {
		p := o.postOf(a)
		if !o.holds(a, d) || !o.posting(p, s, m, place, d) {
			continue
		}
		away := o.away(a, d)
		all = append(all, counted{by: a, from: p, absent: away, own: true})
		for _, by := range o.assignments {
			if away && o.standsIn(by, a, d) {
				all = append(all, counted{by: by, from: p, standsFor: []Assignment{a}})
			}
		}
	}
	for len(all) > 0 {
		best := 0
		for i := range all {
			if o.before(all[i], all[best], s, m, place) {
				best = i
			}
		}
		one := all[best]
		all = slices.Delete(all, best, best+1)
		if i := slices.IndexFunc(list, func(c counted) bool { return c.by.ID == one.by.ID }); i >= 0 {
			list[i].standsFor = append(list[i].standsFor, one.standsFor...)
		} else {
			list = append(list, one)
		}
	}
	return list
}

// before applies the rules of order. An own officer is one that the state has
// posted. Of one and the same assignment its own answer comes before that in
// another's place, and of those the one for the earlier start, then by key.
func (o oracle) before(a, b counted, s State, m Matter, place Place) bool {
	if a.absent != b.absent {
		return b.absent
	}
	p, q := a.from, b.from
	if o.resident(p, place) != o.resident(q, place) {
		return o.resident(p, place)
	}
	aOwn, bOwn := o.agencyOf(p).Country == s, o.agencyOf(q).Country == s
	if aOwn != bOwn {
		return aOwn
	}
	aMatches, bMatches := string(o.agencyOf(p).Kind) == string(m), string(o.agencyOf(q).Kind) == string(m)
	if aMatches != bMatches {
		return aMatches
	}
	x, y := a.by, b.by
	if x.ID == y.ID {
		if a.own || b.own {
			return a.own && !b.own
		}
		x, y = a.standsFor[0], b.standsFor[0]
	}
	if x.First != y.First {
		return x.First < y.First
	}
	return x.Key < y.Key
}

// days returns the days that an answer on a day has: those of the term, or the
// days in a row on which the stand-in counts.
func (o oracle) days(c counted, d Date) Period {
	if c.by.PostingID == c.from.ID {
		return o.held(c.by)
	}
	return o.runAround(d, func(d Date) bool { return o.standsIn(c.by, c.standsFor[0], d) })
}

// until returns the last of the days in a row on which the holder is away.
func (o oracle) awayUntil(a Assignment, d Date) Date {
	return o.runAround(d, func(d Date) bool { return o.away(a, d) }).Last
}

// sequence writes the list of answers, as far as two lists may differ in it.
func (o oracle) sequence(list []counted) string {
	text := ""
	for _, c := range list {
		text += c.by.Key + "/" + c.from.Key
		if c.absent {
			text += "/absent"
		}
		if len(c.standsFor) > 0 {
			text += "/" + c.standsFor[0].Key
		}
		text += " "
	}
	return text
}

// next walks forward to the first later day with another list of answers, and says
// what becomes of each officer, and whether nobody is left.
func (o oracle) next(answers func(Date) []counted, on Date) string {
	now := answers(on)
	for d := on + 1; d <= o.window.Last; d++ {
		then := answers(d)
		if o.sequence(now) == o.sequence(then) {
			continue
		}
		var turns []string
		for _, a := range now {
			if find(then, a) == nil {
				turns = append(turns, "-"+o.officerOf(a.by).Key)
			}
		}
		for _, b := range then {
			if turn := turned(find(now, b), b); turn != "" {
				turns = append(turns, turn+o.officerOf(b.by).Key)
			}
		}
		if len(turns) == 0 {
			turns = []string{"order"}
		}
		slices.Sort(turns)
		if len(then) == 0 {
			turns = append(turns, "nobody")
		}
		return d.String() + " " + strings.Join(turns, " ")
	}
	return ""
}

func find(list []counted, c counted) *counted {
	for i := range list {
		if list[i].by.ID == c.by.ID {
			return &list[i]
		}
	}
	return nil
}

// turned says what becomes of one who answers on the later day, and was among the
// answers as a, or was not.
func turned(a *counted, b counted) string {
	switch {
	case len(b.standsFor) > 0 && (a == nil || len(a.standsFor) == 0 || a.standsFor[0].ID != b.standsFor[0].ID):
		return "in for "
	case a == nil:
		return "+"
	case b.absent && !a.absent:
		return "away "
	case a.absent && !b.absent:
		return "back "
	case len(a.standsFor) > 0 && len(b.standsFor) == 0:
		return "no more in for "
	}
	return ""
}
