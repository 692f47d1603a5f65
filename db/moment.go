// SQL by hand: where the database stands is asked by every request, in one prepared query.

package db

import (
	"context"
	"database/sql"
	"errors"
	"samband/db/trail"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"
)

// A moment is where a database stands. What was read at one holds as long as
// the database goes on from there; one that was restored, or a standby that has
// not got the last writes, does not, though its counters may come to the same
// numbers. So memory is kept by line and counter, never by a counter alone.
type moment struct {
	line     int64 // counts the databases that this store has seen that do not go on from the one before
	revision int64 // of the directory
	access   int64 // raised by every change of who may do what
	last     int64 // ID of the trail's last row
	head     string
	schema   int // its version
}

// theMoment reads a moment but its line and last.
const theMoment = "SELECT revision, access, head, (SELECT max(version) FROM migrations) FROM directory"

// counters are the one row of the table directory: where everything stands.
type counters struct {
	Revision    int64 // of the directory
	NextID      int64 // of the next row, of whatever table
	Access      int64 // see moment
	Head        []byte
	IndexedFrom string `gorm:"column:derived"` // see Store
}

func (counters) TableName() string { return "directory" }

func (r Reader) counters() (counters, error) { return gorm.G[counters](r.g).Take(r.ctx) }

func (s *Store) counters(ctx context.Context) (m moment, err error) {
	var head []byte
	into := []any{&m.revision, &m.access, &head, &m.schema}
	if s.postgres {
		err = s.ask(ctx, func(ctx context.Context) error { return s.read.WithContext(ctx).Raw(theMoment).Row().Scan(into...) })
	} else if err = s.file.there(); err == nil {
		err = ended(ctx, s.moment.QueryRowContext(context.WithoutCancel(ctx)).Scan(into...)) // too short to be interrupted
	}
	m.head = string(head)
	return m, err
}

// stands reports whether the database has not moved from another moment to m.
func (m moment) stands(other moment) bool {
	return m.revision == other.revision && m.access == other.access && m.head == other.head && m.schema == other.schema
}

type lookKey struct{}

// LookOnce returns a context whose reader looks but once where the database
// stands, and again after each write of its own: what others write meanwhile may
// be missing from all that it is told. It is meant for a request.
func LookOnce(ctx context.Context) context.Context {
	return context.WithValue(ctx, lookKey{}, new(atomic.Pointer[moment]))
}

// present returns where the database stands now: one query as long as nobody
// writes, none if ctx has looked before.
func (s *Store) present(ctx context.Context) (m moment, err error) {
	looked, once := ctx.Value(lookKey{}).(*atomic.Pointer[moment])
	if !once {
		return s.momentNow(ctx)
	}
	if m := looked.Load(); m != nil {
		return *m, nil
	}
	if m, err = s.momentNow(ctx); err == nil {
		looked.Store(&m)
	}
	return m, err
}

// lookAgain lets ctx look once more, after a write.
func lookAgain(ctx context.Context) {
	if looked, once := ctx.Value(lookKey{}).(*atomic.Pointer[moment]); once {
		looked.Store(nil)
	}
}

func (s *Store) momentNow(ctx context.Context) (m moment, err error) {
	m, err = s.counters(ctx)
	if err != nil && (ctx.Err() != nil || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrBusy)) {
		return m, err
	}
	if seen := s.seen.Load(); err == nil && seen != nil && m.stands(*seen) {
		return *seen, nil
	}
	// What else is wrong with the tables, it says.
	err = s.at(ctx, func(_ Reader, now moment) error {
		m = now
		return nil
	})
	return m, err
}

// at calls f with a Reader of this moment, and with the moment.
func (s *Store) at(ctx context.Context, f func(Reader, moment) error) error {
	return s.upToDate(ctx, func() error { return s.atOnce(ctx, f) })
}

func (s *Store) atOnce(ctx context.Context, f func(Reader, moment) error) error {
	// Moments are taken one after the other, each later than the one before.
	select {
	case s.settling <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	settled := sync.OnceFunc(func() { <-s.settling })
	defer settled()
	return s.View(ctx, func(r Reader) error {
		m, err := s.settle(r)
		settled()
		if err != nil {
			return err
		}
		return f(r, m)
	})
}

// settle returns the reader's moment, on the line of the last one that was seen
// if the database has gone on from that.
func (s *Store) settle(r Reader) (m moment, err error) {
	if err := s.checkSchema(r); err != nil {
		return m, err
	}
	var derived string
	err = r.each("SELECT revision, access, head, (SELECT max(version) FROM migrations), (SELECT coalesce(max(id), 0) FROM audit), derived FROM directory", nil,
		func(rows *sql.Rows) error {
			var head []byte
			err := rows.Scan(&m.revision, &m.access, &head, &m.schema, &m.last, &derived)
			m.head = string(head)
			return err
		})
	if err != nil {
		return m, err
	}
	seen := s.seen.Load()
	if seen != nil {
		on, err := r.follows(*seen)
		if err != nil {
			return m, err
		}
		m.line = seen.line
		if !on || m.revision < seen.revision || m.access < seen.access {
			m.line++
		}
		if m.line > seen.line && derived != s.indexedFrom {
			return m, errOlder
		}
	}
	s.seen.Store(&m)
	return m, nil
}

// follows reports whether the database goes on from a moment: whether the row
// that was the trail's last then is still there.
func (r Reader) follows(m moment) (bool, error) {
	if m.last == 0 {
		return true, nil
	}
	return exists[trail.Row](r, "id = ? AND hash = ?", m.last, []byte(m.head))
}
