package db

import (
	"context"
	"errors"
	"iter"

	"samband/models"
)

var errTodo = errors.New("not written yet")

type Store struct{}

func Open(ctx context.Context, database string) (*Store, error)           { return nil, errTodo }
func (s *Store) Close() error                                             { return errTodo }
func (s *Store) Revision(ctx context.Context) (int64, error)              { return 0, errTodo }
func (s *Store) Directory(ctx context.Context) (*models.Directory, error) { return nil, errTodo }
func (s *Store) Empty(ctx context.Context) (bool, error)                  { return false, errTodo }
func (s *Store) Agency(ctx context.Context, id int64) (models.Agency, error) {
	return models.Agency{}, errTodo
}
func (s *Store) Officer(ctx context.Context, id int64) (models.Officer, error) {
	return models.Officer{}, errTodo
}
func (s *Store) Posting(ctx context.Context, id int64) (models.Posting, error) {
	return models.Posting{}, errTodo
}
func (s *Store) Assignment(ctx context.Context, id int64) (models.Assignment, error) {
	return models.Assignment{}, errTodo
}
func (s *Store) ContactPoint(ctx context.Context, id int64) (models.ContactPoint, error) {
	return models.ContactPoint{}, errTodo
}
func (s *Store) Agencies(ctx context.Context) ([]models.Agency, error) { return nil, errTodo }
func (s *Store) ContactPoints(ctx context.Context) ([]models.ContactPoint, error) {
	return nil, errTodo
}

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

// An Actor is who writes, for the trail.
type Actor struct {
	Name    string
	Request string // names the request in the log
}

type Tx struct{}

func (s *Store) Write(ctx context.Context, actor Actor, f func(*Tx) error) error { return errTodo }

func (tx *Tx) SaveAgency(a *models.Agency) error              { return errTodo }
func (tx *Tx) SaveOfficer(o *models.Officer) error            { return errTodo }
func (tx *Tx) SavePosting(p *models.Posting) error            { return errTodo }
func (tx *Tx) SaveAssignment(a *models.Assignment) error      { return errTodo }
func (tx *Tx) SaveContactPoint(c *models.ContactPoint) error  { return errTodo }
func (tx *Tx) RemoveAgency(id int64, version int) error       { return errTodo }
func (tx *Tx) RemoveOfficer(id int64, version int) error      { return errTodo }
func (tx *Tx) RemovePosting(id int64, version int) error      { return errTodo }
func (tx *Tx) RemoveAssignment(id int64, version int) error   { return errTodo }
func (tx *Tx) RemoveContactPoint(id int64, version int) error { return errTodo }
func (tx *Tx) EndAssignment(id int64, version int, last models.Date, reason string) (models.Assignment, error) {
	return models.Assignment{}, errTodo
}

// A HandOver is what it takes for a successor to follow the holder of a
// posting.
type HandOver struct {
	Assignment  int64 // the outgoing holder's
	Version     int
	Successor   int64       // an officer
	First, Last models.Date // the successor's first day, the outgoing holder's last
	Reason      string
	// SuccessorLast is the successor's last day. Forever and zero: open.
	SuccessorLast models.Date
}

func (tx *Tx) HandOver(h HandOver) (models.Assignment, error) { return models.Assignment{}, errTodo }
