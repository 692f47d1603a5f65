package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"samband/models"
)

func claimOf(f models.Finding) models.Claim {
	return models.Claim{Finding: f.Name(), Posting: f.Post.ID, State: f.Sending, On: snoozeDay}
}

// actorOf returns an actor with a new account.
func actorOf(t *testing.T, s *Store, email, rights string) Actor {
	t.Helper()
	a := addAccount(t, s, email, rights)
	return Actor{Account: a.ID, Rights: a.Rights}
}

// claimsOf returns who has taken which findings, as "finding by account".
func claimsOf(t *testing.T, s *Store) string {
	t.Helper()
	all, err := s.Claims(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for finding, c := range all {
		lines = append(lines, finding+" by "+c.Email)
	}
	return strings.Join(lines, "\n")
}

func TestTakeAndRelease(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		recall(t, s, x, "2026-10-31")
		f, _ := vacancy(t, s)
		ase, bo := actorOf(t, s, "ase@example.org", "coordinator:SE"), actorOf(t, s, "bo@example.org", "coordinator:all")
		take := func(who Actor) error {
			return s.Write(ctx, who, func(tx *Tx) error { return tx.TakeFinding(claimOf(f)) })
		}
		release := func(who Actor) error {
			return s.Write(ctx, who, func(tx *Tx) error { return tx.ReleaseFinding(f.Name()) })
		}
		before, err := s.Revision(ctx)
		if err := errors.Join(err, take(ase), take(ase)); err != nil {
			t.Fatal(err)
		}
		if err := take(bo); !errors.Is(err, ErrTaken) {
			t.Errorf("taking what a colleague has is %v", err)
		}
		if got := claimsOf(t, s); got != f.Name()+" by ase@example.org" {
			t.Errorf("taken are %s", got)
		}
		if err := release(bo); err != nil { // a colleague
			t.Error(err)
		}
		if err := release(ase); !errors.Is(err, ErrNotFound) {
			t.Errorf("giving back twice is %v", err)
		}
		if err := take(bo); err != nil {
			t.Error(err)
		}
		if after, err := s.Revision(ctx); err != nil || after != before {
			t.Errorf("the directory has gone from revision %d to %d, %v", before, after, err)
		}
		want := strings.ReplaceAll("take finding=F\nrelease finding=F\ntake finding=F", "F", f.Name())
		if got := noted(t, s, models.Everything); got != want {
			t.Errorf("the trail says\n%s\nwant\n%s", got, want)
		}
		if hidden := noted(t, s, models.Scope{}); strings.Contains(hidden, f.Name()) {
			t.Errorf("who sees nothing reads\n%s", hidden)
		}
		sound(t, s)
	})
}

func TestTwoTakeAtOnce(t *testing.T) {
	t.Parallel()
	concurrentStores(t, func(t *testing.T, s *Store) {
		x := addSample(t, s)
		recall(t, s, x, "2026-10-31")
		f, _ := vacancy(t, s)
		const n = 8
		var who [n]Actor
		for i := range n {
			who[i] = actorOf(t, s, fmt.Sprintf("c%d@example.org", i), "coordinator:SE")
		}
		var errs [n]error
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				errs[i] = s.Write(context.Background(), who[i], func(tx *Tx) error { return tx.TakeFinding(claimOf(f)) })
			})
		}
		all.Wait()
		won := 0
		for i, err := range errs {
			switch {
			case err == nil:
				won++
				if got := claimsOf(t, s); got != fmt.Sprintf("%s by c%d@example.org", f.Name(), i) {
					t.Errorf("c%d has taken it, and it is %s", i, got)
				}
			case !errors.Is(err, ErrTaken):
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d have taken it", won)
		}
		sound(t, s)
	})
}

