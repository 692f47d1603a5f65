// SQL by hand: every request asks for the database's moment, in one prepared query.

package db

import (
	"context"
	"database/sql"
	"errors"
	"samband/db/trail"
	"sync"
	"sync/atomic"
)

// A moment is a point in a database's history. What was read at one stays valid
// as long as the database moves on from there. A database that was restored, or
// a standby that lacks the last writes, does not, though its counters may reach
// the same numbers: so whatever is cached is keyed by line and counter, never
// by a counter alone.
type moment struct {
	line     int64 // raised each time the database that this store sees does not continue from the one before
	revision int64 // of the directory
	access   int64 // raised by every change of who may do what
	last     int64 // ID of the trail's last row
	head     string
	schema   int // of the tables
}

// theMoment reads all of a moment except its line and last.
const theMoment = "SELECT revision, access, head, (SELECT max(version) FROM migrations) FROM directory"

// counters are the one row of the table directory.
type counters struct {
	Revision    int64 // of the directory
	NextID      int64 // of the next row, in any table
	Access      int64 // see moment
	Head        []byte
	IndexedFrom string `gorm:"column:derived"` // see Store
}

func (counters) TableName() string { return "directory" }

func (r Reader) counters() (counters, error) { return rowsOf[counters](r.g).Take(r.ctx) }

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

// stands reports whether m shows the database unchanged since other.
func (m moment) stands(other moment) bool {
	return m.revision == other.revision && m.access == other.access && m.head == other.head && m.schema == other.schema
}

type lookKey struct{}

// LookOnce returns a context under which the moment of the database is looked
// up only once, and again after each write under that context: what others
// write meanwhile may be missed. It is meant for a single request.
func LookOnce(ctx context.Context) context.Context {
	return context.WithValue(ctx, lookKey{}, new(atomic.Pointer[moment]))
}

// present returns the current moment: one query as long as nobody writes, none
// if ctx has looked before.
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

// lookAgain makes ctx look up the moment once more, after a write.
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
	// If anything else is wrong with the tables, this says what.
	err = s.at(ctx, func(_ Reader, now moment) error {
		m = now
		return nil
	})
	return m, err
}

// at calls f with a Reader and the moment that it reads at.
func (s *Store) at(ctx context.Context, f func(Reader, moment) error) error {
	return s.upToDate(ctx, func() error { return s.atOnce(ctx, f) })
}

func (s *Store) atOnce(ctx context.Context, f func(Reader, moment) error) error {
	// Moments are settled one at a time, each later than the one before.
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

// settle returns the reader's moment and remembers it as the last one seen. It
// stays on the same line if the database has moved on from there, and starts a
// new one if not.
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

// follows reports whether the database continues from a moment: whether the row
// that was the last of the trail then is still there.
func (r Reader) follows(m moment) (bool, error) {
	if m.last == 0 {
		return true, nil
	}
	return exists[trail.Row](r, "id = ? AND hash = ?", m.last, []byte(m.head))
}
