package db

import (
	"context"
	"testing"

	"samband/db/dbtest"
	"samband/models"
)

// With LookOnce a request sees what it has written itself, but not what others
// have written since it looked.
func TestLookOnce(t *testing.T) {
	t.Parallel()
	dbtest.Databases(t, func(t *testing.T, database string) {
		s, other := open(t, database), open(t, database)
		x := addSample(t, s)
		ctx := LookOnce(context.Background())
		rank := func(ctx context.Context) string {
			d, err := s.As(models.Everything).Directory(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return d.Officer(x.officer.ID).Rank
		}
		rank(ctx)
		x.officer.Rank = "intendent"
		if err := s.Write(ctx, tester, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) }); err != nil {
			t.Fatal(err)
		}
		if got := rank(ctx); got != "intendent" {
			t.Errorf("after its own write it finds rank %q", got)
		}
		x.officer.Rank = "polisråd"
		write(t, other, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		if got := rank(ctx); got != "intendent" {
			t.Errorf("it has looked again, and finds rank %q", got)
		}
		if got := rank(LookOnce(context.Background())); got != "polisråd" {
			t.Errorf("the next request finds rank %q", got)
		}
	})
}
