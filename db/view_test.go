package db

import (
	"context"
	"errors"
	"strings"
	"testing"

	"samband/models"
)

// A view that names an erased officer forgets that, in the trail too; the trail vouches
// for views, and notices one that was changed behind its back.
func TestViewsAreVouchedForAndErased(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		account := models.Account{Email: "coordinator@example.org", Rights: models.AllRights}
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&account) })
		actor := Actor{Account: account.ID, Name: account.Email, Rights: account.Rights}
		named := models.View{Name: "After Lindqvist", List: models.PostingList, Query: "columns=place&q=lindqvist&sending=SE"}
		other := models.View{Name: "All", List: models.OfficerList, Shared: models.SharedWithAll}
		keep := func(v *models.View) error {
			return s.Write(ctx, actor, func(tx *Tx) error { return tx.KeepView(v, false) })
		}
		if err := errors.Join(keep(&named), keep(&other), s.Write(ctx, actor, func(tx *Tx) error { return tx.UseView(models.OfficerList, other.ID) })); err != nil {
			t.Fatal(err)
		}
		sound(t, s)
		stale := named
		stale.Version = 7
		if err := keep(&stale); !errors.Is(err, ErrStale) {
			t.Errorf("an old version is kept: %v", err)
		}

		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.RemoveAssignment(x.assignment.ID, x.assignment.Version), tx.erase(x.officer.ID))
		})
		if after := strings.ToLower(dump(t, s)); strings.Contains(after, "lindqvist") {
			at := strings.Index(after, "lindqvist")
			t.Errorf("the name is still there: …%.200s", after[max(0, at-80):])
		}
		kept, err := s.KeptView(ctx, named.ID, account.ID, account.Rights)
		if err != nil || kept.Name != "–" || kept.Query != "columns=place&sending=SE" {
			t.Errorf("what is left is %+v, %v", kept, err)
		}
		sound(t, s)

		write(t, s, func(tx *Tx) error { return tx.exec("UPDATE views SET query = 'sort=key' WHERE id = ?", other.ID) })
		if err := verified(t, s).Err(); err == nil {
			t.Error("a view that was changed by hand is not noticed")
		}
		write(t, s, func(tx *Tx) error { return tx.exec("UPDATE views SET query = '' WHERE id = ?", other.ID) })
		if err := s.Write(ctx, actor, func(tx *Tx) error { return tx.DiscardView(other.ID, other.Version) }); err != nil {
			t.Fatal(err)
		}
		sound(t, s)
	})
}
