package handlers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
	"samband/views"
)

// read returns the text of a page.
func (v visit) read(path string) string {
	v.t.Helper()
	resp, err := v.Get(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(b)
}

// answers fails the test unless an address answers with the status.
func (v visit) answers(what, path string, status int) {
	v.t.Helper()
	if got := v.send(path, nil).StatusCode; got != status {
		v.t.Errorf("%s: %s answers %d, want %d", what, path, got, status)
	}
}

// accountNamed returns the account of an e-mail address.
func (s *site) accountNamed(email string) models.Account {
	s.t.Helper()
	a, err := s.store.AccountNamed(context.Background(), email)
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func (s *site) written(f func(*db.Tx) error) {
	s.t.Helper()
	if err := s.store.Write(context.Background(), db.Local, f); err != nil {
		s.t.Fatal(err)
	}
}

func TestDemoSignIn(t *testing.T) {
	t.Parallel()
	s := demoSite(t)
	accounts, err := s.store.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var demo, other models.Account
	for _, a := range accounts {
		if a.Demo && a.Rights.Holds(models.Partner) {
			demo = a
		} else if !a.Demo {
			other = a
		}
	}
	enter := func(base string, id any, next string) (visit, *http.Response) {
		v := newVisit(t, base)
		return v, v.send("/sign-in/demo", url.Values{"account": {fmt.Sprint(id)}, "next": {next}})
	}
	base, _ := opened(t, s, nil)
	if v, resp := enter(base, demo.ID, ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("without demo mode it answers %d", resp.StatusCode)
	} else {
		v.answers("without demo mode", "/account", 401)
	}
	s.written(func(tx *db.Tx) error {
		a := s.accountNamed("a@example.org")
		a.Email = "b@example.org"
		return tx.SaveAccount(&a)
	})
	base, _ = opened(t, s, func(o *Options) {
		if o.Site, err = views.New(views.Options{Demo: true, Zone: "Europe/Stockholm"}); err != nil {
			t.Fatal(err)
		}
	})
	for _, id := range []any{other.ID, s.accountNamed("a@example.org").ID, 0, -1, 4711, "", "x", "1e3"} {
		v, resp := enter(base, id, "")
		if resp.StatusCode != http.StatusForbidden && resp.StatusCode != http.StatusNotFound {
			t.Errorf("account %v is answered %d", id, resp.StatusCode)
		}
		v.answers(fmt.Sprint("account ", id), "/account", 401)
	}
	for _, next := range []string{"//evil.example", "https://evil.example", `/\evil.example`} {
		if _, resp := enter(base, demo.ID, next); resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/" {
			t.Errorf("%q leads to %q, %d", next, resp.Header.Get("Location"), resp.StatusCode)
		}
	}
	v, resp := enter(base, demo.ID, "/postings")
	if resp.Header.Get("Location") != "/postings" {
		t.Errorf("it leads to %q", resp.Header.Get("Location"))
	}
	v.answers("a demo account", "/account", 200)
	s.written(func(tx *db.Tx) error { a := s.accountNamed(demo.Email); a.Disabled = true; return tx.SaveAccount(&a) })
	if _, resp := enter(base, demo.ID, ""); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a disabled one is answered %d", resp.StatusCode)
	}
}

func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		const second = "seven ferries to Mariehamn"
		base, _ := opened(t, newSite(t), nil)
		v, other := newVisit(t, base), newVisit(t, base)
		v.signIn(goodPassword, "")
		other.signIn(goodPassword, "")
		for what, f := range map[string]url.Values{
			"a wrong present one":  form("current", "not this one at all", "password", second, "again", second),
			"one that is common":   form("current", goodPassword, "password", "password1234", "again", "password1234"),
			"two different ones":   form("current", goodPassword, "password", second, "again", second+"x"),
			"no present one given": form("password", second, "again", second),
		} {
			if got := v.send("/account/password", f).StatusCode; got != http.StatusUnprocessableEntity {
				t.Errorf("%s is answered %d", what, got)
			}
		}
		other.answers("after refusals", "/account", 200)
		at, _ := url.Parse(base)
		before := fmt.Sprint(v.Jar.Cookies(at))
		if got := v.send("/account/password", form("current", goodPassword, "password", second, "again", second)).StatusCode; got != http.StatusSeeOther {
			t.Fatalf("a new password is answered %d", got)
		}
		v.answers("this session", "/account", 200)
		other.answers("the other session", "/account", 401)
		if fmt.Sprint(v.Jar.Cookies(at)) == before {
			t.Error("the session keeps its name")
		}
		if old, now := other.signIn(goodPassword, "").StatusCode, other.signIn(second, "").StatusCode; old != http.StatusUnauthorized || now != http.StatusSeeOther {
			t.Errorf("the old password is answered %d, the new one %d", old, now)
		}
	})
}

