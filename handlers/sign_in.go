package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// onward reads where somebody was going.
func onward(c *gin.Context) string { return cmp.Or(c.PostForm("next"), c.Query("next")) }

func (s *server) showSignIn(c *gin.Context) error {
	if visitorOf(c.Request.Context()) != nil {
		c.Redirect(http.StatusSeeOther, localPath(c.Query("next")))
		return nil
	}
	return s.signInPage(c, http.StatusOK, views.SignIn{Next: onward(c)})
}

func (s *server) signInPage(c *gin.Context, status int, data views.SignIn) error {
	if s.site.Demo {
		accounts, err := s.store.Accounts(c.Request.Context())
		if err != nil {
			return err
		}
		for _, a := range accounts {
			if a.Demo && !a.Disabled {
				data.Demo = append(data.Demo, a)
			}
		}
		slices.SortFunc(data.Demo, func(a, b models.Account) int { return cmp.Compare(a.ID, b.ID) })
	}
	if s.sso != nil {
		data.SSO = s.ssoLabel
	}
	return show(s, c, status, views.SignInPage, data)
}

// askSignIn answers somebody who must sign in first, with the page to do so. It
// keeps where the reader was going, and a form that was sent unless that holds
// a secret.
func (s *server) askSignIn(c *gin.Context) {
	challenge(c)
	data := views.SignIn{Next: s.pathBack(c)}
	if c.Request.Method == http.MethodPost {
		if err := c.Request.ParseForm(); err != nil {
			s.fail(c, errBadForm)
			return
		}
		switch {
		case len(c.Request.PostForm) == 0: // a button, to be pressed again
		case s.keepUnsaved(c):
			data.Next, data.Kept = "/unsaved", true
		default:
			data.Problem = models.Say("sign_in.not_kept")
		}
	} else if acceptsHTML(c) {
		c.Redirect(http.StatusSeeOther, "/sign-in?next="+url.QueryEscape(data.Next))
		return
	}
	if err := s.signInPage(c, http.StatusUnauthorized, data); err != nil {
		s.log.Error("sign-in page failed", "id", requestID(c), "error", err)
		c.Status(http.StatusInternalServerError)
	}
}

// signIn checks e-mail address and password, and then asks for the second
// factor if there is one.
func (s *server) signIn(c *gin.Context) error {
	email := models.FoldEmail(cut(c.PostForm("email"), 254))
	data := views.SignIn{Next: onward(c), Email: email}
	if a, err := s.store.AccountNamed(c.Request.Context(), email); err == nil {
		about(c, a.ID, 0)
	} else if !errors.Is(err, db.ErrNotFound) {
		return err
	}
	meters, known := s.metersOf(c, "account", email)
	var in db.SignIn
	err := s.tried(c, meters, func() (err error) {
		in, err = s.store.SignIn(c.Request.Context(), email, c.PostForm("password"), known)
		return err
	})
	if wait, ok := errors.AsType[waiting](err); ok {
		return s.throttled(c, wait, data)
	}
	if errors.Is(err, db.ErrCredentials) {
		data.Problem = models.Say("sign_in.wrong")
		return s.signInPage(c, http.StatusUnauthorized, data)
	}
	if err != nil {
		return err
	}
	if in.SecondFactor {
		return s.askCode(c, in.Account.ID, proof{how: "password"}, data.Next)
	}
	return s.enter(c, in.Account, proof{how: "password"}, data.Next)
}

func (s *server) throttled(c *gin.Context, wait waiting, data views.SignIn) error {
	c.Header("Retry-After", strconv.Itoa(seconds(wait.Duration)))
	data.Problem = throttledMessage(wait.Duration)
	return s.signInPage(c, http.StatusTooManyRequests, data)
}

