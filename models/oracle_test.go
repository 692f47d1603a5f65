package models

import (
	"fmt"
	"strings"
)

// An oracle answers from the flat lists of a world, one day at a time, as the
// description of the domain reads. It shares no rule with the package: it is
// slow and plain on purpose. All that is finite in its world happens in the
// window, so that nothing changes after its last day.
type oracle struct {
	*world
	window Period
}

func (o oracle) agencyOf(p Posting) Agency {
	for _, a := range o.agencies {
		if a.ID == p.AgencyID {
			return a
		}
	}
	panic("no agency")
}

func (o oracle) officerOf(a Assignment) Officer {
	for _, officer := range o.officers {
		if officer.ID == a.OfficerID {
			return officer
		}
	}
	panic("no officer")
}

func (o oracle) postOf(a Assignment) Posting {
	for _, p := range o.postings {
		if p.ID == a.PostingID {
			return p
		}
	}
	panic("no posting")
}

func (o oracle) open(p Posting, d Date) bool { return p.Opened <= d && d <= p.Closed }

// resident says whether the posting sits at the place. One that a body hosts sits
// there, and not in the country where the body has its headquarters.
func (o oracle) resident(p Posting, place Place) bool {
	if p.HostBody != "" {
		return place.Body == p.HostBody
	}
	return place.Body == "" && place.Country == p.HostCountry
}

// seat says whether the posting is one: a body hosts it that is no organisation.
func (o oracle) seat(p Posting) bool {
	return p.HostBody != "" && o.body(p.HostBody).Kind != "organisation"
}

// covers says whether the posting covers the place on the day.
func (o oracle) covers(p Posting, place Place, d Date) bool {
	if !o.open(p, d) {
		return false
	}
	if o.resident(p, place) {
		return true
	}
	for _, c := range o.coverages {
		if c.PostingID == p.ID && place.Body == "" && c.Country == place.Country && in(d, c.Period) {
			return true
		}
	}
	return false
}

func (o oracle) represents(p Posting, s State, m Matter, d Date) bool {
	for _, r := range o.representations {
		if r.PostingID == p.ID && r.State == s && (r.Matter == m || r.Matter == "both") && in(d, r.Period) {
			return o.open(p, d)
		}
	}
	return false
}

func (o oracle) suspendedOn(p Posting, d Date) bool {
	for _, s := range o.suspensions {
		if s.PostingID == p.ID && in(d, s.Period) {
			return o.open(p, d)
		}
	}
	return false
}

// holds says whether the assignment's officer holds its posting on the day.
// Nobody holds a posting that does not exist.
func (o oracle) holds(a Assignment, d Date) bool { return in(d, a.Period) && o.open(o.postOf(a), d) }

func (o oracle) holders(p Posting, d Date) []Assignment {
	var holders []Assignment
	for _, a := range o.assignments {
		if a.PostingID == p.ID && o.holds(a, d) {
			holders = append(holders, a)
		}
	}
	return holders
}

// status says how the posting stands. Suspended is neither vacant nor acting.
func (o oracle) status(p Posting, d Date) Status {
	if d < p.Opened {
		return "planned"
	} else if d > p.Closed {
		return "closed"
	} else if o.suspendedOn(p, d) {
		return "suspended"
	} else if len(o.holders(p, d)) > 0 {
		return "held"
	}
	return "vacant"
}

// home says whether the posting has nothing to say at the place: nobody is
// represented at home, neither the state that is asked for nor the one that
// sends the posting.
func (o oracle) home(p Posting, s State, place Place) bool {
	here := string(place.Country)
	return here != "" && (here == string(s) || here == string(o.agencyOf(p).Country))
}

// posting says whether the posting answers on the day: somebody holds it, and
// nothing keeps it from acting.
func (o oracle) posting(p Posting, s State, m Matter, place Place, d Date) bool {
	return len(o.holders(p, d)) > 0 && !o.home(p, s, place) && o.covers(p, place, d) && o.represents(p, s, m, d) && !o.suspendedOn(p, d)
}

