package db

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"samband/models"
)

// runs is in how many runs all assignments are sorted by ID, one run as its turn
// comes: the first rows do not wait for the last.
const runs = 1 << 10

// A term is an assignment of a directory: which one of which posting.
type term struct {
	id       int64
	post, at int32
}

// termRoom holds terms that are not used any more: there are as many as assignments.
var termRoom sync.Pool

// terms calls f for each assignment whose holder is seen, in no order. posts are all
// those of the directory.
func terms(posts []*models.Post, f func(term)) {
	for i, p := range posts {
		for at := range p.Assignments {
			if a := &p.Assignments[at]; a.OfficerID > 0 { // else one who stands for whoever is hidden
				f(term{a.ID, int32(i), int32(at)})
			}
		}
	}
}

// count returns how many assignments all would send.
func (j *joiner) count() (n int) {
	terms(j.d.Posts(), func(term) { n++ })
	return n
}

// all sends the rows of all assignments whose holders are seen, by ID, until send
// returns false or ctx ends.
func (j *joiner) all(ctx context.Context, descending bool, send func(AssignmentRow) bool) error {
	posts := j.d.Posts()
	all, ends := inRuns(posts)
	defer termRoom.Put(&all)
	for i := range ends {
		if descending {
			i = len(ends) - 1 - i
		}
		begins := 0
		if i > 0 {
			begins = ends[i-1]
		}
		run := all[begins:ends[i]]
		slices.SortFunc(run, func(a, b term) int { return cmp.Compare(a.id, b.id) })
		if descending {
			slices.Reverse(run)
		}
		for _, t := range run {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p := posts[t.post]; p != j.post {
				j.of(p)
			}
			if j.at = int(t.at); !send(j.row()) {
				return nil
			}
		}
	}
	return nil
}

// inRuns returns the assignments in runs, each of higher IDs than the one before, and
// where each run ends. Runs are in no order themselves.
func inRuns(posts []*models.Post) (all []term, ends []int) {
	low, high, n := int64(math.MaxInt64), int64(0), 0
	terms(posts, func(t term) {
		low, high, n = min(low, t.id), max(high, t.id), n+1
	})
	if n == 0 {
		return nil, nil
	}
	width := (high-low)/runs + 1
	ends = make([]int, runs+1)
	terms(posts, func(t term) { ends[(t.id-low)/width+1]++ })
	for i := range runs {
		ends[i+1] += ends[i]
	}
	if room := termRoom.Get(); room != nil && cap(*room.(*[]term)) >= n {
		all = (*room.(*[]term))[:n]
	} else {
		all = make([]term, n)
	}
	// ends[i] is where run i begins, and in the end where it ends.
	terms(posts, func(t term) {
		at := &ends[(t.id-low)/width]
		all[*at] = t
		*at++
	})
	return all, ends[:runs]
}
