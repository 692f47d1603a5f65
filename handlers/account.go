package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// accounts is the editor of accounts.
func (s *server) accounts() editor[models.Account, views.AccountInput] {
	return editor[models.Account, views.AccountInput]{
		s: s, noun: "account", owner: "rights", keeper: models.Administrator,
		load:  s.seenAccount,
		state: func(ctx context.Context, a models.Account) error { return s.mayKeep(ctx, a) },
		blank: func(*gin.Context) (views.AccountInput, error) { return views.AccountInput{}, nil },
		input: func(_ context.Context, a models.Account) (in views.AccountInput, err error) {
			for _, g := range a.Rights {
				in.Rights = append(in.Rights, g.String())
			}
			in.Email, in.Disabled = a.Email, a.Disabled
			return in, nil
		},
		fill: func(_ context.Context, a *models.Account, in views.AccountInput) error {
			var ps models.Problems
			a.Email, a.Disabled, a.Rights = models.FoldEmail(in.Email), in.Disabled, nil
			for _, text := range in.Rights {
				g, ok := models.ParseGrant(text)
				if !ok {
					problem(&ps, "rights", "problem.grant")
					break
				}
				a.Rights = append(a.Rights, g)
			}
			return ps.Err()
		},
		check: models.CheckAccount,
		save:  (*db.Tx).SaveAccount,
		ident: func(a *models.Account) (*int64, *int) { return &a.ID, &a.Version },
		form: func(c *gin.Context, a models.Account, f views.Filled[views.AccountInput]) (views.Form, error) {
			f.Title = a.Email
			return s.site.AccountForm(s.language(c), f, rightsOf(c.Request.Context())), nil
		},
		name: func(_ *gin.Context, a models.Account) (string, error) { return a.Email, nil },
	}
}

// mayKeep returns db.ErrForbidden unless the visitor may manage an account:
// somebody else's, all of whose roles are in states that the visitor
// administers.
func (s *server) mayKeep(ctx context.Context, a models.Account) error {
	if a.ID == visitorOf(ctx).account.ID || !rightsOf(ctx).Keeps(a) {
		return db.ErrForbidden
	}
	return nil
}

// seenAccount loads an account. One that the visitor may not know of is
// db.ErrNotFound.
func (s *server) seenAccount(ctx context.Context, id int64) (models.Account, error) {
	a, err := s.store.Account(ctx, id)
	if err == nil && !rightsOf(ctx).KnowsOf(a, visitorOf(ctx).account.ID) {
		return models.Account{}, db.ErrNotFound
	}
	return a, err
}

func (s *server) listAccounts(c *gin.Context) error {
	ctx := c.Request.Context()
	all, err := s.store.AccountsFor(ctx, rightsOf(ctx))
	if err != nil {
		return err
	}
	second, err := s.store.SecondFactors(ctx)
	if err != nil {
		return err
	}
	stuck, err := s.store.StuckMails(ctx, rightsOf(ctx).Keeps)
	if err != nil {
		return err
	}
	data := views.Accounts{Stuck: len(stuck)}
	for _, a := range all {
		data.Rows = append(data.Rows, views.AccountLine{Account: a, SecondFactor: second[a.ID]})
	}
	return show(s, c, http.StatusOK, views.AccountsPage, data)
}

func (s *server) showAccount(c *gin.Context) error {
	a, err := s.accounts().loaded(c)
	if err != nil {
		return err
	}
	return s.accountPage(c, http.StatusOK, a, "", nil)
}

// accountPage shows an account and, if single sign-on is set up, the form that
// ties the account to it.
func (s *server) accountPage(c *gin.Context, status int, a models.Account, subject string, problems models.Problems) (err error) {
	ctx := c.Request.Context()
	line := views.AccountLine{Account: a, Own: s.mayKeep(ctx, a) != nil}
	if s.sso != nil {
		line.SSO = s.site.SSOForm(s.language(c), s.sso.Issuer, recordPath("account", a.ID), subject, problems)
	}
	if line.SecondFactor, err = s.store.HasSecondFactor(ctx, a.ID); err != nil {
		return err
	}
	if line.Tokens, err = s.tokenLines(c, a.ID); err != nil {
		return err
	}
	if line.History, err = s.history(c, "account", a.ID, 0, false); err != nil {
		return err
	}
	return show(s, c, status, views.AccountPage, line)
}

// linkAccount makes a link for setting the password of an account, and shows it
// once.
func (s *server) linkAccount(c *gin.Context) error {
	a, err := s.accounts().record(c)
	if err != nil {
		return err
	}
	var secret string
	err = s.write(c, func(tx *db.Tx) (err error) {
		if secret, err = tx.NewLink(a.ID, linkLasts); err != nil {
			return err
		}
		return tx.Note(db.Event{Action: "link", Noun: "account", ID: a.ID})
	})
	if err != nil {
		return err
	}
	link := s.site.BaseURL + "/set-up?token=" + url.QueryEscape(secret)
	return show(s, c, http.StatusOK, views.SecretPage, views.ShownSecret{Noun: "link", Values: []string{link}, Back: recordPath("account", a.ID)})
}

// setSSO ties an account to a subject at the single sign-on provider.
func (s *server) setSSO(c *gin.Context) error {
	a, err := s.accounts().record(c)
	if err == nil && s.sso == nil {
		err = db.ErrNotFound
	}
	subject := strings.TrimSpace(c.PostForm("subject"))
	if err == nil {
		err = s.write(c, func(tx *db.Tx) error { return tx.TieAccount(a.ID, s.sso.Issuer, subject) })
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.accountPage(c, http.StatusUnprocessableEntity, a, subject, problems)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("account", a.ID))
	return nil
}

// resetAccount removes every way into an account.
func (s *server) resetAccount(c *gin.Context) error {
	a, err := s.accounts().record(c)
	if err == nil {
		err = s.write(c, func(tx *db.Tx) error { return tx.Reset(a.ID) })
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("account", a.ID))
	return nil
}

func (s *server) revokeToken(c *gin.Context) error {
	a, err := s.accounts().record(c)
	if err != nil {
		return err
	}
	id, err := idIn(c, "token")
	if err == nil {
		err = s.write(c, func(tx *db.Tx) error { return tx.RevokeToken(id, a.ID) })
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, recordPath("account", a.ID))
	return nil
}
