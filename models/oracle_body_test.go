package models

import (
	"fmt"
	"strings"
)

// unattended finds the days in a row, not over yet, on which a holder is away and
// nobody stands in, though the posting is not suspended: for each absence the first
// such days that have a day of it, and no days twice.
func (o oracle) unattended(p Posting, today Date, add func(string, string, Posting, Period, ...any)) {
	for _, a := range o.assignments {
		if a.PostingID != p.ID {
			continue
		}
		told := map[Period]bool{}
		for _, x := range o.absences {
			for _, run := range runs(o.window, func(d Date) bool { return o.away(a, d) && !o.suspendedOn(p, d) && !o.replaced(a, d) }) {
				if x.AssignmentID != a.ID || run.Last < today || len(runs(run, func(d Date) bool { return in(d, x.Period) })) == 0 {
					continue
				}
				if !told[run] {
					add("warning", "no_stand_in", p, o.toTheEnd(run), a.Key, o.losing(p, max(today, run.First)))
				}
				told[run] = true
				break
			}
		}
	}
}

// replaced says whether anybody stands in for an assignment on a day.
func (o oracle) replaced(a Assignment, d Date) bool {
	for _, by := range o.assignments {
		if o.standsIn(by, a, d) {
			return true
		}
	}
	return false
}

func (o oracle) lives(b Body, d Date) bool { return b.Founded <= d && d <= b.Ended }

// member says whether a country is a full member of a body on a day.
func (o oracle) member(b Body, p Party, d Date) bool {
	for _, m := range b.Members {
		if m.Country == p && m.Role == "member" && in(d, m.Period) {
			return o.lives(b, d)
		}
	}
	return false
}

// seated says whether a state sends a posting to a body that is open on a day.
func (o oracle) seated(b Body, s State, d Date) bool {
	for _, p := range o.postings {
		if p.HostBody == b.Key && o.agencyOf(p).Country == s && o.open(p, d) {
			return true
		}
	}
	return false
}

// ofBodies finds what is to be done about bodies that exist today: a mandate that
// is about to end before the body does, since the day from which that is so, or that
// has ended while the body goes on, since then; who
// leads one without being a member; and states that are members of one in which
// they have no seat, since they have been. Only where states meet are there seats.
func (o oracle) ofBodies(today Date, lim Limits) (lines []string) {
	for _, b := range o.bodies {
		if !o.lives(b, today) {
			continue
		}
		var members []State
		for _, s := range States() {
			if !o.member(b, Party(s), today) {
				continue
			}
			members = append(members, s)
			if b.Kind == "organisation" || o.seated(b, s, today) {
				continue
			}
			days := o.runAround(today, func(d Date) bool { return o.member(b, Party(s), d) && !o.seated(b, s, d) })
			lines = append(lines, fmt.Sprint("notice no_seat ", b.Key, " ", s, " ", days.First, " ", days.Last, " [", s, "]"))
		}
		about := func(d Date) bool {
			return o.lives(b, d) && d <= b.MandateUntil && b.MandateUntil <= d+Date(lim.MandateDays) && b.MandateUntil < b.Ended
		}
		if about(today) {
			first := today
			for first > 1 && about(first-1) {
				first--
			}
			lines = append(lines, fmt.Sprintln("warning mandate_ends", b.Key, first, b.MandateUntil, members))
		}
		if after := func(d Date) bool { return o.lives(b, d) && b.MandateUntil != 0 && d > b.MandateUntil }; after(today) {
			first := today
			for after(first - 1) {
				first--
			}
			lines = append(lines, fmt.Sprintln("warning mandate_ends", b.Key, first, b.Ended, members))
		}
		for _, c := range b.Chairs {
			if in(today, c.Period) && !o.member(b, c.Country, today) {
				lines = append(lines, fmt.Sprintln("notice chair_no_member", b.Key, c.First, c.Last, members))
			}
		}
	}
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(lines[i]), " ")
	}
	return lines
}
