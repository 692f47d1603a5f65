package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"samband/db/trail"
	"time"
)

// ErrInUse is returned while some program has the database open.
var ErrInUse = errors.New("the database is in use: end samband serve, and whatever else has it open, first")

// A Restoration is the outcome of Restore.
type Restoration struct {
	From   string
	Aside  string // where the previous database was moved to; "" if there was none
	Rows   int64  // of the trail
	Sealed bool   // a checkpoint lay beside the copy, and the trail matches it
	Older  int    // as in Backup
}

// Restore puts a copy made by BackUp, or the newest in a folder of them, in
// place of a database. Before anything is touched it checks the copy as BackUp
// does, and its trail against the checkpoint beside it. An existing database is
// kept under another name; it is ErrInUse if some program has it open.
func Restore(ctx context.Context, from, database string) (r Restoration, err error) {
	defer func() { err = wrap("restore "+named(database), err) }()
	if OnPostgres(database) {
		return r, ErrOnPostgres
	}
	if r.From, err = chosenBackup(from); err != nil {
		return r, err
	}
	s, version, err := look(ctx, r.From)
	if err != nil {
		return r, err
	}
	defer s.Close()
	if err := s.Sound(ctx); err != nil {
		return r, fmt.Errorf("%s is not good: %w", r.From, err)
	}
	if version < newest() {
		r.Older = version
	} else if err := r.verify(ctx, s); err != nil {
		return r, err
	}
	part := database + ".part"
	_ = os.Remove(part) // left by a run that was killed
	defer os.Remove(part)
	if err := s.vacuumInto(ctx, part); err != nil {
		return r, err
	}
	if err := synced(part); err != nil {
		return r, err
	}
	release, err := r.setAside(ctx, database, s.now())
	if err != nil {
		return r, err
	}
	defer release()
	if err := os.Rename(part, database); err != nil {
		return r, err
	}
	return r, synced(filepath.Dir(database))
}

// chosenBackup returns from, or the newest copy in it if it is a folder.
func chosenBackup(from string) (string, error) {
	info, err := os.Stat(from)
	if err != nil || !info.IsDir() {
		return from, err
	}
	paths, err := Backups(from)
	if err != nil {
		return "", err
	}
	if len(paths) == 0 {
		return "", fmt.Errorf("%s holds no copy that samband backup has made", from)
	}
	return paths[len(paths)-1], nil
}

// verify checks the trail of a copy, and that it holds the row of the
// checkpoint beside the copy, if there is one.
func (r *Restoration) verify(ctx context.Context, s *Store) error {
	var checkpoints []trail.Checkpoint
	seal := r.From + sealSuffix
	b, err := os.ReadFile(seal)
	switch {
	case err == nil:
		var c trail.Checkpoint
		if err := json.Unmarshal(b, &c); err != nil || !c.Genuine() {
			return fmt.Errorf("%s is no checkpoint that was signed", seal)
		}
		checkpoints, r.Sealed = append(checkpoints, c), true
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	report, err := s.Verify(ctx, nil, checkpoints...)
	if err != nil {
		return err
	}
	if err := report.Err(); err != nil {
		return fmt.Errorf("%s: %w", r.From, err)
	}
	r.Rows = report.Rows
	return nil
}

// setAside renames the existing database and keeps others out of it until
// release is called. If there is none it does nothing.
func (r *Restoration) setAside(ctx context.Context, database string, now time.Time) (release func(), err error) {
	if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil
	} else if err != nil {
		return nil, err
	}
	release, err = seize(ctx, database)
	if err != nil {
		return nil, err
	}
	r.Aside = database + ".before-" + now.UTC().Format(backupInstant)
	// A damaged database may still have its log.
	for _, suffix := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(database+suffix, r.Aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			release()
			return nil, err
		}
	}
	return release, nil
}

// seize moves a database's log into its file, which SQLite allows only with
// exclusive access, and keeps that access until release is called. A file that
// is no longer a database cannot be locked, but may be replaced all the same.
func seize(ctx context.Context, database string) (release func(), err error) {
	dsn, err := sqliteDSN(database, "exclusive")
	if err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", dsn+"&_pragma=busy_timeout(100)")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	release = func() { pool.Close() }
	var mode string
	err = pool.QueryRowContext(ctx, "PRAGMA journal_mode(DELETE)").Scan(&mode)
	if err == nil && mode == "delete" {
		if _, err = pool.BeginTx(ctx, nil); err == nil { // ends with the connection
			return release, nil
		}
	}
	if meaning := translate(err); err == nil || errors.Is(meaning, ErrBusy) {
		release()
		return nil, ErrInUse
	}
	return release, ctx.Err()
}
