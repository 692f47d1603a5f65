package models

import (
	"cmp"
	"slices"
	"strings"
)

// A Question is the main one: who represents State in Matter at Place on the
// day On?
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

// A WhyNot is a posting that covers the place on some day, and why it gives
// no answer on this one.
type WhyNot struct {
	Post   *Post
	Why    Why
	Reason []Message
}

// A Why is the first thing that keeps a posting from answering.
type Why string

// The reasons, in the order in which they are looked for.
const (
	NotOpen         Why = "not_open"
	NotYetCovered   Why = "not_yet_covered"
	NoLongerCovered Why = "no_longer_covered"
	NotRepresented  Why = "not_represented"
	WhySuspended    Why = "suspended"
	WhyVacant       Why = "vacant"
)

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
		answers := d.answers(q, post)
		reply.Answers = append(reply.Answers, answers...)
		if len(answers) == 0 {
			why, reason := d.whyNot(q, post)
			reply.WhyNot = append(reply.WhyNot, WhyNot{post, why, reason})
		}
		next.look(q, post)
	}
	slices.SortFunc(reply.Answers, q.order)
	reply.Next = d.nextChange(q, &next, len(reply.Answers))
	return reply
}

// order puts the answer to turn to first first.
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

// answers returns the assignments of one posting that answer q.
func (d *Directory) answers(q Question, post *Post) []Answer {
	if !post.actsOn(q) {
		return nil
	}
	var answers []Answer
	for _, a := range post.Assignments {
		if !a.Has(q.On) {
			continue
		}
		answer := Answer{
			Assignment: a, Officer: d.officers[a.OfficerID], Post: post,
			Agency: d.agencies[post.AgencyID], Resident: q.Place == post.Host(),
		}
		answer.Reason = answer.reason(q)
		answers = append(answers, answer)
	}
	return answers
}

// actsOn reports whether the posting, if somebody holds it, answers q.
func (p *Post) actsOn(q Question) bool {
	_, suspended := p.SuspendedOn(q.On)
	return p.Life().Has(q.On) && p.coveredOn(q.Place, q.On) && p.representsOn(q.State, q.Matter, q.On) && !suspended
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

// whyNot returns the first thing that keeps a posting, which covers the place
// on some day, from answering q.
func (d *Directory) whyNot(q Question, post *Post) (Why, []Message) {
	about := []any{"posting", &post.Posting, "place", q.Place, "state", q.State, "matter", q.Matter}
	say := func(key string, more ...any) []Message {
		return []Message{{key, append(about, more...)}}
	}
	switch {
	case q.On < post.Opened:
		return NotOpen, say("whynot.opens", "day", post.Opened)
	case q.On > post.Closed:
		return NotOpen, say("whynot.closed", "day", post.Closed)
	case !post.coveredOn(q.Place, q.On):
		days := post.Accredited(q.Place)
		if q.On < days[0].First {
			return NotYetCovered, say("whynot.not_yet_covered", "day", days[0].First)
		}
		return NoLongerCovered, say("whynot.no_longer_covered", "day", lastBefore(days, q.On))
	case !post.representsOn(q.State, q.Matter, q.On):
		return NotRepresented, say("whynot.not_represented")
	}
	if s, ok := post.SuspendedOn(q.On); ok {
		return WhySuspended, suspendedReason(say, q.On, s, post)
	}
	if next, ok := post.NextAfter(q.On); ok && next.First <= post.Closed {
		return WhyVacant, say("whynot.vacant_until", "day", next.First-1)
	}
	return WhyVacant, say("whynot.vacant")
}

// suspendedReason says from when until when the posting is suspended around
// day on. Suspensions that overlap or touch are one.
func suspendedReason(say func(string, ...any) []Message, on Date, s Suspension, post *Post) []Message {
	days := s.And(post.Life())
	for _, p := range post.Suspended() {
		if p.Has(on) {
			days = p
		}
	}
	reason := say("whynot.suspended", "first", days.First)
	if !days.Last.Open() {
		reason = say("whynot.suspended_until", "first", days.First, "last", days.Last)
	}
	if s.Reason != "" {
		reason = append(reason, Say("whynot.suspension_reason", "reason", s.Reason))
	}
	return reason
}

// lastBefore returns the last day of the latest period that ends before d.
func lastBefore(days []Period, d Date) (last Date) {
	for _, p := range days {
		if p.Last < d {
			last = p.Last
		}
	}
	return last
}

// reason says why the answer represents the state, in the order of the rules
// that rank it.
func (a Answer) reason(q Question) []Message {
	seat := Say("answer.resident", "place", q.Place, "posting", &a.Post.Posting)
	if !a.Resident {
		seat = Say("answer.side", "place", q.Place, "posting", &a.Post.Posting)
	}
	whose := Say("answer.own", "state", q.State, "kind", a.Agency.Kind)
	if a.Agency.Country != q.State {
		whose = Say("answer.other", "state", q.State, "sending", a.Agency.Country, "kind", a.Agency.Kind, "matter", q.Matter)
	}
	term := Say("answer.open_term", "first", a.Assignment.First)
	if last := min(a.Assignment.Last, a.Post.Closed); !last.Open() {
		term = Say("answer.term", "first", a.Assignment.First, "last", last)
	}
	return []Message{seat, whose, term}
}
