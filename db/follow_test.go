package db

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"samband/models"
)

func TestFollow(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		ase, bo := actorOf(t, s, "ase@example.org", "partner:SE"), actorOf(t, s, "bo@example.org", "partner:SE")
		posting := models.Follow{Noun: models.FollowedPosting, Record: fmt.Sprint(x.posting.ID)}
		place := models.Follow{Noun: models.FollowedPlace, Record: "VN"}
		follow := func(who Actor, f models.Follow) error {
			return s.Write(ctx, who, func(tx *Tx) error { return tx.Follow(f) })
		}
		rows := len(trailRows(t, s))
		if err := errors.Join(follow(ase, place), follow(ase, posting), follow(ase, posting), follow(bo, place)); err != nil {
			t.Fatal(err)
		}
		if all, err := s.Follows(ctx, ase.Account); err != nil || fmt.Sprint(all) != fmt.Sprint([]models.Follow{place, posting}) {
			t.Errorf("followed are %v, %v", all, err)
		}
		write(t, s, func(tx *Tx) error {
			return errors.Join(tx.RemoveAssignment(x.assignment.ID, 1), tx.RemovePosting(x.posting.ID, 1))
		})
		for _, f := range []models.Follow{posting, {Noun: "officer", Record: fmt.Sprint(x.officer.ID)}, {Noun: models.FollowedPosting, Record: "0" + posting.Record},
			{Noun: models.FollowedBody, Record: "4711"}, {Noun: models.FollowedBody}, {Noun: models.FollowedPlace, Record: "XX"}, {Noun: models.FollowedPlace, Record: "org:europol"}, {}} {
			if err := follow(bo, f); !errors.Is(err, ErrNotFound) {
				t.Errorf("following %v is %v", f, err)
			}
		}
		if all, err := s.Follows(ctx, ase.Account); err != nil || len(all) != 2 {
			t.Errorf("after the posting was removed followed are %v, %v", all, err)
		}
		if err := s.Write(ctx, ase, func(tx *Tx) error { return errors.Join(tx.Unfollow(posting), tx.Unfollow(posting)) }); err != nil {
			t.Error(err)
		}
		if all, err := s.Follows(ctx, ase.Account); err != nil || len(all) != 1 {
			t.Errorf("followed are still %v, %v", all, err)
		}
		if all, err := s.Follows(ctx, bo.Account); err != nil || len(all) != 1 {
			t.Errorf("another's are %v, %v", all, err)
		}
		for _, who := range []Actor{Local, actorOf(t, s, "c@example.org", "auditor:all administrator:all")} {
			if err := follow(who, place); !errors.Is(err, ErrForbidden) {
				t.Errorf("%v following is %v", who, err)
			}
		}
		if n := len(trailRows(t, s)) - rows; n > 5 { // a new account, and what removes the posting
			t.Errorf("following leaves %d rows", n)
		}
		sound(t, s)
	})
}

func TestFollowsAreBounded(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, ase := context.Background(), actorOf(t, s, "ase@example.org", "partner:SE")
		all := models.Countries()
		err := s.Write(ctx, ase, func(tx *Tx) error {
			for _, c := range all[:models.MostFollows] {
				if err := tx.Follow(models.Follow{Noun: models.FollowedPlace, Record: string(c)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Write(ctx, ase, func(tx *Tx) error {
			return tx.Follow(models.Follow{Noun: models.FollowedPlace, Record: string(all[models.MostFollows])})
		})
		if _, refused := errors.AsType[models.Problems](err); !refused {
			t.Errorf("one more is %v", err)
		}
		if kept, err := s.Follows(ctx, ase.Account); err != nil || len(kept) != models.MostFollows {
			t.Errorf("there are %d, %v", len(kept), err)
		}
	})
}
