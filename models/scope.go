package models

import "slices"

// This file alone decides how much a reader is told of an officer, a posting, an
// assignment, a plan, a step, a postponed finding or a row of the trail. Redact
// then leaves out the rest.

// A Scope is how much of the directory somebody sees: the masked officers of
// which states, and the holders of restricted postings of which states. The
// zero Scope sees none of either.
type Scope struct {
	masked, restricted states
	own                int64 // an officer who is seen whatever the rest says, if not 0
}

// Everything sees all there is.
var Everything = AllRights.Scope()

// states is a set, by index in States.
type states uint8

func (set states) has(s State) bool {
	i := slices.Index(States(), s)
	return i >= 0 && set&(1<<i) != 0
}

func (set states) list() (all []State) {
	for i, s := range States() {
		if set&(1<<i) != 0 {
			all = append(all, s)
		}
	}
	return all
}

// Includes reports whether s sees all that another scope does.
func (s Scope) Includes(other Scope) bool {
	return other.masked&^s.masked == 0 && other.restricted&^s.restricted == 0 && (other.own == 0 || other.own == s.own)
}

// Masked returns the states whose masked officers are seen.
func (s Scope) Masked() []State { return s.masked.list() }

// Restricted returns the states whose restricted postings are seen with their
// holders, in the order of States.
func (s Scope) Restricted() []State { return s.restricted.list() }

// OwnOnly returns the scope of somebody who is to see what is held about one
// officer, himself or herself. Of others it sees what the zero Scope does, and
// in the trail not even which postings they held.
func OwnOnly(officer int64) Scope { return Scope{own: officer} }

// Keeps reports whether s may know which account is tied to an officer of a
// state: the state's coordinators may, and the officer.
func (s Scope) Keeps(officer int64, own State) bool {
	return s.own != 0 && s.own == officer || s.masked.has(own)
}

// OfficerTold returns how much s is told of an officer of a state. Of a masked
// officer others are told the agency and the ID, and nothing that identifies the
// person.
func (s Scope) OfficerTold(o Officer, own State) Told {
	if !o.Masked || s.masked.has(own) || s.own != 0 && s.own == o.ID {
		return Whole
	}
	return ToReader
}

// Officer returns an officer of a state as s sees it.
func (s Scope) Officer(o Officer, own State) Officer { return Redact(o, s.OfficerTold(o, own)) }

// Holders reports whether s sees who holds a posting of a state.
func (s Scope) Holders(p Posting, sending State) bool {
	return !p.Restricted || s.restricted.has(sending)
}

// PostingTold returns how much s is told of a posting of a state. Where its
// holders are hidden, so is its note.
func (s Scope) PostingTold(p Posting, sending State) Told {
	if s.Holders(p, sending) {
		return Whole
	}
	return ToReader
}

// Posting returns a posting of a state as s sees it.
func (s Scope) Posting(p Posting, sending State) Posting {
	return Redact(p, s.PostingTold(p, sending))
}

// AssignmentTold returns how much a reader is told of an assignment, given how
// much of its posting and of its officer. Where the holders of a posting are
// hidden, nothing may reveal that two assignments are of one officer.
func AssignmentTold(posting, officer Told) Told {
	switch {
	case posting != Whole:
		return ToAll
	case officer != Whole:
		return ToReader
	}
	return Whole
}

// Of returns an assignment as seen by a reader who sees its officer as o, and who
// may see the holders of its posting.
func (a Assignment) Of(o Officer) Assignment {
	if o.Hidden() {
		return Redact(a, AssignmentTold(Whole, ToReader))
	}
	return a
}

// Holder reports whether the trail may reveal to s that an officer held a posting,
// given whether the officer and the posting's holders are seen. The scope of one
// officer learns what that officer held, and of nobody else.
func (s Scope) Holder(officer int64, seen, holders bool) bool {
	if s.own != 0 {
		return officer == s.own
	}
	return seen && holders
}

// Events reports whether s may know whom a row of the trail is about, if the row
// is not about a record. Every scope may if it is about a token, a calendar, a mail or
// an attestation. For all else, such as what people searched for or wrote, and for
// unknown nouns, s must see everything.
func (s Scope) Events(noun string) bool {
	return noun == "token" || noun == "calendar" || noun == "mail" || noun == "attestation" || s == Everything
}

// RowTold returns how much a reader is told of a row of the trail, given whether
// the reader may know whom it is about.
func RowTold(known bool) Told {
	if known {
		return ToHolder
	}
	return ToAll
}

// KnowsWho reports whether r is told who made a change, and not only in which
// role.
func (r Rights) KnowsWho() bool {
	return r.Holds(Coordinator) || r.Holds(Auditor) || r.Holds(Administrator)
}

// KnowsOf reports whether r may know of an account: one that r keeps, or the
// visitor's own, whose ID is own.
func (r Rights) KnowsOf(a Account, own int64) bool { return a.ID == own || r.Keeps(a) }

// Plan returns a plan as an account sees it, given the directory as seen, and
// whether it is seen at all. One with a step about a posting whose holders are
// hidden is not, as it would reveal who is to hold it. The texts may reveal
// whatever the owner knows: only the owner, and others who see as much, see them.
func (s Scope) Plan(p Plan, account int64, seen *Directory) (Plan, bool) {
	for _, step := range p.Steps {
		if _, post := seen.About(step); post != nil && !s.Holders(post.Posting, seen.Sending(post).Country) {
			return Plan{}, false
		}
	}
	if p.Owner == account || s.Includes(p.Rights.Scope()) {
		return p, true
	}
	p = Redact(p, ToReader)
	p.Untold = true
	return p, true
}

// Of returns a step about an assignment as seen by a reader who sees its holder as
// o: if the holder is hidden, so is the reason for leaving.
func (s Step) Of(o Officer) Step {
	if o.Hidden() {
		return Redact(s, ToReader)
	}
	return s
}

// Snooze returns a snooze of a finding as somebody with these rights sees it, given
// the directory as seen. The reason may reveal who somebody is: it is left out,
// unless r may postpone the finding, or sees all holders of the posting, past and
// future.
func (r Rights) Snooze(z Snooze, x Finding, seen *Directory) Snooze {
	hidden := func(a Assignment) bool { return seen.Officer(a.OfficerID).Hidden() }
	switch {
	case r.MayChange(x.Sending):
		return z
	case x.Post == nil, !r.Scope().Holders(x.Post.Posting, x.Sending),
		slices.ContainsFunc(x.Post.Assignments, hidden), slices.ContainsFunc(x.Assignments, hidden):
		return Redact(z, ToReader)
	}
	return z
}
