package handlers

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// SSO are the settings of single sign-on with OpenID Connect.
type SSO struct {
	Issuer, ClientID, ClientSecret string // no Issuer means no single sign-on
	RedirectURL                    string
	// Claim holds somebody's groups: a text or a list of texts. Dots lead into
	// nested claims: "realm_access.roles". The default is "groups".
	Claim string
	Roles map[string]string // what a group may do, as models.ParseGrant reads it
	Label string            // what it is called on the sign-in page
	// Strong are the values of the claim acr with which the provider says that
	// it asked for more than one proof. "mfa" in amr always says so.
	Strong []string
}

// What can go wrong with single sign-on. No error contains a code, a token or a
// secret, even if the provider repeats one.
var (
	errSSOState   = errors.New("sso: not the answer to what was asked here")
	errSSORefused = errors.New("sso: the provider refused")
	errSSOToken   = errors.New("sso: the provider's token is not good")
	errSSOEmail   = errors.New("sso: there is no e-mail address that the provider vouches for")
	errSSODown    = errors.New("sso: the provider cannot be reached")
)

// ssoPatience is how long the provider may take to answer.
const ssoPatience = 10 * time.Second

// An sso is a provider. It is asked for its description when it is first used.
type sso struct {
	SSO
	client *http.Client
	mu     sync.Mutex
	asked  *ssoProvider // nil until first used, and after a failure
}

// An ssoProvider is what a provider says about itself, or why it does not. It
// can be read once done is closed.
type ssoProvider struct {
	*oidc.Provider
	config oauth2.Config
	err    error
	done   chan struct{}
}

