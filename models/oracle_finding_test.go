package models

import (
	"fmt"
	"slices"
	"strings"
)

// findings writes what should be looked at on the day today, one line each, as
// found does. Each rule is counted day by day. An assignment holds its posting
// only while that exists, and an open end means "as long as the posting". What
// is over before today is no work.
func (o oracle) findings(today Date, lim Limits) []string {
	var lines []string
	add := func(severity, kind string, p Posting, days Period, about ...any) {
		if kept := kind == "sending_state" || kind == "held_twice"; days.Last < today && !kept {
			return
		}
		line := fmt.Sprintln(append([]any{severity, kind, p.Key, days.First, days.Last}, about...)...)
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	for _, p := range o.postings {
		o.vacancies(p, today, lim, add)
		o.suspension(p, today, add)
		o.unattended(p, today, add)
		own := o.agencyOf(p).Country
		missing := runs(o.window, func(d Date) bool {
			return o.open(p, d) && !(o.represents(p, own, "police", d) && o.represents(p, own, "customs", d))
		})
		if len(missing) > 0 {
			add("serious", "sending_state", p, o.toTheEnd(missing[0]), own)
		}
		if p.HostBody == "" && slices.Contains([]Country{"DK", "FI", "IS", "NO", "SE"}, p.HostCountry) {
			add("notice", "nordic_host", p, p.Life())
		}
	}
	for _, a := range o.assignments {
		p := o.postOf(a)
		// Beyond the life: the first such days in a row that are not over.
		outside := runs(o.window, func(d Date) bool {
			return in(d, a.Period) && !o.open(p, d) && (d < p.Opened || a.Last != Forever)
		})
		for _, run := range outside {
			if run.Last >= today {
				add("warning", "beyond_life", p, run, a.Key)
				break
			}
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
		case a.OfficerID == b.OfficerID && p.ID != q.ID && (o.seat(p) || o.seat(q)):
		case a.OfficerID == b.OfficerID && p.ID != q.ID:
			add("serious", "two_postings", p, o.toTheEnd(both[0]), a.Key, b.Key)
		case a.OfficerID == b.OfficerID:
			add("serious", "held_twice", p, o.toTheEnd(both[0]), a.Key, b.Key)
		case a.OfficerID != b.OfficerID && p.ID == q.ID && o.count(both[0]) > lim.HandoverDays:
			add("notice", "long_overlap", p, o.toTheEnd(both[0]), a.Key, b.Key)
		}
	})
	lines = append(lines, o.unattested(today, lim)...)
	lines = append(lines, o.ofBodies(today, lim)...)
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
			lines = append(lines, fmt.Sprint("notice not_attested ", s, " ", since, " 9999-12-31 [", s, "]"))
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

// vacancies finds the days in a row on which a posting is vacant, each once: as
// vacant if today is one of them; as a gap if they are to come and somebody
// holds the posting on some day before and on some day after; and as vacant soon
// if they begin within the notice and nobody comes later. Of those after which
// nobody comes only the first is told. What also follows is told with it: it is
// a gap, or states are left alone, which is serious.
func (o oracle) vacancies(p Posting, today Date, lim Limits, add func(string, string, Posting, Period, ...any)) {
	vacant := func(d Date) bool { return o.status(p, d) == "vacant" }
	holder := runs(o.window, func(d Date) bool { return len(o.holders(p, d)) > 0 })
	for _, run := range runs(o.window, vacant) {
		comes := o.heldAfter(p, max(run.First, today))
		gap := len(holder) > 0 && holder[0].First < run.First && holder[len(holder)-1].Last > run.Last
		switch {
		case run.Last < today:
			continue
		case run.First <= today:
			severity, kind, alone := "warning", "vacant", o.alone(p, today)
			if gap {
				kind += "+gap"
			}
			if alone != "" {
				severity, kind = "serious", kind+"+nobody_behind"
			}
			add(severity, kind, p, o.toTheEnd(run), o.losing(p, today), alone, o.until(p, run, today, comes))
		case gap:
			add("warning", "gap", p, run, o.losing(p, run.First), "", o.until(p, run, run.First, comes))
		case run.First <= today+Date(lim.NoticeDays) && !comes:
			add("warning", "vacant_soon", p, o.toTheEnd(run), o.losing(p, run.First))
		default:
			continue
		}
		if !comes {
			return
		}
	}
}

// until writes which day is promised at the end of a vacancy: "until" if on the
// day after somebody acts at the host for the sending state; else what happens
// on that day, and from when somebody does. Then for the other states, and the
// matters in which they are represented, from when somebody acts for them, if
// that is another day: 0 if it is none.
func (o oracle) until(p Posting, run Period, on Date, comes bool) string {
	if !comes {
		return ""
	}
	host := Place{Country: p.HostCountry}
	if p.HostBody != "" {
		host = Place{Body: p.HostBody}
	}
	own := o.agencyOf(p).Country
	from := func(s State, matters ...Matter) Date {
		for d := run.Last + 1; d <= o.window.Last; d++ {
			for _, m := range matters {
				if o.posting(p, s, m, host, d) {
					return d
				}
			}
		}
		return 0
	}
	acts := from(own, "police", "customs")
	text := "since"
	if acts == run.Last+1 {
		text = "until"
	} else if o.suspendedOn(p, run.Last+1) {
		text = fmt.Sprintf("suspended@%s,from%s", run.Last+1, acts)
	}
	for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
		if s == own || o.home(p, s, host) || !strings.Contains(o.losing(p, on), string(s)) {
			continue
		}
		police, customs := from(s, "police"), from(s, "customs")
		inPolice, inCustoms := o.represents(p, s, "police", on), o.represents(p, s, "customs", on)
		if inPolice && police != acts && (!inCustoms || police == customs) || inCustoms && customs != acts && !inPolice {
			day := police
			if !inPolice {
				day = customs
			}
			text += fmt.Sprintf(",%s/both@%s", s, day)
		} else if inPolice && inCustoms && police != customs {
			if police != acts {
				text += fmt.Sprintf(",%s/police@%s", s, police)
			}
			if customs != acts {
				text += fmt.Sprintf(",%s/customs@%s", s, customs)
			}
		}
	}
	return text
}

