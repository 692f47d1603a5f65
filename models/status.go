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

// NextAfter returns the first assignment that starts after a day, if any.
func (p *Post) NextAfter(d Date) (Assignment, bool) {
	i, _ := slices.BinarySearchFunc(p.Assignments, d+1, func(a Assignment, first Date) int { return cmp.Compare(a.First, first) })
	if i == len(p.Assignments) {
		return Assignment{}, false
	}
	return p.Assignments[i], true
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
