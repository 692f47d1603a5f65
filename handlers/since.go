package handlers

import (
	"context"
	"errors"

	"samband/db"
	"samband/models"
	"samband/views"
)

// mostSince bounds the changes that a standing keeps, each for a state and a day.
const mostSince = 64

// A sinceKey says which changes are meant: for a state, since the end of a day, and as
// who sees it. Somebody who sees all of today's directory need not see all of that
// day's: a masked officer may be gone since.
type sinceKey struct {
	state models.State
	from  models.Date
	scope models.Scope
}

// changesSince returns what has changed for a state since the end of a day, as known
// then and as known now, like the page of changes. known is false if the record begins
// later, or if too many others wait for such work: the front page does without.
func (s *server) changesSince(ctx context.Context, d *models.Directory, state models.State, from models.Date) (c models.Changes, known bool, err error) {
	stand, key := s.standingOf(d), sinceKey{state, from, rightsOf(ctx).Scope()}
	s.mu.Lock()
	c, known = stand.since[key]
	s.mu.Unlock()
	if known {
		return c, true, nil
	}
	before, err := s.directoryAt(ctx, from)
	if _, later := errors.AsType[*db.BeforeRecord](err); later || errors.Is(err, errOverloaded) {
		return c, false, nil
	}
	if err != nil {
		return c, false, err
	}
	c = models.ChangesFor(state, before, from, d, stand.day)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(stand.since) >= mostSince || stand.since == nil {
		stand.since = map[sinceKey]models.Changes{}
	}
	stand.since[key] = c
	return c, true, nil
}

func (s *server) directoryAt(ctx context.Context, day models.Date) (*models.Directory, error) {
	reading, err := s.readingAt(ctx, day)
	if err != nil {
		return nil, err
	}
	return reading.Directory(ctx)
}

// sinceVisit fills in what has changed since the visitor's last visit: for the front
// page's state, or for each of the five.
func (s *server) sinceVisit(ctx context.Context, d *models.Directory, f *views.Front) error {
	for _, state := range f.States() {
		c, known, err := s.changesSince(ctx, d, state, f.LastVisit)
		if err != nil || !known {
			f.Since = nil
			return err
		}
		f.Since = append(f.Since, views.Since{Changes: views.Changes{Changes: c}})
	}
	return nil
}
