package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"samband/models"
)

// What can be wrong with a read or a write besides the database itself.
var (
	ErrNotFound = errors.New("no such record")
	ErrStale    = errors.New("somebody else has saved the record since it was read")
	ErrBusy     = errors.New("the database is busy")
	ErrCursor   = errors.New("not a place in this list")
	ErrNewer    = errors.New("the database was written by a newer version of this program")
	// ErrUnavailable is a database that cannot be reached, or not written: that
	// may pass.
	ErrUnavailable = errors.New("the database is not available")
	// ErrUncertain is a write of which nobody knows whether it was kept.
	ErrUncertain = errors.New("it is not known whether the write was kept")
	ErrForeign   = errors.New("the database belongs to another program")
	ErrNotEmpty  = errors.New("the database is not empty")
	// ErrForbidden is what somebody may not do, ErrCredentials a password, code,
	// token or link that is not the right one.
	ErrForbidden   = errors.New("not allowed")
	ErrCredentials = errors.New("not the right credentials")
)

// What the rules have let through and the database refuses all the same.
// None of them is a caller's to expect.
var (
	errUnique    = errors.New("a value that must be unique is taken")
	errReference = errors.New("a record refers to one that is not there")
	errRefused   = errors.New("a value that the database does not take")
)

// Referred is the error of removing what other records refer to. Those that who
// asks may not see are neither named nor counted: there may be no other.
type Referred struct {
	By    []Reference // the first of them
	Total int
}

// A Reference is a record that refers to another.
type Reference struct {
	Noun string // agency, officer, posting, assignment or contact_point
	ID   int64
	Name string // "" for an officer whose name is masked
}

func (r *Referred) Error() string {
	if r.Total == 0 {
		return "other records refer to it"
	}
	return fmt.Sprintf("%d other records refer to it", r.Total)
}

// fault is what a database error means, with the error itself for the log.
type fault struct {
	meaning, cause error
}

func (f *fault) Error() string   { return f.meaning.Error() + ": " + f.cause.Error() }
func (f *fault) Unwrap() []error { return []error{f.meaning, f.cause} }

// translate says what an error of a driver or of GORM means: the one place
// that knows their codes.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var lite *sqlite.Error
	var pg *pgconn.PgError
	var meaning error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case errors.As(err, &lite):
		meaning = sqliteMeaning(lite.Code())
	case errors.As(err, &pg):
		meaning = postgresMeaning(pg.Code)
	}
	if meaning == nil {
		return err
	}
	return &fault{meaning, err}
}

func sqliteMeaning(code int) error {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: // 2067, 1555
		return errUnique
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: // 787
		return errReference
	case sqlite3.SQLITE_CONSTRAINT_CHECK, sqlite3.SQLITE_CONSTRAINT_NOTNULL: // 275, 1299
		return errRefused
	case sqlite3.SQLITE_INTERRUPT:
		return context.Canceled
	}
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return ErrBusy
	}
	return nil
}

func postgresMeaning(state string) error {
	switch state {
	case "23505":
		return errUnique
	case "23503":
		return errReference
	case "23514", "23502", "22001", "22003", "22007", "22008", "22021":
		return errRefused
	case "40001", "40P01", "55P03", "53300": // serialization, deadlock, lock timeout, connections
		return ErrBusy
	case "57014":
		return context.Canceled
	}
	return nil
}

// wrap gives an error that leaves the package its one prefix. What callers
// look for is found behind it; problems are not wrapped, since they are the
// answer rather than a failure.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[models.Problems](err); ok {
		return err
	}
	return fmt.Errorf("db: %s: %w", what, err)
}