func TestRightsHoldAtOnce(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		v, keeper := newVisit(t, base), s.as("administrator:all")
		at := fmt.Sprintf("/accounts/%d/edit", s.accountNamed("a@example.org").ID)
		set := func(more ...string) {
			t.Helper()
			keeper.post(at, form(append([]string{"version", keeper.version(at), "email", "a@example.org"}, more...)...)).follow()
		}
		v.signIn(goodPassword, "")
		v.answers("a coordinator", "/postings/new", 200)
		set("rights", "partner:SE")
		v.answers("whose rights changed", "/account", 401)
		v.signIn(goodPassword, "")
		v.answers("a partner", "/postings", 200)
		v.answers("a partner", "/postings/new", 403)
		set("rights", "partner:SE", "disabled", "true")
		v.answers("who is disabled", "/account", 401)
		if got := v.signIn(goodPassword, "").StatusCode; got != http.StatusUnauthorized {
			t.Errorf("a disabled account signs in: %d", got)
		}
		set("rights", "auditor:SE")
		v.answers("an ended session", "/account", 401)
		if to := v.signIn(goodPassword, "").Header.Get("Location"); to != "/audit" {
			t.Errorf("an auditor begins at %q", to)
		}
		keeper.post(strings.TrimSuffix(at, "/edit")+"/reset", form()).follow()
		v.answers("after a reset", "/account", 401)
		if got := v.signIn(goodPassword, "").StatusCode; got != http.StatusUnauthorized {
			t.Errorf("a password that was taken away is answered %d", got)
		}
	})
}

func TestSetUpLinks(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		base, _ := opened(t, s, nil)
		id := s.accountNamed("a@example.org").ID
		link := func(account int64, lasts time.Duration) (path string) {
			s.written(func(tx *db.Tx) (err error) { path, err = tx.NewLink(account, lasts); return err })
			return "/set-up?token=" + path
		}
		const chosen = "four reindeer in Rovaniemi"
		passwords := form("password", chosen, "again", chosen, "email", "thief@example.org")
		v, signedIn := newVisit(t, base), newVisit(t, base)
		signedIn.signIn(goodPassword, "")
		late := link(id, -time.Second)
		for what, path := range map[string]string{"a late link": late, "no link": "/set-up", "a made-up link": "/set-up?token=" + strings.Repeat("A", 26)} {
			v.answers(what, path, http.StatusGone)
			if got := v.send(path, passwords).StatusCode; got != http.StatusGone {
				t.Errorf("%s sets a password: %d", what, got)
			}
		}
		replaced, good := link(id, time.Hour), link(id, time.Hour)
		v.answers("a link before the last", replaced, http.StatusGone)
		v.answers("a link", good, 200)
		if got := v.send(good, form("password", "short", "again", "short")).StatusCode; got != http.StatusUnprocessableEntity {
			t.Errorf("a short password is answered %d", got)
		}
		if got := v.send(good, passwords); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/sign-in" {
			t.Errorf("a good password is answered %d", got.StatusCode)
		}
		v.answers("a spent link", good, http.StatusGone)
		if got := v.send(good, passwords).StatusCode; got != http.StatusGone {
			t.Errorf("a link works twice: %d", got)
		}
		signedIn.answers("a session from before", "/account", 401)
		if got := v.signIn(chosen, "").StatusCode; got != http.StatusSeeOther {
			t.Errorf("the chosen password is answered %d", got)
		}
		if _, err := s.store.AccountNamed(context.Background(), "thief@example.org"); err == nil {
			t.Error("a link of an account makes another")
		}
	})
}

func TestTheFirstAdministratorIsMadeOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t).as("")
	base, _ := opened(t, s, nil)
	v := newVisit(t, base)
	var links [2]string
	for i := range links {
		s.written(func(tx *db.Tx) (err error) { links[i], err = tx.NewLink(0, time.Hour); return err })
	}
	send := func(link, email string) int {
		return v.send("/set-up?token="+link, form("email", email, "password", goodPassword, "again", goodPassword)).StatusCode
	}
	if got := send(links[0], "first@example.org"); got != http.StatusGone {
		t.Errorf("a link before the last is answered %d", got)
	}
	if got := send(links[1], "first@example.org"); got != http.StatusSeeOther || s.accountNamed("first@example.org").Rights.String() != "administrator:all" {
		t.Errorf("the first administrator is %+v, %d", s.accountNamed("first@example.org"), got)
	}
	s.written(func(tx *db.Tx) (err error) { links[0], err = tx.NewLink(0, time.Hour); return err })
	if got := send(links[0], "second@example.org"); got != http.StatusGone {
		t.Errorf("a second one is answered %d", got)
	}
}