func TestWhoMayTake(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		recall(t, s, x, "2026-10-31")
		f, _ := vacancy(t, s)
		good := claimOf(f)
		foreign, nowhere, stateless := good, good, good
		foreign.State, nowhere.Posting = "DK", 4711
		stateless.Posting, stateless.State = 0, ""
		owner := actorOf(t, s, "owner@example.org", "coordinator:SE")
		for i, c := range []struct {
			rights string
			claim  models.Claim
			want   bool
		}{
			{"coordinator:SE", good, true}, {"coordinator:all", good, true}, {"partner:SE", good, false}, {"coordinator:DK", good, false},
			{"coordinator:DK", foreign, false}, {"coordinator:all", foreign, false}, {"coordinator:all", nowhere, false},
			{"coordinator:all", stateless, false}, {"auditor:all administrator:all", good, false},
		} {
			who := actorOf(t, s, fmt.Sprintf("w%d@example.org", i), c.rights)
			err := s.Write(ctx, who, func(tx *Tx) error { return tx.TakeFinding(c.claim) })
			if (err == nil) != c.want || err != nil && !errors.Is(err, ErrForbidden) {
				t.Errorf("%q taking %+v: %v", c.rights, c.claim, err)
			}
			if got := claimsOf(t, s); (got != "") != c.want {
				t.Errorf("%q taking %+v leaves %s", c.rights, c.claim, got)
			}
			if !c.want {
				if err := s.Write(ctx, owner, func(tx *Tx) error { return tx.TakeFinding(good) }); err != nil {
					t.Fatal(err)
				}
			}
			err = s.Write(ctx, who, func(tx *Tx) error { return tx.ReleaseFinding(good.Finding) })
			if may := who.Rights.MayChange("SE"); (err == nil) != may || err != nil && !errors.Is(err, ErrForbidden) {
				t.Errorf("%q giving back: %v", c.rights, err)
			}
			if claimsOf(t, s) != "" {
				write(t, s, func(tx *Tx) error { return tx.ReleaseFinding(good.Finding) })
			}
		}
		if err := s.Write(ctx, Local, func(tx *Tx) error { return tx.TakeFinding(good) }); !errors.Is(err, ErrForbidden) {
			t.Errorf("the program itself taking a finding: %v", err)
		}
	})
}

// Claims go with the finding, and with the right of who has them. Findings of an older
// directory sweep nothing.
func TestClaimsAreSwept(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		recall(t, s, x, "2026-10-31")
		old, stale := vacancy(t, s)
		ase, bo := actorOf(t, s, "ase@example.org", "coordinator:SE"), actorOf(t, s, "bo@example.org", "coordinator:SE")
		taken := func(who Actor, f models.Finding) {
			t.Helper()
			if err := s.Write(ctx, who, func(tx *Tx) error { return tx.TakeFinding(claimOf(f)) }); err != nil {
				t.Fatal(err)
			}
		}
		taken(ase, old)
		recall(t, s, x, "2026-10-15")
		now, revision := vacancy(t, s)
		stands := func(finding string) bool { return finding == now.Name() }
		write(t, s, func(tx *Tx) error { return tx.SweepClaims(stale, stands) })
		if got := claimsOf(t, s); got != old.Name()+" by ase@example.org" {
			t.Errorf("after a sweep by an old directory taken are %s", got)
		}
		write(t, s, func(tx *Tx) error { return tx.SweepClaims(revision, stands) })
		if got := claimsOf(t, s); got != "" {
			t.Errorf("after a sweep taken are %s", got)
		}
		taken(ase, now)
		a, err := s.Account(ctx, ase.Account)
		if err != nil {
			t.Fatal(err)
		}
		a.Rights = models.ParseRights("coordinator:DK")
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
		if got := claimsOf(t, s); got != "" {
			t.Errorf("whoever coordinates another state now has %s", got)
		}
		taken(bo, now) // it is free
		b, err := s.Account(ctx, bo.Account)
		if err != nil {
			t.Fatal(err)
		}
		b.Disabled = true
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&b) })
		if got := claimsOf(t, s); got != "" {
			t.Errorf("a disabled account has %s", got)
		}
		write(t, s, func(tx *Tx) error { return tx.SweepClaims(revision, func(string) bool { return true }) })
		if left := dump(t, s, "claims"); left != "" {
			t.Errorf("a disabled account's claim is kept: %s", left)
		}
		sound(t, s)
	})
}

// An account that is erased with its officer leaves neither claims nor follows.
func TestErasedAccountsHaveNothingInHand(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		recall(t, s, x, "2026-10-31")
		f, _ := vacancy(t, s)
		ase := actorOf(t, s, "ase@example.org", "coordinator:SE")
		if err := s.Write(ctx, ase, func(tx *Tx) error {
			return errors.Join(tx.TakeFinding(claimOf(f)), tx.Follow(models.Follow{Noun: models.FollowedPlace, Record: "TH"}))
		}); err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *Tx) error { return tx.Tie(x.officer.ID, "ase@example.org") })
		a, err := s.Account(ctx, ase.Account)
		if err != nil {
			t.Fatal(err)
		}
		a.Disabled = true
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		err = s.View(ctx, func(r Reader) error {
			claims, err := r.claims()
			if err != nil || len(claims) > 0 {
				t.Errorf("taken are still %v, %v", claims, err)
			}
			follows, err := r.followed(ase.Account)
			if len(follows) > 0 {
				t.Errorf("followed are still %v", follows)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, s)
	})
}
