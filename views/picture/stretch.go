package picture

import (
	"cmp"
	"slices"

	"samband/models"
)

// A Stretch is a period of a posting that is one bar in its picture, and one line
// in a table beside it.
type Stretch struct {
	Status models.Status // models.Held, by one holder, models.Vacant or models.Suspended
	models.Period
	Assignment *models.Assignment // by which it is held
	Before     *models.Assignment // an earlier one that still holds on the first day, nil for none
	Shared     int                // how many of the first days it is held by both
	Reason     string             // of a suspension
}

// Stretches returns the stretches of a posting that share a day with a picture, by
// first day. Each keeps all its days, also those outside the picture. None is
// outside the posting's life.
func Stretches(p *models.Post, shown models.Period) []Stretch {
	var all []Stretch
	var longest *models.Assignment // of those before, the one that ends last
	for i := range p.Assignments {
		a := &p.Assignments[i]
		x := Stretch{Status: models.Held, Period: p.Term(*a), Assignment: a}
		if longest != nil {
			x.Shared = x.And(p.Term(*longest)).Days()
		}
		if x.Shared > 0 {
			x.Before = longest
		}
		if longest == nil || a.Last > longest.Last {
			longest = a
		}
		all = append(all, x)
	}
	for _, days := range p.VacantDays() {
		all = append(all, Stretch{Status: models.Vacant, Period: days})
	}
	for _, s := range p.Suspensions {
		all = append(all, Stretch{Status: models.Suspended, Period: s.And(p.Life()), Reason: s.Reason})
	}
	all = slices.DeleteFunc(all, func(x Stretch) bool { return x.Days() == 0 || !x.Overlaps(shown) })
	slices.SortStableFunc(all, func(a, b Stretch) int { return cmp.Compare(a.First, b.First) })
	return all
}

// Absence says why a posting has no stretch in a period, none of which is in its
// life: it opens later, or closed before.
func Absence(p *models.Post, shown models.Period) models.Message {
	if p.Opened > shown.Last {
		return models.Say("timeline.opened", "day", p.Opened)
	}
	return models.Say("timeline.closed", "day", p.Closed)
}

// A stacking gives each stretch, by first day, the first lane that is free.
type stacking struct {
	of    []int
	count int // at least 1
}

func laid(list []Stretch) stacking {
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
