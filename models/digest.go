package models

import (
	"cmp"
	"slices"
)

// A Rhythm is how often somebody is told what has changed.
type Rhythm string

// The rhythms.
const (
	Never  Rhythm = "off"
	Daily  Rhythm = "day"
	Weekly Rhythm = "week" // on Mondays
)

// Rhythms returns all of them.
func Rhythms() []Rhythm { return []Rhythm{Never, Daily, Weekly} }

// Valid reports whether r is known.
func (r Rhythm) Valid() bool { return slices.Contains(Rhythms(), r) }

// Next returns the first day after another on which something is due, Forever for Never.
func (r Rhythm) Next(after Date) Date {
	switch r {
	case Daily:
		return after + 1
	case Weekly:
		return after + 7 - (after-1)%7 // 0001-01-01 was a Monday
	}
	return Forever
}

// DigestAhead is how many days ahead a digest tells what is known to change.
const DigestAhead = 30

// ReminderDays are how many days before its last day a term is reminded of.
func ReminderDays() []Date { return []Date{180, 90, 30} }

// An Ending is a term that ends soon.
type Ending struct {
	Post    *Post
	Term    Assignment
	Officer Officer
	Agency  Agency // that sends the posting
	Last    Date
	// Within is which of the ReminderDays has come.
	Within Date
	// Next is the first day after the term on which somebody else holds the posting, 0
	// if nobody is known to.
	Next Date
}

// Reminders returns the terms of postings that a state sends whose last day has come
// within one of the ReminderDays, as seen on a day in one directory, and was not within
// it on an earlier day in another: those that end first come first. A term that ends on
// the day or before it is not reminded of, and of several borders that were crossed the
// nearest counts.
func Reminders(sending State, before *Directory, from Date, after *Directory, to Date) (all []Ending) {
	for _, p := range after.Posts() {
		agency := after.Sending(p)
		if agency.Country != sending {
			continue
		}
		for _, a := range p.Assignments {
			last := p.Term(a).Last
			within, was := reminder(last, to), reminder(lastKnown(before, a), from)
			if within == 0 || was != 0 && was <= within || p.Term(a).Days() <= 0 {
				continue
			}
			all = append(all, Ending{Post: p, Term: a, Officer: after.Officer(a.OfficerID), Agency: agency, Last: last, Within: within, Next: p.heldAfter(last)})
		}
	}
	slices.SortFunc(all, func(x, y Ending) int {
		return cmp.Or(cmp.Compare(x.Last, y.Last), cmp.Compare(x.Post.Key, y.Post.Key), cmp.Compare(x.Term.ID, y.Term.ID))
	})
	return all
}

// reminder returns which of the ReminderDays a last day is within on a day, 0 if it is
// in none or over.
func reminder(last, on Date) (within Date) {
	if last <= on || last.Open() {
		return 0
	}
	for _, days := range ReminderDays() {
		if last-on <= days {
			within = days
		}
	}
	return within
}

// lastKnown returns the last day of an assignment as a directory has it, Forever if it
// has none.
func lastKnown(d *Directory, a Assignment) Date {
	if p := d.Post(a.PostingID); p != nil {
		for _, x := range p.Assignments {
			if x.ID == a.ID {
				return p.Term(x).Last
			}
		}
	}
	return Forever
}

// heldAfter returns the first day after another on which somebody holds the posting, 0
// if there is none.
func (p *Post) heldAfter(day Date) Date {
	first := Date(0)
	for _, a := range p.Assignments {
		if t := p.Term(a); t.Days() > 0 && t.Last > day && (first == 0 || max(t.First, day+1) < first) {
			first = max(t.First, day+1)
		}
	}
	return first
}

// Without returns those of the changes that are not among others: for each place and
// matter, and for each officer, that begin on the same day.
func (c Changes) Without(others Changes) Changes {
	only := Changes{State: c.State, From: c.From, To: c.To}
	for _, list := range []struct {
		from, other []PlaceChange
		to          *[]PlaceChange
	}{{c.Lost, others.Lost, &only.Lost}, {c.Gained, others.Gained, &only.Gained}, {c.Interrupted, others.Interrupted, &only.Interrupted}} {
		known := map[placeDay]bool{}
		for _, x := range list.other {
			for at := range x.days {
				known[at] = true
			}
		}
		for _, x := range list.from {
			fresh := map[Place]bool{}
			for at := range x.days {
				fresh[at.place] = fresh[at.place] || !known[at]
			}
			x.Places = slices.DeleteFunc(slices.Clone(x.Places), func(n Named) bool { return !fresh[n.Place] })
			if len(x.Places) > 0 {
				*list.to = append(*list.to, x)
			}
		}
	}
	only.Came, only.Went, only.Away = newTerms(c.Came, others.Came), newTerms(c.Went, others.Went), newTerms(c.Away, others.Away)
	return only
}

// A placeDay is a place where something changes in a matter, and the day on which it does.
type placeDay struct {
	place  Place
	matter Matter
	on     Date
}

// days yields the places of a change in each of its matters.
func (c PlaceChange) days(yield func(placeDay) bool) {
	for _, n := range c.Places {
		for _, m := range Matters() {
			if c.Matter.Includes(m) && !yield(placeDay{n.Place, m, c.Days.First}) {
				return
			}
		}
	}
}

// newTerms returns the terms that are not among others on the same days.
func newTerms(terms, others []TermChange) (only []TermChange) {
	type named struct {
		assignment int64
		days       Period
	}
	known := make(map[named]bool, len(others))
	for _, o := range others {
		known[named{o.Assignment.ID, o.Days}] = true
	}
	for _, t := range terms {
		if !known[named{t.Assignment.ID, t.Days}] {
			only = append(only, t)
		}
	}
	return only
}
