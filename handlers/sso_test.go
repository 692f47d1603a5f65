package handlers

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/oauth2"

	"samband/models"
)

// grouped is the provider's memory, which says of everybody the same groups.
type grouped struct {
	*storage.Storage
	groups []string
}

func (g *grouped) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, token, subject, origin string) error {
	err := g.Storage.SetUserinfoFromToken(ctx, info, token, subject, origin)
	info.AppendClaims("groups", g.groups)
	return err
}

// newProvider runs a real OpenID Connect provider.
func newProvider(t *testing.T, redirect string) (issuer string, memory *grouped) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	issuer = "http://" + server.Listener.Addr().String()
	clients := map[string]*storage.Client{"samband": storage.WebClient("samband", "secret", redirect)}
	memory = &grouped{Storage: storage.NewStorageWithClients(storage.NewUserStore("http://localhost:1"), clients)}
	old := slog.Default()
	server.Config.Handler = exampleop.SetupServer(issuer, memory, slog.New(slog.DiscardHandler), false, op.WithAllowInsecure())
	server.Start()
	t.Cleanup(func() {
		server.Close()
		slog.SetDefault(old)
	})
	return issuer, memory
}

func TestSSOWithARealProvider(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, newSite func(*testing.T) *site) {
		s := newSite(t)
		server := httptest.NewUnstartedServer(nil)
		base := "http://" + server.Listener.Addr().String()
		issuer, memory := newProvider(t, base+"/sign-in/sso/callback")
		o := s.options
		o.SSO = SSO{Issuer: issuer, ClientID: "samband", ClientSecret: "secret", RedirectURL: base + "/sign-in/sso/callback", Claim: "groups",
			Roles: map[string]string{"ptn-se": "coordinator:SE", "ptn-read": "partner:all"}, Label: "Nordic ID"}
		server.Config.Handler = s.with(o).handler
		server.Start()
		t.Cleanup(server.Close)

		memory.groups = []string{"ptn-se", "other"}
		if at, body := throughProvider(t, base); at != "/postings" || !strings.Contains(body, "test-user2@zitadel.ch") {
			t.Fatalf("signing in elsewhere leads to %s: %.600s", at, body)
		}
		a, err := s.store.AccountNamed(context.Background(), "test-user2@zitadel.ch")
		if err != nil || a.Rights.String() != "coordinator:SE" || a.Subject != "id2" || a.Issuer != issuer {
			t.Fatalf("the account is %+v, %v", a, err)
		}
		memory.groups = []string{"ptn-read"}
		throughProvider(t, base)
		if a, _ = s.store.AccountNamed(context.Background(), a.Email); a.Rights.String() != "partner:all" {
			t.Errorf("other groups leave the rights at %s", a.Rights)
		}
		memory.groups = []string{"other"}
		if at, body := throughProvider(t, base); at == "/postings" || !strings.Contains(body, "no role in Samband") {
			t.Errorf("who has no role is let in at %s: %.600s", at, body)
		}
	})
}

// throughProvider signs in with a browser of its own, and returns where that
// leads.
func throughProvider(t *testing.T, base string) (path, body string) {
	t.Helper()
	resp, body := atProvider(t, base+"/sign-in/sso?next=/postings", nil)
	return resp.Request.URL.Path, body
}

// atProvider signs in on the provider's own page, to which an address leads.
func atProvider(t *testing.T, address string, redirected func(*http.Request, []*http.Request) error) (*http.Response, string) {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: redirected}
	page := func(resp *http.Response, err error) (*http.Response, string) {
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		return resp, string(b)
	}
	login, text := page(client.Get(address))
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(text)
	if id == nil {
		t.Fatalf("no page to sign in at %s: %s", login.Request.URL, text)
	}
	return page(client.PostForm(login.Request.URL.String(), url.Values{"username": {"test-user2"}, "password": {"verysecure"}, "id": {id[1]}}))
}

func TestSSOLearnsWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	const back = "http://127.0.0.1:1/sign-in/sso/callback" // where nobody is
	issuer, memory := newProvider(t, back)
	memory.groups = []string{"se", "other", "fi", "se-too"}
	want := ssoUser{issuer, "id2", "test-user2@zitadel.ch", "Test User2", memory.groups, []string{"coordinator:FI", "coordinator:SE"}, 0, false}
	for _, c := range []struct {
		name, secret, verifier string
		times                  int // that the answer is good
	}{{"as asked", "secret", "", 1}, {"another verifier", "secret", oauth2.GenerateVerifier(), 0}, {"another secret", "other", "", 0}} {
		s := newSSO(SSO{Issuer: issuer, ClientID: "samband", ClientSecret: c.secret, RedirectURL: back,
			Roles: map[string]string{"se": "coordinator:SE", "se-too": "coordinator:SE", "fi": "coordinator:FI", "no": "coordinator:NO"}})
		kept, err := s.start(context.Background(), true)
		if err != nil {
			t.Fatal(err)
		}
		resp, _ := atProvider(t, kept.URL, func(r *http.Request, _ []*http.Request) error {
			if strings.HasPrefix(r.URL.String(), back) {
				return http.ErrUseLastResponse
			}
			return nil
		})
		answer, err := resp.Location()
		if err != nil {
			t.Fatal(err)
		}
		kept.Verifier = cmp.Or(c.verifier, kept.Verifier)
		for i := range 2 {
			u, err := s.finish(context.Background(), kept, answer.Query())
			if age := time.Now().Unix() - u.Authed; i < c.times && (age < 0 || age > 60) {
				t.Errorf("%s: who it is was asked %d s ago", c.name, age)
			}
			u.Authed = 0
			if i < c.times && (err != nil || !reflect.DeepEqual(u, want)) || i >= c.times && !errors.Is(err, errSSORefused) {
				t.Errorf("%s, time %d: %+v, %v", c.name, i+1, u, err)
			}
		}
	}
}

// A hostile provider says what a test has it say.
type hostile struct {
	*httptest.Server
	broken map[string]int // which pages fail how, with all they know
	self   map[string]any // what it says of itself
	claims map[string]any // of the token
	info   map[string]any // what it answers when asked
	sign   func(*hostile) (string, error)
	asked  atomic.Int32 // how often it said what it is
	style  atomic.Value // how it got the secret
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newHostile(t *testing.T) *hostile {
	t.Helper()
	key := newKey(t)
	h := &hostile{sign: signed(jose.ES256, key), broken: map[string]int{}}
	mux := http.NewServeMux()
	say := func(path string, what func(*http.Request) any) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if status := h.broken[path]; status != 0 {
				w.Header().Set("Location", h.URL+"/elsewhere")
				w.WriteHeader(status)
				fmt.Fprintf(w, `{"error":%q,"error_description":%q}`, r.FormValue("code"), fmt.Sprint(r.Header))
				return
			}
			_ = json.NewEncoder(w).Encode(what(r))
		})
	}
	say("/.well-known/openid-configuration", func(*http.Request) any { h.asked.Add(1); return h.self })
	say("/k", func(*http.Request) any {
		return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "1", Algorithm: "ES256", Use: "sig"}}}
	})
	say("/u", func(*http.Request) any { return h.info })
	token := func(r *http.Request) any {
		_, secret, _ := r.BasicAuth()
		h.style.Store([2]string{secret, r.PostFormValue("client_secret")})
		token, err := h.sign(h)
		if err != nil {
			t.Error(err)
		}
		return map[string]any{"access_token": "access-secret", "token_type": "Bearer", "id_token": token}
	}
	say("/t", token)
	say("/elsewhere", token)
	h.Server = httptest.NewServer(mux)
	t.Cleanup(h.Close)
	h.self = map[string]any{"issuer": h.URL, "authorization_endpoint": h.URL + "/a", "token_endpoint": h.URL + "/t", "jwks_uri": h.URL + "/k",
		"userinfo_endpoint": h.URL + "/u", "id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"}}
	return h
}

