package db

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"samband/models"
)

// A past is the directory of a past moment. For lists it is copied into a store
// of its own, in memory, when first asked for, so that filtering, sorting and
// counting are the same SQL as for the present.
type past struct {
	snapshot
	filling sync.Mutex
	memory  *Store
}

// filled returns the store of the past, filling it first if needed.
func (p *past) filled() (*Store, error) {
	p.filling.Lock()
	defer p.filling.Unlock()
	if p.memory != nil {
		return p.memory, nil
	}
	oneFills.Lock()
	defer oneFills.Unlock()
	m, err := memoryOf(p.directory)
	if err != nil {
		return nil, err
	}
	runtime.AddCleanup(p, func(m *Store) { m.Close() }, m)
	p.memory = m
	return m, nil
}

// oneFills lets one past be filled at a time: it takes a whole processor, and
// memory.
var oneFills sync.Mutex

// mostPasts is how many pasts are kept for later requests.
const mostPasts = 4

// pasts caches the pasts that were built last, each valid for the present that
// it was built from.
type pasts struct {
	mu   sync.Mutex
	kept []keptPast
}

type keptPast struct {
	border border
	past   *past
}

func (ps *pasts) of(ctx context.Context, s *Store, b border) (*past, error) {
	now, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	ps.mu.Lock()
	i := slices.IndexFunc(ps.kept, func(k keptPast) bool { return k.past.of(now.moment) && k.border == b })
	if i >= 0 {
		defer ps.mu.Unlock()
		return ps.kept[i].past, nil
	}
	ps.mu.Unlock()
	var p *past
	err = s.at(ctx, func(r Reader, m moment) error {
		if now, err = r.renew(now, m); err != nil {
			return err
		}
		d, err := r.directoryBefore(now.directory, b)
		p = &past{snapshot: snapshot{moment: m, directory: d}}
		return err
	})
	if err != nil {
		return nil, err
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if len(ps.kept) >= mostPasts {
		ps.kept = ps.kept[1:]
	}
	ps.kept = append(ps.kept, keptPast{b, p})
	return p, nil
}

// memoryOf copies a directory into a store in memory.
func memoryOf(d *models.Directory) (*Store, error) {
	ctx := context.Background() // not the request's: others wait for it too
	s, err := openMemory(ctx)
	if err != nil {
		return nil, err
	}
	err = s.Write(ctx, Local, func(tx *Tx) error {
		tx.untold = true
		var postings []*models.Posting
		var assignments []*models.Assignment
		for _, p := range d.Posts() {
			copied := p.Posting
			postings = append(postings, &copied)
			assignments = append(assignments, pointers(p.Assignments)...)
		}
		bodies := make([]*models.Body, 0)
		for _, b := range d.Bodies() {
			copied := *b
			bodies = append(bodies, &copied)
		}
		return errors.Join(tx.withoutGiven(), CreateAll(tx, pointers(d.Agencies())), CreateAll(tx, pointers(d.Officers())), CreateAll(tx, bodies),
			CreateAll(tx, postings), CreateAll(tx, assignments), CreateAll(tx, pointers(d.Projects())), CreateAll(tx, pointers(d.ContactPoints())))
	})
	if err != nil {
		s.Close()
	}
	return s, err
}

func pointers[T any](list []T) []*T {
	all := make([]*T, len(list))
	for i, v := range list {
		all[i] = &v
	}
	return all
}
