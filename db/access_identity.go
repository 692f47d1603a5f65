package db

import (
	"context"
	"sync"

	"samband/models"
)

// identities caches the accounts behind IDs and tokens until anything about
// access changes, in whatever process: programs that use tokens ask all day.
type identities struct {
	mu    sync.Mutex
	of    access
	known map[identity]Shown
}

// access is the state of the accounts, tokens and ties that a cache was filled
// from.
type access struct{ line, number int64 }

// An identity is what is looked up: an account, or a token on a day.
type identity struct {
	account int64
	token   string // its hash
	today   models.Date
}

// A Shown is an account, and the ID of the token that was presented for it, 0
// if none was.
type Shown struct {
	models.Account
	Token int64
}

// mostIdentities bounds the cache.
const mostIdentities = 10_000

// identify returns the account of an identity, from the cache or else from
// look.
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
