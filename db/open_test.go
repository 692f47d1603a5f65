package db

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gorm.io/gorm"

	"samband/db/dbtest"
	"samband/models"
)

func TestOpenAgain(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		first := open(t, database)
		x := addSample(t, first)
		d := directory(t, first)
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := Open(context.Background(), database)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if !sameDirectory(directory(t, again), d) || revision(t, again) != 1 {
			t.Error("another directory than before")
		}
		write(t, again, func(tx *Tx) error { return tx.RemoveAssignment(x.assignment.ID, 1) })
	})
}

func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Concurrent(t, func(t *testing.T, database string) {
		errs := make(chan error)
		for range 8 {
			go func() {
				s, err := Open(context.Background(), database)
				if err == nil {
					err = s.Close()
				}
				errs <- err
			}()
		}
		for range 8 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestOpenOddNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a b.db", "a?mode=ro", "a#b.db", "100%.db", "%41.db", "ö.db", ":memory:", "a&b=c;d.db", "'\".db", "file:x.db"} {
		path := filepath.Join(dir, name)
		addSample(t, open(t, path))
		info, err := os.Stat(path)
		if err != nil {
			t.Errorf("%q: %v", name, err)
		} else if info.Mode().Perm() != 0o600 {
			t.Errorf("%q may be read by others: %v", name, info.Mode())
		}
	}
	t.Chdir(dir)
	if s := open(t, "a b.db"); revision(t, s) != 1 {
		t.Error("a relative path names another file")
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(path("text.db"), []byte("this is a text, and it is no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, statement := range map[string]string{"table.db": "CREATE TABLE migrations (version int)", "id.db": "PRAGMA application_id = 77"} {
		pool, err := sql.Open("sqlite", path(name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(statement); err != nil {
			t.Fatal(err)
		}
		pool.Close()
	}
	for name, want := range map[string]error{"table.db": ErrForeign, "id.db": ErrForeign, "text.db": nil, "none/x.db": fs.ErrNotExist} {
		if s, err := Open(ctx, path(name)); err == nil {
			s.Close()
			t.Errorf("%s: no error", name)
		} else if want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, database := range []string{"", "a\x00b", dir, "postgres://nobody@127.0.0.1:1/x", "postgres://a:secret@%zz/", "postgres://a:secret@127.0.0.1:1/x"} {
		if s, err := Open(ctx, database); err == nil {
			s.Close()
			t.Errorf("%q: no error", database)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestOpenNewer(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		err := s.locked(context.Background(), s.wait, func(g *gorm.DB) error {
			return g.Exec("INSERT INTO migrations (version, name, at) VALUES (9999, 'x', '')").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if newer, err := Open(context.Background(), database); !errors.Is(err, ErrNewer) {
			t.Errorf("got %v, %v", newer, err)
		}
	})
}

// A search index that was made from other tables of names is rebuilt.
func TestDerivedAnew(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		x := addSample(t, s)
		before := derivedRows(t, s)
		err := s.locked(context.Background(), s.wait, func(g *gorm.DB) error {
			return errors.Join(g.Exec("UPDATE directory SET derived = 'of old'").Error, g.Exec("DELETE FROM sort_names").Error,
				g.Exec("UPDATE search_words SET word = 'old' || word").Error)
		})
		if err != nil {
			t.Fatal(err)
		}
		if after := derivedRows(t, open(t, database)); !reflect.DeepEqual(after, before) || len(before) == 0 {
			t.Errorf("got %v, want %v", after, before)
		}
		rows, _, err := s.As(models.Everything).Postings(context.Background(), Filter{Text: "Bang"}, Order{Language: "sv"}, Page{})
		if err != nil || len(rows) != 1 || rows[0].ID != x.posting.ID {
			t.Errorf("found %+v, %v", rows, err)
		}
	})
}

func derivedRows(t *testing.T, s *Store) (all []string) {
	t.Helper()
	err := s.View(context.Background(), func(r Reader) error {
		for _, query := range []string{"SELECT name || language, sort FROM sort_names ORDER BY 1, 2", "SELECT noun || ' ' || word, record_id FROM search_words ORDER BY 1, 2"} {
			err := r.each(query, nil, func(rows *sql.Rows) error {
				var a, b string
				err := rows.Scan(&a, &b)
				all = append(all, a+" "+b)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
