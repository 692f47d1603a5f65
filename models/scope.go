package models

import "slices"

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

// Own returns that officer, 0 for scopes that are not about one.
func (s Scope) Own() int64 { return s.own }

// Keeps reports whether one may know, of an officer of a state, what its
// coordinators know and others do not: which account is tied to it.
func (s Scope) Keeps(officer int64, own State) bool {
	return s.own != 0 && s.own == officer || s.masked.has(own)
}

// Officer returns an officer of a state as seen: one who is masked keeps agency
// and ID, and loses all that tells who it is.
func (s Scope) Officer(o Officer, own State) Officer {
	if !o.Masked || s.masked.has(own) || s.own != 0 && s.own == o.ID {
		return o
	}
	return Officer{ID: o.ID, Version: o.Version, AgencyID: o.AgencyID, Masked: true}
}

// Holders reports whether it is seen who holds a posting of a state.
func (s Scope) Holders(p Posting, sending State) bool {
	return !p.Restricted || s.restricted.has(sending)
}

// Seen returns the directory as somebody sees it: d itself where there is
// nothing to hide. Masked officers have no name, and postings whose holders
// are not seen are held by officers without a name, one for each assignment,
// whose IDs are negative. What has been written about such assignments is not
// seen either.
func (d *Directory) Seen(by Scope) *Directory {
	if by == Everything {
		return d
	}
	hidden := Delta{Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}}
	for id, o := range d.officers {
		if o.Masked {
			if seen := by.Officer(o, d.agencies[o.AgencyID].Country); seen != o {
				hidden.Officers[id] = &seen
			}
		}
	}
	for id, p := range d.posts {
		switch {
		case !by.Holders(p.Posting, d.Sending(p).Country):
			hidden.Posts[id] = restricted(p, hidden.Officers)
		case len(hidden.Officers) > 0 && slices.ContainsFunc(p.Assignments, func(a Assignment) bool { return hidden.Officers[a.OfficerID] != nil }):
			hidden.Posts[id] = unannotated(p, hidden.Officers)
		}
	}
	if len(hidden.Officers)+len(hidden.Posts) == 0 {
		return d
	}
	return d.With(hidden)
}

// restricted returns a post without its holders: others stand in for them.
func restricted(p *Post, officers map[int64]*Officer) *Post {
	next := &Post{Posting: p.Posting}
	next.Note = ""
	for _, a := range p.Assignments {
		other := &Officer{ID: -a.ID, AgencyID: p.AgencyID, Masked: true}
		officers[other.ID] = other
		next.Assignments = append(next.Assignments, Assignment{ID: a.ID, Version: a.Version, OfficerID: other.ID,
			PostingID: a.PostingID, Period: a.Period, PlannedLast: a.PlannedLast})
	}
	return next
}

// unannotated returns a post without what is written about assignments of the
// officers who are hidden.
func unannotated(p *Post, officers map[int64]*Officer) *Post {
	next := &Post{Posting: p.Posting, Assignments: slices.Clone(p.Assignments)}
	for i, a := range next.Assignments {
		if officers[a.OfficerID] != nil {
			next.Assignments[i].Note, next.Assignments[i].EndReason = "", ""
		}
	}
	return next
}
