package models

import "slices"

// idle finds the days on which nobody acts from a posting: vacancies, which may
// be gaps between two holders and may leave states with nobody, and a suspension
// today if it leaves states with nobody.
func (f *finder) idle(p *Post) {
	alone, places := f.alone(p)
	f.vacancies(p, alone, places)
	if len(alone) == 0 || p.StatusOn(f.today) != Suspended {
		return // or reported with the vacancy that is its cause
	}
	since := Period{f.today, f.today}
	for _, days := range p.Life().Without(p.actingDays()) {
		if days.Has(f.today) {
			since = days
		}
	}
	found := f.add(NobodyBehind, Serious, p, since, nil, "states", alone, "places", f.d.Names(places))
	found.States, found.Alone, found.Places = alone, alone, places
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

// vacancies finds the vacant periods of the posting: the one that includes
// today, those between two holders, and one that begins within NoticeDays and
// has no later holder. There can be several, when a stopgap comes and goes.
func (f *finder) vacancies(p *Post, alone []State, places []Place) {
	var held Period // from the first holder to the last
	if len(p.Assignments) > 0 {
		held = p.Assignments[0].Period
	}
	for _, a := range p.Assignments {
		held.Last = max(held.Last, a.Last)
	}
	soon := Period{f.today + 1, f.today + Date(f.lim.NoticeDays)}
	acts := actsOf{d: f.d, post: p}
	for _, days := range p.VacantDays() {
		if days.Last < f.today && !f.history {
			continue
		}
		gap := days.First > held.First && days.Last < held.Last
		comes := len(p.comingAfter(max(days.First, f.today))) > 0
		switch {
		case days.Has(f.today):
			found := f.vacant(VacantNow, Warning, &acts, days, f.today, comes)
			if gap {
				found.Also = append(found.Also, Gap)
			}
			if len(alone) > 0 {
				found.Also, found.Severity = append(found.Also, NobodyBehind), Serious
				found.Alone, found.Places = alone, places
				found.Reason = append(found.Reason, Say("finding.alone", "states", alone, "places", f.d.Names(places)))
			}
		case gap && days.Last < f.today:
			f.vacant(Gap, Notice, &acts, days, days.First, true)
		case gap:
			f.vacant(Gap, Warning, &acts, days, days.First, true)
		case soon.Has(days.First) && !comes:
			f.vacant(VacantSoon, Warning, &acts, days, days.First, false)
		default:
			continue
		}
		if !comes && days.Last >= f.today {
			return // what follows is the same vacancy
		}
	}
}

// vacant adds a finding of days on which nobody holds the posting. It concerns
// the states that the posting represents on one of them, and says from when
// somebody acts again at the host: for the sending state, and for the others
// where that differs.
func (f *finder) vacant(kind FindingKind, s Severity, acts *actsOf, days Period, on Date, comes bool) *Finding {
	p := acts.post
	states := f.d.losing(p, on)
	found := f.add(kind, s, p, days, nil, "states", states)
	found.States = states
	if len(found.Reason) == 0 || !comes {
		return found
	}
	ends, own := days.Last+1, f.d.Sending(p).Country
	from := acts.from(own, Police, days.Last)
	if customs := acts.from(own, Customs, days.Last); from == 0 || customs != 0 && customs < from {
		from = customs
	}
	say := func(key string, args ...any) { found.Reason = append(found.Reason, Say(key, args...)) }
	_, suspended := p.SuspendedOn(ends)
	switch {
	case from == ends && kind == VacantNow:
		found.Reason[0].Key = "finding.vacant_until"
	case from == ends:
	case kind == VacantNow:
		found.Reason[0].Key = "finding.vacant_since"
	default:
		found.Reason[0].Key = "finding.gap_since"
	}
	if from != ends && suspended {
		say("finding.then_suspended", "day", ends)
		if from != 0 {
			say("finding.acts_from", "day", from)
		} else {
			say("finding.acts_never")
		}
	}
	acts.differing(states, own, from, days.Last, on, say)
	return found
}

// losing returns the states that lose when nobody holds the posting on a day:
// those that it represents at some place that is not at home.
func (d *Directory) losing(p *Post, on Date) []State {
	represented := slices.Concat(p.StatesOn(Police, on), p.StatesOn(Customs, on))
	slices.Sort(represented)
	represented = slices.Compact(represented)
	places := p.placesOn(on)
	return slices.DeleteFunc(represented, func(s State) bool {
		return !slices.ContainsFunc(places, func(at Place) bool { return !d.atHome(p, s, at) })
	})
}

// placesOn returns the places that the posting covers on a day of its life, its
// host first.
func (p *Post) placesOn(d Date) []Place {
	at := []Place{p.Host()}
	for _, c := range p.CoversOn(d) {
		if side := (Place{Country: c}); !slices.Contains(at, side) {
			at = append(at, side)
		}
	}
	return at
}

// actsOf works out on which days a posting acts at its host, once for each state
// and matter that is asked for.
type actsOf struct {
	d     *Directory
	post  *Post
	known [10]bool
	days  [10][]Period
}

// from returns the first day after a vacant one on which the posting acts at its
// host for a state in a matter, 0 if none is known.
func (a *actsOf) from(s State, m Matter, vacant Date) Date {
	if !s.Valid() {
		return 0
	}
	i := cellIndex(s, m)
	if !a.known[i] {
		a.known[i], a.days[i] = true, a.d.acting(Question{State: s, Matter: m, Place: a.post.Host()}, a.post)
	}
	return answersFrom(a.post.comingAfter(vacant), a.days[i], vacant)
}

// differing says for which states, apart from the sending one, somebody acts at
// the host from a day other than from, or as far as is known never. States with
// the same day share a message, as do police and customs where they agree.
func (a *actsOf) differing(states []State, own State, from, vacant, on Date, say func(string, ...any)) {
	type alike struct {
		day    Date
		matter Matter
	}
	var order []alike
	told := map[alike][]State{}
	tell := func(s State, day Date, m Matter) {
		if day == from {
			return
		}
		of := alike{day, m}
		if told[of] == nil {
			order = append(order, of)
		}
		told[of] = append(told[of], s)
	}
	for _, s := range states {
		if s == own || a.d.atHome(a.post, s, a.post.Host()) {
			continue
		}
		police, customs := a.from(s, Police, vacant), a.from(s, Customs, vacant)
		inPolice, inCustoms := a.post.representsOn(s, Police, on), a.post.representsOn(s, Customs, on)
		switch {
		case inPolice && inCustoms && police != customs:
			tell(s, police, Police)
			tell(s, customs, Customs)
		case inPolice:
			tell(s, police, Both)
		case inCustoms:
			tell(s, customs, Both)
		}
	}
	for _, of := range order {
		key := "finding.differs"
		switch {
		case of.day == 0 && of.matter == Both:
			key = "finding.differs_never"
		case of.day == 0:
			key = "finding.differs_never_matter"
		case of.matter != Both:
			key = "finding.differs_matter"
		}
		say(key, "states", told[of], "matter", of.matter, "day", of.day)
	}
}

// alone returns the states that the posting represents but, vacant or suspended,
// does not act for today, at some place where no other posting answers for them,
// and those places.
func (f *finder) alone(p *Post) (states []State, places []Place) {
	status := p.StatusOn(f.today)
	if status != Vacant && status != Suspended {
		return nil, nil
	}
	for _, place := range p.placesOn(f.today) {
		lost := false
		for _, s := range States() {
			if f.unanswered(p, place, s) {
				lost = true
				if !slices.Contains(states, s) {
					states = append(states, s)
				}
			}
		}
		if lost {
			places = append(places, place)
		}
	}
	slices.Sort(states)
	return states, places
}

// unanswered reports whether p represents the state today in some matter in
// which no posting answers for it at the place, and the place is not at home.
func (f *finder) unanswered(p *Post, at Place, s State) bool {
	if f.d.atHome(p, s, at) {
		return false
	}
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
				if !f.d.atHome(p, s, at) {
					known[Question{State: s, Matter: m}] = true
				}
			}
		}
	}
	f.answers[at] = known
	return known
}