// askCode asks for the second factor of an account that has shown the first
// one. Until then the session belongs to the account, and ends with it.
func (s *server) askCode(c *gin.Context, account int64, by proof, next string) error {
	ctx := c.Request.Context()
	if err := s.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, keyPending, account)
	s.sessions.Put(ctx, keyBegan, s.now().Unix())
	s.sessions.Put(ctx, keyAuthed, by.authed)
	s.sessions.Put(ctx, keyHow, by.how)
	return show(s, c, http.StatusOK, views.CodePage, views.Code{Next: next})
}

// codeLasts is how long somebody has to give the code.
const codeLasts = 15 * time.Minute

// signInCode checks the second factor.
func (s *server) signInCode(c *gin.Context) error {
	ctx := c.Request.Context()
	id := s.sessions.GetInt64(ctx, keyPending)
	again := views.SignIn{Next: onward(c), Problem: models.Say("sign_in.again")}
	if id == 0 || s.now().Unix()-s.sessions.GetInt64(ctx, keyBegan) > int64(codeLasts.Seconds()) {
		return s.signInPage(c, http.StatusUnauthorized, again)
	}
	a, err := s.store.Account(ctx, id)
	if err != nil {
		return err
	}
	about(c, id, 0)
	meters, _ := s.metersOf(c, "code", a.Email)
	pending := sessionID(s.sessions.Token(ctx))
	err = s.tried(c, meters, func() error {
		return s.store.Write(ctx, db.Actor{Account: id, Rights: a.Rights, Request: requestID(c)}, func(tx *db.Tx) error {
			if tx.HasSession(id, pending) != nil {
				return errSignIn
			}
			return tx.UseSecondFactor(id, c.PostForm("code"))
		})
	})
	if wait, ok := errors.AsType[waiting](err); ok {
		return s.throttled(c, wait, views.SignIn{Next: onward(c)})
	}
	switch {
	case errors.Is(err, errSignIn):
		return s.signInPage(c, http.StatusUnauthorized, again)
	case errors.Is(err, db.ErrCredentials):
		return show(s, c, http.StatusUnauthorized, views.CodePage, views.Code{Next: onward(c), Problem: models.Say("code.wrong")})
	case err != nil || a.Disabled:
		return cmp.Or(err, db.ErrForbidden)
	}
	how := s.sessions.GetString(ctx, keyHow) + " and second factor"
	return s.enter(c, a, proof{how: how, authed: s.sessions.GetInt64(ctx, keyAuthed)}, onward(c))
}

// signInDemo signs in an account of the demo data with one click.
func (s *server) signInDemo(c *gin.Context) error {
	id, err := strconv.ParseInt(c.PostForm("account"), 10, 64)
	if err != nil || !s.site.Demo {
		return db.ErrNotFound
	}
	a, err := s.store.Account(c.Request.Context(), id)
	if err == nil && (!a.Demo || a.Disabled) {
		err = db.ErrForbidden
	}
	if err != nil {
		return err
	}
	return s.enter(c, a, proof{how: "demo"}, onward(c))
}

// enter begins the session of an account, and goes on to where its owner was
// going.
func (s *server) enter(c *gin.Context, a models.Account, by proof, next string) error {
	if err := s.begin(c, a, by); err != nil {
		return err
	}
	if next = localPath(next); next == "/" && !a.Rights.Reads() {
		next = home(a.Rights)
	}
	c.Redirect(http.StatusSeeOther, next)
	return nil
}

// home returns the page on which somebody starts: the front page only for those
// who read the directory.
func home(r models.Rights) string {
	switch {
	case r.Reads():
		return "/"
	case r.Holds(models.Auditor):
		return "/audit"
	case r.Holds(models.Administrator):
		return "/accounts"
	}
	return "/account"
}

func (s *server) signOut(c *gin.Context) error {
	err := s.write(c, func(tx *db.Tx) error {
		return tx.Note(db.Event{Action: "sign_out", Noun: "account", ID: visitorOf(c.Request.Context()).account.ID})
	})
	if err == nil {
		err = s.sessions.Destroy(c.Request.Context())
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/sign-in")
	return nil
}
