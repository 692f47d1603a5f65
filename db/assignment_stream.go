package db

import (
	"context"
	"iter"
	"strings"

	"samband/models"
)

// EachAssignment yields all assignments that pass the filter, as they are at
// one moment. An error is the last that it yields. Where they are many, the
// other tables are read first, and the rows of assignments then join them in
// memory.
func (s *Store) EachAssignment(ctx context.Context, f Filter, o Order) iter.Seq2[AssignmentRow, error] {
	return stream("assignments", func(send func(AssignmentRow) bool) error {
		return s.view(ctx, func(r reader) error {
			chosen, err := r.choose(assignmentListing, f)
			if err != nil {
				return err
			}
			if !chosen.some {
				return chosen.streamAssignments(o, send)
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

// streamAssignments sends all selected rows until send returns false.
func (s *selection) streamAssignments(o Order, send func(AssignmentRow) bool) error {
	agencies, officers, postings := map[int64]*models.Agency{}, map[int64]*models.Officer{}, map[int64]*models.Posting{}
	if err := gather(s.reader, agencies); err != nil {
		return err
	}
	if err := gather(s.reader, officers); err != nil {
		return err
	}
	if err := gather(s.reader, postings); err != nil {
		return err
	}
	if err := s.lists(postings, ""); err != nil {
		return err
	}
	query, args := s.query("x."+strings.Join(assignmentKind.columns, ", x."), o, "")
	rows, err := s.g.Raw(query, args...).Rows()
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	var row AssignmentRow
	into := assignmentKind.destinations(&row.Assignment, nil)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row.Officer, row.Posting = officers[row.OfficerID], postings[row.PostingID]
		row.Agency = agencies[row.Posting.AgencyID]
		if !send(row) {
			return nil
		}
	}
	return translate(rows.Err())
}

// gather reads all records of one noun, by ID.
func gather[T record](r reader, into map[int64]*T) error {
	k := kindOf[T]()
	return eachOf(r, "", nil, func(one *T) error {
		into[*k.id(one)] = one
		return nil
	})
}
