package db

import (
	"context"
	"sync"

	"samband/models"
)

// A snapshot is a directory and the moment at which it was read.
type snapshot struct {
	moment
	directory *models.Directory

	mu   sync.Mutex
	seen map[models.Scope]*models.Directory

	looks looks
}

// as returns the directory as a scope sees it, which is computed once.
func (k *snapshot) as(scope models.Scope) *models.Directory {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen[scope] == nil {
		if k.seen == nil {
			k.seen = map[models.Scope]*models.Directory{}
		}
		k.seen[scope] = k.directory.Seen(scope)
	}
	return k.seen[scope]
}

// Directory returns the directory of the current revision, or of the past day
// that v is about, as v's scope sees it. What it returns never changes: after a
// write, by whatever process, the next call returns another one, for which only
// what the write changed is read.
func (v Reading) Directory(ctx context.Context) (*models.Directory, error) {
	if v.unrecorded != nil {
		return nil, wrap("directory", v.unrecorded)
	}
	if v.past != nil {
		return v.past.as(v.scope), nil
	}
	k, err := v.s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return k.as(v.scope), nil
}

func (s *Store) snapshot(ctx context.Context) (k *snapshot, err error) {
	now, err := s.present(ctx)
	if err != nil {
		return nil, wrap("directory", err)
	}
	if k := s.known.Load(); k.of(now) {
		return k, nil
	}
	loaded, err := s.load(ctx)
	if err != nil {
		return nil, wrap("directory", err)
	}
	defer loaded()
	if k := s.known.Load(); k.of(now) { // another goroutine has done it meanwhile
		return k, nil
	}
	err = s.renewed(ctx, func(_ Reader, now *snapshot) error {
		k = now
		return nil
	})
	return k, wrap("directory", err)
}

// load waits for the turn to renew known, and returns what ends the turn.
func (s *Store) load(ctx context.Context) (loaded func(), _ error) {
	select {
	case s.loading <- struct{}{}:
		return sync.OnceFunc(func() { <-s.loading }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// renewed calls f with a Reader and the directory of its moment, which is known
// from then on. It is called by whoever has the turn.
func (s *Store) renewed(ctx context.Context, f func(Reader, *snapshot) error) error {
	return s.at(ctx, func(r Reader, m moment) error {
		k, err := r.renew(s.known.Load(), m)
		if err != nil {
			return err
		}
		s.known.Store(k)
		return f(r, k)
	})
}

// joined calls f with a Reader of the present limited to what v may see, and with
// the directory of the same moment as v's scope sees it.
func (v Reading) joined(ctx context.Context, f func(Reader, *models.Directory) error) error {
	loaded, err := v.s.load(ctx)
	if err != nil {
		return err
	}
	defer loaded()
	return v.s.renewed(ctx, func(r Reader, k *snapshot) error {
		loaded()
		r.scope = v.scope
		return f(r, k.as(v.scope))
	})
}

// of reports whether the snapshot is of the given moment.
func (k *snapshot) of(m moment) bool { return k != nil && k.line == m.line && k.revision == m.revision }

// renew returns the directory of the reader's moment, made from old where that
// is possible. old may be nil.
func (r Reader) renew(old *snapshot, now moment) (*snapshot, error) {
	if old.of(now) {
		return old, nil
	}
	next := &snapshot{moment: now}
	if old != nil && old.line == next.line && old.revision < next.revision && next.revision-old.revision < keptRevisions {
		parts, all, err := r.touchedSince(old.revision)
		if err != nil {
			return nil, err
		}
		if !all {
			delta, err := r.delta(parts)
			if err != nil {
				return nil, err
			}
			next.directory = old.directory.With(delta)
			return next, nil
		}
	}
	delta, err := r.everything()
	if err != nil {
		return nil, err
	}
	next.directory = models.NewDirectory(delta)
	return next, nil
}
