package models

import (
	"fmt"
	"slices"
	"strings"
)

// Findings returns the findings that the draft brings, and those that it takes
// away, as of a day.
//
// It looks at the changed postings, at their holders, past and future, at
// whether other postings at the same places have nobody behind them, at those that
// a changed one's holders stand in at, at lists to be confirmed, and at bodies: no
// other findings can differ.
func (d Draft) Findings(today Date, lim Limits) (appear, disappear []Finding) {
	changed := d.Posts()
	beside := map[int64]bool{}
	var officers []int64
	for _, dir := range []*Directory{d.Before, d.After} {
		for _, at := range d.Places() {
			for _, p := range dir.places[at] {
				beside[p.ID] = true
			}
		}
		for _, id := range changed {
			officers = append(officers, dir.posts.get(id).everHeldBy()...)
		}
		for id := range dir.away {
			beside[id] = true
		}
	}
	find := func(dir *Directory) []Finding {
		f := dir.finder(today, lim)
		for id := range beside {
			p := dir.posts.get(id)
			if p == nil {
				continue
			}
			if slices.Contains(changed, id) {
				f.post(p)
				continue
			}
			f.absences(p)
			if status := p.StatusOn(today); status == Vacant || status == Suspended {
				f.idle(p)
			}
		}
		f.officers(dir.heldBy(officers))
		f.unattested()
		f.bodies()
		slices.SortFunc(f.found, compareFindings)
		return f.found
	}
	before, after := find(d.Before), find(d.After)
	return notIn(after, before), notIn(before, after)
}

func notIn(all, others []Finding) (rest []Finding) {
	known := make(map[string]bool, len(others))
	for _, f := range others {
		known[f.Name()] = true
	}
	for _, f := range all {
		if !known[f.Name()] {
			rest = append(rest, f)
		}
	}
	return rest
}

// Name identifies a finding by its facts: its kind, records, days and states.
// When one of these changes, it is another finding. It contains nobody's name.
func (f Finding) Name() string {
	return f.name(func(a Assignment) string { return fmt.Sprint("a", a.ID) })
}

func (f Finding) name(of func(Assignment) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s", f.Kind, f.Days.First, f.Days.Last, f.Sending)
	if f.Post != nil {
		fmt.Fprintf(&b, " p%d", f.Post.ID)
	}
	if f.Body != nil {
		fmt.Fprintf(&b, " b%s", f.Body.Key)
	}
	for _, a := range f.Assignments {
		fmt.Fprintf(&b, " %s %s %s", of(a), a.First, a.Last)
	}
	for _, s := range f.States {
		b.WriteString(" " + string(s))
	}
	if len(f.Also) > 0 {
		fmt.Fprintf(&b, " %s %s", f.Also, f.Alone)
	}
	for _, at := range f.Places {
		b.WriteString(" " + at.String())
	}
	return b.String()
}