// newSSO returns the provider in the settings, nil if there is none. It follows
// no redirects, so that what is meant for the provider goes nowhere else.
func newSSO(o SSO) *sso {
	if o.Issuer == "" {
		return nil
	}
	o.Claim = cmp.Or(o.Claim, "groups")
	return &sso{SSO: o, client: &http.Client{Timeout: ssoPatience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// An ssoStart is where somebody is sent to sign in, and what must be kept until
// he or she comes back.
type ssoStart struct{ URL, State, Nonce, Verifier string }

// An ssoUser is somebody as the provider knows him or her. Grants are sorted.
type ssoUser struct {
	Issuer, Subject, Email, Name string
	Groups, Grants               []string
	// Authed is when the provider last authenticated the person, in seconds
	// since 1970, 0 if it does not say. Factors says that it asked for more
	// than one proof.
	Authed  int64
	Factors bool
}

// discover returns the provider. Everybody who calls it while the provider is
// being asked waits for the same answer; after a failure, the next call asks
// again.
func (s *sso) discover(ctx context.Context) (*ssoProvider, error) {
	s.mu.Lock()
	p := s.asked
	if p == nil {
		p = &ssoProvider{done: make(chan struct{})}
		s.asked = p
		go s.ask(p)
	}
	s.mu.Unlock()
	select {
	case <-p.done:
		return p, p.err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", errSSODown, ctx.Err())
	}
}

// ask fills in what the provider says about itself. It belongs to no request,
// since others may be waiting for it too.
func (s *sso) ask(p *ssoProvider) {
	defer close(p.done)
	if p.err = s.describe(p); p.err != nil {
		s.mu.Lock()
		s.asked = nil
		s.mu.Unlock()
	}
}

// describe asks the provider about itself, and refuses addresses on which
// others could listen in.
func (s *sso) describe(p *ssoProvider) (err error) {
	if !unheard(s.Issuer) {
		return fmt.Errorf("%w: its address is not https", errSSODown)
	}
	var says struct {
		Keys    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if p.Provider, err = oidc.NewProvider(oidc.ClientContext(context.Background(), s.client), s.Issuer); err == nil {
		err = p.Claims(&says)
	}
	if err != nil {
		return fmt.Errorf("%w: %.200s", errSSODown, err)
	}
	at := p.Endpoint()
	for _, address := range []string{at.AuthURL, at.TokenURL, says.Keys, cmp.Or(p.UserInfoEndpoint(), s.Issuer)} {
		if !unheard(address) {
			return fmt.Errorf("%w: it says to use %.200q, which is not https", errSSODown, address)
		}
	}
	at.AuthStyle = oauth2.AuthStyleInHeader
	if s.ClientSecret == "" || len(says.Methods) > 0 && !slices.Contains(says.Methods, "client_secret_basic") {
		at.AuthStyle = oauth2.AuthStyleInParams
	}
	p.config = oauth2.Config{ClientID: s.ClientID, ClientSecret: s.ClientSecret, Endpoint: at, RedirectURL: s.RedirectURL,
		Scopes: []string{oidc.ScopeOpenID, oidc.ScopeEmail, oidc.ScopeProfile}}
	return nil
}

// unheard reports whether nobody else can listen in on an address: it is https,
// or on this machine.
func unheard(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Hostname() != "" && (u.Scheme == "https" ||
		u.Scheme == "http" && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, u.Hostname()))
}

// start returns where somebody is sent to sign in. With again, the provider is
// to authenticate even somebody who has just signed in.
func (s *sso) start(ctx context.Context, again bool) (ssoStart, error) {
	p, err := s.discover(ctx)
	if err != nil {
		return ssoStart{}, err
	}
	kept := ssoStart{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	options := []oauth2.AuthCodeOption{oidc.Nonce(kept.Nonce), oauth2.S256ChallengeOption(kept.Verifier)}
	if again {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(freshFor.Seconds()))))
	}
	kept.URL = p.config.AuthCodeURL(kept.State, options...)
	return kept, nil
}

// finish takes the answer with which the provider sends somebody back. What was
// kept is good for one answer only: the caller must forget it first.
func (s *sso) finish(ctx context.Context, kept ssoStart, answer url.Values) (ssoUser, error) {
	if kept.State == "" || kept.Nonce == "" || kept.Verifier == "" || !alike(kept.State, answer.Get("state")) {
		return ssoUser{}, errSSOState
	}
	if answer.Has("error") || answer.Get("code") == "" {
		return ssoUser{}, fmt.Errorf("%w: %s", errSSORefused, ssoReason(answer.Get("error")))
	}
	p, err := s.discover(ctx)
	if err != nil {
		return ssoUser{}, err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, s.client), ssoPatience)
	defer cancel()
	token, err := p.config.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(kept.Verifier))
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok && refused.Response.StatusCode < 500 {
		return ssoUser{}, fmt.Errorf("%w: %s", errSSORefused, ssoReason(refused.ErrorCode))
	}
	if err != nil {
		return ssoUser{}, fmt.Errorf("%w: no token", errSSODown)
	}
	id, err := s.verify(ctx, p, token, kept.Nonce)
	if err != nil {
		return ssoUser{}, err
	}
	said, err := s.claims(ctx, p, token, id)
	if err != nil {
		return ssoUser{}, err
	}
	return s.user(id, said)
}

