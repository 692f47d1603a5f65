package models

import "slices"

// This file alone decides how much of something a reader is told: of an officer, a
// posting, an assignment, a plan, a step, a finding put off and a row of the trail.
// Redact then leaves out the rest.

// A Scope is how much of the directory somebody sees: of which states the
// officers who are masked, and of which the holders of restricted postings.
// The zero Scope sees neither of any.
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
// holders.
func (s Scope) Restricted() []State { return s.restricted.list() }

// OwnOnly is the scope of somebody who is told what is held about one officer,
// himself or herself, and nothing of any other.
func OwnOnly(officer int64) Scope { return Scope{own: officer} }

// Keeps reports whether one may know, of an officer of a state, what its
// coordinators know and others do not: which account is tied to it.
func (s Scope) Keeps(officer int64, own State) bool {
	return s.own != 0 && s.own == officer || s.masked.has(own)
}

// OfficerTold returns how much one is told of an officer of a state. Of one who is
// masked others are told agency and ID, and nothing that tells who it is.
func (s Scope) OfficerTold(o Officer, own State) Told {
	if !o.Masked || s.masked.has(own) || s.own != 0 && s.own == o.ID {
		return Whole
	}
	return ToReader
}

// Officer returns an officer of a state as seen.
func (s Scope) Officer(o Officer, own State) Officer { return Redact(o, s.OfficerTold(o, own)) }

// Holders reports whether it is seen who holds a posting of a state.
func (s Scope) Holders(p Posting, sending State) bool {
	return !p.Restricted || s.restricted.has(sending)
}

// PostingTold returns how much one is told of a posting of a state. Where its
// holders are not seen, neither is what is written about it.
func (s Scope) PostingTold(p Posting, sending State) Told {
	if s.Holders(p, sending) {
		return Whole
	}
	return ToReader
}

// Posting returns a posting of a state as seen.
func (s Scope) Posting(p Posting, sending State) Posting {
	return Redact(p, s.PostingTold(p, sending))
}

// AssignmentTold returns how much those are told of an assignment who are told so
// much of its posting and so much of its officer. Where the holders of a posting
// are not seen, nothing may tell that two assignments are of one officer.
func AssignmentTold(posting, officer Told) Told {
	switch {
	case posting != Whole:
		return ToAll
	case officer != Whole:
		return ToReader
	}
	return Whole
}

// Of returns an assignment to a posting whose holders are seen as those see it
// who see its officer as o.
func (a Assignment) Of(o Officer) Assignment {
	if o.Hidden() {
		return Redact(a, AssignmentTold(Whole, ToReader))
	}
	return a
}

// Holder reports whether the trail may tell somebody that an officer, who is seen
// or not, held a posting whose holders are. Who is told of one officer only is
// told what that one held, and of nobody else.
func (s Scope) Holder(officer int64, seen, holders bool) bool {
	if s.own != 0 {
		return officer == s.own
	}
	return seen && holders
}

// Events reports whether one may know whom a row of the trail that is of no
// record is about. Of what was searched for or written down by anybody, and of
// nouns that are not known, only those know who see everything.
func (s Scope) Events(noun string) bool {
	return noun == "token" || noun == "attestation" || s == Everything
}

// RowTold returns how much those are told of a row of the trail who may know whom
// it is about, or may not.
func RowTold(known bool) Told {
	if known {
		return ToHolder
	}
	return ToAll
}

// KnowsWho reports whether one is told who made a change, and not only in which
// role.
func (r Rights) KnowsWho() bool {
	return r.Holds(Coordinator) || r.Holds(Auditor) || r.Holds(Administrator)
}

// KnowsOf reports whether one may know of an account: one that one keeps, and the
// own.
func (r Rights) KnowsOf(a Account, own int64) bool { return a.ID == own || r.Keeps(a) }

// Plan returns a plan as an account sees it, given the directory as seen, and
// whether it is seen at all: one that would tell who is to hold a posting whose
// holders are not seen is not. The texts may tell whatever the owner knows: they are
// told to the owner, and to others who see as much.
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

// Of returns a step about an assignment as those see it who see its holder as o:
// of who is hidden it is not told why he or she leaves.
func (s Step) Of(o Officer) Step {
	if o.Hidden() {
		return Redact(s, ToReader)
	}
	return s
}

// Snooze returns a snooze of a finding of the directory as seen by somebody with
// these rights. Why it is put off may tell who somebody is: that is told to whoever
// sees all who ever held the posting, or may put it off.
func (r Rights) Snooze(z Snooze, x Finding, seen *Directory) Snooze {
	hidden := func(a Assignment) bool { return seen.officers[a.OfficerID].Hidden() }
	switch {
	case r.Changes(x.Sending):
		return z
	case x.Post == nil, !r.Scope().Holders(x.Post.Posting, x.Sending),
		slices.ContainsFunc(x.Post.Assignments, hidden), slices.ContainsFunc(x.Assignments, hidden):
		return Redact(z, ToReader)
	}
	return z
}
