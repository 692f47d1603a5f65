package models

import "slices"

// A PostHistory is what is known of a posting since it opened, until a day: whatever
// had begun by then, with the days that it lasts, which may end later.
type PostHistory struct {
	Post  *Post
	Days  Period // since it opened, at most until the day
	Tally Tally  // over these days
	// Called is what its agency and its host were called, the latest first.
	Called          []Calling
	Terms           []Term // by first day, as are all lists that follow
	Absences        []AwayTerm
	Suspensions     []Suspension
	Representations []Representation
	Coverages       []Coverage
	Gaps            []Period // days on which it was neither held nor suspended
}

// A Calling is what the agency and the host of a posting were called on some days.
type Calling struct {
	Period
	Agency Agency
	Host   Named
}

// A Term is an assignment with its officer and the days of it that are in the life of
// its posting.
type Term struct {
	Assignment Assignment
	Officer    Officer
	Days       Period
}

// An AwayTerm is an absence of the holder of a posting, with the days of it that are in
// the term, and who stands in: the zero Term for nobody.
type AwayTerm struct {
	Term
	Post    *Post
	Agency  Agency // that sends the posting
	StandIn Term
	By      *Post  // of the stand-in
	ByOf    Agency // that sends By
}

// term returns an assignment to a posting as a Term.
func (d *Directory) term(p *Post, a Assignment) Term {
	return Term{a, d.Officer(a.OfficerID), p.Term(a)}
}

// away returns an absence of an assignment to a posting.
func (d *Directory) awayTerm(p *Post, a Assignment, x Absence) AwayTerm {
	away := AwayTerm{Term: d.term(p, a), Post: p, Agency: d.Sending(p)}
	away.Days = x.And(p.Term(a))
	if by := d.StandIn(p, x.StandInID); by.Post != nil {
		away.StandIn, away.By, away.ByOf = d.term(by.Post, by.Assignment), by.Post, d.Sending(by.Post)
	}
	return away
}

// HistoryOf returns the history of a posting until a day. That of one that opens later
// has nothing but its post.
func (d *Directory) HistoryOf(p *Post, on Date) PostHistory {
	h := PostHistory{Post: p, Days: p.Life().And(Period{1, on})}
	if h.Days.Days() == 0 {
		return h
	}
	h.Tally.add(p, h.Days)
	h.Called = d.called(p, h.Days)
	for _, a := range p.Assignments {
		if t := d.term(p, a); t.Days.Days() > 0 && t.Days.First <= on {
			h.Terms = append(h.Terms, t)
		}
		for _, x := range a.Absences {
			if away := d.awayTerm(p, a, x); away.Days.Days() > 0 && away.Days.First <= on {
				h.Absences = append(h.Absences, away)
			}
		}
	}
	begun := func(days Period) bool { return days.And(p.Life()).Days() > 0 && days.First <= on }
	for _, x := range p.Suspensions {
		if begun(x.Period) {
			h.Suspensions = append(h.Suspensions, x)
		}
	}
	for _, r := range p.Representations {
		if begun(r.Period) {
			h.Representations = append(h.Representations, r)
		}
	}
	for _, c := range p.Coverages {
		if begun(c.Period) {
			h.Coverages = append(h.Coverages, c)
		}
	}
	slices.SortStableFunc(h.Absences, func(a, b AwayTerm) int { return int(a.Days.First) - int(b.Days.First) })
	slices.SortStableFunc(h.Suspensions, func(a, b Suspension) int { return int(a.First) - int(b.First) })
	slices.SortStableFunc(h.Representations, func(a, b Representation) int { return int(a.First) - int(b.First) })
	slices.SortStableFunc(h.Coverages, func(a, b Coverage) int { return int(a.First) - int(b.First) })
	h.Gaps = sharing(p.VacantDays(), h.Days)
	return h
}

// called returns what a posting's agency and host were called in a period, the latest
// first, however the directory calls them.
func (d *Directory) called(p *Post, within Period) (all []Calling) {
	if d.unnamed != nil {
		d = d.unnamed
	}
	agency, host := d.agencies[p.AgencyID], d.Name(p.Host())
	turns := []Date{within.First}
	turn := func(n Period) {
		for _, day := range [2]Date{n.First, n.Last + 1} {
			if day > within.First && day <= within.Last {
				turns = append(turns, day)
			}
		}
	}
	for _, n := range agency.Names {
		turn(n.Period)
	}
	if host.Called != nil {
		for _, n := range host.Called.Names {
			turn(n.Period)
		}
	}
	slices.Sort(turns)
	last := within.Last
	for _, first := range slices.Backward(slices.Compact(turns)) {
		c := Calling{Period: Period{first, last}, Agency: agency.On(first), Host: host}
		if host.Called != nil {
			was := host.Called.On(first)
			c.Host.Called = &was
		}
		last = first - 1
		if n := len(all); n > 0 && all[n-1].sameNames(c) {
			all[n-1].First = first
			continue
		}
		all = append(all, c)
	}
	return all
}

// sameNames reports whether two callings differ in their days only.
func (c Calling) sameNames(o Calling) bool {
	if c.Agency.Name != o.Agency.Name || c.Agency.NameEn != o.Agency.NameEn || c.Agency.Acronym != o.Agency.Acronym {
		return false
	}
	a, b := c.Host.Called, o.Host.Called
	return a == nil || a.Name == b.Name && a.NameEn == b.NameEn && a.Acronym == b.Acronym
}
