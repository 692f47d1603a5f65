package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"samband/db"
	"samband/models"
)

// secondFactorOf gives an account a second factor.
func (s *site) secondFactorOf(account int64) (secret string, recovery []string) {
	s.t.Helper()
	secret, _, err := db.NewSecondFactor("x@example.org", "")
	if err != nil {
		s.t.Fatal(err)
	}
	s.written(func(tx *db.Tx) (err error) {
		recovery, err = tx.SetSecondFactor(account, secret, codeOf(s.t, secret, 0))
		return err
	})
	return secret, recovery
}

// codeOf returns the code of some steps from now, by the database's clock.
func codeOf(t *testing.T, secret string, steps int) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// without returns a form with another value in it, "" for none.
func without(v url.Values, name, instead string) url.Values {
	w := url.Values{}
	for n, all := range v {
		w[n] = all
	}
	w.Set(name, instead)
	return w
}

func TestTokensAskWhoItIs(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		a := s.accountNamed("a@example.org")
		_, recovery := s.secondFactorOf(a.ID)
		v := newVisit(t, base)
		v.signIn(goodPassword, "")
		v.send("/sign-in/code", form("code", recovery[0]))
		good := form("current", goodPassword, "current_code", recovery[1], "role", "", "expires", "2027-11-23")
		for what, f := range map[string]url.Values{
			"without a password": without(good, "current", ""), "with another": without(good, "current", "not this one at all"),
			"without a code": without(good, "current_code", ""), "with one that was used": without(good, "current_code", recovery[0]),
			"for more than a year": without(good, "expires", "2027-11-24"), "for ever": without(good, "expires", "9999-12-31"),
			"that has ended": without(good, "expires", "2026-11-22"), "for a role of others": without(good, "role", "administrator"),
		} {
			if got := v.send("/account/tokens", f).StatusCode; got != http.StatusUnprocessableEntity {
				t.Errorf("a token %s is answered %d", what, got)
			}
		}
		tokens := func() (n int) {
			all, err := s.store.Tokens(context.Background(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range all {
				if !one.Revoked {
					n++
				}
			}
			return n
		}
		if n := tokens(); n != 0 {
			t.Fatalf("refusals make %d tokens", n)
		}
		if got := v.send("/account/tokens", good).StatusCode; got != http.StatusOK || tokens() != 1 {
			t.Fatalf("with all of it, it is answered %d", got)
		}
		rows := s.rows()
		v.send("/account/sessions/end", form())
		if tokens() != 0 || !strings.Contains(strings.Join(s.trail(-1)[rows:], "\n"), "remove token") {
			t.Errorf("signing out everywhere leaves %d tokens; the trail says %q", tokens(), s.trail(-1)[rows:])
		}
	})
}

func TestTheSecondFactorAsksWhoItIs(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		a := s.accountNamed("a@example.org")
		v := newVisit(t, base)
		v.signIn(goodPassword, "")
		offered := func() string {
			_, page, _ := strings.Cut(v.read("/account/second-factor"), `<code class="secret">`)
			secret, _, _ := strings.Cut(page, "<")
			return secret
		}
		set := func(what string, f url.Values, want int) {
			t.Helper()
			if got := v.send("/account/second-factor", f).StatusCode; got != want {
				t.Errorf("%s: a new second factor is answered %d, want %d", what, got, want)
			}
		}
		first := offered()
		set("without a password", form("code", codeOf(t, first, 0)), 422)
		set("with another", form("code", codeOf(t, first, 0), "current", "not this one"), 422)
		set("with another code", form("code", "000000", "current", goodPassword), 422)
		if has, err := s.store.HasSecondFactor(context.Background(), a.ID); has || err != nil {
			t.Fatalf("refusals set it, %v", err)
		}
		set("with all of it", form("code", codeOf(t, first, 0), "current", goodPassword), 200)
		s.written(func(tx *db.Tx) error { return nil })
		second := offered()
		if second == first {
			t.Fatal("the same secret is offered again")
		}
		set("without the code of now", form("code", codeOf(t, second, 0), "current", goodPassword), 422)
		set("with the new one twice", form("code", codeOf(t, second, 0), "current", goodPassword, "current_code", codeOf(t, second, 0)), 422)
		set("with the code of the old", form("code", codeOf(t, second, 0), "current", goodPassword, "current_code", codeOf(t, first, 1)), 200)
		drop := func(what string, f url.Values, want int) {
			t.Helper()
			if got := v.send("/account/second-factor/drop", f).StatusCode; got != want {
				t.Errorf("%s: dropping is answered %d, want %d", what, got, want)
			}
		}
		drop("with nothing", form(), 422)
		drop("with the password alone", form("current", goodPassword), 422)
		drop("with the code alone", form("current_code", codeOf(t, second, 1)), 422)
		if has, _ := s.store.HasSecondFactor(context.Background(), a.ID); !has {
			t.Fatal("refusals drop it")
		}
		drop("with both", form("current", goodPassword, "current_code", codeOf(t, second, 1)), 303)
		if has, _ := s.store.HasSecondFactor(context.Background(), a.ID); has {
			t.Error("it is still there")
		}
	})
}

