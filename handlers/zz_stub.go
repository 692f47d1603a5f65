package handlers

import (
	"context"
	"errors"
	"net/url"
)

type SSO struct {
	Issuer, ClientID, ClientSecret, RedirectURL, Claim string
	Roles                                              map[string]string
	Label                                              string
}
type sso struct{}
type ssoStart struct{ URL, State, Nonce, Verifier string }
type ssoUser struct {
	Issuer, Subject, Email, Name string
	Groups, Grants               []string
}

var errSSOState, errSSORefused, errSSOToken, errSSOEmail, errSSODown = errors.New("1"), errors.New("2"), errors.New("3"), errors.New("4"), errors.New("5")

func newSSO(o SSO) *sso                                      { return nil }
func (s *sso) start(ctx context.Context) (ssoStart, error) { return ssoStart{}, nil }
func (s *sso) finish(ctx context.Context, kept ssoStart, q url.Values) (ssoUser, error) {
	return ssoUser{}, nil
}
