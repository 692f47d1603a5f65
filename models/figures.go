package models

import "slices"

// DaysOfYear is how many days make an officer-year: those of a year on average,
// so that neither a leap year nor the length of a period changes what it is.
const DaysOfYear = 365.25

// An Among says which postings something is counted of: those of a state that
// sends them, and those in a region. Empty fields leave none out.
type Among struct {
	Sending State
	Region  Region
}

// has reports whether a posting of a state is one of them. What is a state's and about no
// posting, nil, is in no region.
func (f Among) has(p *Post, sending State) bool {
	return (f.Sending == "" || f.Sending == sending) && (f.Region == "" || p != nil && p.Host().Country.Region() == f.Region)
}

// at reports whether a place lies in the region, if one is asked for.
func (f Among) at(place Place) bool { return f.Region == "" || place.Country.Region() == f.Region }

// Among returns the postings that pass a filter, seats included, by key.
func (d *Directory) Among(f Among) (posts []*Post) {
	for _, p := range d.Posts() {
		if f.has(p, d.Sending(p).Country) {
			posts = append(posts, p)
		}
	}
	return posts
}

// Posted returns the postings to countries and organisations that pass a filter, by
// key: seats in bodies are not among them.
func (d *Directory) Posted(f Among) []*Post {
	return slices.DeleteFunc(d.Among(f), func(p *Post) bool { return p.Seating() == Seat })
}

// A Tally is what is counted of some postings over a period. All days are
// calendar days, the first and the last included.
type Tally struct {
	// Open counts the postings whose life has the last day of the period, and the
	// others how they stand on that day.
	Open, Held, Vacant, Suspended int
	// Opened and Closed count the postings whose first or last day is in the period.
	Opened, Closed int
	// PostDays are days of postings in their lives: HeldDays, GapDays and
	// SuspendedDays together, each day of a posting being just one of these.
	// A gap day is one on which a posting is neither held nor suspended.
	PostDays, HeldDays, GapDays, SuspendedDays int
	// OfficerDays are days on which an officer holds a posting that is not
	// suspended, present or away: two in a day of a handover.
	OfficerDays int
	// Ended counts the assignments whose last day is in the period, and EndedDays
	// all days of these, those before the period too.
	Ended, EndedDays int
}

// OfficerYears returns OfficerDays in years.
func (t Tally) OfficerYears() float64 { return float64(t.OfficerDays) / DaysOfYear }

// MeanTerm returns how many days the assignments that ended lasted on average, 0 if
// none did.
func (t Tally) MeanTerm() float64 { return Share(t.EndedDays, t.Ended) }

