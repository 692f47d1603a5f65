package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"samband/db/trail"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// postgresTypes creates the types that the migrations use.
const postgresTypes = `
CREATE DOMAIN day AS date;
CREATE DOMAIN keytext AS text COLLATE "C";
CREATE DOMAIN blob AS bytea;`

// forPostgres rewrites what PostgreSQL spells differently from SQLite.
var forPostgres = strings.NewReplacer("INTEGER", "bigint", ") WITHOUT ROWID;", ");")

// A migration is one numbered file that takes the tables from the previous
// version to its own.
type migration struct {
	version int
	name    string
	sql     string
}

// chained is the first version whose trail is a hash chain.
const chained = 2

// withBodies is the first version that has bodies.
const withBodies = 6

// migrations returns all migrations, by version.
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // in order of name
	if err != nil {
		return nil, err
	}
	var all []migration
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		name = strings.TrimPrefix(name, "migrations/")
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is not number %d", name, i+1)
		}
		all = append(all, migration{i + 1, name, string(text)})
	}
	return all, nil
}

// migrate runs the migrations that have not been run yet, and rebuilds the
// search index if it was made from other tables of names than this program's.
// All of it happens in one transaction, under the write lock.
func (s *Store) migrate(ctx context.Context) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	return s.locked(ctx, s.wait, func(g *gorm.DB) error {
		ctx := g.Statement.Context
		version, err := s.version(ctx, g)
		if err != nil {
			return err
		}
		if version > len(all) {
			return ErrNewer
		}
		for _, m := range all[version:] {
			if err := s.run(ctx, g, m); err != nil {
				return fmt.Errorf("migration %s: %w", m.name, err)
			}
		}
		tx, err := s.begin(ctx, g, Actor{})
		if err != nil {
			return err
		}
		defer tx.close()
		// SQLite opens a file that it may not write, and only fails at the
		// first write, even one that changes nothing.
		if err := tx.exec("UPDATE directory SET one = one WHERE one = 0"); err != nil {
			return err
		}
		if version < chained {
			if err := tx.moveTrail(); err != nil {
				return err
			}
		}
		if version < withBodies {
			if err := tx.plant(); err != nil {
				return err
			}
		}
		if err := tx.makeSecrets(); err != nil {
			return err
		}
		return tx.reindex()
	})
}

// version returns the number of the last migration that was run. In a new
// database it creates the table that records them, and returns 0.
func (s *Store) version(ctx context.Context, g *gorm.DB) (n int, err error) {
	prelude := fmt.Sprintf("PRAGMA application_id = %d", applicationID)
	exists := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
	if s.postgres {
		prelude = postgresTypes
		exists = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'"
	}
	pool := g.Statement.ConnPool
	if err := pool.QueryRowContext(ctx, exists).Scan(&n); err != nil {
		return 0, err
	}
	if n == 0 {
		_, err = pool.ExecContext(ctx, prelude+";CREATE TABLE migrations (version int PRIMARY KEY, name text NOT NULL, at text NOT NULL)")
		return 0, err
	}
	err = pool.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM migrations").Scan(&n)
	return n, err
}

// migrated is a migration that has been run.
type migrated struct {
	Version int `gorm:"primaryKey;autoIncrement:false"`
	Name    string
	At      time.Time `gorm:"serializer:instant"`
}

func (migrated) TableName() string { return "migrations" }

// errOlder is a database whose tables or search index were made by an older
// program.
var errOlder = errors.New("the database is of an older program")

// checkSchema returns ErrNewer, errOlder or ErrForeign unless the tables are
// the ones this program knows: another program may have changed them since they
// were opened.
func (s *Store) checkSchema(r Reader) error {
	last, err := orNone(rowsOf[migrated](r.g).Select("version").Order("version DESC").Limit(1).Take(r.ctx))
	switch {
	case noTable(err), err == nil && last.Version == 0:
		return ErrForeign
	case err != nil:
		return err
	case last.Version > s.schema:
		return ErrNewer
	case last.Version < s.schema:
		return errOlder
	}
	return nil
}

// upToDate calls f. If f finds that an older database has been put in place of
// the one that was opened, it migrates that one and calls f again.
func (s *Store) upToDate(ctx context.Context, f func() error) error {
	err := f()
	if !errors.Is(err, errOlder) {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	return f()
}

func (s *Store) run(ctx context.Context, g *gorm.DB, m migration) error {
	if s.postgres {
		m.sql = forPostgres.Replace(m.sql)
	}
	if _, err := g.Statement.ConnPool.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	return rowsOf[migrated](g).Create(ctx, &migrated{m.version, m.name, s.now()})
}

// abandonedTime is how long a transaction that holds the write lock may sit
// idle before the server ends it: its program may be gone.
const abandonedTime = 5 * time.Minute

// instant returns the current time as the trail writes it.
func (s *Store) instant() string { return s.now().UTC().Format(trail.Instants) }

// locked calls f in a transaction that excludes every other write, by this
// process or another, and commits it unless f fails. It waits at most wait for
// its turn, and is ErrBusy after that. A commit whose outcome is unknown is
// ErrUncertain.
func (s *Store) locked(ctx context.Context, wait time.Duration, f func(*gorm.DB) error) error {
	turn := time.NewTimer(wait)
	defer turn.Stop()
	select {
	case s.door <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-turn.C:
		return ErrBusy
	}
	defer func() { <-s.door }()
	if err := s.file.check(); err != nil {
		return err
	}
	t, err := s.start(ctx, s.write, wait)
	if err != nil {
		return err
	}
	defer t.end() // also on a panic, which goes on
	if s.postgres {
		// The number is Samband's own and means nothing; the schema is added so
		// that two installations in one database do not wait for each other.
		// All three end with the transaction, so this works behind a pooler
		// too.
		lock := fmt.Sprintf("SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d; SELECT pg_advisory_xact_lock(%d, hashtext(coalesce(current_schema(), '')))",
			wait.Milliseconds(), abandonedTime.Milliseconds(), applicationID)
		if _, err := t.Statement.ConnPool.ExecContext(t.inner, lock); err != nil {
			err = t.failed(err)
			s.lost(ctx, err)
			return err
		}
	}
	if err := f(t.DB); err != nil {
		err = t.failed(err)
		s.lost(ctx, err)
		return err
	}
	if err := s.file.check(); err != nil {
		return err
	}
	if err := t.commit(); err != nil {
		s.lost(ctx, err)
		return err
	}
	if err := s.file.check(); err != nil {
		return fmt.Errorf("%w: %w", ErrUncertain, err)
	}
	return nil
}
