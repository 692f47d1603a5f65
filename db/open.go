// SQL by hand: a file is examined before it is known to be ours.

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	dialect "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// applicationID marks an SQLite file as Samband's: "Samb".
const applicationID = 0x53616d62

// Readers hold a connection while they stream, so there must be room for some
// slow ones.
const (
	mostConnections = 32
	idleConnections = 8
)

// openSQLite opens the one connection that writes, brings the tables up to
// date, and opens the pool that reads.
func (s *Store) openSQLite(ctx context.Context, path string) error {
	if err := s.openWriter(ctx, path); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	err := s.file.learn(len(besides)) // by now SQLite has created them all
	if err == nil {
		s.read, err = s.openFile(mostConnections, "deferred", "query_only(1)")
	}
	return err
}

// openWriter opens the one connection that writes. A file that does not exist
// is created, readable by its owner only.
func (s *Store) openWriter(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		err = f.Close()
	case errors.Is(err, fs.ErrExist):
		err = checkOwner(ctx, path)
	}
	if err != nil {
		return err
	}
	if s.file, err = fileAt(path); err != nil {
		return err
	}
	if err := s.file.learn(1); err != nil {
		return err
	}
	s.write, err = s.openFile(1, "immediate", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-65536)",
		"secure_delete(1)",   // erased data must not be recoverable from the file
		"temp_store(MEMORY)") // what a statement of many rows may have to take back: no file beside the database
	return err
}

// memories counts the stores in memory, so that each gets its own name.
var memories atomic.Int64

// openMemory opens a store that lives in memory only and is gone when it is
// closed. The connection that writes keeps it alive; others read beside it.
func openMemory(ctx context.Context) (*Store, error) {
	s := newStore()
	name := fmt.Sprintf("file:/memory-%d?vfs=memdb&_pragma=busy_timeout(%d)", memories.Add(1), busyWait.Milliseconds())
	var err error
	if s.write, err = s.openPool(name+"&_txlock=immediate&_pragma=foreign_keys(1)", 1); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.read, err = s.openPool(name+"&_txlock=deferred&_pragma=query_only(1)", mostConnections); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// openFile opens a pool of at most most connections to the store's file, each
// of which runs the pragmas first.
func (s *Store) openFile(most int, lock string, pragmas ...string) (*gorm.DB, error) {
	dsn, err := sqliteDSN(s.file.path, lock, pragmas...)
	if err != nil {
		return nil, err
	}
	return s.openPool(dsn, most)
}

func (s *Store) openPool(dsn string, most int) (*gorm.DB, error) {
	to, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(connector{to, s.file})
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(min(most, idleConnections))
	g, err := openGORM(dialect.Dialector{Conn: pool})
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return g, nil
}

// sqliteDSN names a file in a way that gives no character of its path a special
// meaning.
func sqliteDSN(path, lock string, pragmas ...string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/...
	}
	query := url.Values{"_txlock": {lock}}
	query.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busyWait.Milliseconds()))
	for _, p := range pragmas {
		query.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode(), nil
}

// checkOwner refuses, with ErrForeign, a file that another program made, and
// with SQLite's error one that is no database, before anything in it is
// changed. An empty file belongs to nobody.
func checkOwner(ctx context.Context, path string) error {
	dsn, err := sqliteDSN(path, "deferred", "query_only(1)")
	if err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	// Both are read in one transaction: another process may be creating the
	// tables.
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var id, tables int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return ErrForeign
	}
	return nil
}
