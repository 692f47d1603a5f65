package interchange

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"samband/db"
	"samband/db/dbtest"
	"samband/models"
)

// stores runs a test on an empty store of each database.
func stores(t *testing.T, f func(*testing.T, *db.Store)) {
	dbtest.Databases(t, func(t *testing.T, database string) { f(t, open(t, database)) })
}

func open(t testing.TB, database string) *db.Store {
	t.Helper()
	s, err := db.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func onSQLite(t testing.TB) *db.Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "samband.db"))
}

var tester = db.Actor{Name: "tester", Rights: models.AllRights, Request: "r-1"}

// write runs a write that must succeed.
func write(t testing.TB, s *db.Store, f func(*db.Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), tester, f); err != nil {
		t.Fatal(err)
	}
}

func directory(t *testing.T, s *db.Store) *models.Directory {
	t.Helper()
	d, err := s.As(models.Everything).Directory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sound requires the trail and the tables to agree.
func sound(t testing.TB, s *db.Store) {
	t.Helper()
	if report, err := s.Verify(context.Background(), nil); err != nil || report.Err() != nil {
		t.Errorf("%v, %v", report.Err(), err)
	}
}

func date(s string) models.Date {
	d, err := models.ParseDate(s)
	if err != nil {
		panic(s)
	}
	return d
}

func period(s string) models.Period {
	first, last, _ := strings.Cut(s, "/")
	p := models.Period{First: date(first), Last: models.Forever}
	if last != "" {
		p.Last = date(last)
	}
	return p
}
