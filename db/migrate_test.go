package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samband/db/dbtest"
	"samband/db/trail"
	"samband/models"
)

// versioned creates a database as a version of the program left it, from
// testdata: the same small package imported, changed and imported again.
func versioned(t *testing.T, database string, version int) {
	t.Helper()
	driver, kind := "sqlite", "sqlite"
	if strings.HasPrefix(database, "postgres") {
		driver, kind = "pgx", "postgres"
	}
	text, err := os.ReadFile(fmt.Sprintf("testdata/version-%d.%s.sql", version, kind))
	if err != nil {
		t.Fatal(err)
	}
	run(t, driver, database, string(text))
	if version == 2 || version == 3 { // what version 4 drops
		run(t, driver, database, "INSERT INTO links VALUES ('of an account', 40, '2999-01-01T00:00:00.000Z')",
			"INSERT INTO sessions VALUES ('half signed in', 0, '', '2999-01-01T00:00:00.000Z')")
	}
}

// shape returns the columns of all tables, and the indexes.
func shape(t *testing.T, s *Store) (all []string) {
	t.Helper()
	query := `SELECT m.name || '.' || c.name || ' ' || lower(c.type) || ' ' || c."notnull" FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
		UNION ALL SELECT 'index ' || name FROM sqlite_master WHERE type = 'index' ORDER BY 1`
	if s.postgres {
		query = `SELECT table_name || '.' || column_name || ' ' || coalesce(domain_name, data_type) || ' ' || is_nullable FROM information_schema.columns WHERE table_schema = current_schema()
			UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1`
	}
	err := s.View(context.Background(), func(r Reader) error {
		return r.each(query, nil, func(rows *sql.Rows) error {
			var line string
			err := rows.Scan(&line)
			all = append(all, line)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// keptRecords returns the full content of each record of the directory, as the
// trail would have it.
func keptRecords(t *testing.T, s *Store) (all []string) {
	t.Helper()
	err := s.View(context.Background(), func(r Reader) error {
		return errors.Join(textsOf[models.Posting](r, &all), textsOf[models.Agency](r, &all), textsOf[models.Officer](r, &all), textsOf[models.Body](r, &all),
			textsOf[models.Assignment](r, &all), textsOf[models.Project](r, &all), textsOf[models.ContactPoint](r, &all))
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func textsOf[T Record](r Reader, all *[]string) error {
	records, err := Every[T](r)
	for _, id := range slices.Sorted(maps.Keys(records)) {
		*all = append(*all, textOf(records[id]))
	}
	return err
}

func textOf[T Record](one *T) string {
	var j trail.Writer
	kindOf[T]().text(one, &j)
	return j.End()
}

// A database of every version there has been is brought up to date: with the
// tables of a new one, the same records, and an unbroken trail.
func TestMigrateFromEveryVersion(t *testing.T) {
	t.Parallel()
	var want []string
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for version := 1; version < len(all); version++ {
		if version == 4 {
			continue // no program ever left it: 5 came along with it
		}
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dbtest.Databases(t, func(t *testing.T, database string) {
				versioned(t, database, version)
				s := open(t, database)
				records := keptRecords(t, s)
				if want == nil {
					want = records
				}
				if !slices.Equal(records, want) || !strings.Contains(strings.Join(records, ""), "intendent") {
					t.Errorf("the records are\n%s\nand those of version 1 on SQLite\n%s", strings.Join(records, "\n"), strings.Join(want, "\n"))
				}
				err := s.View(context.Background(), func(r Reader) error {
					links, err := exists[link](r, "account_id <> 0")
					sessions, bad := exists[Session](r, "account_id = 0")
					if links || sessions {
						t.Errorf("links that nobody made: %t, sessions of nobody: %t", links, sessions)
					}
					return errors.Join(err, bad)
				})
				if err != nil {
					t.Error(err)
				}
				report, err := s.Verify(context.Background(), nil)
				if err != nil || report.Err() != nil || report.Rows < 14 {
					t.Errorf("the trail: %+v, %v, %v", report, report.Err(), err)
				}
				o := officerNamed(t, s, "Åse Lindqvist")
				if back, err := Undone(context.Background(), s.As(models.Everything), o, firstRow(t, s, o.ID), "rank"); err != nil || back.Rank != "kommissarie" {
					t.Errorf("the rank of before is %q, %v", back.Rank, err)
				}
				o.Rank = "överste"
				write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&o) })
				if got, want := shape(t, s), shape(t, open(t, emptyOf(t, database))); !reflect.DeepEqual(got, want) {
					t.Errorf("tables\n%s\nand new ones\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			})
		})
	}
}

// emptyOf returns the name of another, empty database of the same kind.
func emptyOf(t *testing.T, database string) string {
	if strings.HasPrefix(database, "postgres") {
		return dbtest.Postgres(t)
	}
	return filepath.Join(t.TempDir(), "empty.db")
}

func officerNamed(t *testing.T, s *Store, name string) models.Officer {
	t.Helper()
	for _, o := range directory(t, s).Officers() {
		if o.Name == name {
			return o
		}
	}
	t.Fatalf("there is no %s", name)
	return models.Officer{}
}

// firstRow returns the ID of the row of the trail in which a record was first
// changed.
func firstRow(t *testing.T, s *Store, record int64) int64 {
	t.Helper()
	for _, row := range auditRows(t, s) {
		if row.RecordID == record && row.Action == "update" {
			return row.ID
		}
	}
	t.Fatalf("record %d was never changed", record)
	return 0
}

// A program that is running while a newer one migrates the database neither
// reads nor writes it any longer.
func TestNewerWhileRunning(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		x := addSample(t, s)
		directory(t, s)
		driver := "sqlite"
		if s.postgres {
			driver = "pgx"
		}
		run(t, driver, database, "INSERT INTO migrations (version, name, at) VALUES (9999, 'x', '')")
		rows := len(auditRows(t, s))
		x.officer.Rank = "intendent"
		if err := s.Write(context.Background(), tester, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) }); !errors.Is(err, ErrNewer) {
			t.Errorf("a write: %v", err)
		}
		if _, err := s.As(models.Everything).Directory(context.Background()); !errors.Is(err, ErrNewer) {
			t.Errorf("the directory: %v", err)
		}
		if _, err := s.Account(context.Background(), 1); !errors.Is(err, ErrNewer) {
			t.Errorf("an account: %v", err)
		}
		if n := len(auditRows(t, s)); n != rows {
			t.Errorf("%d rows more in the trail", n-rows)
		}
	})
}

// A database left by an older program is migrated even by one that is running
// already.
func TestOlderWhileRunning(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	for version := 1; version <= 2; version++ {
		s := open(t, path)
		write(t, s, func(tx *Tx) error {
			return tx.SaveAgency(&models.Agency{Country: "FI", Kind: "customs", Key: fmt.Sprint("fi-", version), Name: "Tulli", Period: models.Period{Last: models.Forever}})
		})
		directory(t, s)
		old := filepath.Join(t.TempDir(), "old.db")
		versioned(t, old, version)
		restoreSQLite(t, path, old)
		write(t, s, func(tx *Tx) error {
			return tx.SaveAgency(&models.Agency{Country: "FI", Kind: "customs", Key: "fi-new", Name: "Tulli", Period: models.Period{Last: models.Forever}})
		})
		restoreSQLite(t, path, old)
		officerNamed(t, s, "Åse Lindqvist")
		if report, err := s.Verify(context.Background(), nil); err != nil || report.Broken != nil {
			t.Errorf("version %d: the trail: %+v, %v", version, report.Broken, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}

	}
}

// A database of another program that is put in place of ours is left alone.
func TestForeignWhileRunning(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s := open(t, path)
	addSample(t, s)
	directory(t, s)
	other := filepath.Join(t.TempDir(), "other.db")
	run(t, "sqlite", other, "CREATE TABLE t (x int)", "INSERT INTO t VALUES (77)")
	restoreSQLite(t, path, other)
	if err := s.Write(context.Background(), tester, func(tx *Tx) error { return nil }); !errors.Is(err, ErrForeign) {
		t.Errorf("a write: %v", err)
	}
	if _, err := s.As(models.Everything).Directory(context.Background()); !errors.Is(err, ErrForeign) {
		t.Errorf("the directory: %v", err)
	}
	run(t, "sqlite", path, "INSERT INTO t VALUES (78)")
}
