package db

import (
	"context"
	"errors"
	"strings"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

// stores runs a test with an empty store on each kind of database.
func stores(t *testing.T, f func(*testing.T, *Store)) {
	dbtest.Databases(t, func(t *testing.T, database string) { f(t, open(t, database)) })
}

// concurrentStores is stores for tests that begin goroutines.
func concurrentStores(t *testing.T, f func(*testing.T, *Store)) {
	dbtest.Concurrent(t, func(t *testing.T, database string) { f(t, open(t, database)) })
}

func open(t testing.TB, database string) *Store {
	t.Helper()
	s, err := Open(context.Background(), database)
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

var tester = Actor{Name: "tester", Rights: models.AllRights, Request: "r-1"}

// errDiscard ends a write that is to be rolled back though nothing has failed.
var errDiscard = errors.New("not to be kept")

// write runs a write that must succeed.
func write(t testing.TB, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), tester, f); err != nil {
		t.Fatal(err)
	}
}

// A sample is one agency with one officer and one posting, and an assignment of
// that officer to it.
type sample struct {
	agency     models.Agency
	officer    models.Officer
	posting    models.Posting
	assignment models.Assignment
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

func addSample(t testing.TB, s *Store) *sample {
	t.Helper()
	x := &sample{
		agency:  models.Agency{Country: "SE", Kind: "police", Name: "Polismyndigheten", NameEn: "Swedish Police Authority", Period: models.Period{Last: models.Forever}},
		officer: models.Officer{Name: "Åse Lindqvist", Rank: "kommissarie", Languages: "sv en"},
		posting: models.Posting{HostCountry: "TH", HostCity: "Bangkok", Opened: date("2005-01-01"), Closed: models.Forever,
			Coverages: []models.Coverage{{Country: "VN", Period: period("2005-01-01")}, {Country: "LA", Period: period("2006-01-01/2020-12-31")}}},
	}
	write(t, s, func(tx *Tx) error {
		if err := tx.SaveAgency(&x.agency); err != nil {
			return err
		}
		x.officer.AgencyID, x.posting.AgencyID = x.agency.ID, x.agency.ID
		if err := tx.SaveOfficer(&x.officer); err != nil {
			return err
		}
		if err := tx.SavePosting(&x.posting); err != nil {
			return err
		}
		x.assignment = models.Assignment{OfficerID: x.officer.ID, PostingID: x.posting.ID, Period: period("2020-08-17/2027-08-31")}
		return tx.SaveAssignment(&x.assignment)
	})
	return x
}
