package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

// A provided site is one whose people may sign in at a hostile provider, which
// says what the test has it say.
type provided struct {
	*site
	*hostile
	base    string
	forward func(time.Duration)
}

func newProvided(t *testing.T, s *site, change func(*Options)) provided {
	t.Helper()
	h := newHostile(t)
	base, forward := opened(t, s, func(o *Options) {
		o.SSO = SSO{Issuer: h.URL, ClientID: "samband", ClientSecret: "client-secret", Claim: "groups", Label: "Nordic ID", Strong: []string{"loa3"},
			Roles: map[string]string{"se": "coordinator:SE"}}
		if change != nil {
			change(o)
		}
	})
	return provided{s, h, base, forward}
}

// through signs a browser in at the provider, which says more of somebody.
func (p provided) through(v visit, path string, more map[string]any) *http.Response {
	p.t.Helper()
	at, err := v.send(path, nil).Location()
	if err != nil {
		p.t.Fatal(err)
	}
	asked := at.Query()
	p.claims = map[string]any{"iss": p.URL, "sub": "1", "aud": "samband", "exp": time.Now().Add(time.Hour).Unix(), "nonce": asked.Get("nonce"),
		"email": "sso@example.org", "email_verified": true, "groups": []string{"se"}}
	for name, value := range more {
		p.claims[name] = value
	}
	return v.send("/sign-in/sso/callback?"+url.Values{"state": {asked.Get("state")}, "code": {"c"}}.Encode(), nil)
}

func TestAnAddressClaimsNoAccount(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		p := newProvided(t, newSite(t), nil)
		local := p.accountNamed("a@example.org")
		keeper := p.site.with(func() Options { o := p.options; o.SSO = SSO{Issuer: p.URL}; return o }()).as("administrator:SE")
		at := recordPath("account", local.ID)
		v := newVisit(t, p.base)
		same := map[string]any{"email": "a@example.org"}
		if got := p.through(v, "/sign-in/sso", same).StatusCode; got != http.StatusForbidden {
			t.Fatalf("the address of a local account is answered %d", got)
		}
		if a := p.accountNamed("a@example.org"); a.Subject != "" || a.Version != local.Version {
			t.Fatalf("it is claimed: %+v", a)
		}
		keeper.post(at+"/sso", form("subject", "")).is(422)
		keeper.post(at+"/sso", form("subject", strings.Repeat("x", 256))).is(422)
		signedIn := newVisit(t, p.base)
		signedIn.signIn(goodPassword, "")
		token := ""
		p.written(func(tx *db.Tx) (err error) {
			token, err = tx.AddToken(&db.Token{Account: local.ID, Expires: models.DateOf(noon)}, models.DateOf(noon))
			return err
		})
		link := linkIn(keeper.post(at+"/link", form()).is(200).body)
		keeper.post(at+"/sso", form("subject", "1")).follow()
		signedIn.answers("a session from before", "/account", 401)
		signedIn.answers("a link from before", link, http.StatusGone)
		if got := bears(t, p.base, "/postings", token); got != 401 {
			t.Errorf("a token from before is answered %d", got)
		}
		if got := signedIn.signIn(goodPassword, "").StatusCode; got != http.StatusUnauthorized {
			t.Errorf("the local password is answered %d", got)
		}
		keeper.post(at+"/link", form()).is(http.StatusForbidden)
		if got := p.through(v, "/sign-in/sso", same).StatusCode; got != http.StatusSeeOther {
			t.Errorf("the subject that it is tied to is answered %d", got)
		}
		if got := v.send("/account/password", form("current", goodPassword, "password", "seven ferries to Mariehamn", "again", "seven ferries to Mariehamn")).StatusCode; got != http.StatusForbidden {
			t.Errorf("a new password is answered %d", got)
		}
		other := models.Account{Email: "other@example.org", Rights: models.ParseRights("partner:SE")}
		p.written(func(tx *db.Tx) error { return tx.SaveAccount(&other) })
		keeper.post(recordPath("account", other.ID)+"/sso", form("subject", "1")).is(422)

		// A reset unties: then the subject is nobody's, and a link sets a password.
		keeper.post(at+"/reset", form()).follow()
		v.answers("after a reset", "/account", 401)
		if got := p.through(v, "/sign-in/sso", same).StatusCode; got != http.StatusForbidden {
			t.Errorf("after a reset, the subject is answered %d", got)
		}
		link = linkIn(keeper.post(at+"/link", form()).is(200).body)
		if got := v.send(link, form("password", goodPassword, "again", goodPassword)).StatusCode; got != http.StatusSeeOther {
			t.Errorf("a password of its own is answered %d", got)
		}
		if got := newVisit(t, p.base).signIn(goodPassword, "").StatusCode; got != http.StatusSeeOther {
			t.Errorf("and signs in with %d", got)
		}
	})
}

// linkIn returns the address of a link that a page shows.
func linkIn(body string) string {
	_, link, _ := strings.Cut(body, "/set-up?token=")
	return "/set-up?token=" + link[:26]
}

