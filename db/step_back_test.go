package db

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"

	"samband/db/dbtest"
	"samband/models"
)

// backup copies a database, with some statements run on the copy, and returns a
// function that puts the copy in the database's place while stores have it
// open.
func backup(t *testing.T, database string, statements ...string) (restore func()) {
	t.Helper()
	if !strings.HasPrefix(database, "postgres") {
		path := filepath.Join(t.TempDir(), "backup.db")
		run(t, "sqlite", database, "VACUUM INTO '"+path+"'")
		run(t, "sqlite", path, statements...)
		return func() { restoreSQLite(t, database, path) }
	}
	var copies, back []string
	for _, table := range tablesOf(t, database) {
		copies = append(copies, "CREATE TABLE backup_"+table+" AS SELECT * FROM "+table)
		back = append(back, "INSERT INTO "+table+" SELECT * FROM backup_"+table)
	}
	run(t, "pgx", database, copies...)
	for _, s := range statements {
		run(t, "pgx", database, strings.NewReplacer("UPDATE ", "UPDATE backup_", "FROM ", "FROM backup_").Replace(s))
	}
	return func() {
		run(t, "pgx", database, "BEGIN; SET CONSTRAINTS ALL DEFERRED; TRUNCATE "+strings.Join(tablesOf(t, database), ",")+"; "+strings.Join(back, ";")+"; COMMIT")
	}
}

