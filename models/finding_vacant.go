package models

import "slices"

// without adds a finding of days on which nobody holds p: it concerns the
// states that p represents on a day of them.
func (f *finder) without(kind FindingKind, s Severity, p *Post, days Period, on Date) *Finding {
	states := slices.Concat(p.StatesOn(Police, on), p.StatesOn(Customs, on))
	slices.Sort(states)
	states = slices.Compact(states)
	found := f.add(kind, s, p, days, nil, "states", states)
	found.States = states
	return found
}

// gaps finds the days between two holders on which the posting is vacant. One
// that is over can no longer be mended, and is only worth a notice.
func (f *finder) gaps(p *Post) {
	if len(p.Assignments) < 2 {
		return
	}
	held := Period{p.Assignments[0].First, p.Assignments[0].Last}
	for _, a := range p.Assignments {
		held.Last = max(held.Last, a.Last)
	}
	for _, days := range p.VacantDays() {
		if gap := days; gap.First > held.First && gap.Last < held.Last {
			severity := Warning
			if gap.Last < f.today {
				severity = Notice
			}
			f.without(Gap, severity, p, gap, gap.First)
		}
	}
}

// vacancy finds a posting that nobody holds today, and one that will be
// without a holder soon and for which no later one is known. It can be both,
// when a stopgap comes and goes.
func (f *finder) vacancy(p *Post) {
	soon := Period{f.today + 1, f.today + Date(f.lim.NoticeDays)}
	for _, days := range p.VacantDays() {
		now := days.Has(f.today)
		_, comes := p.NextAfter(max(days.First, f.today))
		switch {
		case now:
			found := f.without(VacantNow, Warning, p, days, f.today)
			if !days.Last.Open() && days.Last < p.Closed {
				found.Message.Key += "_until"
			}
		case soon.Has(days.First) && !comes:
			f.without(VacantSoon, Warning, p, days, days.First)
		default:
			continue
		}
		if !comes {
			return
		}
	}
}

// nobodyBehind finds the states for which the posting stands today without a
// holder who acts, at some place where no other posting answers for them.
func (f *finder) nobodyBehind(p *Post) {
	status := p.StatusOn(f.today)
	if status != Vacant && status != Suspended {
		return
	}
	var states []State
	var places []Place
	at := []Place{p.Host()}
	for _, c := range p.CoversOn(f.today) {
		at = append(at, Place{Country: c})
	}
	for _, place := range at {
		lost := false
		for _, s := range States() {
			if f.unanswered(p, place, s) {
				lost = true
				if !slices.Contains(states, s) {
					states = append(states, s)
				}
			}
		}
		if lost && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	if len(states) == 0 {
		return
	}
	slices.Sort(states)
	since := Period{f.today, f.today}
	for _, days := range p.Life().Without(p.actingDays()) {
		if days.Has(f.today) {
			since = days
		}
	}
	found := f.add(NobodyBehind, Serious, p, since, nil, "states", states, "places", places)
	found.States, found.Places = states, places
}

// actingDays returns the days on which somebody holds p and it is not
// suspended.
func (p *Post) actingDays() []Period {
	var days []Period
	suspended := p.Suspended()
	for _, a := range p.Assignments {
		days = append(days, a.Without(suspended)...)
	}
	return days
}

// unanswered reports whether p represents the state today in some matter in
// which no posting answers for it at the place.
func (f *finder) unanswered(p *Post, at Place, s State) bool {
	for _, m := range Matters() {
		if p.representsOn(s, m, f.today) && !f.answered(at)[Question{State: s, Matter: m}] {
			return true
		}
	}
	return false
}

// answered returns for which state and matter somebody answers at the place
// today. It is worked out once for each place that is asked about.
func (f *finder) answered(at Place) map[Question]bool {
	if known, ok := f.answers[at]; ok {
		return known
	}
	known := map[Question]bool{}
	for _, p := range f.d.places[at] {
		if p.StatusOn(f.today) != Held || !p.coveredOn(at, f.today) {
			continue
		}
		for _, m := range Matters() {
			for _, s := range p.StatesOn(m, f.today) {
				known[Question{State: s, Matter: m}] = true
			}
		}
	}
	f.answers[at] = known
	return known
}