// losing writes the states that a posting represents on a day at some place
// that it covers and that is home to neither of the two.
func (o oracle) losing(p Posting, d Date) string {
	all := ""
	for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
		for _, name := range randomPlaces {
			if o.covers(p, at(name), d) && !o.home(p, s, at(name)) && (o.represents(p, s, "police", d) || o.represents(p, s, "customs", d)) {
				all += string(s)
				break
			}
		}
	}
	return all
}

// alone writes the states that a posting represents today, though nobody acts
// there, if at some place that it covers and that is nobody's home nobody else
// answers for that state either.
func (o oracle) alone(p Posting, today Date) string {
	lost := ""
	for _, s := range []State{"DK", "FI", "IS", "NO", "SE"} {
		nobody := false
		for _, name := range randomPlaces {
			for _, m := range []Matter{"police", "customs"} {
				if o.covers(p, at(name), today) && !o.home(p, s, at(name)) && o.represents(p, s, m, today) && len(o.answers(s, m, at(name), today)) == 0 {
					nobody = true
				}
			}
		}
		if nobody {
			lost += string(s)
		}
	}
	return lost
}

// suspension finds a posting that is suspended today and leaves states alone.
// Its days are those in a row without anybody acting in the posting.
func (o oracle) suspension(p Posting, today Date, add func(string, string, Posting, Period, ...any)) {
	if o.status(p, today) != "suspended" || o.alone(p, today) == "" {
		return
	}
	idle := func(d Date) bool { return o.status(p, d) == "vacant" || o.status(p, d) == "suspended" }
	add("serious", "nobody_behind", p, o.runAround(today, idle), o.alone(p, today), o.alone(p, today))
}
