package models

import "slices"

// Seen returns the directory as somebody sees it: d itself if there is nothing
// to hide. Masked officers have no name, and postings whose holders are hidden
// are held by officers without a name, one for each assignment, whose IDs are
// negative. The texts of such assignments are hidden too. Scope decides who is
// told what, and redact leaves it out, here as in lists and of single records.
func (d *Directory) Seen(by Scope) *Directory {
	if by == Everything {
		return d
	}
	hidden, kinds := Delta{Officers: map[int64]*Officer{}, Posts: map[int64]*Post{}}, map[int64]AgencyKind{}
	for id, o := range d.officers.All() {
		if to := by.OfficerTold(*o, d.agencies[o.AgencyID].Country); to != Whole {
			seen := *o
			redact(&seen, to)
			hidden.Officers[id] = &seen
		}
	}
	masked := len(hidden.Officers) > 0
	of := func(a Assignment) bool { return hidden.Officers[a.OfficerID] != nil }
	for id, p := range d.posts.All() {
		sending := d.Sending(p)
		to := by.PostingTold(p.Posting, sending.Country)
		if to != Whole || masked && slices.ContainsFunc(p.Assignments, of) {
			hidden.Posts[id] = p.seen(to, hidden.Officers)
		}
		for _, a := range p.Assignments {
			if kind := d.kindOf(a); to != Whole && kind != sending.Kind {
				kinds[a.ID] = kind
			}
		}
	}
	if len(hidden.Officers)+len(hidden.Posts) == 0 {
		return d
	}
	seen := d.With(hidden)
	seen.officers, seen.posts, seen.served = seen.officers.alone(), seen.posts.alone(), seen.served.alone() // what is hidden is not in it at all
	seen.kinds = kinds
	return seen
}

// seen returns a copy of the post for a reader who is told so much of the
// posting; hidden are the officers whose names are withheld. Where the reader may
// not know the holders, each assignment gets a nameless stand-in, which is added
// to hidden.
func (p *Post) seen(to Told, hidden map[int64]*Officer) *Post {
	next := &Post{Posting: p.Posting, Assignments: slices.Clone(p.Assignments)}
	redact(&next.Posting, to)
	for i := range next.Assignments {
		a, officer := &next.Assignments[i], Whole
		if hidden[a.OfficerID] != nil {
			officer = ToReader
		}
		redact(a, AssignmentTold(to, officer))
		if to != Whole {
			a.OfficerID = -a.ID
			hidden[a.OfficerID] = &Officer{ID: a.OfficerID, AgencyID: p.AgencyID, Masked: true}
		}
	}
	return next
}
