// SQL by hand: a table of SQLite's own.

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

	"gorm.io/gorm"
)

// ErrOnPostgres is asking for a copy of a file where there is none.
var ErrOnPostgres = errors.New("the database is on a PostgreSQL server, whose own tools copy it: pg_dump and pg_restore")

// A Backup is a copy of the database that was made while it was in use, and
// what was found when the copy was looked over.
type Backup struct {
	Path  string
	Seal  string // the file beside it with a checkpoint of its trail; "" if it has none
	Bytes int64
	Rows  int64 // of the trail
	// Older is the version of its tables where they are older than the
	// program's: then the trail is not walked, and there is no seal. Else 0.
	Older int
}

const (
	backupPrefix, backupSuffix = "samband-", ".db"
	sealSuffix                 = ".seal.json"
	backupInstant              = "20060102T150405.000Z"
)

// BackUp copies a database that may be in use into a file which is not there
// yet, or into a folder, where the file gets a name by the present instant. The
// copy is of one moment. Only when its pages, its references, the number of rows
// of each table and its trail have been found good does it get its name: what
// bears that name is whole. A checkpoint of the trail lies beside it.
//
// Files are readable for their owner only. ErrOnPostgres where there is no file
// to copy.
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
	_ = os.Remove(part) // of one that was killed
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
		return b, err
	}
	return b, synced(filepath.Dir(b.Path))
}

// backupPath returns the file that a copy is to be, and makes the folder that
// it is to lie in.
func backupPath(to string, s *Store) (string, error) {
	info, err := os.Stat(to)
	switch {
	case err == nil && !info.IsDir():
		return "", fmt.Errorf("%s is there already, and is left as it is", to)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	case err != nil && filepath.Ext(to) != "": // a file that is not there yet
		return to, os.MkdirAll(filepath.Dir(to), 0o700)
	}
	return filepath.Join(to, backupPrefix+s.now().UTC().Format(backupInstant)+backupSuffix), os.MkdirAll(to, 0o700)
}

// vacuumInto writes a copy of the present moment into a new file.
func (s *Store) vacuumInto(ctx context.Context, file string) error {
	// SQLite fills an empty file; one that it makes itself is everybody's to read.
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
	// It only forbids to change the database itself, but SQLite makes no such
	// difference.
	if _, err := conn.ExecContext(ctx, "PRAGMA query_only(0)"); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", file)
	return translate(err)
}

// A tally is how many rows each table has, and the head of the trail.
type tally struct {
	head []byte
	rows map[string]int64
}

func (s *Store) tally(ctx context.Context) (t tally, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		if t.rows, err = r.counts(); err != nil {
			return err
		}
		last, err := orNone(gorm.G[trail.Row](r.g).Order("id DESC").Limit(1).Take(r.ctx))
		t.head = last.Hash
		return err
	})
	return t, err
}

// check looks over a copy that was made between two tallies, notes in b what it
// finds, and returns the checkpoint of its trail.
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

// between returns an error unless a copy that was made between two moments has
// the rows it must have: those of one of them, or, where writes went on all the
// while, a trail no shorter than before and no longer than after.
func (t tally) between(before, after tally) error {
	for _, moment := range []tally{before, after} {
		if !bytes.Equal(t.head, moment.head) {
			continue
		}
		for table, rows := range t.rows {
			// These change without leaving a row in the trail.
			if unlogged := table == "sessions" || table == "visits" || table == "links"; rows != moment.rows[table] && !unlogged {
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

// Sound returns an error unless the database's pages are whole, and unless each
// record that another must refer to is there. On PostgreSQL the server sees to
// both, and nothing is looked at.
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

// Backups returns the copies in a folder that BackUp has named, the oldest
// first.
func Backups(folder string) (paths []string, err error) {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, backupPrefix) && strings.HasSuffix(name, backupSuffix) && len(name) == len(backupPrefix+backupInstant+backupSuffix) {
			paths = append(paths, filepath.Join(folder, name))
		}
	}
	slices.Sort(paths) // their names are trail.Instants
	return paths, wrap("backups", err)
}

// RemoveOldBackups removes all but the newest keep copies that BackUp has named
// in a folder, each with its checkpoint, and returns those it removed.
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

// writeWhole writes a file that is either not there or whole, for its owner
// only.
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

// synced waits until a file, or the names in a folder, are on the disk.
func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
