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

// seen reports whether the holders of a post are: else each of its assignments has one
// who stands for whoever is hidden.
func seen(p *models.Post) bool { return len(p.Assignments) > 0 && p.Assignments[0].OfficerID > 0 }

// count returns how many assignments all would send.
func (j *joiner) count() int { return countSeen(j.d.Posts()) }

func countSeen(posts []*models.Post) (n int) {
	for _, p := range posts {
		if seen(p) {
			n += len(p.Assignments)
		}
	}
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

// terms returns the assignments whose holders are seen, in no order, and their lowest
// and highest IDs.
func terms(posts []*models.Post) (all []term, low, high int64) {
	if room, n := termRoom.Get(), countSeen(posts); room != nil && cap(*room.(*[]term)) >= n {
		all = (*room.(*[]term))[:0]
	} else {
		all = make([]term, 0, n)
	}
	low = math.MaxInt64
	for i, p := range posts {
		if !seen(p) {
			continue
		}
		for at := range p.Assignments {
			id := p.Assignments[at].ID
			low, high = min(low, id), max(high, id)
			all = append(all, term{id, int32(i), int32(at)})
		}
	}
	return all, low, high
}

// inRuns returns the assignments in runs, each of higher IDs than the one before, and
// where each run ends. Runs are in no order themselves.
func inRuns(posts []*models.Post) (all []term, ends []int) {
	all, low, high := terms(posts)
	if len(all) == 0 {
		return nil, nil
	}
	width := (high-low)/runs + 1
	run := func(t term) int { return int((t.id - low) / width) }
	ends = make([]int, runs)
	for _, t := range all {
		ends[run(t)]++
	}
	next := make([]int, runs) // where the next one of each run goes
	for i := 1; i < runs; i++ {
		ends[i] += ends[i-1]
		next[i] = ends[i-1]
	}
	for i := range runs {
		for next[i] < ends[i] {
			if to := run(all[next[i]]); to != i {
				all[next[i]], all[next[to]] = all[next[to]], all[next[i]]
				next[to]++
			} else {
				next[i]++
			}
		}
	}
	return all, ends
}
