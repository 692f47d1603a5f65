// SQL by hand: pragmas and VACUUM INTO, which are SQLite's own.

package db

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"samband/db/trail"
	"slices"
	"strings"
)

// ErrOnPostgres means that there is no database file to copy.
var ErrOnPostgres = errors.New("the database is on a PostgreSQL server, whose own tools copy it: pg_dump and pg_restore")

// A Backup describes a copy that was made of a database in use, and what
// checking the copy found.
type Backup struct {
	Path  string
	Seal  string // the file beside it with a checkpoint of its trail; "" if none
	Bytes int64
	Rows  int64 // of the trail
	// Older is the version of its tables if that is older than the program's,
	// else 0. Then only pages and references are checked, and there is no seal.
	Older int
}

const (
	backupPrefix, backupSuffix = "samband-", ".db"
	sealSuffix                 = ".seal.json"
	backupInstant              = "20060102T150405.000Z"
)

// BackUp copies a database that may be in use, as it is at one moment, to a new
// file, or into a folder under a name made from the current instant. The copy
// gets its name only after its pages, references, row counts and trail have
// been checked (see Backup.Older), so a file of that name is complete. A
// checkpoint of the trail is written beside it.
//
// The files are readable by their owner only. It is ErrOnPostgres on a server.
func BackUp(ctx context.Context, database, to string) (b Backup, err error) {
	defer func() { err = wrap("back up "+named(database), err) }()
	if OnPostgres(database) {
		return b, ErrOnPostgres
	}
	s, version, err := look(ctx, database)
	if err != nil {
		return b, err
	}
	defer s.Close()
	if b.Path, err = backupPath(to, s); err != nil {
		return b, err
	}
	part := b.Path + ".part"
	_ = os.Remove(part) // left behind by a killed process
	defer os.Remove(part)
	before, err := s.tally(ctx)
	if err == nil {
		err = s.vacuumInto(ctx, part)
	}
	if err != nil {
		return b, err
	}
	after, err := s.tally(ctx)
	if err != nil {
		return b, err
	}
	var seal []byte
	if seal, err = b.check(ctx, part, version, before, after); err != nil {
		return b, fmt.Errorf("the copy is not good, and was thrown away: %w", err)
	}
	if len(seal) > 0 {
		b.Seal = b.Path + sealSuffix
		if err := writeWhole(b.Seal, seal); err != nil {
			return b, err
		}
	}
	if err := errors.Join(synced(part), os.Rename(part, b.Path)); err != nil {
		if b.Seal != "" {
			err = errors.Join(err, os.Remove(b.Seal))
		}
		return b, err
	}
	return b, synced(filepath.Dir(b.Path))
}

// backupPath returns the path for a copy, and creates its folder. A file that
// exists already is an error.
func backupPath(to string, s *Store) (string, error) {
	info, err := os.Stat(to)
	switch {
	case err == nil && !info.IsDir():
		return "", fmt.Errorf("%s is there already, and is left as it is", to)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	case err != nil && filepath.Ext(to) != "": // a file that does not exist yet
		return to, os.MkdirAll(filepath.Dir(to), 0o700)
	}
	return filepath.Join(to, backupPrefix+s.now().UTC().Format(backupInstant)+backupSuffix), os.MkdirAll(to, 0o700)
}

// vacuumInto writes a copy of the database as it is now into a new file.
func (s *Store) vacuumInto(ctx context.Context, file string) error {
	// SQLite fills an empty file. One that it creates is readable by everybody.
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	pool, err := s.read.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// VACUUM INTO does not change the database, but query_only forbids it too.
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only(0)"); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", file)
	return translate(err)
}

// A tally is the number of rows of each table, and the head of the trail.
type tally struct {
	head []byte
	rows map[string]int64
}

func (s *Store) tally(ctx context.Context) (t tally, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		if t.rows, err = r.counts(); err != nil {
			return err
		}
		last, err := orNone(rowsOf[trail.Row](r.g).Order("id DESC").Limit(1).Take(r.ctx))
		t.head = last.Hash
		return err
	})
	return t, err
}

