package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"samband/db/dbtest"
	"samband/models"
)

// metersNamed returns meters of three tries and one more each minute.
func metersNamed(names ...string) (all []Meter) {
	for _, name := range names {
		all = append(all, Meter{Who: name, Most: 3, Every: time.Minute})
	}
	return all
}

func TestTries(t *testing.T) {
	dbtest.Databases(t, func(t *testing.T, database string) {
		s, other := open(t, database), open(t, database) // two replicas
		ctx, now := context.Background(), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
		take := func(used bool, names ...string) string {
			t.Helper()
			wait, last, err := s.TakeTries(ctx, now, metersNamed(names...), used)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(wait, " ", last)
		}
		state := func(names ...string) string {
			t.Helper()
			charged, wait, err := other.Tries(ctx, now, metersNamed(names...))
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(charged, " ", wait)
		}
		before := dump(t, s)
		for i, step := range []struct{ got, want string }{
			{state("a"), "false 0s"}, {take(false, "a"), "0s false"}, {state("a", "b"), "true 0s"}, {state("b"), "false 0s"},
			{take(false, "a", "b"), "0s false"}, {take(false, "a"), "0s true"}, {state("a"), "true 1m0s"},
			{take(false, "b", "a"), "1m0s false"}, // takes nothing from b either
			{take(false, "b", "b"), "0s true"}, {take(false, "c", "c", "c", "c"), "1m0s false"}, {state("c"), "false 0s"},
			{take(true, "a"), "0s true"}, {state("a"), "true 1m0s"}, // never goes below none
		} {
			if step.got != step.want {
				t.Errorf("step %d: %q, want %q", i, step.got, step.want)
			}
		}
		if now = now.Add(time.Minute); state("a") != "true 0s" || take(false, "a") != "0s true" {
			t.Error("a minute gives no try back")
		}
		for range 3 {
			if err := s.ReturnTries(ctx, now, metersNamed("a", "b")); err != nil {
				t.Fatal(err)
			}
		}
		if state("a", "b") != "false 0s" {
			t.Errorf("what is given back is still charged: %s", state("a", "b"))
		}
		if dump(t, s) != before {
			t.Error("tries that are there again are kept, or something else has changed")
		}
		defer func(most int) { mostTries = most }(mostTries)
		mostTries = 20
		for i := range 50 {
			take(false, fmt.Sprint("x", i))
			take(false, "guesser")
		}
		n := strings.Count(dump(t, s), "\nx")
		if state("guesser") == "false 0s" || n > mostTries+1 {
			t.Errorf("%d meters are kept; of who guesses %s", n, state("guesser"))
		}
	})
}

// A known browser does not wait for strangers, and nobody waits for long.
func TestWaitingForAPlace(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		a := addAccount(t, s, "a@example.org", "partner:SE")
		defer func(d time.Duration) { hashWait = d }(hashWait)
		hashWait = 20 * time.Millisecond
		hashing <- struct{}{}
		hashing <- struct{}{}
		defer func() { <-hashing; <-hashing }()
		if _, err := s.SignIn(context.Background(), a.Email, rightPassword, false); !errors.Is(err, ErrBusy) {
			t.Errorf("a stranger is answered %v", err)
		}
		if _, err := HashPassword(context.Background(), rightPassword); !errors.Is(err, ErrBusy) {
			t.Errorf("a new password is answered %v", err)
		}
		if _, err := s.SignIn(context.Background(), a.Email, rightPassword, true); err != nil {
			t.Errorf("somebody known is answered %v", err)
		}
	})
}

