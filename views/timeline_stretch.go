package views

import (
	"cmp"
	"slices"

	"samband/models"
)

// What a stretch is. Held is one holder's; the others are the posting's own.
type stretchKind string

const (
	held      stretchKind = "held"
	vacant    stretchKind = "vacant"
	suspended stretchKind = "suspended"
)

// A stretch is some days of a posting that are one thing in its picture, and
// one line in the table under it.
type stretch struct {
	kind stretchKind
	models.Period
	a      *models.Assignment // of one that is held
	before *models.Assignment // who still held the posting on the first day
	shared int                // on how many days, the first ones, they both do
	reason string             // of a suspension
}

// stretchesOf returns what a posting is on the days of a picture, by first
// day. Each keeps its own days, be they in the picture or not. None is outside
// the posting's life.
func stretchesOf(p *models.Post, shown models.Period) []stretch {
	var all []stretch
	var longest *models.Assignment // of those before, who holds the posting longest
	for i := range p.Assignments {
		a := &p.Assignments[i]
		x := stretch{kind: held, Period: p.Term(*a), a: a}
		if longest != nil {
			x.shared = x.And(p.Term(*longest)).Days()
		}
		if x.shared > 0 {
			x.before = longest
		}
		if longest == nil || a.Last > longest.Last {
			longest = a
		}
		all = append(all, x)
	}
	for _, days := range p.VacantDays() {
		all = append(all, stretch{kind: vacant, Period: days})
	}
	for _, s := range p.Suspensions {
		all = append(all, stretch{kind: suspended, Period: s.And(p.Life()), reason: s.Reason})
	}
	all = slices.DeleteFunc(all, func(x stretch) bool { return x.Days() == 0 || !x.Overlaps(shown) })
	slices.SortStableFunc(all, func(a, b stretch) int { return cmp.Compare(a.First, b.First) })
	return all
}

// A stacking gives each stretch, in order of first days, the first lane that
// is free.
type stacking struct {
	of    []int
	count int // at least 1
}

func laid(list []stretch) stacking {
	s := stacking{of: make([]int, len(list))}
	var last []models.Date // of each lane
	for i, x := range list {
		lane := 0
		for lane < len(last) && last[lane] >= x.First {
			lane++
		}
		if lane == len(last) {
			last = append(last, 0)
		}
		last[lane] = x.Last
		s.of[i] = lane
	}
	s.count = max(1, len(last))
	return s
}