// signed makes a token of the claims.
func signed(alg jose.SignatureAlgorithm, key any) func(*hostile) (string, error) {
	return func(h *hostile) (string, error) {
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "1"))
		if err != nil {
			return "", err
		}
		return jwt.Signed(signer).Claims(h.claims).Serialize()
	}
}

// unsigned makes a token that says that it needs no signature.
func unsigned(h *hostile) (string, error) {
	b, err := json.Marshal(h.claims)
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(b) + ".", err
}

// An attempt is a sign-in at a hostile provider, good until a test changes it.
type attempt struct {
	*hostile
	kept, later ssoStart
	answer      url.Values
}

func TestSSOTrustsNoBadAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*attempt)
		want   error
	}{
		{"a good one", func(*attempt) {}, nil},
		{"made for this client too", func(a *attempt) { a.claims["aud"], a.claims["azp"] = []string{"other", "samband"}, "samband" }, nil},
		{"an address verified when asked", func(a *attempt) {
			delete(a.claims, "email_verified")
			a.info["email"], a.info["email_verified"] = "a@example.org", true
		}, nil},
		{"an address nothing more is said of", func(a *attempt) { delete(a.claims, "email_verified") }, errSSOEmail},
		{"an address nothing more is said of when asked", func(a *attempt) { delete(a.claims, "email_verified"); a.info["email"] = "a@example.org" }, errSSOEmail},
		{"another address verified when asked", func(a *attempt) {
			delete(a.claims, "email_verified")
			a.info["email"], a.info["email_verified"] = "b@example.org", true
		}, errSSOEmail},
		{"an address verified otherwise", func(a *attempt) { a.claims["email_verified"] = 1 }, errSSOEmail},
		{"an address verified, in words", func(a *attempt) { a.claims["email_verified"] = "true" }, nil},
		{"groups when asked", func(a *attempt) { a.info["realm"], a.claims["realm"] = map[string]any{"roles": "g"}, map[string]any{} }, nil},
		{"another nonce", func(a *attempt) { a.claims["nonce"] = "other" }, errSSOToken},
		{"no nonce", func(a *attempt) { delete(a.claims, "nonce") }, errSSOToken},
		{"no nonce kept", func(a *attempt) { delete(a.claims, "nonce"); a.kept.Nonce = "" }, errSSOState},
		{"another audience", func(a *attempt) { a.claims["aud"] = "other" }, errSSOToken},
		{"another party", func(a *attempt) { a.claims["azp"] = "other" }, errSSOToken},
		{"another issuer", func(a *attempt) { a.claims["iss"] = "https://other.example.org" }, errSSOToken},
		{"nobody", func(a *attempt) { a.claims["sub"], a.info["sub"] = "", "" }, errSSOToken},
		{"an expired token", func(a *attempt) { a.claims["exp"] = time.Now().Add(-time.Minute).Unix() }, errSSOToken},
		{"a token without end", func(a *attempt) { delete(a.claims, "exp") }, errSSOToken},
		{"a token not signed", func(a *attempt) { a.sign = unsigned }, errSSOToken},
		{"a token signed by a secret", func(a *attempt) { a.sign = signed(jose.HS256, bytes.Repeat([]byte("k"), 32)) }, errSSOToken},
		{"a token signed by somebody else", func(a *attempt) { a.sign = signed(jose.ES256, newKey(t)) }, errSSOToken},
		{"no token", func(a *attempt) { a.sign = func(*hostile) (string, error) { return "", nil } }, errSSOToken},
		{"an address not verified", func(a *attempt) { a.claims["email_verified"] = false }, errSSOEmail},
		{"an address not verified, in words", func(a *attempt) { a.claims["email_verified"] = "false" }, errSSOEmail},
		{"an address not known to be verified", func(a *attempt) { a.claims["email_verified"] = nil }, errSSOEmail},
		{"an address not verified when asked", func(a *attempt) { delete(a.claims, "realm"); a.info["email_verified"] = false }, errSSOEmail},
		{"no address", func(a *attempt) { delete(a.claims, "email") }, errSSOEmail},
		{"answers about somebody else", func(a *attempt) { delete(a.claims, "realm"); a.info["sub"] = "other" }, errSSOToken},
		{"answers about nobody", func(a *attempt) { delete(a.claims, "realm"); delete(a.info, "sub") }, errSSOToken},
		{"another state", func(a *attempt) { a.answer.Set("state", "other") }, errSSOState},
		{"the state of an earlier sign-in", func(a *attempt) { a.kept = a.later }, errSSOState},
		{"no state", func(a *attempt) { a.answer.Del("state") }, errSSOState},
		{"nothing asked", func(a *attempt) { a.kept.State = ""; a.answer.Set("state", "") }, errSSOState},
		{"no verifier kept", func(a *attempt) { a.kept.Verifier = "" }, errSSOState},
		{"a refusal", func(a *attempt) { a.answer.Set("error", "access_denied") }, errSSORefused},
		{"a refusal that repeats the code", func(a *attempt) { a.answer.Set("error", "code-secret") }, errSSORefused},
		{"no code", func(a *attempt) { a.answer.Del("code") }, errSSORefused},
		{"no token for the code", func(a *attempt) { a.broken["/t"] = http.StatusBadRequest }, errSSORefused},
		{"a token to be had elsewhere", func(a *attempt) { a.broken["/t"] = http.StatusTemporaryRedirect }, errSSORefused},
		{"a provider out of order", func(a *attempt) { a.broken["/t"] = http.StatusBadGateway }, errSSODown},
		{"no keys", func(a *attempt) { a.broken["/k"] = http.StatusInternalServerError }, errSSODown},
		{"no answers", func(a *attempt) { delete(a.claims, "email"); a.broken["/u"] = http.StatusInternalServerError }, errSSODown},
		{"nobody there", func(a *attempt) { a.Close() }, errSSODown},
	} {
		t.Run(c.name, func(t *testing.T) { tryHostile(t, c.change, c.want) })
	}
}

