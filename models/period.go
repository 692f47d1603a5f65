package models

import (
	"cmp"
	"slices"
)

// A Period is the days from First to Last, both included. It is empty when
// Last comes before First. An open end is Forever.
type Period struct {
	First Date `gorm:"column:first_day" json:"first_day" told:"open"`
	Last  Date `gorm:"column:last_day" json:"last_day" as:",open" told:"open"`
}

// Always is the longest period: every day of the calendar.
var Always = Period{1, Forever}

// Days returns how many days p has, 0 when it is empty.
func (p Period) Days() int { return max(0, int(p.Last)-int(p.First)+1) }

// Months returns how many whole months p lasts: from the 1st of a month to the last
// day of the next they are two.
func (p Period) Months() int {
	n := max(0, p.Days()/31) // no month is longer
	for p.First.Months(n+1)-1 <= p.Last {
		n++
	}
	return n
}

// Has reports whether day d is in p.
func (p Period) Has(d Date) bool { return p.First <= d && d <= p.Last }

// And returns the days that p and q share, an empty period if none.
func (p Period) And(q Period) Period {
	return Period{max(p.First, q.First), min(p.Last, q.Last)}
}

// Overlaps reports whether p and q share a day.
func (p Period) Overlaps(q Period) bool { return p.And(q).Days() > 0 }

// Inside reports whether p lies within q. An open end of p always does: it then
// means "as long as q lasts".
func (p Period) Inside(q Period) bool {
	return p.First >= q.First && p.First <= q.Last && (p.Last.Open() || p.Last <= q.Last)
}

// Gaps returns the days of want that no period in held covers, as the fewest
// possible periods in date order. Empty periods in held are ignored, their
// order does not matter, and held itself is left unchanged.
func Gaps(want Period, held []Period) []Period {
	var gaps []Period
	next := want.First // the first day not yet known to be covered
	for _, p := range inOrder(held) {
		if gap := want.And(Period{next, p.First - 1}); gap.Days() > 0 {
			gaps = append(gaps, gap)
		}
		next = max(next, p.Last+1)
	}
	if rest := want.And(Period{next, want.Last}); rest.Days() > 0 {
		gaps = append(gaps, rest)
	}
	return gaps
}

// Union returns the days of all periods together, as the fewest possible
// periods in date order: neighbours without a day between them become one.
func Union(periods []Period) []Period {
	var union []Period
	for _, p := range inOrder(periods) {
		if n := len(union); n > 0 && p.First <= union[n-1].Last+1 {
			union[n-1].Last = max(union[n-1].Last, p.Last)
		} else {
			union = append(union, p)
		}
	}
	return union
}

// Without returns the days of p that are in none of the holes, as the fewest
// possible periods in date order.
func (p Period) Without(holes []Period) []Period {
	if p.Days() == 0 {
		return nil
	}
	return Gaps(p, holes)
}

// inOrder returns the periods that have a day, by first day, without touching
// the given slice.
func inOrder(periods []Period) []Period {
	ordered := make([]Period, 0, len(periods))
	for _, p := range periods {
		if p.Days() > 0 {
			ordered = append(ordered, p)
		}
	}
	slices.SortFunc(ordered, func(a, b Period) int { return cmp.Compare(a.First, b.First) })
	return ordered
}
