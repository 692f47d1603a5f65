package models

import (
	"cmp"
	"slices"
	"strings"
)

// A reach is what a question is asked of: the postings that ever cover its place, and
// for each the days on which it answers if somebody holds it. They are the same on
// whatever day one asks.
type reach struct {
	posts  []*Post
	acting [][]Period
}

func (d *Directory) reach(q Question) reach {
	posts := d.Covering(q.Place)
	acting := make([][]Period, len(posts))
	for i, p := range posts {
		acting[i] = d.acting(q, p)
	}
	return reach{posts, acting}
}

// A representing is an Answer as it is found and put into order: small, since of most
// questions there are several lists until the next change is known.
type representing struct {
	assignment *Assignment // of a post in the directory: not to be changed
	post       *Post
	of         *Assignment // whom a stand-in stands in for, at ofPost
	ofPost     *Post
	country    State // of the agency that sends the posting
	matter     Matter
	days       Period
	until      Date // of an absence
	resident   bool
	absent     bool
	standsIn   bool
}

// forID is the ID of the assignment stood in for, 0 if there is none.
func (a *representing) forID() int64 {
	if a.of == nil {
		return 0
	}
	return a.of.ID
}

// filled makes Answers of what was found, without officers and reasons.
func (d *Directory) filled(found []representing) []Answer {
	if len(found) == 0 {
		return nil
	}
	all := make([]Answer, len(found))
	for i := range found {
		a, to := &found[i], &all[i]
		to.Assignment, to.Post, to.Agency, to.Resident, to.Days = *a.assignment, a.post, d.agencies[a.post.AgencyID], a.resident, a.days
		to.Absent, to.AbsentUntil, to.StandsIn = a.absent, a.until, a.standsIn
		if a.of != nil {
			to.For = Holding{*a.of, a.ofPost}
		}
	}
	return all
}

// representing returns the answers to a question in their order.
func (d *Directory) representing(q Question, in reach) []representing {
	all, standIns := make([]representing, 0, min(len(in.posts), 64)), false
	for i, post := range in.posts {
		if !anyHas(in.acting[i], q.On) {
			continue
		}
		sending := d.agencies[post.AgencyID]
		for a := range turnsOn(post.Assignments, in.acting[i], q.On) {
			one := representing{assignment: a, post: post, resident: q.Place == post.Host(), days: post.Term(*a),
				country: sending.Country, matter: sending.Kind.Matter()}
			one.until, one.absent = post.AbsentOn(*a, q.On)
			all = append(all, one)
			if !one.absent {
				continue
			}
			for _, id := range standInsOf(*a) {
				if run, counts := runWith(d.counting(post, *a, id), q.On); counts {
					by, holding := one, d.standIns()[id]
					by.assignment, by.absent, by.until = &holding.Assignment, false, 0
					by.standsIn, by.of, by.ofPost, by.days = true, a, post, run
					all, standIns = append(all, by), true
				}
			}
		}
	}
	slices.SortFunc(all, q.order)
	if standIns {
		all = once(all)
	}
	return all
}

// once keeps of the answers of one assignment the first, and for whom it stands in
// best.
func once(sorted []representing) (all []representing) {
	for _, a := range sorted {
		i := slices.IndexFunc(all, func(b representing) bool { return a.assignment.ID == b.assignment.ID })
		switch {
		case i < 0:
			all = append(all, a)
		case !all[i].standsIn:
			all[i].standsIn, all[i].of, all[i].ofPost = true, a.of, a.ofPost
		}
	}
	return all
}

// order compares answers: the one to turn to first comes first.
func (q Question) order(a, b representing) int {
	if c := cmp.Or(
		first(!a.absent, !b.absent),
		first(a.resident, b.resident),
		first(a.country == q.State, b.country == q.State),
		first(a.matter == q.Matter, b.matter == q.Matter),
		cmp.Compare(a.assignment.First, b.assignment.First),
		strings.Compare(a.assignment.Key, b.assignment.Key),
	); c != 0 {
		return c
	}
	var none Assignment
	of, other := cmp.Or(a.of, &none), cmp.Or(b.of, &none) // of one assignment: an own answer before a stand-in's
	return cmp.Or(cmp.Compare(of.First, other.First), strings.Compare(of.Key, other.Key))
}

// same reports whether two answers of lists are one and the same.
func (a *representing) same(b *representing) bool {
	return a.assignment.ID == b.assignment.ID && a.post.ID == b.post.ID && a.absent == b.absent && a.forID() == b.forID()
}
