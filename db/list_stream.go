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
// which is fastest. If many pass, the other tables are read first, and are then
// joined with the assignments in memory.
func (v Reading) EachAssignment(ctx context.Context, f Filter, o Order) iter.Seq2[AssignmentRow, error] {
	if o.Column == "" {
		o.Column = "id"
	}
	return stream("assignments", func(send func(AssignmentRow) bool) error {
		return v.view(ctx, func(r Reader) error {
			r.called = f.On
			chosen, err := r.choose(assignmentListing, f)
			if err != nil {
				return err
			}
			if !chosen.some {
				return ahead(ctx, send, func(send func(AssignmentRow) bool) error { return chosen.streamAssignments(o, send) })
			}
			return chosen.all(o, func(ids []int64) (bool, error) {
				rows, err := r.assignmentRows(ids)
				for _, row := range rows {
					if !send(row) {
						return false, nil
					}
				}
				return true, err
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
	batches := make(chan []T, aheadBatches)
	enough := make(chan struct{})
	var failed error // set before batches is closed
	go func() {
		defer close(batches)
		batch := make([]T, 0, aheadRows)
		hand := func() bool {
			select {
			case batches <- batch:
				batch = make([]T, 0, aheadRows)
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
	}
	return failed
}

// streamAssignments sends all selected rows in order until send returns false.
func (s *selection) streamAssignments(o Order, send func(AssignmentRow) bool) error {
	officers, postings, err := s.joined()
	if err != nil {
		return err
	}
	var row AssignmentRow
	var at post
	into, scanner := assignmentKind.Pointers(&row.Assignment, nil), s.scanner()
	query, args := s.query(s.columns("x", assignmentKind.columns), o, "")
	err = s.each(query, args, func(rows *sql.Rows) error {
		if err := scanner.scan(rows, into); err != nil {
			return err
		}
		if at.posting == nil || at.posting.ID != row.PostingID {
			at = postings[row.PostingID]
		}
		row.Officer, row.Posting, row.Agency, row.Body = officers[row.OfficerID], at.posting, at.agency, at.body
		s.assignment(&row.Assignment, row.Officer)
		if !send(row) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// errEnough ends a query whose rows are no longer wanted.
var errEnough = errors.New("enough")

// joined reads all records that assignments may refer to, with the postings'
// parts.
func (r Reader) joined() (map[int64]*models.Officer, map[int64]post, error) {
	officers, err := gather[models.Officer](r)
	if err != nil {
		return nil, nil, err
	}
	agencies, err := gather[models.Agency](r)
	if err != nil {
		return nil, nil, err
	}
	if err := r.nameAgencies(agencies); err != nil {
		return nil, nil, err
	}
	postings, err := gather[models.Posting](r)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range officers {
		r.officer(o, agencies[o.AgencyID])
	}
	if err := readParts(r, postings, ""); err != nil {
		return nil, nil, err
	}
	posts, err := r.posted(postings, agencies)
	return officers, posts, err
}

// gather returns all records of one noun, by ID.
func gather[T Record](r Reader) (map[int64]*T, error) {
	all := map[int64]*T{}
	return all, Each(r, nil, func(one *T) error {
		all[*ID(one)] = one
		return nil
	})
}