// tablesOf returns the tables of a schema, those that others refer to first.
func tablesOf(t *testing.T, database string) (tables []string) {
	t.Helper()
	pool, err := sql.Open("pgx", database)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	rows, err := pool.Query(`SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname NOT LIKE 'backup_%'
		ORDER BY EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conrelid = c.oid),
			EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid AND EXISTS (SELECT 1 FROM pg_constraint g WHERE g.contype = 'f' AND g.conrelid = f.confrelid)), relname`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	return tables
}

// run runs statements on a database from outside the program.
func run(t testing.TB, driver, database string, statements ...string) {
	t.Helper()
	pool, err := sql.Open(driver, database)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, s := range statements {
		if _, err := pool.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// restoreSQLite replaces the content of one file by that of another, like
// .restore of the sqlite3 shell.
func restoreSQLite(t *testing.T, database, from string) {
	t.Helper()
	pool, err := sql.Open("sqlite", database)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		r, err := c.(interface {
			NewRestore(string) (*sqlite.Backup, error)
		}).NewRestore(from)
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			more, err = r.Step(-1)
		}
		return errors.Join(err, r.Finish())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A database that steps back and takes another course reaches the same revision
// again with different content. Nobody may be shown what was there before.
func TestStepBack(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		here, there := open(t, database), open(t, database)
		x := addSample(t, here)
		restore := backup(t, database)
		other := models.Officer{AgencyID: x.agency.ID, Name: "Bo Ek"}
		write(t, here, func(tx *Tx) error {
			if err := tx.SaveOfficer(&other); err != nil {
				return err
			}
			a := x.assignment
			a.OfficerID = other.ID
			return tx.SaveAssignment(&a)
		})
		lost := time.Now()
		known := func(s *Store) string {
			v, err := s.As(models.Everything).AsOf(context.Background(), lost)
			if err != nil {
				t.Fatal(err)
			}
			d, err := v.Directory(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			return d.Officer(d.Post(x.posting.ID).Assignments[0].OfficerID).Name
		}
		for _, s := range []*Store{here, there} {
			if got := directory(t, s).Post(x.posting.ID).Assignments[0].OfficerID; got != other.ID || known(s) != "Bo Ek" {
				t.Fatalf("officer %d holds the posting, and %s was known", got, known(s))
			}
		}
		restore()
		x.officer.Rank = "intendent"
		write(t, here, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		for name, s := range map[string]*Store{"the one that wrote": here, "another one": there} {
			if n := revision(t, s); n != 2 {
				t.Fatalf("revision %d", n)
			}
			d := directory(t, s)
			if got := d.Officer(d.Post(x.posting.ID).Assignments[0].OfficerID); got.Name != x.officer.Name || got.Rank != "intendent" {
				t.Errorf("%s names %s, %s", name, got.Name, got.Rank)
			}
			if got := known(s); got != x.officer.Name {
				t.Errorf("%s has known %s", name, got)
			}
			if !sameDirectory(d, reloaded(t, s)) {
				t.Errorf("%s has another directory than the one that is read anew", name)
			}
		}
	})
}

// After a step back beyond what is cached, and forward again to more than one
// revision later, changes cannot be applied to the cache.
func TestStepBackAndFurtherOn(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		x := addSample(t, s)
		restore := backup(t, database)
		x.officer.Name = "Never Kept"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		directory(t, s)
		restore()
		for _, city := range []string{"Chiang Mai", "Pattaya", "Hat Yai"} {
			x.posting.HostCity = city
			write(t, s, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
		}
		d := directory(t, s)
		if got := d.Officer(x.officer.ID).Name; got != "Åse Lindqvist" || d.Post(x.posting.ID).HostCity != "Hat Yai" {
			t.Errorf("%s in %s", got, d.Post(x.posting.ID).HostCity)
		}
	})
}

// Steps that were tried on a directory that is gone are not carried out.
func TestStepBackBeforeStepsAreCarriedOut(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		x := addSample(t, s)
		restore := backup(t, database)
		x.officer.Rank = "intendent"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		before, err := s.snapshot(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		restore()
		x.posting.HostCity = "Chiang Mai"
		write(t, s, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
		err = s.Write(context.Background(), tester, func(tx *Tx) error {
			if same, err := tx.follows(before.moment); same || err != nil {
				t.Errorf("the database goes on from what is gone: %v, %v", same, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Rights that the database no longer grants are not held.
func TestStepBackOfRights(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		here, there := open(t, database), open(t, database)
		a := models.Account{Email: "a@example.org", Rights: models.ParseRights("partner:SE")}
		b := models.Account{Email: "b@example.org", Rights: models.ParseRights("partner:SE")}
		var secret string
		write(t, here, func(tx *Tx) error {
			if err := errors.Join(tx.SaveAccount(&a), tx.SaveAccount(&b)); err != nil {
				return err
			}
			var err error
			secret, err = tx.AddToken(&Token{Account: a.ID, Expires: date("2027-01-01")}, date("2026-11-23"))
			return err
		})
		restore := backup(t, database)
		more := a
		more.Rights = models.ParseRights("coordinator:all")
		write(t, here, func(tx *Tx) error { return tx.SaveAccount(&more) })
		rights := func(s *Store) string {
			byID, err := s.Account(context.Background(), a.ID)
			bearer, bad := s.Bearer(context.Background(), secret, date("2026-11-23"))
			if err != nil || bad != nil || byID.Rights.String() != bearer.Rights.String() {
				t.Fatalf("%v %v, %v %v", byID.Rights, err, bearer.Rights, bad)
			}
			return byID.Rights.String()
		}
		if rights(here) != "coordinator:all" || rights(there) != "coordinator:all" {
			t.Fatal("the right is not held before the step back")
		}
		restore()
		b.Disabled = true
		write(t, here, func(tx *Tx) error { return tx.SaveAccount(&b) })
		if rights(here) != "partner:SE" || rights(there) != "partner:SE" {
			t.Errorf("rights %s, and %s with another store", rights(here), rights(there))
		}
	})
}

// The search index of a copy left by an older program is rebuilt, even if the
// copy has taken another course since.
func TestStepBackOfDerivedKeys(t *testing.T) {
	t.Parallel()
	for name, revision := range map[string]string{"back": "revision", "further on": "revision + 5"} {
		t.Run(name, func(t *testing.T) {
			dbtest.Databases(t, func(t *testing.T, database string) {
				s := open(t, database)
				x := addSample(t, s)
				want := derivedRows(t, s)
				restore := backup(t, database, "UPDATE directory SET derived = 'of old', revision = "+revision, "DELETE FROM search_words", "DELETE FROM sort_names")
				x.posting.HostCity = "Chiang Mai"
				write(t, s, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
				directory(t, s)
				restore()
				directory(t, s)
				if got := derivedRows(t, s); strings.Join(got, "\n") != strings.Join(want, "\n") {
					t.Errorf("%d rows, want %d", len(got), len(want))
				}
			})
		})
	}
}

// An event in the trail that changes nobody's directory does not cost a reload.
func TestEventsKeepTheDirectory(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		addSample(t, s)
		d := directory(t, s)
		write(t, s, func(tx *Tx) error { return tx.Note(Event{Action: "sign_in", Noun: "account"}) })
		write(t, s, func(tx *Tx) error {
			return tx.SaveAccount(&models.Account{Email: "a@example.org", Rights: models.ParseRights("partner:SE")})
		})
		if directory(t, s) != d {
			t.Error("the directory was read again")
		}
	})
}
