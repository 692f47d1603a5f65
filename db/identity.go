package db

import (
	"context"
	"sync"

	"samband/models"
)

// identities remembers who accounts and tokens are, while nothing about access
// has changed, by whatever process: programs ask all day.
type identities struct {
	mu     sync.Mutex
	access int64 // of which these are
	known  map[identity]models.Account
}

type identity struct {
	account int64
	token   string // its hash
	today   models.Date
}

// mostIdentities bounds what is remembered.
const mostIdentities = 10_000

// identify returns the account of an identity: the one remembered, or what
// look finds.
func (s *Store) identify(ctx context.Context, who identity, look func() (models.Account, error)) (models.Account, error) {
	var access int64
	if err := s.access.QueryRowContext(ctx).Scan(&access); err != nil {
		return models.Account{}, translate(err)
	}
	s.who.mu.Lock()
	known, there := s.who.known[who]
	current := s.who.access == access
	s.who.mu.Unlock()
	if there && current {
		return known, nil
	}
	found, err := look()
	if err != nil {
		return models.Account{}, err
	}
	s.who.mu.Lock()
	defer s.who.mu.Unlock()
	if s.who.access != access || len(s.who.known) >= mostIdentities || s.who.known == nil {
		s.who.access, s.who.known = access, map[identity]models.Account{}
	}
	s.who.known[who] = found
	return found, nil
}
