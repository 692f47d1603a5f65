package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"samband/models"
)

// tiedTo returns the officer that an account is tied to, as pages see it.
func tiedTo(t testing.TB, s *Store, account int64) int64 {
	t.Helper()
	a, err := s.Account(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	return a.Officer
}

func TestWhoTiesAnAccount(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addStage(t, s), context.Background()
		own, foreign, all := addAccount(t, s, "own@example.org", "partner:SE"), addAccount(t, s, "foreign@example.org", "coordinator:DK"), addAccount(t, s, "all@example.org", "partner:all")
		disabled := addAccount(t, s, "disabled@example.org", "partner:SE")
		disabled.Disabled = true
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&disabled) })
		as := func(rights string, f func(*Tx) error) error {
			return s.Write(ctx, Actor{Account: foreign.ID, Rights: models.ParseRights(rights)}, f)
		}
		for _, rights := range []string{"", "partner:SE", "administrator:all auditor:all", "coordinator:DK", "administrator:SE"} {
			if err := as(rights, func(tx *Tx) error { return tx.Tie(x.masked.ID, own.Email) }); !errors.Is(err, ErrForbidden) {
				t.Errorf("with %q an account is tied: %v", rights, err)
			}
		}
		refused := func(what string, officer int64, email, key string) {
			t.Helper()
			err := as("coordinator:SE", func(tx *Tx) error { return tx.Tie(officer, email) })
			if ps, ok := errors.AsType[models.Problems](err); !ok || ps[0].Field != "account" || ps[0].Key != key {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused("nobody's address", x.masked.ID, "x@example.org", "problem.tie")
		refused("no address", x.masked.ID, "", "problem.tie")
		refused("another state's account", x.masked.ID, foreign.Email, "problem.tie")
		refused("a disabled account", x.masked.ID, disabled.Email, "problem.tie")
		if err := as("coordinator:SE", func(tx *Tx) error { return tx.Tie(x.masked.ID, " OWN@example.org ") }); err != nil {
			t.Fatal(err)
		}
		if got := tiedTo(t, s, own.ID); got != x.masked.ID {
			t.Errorf("the account is tied to %d", got)
		}
		refused("an officer who has one", x.masked.ID, all.Email, "problem.tied")
		refused("an account that is another's", x.posted.ID, own.Email, "problem.tie")
		if err := as("coordinator:all", func(tx *Tx) error { return tx.Tie(x.posted.ID, all.Email) }); err != nil {
			t.Error(err)
		}
		for _, c := range []struct {
			rights           string
			officer, account int64
			want             error
		}{
			{"coordinator:DK", x.masked.ID, own.ID, ErrForbidden}, {"coordinator:SE", x.masked.ID, all.ID, ErrStale},
			{"coordinator:SE", x.masked.ID, own.ID, nil}, {"coordinator:SE", x.masked.ID, own.ID, ErrNotFound}, {"coordinator:SE", 4711, own.ID, ErrNotFound},
		} {
			if err := as(c.rights, func(tx *Tx) error { return tx.Untie(c.officer, c.account) }); !errors.Is(err, c.want) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if tiedTo(t, s, own.ID) != 0 || tiedTo(t, s, all.ID) != x.posted.ID {
			t.Error("the wrong one is untied")
		}
		sound(t, s)
	})
}

// A tie lasts while what its coordinator approved still holds for both.
func TestWhatEndsATie(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addStage(t, s), context.Background()
		danes := models.Agency{Country: "DK", Kind: "customs", Name: "Toldstyrelsen", Period: models.Period{Last: models.Forever}}
		swedes := models.Agency{Country: "SE", Kind: "customs", Name: "Tullverket", Period: models.Period{Last: models.Forever}}
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveAgency(&danes), tx.SaveAgency(&swedes)) })
		for _, c := range []struct {
			what    string
			officer func(*models.Officer)
			account func(*models.Account)
			stays   bool
		}{
			{what: "another name", officer: func(o *models.Officer) { o.Name = "x" }, stays: true},
			{what: "another agency of the state", officer: func(o *models.Officer) { o.AgencyID = swedes.ID }, stays: true},
			{what: "another state", officer: func(o *models.Officer) { o.AgencyID = danes.ID }},
			{what: "one who is gone", officer: func(o *models.Officer) { o.ID = 0 }},
			{what: "another address", account: func(a *models.Account) { a.Email = fmt.Sprintf("new-%d@example.org", a.ID) }},
			{what: "another address of the same subject", account: func(a *models.Account) { a.Email, a.Subject = fmt.Sprintf("new-%d@example.org", a.ID), "s" }, stays: true},
			{what: "another subject too", account: func(a *models.Account) { a.Email, a.Subject = fmt.Sprintf("new-%d@example.org", a.ID), "other" }},
			{what: "another role in the state", account: func(a *models.Account) { a.Rights = models.ParseRights("coordinator:SE partner:DK") }, stays: true},
			{what: "no role in the state", account: func(a *models.Account) { a.Rights = models.ParseRights("partner:DK") }},
			{what: "all five", account: func(a *models.Account) { a.Rights = models.ParseRights("partner:all") }, stays: true},
			{what: "disabled", account: func(a *models.Account) { a.Disabled = true }, stays: true},
		} {
			o := models.Officer{AgencyID: x.se.ID, Name: "Who is tied"}
			a := addAccount(t, s, strings.ReplaceAll(c.what, " ", "-")+"@example.org", "partner:SE")
			if strings.Contains(c.what, "subject") {
				a.Issuer, a.Subject = "i"+c.what, "s"
			}
			write(t, s, func(tx *Tx) error {
				return errors.Join(tx.SaveOfficer(&o), tx.SaveAccount(&a), tx.Tie(o.ID, a.Email))
			})
			write(t, s, func(tx *Tx) error {
				if c.account != nil {
					c.account(&a)
					return tx.SaveAccount(&a)
				}
				now := o
				if c.officer(&now); now.ID == 0 {
					return tx.RemoveOfficer(o.ID, o.Version)
				}
				return tx.SaveOfficer(&now)
			})
			if got := tiedTo(t, s, a.ID) == o.ID; got != c.stays {
				t.Errorf("%s: it stays is %t", c.what, got)
			}
			told, err := s.As(models.Everything).Trail(ctx, models.AllRights, TrailFilter{Record: a.ID}, 100)
			if text := fmt.Sprint(told); err != nil || !strings.Contains(text, " tie officer ") || strings.Contains(text, " untie officer ") != (c.officer != nil && !c.stays) {
				t.Errorf("%s: the account's trail is %s, %v", c.what, text, err)
			}
		}
		sound(t, s)
	})
}

