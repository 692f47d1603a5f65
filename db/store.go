// SQL by hand: it calls a function of the server's.

// Package db stores the directory: in SQLite by default, in PostgreSQL for
// larger installations. It holds every query, and every write passes through
// it. Nothing of GORM or SQL leaves it.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"samband/models"
)

// busyWait is how long a write waits for its turn before it is ErrBusy. Tests
// change it.
var busyWait = 10 * time.Second

// A Store is the stored directory. It is safe for concurrent use.
type Store struct {
	write, read *gorm.DB // the same one on PostgreSQL
	postgres    bool
	door        chan struct{} // holds one: whoever fills it may write
	sorter      *sorter       // used behind the door only
	now         func() time.Time
	wait        time.Duration // how long to wait at the door

	servers     *servers      // nil on SQLite
	file        *file         // nil on PostgreSQL and in memory
	schema      int           // the version that this program writes
	indexedFrom string        // the tables of names that it makes the search index from
	moment      *sql.Stmt     // reads the moment; nil on PostgreSQL
	settling    chan struct{} // holds one: whoever fills it may move seen
	seen        atomic.Pointer[moment]

	// What is cached in memory, each with the line and counter it belongs to.
	who     identities
	known   atomic.Pointer[snapshot]
	pasts   pasts
	finders finders
	loading chan struct{} // holds one: whoever fills it may renew known
}

func newStore() *Store {
	s := &Store{door: make(chan struct{}, 1), loading: make(chan struct{}, 1), settling: make(chan struct{}, 1),
		sorter: newSorter(), now: time.Now, wait: busyWait}
	s.indexedFrom = s.sorter.source()
	if all, err := migrations(); err == nil { // otherwise opening reports the error
		s.schema = len(all)
	}
	return s
}

// Open opens the database named by a file path or by a URL that begins with
// postgres://, creates the file if there is none, and brings its tables up to
// date. A database of a newer version is ErrNewer, one of another program
// ErrForeign.
func Open(ctx context.Context, database string) (*Store, error) {
	for deadline := time.Now().Add(busyWait); ; time.Sleep(busyWait / 1000) {
		s := newStore()
		err := s.open(ctx, database)
		if err == nil {
			return s, nil
		}
		s.Close()
		// SQLite does not wait for others who create or remove the file's log.
		if err = translate(err); !errors.Is(err, ErrBusy) || time.Now().After(deadline) || ctx.Err() != nil {
			return nil, wrapOpen(database, err)
		}
	}
}

func (s *Store) open(ctx context.Context, database string) error {
	if strings.ContainsRune(database, 0) || database == "" {
		return errors.New("the database needs a name")
	}
	s.postgres = OnPostgres(database)
	if s.postgres {
		if err := s.openPostgres(database); err != nil {
			return err
		}
		return s.migrate(ctx)
	}
	if err := s.openSQLite(ctx, database); err != nil {
		return err
	}
	return s.prepare(ctx)
}

// prepare prepares the query that each request makes of a file. PostgreSQL
// needs none.
func (s *Store) prepare(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	pool, err := s.read.DB()
	if err != nil {
		return err
	}
	s.moment, err = pool.PrepareContext(ctx, theMoment)
	return err
}

// Close closes the database.
func (s *Store) Close() error {
	var errs []error
	if s.moment != nil {
		errs = append(errs, s.moment.Close())
	}
	for _, g := range []*gorm.DB{s.read, s.write} {
		if g == nil {
			continue
		}
		if pool, err := g.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
	}
	return wrap("close", errors.Join(errs...))
}

// Revision returns the revision of the directory, which every write that
// changes it raises, in whatever process.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	m, err := s.present(ctx)
	return m.revision, wrap("revision", err)
}

// Ready returns nil if the database can be read and, as far as can be known
// without trying, written; ErrUnavailable if not.
func (s *Store) Ready(ctx context.Context) error {
	if _, err := s.Revision(ctx); err != nil || !s.postgres {
		return err
	}
	var readOnly bool
	err := s.ask(ctx, func(ctx context.Context) error {
		return s.read.WithContext(ctx).Raw("SELECT current_setting('transaction_read_only')::boolean").Row().Scan(&readOnly)
	})
	if err == nil && readOnly {
		err = errReadOnly
	}
	return wrap("ready", err)
}

// Empty reports whether the directory has no records at all.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var none bool
	err := s.View(ctx, func(r Reader) (err error) {
		none, err = r.empty()
		return err
	})
	return none, wrap("empty", err)
}

func (r Reader) empty() (bool, error) {
	for _, one := range directoryNouns() {
		if some, err := one.any(r); some || err != nil {
			return false, err
		}
	}
	return true, nil
}

// openGORM opens GORM with its defaults turned off. Its errors are translated
// to those of this package, and writes are latched (see latch).
func openGORM(d gorm.Dialector) (*gorm.DB, error) {
	g, err := gorm.Open(translating{d}, &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true, DisableAutomaticPing: true,
		TranslateError: true})
	if err != nil {
		return nil, err
	}
	return g, latch(g)
}

// A translating dialect translates errors to those of this package.
type translating struct{ gorm.Dialector }

func (translating) Translate(err error) error { return translate(err) }

// A Reader reads in one transaction: all that it reads is from one moment. It
// must not be used by two goroutines, nor after the function that it was given
// to has returned.
type Reader struct {
	ctx      context.Context
	g        *gorm.DB // in the transaction
	postgres bool
	scope    models.Scope // what may be seen in lists and in the trail
	// called is the day as of which lists name agencies and bodies, 0 for the
	// present names.
	called models.Date
	// looks are those into lists at the moment of a snapshot, nil for none.
	looks *looks
}

// View calls f with a Reader of the present moment that sees everything; what a
// user may see is read through As. An error of f is returned; a database that
// cannot be read is ErrBusy or ErrUnavailable.
func (s *Store) View(ctx context.Context, f func(Reader) error) error {
	if err := s.file.check(); err != nil {
		return err
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if s.postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	t, err := s.start(ctx, s.read, s.wait, opts)
	if err != nil {
		return err
	}
	defer t.end()
	return t.failed(f(Reader{t.inner, t.DB, s.postgres, models.Everything, 0, nil}))
}

// each calls scan for each row of an SQL query.
func (r Reader) each(query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := r.g.WithContext(r.ctx).Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := scan(rows); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}

// stream yields what f sends, and then f's error, if any. send reports whether
// more is wanted.
func stream[T any](what string, f func(send func(T) bool) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		wanted := true
		err := f(func(row T) bool {
			wanted = wanted && yield(row, nil)
			return wanted
		})
		if err != nil && wanted {
			var none T
			yield(none, fmt.Errorf("db: %s: %w", what, err))
		}
	}
}