// whyNot says why a posting that covers the place on some day of the window
// does not answer: the first reason that applies. With it come the days that
// the sentence names. "from" is the day from which the posting answers, if it
// ever will: a promise. Where that is not the day on which the reason ceases,
// "then" says what stands in the way on that day.
func (o oracle) whyNot(p Posting, s State, m Matter, place Place, d Date) string {
	var covered []Date
	for c := o.window.First; c <= o.window.Last; c++ {
		if o.covers(p, place, c) {
			covered = append(covered, c)
		}
	}
	if len(covered) == 0 || o.posting(p, s, m, place, d) {
		return "" // has nothing to do with the place, or answers
	}
	why := o.why(p, s, m, place, d, covered)
	switch {
	case why == "at_home":
		return why
	case d > p.Closed:
		return fmt.Sprint("not_open last=", p.Closed)
	case why == "no_longer_covered":
		return fmt.Sprint(why, " last=", covered[len(covered)-1])
	}
	text, ends := why, o.ends(p, s, m, place, d, why, covered)
	switch {
	case why == "not_open":
		text += fmt.Sprint(" first=", p.Opened)
	case why == "not_yet_covered" && d > covered[0]:
		last := covered[0]
		for _, c := range covered {
			if c < d {
				last = c
			}
		}
		text += fmt.Sprint(" last=", last, " first=", ends)
	case why == "suspended":
		text += fmt.Sprint(" first=", o.runAround(d, func(d Date) bool { return o.suspendedOn(p, d) }).First)
	}
	from := Date(0)
	for c := d + 1; c <= o.window.Last && from == 0; c++ {
		if o.posting(p, s, m, place, c) {
			from = c
		}
	}
	if ends > p.Closed && why == "suspended" {
		text += fmt.Sprint(" then=closed@", p.Closed)
	} else if ends != 0 && ends != from && why != "not_represented" && ends <= p.Closed && (why != "vacant" || o.heldAfter(p, d)) {
		text += fmt.Sprint(" then=", o.why(p, s, m, place, ends, covered), "@", ends)
	}
	if from != 0 {
		text += fmt.Sprint(" from=", from)
	}
	return text
}

// heldAfter says whether somebody holds the posting on some later day.
func (o oracle) heldAfter(p Posting, d Date) bool {
	for c := d + 1; c <= o.window.Last; c++ {
		if len(o.holders(p, c)) > 0 {
			return true
		}
	}
	return false
}

// why says the first reason that applies on a day on which the posting does not
// answer.
func (o oracle) why(p Posting, s State, m Matter, place Place, d Date, covered []Date) string {
	switch {
	case o.home(p, s, place):
		return "at_home"
	case !o.open(p, d):
		return "not_open"
	case !o.covers(p, place, d) && d < covered[len(covered)-1]:
		return "not_yet_covered"
	case !o.covers(p, place, d):
		return "no_longer_covered"
	case !o.represents(p, s, m, d):
		return "not_represented"
	case o.suspendedOn(p, d):
		return "suspended"
	}
	return "vacant"
}

// ends returns the first later day on which the reason is no longer so: the
// day after its last one, if that is known.
func (o oracle) ends(p Posting, s State, m Matter, place Place, d Date, why string, covered []Date) Date {
	for c := d + 1; c <= o.window.Last; c++ {
		if map[string]bool{
			"not_open":        o.open(p, c),
			"not_yet_covered": o.covers(p, place, c),
			"not_represented": o.represents(p, s, m, c),
			"suspended":       !o.suspendedOn(p, c),
			"vacant":          o.status(p, c) != "vacant",
		}[why] {
			return c
		}
	}
	return 0
}

// runAround returns the days in a row that satisfy has, around d, which does.
func (o oracle) runAround(d Date, has func(Date) bool) Period {
	run := Period{d, d}
	for run.First > o.window.First && has(run.First-1) {
		run.First--
	}
	for run.Last < o.window.Last && has(run.Last+1) {
		run.Last++
	}
	return o.toTheEnd(run)
}

// toTheEnd gives days that reach the end of the window their open end: nothing
// changes any more.
func (o oracle) toTheEnd(p Period) Period {
	if p.Last == o.window.Last {
		p.Last = Forever
	}
	return p
}

func keys(as []Assignment) string {
	var keys []string
	for _, a := range as {
		keys = append(keys, a.Key)
	}
	return strings.Join(keys, " ")
}
