package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ErrLog is returned when an erasure is incomplete: erased data remain in the
// files of the database, because another reader or writer has kept them from
// being cleared for too long.
var ErrLog = errors.New("what has been erased still stands in the files of the database, as somebody has been reading or writing for long: run retention again to clear them")

// logWait is how long to wait for others who use the files. Tests change it.
var logWait = time.Minute

// logPause is the time between two tries. Each try is short, since it holds up
// writers.
const logPause = 200 * time.Millisecond

// Erase replaces what identifies officers by pseudonyms, in one write each, and
// then clears the files of the database of what was erased. Without officers it
// only clears the files, which completes an erasure that was ErrLog or was
// interrupted. On PostgreSQL, old row versions on the server are the operator's
// concern (see the README).
func (s *Store) Erase(ctx context.Context, actor Actor, officers ...int64) (err error) {
	for _, id := range officers {
		if err = s.Write(ctx, actor, func(tx *Tx) error { return tx.erase(id) }); err != nil {
			break
		}
	}
	if s.postgres {
		return err
	}
	return errors.Join(err, wrap("erase", s.clear(ctx)))
}

// owe records, in the same write as an erasure, that the files must be cleared:
// in SQLite's user_version, which is for the program's own use.
func (tx *Tx) owe() error {
	if tx.postgres {
		return nil
	}
	return tx.exec("PRAGMA user_version = 1")
}

// clear rewrites the file if that is owed, since deleted bytes may linger in
// its pages, and empties the write-ahead log. It waits for others at most
// logWait, and is ErrLog after that.
func (s *Store) clear(ctx context.Context) error {
	pool, err := s.aside(ctx)
	if err != nil {
		return translate(err)
	}
	defer pool.Close()
	var owed int
	if err := pool.QueryRowContext(ctx, "PRAGMA user_version").Scan(&owed); err != nil || owed == 0 {
		return translate(err)
	}
	deadline := time.Now().Add(logWait)
	for _, step := range []func() error{
		func() error { _, err := pool.ExecContext(ctx, "VACUUM"); return err },
		func() error { return emptyLog(ctx, pool) },
		func() error { _, err := pool.ExecContext(ctx, "PRAGMA user_version = 0"); return err },
	} {
		if err := inTime(ctx, deadline, step); err != nil {
			return err
		}
	}
	return nil
}

// aside opens a separate connection to the file, with a short busy timeout: the
// one that writes waits long for others.
func (s *Store) aside(ctx context.Context) (*sql.DB, error) {
	var number int
	var name, path string
	if err := s.read.WithContext(ctx).Raw("PRAGMA database_list").Row().Scan(&number, &name, &path); err != nil {
		return nil, err
	}
	dsn, err := sqliteDSN(path, "deferred", "secure_delete(1)")
	if err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	if _, err := pool.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// emptyLog moves the write-ahead log into the file and truncates it. It is
// ErrBusy while a reader still needs it.
func emptyLog(ctx context.Context, pool *sql.DB) error {
	var busy, frames, moved int
	err := pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if err == nil && busy != 0 {
		err = ErrBusy
	}
	return err
}

// inTime retries a step while it is ErrBusy; it is ErrLog after the deadline,
// or when ctx ends.
func inTime(ctx context.Context, deadline time.Time, step func() error) error {
	for {
		err := translate(step())
		if !errors.Is(err, ErrBusy) {
			return err
		}
		if time.Now().After(deadline) {
			return ErrLog
		}
		select {
		case <-ctx.Done():
			return ErrLog
		case <-time.After(logPause):
		}
	}
}