// Access ends with a new password, a reset, a tie, and signing out everywhere;
// each token that ends leaves a row.
func TestAccessEnds(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, today := context.Background(), models.DateOf(s.now())
		for what, c := range map[string]struct {
			end          func(*Tx, int64) error
			links, tying bool // links end too; the account is tied afterwards
		}{
			"a new password":         {func(tx *Tx, id int64) error { return tx.SetPassword(id, hashedOnce(), "") }, true, false},
			"a reset":                {func(tx *Tx, id int64) error { return tx.Reset(id) }, true, false},
			"a tie":                  {func(tx *Tx, id int64) error { return tx.TieAccount(id, "i", "subject") }, true, true},
			"signing out everywhere": {func(tx *Tx, id int64) error { return tx.SignOutEverywhere(id, "") }, false, false},
		} {
			a := addAccount(t, s, strings.ReplaceAll(what, " ", "")+"@example.org", "partner:SE")
			var one, two, link string
			write(t, s, func(tx *Tx) (err error) {
				var bad, worse error
				one, err = tx.AddToken(&Token{Account: a.ID, Expires: today}, today)
				two, bad = tx.AddToken(&Token{Account: a.ID, Expires: today}, today)
				link, worse = tx.NewLink(a.ID, time.Hour)
				return errors.Join(err, bad, worse)
			})
			if err := s.SaveSession(ctx, Session{ID: what, Account: a.ID, Data: []byte("x"), Expires: s.now().Add(time.Hour)}); err != nil {
				t.Fatal(err)
			}
			write(t, s, func(tx *Tx) error { return c.end(tx, a.ID) })
			for _, secret := range []string{one, two} {
				if _, err := s.Bearer(ctx, secret, today); !errors.Is(err, ErrCredentials) {
					t.Errorf("after %s, a token is answered %v", what, err)
				}
			}
			rows, err := s.As(models.Everything).Trail(ctx, models.AllRights, TrailFilter{Action: "remove", Noun: "token"}, 2)
			if err != nil || len(rows) != 2 || rows[0].State != "SE" {
				t.Errorf("after %s, the trail tells %+v, %v", what, rows, err)
			}
			if _, err := s.LinkAccount(ctx, link); errors.Is(err, ErrCredentials) != c.links {
				t.Errorf("after %s, a link is answered %v", what, err)
			}
			if _, err := s.Session(ctx, what); !errors.Is(err, ErrNotFound) {
				t.Errorf("after %s, a session is answered %v", what, err)
			}
			// A request that was still running does not bring the session back.
			if err := s.RenewSession(ctx, Session{ID: what, Account: a.ID, Data: []byte("x"), Expires: s.now().Add(time.Hour)}); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Session(ctx, what); !errors.Is(err, ErrNotFound) {
				t.Errorf("after %s, a session comes back: %v", what, err)
			}
			now, err := s.Account(ctx, a.ID)
			if err != nil || (now.Subject != "") != c.tying {
				t.Errorf("after %s, the account is %+v, %v", what, now, err)
			}
			if c.tying {
				for _, err := range []error{tried(s, func(tx *Tx) error { return tx.SetPassword(a.ID, hashedOnce(), "") }),
					tried(s, func(tx *Tx) error { _, err := tx.NewLink(a.ID, time.Hour); return err })} {
					if !errors.Is(err, ErrForbidden) {
						t.Errorf("an account that is tied gets a password: %v", err)
					}
				}
				write(t, s, func(tx *Tx) error { return tx.Reset(a.ID) })
				if now, _ := s.Account(ctx, a.ID); now.Subject != "" || now.Issuer != "" {
					t.Errorf("a reset leaves it tied: %+v", now)
				}
			}
		}
	})
}

// Tokens from before the limit of a year also end after a year.
func TestOldTokensEndWithinAYear(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		a := addAccount(t, s, "a@example.org", "partner:SE")
		want := ""
		write(t, s, func(tx *Tx) error {
			for i, c := range [][3]string{{"2026-11-23T10:00:00.000Z", "9999-12-31", "2027-11-23"}, {"2028-02-29T10:00:00.000Z", "2030-01-01", "2029-02-28"},
				{"2026-11-23T10:00:00.000Z", "2027-11-23", "2027-11-23"}, {"2026-11-23T10:00:00.000Z", "2026-12-01", "2026-12-01"}} {
				want += c[2] + " "
				if err := tx.exec("INSERT INTO tokens (id, account_id, hash, role, made, expires, revoked) VALUES (?, ?, ?, '', ?, ?, ?)",
					tx.IDs(1), a.ID, fmt.Sprint(i), c[0], c[1], false); err != nil {
					return err
				}
			}
			return nil
		})
		tokens, err := s.Tokens(context.Background(), a.ID)
		got := ""
		for _, one := range tokens {
			got += one.Expires.String() + " "
		}
		if got != want || err != nil {
			t.Errorf("they end on %s, want %s; %v", got, want, err)
		}
	})
}