func alike(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// ssoReason returns a reason that a standard defines; any other could be a
// secret.
func ssoReason(code string) string {
	switch code {
	case "access_denied", "consent_required", "interaction_required", "invalid_client", "invalid_grant", "invalid_request", "invalid_scope",
		"login_required", "server_error", "temporarily_unavailable", "unauthorized_client", "unsupported_grant_type":
		return code
	}
	return "without a known reason"
}

// verify returns the token about somebody, if the provider made it for this
// site and for the sign-in with that nonce.
func (s *sso) verify(ctx context.Context, p *ssoProvider, token *oauth2.Token, nonce string) (*oidc.IDToken, error) {
	raw, _ := token.Extra("id_token").(string)
	id, err := p.Verifier(&oidc.Config{ClientID: s.ClientID}).Verify(ctx, raw)
	var holder struct {
		Party *string `json:"azp"`
	}
	switch {
	case err != nil && strings.Contains(err.Error(), "fetching keys"): // the library has no error for it
		return nil, fmt.Errorf("%w: no keys", errSSODown)
	case err != nil:
		return nil, fmt.Errorf("%w: not signed, not from there, not for here, or not of now", errSSOToken)
	case !alike(id.Nonce, nonce) || id.Subject == "":
		return nil, fmt.Errorf("%w: another nonce, or about nobody", errSSOToken)
	case id.Claims(&holder) != nil || holder.Party != nil && *holder.Party != s.ClientID:
		return nil, fmt.Errorf("%w: made for another client", errSSOToken)
	}
	return id, nil
}

// ssoClaims are what a provider says about somebody: the first to be believed
// comes first.
type ssoClaims []map[string]any

// claims returns the claims in the token. If they lack the groups, an address
// or whether that is verified, it also asks the provider for more.
func (s *sso) claims(ctx context.Context, p *ssoProvider, token *oauth2.Token, id *oidc.IDToken) (ssoClaims, error) {
	var inToken, more map[string]any
	if id.Claims(&inToken) != nil {
		return nil, errSSOToken
	}
	said := ssoClaims{inToken}
	if p.UserInfoEndpoint() == "" || said.first("email") != nil && said.first("email_verified") != nil && said.first(s.Claim) != nil {
		return said, nil
	}
	info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return nil, fmt.Errorf("%w: no answer about somebody", errSSODown)
	}
	if info.Subject != id.Subject || info.Claims(&more) != nil {
		return nil, fmt.Errorf("%w: the answer is about somebody else", errSSOToken)
	}
	return append(said, more), nil
}

// first returns the first claim with a name, nil if there is none. A name with
// dots that is not itself a claim leads into nested claims.
func (said ssoClaims) first(name string) any {
	for _, c := range said {
		if c[name] != nil {
			return c[name]
		}
		at := any(c)
		for step := range strings.SplitSeq(name, ".") {
			inside, _ := at.(map[string]any)
			at = inside[step]
		}
		if at != nil {
			return at
		}
	}
	return nil
}

// user makes a user of claims. The address must be called verified in the same
// place where it is given, and nowhere unverified. How somebody signed in is
// read from the token alone.
func (s *sso) user(id *oidc.IDToken, said ssoClaims) (ssoUser, error) {
	u := ssoUser{Issuer: s.Issuer, Subject: id.Subject}
	u.Name, _ = said.first("name").(string)
	u.Email, _ = said.first("email").(string)
	verified := func(c map[string]any) bool { return c["email_verified"] == true || c["email_verified"] == "true" }
	vouched := func(c map[string]any) bool { return c["email"] == u.Email && verified(c) }
	denied := func(c map[string]any) bool { _, there := c["email_verified"]; return there && !verified(c) }
	if u.Email == "" || !slices.ContainsFunc(said, vouched) || slices.ContainsFunc(said, denied) {
		return ssoUser{}, errSSOEmail
	}
	if at, ok := said[0]["auth_time"].(float64); ok && at > 0 && at < 1e12 {
		u.Authed = int64(at)
	}
	methods, _ := said[0]["amr"].([]any)
	acr, _ := said[0]["acr"].(string)
	u.Factors = slices.Contains(methods, any("mfa")) || acr != "" && slices.Contains(s.Strong, acr)
	groups, many := said.first(s.Claim).([]any)
	if !many {
		groups = []any{said.first(s.Claim)}
	}
	for _, g := range groups {
		group, ok := g.(string)
		if !ok {
			continue
		}
		u.Groups = append(u.Groups, group)
		if grant, known := s.Roles[group]; known {
			u.Grants = append(u.Grants, grant)
		}
	}
	slices.Sort(u.Grants)
	u.Grants = slices.Compact(u.Grants)
	return u, nil
}