// The trail shows who tied whom, among the rows of officer and account, to
// those who may know. To others no row names the account or is among its rows.
func TestTheTrailTellsOfATie(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addStage(t, s), context.Background()
		a := addAccount(t, s, "own@example.org", "partner:SE")
		write(t, s, func(tx *Tx) error { return tx.Tie(x.posted.ID, a.Email) })
		for rights, tells := range map[string]bool{"coordinator:SE auditor:all": true, "coordinator:all auditor:all": true, "auditor:all": false,
			"partner:SE auditor:all": false, "coordinator:DK auditor:all": false, "auditor:SE administrator:SE": false} {
			r := models.ParseRights(rights)
			v := s.As(r.Scope())
			told, err := v.Trail(ctx, r, TrailFilter{Action: "tie"}, 10)
			ofAccount, bad := v.Trail(ctx, r, TrailFilter{Action: "tie", Record: a.ID}, 10)
			n, worse := v.CountTrail(ctx, r, TrailFilter{Record: a.ID, Action: "tie"})
			if err := errors.Join(err, bad, worse); err != nil || len(told) != 1 || (len(ofAccount) == 1) != tells || n != len(ofAccount) {
				t.Fatalf("with %q there are %d rows, of the account %d, counted %d, %v", rights, len(told), len(ofAccount), n, err)
			}
			c := told[0].Fields
			if len(c) != 1 || c[0].Field != "account_id" || c[0].Withheld == tells || (c[0].New == "own@example.org") != tells || (told[0].Name == x.posted.Name) != tells {
				t.Errorf("with %q the row is %+v", rights, told)
			}
		}
		history, err := s.As(models.ParseRights("coordinator:SE").Scope()).History(ctx, "officer", x.posted.ID, 10)
		if err != nil || history[0].Action != "tie" || history[0].Fields[0].New != "own@example.org" {
			t.Errorf("the officer's history is %+v, %v", history, err)
		}
	})
}

// An erasure takes the tie out of both trails. An enabled account goes on
// working, whatever its rights; a disabled one is erased with the officer.
func TestEraseUnties(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		x := addSample(t, s)
		for _, c := range []struct {
			email, rights string
			disabled      bool
		}{{"boss@example.org", "administrator:all", false}, {"reader@example.org", "partner:SE", false}, {"gone@kanarie.example", "partner:SE", true}} {
			o := models.Officer{AgencyID: x.agency.ID, Name: "Zyxwana Kanarie"}
			a := addAccount(t, s, c.email, c.rights)
			write(t, s, func(tx *Tx) error {
				err := errors.Join(tx.SaveOfficer(&o), tx.Tie(o.ID, c.email), tx.Untie(o.ID, a.ID), tx.Tie(o.ID, c.email))
				a.Disabled = c.disabled
				return errors.Join(err, tx.SaveAccount(&a), tx.erase(o.ID))
			})
			now, err := s.Account(ctx, a.ID)
			if err != nil || now.Officer != 0 || now.Disabled != c.disabled || (now.Email == c.email) == c.disabled {
				t.Errorf("the account is %+v, %v", now, err)
			}
			text := strings.ToLower(dump(t, s, "audit"))
			for _, secret := range []string{"kanarie", `"account_id":`} {
				if strings.Contains(text, secret) {
					t.Errorf("%q is still in the trail", secret)
				}
			}
			if err := s.Write(ctx, tester, func(tx *Tx) error { return tx.Tie(o.ID, c.email) }); !errors.Is(err, ErrForbidden) {
				t.Errorf("who has been erased is tied again: %v", err)
			}
			sound(t, s)
		}
	})
}