// check checks a copy that was made between two tallies, notes in b what it
// finds, and returns the checkpoint of its trail, nil if its tables are older.
func (b *Backup) check(ctx context.Context, file string, version int, before, after tally) (seal []byte, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	b.Bytes = info.Size()
	s, copied, err := look(ctx, file)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if copied != version {
		return nil, fmt.Errorf("its tables are of version %d, not %d", copied, version)
	}
	if err := s.Sound(ctx); err != nil {
		return nil, err
	}
	if version < newest() {
		b.Older = version
		return nil, nil
	}
	own, err := s.tally(ctx)
	if err != nil {
		return nil, err
	}
	if err := own.between(before, after); err != nil {
		return nil, err
	}
	c, report, err := s.Seal(ctx)
	if err != nil {
		return nil, err
	}
	if err := report.Err(); err != nil {
		return nil, err
	}
	b.Rows = report.Rows
	return json.MarshalIndent(c, "", "  ")
}

// unlogged are the tables that change without leaving a row in the trail.
var unlogged = []string{"sessions", "visits", "usual_views", "links", "tries", "secrets", "unsaved_forms", "follows", "replaced", "imports"}

// between returns an error unless a copy made between two moments has the rows
// it should have: those of either moment or, if its trail ends at neither, a
// trail no shorter than before and no longer than after.
func (t tally) between(before, after tally) error {
	for _, moment := range []tally{before, after} {
		if !bytes.Equal(t.head, moment.head) {
			continue
		}
		for table, rows := range t.rows {
			if rows != moment.rows[table] && !slices.Contains(unlogged, table) {
				return fmt.Errorf("%s has %d rows, not %d", table, rows, moment.rows[table])
			}
		}
		return nil
	}
	if rows := t.rows["audit"]; rows < before.rows["audit"] || rows > after.rows["audit"] {
		return fmt.Errorf("the trail has %d rows, not %d to %d", rows, before.rows["audit"], after.rows["audit"])
	}
	return nil
}

// Sound returns an error if a page of the database is damaged or a foreign key
// refers to a missing row. On PostgreSQL it checks nothing: the server takes
// care of both.
func (s *Store) Sound(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	return s.View(ctx, func(r Reader) error {
		var first string
		var bad int
		if err := r.each("PRAGMA integrity_check(10)", nil, func(rows *sql.Rows) error {
			var line string
			err := rows.Scan(&line)
			if line != "ok" {
				first, bad = cmp.Or(first, line), bad+1
			}
			return err
		}); err != nil {
			return err
		}
		if bad > 0 {
			return fmt.Errorf("the file is damaged: %s", first)
		}
		var table, parent string
		if err := r.each("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1", nil, func(rows *sql.Rows) error { return rows.Scan(&table, &parent) }); err != nil {
			return err
		}
		if table != "" {
			return fmt.Errorf("a row of %s refers to one of %s that is not there", table, parent)
		}
		return nil
	})
}

// Backups returns the paths of the copies in a folder that BackUp has named,
// oldest first.
func Backups(folder string) (paths []string, err error) {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, backupPrefix) && strings.HasSuffix(name, backupSuffix) && len(name) == len(backupPrefix+backupInstant+backupSuffix) {
			paths = append(paths, filepath.Join(folder, name))
		}
	}
	slices.Sort(paths) // their names are instants of equal length
	return paths, wrap("backups", err)
}

// RemoveOldBackups removes all but the newest keep of the copies in a folder
// that BackUp has named, each with its checkpoint, and returns their paths.
func RemoveOldBackups(folder string, keep int) (removed []string, err error) {
	paths, err := Backups(folder)
	if err != nil || len(paths) <= keep {
		return nil, err
	}
	for _, path := range paths[:len(paths)-keep] {
		if err := os.Remove(path); err != nil {
			return removed, wrap("backups", err)
		}
		removed = append(removed, path)
		if err := os.Remove(path + sealSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, wrap("backups", err)
		}
	}
	return removed, nil
}

// writeWhole writes a file atomically, readable by its owner only.
func writeWhole(path string, b []byte) error {
	part := path + ".part"
	if err := os.WriteFile(part, append(b, '\n'), 0o600); err != nil {
		return err
	}
	if err := errors.Join(synced(part), os.Rename(part, path)); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}

// synced waits until a file, or the entries of a folder, are on the disk.
func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