func tryHostile(t *testing.T, change func(*attempt), want error) {
	s, a := newAttempt(t)
	change(a)
	u, err := s.finish(context.Background(), a.kept, a.answer)
	if !errors.Is(err, want) {
		t.Fatalf("%v, want %v", err, want)
	}
	for _, secret := range []string{"secret", a.kept.State, a.kept.Nonce, a.kept.Verifier, "eyJ"} {
		if secret != "" && strings.Contains(fmt.Sprint(err), secret) {
			t.Errorf("the error tells %q: %v", secret, err)
		}
	}
	good := ssoUser{Issuer: a.URL, Subject: "1", Email: "a@example.org", Groups: u.Groups, Grants: []string{"partner:FI"}}
	if err == nil && !reflect.DeepEqual(u, good) || err != nil && !reflect.DeepEqual(u, ssoUser{}) {
		t.Errorf("somebody else: %+v, %v", u, err)
	}
}

func newAttempt(t *testing.T) (*sso, *attempt) {
	t.Helper()
	h := newHostile(t)
	s := newSSO(SSO{Issuer: h.URL, ClientID: "samband", ClientSecret: "client-secret", Claim: "realm.roles", Roles: map[string]string{"g": "partner:FI"}})
	kept, err := s.start(context.Background(), false)
	later, again := s.start(context.Background(), false)
	if err != nil || again != nil || kept.Nonce == later.Nonce || kept.Verifier == later.Verifier {
		t.Fatalf("%+v, %v and then %+v, %v", kept, err, later, again)
	}
	h.info = map[string]any{"sub": "1"}
	h.claims = map[string]any{"iss": h.URL, "sub": "1", "aud": "samband", "exp": time.Now().Add(time.Hour).Unix(), "nonce": kept.Nonce,
		"email": "a@example.org", "email_verified": true, "realm": map[string]any{"roles": []string{"g", "h", "g"}}}
	return s, &attempt{h, kept, later, url.Values{"state": {kept.State}, "code": {"code-secret"}}}
}

