package db

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

// States of PostgreSQL that no statement can mend are ErrUnavailable wherever
// they arise, those that may pass by a retry are ErrBusy, and nothing is kept.
func TestStatesThatMayPass(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.Postgres(t))
	x := addSample(t, s)
	for state, want := range map[string]error{"57P01": ErrUnavailable, "57P03": ErrUnavailable, "08006": ErrUnavailable, "25006": ErrUnavailable,
		"53100": ErrUnavailable, "53300": ErrUnavailable, "58030": ErrUnavailable, "40001": ErrBusy, "55P03": ErrBusy} {
		err := s.Write(context.Background(), tester, func(tx *Tx) error {
			x.officer.Rank = "intendent"
			if err := tx.SaveOfficer(&x.officer); err != nil {
				return err
			}
			return tx.exec("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '" + state + "'; END $$")
		})
		x.officer.Version = 1
		if !errors.Is(err, want) || errors.Is(err, ErrUncertain) {
			t.Errorf("%s: %v", state, err)
		}
	}
	err := s.Write(context.Background(), tester, func(tx *Tx) error {
		if err := tx.exec("SET LOCAL transaction_read_only = on"); err != nil {
			return err
		}
		return tx.SaveOfficer(&x.officer)
	})
	if !errors.Is(err, ErrUnavailable) {
		t.Errorf("a server that takes no writes: %v", err)
	}
	err = s.Write(context.Background(), tester, func(tx *Tx) error {
		_ = tx.exec("SELECT pg_terminate_backend(pg_backend_pid())")
		return tx.SaveOfficer(&x.officer)
	})
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUncertain) {
		t.Errorf("a connection that is ended: %v", err)
	}
	if got := directory(t, s).Officer(x.officer.ID).Rank; got != "kommissarie" {
		t.Errorf("something is kept: %q", got)
	}
	works(t, s, "afterwards", true)
}

// Connections that end while idle cause no error.
func TestEndedConnections(t *testing.T) {
	t.Parallel()
	database := dbtest.Postgres(t)
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	name := query.Get("search_path")
	query.Set("application_name", name)
	address.RawQuery = query.Encode()
	s := open(t, address.String())
	x := addSample(t, s)
	end := func() {
		run(t, "pgx", database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"+name+"'")
	}
	for range 3 {
		end()
		works(t, s, "ended", true)
		end()
		x.officer.Rank += "x"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		end()
		if got := directory(t, s).Officer(x.officer.ID).Rank; got != x.officer.Rank {
			t.Errorf("rank %q", got)
		}
	}
}

// A file that has no room left accepts no write, and accepts all again once
// there is room.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "samband.db"))
	x := addSample(t, s)
	if err := s.write.Exec("PRAGMA max_page_count = 1").Error; err != nil { // SQLite never sets it below the present number
		t.Fatal(err)
	}
	x.officer.Note = strings.Repeat("x", 1_900)
	err := s.Write(context.Background(), tester, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
	if !errors.Is(err, ErrUnavailable) || errors.Is(err, ErrUncertain) {
		t.Errorf("got %v", err)
	}
	if _, err := s.As(models.Everything).Directory(context.Background()); err != nil {
		t.Error(err)
	}
	if err := s.write.Exec("PRAGMA max_page_count = 1000000").Error; err != nil {
		t.Fatal(err)
	}
	x.officer.Note, x.officer.Version = "there is room", 1
	write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
}

// A server that has begun to refuse writes is not ready.
func TestReady(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s := open(t, database)
		if err := s.Ready(t.Context()); err != nil {
			t.Error(err)
		}
		if !s.postgres {
			return
		}
		pool, err := s.write.DB()
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		if _, err := pool.Exec("SET default_transaction_read_only = on"); err != nil {
			t.Fatal(err)
		}
		if err := s.Ready(t.Context()); !errors.Is(err, ErrUnavailable) {
			t.Errorf("it takes no writes, and that is %v", err)
		}
	})
}
