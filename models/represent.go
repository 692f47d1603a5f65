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
	Post       *Post
	Agency     Agency // that sends the posting
	Resident   bool
	Reason     []Message
}

// A NextChange is the first later day whose list of answers differs, and what
// happens then.
type NextChange struct {
	On     Date
	Reason []Message
}

// WhoRepresents answers the main question: every assignment that acts for the
// state, resident before side-accredited, then the state's own officer before
// another's, then the agency that matches the matter before the other, then
// the earlier start, then by key.
func (d *Directory) WhoRepresents(q Question) Reply {
	reply := Reply{Fallback: d.Fallback(q.State, q.Matter)}
	var next changeFinder
	for _, post := range d.Covering(q.Place) {
		acting := d.acting(q, post)
		n := len(reply.Answers)
		for a, days := range turns(post.Assignments, acting) {
			if days.Has(q.On) {
				reply.Answers = append(reply.Answers, d.answer(q, post, *a))
			}
			next.offer(q.On, days, turn{post, a})
		}
		if len(reply.Answers) == n {
			reply.WhyNot = append(reply.WhyNot, d.whyNot(q, post, acting))
		}
	}
	slices.SortFunc(reply.Answers, q.order)
	reply.Next = d.nextChange(q, &next, len(reply.Answers))
	return reply
}

// order compares answers: the one to turn to first comes first.
func (q Question) order(a, b Answer) int {
	return cmp.Or(
		first(a.Resident, b.Resident),
		first(a.Agency.Country == q.State, b.Agency.Country == q.State),
		first(a.Agency.Kind == q.Matter, b.Agency.Kind == q.Matter),
		cmp.Compare(a.Assignment.First, b.Assignment.First),
		strings.Compare(a.Assignment.Key, b.Assignment.Key),
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

func (d *Directory) answer(q Question, post *Post, a Assignment) Answer {
	answer := Answer{
		Assignment: a, Officer: d.officers[a.OfficerID], Post: post,
		Agency: d.agencies[post.AgencyID], Resident: q.Place == post.Host(),
	}
	answer.Reason = answer.reason(q)
	return answer
}

// Term returns the days of the assignment on which its posting exists.
func (a Answer) Term() Period { return a.Post.Term(a.Assignment) }

// reason says why the answer represents the state, in the order of the rules
// that rank it.
func (a Answer) reason(q Question) []Message {
	seat := Say("answer.resident", "posting", &a.Post.Posting)
	if !a.Resident {
		seat = Say("answer.side", "place", q.Place, "posting", &a.Post.Posting)
	}
	whose := Say("answer.own", "state", q.State, "kind", a.Agency.Kind)
	if a.Agency.Country != q.State {
		whose = Say("answer.other", "state", q.State, "sending", a.Agency.Country, "kind", a.Agency.Kind, "matter", q.Matter)
	}
	days := a.Term()
	term := Say("answer.term", "first", days.First, "last", days.Last)
	if days.Last.Open() {
		term = Say("answer.open_term", "first", days.First)
	}
	return []Message{seat, whose, term}
}
