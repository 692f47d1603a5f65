package db

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"samband/models"
)

const rightPassword = "korrekt häst batteri"

// hashedOnce returns the hash of rightPassword, made once since it takes long.
var hashedOnce = sync.OnceValue(func() string {
	hash, err := HashPassword(context.Background(), rightPassword)
	if err != nil {
		panic(err)
	}
	return hash
})

// tried returns the error of a write that may be refused.
func tried(s *Store, f func(*Tx) error) error { return s.Write(context.Background(), tester, f) }

func TestSignIn(t *testing.T) {
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		a := addAccount(t, s, "Ase@Example.org ", "partner:SE")
		disabled := addAccount(t, s, "off@example.org", "partner:SE")
		disabled.Disabled = true
		none := models.Account{Email: "none@example.org", Rights: a.Rights}
		write(t, s, func(tx *Tx) error { return errors.Join(tx.SaveAccount(&disabled), tx.SaveAccount(&none)) })
		for _, password := range []string{rightPassword, strings.ReplaceAll(rightPassword, "ä", "a\u0308")} {
			in, err := s.SignIn(ctx, " ASE@example.org", password, false)
			if err != nil || in.Account.ID != a.ID || in.SecondFactor || in.Account.Email != "ase@example.org" {
				t.Errorf("got %+v, %v", in, err)
			}
		}
		refused := map[string][2]string{"a wrong password": {"ase@example.org", "x"}, "no password": {"ase@example.org", ""}, "nobody": {"x@example.org", rightPassword},
			"one that has none": {"none@example.org", ""}, "one that is disabled": {"off@example.org", rightPassword}}
		for who, c := range refused {
			if in, err := s.SignIn(ctx, c[0], c[1], false); !errors.Is(err, ErrCredentials) || in.Account.ID != 0 {
				t.Errorf("%s: %+v, %v", who, in, err)
			}
		}
		// Each of them waits for a slot to hash: timing does not tell them apart.
		hashing <- struct{}{}
		hashing <- struct{}{}
		for who, c := range refused {
			soon, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
			if _, err := s.SignIn(soon, c[0], c[1], false); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s is refused without a hash: %v", who, err)
			}
			cancel()
		}
		<-hashing
		<-hashing
	})
	kept, err := HashPassword(context.Background(), "sju lyktor över Östersund")
	if err != nil {
		t.Fatal(err)
	}
	none, err := noPassword()
	if err != nil {
		t.Fatal(err)
	}
	for what, hash := range map[string]string{"a password": kept, "no password": none} {
		params, _, _, err := argon2id.DecodeHash(hash)
		if want := (argon2id.Params{Memory: 65536, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}); err != nil || *params != want {
			t.Errorf("%s costs %+v, %v", what, params, err)
		}
	}
}

func TestSetPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		forward := clocked(s)
		a, b := addAccount(t, s, "a@example.org", "partner:SE"), addAccount(t, s, "b@example.org", "partner:SE")
		for id, account := range map[string]int64{"a-1": a.ID, "a-2": a.ID, "b-1": b.ID, "before": 0} {
			if err := s.SaveSession(ctx, Session{ID: id, Account: account, Data: []byte("x" + id), Expires: s.now().Add(time.Hour)}); err != nil {
				t.Fatal(err)
			}
		}
		alive := func() (ids string) {
			for _, id := range []string{"a-1", "a-2", "b-1", "before"} {
				if one, err := s.Session(ctx, id); err == nil && string(one.Data) == "x"+id {
					ids += id + " "
				} else if !errors.Is(err, ErrNotFound) {
					t.Errorf("session %s: %+v, %v", id, one, err)
				}
			}
			return ids
		}
		for _, step := range []struct {
			what string
			f    func(*Tx) error
			want string
		}{
			{"nothing", func(*Tx) error { return nil }, "a-1 a-2 b-1 before "},
			{"another's", func(tx *Tx) error { return tx.EndOwnSession(a.ID, "b-1") }, "a-1 a-2 b-1 before "},
			{"the same rights", func(tx *Tx) error { return tx.SaveAccount(&b) }, "a-1 a-2 b-1 before "},
			{"a password", func(tx *Tx) error { return tx.SetPassword(a.ID, hashedOnce(), "a-1") }, "a-1 b-1 before "},
			{"another right", func(tx *Tx) error { b.Rights = models.AllRights; return tx.SaveAccount(&b) }, "a-1 before "},
			{"a reset", func(tx *Tx) error { return tx.Reset(a.ID) }, "before "},
		} {
			if err := tried(s, step.f); err != nil && step.what != "another's" || alive() != step.want {
				t.Errorf("after %s, %v, sessions are %q, want %q", step.what, err, alive(), step.want)
			}
		}
		if _, err := s.SignIn(ctx, a.Email, rightPassword, false); !errors.Is(err, ErrCredentials) {
			t.Errorf("after a reset, the password of before: %v", err)
		}
		forward(time.Hour - time.Millisecond)
		if alive() != "before " {
			t.Error("a session ends early")
		}
		if forward(time.Millisecond); alive() != "" {
			t.Error("a session that has expired is there")
		}
		if err := s.SaveSession(ctx, Session{ID: "new", Account: b.ID, Data: []byte{}, Expires: s.now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		if all, err := s.Sessions(ctx, b.ID); err != nil || len(all) != 1 || strings.Contains(dump(t, s), "before\n") {
			t.Errorf("sessions are %+v, %v; those that have expired are forgotten", all, err)
		}
	})
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		forward := clocked(s)
		a := addAccount(t, s, "a@example.org", "partner:SE")
		secret, address, err := NewSecondFactor(a.Email, "")
		if again, _, bad := NewSecondFactor(a.Email, secret); err != nil || bad != nil || again != secret || !strings.Contains(address, secret) {
			t.Fatal(secret, again, address, err, bad)
		}
		code := func(steps int) string { return totpCode(t, secret, s.now().Add(time.Duration(steps)*30*time.Second)) }
		use := func(code string) error { return tried(s, func(tx *Tx) error { return tx.UseSecondFactor(a.ID, code) }) }
		var recovery []string
		set := func(code string) error {
			return tried(s, func(tx *Tx) (err error) { recovery, err = tx.SetSecondFactor(a.ID, secret, code); return err })
		}
		if err := errors.Join(use(""), use(code(0))); !errors.Is(err, ErrCredentials) {
			t.Errorf("without a second factor: %v", err)
		}
		if err := set("000000"); !errors.Is(err, ErrCredentials) {
			t.Errorf("set by a wrong code: %v", err)
		}
		if in, err := s.SignIn(context.Background(), a.Email, rightPassword, false); in.SecondFactor || err != nil {
			t.Errorf("after that, it is asked for, %v", err)
		}
		if err := set(code(0)[:3] + " " + code(0)[3:]); err != nil || len(recovery) != 10 {
			t.Fatal(err, recovery)
		}
		if in, err := s.SignIn(context.Background(), a.Email, rightPassword, false); !in.SecondFactor || err != nil {
			t.Errorf("it is not asked for, %v", err)
		}
		forward(10 * time.Minute)
		for _, step := range []struct {
			what, code string
			want       error
		}{
			{"two steps late", code(-2), ErrCredentials}, {"two steps early", code(2), ErrCredentials}, {"no code", "", ErrCredentials},
			{"one step late", code(-1), nil}, {"the same again", code(-1), ErrCredentials}, {"now", code(0), nil},
			{"the one before", code(-1), ErrCredentials}, {"one step early", " " + code(1), nil}, {"the same again", code(1), ErrCredentials},
			{"now again", code(0), ErrCredentials},
		} {
			if err := use(step.code); !errors.Is(err, step.want) {
				t.Errorf("a code %s: %v", step.what, err)
			}
		}
		if forward(time.Minute); use(code(0)) != nil {
			t.Error("a code of later is refused")
		}
		for i, c := range recovery {
			if plain := strings.ReplaceAll(c, "-", ""); len(plain) != 26 || len(c) != 32 {
				t.Errorf("a recovery code is %q: of 130 bits it has %d", c, 5*len(plain))
			}
			if slices.Contains(recovery[:i], c) {
				t.Errorf("the code %q is there twice", c)
			}
			if i%2 == 1 { // as somebody may type it
				c = strings.ToUpper(strings.ReplaceAll(c, "-", " "))
			}
			if err := use(c); err != nil {
				t.Errorf("recovery code %d: %v", i, err)
			}
			if err := use(c); !errors.Is(err, ErrCredentials) {
				t.Errorf("recovery code %d again: %v", i, err)
			}
		}
		other := addAccount(t, s, "b@example.org", "partner:SE")
		forward(time.Minute)
		if err := errors.Join(set(code(0)), tried(s, func(tx *Tx) error { return tx.SetPassword(a.ID, hashedOnce(), "") })); err != nil {
			t.Fatal(err)
		}
		if err := tried(s, func(tx *Tx) error { return tx.UseSecondFactor(other.ID, recovery[0]) }); !errors.Is(err, ErrCredentials) {
			t.Errorf("another's recovery code: %v", err)
		}
		if has, err := s.HasSecondFactor(context.Background(), a.ID); !has || err != nil {
			t.Errorf("a new password takes it away, %v", err)
		}
		write(t, s, func(tx *Tx) error { return tx.Reset(a.ID) })
		if has, err := s.SecondFactors(context.Background()); len(has) != 0 || err != nil || use(recovery[1]) == nil {
			t.Errorf("after a reset, it is there: %v, %v", has, err)
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		ctx, today := context.Background(), date("2026-11-23")
		a := addAccount(t, s, "a@example.org", "partner:SE coordinator:DK")
		add := func(role models.Role, expires models.Date) (token Token, secret string, err error) {
			token = Token{Account: a.ID, Role: role, Expires: expires}
			err = tried(s, func(tx *Tx) (err error) { secret, err = tx.AddToken(&token, today); return err })
			return token, secret, err
		}
		for field, err := range map[string]error{"role": third(add("auditor", today)), "expires": third(add("partner", today-1))} {
			if ps, _ := errors.AsType[models.Problems](err); len(ps) != 1 || ps[0].Field != field {
				t.Errorf("a token with a wrong %s: %v", field, err)
			}
		}
		whole, secret, err := add("", today+1)
		one, partners, bad := add("partner", today)
		if err != nil || bad != nil || secret == partners || !strings.HasPrefix(secret, tokenPrefix) {
			t.Fatal(err, bad)
		}
		shows := func(what, secret string, on models.Date, rights string, want error) {
			t.Helper()
			for range 2 { // the second time from the cache
				got, err := s.Bearer(ctx, secret, on)
				if !errors.Is(err, want) || got.Rights.String() != rights || want == nil && got.ID != a.ID {
					t.Errorf("%s: %q, %v", what, got.Rights, err)
				}
			}
		}
		shows("all rights", secret, today, "partner:SE coordinator:DK", nil)
		shows("those of a role", partners, today, "partner:SE", nil)
		shows("the day after its last", partners, today+1, "", ErrCredentials)
		shows("the last day", secret, today+1, "partner:SE coordinator:DK", nil)
		shows("the day after that", secret, today+2, "", ErrCredentials)
		for _, no := range []string{"", tokenPrefix, secret + "x", strings.TrimPrefix(secret, tokenPrefix), hashed(secret)} {
			shows("another token", no, today, "", ErrCredentials)
		}
		a.Rights = models.ParseRights("coordinator:NO")
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
		shows("a role that is taken away", partners, today, "", nil)
		shows("rights that are others now", secret, today, "coordinator:NO", nil)
		other := addAccount(t, s, "b@example.org", "partner:SE")
		if err := tried(s, func(tx *Tx) error { return tx.RevokeToken(one.ID, other.ID) }); !errors.Is(err, ErrNotFound) {
			t.Errorf("revoked by another: %v", err)
		}
		write(t, s, func(tx *Tx) error { return tx.RevokeToken(one.ID, a.ID) })
		shows("revoked", partners, today, "", ErrCredentials)
		if err := tried(s, func(tx *Tx) error { return tx.RevokeToken(one.ID, a.ID) }); !errors.Is(err, ErrNotFound) {
			t.Errorf("revoked twice: %v", err)
		}
		a.Disabled = true
		write(t, s, func(tx *Tx) error { return tx.SaveAccount(&a) })
		shows("of a disabled account", secret, today, "", ErrCredentials)
		if all, err := s.Tokens(ctx, a.ID); err != nil || len(all) != 2 || all[0].ID != whole.ID || !all[1].Revoked {
			t.Errorf("tokens are %+v, %v", all, err)
		}
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		forward := clocked(s)
		a, b := addAccount(t, s, "a@example.org", "partner:SE"), addAccount(t, s, "b@example.org", "partner:SE")
		add := func(account int64) (secret string) {
			write(t, s, func(tx *Tx) (err error) { secret, err = tx.NewLink(account, time.Hour); return err })
			return secret
		}
		use := func(secret string) (account int64) {
			_, looked := s.LinkAccount(context.Background(), secret)
			err := tried(s, func(tx *Tx) (err error) { account, err = tx.UseLink(secret); return err })
			if errors.Is(err, ErrCredentials) && errors.Is(looked, ErrCredentials) {
				return -1
			} else if err != nil || looked != nil {
				t.Error(err, looked)
			}
			return account
		}
		replaced, first, ofB, setUp := add(a.ID), add(a.ID), add(b.ID), add(0)
		got := []int64{use(replaced), use(first), use(first), use(setUp), use(setUp), use(""), use(hashed(ofB))}
		if want := []int64{-1, a.ID, -1, 0, -1, -1, -1}; !slices.Equal(got, want) {
			t.Errorf("links are for %v, want %v", got, want)
		}
		if forward(time.Hour); use(ofB) != -1 {
			t.Error("a link works after its time")
		}
	})
}

