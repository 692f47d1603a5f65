package models

import (
	"fmt"
	"slices"
	"strings"
)

// findings writes what should be looked at on the day today, one line each, as
// found does. Each rule is counted day by day. An assignment holds its posting
// only while that exists, and an open end means "as long as the posting".
func (o oracle) findings(today Date, lim Limits) []string {
	var lines []string
	add := func(severity, kind string, p Posting, days Period, about ...any) {
		line := strings.TrimRight(fmt.Sprintln(append([]any{severity, kind, p.Key, days.First, days.Last}, about...)...), " \n")
		lines = append(lines, line)
	}
	for _, p := range o.postings {
		o.vacancies(p, today, lim, add)
		o.nobodyBehind(p, today, add)
		own := o.agencyOf(p).Country
		missing := runs(o.window, func(d Date) bool {
			return o.open(p, d) && !(o.represents(p, own, "police", d) && o.represents(p, own, "customs", d))
		})
		if len(missing) > 0 {
			add("serious", "sending_state", p, o.toTheEnd(missing[0]), own)
		}
		if p.HostOrganisation == "" && slices.Contains([]Country{"DK", "FI", "IS", "NO", "SE"}, p.HostCountry) {
			add("notice", "nordic_host", p, p.Life())
		}
	}
	for _, a := range o.assignments {
		p := o.postOf(a)
		// Beyond the life: the first such days in a row.
		outside := runs(o.window, func(d Date) bool {
			return in(d, a.Period) && !o.open(p, d) && (d < p.Opened || a.Last != Forever)
		})
		if len(outside) > 0 {
			add("warning", "beyond_life", p, outside[0], a.Key)
		}
		if a.Last == Forever && p.Closed == Forever && a.First.Years(lim.OpenYears) < today {
			add("notice", "old_open_end", p, a.Period, a.Key)
		}
		if o.agencyWith(o.officerOf(a).AgencyID).Country != o.agencyOf(p).Country {
			add("notice", "foreign_officer", p, o.held(a), a.Key)
		}
	}
	o.pairs(func(a, b Assignment) {
		p, q := o.postOf(a), o.postOf(b)
		both := runs(o.window, func(d Date) bool { return o.holds(a, d) && o.holds(b, d) })
		switch {
		case len(both) == 0:
		case a.OfficerID == b.OfficerID && p.ID != q.ID:
			add("serious", "two_postings", p, o.toTheEnd(both[0]), a.Key, b.Key)
		case a.OfficerID == b.OfficerID:
			add("serious", "held_twice", p, o.toTheEnd(both[0]), a.Key, b.Key)
		case a.OfficerID != b.OfficerID && p.ID == q.ID && o.count(both[0]) > lim.HandoverDays:
			add("notice", "long_overlap", p, o.toTheEnd(both[0]), a.Key, b.Key)
		}
	})
	lines = append(lines, o.unattested(today, lim)...)
	slices.Sort(lines)
	return lines
}

// unattested finds the states with an open posting for which more days have
// passed than the limit since anybody confirmed it, or it opened. It counts the
// days one by one.
func (o oracle) unattested(today Date, lim Limits) (lines []string) {
	for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
		var since Date
		for _, p := range o.postings {
			if o.agencyOf(p).Country != s || !o.open(p, today) || lim.AttestDays == 0 {
				continue
			}
			waited := 0
			for d := today; d > p.Opened && !o.attested(p, s, d); d-- {
				waited++
			}
			if first := today - Date(waited-lim.AttestDays-1); waited > lim.AttestDays && (since == 0 || first < since) {
				since = first
			}
		}
		if since != 0 {
			lines = append(lines, fmt.Sprint("notice not_attested ", s, " ", since, " 9999-12-31"))
		}
	}
	return lines
}

// attested says whether the posting, or the whole list of its state, was
// confirmed on the day or later.
func (o oracle) attested(p Posting, s State, d Date) bool {
	return slices.ContainsFunc(o.attestations, func(a Attestation) bool {
		return a.State == s && (a.PostingID == 0 || a.PostingID == p.ID) && a.On >= d
	})
}

func (o oracle) agencyWith(id int64) Agency {
	return o.agencyOf(Posting{AgencyID: id})
}

// held returns the days on which the assignment's officer holds its posting.
func (o oracle) held(a Assignment) Period {
	return o.toTheEnd(runs(o.window, func(d Date) bool { return o.holds(a, d) })[0])
}

func (o oracle) count(p Period) int {
	n := 0
	for d := p.First; d <= p.Last; d++ {
		n++
	}
	return n
}

// pairs calls f with each two assignments, the earlier start first.
func (o oracle) pairs(f func(a, b Assignment)) {
	for i, a := range o.assignments {
		for _, b := range o.assignments[i+1:] {
			if b.First < a.First || b.First == a.First && b.Key < a.Key {
				f(b, a)
			} else {
				f(a, b)
			}
		}
	}
}

// vacancies finds gaps, and a posting that is vacant today or is about to be.
//
// A gap is days in a row, each vacant, with a holder on some day before and on
// some day after. It is a warning unless it is over. A posting is about to be
// vacant if within the notice it goes from not vacant to vacant and no
// assignment starts later than that. One that is vacant today, with nobody
// known to come, is found only as vacant.
func (o oracle) vacancies(p Posting, today Date, lim Limits, add func(string, string, Posting, Period, ...any)) {
	vacant := func(d Date) bool { return o.status(p, d) == "vacant" }
	comes := func(after Date) bool {
		return slices.ContainsFunc(o.assignments, func(a Assignment) bool { return a.PostingID == p.ID && a.First > after })
	}
	holder := runs(o.window, func(d Date) bool { return len(o.holders(p, d)) > 0 })
	for _, run := range runs(o.window, vacant) {
		if len(holder) > 0 && holder[0].First < run.First && holder[len(holder)-1].Last > run.Last {
			severity := "warning"
			if run.Last < today {
				severity = "notice"
			}
			add(severity, "gap", p, run, o.represented(p, run.First))
		}
	}
	if vacant(today) {
		add("warning", "vacant", p, o.runAround(today, vacant), o.represented(p, today))
		if !comes(today) {
			return
		}
	}
	for d := today + 1; d <= min(today+Date(lim.NoticeDays), o.window.Last); d++ {
		if vacant(d) && !vacant(d-1) && !comes(d) {
			add("warning", "vacant_soon", p, o.runAround(d, vacant), o.represented(p, d))
			return
		}
	}
}

// represented writes the states that a posting represents on a day.
func (o oracle) represented(p Posting, d Date) string {
	all := ""
	for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
		if o.represents(p, s, "police", d) || o.represents(p, s, "customs", d) {
			all += string(s)
		}
	}
	return all
}

// nobodyBehind finds a posting that represents a state today while nobody acts
// there, if at some place that it covers nobody else answers for that state
// either. Its days are those in a row without anybody acting in the posting.
func (o oracle) nobodyBehind(p Posting, today Date, add func(string, string, Posting, Period, ...any)) {
	idle := func(d Date) bool {
		s := o.status(p, d)
		return s == "vacant" || s == "suspended"
	}
	if !idle(today) {
		return
	}
	lost := ""
	for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
		nobody := false
		for _, name := range randomPlaces {
			for _, m := range []Matter{"police", "customs"} {
				if o.covers(p, at(name), today) && o.represents(p, s, m, today) && len(o.answers(s, m, at(name), today)) == 0 {
					nobody = true
				}
			}
		}
		if nobody {
			lost += string(s)
		}
	}
	if lost != "" {
		add("serious", "nobody_behind", p, o.runAround(today, idle), lost)
	}
}
