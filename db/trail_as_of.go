package db

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"samband/db/trail"
	"samband/models"

	"gorm.io/gorm"
)

// AsOf returns the directory as the store held it just before an instant,
// rebuilt from the trail, with the records that have been removed since. What
// is hidden now, was hidden then, or was hidden at any time in between is
// hidden in it; what has been erased stays erased. It is read like the present
// one, whole and in lists.
//
// Before the trail's first row nothing is known, not even that there was
// nothing: any read is then *BeforeRecord.
func (v Reading) AsOf(ctx context.Context, before time.Time) (Reading, error) {
	past := Reading{s: v.s, scope: v.scope}
	var err error
	past.past, err = v.s.pasts.of(ctx, v.s, before.UTC().Format(trail.Instants))
	if errors.As(err, &past.unrecorded) {
		return past, nil
	}
	return past, wrap("as of", err)
}

// BeforeRecord is the error of reading what was known before anything had been
// recorded.
type BeforeRecord struct {
	// Begins is the instant of the trail's first row, zero if it has none.
	Begins time.Time
}

func (b *BeforeRecord) Error() string {
	if b.Begins.IsZero() {
		return "nothing has been recorded yet"
	}
	return "the record begins at " + b.Begins.Format(time.RFC3339)
}

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
	before string
	past   *past
}

func (ps *pasts) of(ctx context.Context, s *Store, before string) (*past, error) {
	now, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	ps.mu.Lock()
	i := slices.IndexFunc(ps.kept, func(k keptPast) bool { return k.past.of(now.moment) && k.before == before })
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
		d, err := r.before(now.directory, before)
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
	ps.kept = append(ps.kept, keptPast{before, p})
	return p, nil
}

// recordedBefore returns *BeforeRecord unless the trail has a row from before
// an instant.
func (r Reader) recordedBefore(instant string) error {
	first, err := orNone(gorm.G[trail.Row](r.g).Order("id").Limit(1).Take(r.ctx))
	if err != nil || first.ID != 0 && first.At < instant {
		return err
	}
	var b BeforeRecord
	if first.ID != 0 {
		b.Begins, err = time.Parse(trail.Instants, first.At)
	}
	return cmp.Or(err, error(&b))
}

// before takes back, in the directory of the reader's moment, what the trail
// says was done from an instant on, in one pass over those rows.
func (r Reader) before(now *models.Directory, instant string) (*models.Directory, error) {
	if err := r.recordedBefore(instant); err != nil {
		return nil, err
	}
	first, err := r.firstRowFrom(instant)
	if err != nil || first == 0 {
		return now, err
	}
	past := newReversal(now)
	of := []string{trail.Create, trail.Update, trail.Remove, "attest", "unattest"}
	if err := r.eachTrailRow("WHERE id >= ? AND action IN ? ORDER BY id", []any{first, of}, past.row); err != nil {
		return nil, err
	}
	return now.With(past.delta()), nil
}

// firstRowFrom returns the ID of the trail's first row from an instant on, 0 if
// there is none. Rows are in order of time, so a binary search finds it.
func (r Reader) firstRowFrom(instant string) (int64, error) {
	first, err := orNone(gorm.G[trail.Row](r.g).Select("id").Order("id").Limit(1).Take(r.ctx))
	if err != nil || first.ID == 0 {
		return 0, err
	}
	end, err := gorm.G[trail.Row](r.g).Select("id").Order("id DESC").Limit(1).Take(r.ctx)
	if err != nil {
		return 0, err
	}
	low, high, last := first.ID, end.ID, end.ID
	for low <= high {
		middle := low + (high-low)/2
		row, err := gorm.G[trail.Row](r.g).Select("id", "at").Where("id >= ?", middle).Order("id").Limit(1).Take(r.ctx)
		if err != nil {
			return 0, err
		}
		if row.At < instant {
			low = row.ID + 1
		} else {
			high = middle - 1
		}
	}
	if low > last {
		return 0, nil
	}
	return low, nil
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
		agencies, officers := pointers(d.Agencies()), pointers(d.Officers())
		var postings []*models.Posting
		var assignments []*models.Assignment
		for _, p := range d.Posts() {
			copied := p.Posting
			copied.Representations, copied.Coverages, copied.Suspensions = slices.Clone(p.Representations), slices.Clone(p.Coverages), slices.Clone(p.Suspensions)
			postings = append(postings, &copied)
			assignments = append(assignments, pointers(p.Assignments)...)
		}
		return errors.Join(CreateAll(tx, agencies), CreateAll(tx, officers), CreateAll(tx, postings), CreateAll(tx, assignments),
			CreateAll(tx, pointers(d.ContactPoints())))
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