// Subject access reveals nothing about others.
func TestSubjectAccess(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, _ := addForgotten(t, s)
		secret := models.Officer{AgencyID: x.agency.ID, Name: "Vqpell Hjkstrom", Masked: true}
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&secret) })
		for _, officer := range []int64{secret.ID, x.officer.ID} { // a mistake, corrected
			x.assignment.OfficerID = officer
			write(t, s, func(tx *Tx) error { return tx.SaveAssignment(&x.assignment) })
		}
		a, err := s.AccountNamed(context.Background(), "ZYX@kanarie.example")
		if err != nil {
			t.Fatal(err)
		}
		h, err := s.SubjectAccess(context.Background(), a)
		if err != nil || h.Officer == nil || !reflect.DeepEqual(*h.Officer, x.officer) || len(h.Assignments) != 1 || len(h.Tokens) != 1 ||
			h.Account.Email != a.Email || len(h.Account.Sessions) != 1 || h.Account.SecondFactor {
			t.Errorf("held are %+v, %v", h, err)
		}
		if !slices.ContainsFunc(h.Trail, func(seen models.TrailRow) bool { return seen.Action == "open" }) {
			t.Error("it does not say who opened the contact data")
		}
		text, err := json.Marshal(h)
		for _, other := range []string{"Vqpell", "kanariesession", hashedOnce()} {
			if strings.Contains(string(text), other) || err != nil {
				t.Errorf("it tells %q, %v", other, err)
			}
		}
	})
}

