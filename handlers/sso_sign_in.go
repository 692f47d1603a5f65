package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// ssoKept is what is kept while somebody signs in elsewhere.
type ssoKept struct {
	Start ssoStart
	Next  string
}

// signInSSO leads to the single sign-on provider.
func (s *server) signInSSO(c *gin.Context) error {
	if s.sso == nil {
		return db.ErrNotFound
	}
	ctx := c.Request.Context()
	start, err := s.sso.start(ctx)
	if err != nil {
		return s.refusedSSO(c, err)
	}
	kept, err := json.Marshal(ssoKept{start, localPath(c.Query("next"))})
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, keySSO, string(kept))
	c.Redirect(http.StatusSeeOther, start.URL)
	return nil
}

// signedInSSO takes what the provider says of somebody. An account is made for
// whoever has a role there, and has the roles of now each time.
func (s *server) signedInSSO(c *gin.Context) error {
	if s.sso == nil {
		return db.ErrNotFound
	}
	ctx := c.Request.Context()
	var kept ssoKept
	if json.Unmarshal([]byte(s.sessions.PopString(ctx, keySSO)), &kept) != nil {
		return s.refusedSSO(c, errSSOState)
	}
	user, err := s.sso.finish(ctx, kept.Start, c.Request.URL.Query())
	if err != nil {
		return s.refusedSSO(c, err)
	}
	account, err := s.ssoAccount(ctx, user, requestID(c))
	if err != nil {
		return s.refusedSSO(c, err)
	}
	return s.enter(c, account, "single sign-on", views.Onward{Next: kept.Next})
}

// ssoAccount returns the account of somebody as the provider knows him or her,
// with the roles of now.
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

// refusedSSO says that signing in elsewhere came to nothing.
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
	s.log.Warn("single sign-on refused", "id", requestID(c), "error", err)
	return s.signInPage(c, status, views.SignIn{Problem: models.Say(key)})
}
