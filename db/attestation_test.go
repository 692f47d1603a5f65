package db

import (
	"context"
	"errors"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

func TestAttestations(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s, other := open(t, database), open(t, database)
		ctx := context.Background()
		x := addSample(t, s)
		as := func(rights string, a models.Attestation) error {
			return s.Write(ctx, Actor{Name: "test", Rights: models.ParseRights(rights)}, func(tx *Tx) error { return tx.Attest(a) })
		}
		whole := models.Attestation{State: "SE", On: date("2026-05-01")}
		one := models.Attestation{State: "SE", PostingID: x.posting.ID, On: date("2026-06-01")}
		for _, rights := range []string{"partner:SE", "coordinator:DK", "administrator:all", ""} {
			if err := as(rights, whole); !errors.Is(err, ErrForbidden) {
				t.Errorf("%s: %v", rights, err)
			}
		}
		if err := as("coordinator:DK", models.Attestation{State: "DK", PostingID: x.posting.ID, On: date("2026-06-01")}); !errors.Is(err, ErrNotFound) {
			t.Errorf("another state's posting: %v", err)
		}
		if err := as("coordinator:all", models.Attestation{State: "XX", On: date("2026-06-01")}); !errors.Is(err, ErrForbidden) {
			t.Error(err)
		}
		before := directoryOf(t, other.As(models.Everything))
		if before.AttestedOn(before.Post(x.posting.ID)) != 0 {
			t.Error("attested before anybody said so")
		}
		for range 2 {
			if err := errors.Join(as("coordinator:SE", whole), as("coordinator:all", one)); err != nil {
				t.Fatal(err)
			}
		}
		d := directoryOf(t, other.As(models.Everything))
		if got := d.AttestedOn(d.Post(x.posting.ID)); got != one.On {
			t.Errorf("another process knows %s", got)
		}
		var rows int
		err := s.View(ctx, func(r Reader) error {
			all, err := r.shown(&conditions{}, TrailFilter{Action: "attest"}, 10)
			rows = len(all)
			return err
		})
		if err != nil || rows != 2 {
			t.Errorf("%d rows in the trail, %v", rows, err)
		}
		write(t, s, func(tx *Tx) error { return tx.RemoveAssignment(x.assignment.ID, 1) })
		write(t, s, func(tx *Tx) error { return tx.RemovePosting(x.posting.ID, 1) })
		if all := directoryOf(t, other.As(models.Everything)).Attestations(); len(all) != 1 || all[0] != whole {
			t.Errorf("left are %v", all)
		}
	})
}
