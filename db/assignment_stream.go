package db

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"samband/models"
)

// EachAssignment yields all assignments that pass the filter, as they are at
// one moment. An error is the last that it yields. An order without a column
// is that of the IDs, the fastest. Where they are many, the other tables are
// read first, and the rows of assignments then join them in memory.
func (s *Store) EachAssignment(ctx context.Context, f Filter, o Order) iter.Seq2[AssignmentRow, error] {
	if o.Column == "" {
		o.Column = "id"
	}
	return stream("assignments", func(send func(AssignmentRow) bool) error {
		return s.view(ctx, func(r reader) error {
			chosen, err := r.choose(assignmentListing, f)
			if err != nil {
				return err
			}
			if !chosen.some {
				err = chosen.streamAssignments(o, send)
				if errors.Is(err, errEnough) {
					err = nil
				}
				return err
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
	officers, postings, err := s.joined()
	if err != nil {
		return err
	}
	var row AssignmentRow
	var at post
	into, scanner := assignmentKind.destinations(&row.Assignment, nil), s.scanner()
	query, args := s.query(s.columns("x", assignmentKind.columns), o, "")
	return s.each(query, args, func(rows *sql.Rows) error {
		if err := scanner.scan(rows, into); err != nil {
			return err
		}
		if at.posting == nil || at.posting.ID != row.PostingID {
			at = postings[row.PostingID]
		}
		row.Officer, row.Posting, row.Agency = officers[row.OfficerID], at.posting, at.agency
		if !send(row) {
			return errEnough
		}
		return nil
	})
}

// errEnough ends a query whose rows are no longer wanted.
var errEnough = errors.New("enough")

// post is a posting with its sending agency.
type post struct {
	posting *models.Posting
	agency  *models.Agency
}

// joined reads all that assignments refer to.
func (r reader) joined() (map[int64]*models.Officer, map[int64]post, error) {
	officers, err := gather[models.Officer](r)
	if err != nil {
		return nil, nil, err
	}
	agencies, err := gather[models.Agency](r)
	if err != nil {
		return nil, nil, err
	}
	postings, err := gather[models.Posting](r)
	if err != nil {
		return nil, nil, err
	}
	posts := make(map[int64]post, len(postings))
	for id, p := range postings {
		posts[id] = post{p, agencies[p.AgencyID]}
	}
	return officers, posts, r.lists(postings, "")
}

// gather returns all records of one noun, by ID.
func gather[T record](r reader) (map[int64]*T, error) {
	k := kindOf[T]()
	all := map[int64]*T{}
	return all, eachOf(r, "", nil, func(one *T) error {
		all[*k.id(one)] = one
		return nil
	})
}
