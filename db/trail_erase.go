package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// ErrLog is why an erasure is not over: what was erased still stands in the
// files of the database, which somebody keeps from being cleared by reading or
// writing for long.
var ErrLog = errors.New("what has been erased still stands in the files of the database, as somebody has been reading or writing for long: run retention again to clear them")

// logWait is how long others who use the files are waited for. Tests change it.
var logWait = time.Minute

// logPause is the time between two tries: each is short, as it holds up those
// who write.
const logPause = 200 * time.Millisecond

// Erase replaces what tells who officers are by pseudonyms, one write for each,
// and then clears the files of the database, so that none holds what was erased
// any more: also if it is given nobody, which ends an erasure that was ErrLog or
// was broken off. On PostgreSQL what the server keeps of old rows is the
// operator's (see the README).
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

// owe notes, in the same write as an erasure, that the files are to be cleared:
// in a number of SQLite's for the program's own use.
func (tx *Tx) owe() error {
	if tx.postgres {
		return nil
	}
	return tx.exec("PRAGMA user_version = 1")
}

// clear writes the file anew where that is owed, since bytes of what is deleted
// may stay in its pages, and leaves the write-ahead log without a byte. It waits
// for others no longer than logWait.
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

// aside opens a connection of its own to the file, since the one that writes
// waits long for others.
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

// emptyLog carries the write-ahead log over into the file and truncates it. It
// is ErrBusy while somebody reads what was before.
func emptyLog(ctx context.Context, pool *sql.DB) error {
	var busy, frames, moved int
	err := pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if err == nil && busy != 0 {
		err = ErrBusy
	}
	return err
}

// inTime tries a step again until others leave it room, or it is ErrLog.
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
