package models

import (
	"cmp"
	"slices"
	"strings"
)

// A Question is the main question: who represents State in Matter at Place on
// the day On?
type Question struct {
	State  State
	Matter Matter // police or customs
	Place  Place
	On     Date
}

// A Reply answers a Question.
type Reply struct {
	Answers []Answer // the first is the one to turn to first
	WhyNot  []WhyNot // by key of the posting
	// Fallback is the state's own contact points for the matter.
	Fallback []ContactPoint
	// Next is the first later change of the answers, nil if there is none.
	Next *NextChange
}

// An Answer is one assignment that represents the state, and why.
type Answer struct {
	Assignment Assignment
	Officer    Officer
	Post       *Post  // that answers: for a stand-in, the one stood in for
	Agency     Agency // that sends the posting
	Resident   bool
	// Absent says that the holder is away until AbsentUntil: the last day of an
	// unbroken run of absences.
	Absent      bool
	AbsentUntil Date
	// StandsIn says that the answer stands in for an absent holder, and For for which
	// one: that of the posting, or of another where the answer has a posting of its
	// own. It is zero for a reader who may not know the holder.
	StandsIn bool
	For      Holding
	// Days are those of the term, or of a stand-in's answer the unbroken run on which
	// the stand-in counts.
	Days   Period
	Reason []Message
}

// A NextChange is the first later day whose list of answers differs, and what
// happens then.
type NextChange struct {
	On     Date
	Reason []Message
}

// WhoRepresents answers the main question: every assignment that acts for the
// state, present before absent, then resident before side-accredited, then the
// state's own officer before another's, then the agency that matches the matter
// before the other, then the earlier start, then by key. In the place of an absent
// holder the stand-in answers as well.
func (d *Directory) WhoRepresents(q Question) Reply {
	reply := Reply{Answers: d.answers(q), Fallback: d.Fallback(q.State, q.Matter)}
	for _, post := range d.Covering(q.Place) {
		acting := d.acting(q, post)
		if !post.heldIn(acting, q.On) {
			reply.WhyNot = append(reply.WhyNot, d.whyNot(q, post, acting))
		}
	}
	reply.Next = d.nextChange(q, reply.Answers)
	for i := range reply.Answers {
		a := &reply.Answers[i]
		a.Officer, a.Reason = d.Officer(a.Assignment.OfficerID), d.reason(q, *a)
		if d.Officer(a.For.OfficerID).Hidden() {
			a.For = Holding{}
		}
	}
	return reply
}

// answers returns the answers to a question in their order, without officers and
// reasons.
func (d *Directory) answers(q Question) []Answer {
	var all []Answer
	standIns := false
	for _, post := range d.Covering(q.Place) {
		acting, resident := d.acting(q, post), q.Place == post.Host()
		for a := range turnsOn(post.Assignments, acting, q.On) {
			answer := Answer{Assignment: *a, Post: post, Agency: d.agencies[post.AgencyID], Resident: resident, Days: post.Term(*a)}
			answer.AbsentUntil, answer.Absent = post.AbsentOn(*a, q.On)
			all = append(all, answer)
			if !answer.Absent {
				continue
			}
			for _, id := range standInsOf(*a) {
				if run, counts := runWith(d.counting(post, *a, id), q.On); counts {
					by := answer
					by.Assignment, by.Absent, by.AbsentUntil = d.standIns()[id].Assignment, false, 0
					by.StandsIn, by.For, by.Days = true, Holding{*a, post}, run
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
func once(sorted []Answer) (all []Answer) {
	for _, a := range sorted {
		i := slices.IndexFunc(all, func(b Answer) bool { return a.Assignment.ID == b.Assignment.ID })
		switch {
		case i < 0:
			all = append(all, a)
		case !all[i].StandsIn:
			all[i].StandsIn, all[i].For = true, a.For
		}
	}
	return all
}

// runWith returns the period that a day is in, if it is in one.
func runWith(days []Period, d Date) (Period, bool) {
	for _, p := range days {
		if p.Has(d) {
			return p, true
		}
	}
	return Period{}, false
}

// heldIn reports whether somebody holds the posting on a day that is among the
// given ones.
func (p *Post) heldIn(acting []Period, on Date) bool {
	for range turnsOn(p.Assignments, acting, on) {
		return true
	}
	return false
}

// order compares answers: the one to turn to first comes first.
func (q Question) order(a, b Answer) int {
	return cmp.Or(
		first(!a.Absent, !b.Absent),
		first(a.Resident, b.Resident),
		first(a.Agency.Country == q.State, b.Agency.Country == q.State),
		first(a.Agency.Kind.Matter() == q.Matter, b.Agency.Kind.Matter() == q.Matter),
		cmp.Compare(a.Assignment.First, b.Assignment.First),
		strings.Compare(a.Assignment.Key, b.Assignment.Key),
		cmp.Compare(a.For.First, b.For.First), // of one assignment: an own answer before a stand-in's
		strings.Compare(a.For.Key, b.For.Key),
	)
}

// first compares so that true comes before false.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// Term returns the days of the assignment on which its posting exists.
func (a Answer) Term() Period { return a.Days }

// reason says why the answer represents the state, in the order of the rules
// that rank it.
func (d *Directory) reason(q Question, a Answer) []Message {
	seat := Say("answer.resident", "posting", d.titled(a.Post))
	if !a.Resident {
		seat = Say("answer.side", "place", d.Name(q.Place), "posting", d.titled(a.Post))
	}
	whose := Say("answer.own", "state", q.State, "kind", a.Agency.Kind)
	if a.Agency.Country != q.State {
		whose = Say("answer.other", "state", q.State, "sending", a.Agency.Country, "kind", a.Agency.Kind, "matter", q.Matter)
	}
	said := []Message{seat, whose}
	if !a.StandsIn || a.Assignment.PostingID == a.Post.ID {
		said = append(said, sayDays("answer.term", "answer.open_term", a.Days))
	}
	if a.Absent {
		said = append(said, sayDays("answer.absent", "answer.absent_open", Period{q.On, a.AbsentUntil}))
	}
	if a.StandsIn {
		said = append(said, d.reasonStandIn(q, a))
	}
	return said
}

// reasonStandIn says for whom an answer stands in, and until when.
func (d *Directory) reasonStandIn(q Question, a Answer) Message {
	run, _ := runWith(d.counting(a.For.Post, a.For.Assignment, a.Assignment.ID), q.On)
	of := d.Officer(a.For.OfficerID)
	if of.Hidden() {
		return sayDays("answer.stands_in_hidden", "answer.stands_in_hidden_open", run)
	}
	m := sayDays("answer.stands_in", "answer.stands_in_open", run)
	m.Args = append(m.Args, "officer", of, "posting", d.titled(a.For.Post))
	return m
}

// sayDays returns one message about days that end, and another where they do not.
func sayDays(key, open string, days Period) Message {
	if days.Last.Open() {
		return Say(open, "first", days.First)
	}
	return Say(key, "first", days.First, "last", days.Last)
}