func TestSSOKeepsTheSecondFactor(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		p := newProvided(t, newSite(t), func(o *Options) { o.SecondFactor = []models.Role{models.Coordinator} })
		v := newVisit(t, p.base)
		now := map[string]any{"auth_time": noon.Unix()}
		p.through(v, "/sign-in/sso", now)
		if to := v.send("/postings", nil).Header.Get("Location"); to != "/account/second-factor" {
			t.Errorf("without a second factor it leads to %q", to)
		}
		for what, more := range map[string]map[string]any{"amr": {"amr": []string{"pwd", "mfa"}}, "acr": {"acr": "loa3"}} {
			strong := newVisit(t, p.base)
			p.through(strong, "/sign-in/sso", more)
			strong.answers("with more than one proof by "+what, "/postings", 200)
		}
		for what, more := range map[string]map[string]any{"one of several": {"amr": []string{"pwd"}}, "another acr": {"acr": "loa1"}, "a text": {"amr": "mfa"}} {
			weak := newVisit(t, p.base)
			p.through(weak, "/sign-in/sso", more)
			if got := weak.send("/postings", nil).StatusCode; got != http.StatusSeeOther {
				t.Errorf("%s counts as more than one proof: %d", what, got)
			}
		}
		_, page, _ := strings.Cut(v.read("/account/second-factor"), `<code class="secret">`)
		secret, _, _ := strings.Cut(page, "<")
		if got := v.send("/account/second-factor", form("code", codeOf(t, secret, 0))).StatusCode; got != 200 {
			t.Fatalf("a second factor of our own is answered %d", got)
		}
		v.answers("with it", "/postings", 200)
		later := newVisit(t, p.base)
		if got := p.through(later, "/sign-in/sso", now).StatusCode; got != 200 {
			t.Errorf("then a code is not asked for: %d", got)
		}
		later.answers("before the code", "/postings", 401)
		if got := later.send("/sign-in/code", form("code", codeOf(t, secret, 1))).StatusCode; got != http.StatusSeeOther {
			t.Errorf("the code is answered %d", got)
		}
		later.answers("after the code", "/postings", 200)
		strong := newVisit(t, p.base)
		if got := p.through(strong, "/sign-in/sso", map[string]any{"amr": []string{"mfa"}}).StatusCode; got != http.StatusSeeOther {
			t.Errorf("where the provider asked for more, a code is asked for: %d", got)
		}
	})
}

// Where there is no password, to have signed in just now says who it is.
func TestSSOSaysWhoItIsForFiveMinutes(t *testing.T) {
	t.Parallel()
	p := newProvided(t, newSite(t), nil)
	v := newVisit(t, p.base)
	token := form("expires", "2027-01-01")
	sends := func(what, path string, f url.Values, want int) {
		t.Helper()
		if got := v.send(path, f).StatusCode; got != want {
			t.Errorf("%s: %s is answered %d, want %d", what, path, got, want)
		}
	}
	p.through(v, "/sign-in/sso", nil)
	sends("of an unknown time", "/account/tokens", token, 422)
	p.through(v, "/sign-in/sso", map[string]any{"auth_time": noon.Add(-6 * time.Minute).Unix()})
	sends("of too long ago", "/account/tokens", token, 422)
	p.through(v, "/sign-in/sso", map[string]any{"auth_time": noon.Add(time.Hour).Unix()})
	sends("of the future", "/account/tokens", token, 422)
	if page := v.read("/account"); !strings.Contains(page, "/sign-in/sso?again=1&amp;next=%2Faccount") || strings.Contains(page, `name="current"`) {
		t.Error("the page does not lead to signing in once more")
	}
	asked, err := v.send("/sign-in/sso?again=1&next=/account", nil).Location()
	if q := asked.Query(); err != nil || q.Get("prompt") != "login" || q.Get("max_age") != "300" {
		t.Errorf("it is asked for by %v, %v", asked, err)
	}
	for what, at := range map[string]any{"no time": nil, "too long ago": noon.Add(-6 * time.Minute).Unix(), "a text": "now"} {
		if got := p.through(v, "/sign-in/sso?again=1", map[string]any{"auth_time": at}).StatusCode; got != http.StatusUnauthorized {
			t.Errorf("once more, with %s, is answered %d", what, got)
		}
	}
	if got := p.through(v, "/sign-in/sso?again=1&next=/account", map[string]any{"auth_time": noon.Unix()}); got.Header.Get("Location") != "/account" {
		t.Fatalf("once more is answered %d", got.StatusCode)
	}
	sends("of just now", "/account/tokens", token, 200)
	_, page, _ := strings.Cut(v.read("/account/second-factor"), `<code class="secret">`)
	secret, _, _ := strings.Cut(page, "<")
	sends("of just now", "/account/second-factor", form("code", codeOf(t, secret, 0)), 200)
	p.forward(6 * time.Minute)
	sends("of a while ago", "/account/tokens", token, 422)
	sends("of a while ago", "/account/second-factor/drop", form(), 422)
	if has, err := p.store.HasSecondFactor(context.Background(), p.accountNamed("sso@example.org").ID); !has || err != nil {
		t.Errorf("the second factor is gone, %v", err)
	}
}
