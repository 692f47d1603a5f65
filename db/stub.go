package db

import (
	"context"
	"errors"
	"iter"

	"samband/models"
)

var errTodo = errors.New("not written yet")

func (s *Store) Directory(ctx context.Context) (*models.Directory, error) { return nil, errTodo }
func (s *Store) Postings(ctx context.Context, f Filter, o Order, p Page) (rows []PostingRow, next string, err error) {
	return nil, "", errTodo
}
func (s *Store) Officers(ctx context.Context, f Filter, o Order, p Page) (rows []OfficerRow, next string, err error) {
	return nil, "", errTodo
}
func (s *Store) Assignments(ctx context.Context, f Filter, o Order, p Page) (rows []AssignmentRow, next string, err error) {
	return nil, "", errTodo
}
func (s *Store) CountPostings(ctx context.Context, f Filter, most int) (int, error) {
	return 0, errTodo
}
func (s *Store) CountOfficers(ctx context.Context, f Filter, most int) (int, error) {
	return 0, errTodo
}
func (s *Store) CountAssignments(ctx context.Context, f Filter, most int) (int, error) {
	return 0, errTodo
}
func (s *Store) EachPosting(ctx context.Context, f Filter, o Order) iter.Seq2[PostingRow, error] {
	return func(func(PostingRow, error) bool) {}
}
func (s *Store) EachOfficer(ctx context.Context, f Filter, o Order) iter.Seq2[OfficerRow, error] {
	return func(func(OfficerRow, error) bool) {}
}
func (s *Store) EachAssignment(ctx context.Context, f Filter, o Order) iter.Seq2[AssignmentRow, error] {
	return func(func(AssignmentRow, error) bool) {}
}
