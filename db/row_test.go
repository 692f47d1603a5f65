package db

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"samband/models"
)

// TestLatch makes a statement of each kind fail and ignores that: no statement
// may run after it, and nothing may be kept.
func TestLatch(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		for what, fail := range map[string]func(*Tx) error{
			"create": func(tx *Tx) error { return put(tx, credential{AccountID: 4711}) },
			"update": func(tx *Tx) error {
				_, err := rowsOf[models.Officer](tx.g).Where("id = ?", x.officer.ID).Update(tx.ctx, "name", "")
				return err
			},
			"replace nothing": func(tx *Tx) error { return replace(tx, &Token{ID: 4711}) },
			"delete": func(tx *Tx) error {
				_, err := rowsOf[models.Agency](tx.g).Where("id = ?", x.agency.ID).Delete(tx.ctx)
				return err
			},
			"query": func(tx *Tx) error {
				_, err := exists[models.Agency](tx.Reader, "nowhere = 1")
				return err
			},
			"rows": func(tx *Tx) error { return tx.each("SELECT nowhere FROM agencies", nil, nil) },
			"raw":  func(tx *Tx) error { return tx.exec("DELETE FROM nowhere") },
		} {
			ran := true
			err := s.Write(context.Background(), tester, func(tx *Tx) error {
				if fail(tx) == nil {
					t.Errorf("%s does not fail", what)
				}
				_, err := exists[models.Agency](tx.Reader, "")
				ran = err == nil
				return nil
			})
			if ran || err == nil {
				t.Errorf("after a failed %s another statement is run: %t, and the write is %v", what, ran, err)
			}
		}
		sound(t, s)
		write(t, s, func(tx *Tx) error { // a missing row is no failure
			if _, err := byID[models.Agency](tx.Reader, 4711); !errors.Is(err, ErrNotFound) {
				t.Error(err)
			}
			x.officer.Rank = "kommissarie"
			return tx.SaveOfficer(&x.officer)
		})
	})
}

// TestWhatBecomesZeroIsWritten removes a mask, a day and a text.
func TestWhatBecomesZeroIsWritten(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		x.officer.Masked, x.officer.Note, x.assignment.PlannedLast = true, "note", date("2027-12-31")
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.officer), tx.SaveAssignment(&x.assignment)) })
		x.officer.Masked, x.officer.Note, x.assignment.PlannedLast = false, "", 0
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveOfficer(&x.officer), tx.SaveAssignment(&x.assignment)) })
		v := s.As(models.Everything)
		o, err := v.Officer(context.Background(), x.officer.ID)
		a, bad := v.Assignment(context.Background(), x.assignment.ID)
		if o != x.officer || !reflect.DeepEqual(a, x.assignment) || err != nil || bad != nil {
			t.Errorf("kept are %+v and %+v, %v, %v", o, a, err, bad)
		}
		sound(t, s)
	})
}

// TestInstantsSort requires instants to be stored as texts that compare
// correctly, in whatever zone they are given.
func TestInstantsSort(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		at := time.Date(2040, 1, 2, 3, 4, 5, 600_000_000, time.FixedZone("", 5*60*60))
		if err := s.SaveSession(context.Background(), Session{ID: "x", Data: []byte{1}, Expires: at}); err != nil {
			t.Fatal(err)
		}
		kept := ""
		err := s.View(context.Background(), func(r Reader) error {
			return rowsOf[Session](r.g).Select("expires").Scan(r.ctx, &kept)
		})
		if one, bad := s.Session(context.Background(), "x"); kept != "2040-01-01T22:04:05.600Z" || !one.Expires.Equal(at) || err != nil || bad != nil {
			t.Errorf("%v is kept as %q and read as %v, %v, %v", at, kept, one.Expires, err, bad)
		}
	})
}
