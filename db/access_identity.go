package db

import (
	"context"
	"sync"

	"samband/models"
)

// identities remembers who accounts and tokens are, while nothing about access
// has changed, by whatever process: programs ask all day.
type identities struct {
	mu    sync.Mutex
	of    access
	known map[identity]Shown
}

// access is what identities are remembered for: a state of who may do what.
type access struct{ line, number int64 }

type identity struct {
	account int64
	token   string // its hash
	today   models.Date
}

// A Shown is an account, and the number of the token that was shown for it: 0 for
// none.
type Shown struct {
	models.Account
	Token int64
}

// mostIdentities bounds what is remembered.
const mostIdentities = 10_000

// identify returns the account of an identity: the one remembered, or what
// look finds.
func (s *Store) identify(ctx context.Context, who identity, look func() (Shown, error)) (Shown, error) {
	m, err := s.present(ctx)
	if err != nil {
		return Shown{}, err
	}
	now := access{m.line, m.access}
	s.who.mu.Lock()
	known, there := s.who.known[who]
	current := s.who.of == now
	s.who.mu.Unlock()
	if there && current {
		return known, nil
	}
	found, err := look()
	if err != nil {
		return found, err
	}
	s.who.mu.Lock()
	defer s.who.mu.Unlock()
	if s.who.of != now || len(s.who.known) >= mostIdentities || s.who.known == nil {
		s.who.of, s.who.known = now, map[identity]Shown{}
	}
	s.who.known[who] = found
	return found, nil
}
