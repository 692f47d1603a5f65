package db

import (
	"context"
	"sync"

	"samband/models"
)

// looks are what selections have found about lists at the moment of a snapshot: the
// pages of a list, and its counts, ask for the same again and again. Whoever uses them
// has a directory of that moment.
type looks struct {
	mu   sync.Mutex
	kept map[lookedAt]selection
}

type lookedAt struct {
	*listing
	Filter
	models.Scope
}

const (
	mostLooks    = 64  // beyond that all are dropped
	mostLookText = 100 // bytes that are searched for
)

// looks returns those of the moment of the directory that a page is taken from.
func (v Reading) looks(ctx context.Context, in *models.Directory) (*looks, error) {
	switch {
	case in == nil || v.unrecorded != nil:
		return nil, nil
	case v.past != nil:
		return &v.past.looks, nil
	}
	k, err := v.s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return &k.looks, nil
}

// known returns a selection that has been kept, for r.
func (k *looks) known(r Reader, l *listing, f Filter) (*selection, bool) {
	if k == nil {
		return nil, false
	}
	k.mu.Lock()
	s, known := k.kept[lookedAt{l, f, r.scope}]
	k.mu.Unlock()
	s.Reader = r
	return &s, known
}

func (k *looks) keep(s selection) {
	if k == nil || len(s.f.Text) > mostLookText {
		return
	}
	at := lookedAt{s.listing, s.f, s.scope}
	s.Reader = Reader{} // its transaction ends
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil || len(k.kept) >= mostLooks {
		k.kept = map[lookedAt]selection{}
	}
	k.kept[at] = s
}
