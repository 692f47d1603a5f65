package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// ssoKept is what is kept while somebody signs in at the provider.
type ssoKept struct {
	Start ssoStart
	Next  string
	Again bool // to authenticate again, though signed in already
}

// signInSSO redirects to the provider of single sign-on.
func (s *server) signInSSO(c *gin.Context) error {
	if s.sso == nil {
		return db.ErrNotFound
	}
	ctx := c.Request.Context()
	again := c.Query("again") != ""
	start, err := s.sso.start(ctx, again)
	if err != nil {
		return s.refusedSSO(c, err)
	}
	kept, err := json.Marshal(ssoKept{start, localPath(c.Query("next")), again})
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, keySSO, string(kept))
	c.Redirect(http.StatusSeeOther, start.URL)
	return nil
}

// signedInSSO takes the provider's answer. Whoever has a role there gets an
// account, and each sign-in sets its roles to the current ones.
func (s *server) signedInSSO(c *gin.Context) error {
	if s.sso == nil {
		return db.ErrNotFound
	}
	ctx := c.Request.Context()
	var kept ssoKept
	if json.Unmarshal([]byte(s.sessions.PopString(ctx, keySSO)), &kept) != nil {
		return s.refusedSSO(c, errSSOState)
	}
	var user ssoUser
	err := s.tried(c, s.addressMeter(c), func() (err error) {
		user, err = s.sso.finish(ctx, kept.Start, c.Request.URL.Query())
		if err == nil && kept.Again && !s.justSignedIn(&visitor{authed: time.Unix(user.Authed, 0)}) {
			err = fmt.Errorf("%w: it does not say that somebody signed in just now", errSSOToken)
		}
		if errors.Is(err, errSSOToken) || errors.Is(err, errSSOState) {
			err = fmt.Errorf("%w: %w", db.ErrCredentials, err)
		}
		return err
	})
	if wait, ok := errors.AsType[waiting](err); ok {
		return s.throttled(c, wait, views.SignIn{Next: kept.Next})
	}
	if err != nil {
		return s.refusedSSO(c, err)
	}
	account, err := s.ssoAccount(ctx, user, requestID(c))
	if problems, ok := errors.AsType[models.Problems](err); ok && problems.Has("email") {
		return s.takenSSO(c, user)
	}
	if err != nil {
		return s.refusedSSO(c, err)
	}
	about(c, account.ID, 0)
	by, next := proof{how: "single sign-on", authed: user.Authed, factors: user.Factors}, kept.Next
	has, err := s.store.HasSecondFactor(ctx, account.ID)
	switch {
	case err != nil:
		return err
	case has && !user.Factors:
		return s.askCode(c, account.ID, by, next)
	}
	return s.enter(c, account, by, next)
}

// takenSSO says that another account has the user's address, and what an
// administrator needs to tie the two.
func (s *server) takenSSO(c *gin.Context, user ssoUser) error {
	s.log.Warn("single sign-on refused", lineOf(c, "error", "another account has the address")...)
	return s.signInPage(c, http.StatusForbidden, views.SignIn{Problem: models.Say("sign_in.sso_taken", "email", user.Email, "subject", user.Subject)})
}

// ssoAccount returns the account of a user of the provider, with the current
// roles. Without any, it is db.ErrForbidden.
func (s *server) ssoAccount(ctx context.Context, user ssoUser, request string) (a models.Account, err error) {
	var rights models.Rights
	for _, text := range user.Grants {
		if g, ok := models.ParseGrant(text); ok {
			rights = append(rights, g)
		}
	}
	if len(rights) == 0 {
		return a, db.ErrForbidden
	}
	actor := db.Actor{Name: "single sign-on", Rights: models.AllRights, Request: request}
	err = s.store.Write(ctx, actor, func(tx *db.Tx) error {
		a, err = tx.SaveSubject(models.Account{Email: user.Email, Rights: rights, Issuer: user.Issuer, Subject: user.Subject})
		return err
	})
	return a, err
}

// refusedSSO says that single sign-on failed, and why. An error of another kind
// is returned.
func (s *server) refusedSSO(c *gin.Context, err error) error {
	status, key := http.StatusUnauthorized, "sign_in.sso_refused"
	switch {
	case errors.Is(err, db.ErrForbidden):
		status, key = http.StatusForbidden, "sign_in.sso_no_role"
	case errors.Is(err, errSSODown):
		status, key = http.StatusServiceUnavailable, "sign_in.sso_down"
	case !errors.Is(err, errSSOState) && !errors.Is(err, errSSORefused) && !errors.Is(err, errSSOToken) && !errors.Is(err, errSSOEmail):
		return err
	}
	s.log.Warn("single sign-on refused", lineOf(c, "error", err)...)
	return s.signInPage(c, status, views.SignIn{Problem: models.Say(key)})
}
