package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samband/models"
)

// uses tries each way of using a store, and returns their errors.
func uses(s *Store) map[string]error {
	ctx := context.Background()
	all := s.As(models.Everything)
	errs := map[string]error{}
	_, errs["revision"] = s.Revision(ctx)
	_, errs["directory"] = all.Directory(ctx)
	_, _, errs["list"] = all.Postings(ctx, Filter{}, Order{Language: "en"}, Page{})
	_, errs["agencies"] = all.Agencies(ctx, date("2026-11-23"))
	_, errs["agency"] = all.Agency(ctx, 1)
	_, errs["contact points"] = all.ContactPoints(ctx)
	_, errs["contact point"] = all.ContactPoint(ctx, 1)
	_, errs["session"] = s.Session(ctx, "x")
	_, errs["account"] = s.Account(ctx, 1)
	for _, err := range all.EachAssignment(ctx, Filter{}, Order{Language: "en"}) {
		errs["stream"] = err
	}
	// At the end, so that the next ones find something new: as long as there is nothing
	// new, memory answers.
	errs["write"] = s.Write(ctx, tester, func(tx *Tx) error { return tx.Note(Event{Action: "print", Noun: "page"}) })
	for what, err := range errs {
		if errors.Is(err, ErrNotFound) {
			errs[what] = nil
		}
	}
	return errs
}

// works fails the test unless every use of the store works or, if want is
// false, every one is ErrUnavailable.
func works(t *testing.T, s *Store, when string, want bool) {
	t.Helper()
	for what, err := range uses(s) {
		if want && err != nil || !want && !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %s: %v", when, what, err)
		}
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestFileIsMovedAwayAndBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s := open(t, path)
	x := addSample(t, s)
	works(t, s, "before", true)
	rename(t, path, path+"-elsewhere")
	works(t, s, "moved away", false)
	rename(t, path+"-elsewhere", path)
	works(t, s, "moved back", true)
	x.officer.Rank = "intendent"
	write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
	if got := directory(t, open(t, path)).Officer(x.officer.ID).Rank; got != "intendent" {
		t.Errorf("the file has rank %q", got)
	}
}

func TestFileIsReplaced(t *testing.T) {
	t.Parallel()
	for name, replace := range map[string]func(t *testing.T, path string){
		"removed": func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		},
		"its log removed": func(t *testing.T, path string) {
			if err := os.Remove(path + "-wal"); err != nil {
				t.Fatal(err)
			}
		},
		"a copy moved over it": func(t *testing.T, path string) {
			run(t, "sqlite", path, "VACUUM INTO '"+path+"-copy'")
			rename(t, path+"-copy", path)
		},
		"another made in its place": func(t *testing.T, path string) {
			rename(t, path, path+"-elsewhere")
			run(t, "sqlite", path, "CREATE TABLE t (x int)")
		},
		"its folder moved away": func(t *testing.T, path string) {
			rename(t, filepath.Dir(path), filepath.Dir(path)+"-elsewhere")
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "kept")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(folder, "samband.db")
			s := open(t, path)
			addSample(t, s)
			works(t, s, "before", true)
			replace(t, path)
			works(t, s, name, false)
		})
	}
}

// A restarted program accepts a copy that was moved over the file.
func TestFileIsReplacedAndTheProgramStartedAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	x := addSample(t, s)
	run(t, "sqlite", path, "VACUUM INTO '"+path+"-copy'")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rename(t, path+"-copy", path)
	s = open(t, path)
	works(t, s, "started again", true)
	if got := directory(t, s).Officer(x.officer.ID).Name; got != x.officer.Name {
		t.Errorf("the copy has %q", got)
	}
}

// A write during which the file is moved away fails.
func TestFileGoesAwayDuringAWrite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s := open(t, path)
	x := addSample(t, s)
	err := s.Write(context.Background(), tester, func(tx *Tx) error {
		x.officer.Rank = "intendent"
		rename(t, path, path+"-elsewhere")
		return tx.SaveOfficer(&x.officer)
	})
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUncertain) {
		t.Errorf("got %v", err)
	}
	rename(t, path+"-elsewhere", path)
	if got := directory(t, s).Officer(x.officer.ID).Rank; got != "kommissarie" {
		t.Errorf("it is kept all the same: %q", got)
	}
}

// Connections opened while another file is in place are not used once the right
// one is back.
func TestFileOfNewConnections(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "samband.db")
	s := open(t, path)
	x := addSample(t, s)
	rename(t, path, path+"-elsewhere")
	addSample(t, open(t, path+"-other"))
	rename(t, path+"-other", path)
	pool, err := s.read.DB()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	pool.SetMaxIdleConns(0)
	if err := pool.PingContext(ctx); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a connection to another file: %v", err)
	}
	pool.SetMaxIdleConns(idleConnections)
	rename(t, path+"-elsewhere", path)
	works(t, s, "back", true)
	if got := directory(t, s).Officer(x.officer.ID).Name; got != x.officer.Name {
		t.Errorf("got %q", got)
	}
}