func TestSSOComesBack(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	hanging := make(chan struct{})
	mux := h.Config.Handler
	h.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-hanging
		mux.ServeHTTP(w, r)
	})
	s := newSSO(SSO{Issuer: h.URL, ClientID: "samband"})
	s.client.Timeout = 50 * time.Millisecond
	start := func(name string, ctx context.Context, want error) {
		t.Helper()
		if _, err := s.start(ctx, false); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	start("somebody who does not wait", gone, context.Canceled)
	start("a provider that hangs", context.Background(), errSSODown)
	h.broken["/.well-known/openid-configuration"] = http.StatusInternalServerError
	close(hanging)
	s.client.Timeout = ssoPatience
	start("a provider that is down", context.Background(), errSSODown)
	h.asked.Store(0)
	delete(h.broken, "/.well-known/openid-configuration")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { start("a provider that is up again", context.Background(), nil) })
	}
	wg.Wait()
	if n := h.asked.Load(); n != 1 {
		t.Errorf("the provider is asked %d times what it is", n)
	}
}

func TestSSOTalksWhereNobodyListens(t *testing.T) {
	t.Parallel()
	if newSSO(SSO{}) != nil {
		t.Error("there is a provider without an issuer")
	}
	for address, want := range map[string]bool{"https://login.example.org/realm": true, "http://127.0.0.1:8080": true, "http://[::1]:1": true,
		"http://localhost": true, "http://login.example.org": false, "http://localhost.example.org": false, "http://127.0.0.1.example.org": false,
		"ftp://localhost": false, "https:///realm": false, "login.example.org": false, "": false, "http://localhost@example.org": false} {
		if unheard(address) != want {
			t.Errorf("%q: %t", address, !want)
		}
	}
	if _, err := newSSO(SSO{Issuer: "http://login.example.org"}).start(context.Background(), false); !strings.Contains(fmt.Sprint(err), "not https") {
		t.Errorf("a provider without TLS: %v", err)
	}
	for _, page := range []string{"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "issuer"} {
		h := newHostile(t)
		h.self[page] = "http://login.example.org/"
		if _, err := newSSO(SSO{Issuer: h.URL}).start(context.Background(), false); !errors.Is(err, errSSODown) {
			t.Errorf("a provider with a %s without TLS: %v", page, err)
		}
	}
}

func TestSSOTellsTheSecretAsAsked(t *testing.T) {
	t.Parallel()
	for methods, want := range map[string][2]string{"": {"client-secret", ""}, "client_secret_post": {"", "client-secret"},
		"client_secret_post client_secret_basic": {"client-secret", ""}} {
		_, a := newAttempt(t)
		a.self["token_endpoint_auth_methods_supported"] = strings.Fields(methods)
		delete(a.self, "userinfo_endpoint")
		s := newSSO(SSO{Issuer: a.URL, ClientID: "samband", ClientSecret: "client-secret"})
		u, err := s.finish(context.Background(), a.kept, a.answer)
		if got := a.style.Load(); err != nil || got != want || u.Groups != nil {
			t.Errorf("%s: %q, want %q; %+v, %v", methods, got, want, u, err)
		}
	}
}

func TestSSOOfAnotherSubject(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	srv := &server{store: s.store}
	first, err := srv.ssoAccount(context.Background(), ssoUser{Issuer: "i", Subject: "1", Email: "A@example.org", Grants: []string{"partner:FI"}}, "r")
	if err != nil || first.Email != "a@example.org" {
		t.Fatalf("%+v, %v", first, err)
	}
	if _, err := srv.ssoAccount(context.Background(), ssoUser{Issuer: "i", Subject: "2", Email: "a@example.org", Grants: []string{"coordinator:all"}}, "r"); err == nil {
		t.Error("somebody else takes over the account of an address")
	}
	moved, err := srv.ssoAccount(context.Background(), ssoUser{Issuer: "i", Subject: "1", Email: "b@example.org", Grants: []string{"partner:FI"}}, "r")
	if err != nil || moved.ID != first.ID || moved.Email != "b@example.org" {
		t.Errorf("a new address makes %+v, %v", moved, err)
	}
	if rights := models.ParseRights("partner:FI"); moved.Rights.String() != rights.String() {
		t.Errorf("the rights are %s", moved.Rights)
	}
}
