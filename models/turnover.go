package models

// A Turnover is how holders of a posting follow one another where a draft changes
// that.
type Turnover struct {
	Post *Post
	// Vacant are the days on which nobody holds the posting, before or after a term
	// that has changed, or where that was not so before.
	Vacant []Period
	Shared []SharedDays
	// Seamless says that a changed term begins on the day after another one's last,
	// or the other way round, and there is neither a gap nor an overlap.
	Seamless bool
}

// SharedDays are days on which two officers hold one posting.
type SharedDays struct {
	A, B Assignment // A begins first
	Days Period
}

// Turnovers returns how holders follow one another at the postings whose terms the
// draft changes, in the order of Posts. Postings without anything to tell are left
// out.
func (d Draft) Turnovers() (all []Turnover) {
	for _, id := range d.Posts() {
		if p := d.After.Post(id); p != nil {
			if t := turnover(d.Before.Post(id), p); t.Seamless || len(t.Vacant)+len(t.Shared) > 0 {
				all = append(all, t)
			}
		}
	}
	return all
}

func turnover(before, p *Post) Turnover {
	t, changed := Turnover{Post: p}, changedTerms(before, p)
	vacant := p.VacantDays()
	newly := vacant
	if before != nil {
		newly = daysWithout(vacant, before.VacantDays())
	}
	for _, v := range vacant {
		beside := false
		for _, a := range p.Assignments {
			beside = beside || changed[a.ID].begins && v.Last+1 == a.First || changed[a.ID].ends && v.First == a.Last+1
		}
		if beside || len(sharing(newly, v)) > 0 {
			t.Vacant = append(t.Vacant, v)
		}
	}
	for i, a := range p.Assignments {
		for _, b := range p.Assignments[i+1:] {
			if changed[a.ID] == (change{}) && changed[b.ID] == (change{}) {
				continue
			}
			if days := p.Term(a).And(p.Term(b)); days.Days() > 0 {
				t.Shared = append(t.Shared, SharedDays{a, b, days})
			}
			t.Seamless = t.Seamless || a.Last+1 == b.First || b.Last+1 == a.First
		}
	}
	t.Seamless = t.Seamless && len(t.Vacant)+len(t.Shared) == 0
	return t
}

// A change says which ends of a term are new: both, where the officer is.
type change struct{ begins, ends bool }

// changedTerms returns what is new about the assignments of a posting, by ID.
func changedTerms(before, p *Post) map[int64]change {
	was := map[int64]Assignment{}
	if before != nil {
		for _, a := range before.Assignments {
			was[a.ID] = a
		}
	}
	changed := map[int64]change{}
	for _, a := range p.Assignments {
		old, there := was[a.ID]
		another := !there || old.OfficerID != a.OfficerID
		changed[a.ID] = change{another || old.First != a.First, another || old.Last != a.Last}
	}
	return changed
}
