package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// The errors of opening a database for reading only.
var (
	ErrNotThere = errors.New("there is no database there")
	ErrOlder    = errors.New("the database's tables are older than this program: samband serve brings them up to date")
)

// OnPostgres reports whether a database's name is the address of a server, not
// the path of a file.
func OnPostgres(database string) bool {
	return strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
}

// There returns ErrNotThere if a database's name is the path of a missing or
// empty file. A server is not checked.
func There(database string) error {
	if OnPostgres(database) {
		return nil
	}
	info, err := os.Stat(database)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Size() == 0:
		return wrapOpen(database, ErrNotThere)
	case err != nil:
		return wrapOpen(database, err)
	}
	return nil
}

// Look opens a database for reading only: it is neither created nor migrated,
// and cannot be written. Errors are those of There, ErrForeign, ErrNewer and
// ErrOlder.
func Look(ctx context.Context, database string) (*Store, error) {
	s, version, err := look(ctx, database)
	if err != nil {
		return nil, err
	}
	if version < newest() {
		err = ErrOlder
	} else {
		err = s.prepare(ctx)
	}
	if err != nil {
		s.Close()
		return nil, wrapOpen(database, err)
	}
	return s, nil
}

// look is Look for a database of any version up to this program's own. It
// returns that version.
func look(ctx context.Context, database string) (s *Store, version int, err error) {
	if err := There(database); err != nil {
		return nil, 0, err
	}
	s = newStore()
	if s.postgres = OnPostgres(database); s.postgres {
		err = s.openPostgres(database)
		s.write = nil
	} else {
		err = s.openReader(ctx, database)
	}
	if err == nil {
		version, err = s.SchemaVersion(ctx)
	}
	switch {
	case err != nil:
	case version == 0:
		err = ErrNotThere
	case version > newest():
		err = ErrNewer
	}
	if err != nil {
		s.Close()
		return nil, 0, wrapOpen(database, translate(err))
	}
	return s, version, nil
}

// openReader opens connections that read a file, and none that writes.
func (s *Store) openReader(ctx context.Context, path string) (err error) {
	if err := checkOwner(ctx, path); err != nil {
		return err
	}
	if s.file, err = fileAt(path); err != nil {
		return err
	}
	if err := s.file.learn(1); err != nil {
		return err
	}
	s.read, err = s.openFile(mostConnections, "deferred", "query_only(1)")
	return err
}

// SchemaVersion returns the number of the database's last migration, 0 if it
// has had none.
func (s *Store) SchemaVersion(ctx context.Context) (version int, err error) {
	err = s.View(ctx, func(r Reader) error {
		names, err := r.tables()
		if err != nil || !slices.Contains(names, "migrations") {
			return err
		}
		last, err := orNone(rowsOf[migrated](r.g).Select("version").Order("version DESC").Limit(1).Take(r.ctx))
		version = last.Version
		return err
	})
	return version, err
}

// newest returns the version of the tables that this program writes.
func newest() int {
	all, err := migrations()
	if err != nil {
		panic(err) // the files are part of the program, and a test reads them
	}
	return len(all)
}

// wrapOpen is wrap for an error of opening a database, which it names exactly
// once.
func wrapOpen(database string, err error) error {
	if _, names := errors.AsType[*fs.PathError](err); names {
		return wrap("open", err)
	}
	return wrap("open "+named(database), err)
}

// named returns a database's name for error messages, without a password.
func named(database string) string {
	if OnPostgres(database) {
		return "the postgres:// database"
	}
	return database
}

// tables returns the names of all tables except SQLite's own, sorted.
func (r Reader) tables() ([]string, error) {
	names, err := r.g.WithContext(r.ctx).Migrator().GetTables()
	slices.Sort(names)
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, "sqlite") }), err
}

// counts returns the number of rows of each table.
func (r Reader) counts() (map[string]int64, error) {
	names, err := r.tables()
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, name := range names {
		var n int64
		if err := r.g.WithContext(r.ctx).Table(name).Count(&n).Error; err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, nil
}