// Share returns a part of a whole, 0 of nothing.
func Share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// add counts one posting more.
func (t *Tally) add(p *Post, within Period) {
	switch p.StatusOn(within.Last) {
	case Held:
		t.Held++
	case Vacant:
		t.Vacant++
	case Suspended:
		t.Suspended++
	}
	life := p.Life()
	t.Open += count(life.Has(within.Last))
	t.Opened += count(within.Has(life.First))
	t.Closed += count(!life.Last.Open() && within.Has(life.Last))
	days, suspended := life.And(within), Union(p.Suspended())
	t.PostDays += days.Days()
	t.HeldDays += total(p.actingIn(within))
	t.GapDays += total(sharing(p.VacantDays(), within))
	t.SuspendedDays += total(sharing(suspended, within))
	for _, a := range p.Assignments {
		term := p.Term(a)
		t.OfficerDays += total(term.And(within).Without(suspended))
		if term.Days() > 0 && !term.Last.Open() && within.Has(term.Last) {
			t.Ended++
			t.EndedDays += term.Days()
		}
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// total counts the days of periods that share none.
func total(periods []Period) (n int) {
	for _, p := range periods {
		n += p.Days()
	}
	return n
}

// Figures are the key figures of the postings to countries and organisations over a
// period, and on its last day.
type Figures struct {
	Among
	Within Period
	All    Tally
	// Sending has a tally for each state that is asked for, Kinds for police, for
	// customs, and for others if there are any, and Regions for each region that
	// anything is hosted in: "" for organisations.
	Sending  []Tallied[State]
	Kinds    []Tallied[AgencyKind]
	Regions  []Tallied[Region]
	Coverage []Covered
}

// A Tallied is a tally of the postings of one group.
type Tallied[T any] struct {
	Of T
	Tally
}

// Figures counts over a period what passes a filter. The regions of a filter are
// those of hosts, and for Coverage those of places.
func (d *Directory) Figures(f Among, within Period) Figures {
	all := Figures{Among: f, Within: within}
	posts := d.Posted(f)
	sending, kinds, regions := map[State]*Tally{}, map[AgencyKind]*Tally{}, map[Region]*Tally{}
	for _, p := range posts {
		all.All.add(p, within)
		of := d.Sending(p)
		tallyOf(sending, of.Country).add(p, within)
		tallyOf(kinds, of.Kind).add(p, within)
		tallyOf(regions, p.Host().Country.Region()).add(p, within)
	}
	for _, s := range States() {
		if f.Sending == "" || f.Sending == s {
			all.Sending = append(all.Sending, Tallied[State]{s, *tallyOf(sending, s)})
		}
	}
	for _, k := range AgencyKinds() {
		if kinds[k] != nil || k.Posts() {
			all.Kinds = append(all.Kinds, Tallied[AgencyKind]{k, *tallyOf(kinds, k)})
		}
	}
	for _, r := range append(Regions(), "") {
		if regions[r] != nil && *regions[r] != (Tally{}) {
			all.Regions = append(all.Regions, Tallied[Region]{r, *regions[r]})
		}
	}
	all.Coverage = d.covered(f, within)
	return all
}

func tallyOf[T comparable](of map[T]*Tally, group T) *Tally {
	if of[group] == nil {
		of[group] = new(Tally)
	}
	return of[group]
}

// A Covered is at how many places abroad somebody answers for a state in a matter,
// present or away: at how many of them a resident posting does, and at how many only
// side-accredited ones do. Days are counted at each place by itself: two places for
// ten days are twenty.
type Covered struct {
	State                  State
	Matter                 Matter
	Resident, Side         int // places, on the last day of the period
	ResidentDays, SideDays int // in the period
}

// covered counts the coverage of the places in a region by the postings of a state,
// each for all if it is not given. What a suspended posting covers does not count.
func (d *Directory) covered(f Among, within Period) (all []Covered) {
	acting := map[*Post][]Period{}
	for _, p := range d.Posted(Among{Sending: f.Sending}) {
		if days := p.actingIn(within); len(days) > 0 {
			acting[p] = days
		}
	}
	for _, s := range States() {
		for _, m := range Matters() {
			c := Covered{State: s, Matter: m}
			for _, at := range d.PlacesAbroad() {
				if f.at(at) {
					c.add(d, Question{State: s, Matter: m, Place: at}, acting, within.Last)
				}
			}
			all = append(all, c)
		}
	}
	return all
}

// add counts one place more, given the days on which each posting acts.
func (c *Covered) add(d *Directory, q Question, acting map[*Post][]Period, last Date) {
	var resident, side []Period
	for _, p := range d.Covering(q.Place) {
		if acting[p] == nil {
			continue
		}
		for _, days := range d.acting(q, p) {
			if q.Place == p.Host() {
				resident = append(resident, sharing(acting[p], days)...)
			} else {
				side = append(side, sharing(acting[p], days)...)
			}
		}
	}
	resident, side = Union(resident), Union(side)
	c.ResidentDays += total(resident)
	c.Resident += count(anyHas(resident, last))
	for _, days := range side {
		c.SideDays += total(days.Without(resident))
	}
	c.Side += count(anyHas(side, last) && !anyHas(resident, last))
}
