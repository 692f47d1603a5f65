package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/db/dbtest"
	"samband/models"
)

// An auditRow is a row of the trail.
type auditRow struct {
	ID, Revision                                int64
	At, Actor, Request, Action, Noun, RecordKey string
	RecordID                                    int64
	Old, New                                    sql.NullString
}

func auditRows(t *testing.T, s *Store) (all []auditRow) {
	t.Helper()
	err := s.View(context.Background(), func(r Reader) error {
		return r.each("SELECT id, revision, at, actor, request, action, noun, record_id, record_key, old, new FROM audit ORDER BY id", nil,
			func(rows *sql.Rows) error {
				var x auditRow
				err := rows.Scan(&x.ID, &x.Revision, &x.At, &x.Actor, &x.Request, &x.Action, &x.Noun, &x.RecordID, &x.RecordKey, &x.Old, &x.New)
				all = append(all, x)
				return err
			})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func revision(t *testing.T, s *Store) int64 {
	t.Helper()
	n, err := s.Revision(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTrail(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		s.now = func() time.Time { return time.Date(2026, 11, 23, 14, 5, 6, 7e6, time.FixedZone("", 3600)) }
		x := addSample(t, s)
		x.posting.Note = "a \"note\"\nof <two> lines \\ 東京"
		x.posting.Coverages = x.posting.Coverages[1:]
		write(t, s, func(tx *Tx) error { return tx.SavePosting(&x.posting) })
		write(t, s, func(tx *Tx) error { return tx.RemoveAssignment(x.assignment.ID, 1) })
		var got []string
		for _, row := range auditRows(t, s) {
			if row.At != "2026-11-23T13:05:06.007Z" || row.Actor != "tester" || row.Request != "r-1" {
				t.Errorf("row %+v", row)
			}
			got = append(got, fmt.Sprintf("%d %s %s %s %t %t", row.Revision, row.Action, row.Noun, row.RecordKey, row.Old.Valid, row.New.Valid))
		}
		want := []string{
			"1 create agency se-police false true",
			"1 create officer o-ase-lindqvist false true",
			"1 create posting bangkok-se-police false true",
			"1 create assignment a-bangkok-se-police-1 false true",
			"2 update posting bangkok-se-police true true",
			"3 remove assignment a-bangkok-se-police-1 true false",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s", strings.Join(got, "\n"))
		}
		var posting struct {
			Version         int
			Note            string
			Closed          string
			Representations []models.Representation
			Coverages       []struct{ Country, First_day, Last_day string }
		}
		if err := json.Unmarshal([]byte(auditRows(t, s)[4].New.String), &posting); err != nil {
			t.Fatal(err)
		}
		if posting.Version != 2 || posting.Note != x.posting.Note || posting.Closed != "9999-12-31" ||
			len(posting.Representations) != 5 || len(posting.Coverages) != 1 || posting.Coverages[0].First_day == "" {
			t.Errorf("the trail has %+v", posting)
		}
	})
}

func TestSavingTheSameWritesNothing(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		rows, rev := len(auditRows(t, s)), revision(t, s)
		same := x.posting
		same.Coverages = []models.Coverage{{Country: "LA", Period: x.posting.Coverages[0].Period}, {Country: "VN", Period: x.posting.Coverages[1].Period}}
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.SaveAgency(&x.agency), tx.SaveOfficer(&x.officer), tx.SavePosting(&same), tx.SaveAssignment(&x.assignment))
		})
		if n := len(auditRows(t, s)); n != rows || revision(t, s) != rev || same.Version != 1 {
			t.Errorf("%d rows more in the trail, revision %d after %d, version %d", n-rows, revision(t, s), rev, same.Version)
		}
		if same.Coverages[0] != x.posting.Coverages[0] {
			t.Errorf("rows of lists have not kept their IDs: %+v", same.Coverages)
		}
	})
}

func TestWriteKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		rows, rev := len(auditRows(t, s)), revision(t, s)
		change := func(tx *Tx) error {
			x.officer.Rank, x.officer.Version = "changed", 1
			return tx.SaveOfficer(&x.officer)
		}
		mine := errors.New("mine")
		if err := s.Write(context.Background(), tester, func(tx *Tx) error { return errors.Join(change(tx), mine) }); !errors.Is(err, mine) {
			t.Errorf("an error of the function came back as %v", err)
		}
		func() {
			defer func() {
				if recover() != "help" {
					t.Error("the panic is lost")
				}
			}()
			_ = s.Write(context.Background(), tester, func(tx *Tx) error {
				_ = change(tx)
				panic("help")
			})
		}()
		ctx, cancel := context.WithCancel(context.Background())
		err := s.Write(ctx, tester, func(tx *Tx) error {
			err := change(tx)
			cancel()
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after a cancel: %v", err)
		}
		err = s.Write(context.Background(), tester, func(tx *Tx) error {
			err := change(tx)
			// The rules would refuse it, and so must the database.
			_ = CreateAll(tx, []*models.Officer{{Key: "o-x", Name: "X", AgencyID: 4711}})
			return err
		})
		if !errors.Is(err, errReference) {
			t.Errorf("after a swallowed refusal of the database: %v", err)
		}
		o, err := s.As(models.Everything).Officer(context.Background(), x.officer.ID)
		if err != nil || o.Rank != "kommissarie" || len(auditRows(t, s)) != rows || revision(t, s) != rev {
			t.Errorf("something is kept: %+v, %v, %d rows, revision %d", o, err, len(auditRows(t, s)), revision(t, s))
		}
	})
}

func TestWriteInsideWrite(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		var inner error
		write(t, s, func(*Tx) error {
			s.wait = 50 * time.Millisecond
			inner = s.Write(context.Background(), tester, func(*Tx) error { return nil })
			return nil
		})
		if !errors.Is(inner, ErrBusy) {
			t.Errorf("a write inside a write: %v", inner)
		}
	})
}

// A write waits while another process writes.
func TestWriteBesideAnotherProcess(t *testing.T) {
	t.Parallel()
	dbtest.Concurrent(t, func(t *testing.T, database string) {
		here, there := open(t, database), open(t, database)
		x := addSample(t, here)
		started := make(chan struct{})
		done := make(chan error, 1)
		write(t, here, func(tx *Tx) error {
			go func() {
				close(started)
				done <- there.Write(context.Background(), tester, func(tx *Tx) error {
					o, err := current[models.Officer](tx, x.officer.ID, 2)
					if err == nil {
						o.Rank = "two"
						err = tx.SaveOfficer(o)
					}
					return err
				})
			}()
			<-started
			time.Sleep(100 * time.Millisecond)
			x.officer.Rank = "one"
			return tx.SaveOfficer(&x.officer)
		})
		if err := <-done; err != nil {
			t.Errorf("the other process: %v", err)
		}
	})
}

func TestAnotherProcessThatWritesForLong(t *testing.T) {
	defer func(wait time.Duration) { busyWait = wait }(busyWait)
	busyWait = 100 * time.Millisecond
	dbtest.Databases(t, func(t *testing.T, database string) {
		here, there := open(t, database), open(t, database)
		write(t, here, func(*Tx) error {
			if err := there.Write(context.Background(), tester, func(*Tx) error { return nil }); !errors.Is(err, ErrBusy) {
				t.Errorf("got %v", err)
			}
			if _, err := there.As(models.Everything).Directory(context.Background()); err != nil {
				t.Errorf("a reader must not wait: %v", err)
			}
			return nil
		})
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		write(t, here, func(*Tx) error {
			if err := there.Write(ctx, tester, func(*Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("with a deadline: %v", err)
			}
			return nil
		})
	})
}

func TestFiftyHandOvers(t *testing.T) {
	t.Parallel()
	concurrentStores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		successor := models.Officer{Name: "Elina Mäkelä", AgencyID: x.agency.ID}
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&successor) })
		var wait sync.WaitGroup
		errs := make([]error, 50)
		for i := range errs {
			wait.Go(func() {
				errs[i] = s.Write(context.Background(), tester, func(tx *Tx) error {
					_, err := tx.HandOver(HandOver{Assignment: x.assignment.ID, Version: 1, Successor: successor.ID,
						First: date("2026-01-01"), Last: date("2026-01-14"), Reason: "end of term"})
					return err
				})
			})
		}
		wait.Wait()
		passed := 0
		for _, err := range errs {
			if err == nil {
				passed++
			} else if !errors.Is(err, ErrStale) {
				t.Error(err)
			}
		}
		if held := directory(t, s).Post(x.posting.ID).Assignments; passed != 1 || len(held) != 2 {
			t.Errorf("%d passed, and there are %d assignments", passed, len(held))
		}
	})
}
