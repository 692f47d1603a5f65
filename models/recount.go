package models

import (
	"maps"
	"slices"
)

// A Recount is a run of days on which one number of officers can be turned to
// before a change, and another after it.
type Recount struct {
	Period
	Before, After int
}

// recounted returns the runs of days on which there are fewer after than before,
// but some, and those on which there are more, but were some.
func recounted(before, after map[int64][]Period) (fewer, more []Recount) {
	type turn struct{ before, after int }
	changes := map[Date]turn{}
	for i, by := range []map[int64][]Period{before, after} {
		one := turn{before: 1 - i, after: i}
		for _, days := range by {
			for _, p := range days {
				begins := changes[p.First]
				changes[p.First] = turn{begins.before + one.before, begins.after + one.after}
				if !p.Last.Open() {
					ends := changes[p.Last+1]
					changes[p.Last+1] = turn{ends.before - one.before, ends.after - one.after}
				}
			}
		}
	}
	days := slices.Sorted(maps.Keys(changes))
	var now turn
	for i, first := range days {
		change := changes[first]
		now = turn{now.before + change.before, now.after + change.after}
		run := Recount{Period{first, Forever}, now.before, now.after}
		if i+1 < len(days) {
			run.Last = days[i+1] - 1
		}
		switch {
		case now.before == 0 || now.after == 0:
		case now.after < now.before:
			fewer = joined(fewer, run)
		case now.after > now.before:
			more = joined(more, run)
		}
	}
	return fewer, more
}

// joined appends a run, to the last one if that ends on the day before with the
// same numbers.
func joined(runs []Recount, run Recount) []Recount {
	if n := len(runs); n > 0 && runs[n-1].Last+1 == run.First && runs[n-1].Before == run.Before && runs[n-1].After == run.After {
		runs[n-1].Last = run.Last
		return runs
	}
	return append(runs, run)
}
