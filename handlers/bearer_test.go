package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

// bears returns the status that an address answers a token with.
func bears(t *testing.T, base, path, token string) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestTokens(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) { tokens(t, newSite(t)) })
}

func tokens(t *testing.T, s *site) {
	base, forward := opened(t, s, nil)
	a := s.accountNamed("a@example.org")
	a.Rights = models.ParseRights("coordinator:SE partner:all auditor:SE")
	s.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
	today := models.DateOf(noon)
	token := func(role models.Role, expires models.Date) (id int64, secret string) {
		one := db.Token{Account: a.ID, Role: role, Expires: expires}
		s.written(func(tx *db.Tx) (err error) { secret, err = tx.AddToken(&one, today); return err })
		return one.ID, secret
	}
	want := func(what, path, secret string, status int) {
		t.Helper()
		if got := bears(t, base, path, secret); got != status {
			t.Errorf("%s: %s answers %d, want %d", what, path, got, status)
		}
	}
	_, whole := token("", today+30)
	_, partner := token(models.Partner, today+30)
	_, short := token("", today)
	id, revoked := token("", today+30)
	for path, statuses := range map[string][2]int{"/postings": {200, 200}, "/postings/new": {200, 403}, "/audit": {200, 403}, "/accounts": {403, 403},
		"/api/v1/represent?state=FI&matter=police&place=TH": {200, 200}} {
		want("all roles", path, whole, statuses[0])
		want("one role", path, partner, statuses[1])
	}
	want("a token of another spelling", "/postings", strings.ToLower(whole), 401)
	want("no token", "/postings", "", 401)
	want("a token until today", "/postings", short, 200)
	want("a token", "/postings", revoked, 200)
	other := newVisit(t, base)
	other.signIn(goodPassword, "")
	if got := other.send(fmt.Sprintf("/account/tokens/%d/revoke", id), url.Values{}).StatusCode; got != http.StatusSeeOther {
		t.Errorf("revoking is answered %d", got)
	}
	want("a revoked token", "/postings", revoked, 401)
	want("a revoked token", "/api/v1/represent?state=FI&matter=police&place=TH", revoked, 401)
	want("a revoked token", "/sign-in", revoked, 401)
	forward(24 * time.Hour)
	want("a token until yesterday", "/postings", short, 401)
	want("a token with days left", "/postings", whole, 200)
	a.Disabled = true
	s.written(func(tx *db.Tx) error { return tx.SaveAccount(&a) })
	want("a token of a disabled account", "/postings", whole, 401)
}

func TestWhatATokenMayNot(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	stranger := newSiteToken(s, "partner:SE")
	for _, path := range []string{"/account/tokens", "/account/second-factor", "/account/second-factor/drop", "/account/sessions/end"} {
		s.post(path, form("code", "123456", "expires", "2027-01-01")).is(http.StatusForbidden)
	}
	s.post("/account/sessions/end", form("session", "any")).is(http.StatusForbidden)
	s.get("/account/second-factor").is(http.StatusForbidden)
	before := s.rows()
	s.post(fmt.Sprintf("/account/tokens/%d/revoke", stranger), form()).is(http.StatusNotFound) // another's
	s.as("administrator:DK").post(fmt.Sprintf("/accounts/%d/tokens/%d/revoke", s.accountOf(stranger), stranger), form()).is(http.StatusNotFound)
	if n := s.rows() - before; n != 2 { // the account and token of the administrator
		t.Errorf("refusals leave rows: %q", s.trail(0)[before:])
	}
	s.as("administrator:SE").post(fmt.Sprintf("/accounts/%d/tokens/%d/revoke", s.accountOf(stranger), stranger), form()).follow()
}

// newSiteToken makes an account with a token, whose ID it returns.
func newSiteToken(s *site, rights string) (id int64) {
	s.t.Helper()
	newToken(s.t, s.store, rights)
	if err := s.raw.QueryRow("SELECT max(id) FROM tokens").Scan(&id); err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *site) accountOf(token int64) (id int64) {
	s.t.Helper()
	if err := s.raw.QueryRow(fmt.Sprint("SELECT account_id FROM tokens WHERE id = ", token)).Scan(&id); err != nil {
		s.t.Fatal(err)
	}
	return id
}

func TestATamperedCookieIsNobody(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base, _ := opened(t, s, nil)
	v := newVisit(t, base)
	v.signIn(goodPassword, "")
	at, _ := url.Parse(base)
	var good string
	for _, c := range v.Jar.Cookies(at) {
		if c.Name == "samband" {
			good = c.Value
		}
	}
	var stored string
	if err := s.raw.QueryRow("SELECT id FROM sessions WHERE account_id <> 0").Scan(&stored); err != nil || stored == good {
		t.Fatalf("the session is kept as %q, %v", stored, err)
	}
	for _, value := range []string{good[1:], good + "A", "B" + good[1:], strings.ToLower(good), stored, "", "%00", "' OR 1=1 --", strings.Repeat("A", 5000)} {
		if value == good {
			continue
		}
		r, _ := http.NewRequest(http.MethodGet, base+"/account", nil)
		r.Header.Set("Cookie", "samband="+value)
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("the cookie %.40q is answered %d", value, resp.StatusCode)
		}
	}
	v.answers("the cookie itself", "/account", 200)
}

// from signs in with the word that a request comes from elsewhere.
func (v visit) from(address, email, password string) *http.Response {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodPost, v.base+"/sign-in", strings.NewReader(form("email", email, "password", password).Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", address)
	r.Header.Set("X-Real-Ip", address)
	resp, err := v.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

func TestWhoseWordCountsOnTheAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		proxies   []string
		sent      string
		shown     string
		throttled bool
	}{
		"no proxy":                      {nil, "203.0.113.7", "127.0.0.1", true},
		"another's word":                {[]string{"192.0.2.1"}, "203.0.113.7", "127.0.0.1", true},
		"a proxy's word":                {[]string{"127.0.0.0/8"}, "203.0.113.7", "203.0.113.7", false},
		"what was told to a proxy":      {[]string{"127.0.0.1"}, "198.51.100.9, 203.0.113.7", "203.0.113.7", false},
		"a proxy's word that is no one": {[]string{"127.0.0.1"}, "evil", "127.0.0.1", true},
	} {
		t.Run(name, func(t *testing.T) {
			base, _ := opened(t, newSite(t), func(o *Options) { o.TrustedProxies = c.proxies })
			v := newVisit(t, base)
			if got := v.from(c.sent, "a@example.org", goodPassword).StatusCode; got != http.StatusSeeOther {
				t.Fatalf("sign-in is answered %d", got)
			}
			if page := v.read("/account"); !strings.Contains(page, c.shown) || c.shown != c.sent && strings.Contains(page, strings.Split(c.sent, ",")[0]) {
				t.Errorf("the session is not said to come from %s", c.shown)
			}
			if len(c.proxies) == 0 || c.sent != "203.0.113.7" {
				return // the others are told apart by that
			}
			thief, last := newVisit(t, base), 0
			for i := range addressTries + 1 { // each for another account, and from another address as it says
				sent := c.sent
				if sent != "evil" {
					sent = fmt.Sprintf("203.0.113.%d", i+1)
				}
				last = thief.from(sent, fmt.Sprintf("x%d@example.org", i), "wrong password 1").StatusCode
			}
			if got := last == http.StatusTooManyRequests; got != c.throttled {
				t.Errorf("after so many from one machine it answers %d", last)
			}
		})
	}
}