// Links end with the reset of the account, and with the right of who made them.
func TestLinksEndWithTheRightOfWhoMadeThem(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		target := s.accountNamed("a@example.org")
		v := newVisit(t, base)
		for what, end := range map[string]func(keeper models.Account){
			"a role taken away": func(k models.Account) {
				k.Rights = models.ParseRights("partner:SE")
				s.written(func(tx *db.Tx) error { return tx.SaveAccount(&k) })
			},
			"another state": func(k models.Account) {
				k.Rights = models.ParseRights("administrator:DK")
				s.written(func(tx *db.Tx) error { return tx.SaveAccount(&k) })
			},
			"disabled": func(k models.Account) {
				k.Disabled = true
				s.written(func(tx *db.Tx) error { return tx.SaveAccount(&k) })
			},
			"removed": func(k models.Account) {
				s.execute(fmt.Sprint("UPDATE links SET maker_id = 4711 WHERE maker_id = ", k.ID))
			},
			"a reset": func(models.Account) { s.written(func(tx *db.Tx) error { return tx.Reset(target.ID) }) },
			"an account that grows": func(models.Account) {
				a := s.accountNamed(target.Email)
				a.Rights = models.ParseRights("coordinator:all")
				s.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
			},
		} {
			a := s.accountNamed(target.Email)
			a.Rights = models.ParseRights("coordinator:SE")
			s.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
			keeper := s.as("administrator:SE")
			page := keeper.post(fmt.Sprintf("/accounts/%d/link", target.ID), form()).is(200)
			_, link, _ := strings.Cut(page.body, "/set-up?token=")
			link = "/set-up?token=" + link[:26]
			v.answers(what+", before", link, 200)
			var id int64
			if err := s.raw.QueryRow("SELECT max(account_id) FROM tokens").Scan(&id); err != nil {
				t.Fatal(err)
			}
			k, err := s.store.Account(context.Background(), id)
			if err != nil {
				t.Fatal(err)
			}
			end(k)
			v.answers(what, link, http.StatusGone)
			if got := v.send(link, form("password", goodPassword, "again", goodPassword)).StatusCode; got != http.StatusGone {
				t.Errorf("%s: the link sets a password: %d", what, got)
			}
		}
	})
}

func (s *site) execute(query string) {
	s.t.Helper()
	if _, err := s.raw.Exec(query); err != nil {
		s.t.Fatal(err)
	}
}

// An administrator of a state knows of the accounts of that state only.
func TestAnAdministratorSeesTheStatesAccounts(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		_ = base
		ids := map[string]int64{}
		for email, rights := range map[string]string{"se": "partner:SE", "dk": "partner:DK", "both": "partner:SE partner:DK", "all": "administrator:all"} {
			a := models.Account{Email: email + "@stranger.example", Rights: models.ParseRights(rights)}
			s.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
			ids[email] = a.ID
		}
		keeper := s.as("administrator:SE")
		keeper.get("/accounts").is(200).says("se@stranger.example").hides("dk@stranger.example", "both@stranger.example", "all@stranger.example")
		keeper.get("/accounts/new").is(200).says("administrator:SE").hides("administrator:DK", "partner:all", "coordinator:FI")
		for email, id := range ids {
			at, want := fmt.Sprintf("/accounts/%d", id), 404
			if email == "se" {
				want = 200
			}
			keeper.get(at).is(want)
			keeper.get(at + "/edit").is(want)
			if want != 200 {
				keeper.post(at+"/link", form()).is(404)
				keeper.post(at+"/reset", form()).is(404)
				keeper.post(at+"/sso", form("subject", "x")).is(404)
				keeper.post(at+"/edit", form("version", "1", "email", "x@example.org", "rights", "partner:SE")).is(404)
			}
		}
		at := fmt.Sprintf("/accounts/%d/edit", ids["se"])
		for _, wider := range []string{"partner:DK", "partner:all", "administrator:all"} {
			keeper.post(at, form("version", "1", "email", "se@stranger.example", "rights", "partner:SE", "rights", wider)).is(403)
		}
		own := s.as("administrator:SE")
		own.get("/accounts/new").is(200)
		s.as("administrator:all").get("/accounts").is(200).says("se@stranger.example", "dk@stranger.example", "both@stranger.example")
	})
}
