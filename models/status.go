package models

import (
	"cmp"
	"slices"
)

// A Status is how a posting stands on one day.
type Status string

// The statuses. A posting that is suspended neither acts nor is vacant.
const (
	Planned   Status = "planned" // not yet opened
	Held      Status = "held"    // open, and somebody holds it
	Vacant    Status = "vacant"  // open, and nobody does
	Suspended Status = "suspended"
	Closed    Status = "closed"
)

// Statuses returns all statuses, in the order of a posting's life.
func Statuses() []Status { return []Status{Planned, Held, Vacant, Suspended, Closed} }

// Valid reports whether s is a known status.
func (s Status) Valid() bool {
	switch s {
	case Planned, Held, Vacant, Suspended, Closed:
		return true
	}
	return false
}

// StatusOn returns how the posting stands on a day.
func (p *Post) StatusOn(d Date) Status {
	switch _, suspended := p.SuspendedOn(d); {
	case d < p.Opened:
		return Planned
	case d > p.Closed:
		return Closed
	case suspended:
		return Suspended
	case len(p.HoldersOn(d)) > 0:
		return Held
	}
	return Vacant
}

// HoldersOn returns who holds the posting on a day of its life, suspended or
// not, the earlier start first.
func (p *Post) HoldersOn(d Date) []Assignment {
	var on []Assignment
	if !p.Life().Has(d) {
		return nil
	}
	for _, a := range p.Assignments {
		if a.Has(d) {
			on = append(on, a)
		}
	}
	return on
}

// NextAfter returns the first assignment that starts after a day, if any. None
// starts before the posting opens, or after it has closed.
func (p *Post) NextAfter(d Date) (Assignment, bool) {
	if d < p.Opened {
		for _, a := range p.Assignments {
			if p.Term(a).Days() > 0 {
				return a, true
			}
		}
		return Assignment{}, false
	}
	coming := p.comingAfter(d)
	if len(coming) == 0 {
		return Assignment{}, false
	}
	return coming[0], true
}

// comingAfter returns the assignments that start after a day on which the
// posting is open, and not after it has closed.
func (p *Post) comingAfter(d Date) []Assignment {
	begins := func(d Date) int {
		i, _ := slices.BinarySearchFunc(p.Assignments, d, func(a Assignment, first Date) int { return cmp.Compare(a.First, first) })
		return i
	}
	i := begins(d + 1)
	return p.Assignments[i:max(i, begins(p.Closed+1))]
}

// Successor returns the assignment that follows on one: the next to begin that lasts
// longer, of another officer. It reports whether there is one.
func (p *Post) Successor(a Assignment) (Assignment, bool) {
	for _, b := range p.Assignments {
		if b.OfficerID != a.OfficerID && b.First > a.First && b.Last > a.Last {
			return b, true
		}
	}
	return Assignment{}, false
}

// VacantDays returns the days of p's life on which it is neither suspended
// nor held, as the fewest possible periods in date order.
func (p *Post) VacantDays() []Period {
	taken := p.Suspended()
	for _, a := range p.Assignments {
		taken = append(taken, a.Period)
	}
	return p.Life().Without(taken)
}
