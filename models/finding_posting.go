package models

import (
	"cmp"
	"slices"
)

// This file looks at postings and at who holds them, on which days.

// post looks at one posting and its assignments.
func (f *finder) post(p *Post) {
	f.overlaps(p)
	f.idle(p)
	f.ownState(p)
	f.absences(p)
	if p.Seating() == Abroad && State(p.HostCountry).Valid() {
		f.add(NordicHost, Notice, p, p.Life(), nil, "country", p.HostCountry)
	}
	sending := f.d.agencies[p.AgencyID]
	for _, a := range p.Assignments {
		about := []Assignment{a}
		officer := f.d.Officer(a.OfficerID)
		if !a.Inside(p.Life()) {
			f.add(BeyondLife, Warning, p, f.beyond(a.Period, p.Life()), about, "officer", officer)
		}
		if since := a.First.Years(f.lim.OpenYears); a.Last.Open() && since < f.today && p.Closed.Open() {
			f.add(OldOpenEnd, Notice, p, a.Period, about, "officer", officer, "years", f.lim.OpenYears)
		}
		if own := f.d.agencies[officer.AgencyID]; own.Country != sending.Country {
			f.add(ForeignOfficer, Notice, p, a.And(p.Life()), about, "officer", officer, "own", own.Country, "sending", sending.Country)
		}
	}
}

// beyond returns the first period of p outside life that is not past, or if all
// are past the first. An open end lasts as long as the life.
func (f *finder) beyond(p, life Period) Period {
	if p.Last.Open() && p.First <= life.Last {
		p.Last = life.Last
	}
	rest := p.Without([]Period{life})
	for _, days := range rest {
		if days.Last >= f.today {
			return days
		}
	}
	if len(rest) == 0 {
		return Period{}
	}
	return rest[0]
}

// ownState finds days on which p does not represent the state that sends it in
// both matters. CheckPosting now refuses that: no change to the posting can be
// saved before it is mended, so it is found however long ago it was.
func (f *finder) ownState(p *Post) {
	sending := f.d.Sending(p).Country
	var missing []Period
	for _, m := range Matters() {
		missing = append(missing, Gaps(p.Life(), p.Represented(sending, m))...)
	}
	if missing = Union(missing); len(missing) == 0 {
		return
	}
	matter := Both
	for _, m := range Matters() {
		if p.representsOn(sending, m, missing[0].First) {
			matter = m.Other()
		}
	}
	f.add(SendingState, Serious, p, missing[0], nil, "state", sending, "matter", matter).States = []State{sending}
}

// overlaps finds pairs of holders who share more days than a handover takes,
// counting days of the posting's life only, and assignments of one officer that
// share any. CheckAssignment now refuses the latter: they are found however long
// ago they were. Holders are sorted by first day, so a pair can share days only
// while the earlier one has not ended, where the inner loop stops.
func (f *finder) overlaps(p *Post) {
	for i, a := range p.Assignments {
		for _, b := range p.Assignments[i+1:] {
			if b.First > a.Last {
				break
			}
			shared := a.And(b.Period).And(p.Life())
			if a.Twice(b) {
				f.add(HeldTwice, Serious, p, shared, []Assignment{a, b}, "officer", f.d.Officer(a.OfficerID))
			} else if shared.Days() > f.lim.HandoverDays {
				f.add(LongOverlap, Notice, p, shared, []Assignment{a, b}, "officer", f.d.Officer(a.OfficerID),
					"other", f.d.Officer(b.OfficerID), "most", f.lim.HandoverDays)
			}
		}
	}
}

// officers looks for days on which one officer is in two postings, given all
// assignments of each officer.
func (f *finder) officers(held map[int64][]Assignment) {
	for id, all := range held {
		slices.SortFunc(all, byStart)
		f.officer(id, all)
	}
}

// officer does so for one officer. Nobody is in a posting outside its life: an
// open end lasts only as long as the posting.
func (f *finder) officer(id int64, held []Assignment) {
	for i, a := range held {
		for _, b := range held[i+1:] {
			if b.First > a.Last {
				break
			}
			post, other := f.d.posts.get(a.PostingID), f.d.posts.get(b.PostingID)
			both := post.Term(a).And(other.Term(b))
			if post == other || both.Days() == 0 || post.Seating() == Seat || other.Seating() == Seat {
				continue
			}
			found := f.add(TwoPostings, Serious, post, both, []Assignment{a, b},
				"officer", f.d.Officer(id), "other", f.d.titled(other))
			if reason := cmp.Or(b.Note, a.Note); reason != "" && len(found.Reason) > 0 {
				found.Reason[0] = Message{found.Reason[0].Key + "_reason", append(found.Reason[0].Args, "reason", reason)}
			}
		}
	}
}
