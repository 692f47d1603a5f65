package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"samband/models"
)

// The errors of reads and writes that callers may look for.
var (
	ErrNotFound = errors.New("no such record")
	ErrStale    = errors.New("somebody else has saved the record since it was read")
	ErrTaken    = errors.New("somebody else has taken it")
	ErrBusy     = errors.New("the database is busy")
	ErrCursor   = errors.New("not a place in this list")
	ErrNewer    = errors.New("the database was written by a newer version of this program")
	// ErrUnavailable means that the database cannot be reached or written, which
	// may be temporary.
	ErrUnavailable = errors.New("the database is not available")
	// ErrUncertain means that a write may or may not have been committed.
	ErrUncertain = errors.New("it is not known whether the write was kept")
	ErrForeign   = errors.New("the database belongs to another program")
	ErrNotEmpty  = errors.New("the database is not empty")
	// ErrForbidden is what the actor may not do; ErrCredentials is a wrong
	// password, code, token or link.
	ErrForbidden   = errors.New("not allowed")
	ErrCredentials = errors.New("not the right credentials")
)

// What the rules have let through and the database refuses all the same, and
// errNoTries. Callers outside the package need not expect any of them.
var (
	errUnique    = errors.New("a value that must be unique is taken")
	errReference = errors.New("a record refers to one that is not there")
	errRefused   = errors.New("a value that the database does not take")
	errNoTries   = errors.New("no try is left")
)

// Referred is the error of removing a record that others refer to. Those that
// the actor may not see are neither listed nor counted, so Total may be 0.
type Referred struct {
	By    []Reference // the first of them, at most mostReferences
	Total int
}

// A Reference is a record that refers to another.
type Reference struct {
	Noun string // officer, posting or assignment
	ID   int64
	Name string // "" for an officer whose name is masked
}

func (r *Referred) Error() string {
	if r.Total == 0 {
		return "other records refer to it"
	}
	return fmt.Sprintf("%d other records refer to it", r.Total)
}

// A fault is the meaning of a database error, with the error itself for the
// log.
type fault struct {
	meaning, cause error
}

func (f *fault) Error() string   { return f.meaning.Error() + ": " + f.cause.Error() }
func (f *fault) Unwrap() []error { return []error{f.meaning, f.cause} }

// translate returns what an error of a driver or of GORM means to callers.
func translate(err error) error {
	if _, done := errors.AsType[*fault](err); done || err == nil {
		return err
	}
	var pg *pgconn.PgError
	var meaning error
	code, lite := sqliteCode(err)
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case lite:
		meaning = sqliteMeaning(code)
	case errors.As(err, &pg):
		meaning = postgresMeaning(pg.Code)
	case disconnected(err):
		meaning = ErrUnavailable
	}
	if meaning == nil {
		return err
	}
	return &fault{meaning, err}
}

// noTable reports whether a plain query of a table failed because there is no
// such table.
func noTable(err error) bool {
	if code, ok := sqliteCode(err); ok {
		return code == sqlite3.SQLITE_ERROR
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "42P01"
}

func sqliteCode(err error) (code int, ok bool) {
	lite, ok := errors.AsType[*sqlite.Error](err)
	if ok {
		code = lite.Code()
	}
	return code, ok
}

// disconnected reports whether an error comes from the connection rather than
// from the database.
func disconnected(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
}

// NotUpYet reports whether opening failed because no server accepts connections
// and writes yet: nothing listens or answers, the server is starting, or none
// of the hosts is the primary. Waiting helps then, but not with a wrong
// password or address, nor with a file.
func NotUpYet(err error) bool {
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUncertain) {
		return false
	}
	var pg *pgconn.PgError
	var network net.Error
	return errors.As(err, &pg) || errors.As(err, &network) || errors.Is(err, errSlow) || errors.Is(err, errReadOnly) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// mayPass reports whether an SQLSTATE means a temporary condition that does not
// depend on the statement: the connection or the server goes down, is
// read-only, is out of resources, or has timed out.
func mayPass(state string) bool {
	switch state[:2] {
	case "08", "53", "58":
		return true
	}
	switch state {
	case "57P01", "57P02", "57P03", "57P04", "57P05", "25006", "25P03", "25P04":
		return true
	}
	return false
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
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
		return ErrUnavailable
	}
	return nil
}

func postgresMeaning(state string) error {
	if mayPass(state) {
		return ErrUnavailable
	}
	switch state {
	case "23505":
		return errUnique
	case "23503":
		return errReference
	case "23514", "23502", "22001", "22003", "22007", "22008", "22021":
		return errRefused
	case "40001", "40P01", "55P03": // serialization, deadlock, lock timeout
		return ErrBusy
	case "57014":
		return context.Canceled
	}
	return nil
}

// wrap gives an error that leaves the package its one prefix; errors.Is and
// errors.As see through it. Problems are not wrapped, since they are an answer
// rather than a failure.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[models.Problems](err); ok {
		return err
	}
	return fmt.Errorf("db: %s: %w", what, err)
}
