package handlers

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"samband/db"
	"samband/models"
)

const goodPassword = "nine lanterns over Tórshavn"

// A visit is a browser at a running site, whose clock can be moved.
type visit struct {
	*http.Client
	t    *testing.T
	base string
}

// opened runs a site with an account that has goodPassword, and returns what
// moves its clock.
func opened(t *testing.T, s *site, change func(*Options)) (base string, forward func(time.Duration)) {
	t.Helper()
	now := noon
	o := s.options
	o.Now = func() time.Time { return now }
	if change != nil {
		change(&o)
	}
	hash, err := db.HashPassword(context.Background(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	a := models.Account{Email: "a@example.org", Rights: models.ParseRights("coordinator:SE")}
	err = s.store.Write(context.Background(), db.Local, func(tx *db.Tx) error {
		if err := tx.SaveAccount(&a); err != nil {
			return err
		}
		return tx.SetPassword(a.ID, hash, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.with(o).handler)
	t.Cleanup(server.Close)
	return server.URL, func(d time.Duration) { now = now.Add(d) }
}

func newVisit(t *testing.T, base string) visit {
	jar, _ := cookiejar.New(nil)
	return visit{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, t, base}
}

func (v visit) send(path string, form url.Values) *http.Response {
	v.t.Helper()
	var resp *http.Response
	var err error
	if form == nil {
		resp, err = v.Get(v.base + path)
	} else {
		resp, err = v.PostForm(v.base+path, form)
	}
	if err != nil {
		v.t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

func (v visit) signIn(password, next string) *http.Response {
	v.t.Helper()
	return v.send("/sign-in", url.Values{"email": {"A@example.org"}, "password": {password}, "next": {next}})
}

func TestGuessingPasswords(t *testing.T) {
	s := newSite(t)
	base, forward := opened(t, s, nil)
	owner, thief := newVisit(t, base), newVisit(t, base)
	if got := owner.signIn(goodPassword, ""); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("the owner is answered %d", got.StatusCode)
	}
	before, began := s.rows(), time.Now()
	statuses := map[int]int{}
	for range 10_000 {
		resp := thief.signIn("wrong password 1", "")
		statuses[resp.StatusCode]++
		if resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") == "" {
			t.Fatal("nothing says when to try again")
		}
	}
	if statuses[401] != accountTries || statuses[401]+statuses[429] != 10_000 {
		t.Errorf("10,000 wrong passwords are answered %v in %s", statuses, time.Since(began))
	}
	if n := s.rows() - before; n != 1 {
		t.Errorf("they leave %d rows in the trail", n)
	}
	if got := thief.signIn(goodPassword, ""); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the right password is answered %d among wrong ones", got.StatusCode)
	}
	if got := owner.signIn(goodPassword, ""); got.StatusCode != http.StatusSeeOther {
		t.Errorf("the owner is kept out by others: %d", got.StatusCode)
	}
	forward(accountTries * accountEvery)
	if got := thief.signIn(goodPassword, ""); got.StatusCode != http.StatusSeeOther {
		t.Errorf("after a while it is still shut: %d", got.StatusCode)
	}
	if log := s.log.String(); strings.Contains(log, "wrong password") || strings.Contains(log, goodPassword) || !strings.Contains(log, "sign-in refused") {
		t.Error("the log holds a password, or does not say that there were wrong ones")
	}
}

func TestUnknownAccountsAreAnsweredAlike(t *testing.T) {
	t.Parallel()
	base, _ := opened(t, newSite(t), nil)
	v := newVisit(t, base)
	wrong := v.signIn("wrong password 1", "")
	unknown := v.send("/sign-in", url.Values{"email": {"nobody@example.org"}, "password": {"wrong password 1"}})
	if wrong.StatusCode != 401 || unknown.StatusCode != 401 {
		t.Errorf("%d and %d", wrong.StatusCode, unknown.StatusCode)
	}
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	base, _ := opened(t, newSite(t), nil)
	v := newVisit(t, base)
	for _, next := range []string{"//evil.example", `/\evil.example`, "https:evil.example", "https://evil.example", "javascript:alert(1)", "/\tx", "/x\r\nSet-Cookie: a=b", "evil"} {
		resp := v.signIn(goodPassword, next)
		if at := resp.Header.Get("Location"); resp.StatusCode != http.StatusSeeOther || at != "/" {
			t.Errorf("%q leads to %q, %d", next, at, resp.StatusCode)
		}
	}
	if at := v.signIn(goodPassword, "/postings?q=a").Header.Get("Location"); at != "/postings?q=a" {
		t.Errorf("an address of the site leads to %q", at)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		base, forward := opened(t, newSite(t), func(o *Options) { o.Idle, o.Lifetime = time.Hour, 12*time.Hour })
		v, other := newVisit(t, base), newVisit(t, base)
		at, _ := url.Parse(base)
		v.send("/sign-in", nil)
		v.signIn(goodPassword, "")
		first := v.Jar.Cookies(at)
		v.signIn(goodPassword, "")
		if again := v.Jar.Cookies(at); first[0].Value == again[0].Value && first[len(first)-1].Value == again[len(again)-1].Value {
			t.Error("the session keeps its name at sign-in")
		}
		forward(59 * time.Minute)
		if got := v.send("/postings", nil).StatusCode; got != 200 {
			t.Errorf("a session in use answers %d", got)
		}
		forward(59 * time.Minute)
		if got := v.send("/postings", nil).StatusCode; got != 200 {
			t.Errorf("using a session does not keep it: %d", got)
		}
		forward(61 * time.Minute)
		if got := v.send("/postings", nil).StatusCode; got != 401 {
			t.Errorf("an idle session answers %d", got)
		}
		v.signIn(goodPassword, "")
		other.signIn(goodPassword, "")
		other.send("/account/sessions/end", url.Values{})
		if got := v.send("/postings", nil).StatusCode; got != 401 {
			t.Errorf("signed out everywhere, it answers %d", got)
		}
		v.Jar.SetCookies(at, []*http.Cookie{{Name: "samband", Value: "tampered"}, {Name: "device", Value: "1.abc"}})
		if got := v.send("/postings", nil).StatusCode; got != 401 {
			t.Errorf("a tampered cookie answers %d", got)
		}
	})
}

func TestTooManyCalls(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	o := s.options
	o.APIRate = 2
	limited := s.with(o)
	for i := range 11 {
		p := limited.get("/api/v1/represent?state=FI&matter=customs&place=VN")
		if want := map[bool]int{true: 429, false: 200}[i == 10]; p.StatusCode != want {
			t.Fatalf("call %d is answered %d", i, p.StatusCode)
		}
		if i == 10 && (p.Header.Get("Retry-After") == "" || !strings.Contains(p.Header.Get("Content-Type"), "problem+json")) {
			t.Errorf("the refusal is %v", p.Header)
		}
	}
	limited.get("/postings").is(429) // pages and files count too
	limited.get("/sign-in").is(303)
}

func TestHeadersOverTLS(t *testing.T) {
	t.Parallel()
	base, _ := opened(t, newSite(t), func(o *Options) { o.Secure = true })
	resp := newVisit(t, base).signIn(goodPassword, "")
	cookies := strings.Join(resp.Header.Values("Set-Cookie"), "\n")
	for _, want := range []string{"__Host-samband=", "__Host-device=", "Secure", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookies, want) {
			t.Errorf("the cookies lack %s: %s", want, cookies)
		}
	}
	if resp.Header.Get("Strict-Transport-Security") != "max-age=31536000; includeSubDomains" || strings.Contains(resp.Header.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("the headers are %v", resp.Header)
	}
}
