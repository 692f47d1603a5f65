package models

import "slices"

// absences finds the unbroken runs of days on which a holder of the posting is away
// and nobody stands in: none is named, or the one who is does not count then. A run
// is told once, however many absences it is made of, and of each absence only its
// first run that is not over. It concerns the states that the posting represents.
func (f *finder) absences(p *Post) {
	if f.d.away[p.ID] == nil {
		return
	}
	for _, a := range p.Assignments {
		attended := p.Suspended()
		for _, id := range standInsOf(a) {
			attended = append(attended, f.d.counting(p, a, id)...)
		}
		untold := slices.Clone(a.Absences)
		for _, away := range p.Absent(a) {
			for _, days := range away.Without(attended) {
				if !slices.ContainsFunc(untold, func(x Absence) bool { return x.Overlaps(days) }) {
					continue
				}
				f.unattended(p, a, days)
				if days.Last >= f.today {
					untold = slices.DeleteFunc(untold, func(x Absence) bool { return x.Overlaps(days) })
				}
			}
		}
	}
}

// unattended adds the finding of days of absence on which nobody stands in. It names
// a stand-in who never may, or else the one whom all absences of these days name.
func (f *finder) unattended(p *Post, a Assignment, days Period) {
	found := f.add(NoStandIn, Warning, p, days, []Assignment{a}, "officer", f.d.Officer(a.OfficerID))
	found.States = f.d.losing(p, min(max(days.First, f.today), days.Last))
	if len(found.Reason) == 0 {
		return
	}
	reason := &found.Reason[0]
	var named []int64
	for _, x := range a.Absences {
		if x.Overlaps(days) {
			named = append(named, x.StandInID)
		}
	}
	for _, id := range named {
		if by := f.d.NamedStandIn(id); by.Post != nil && f.d.StandIn(p, id).Post == nil {
			reason.Key = "finding.stand_in_kind"
			reason.Args = append(reason.Args, "other", f.d.Officer(by.OfficerID))
			return
		}
	}
	if by := f.d.NamedStandIn(named[0]); by.Post != nil && len(slices.Compact(named)) == 1 {
		reason.Key = "finding.stand_in_away"
		reason.Args = append(reason.Args, "other", f.d.Officer(by.OfficerID))
	}
}

// bodies looks at the bodies that exist today.
func (f *finder) bodies() {
	for _, b := range f.d.bodies {
		if !b.Life().Has(f.today) {
			continue
		}
		switch end := b.MandateUntil; {
		case end == 0 || end >= b.Ended || end > f.today+Date(f.lim.MandateDays):
		case end >= f.today:
			f.ofBody(MandateEnds, Warning, b, Period{max(b.Founded, end-Date(f.lim.MandateDays), 1), end}, "")
		default:
			f.ofBody(MandateEnds, Warning, b, Period{max(b.Founded, end+1), b.Ended}, "", "day", end)
			f.found[len(f.found)-1].Reason[0].Key = "finding.mandate_ended"
		}
		for _, c := range b.ChairsOn(f.today) {
			if at, _ := c.Country.Place(); !b.IsMember(c.Country, f.today) {
				f.ofBody(ChairNoMember, Notice, b, c.Period, "", "place", f.d.Name(at))
				f.found[len(f.found)-1].Places = []Place{at}
			}
		}
		for _, s := range States() {
			for _, days := range f.d.seatless(s, b) {
				if days.Has(f.today) {
					f.ofBody(NoSeat, Notice, b, days, s)
				}
			}
		}
	}
}

// ofBody adds a finding about a body, which is a state's to mend, or everybody's
// for "".
func (f *finder) ofBody(kind FindingKind, s Severity, b *Body, days Period, state State, args ...any) {
	found := Finding{Kind: kind, Severity: s, Body: b, Sending: state, Days: days}
	if state != "" {
		found.States = []State{state}
	} else {
		for _, s := range States() {
			if b.IsMember(Party(s), f.today) {
				found.States = append(found.States, s)
			}
		}
	}
	args = append([]any{"body", b, "state", state, "first", days.First, "last", days.Last}, args...)
	found.Reason = []Message{{"finding." + string(kind), args}}
	f.found = append(f.found, found)
}

// seatless returns the days on which a state is a full member of a body where
// states meet and has no open seat in it, as the fewest possible periods in date
// order.
func (d *Directory) seatless(s State, b *Body) (days []Period) {
	if !b.Kind.Seats() {
		return nil
	}
	var member, seats []Period
	for _, m := range b.Members {
		if m.Role == FullMember && m.Country == Party(s) {
			member = append(member, m.And(b.Life()))
		}
	}
	for _, p := range d.Hosted(b.Key) {
		if d.Sending(p).Country == s {
			seats = append(seats, p.Life())
		}
	}
	for _, p := range Union(member) {
		days = append(days, p.Without(seats)...)
	}
	return days
}