// An account may be changed by those who administer all the states in which it
// has rights, except by its owner.
func TestWhoKeepsAccounts(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		a := addAccount(t, s, "a@example.org", "partner:SE")
		for _, c := range [][3]string{{"administrator:SE", "auditor:SE coordinator:SE", "true"}, {"administrator:all", "administrator:all partner:DK", "true"},
			{"administrator:SE", "partner:SE partner:DK", "false"}, {"administrator:SE", "coordinator:all", "false"}, {"administrator:DK", "partner:SE", "false"},
			{"administrator:DK", "partner:DK", "false"}, {"coordinator:all auditor:all partner:all", "auditor:SE", "false"}, {"", "auditor:SE", "false"}} {
			for _, who := range []int64{0, a.ID} {
				now, new, before := a, models.Account{Email: "b@example.org", Rights: models.ParseRights(c[1])}, dump(t, s)
				now.Rights = new.Rights
				actor := Actor{Name: "x", Account: who, Rights: models.ParseRights(c[0])}
				change := s.Write(context.Background(), actor, func(tx *Tx) error { return errors.Join(tx.SaveAccount(&now), errDiscard) })
				if want := c[2] == "true" && who == 0; errors.Is(change, ErrForbidden) == want || dump(t, s) != before {
					t.Errorf("%q makes one's own, %t, %q: %v", c[0], who != 0, c[1], change)
				}
				create := s.Write(context.Background(), actor, func(tx *Tx) error { return errors.Join(tx.SaveAccount(&new), errDiscard) })
				if want := c[2] == "true" || c[0] == "administrator:DK" && c[1] == "partner:DK"; errors.Is(create, ErrForbidden) == want {
					t.Errorf("%q gives another %q: %v", c[0], c[1], create)
				}
			}
		}
	})
}
