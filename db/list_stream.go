package db

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"samband/models"
)

// EachAssignment yields all assignments that pass the filter, as of one moment.
// If there is an error, it is yielded last. An order without a column is by ID,
// which is fastest. Only which assignments pass is read, and in which order: what
// they and the others are is in the directory, which is in memory. If all pass, by ID,
// nothing is read. Those of a past are read from its own tables.
func (v Reading) EachAssignment(ctx context.Context, f Filter, o Order) iter.Seq2[AssignmentRow, error] {
	if o.Column == "" {
		o.Column = "id"
	}
	if v.past != nil || v.unrecorded != nil {
		return eachRow(ctx, v, "assignments", assignmentListing, Reader.assignmentRows, f, o)
	}
	return stream("assignments", func(send func(AssignmentRow) bool) error {
		if o.Column == "id" && f.all() {
			d, err := v.Directory(ctx)
			if err != nil {
				return err
			}
			return newJoiner(d, f.On).all(ctx, o.Descending, send)
		}
		return v.joined(ctx, func(r Reader, d *models.Directory) error {
			r.called = f.On
			chosen, err := r.choose(assignmentListing, f)
			if err != nil || chosen.some && len(chosen.few) == 0 {
				return err
			}
			return ahead(ctx, send, func(send func(AssignmentRow) bool) error {
				return chosen.streamAssignments(newJoiner(d, f.On), o, send)
			})
		})
	})
}

// How far ahead of their consumer rows are read.
const (
	aheadRows    = 256 // in one batch
	aheadBatches = 4
)

// ahead sends what from sends, which goes on reading while send is at work,
// until send returns false or ctx ends. When ahead returns, or send panics,
// from has returned.
func ahead[T any](ctx context.Context, send func(T) bool, from func(send func(T) bool) error) error {
	batches, free := make(chan []T, aheadBatches), make(chan []T, aheadBatches)
	enough := make(chan struct{})
	var failed error // set before batches is closed
	go func() {
		defer close(batches)
		batch := make([]T, 0, aheadRows)
		hand := func() bool {
			select {
			case batches <- batch:
				select {
				case batch = <-free:
				default:
					batch = make([]T, 0, aheadRows)
				}
				return true
			case <-enough:
				return false
			}
		}
		failed = from(func(row T) bool {
			batch = append(batch, row)
			return len(batch) < aheadRows || hand()
		})
		hand()
	}()
	defer func() {
		close(enough)
		for range batches { // drain until closed
		}
	}()
	for batch := range batches {
		for _, row := range batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !send(row) {
				return nil
			}
		}
		select {
		case free <- batch[:0]:
		default:
		}
	}
	return failed
}

// streamAssignments sends all selected rows in order until send returns false.
func (s *selection) streamAssignments(j *joiner, o Order, send func(AssignmentRow) bool) error {
	query, args := s.query("x.id, x.posting_id", o, "")
	var id, posting int64
	into := []any{&id, &posting}
	err := s.each(query, args, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row, err := j.assignment(id, posting)
		if err == nil && !send(row) {
			err = errEnough
		}
		return err
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// errEnough ends a query whose rows are no longer wanted.
var errEnough = errors.New("enough")

// gather returns all records of one noun, by ID.
func gather[T Record](r Reader) (map[int64]*T, error) {
	all := map[int64]*T{}
	return all, Each(r, nil, func(one *T) error {
		all[*ID(one)] = one
		return nil
	})
}
