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
func onward(c *gin.Context) views.Onward {
	return views.Onward{Next: cmp.Or(c.PostForm("next"), c.Query("next")), Kept: c.PostForm("kept")}
}

func (s *server) showSignIn(c *gin.Context) error {
	if visitorOf(c.Request.Context()) != nil {
		c.Redirect(http.StatusSeeOther, localPath(c.Query("next")))
		return nil
	}
	return s.signInPage(c, http.StatusOK, views.SignIn{Onward: onward(c)})
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

// askSignIn answers somebody who has not signed in where that is asked for: by
// the page to do so, which leads on to where the reader was going. A form that
// was sent is kept in it.
func (s *server) askSignIn(c *gin.Context) {
	challenge(c)
	data := views.SignIn{Onward: views.Onward{Next: c.Request.URL.RequestURI()}}
	if c.Request.Method == http.MethodPost {
		if err := c.Request.ParseForm(); err != nil {
			s.fail(c, errBadForm)
			return
		}
		data.Kept = c.Request.PostForm.Encode()
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
// factor where there is one.
func (s *server) signIn(c *gin.Context) error {
	ctx, email, now := c.Request.Context(), models.FoldEmail(cut(c.PostForm("email"), 254)), s.now()
	data := views.SignIn{Onward: onward(c), Email: email}
	account, address := "account "+email, "address "+network(c.ClientIP())
	if s.knownDevice(c, email) {
		account, address = "known "+email, ""
	}
	if wait := s.tooMany(account, address, now); wait > 0 {
		return s.throttled(c, wait, data)
	}
	in, err := s.store.SignIn(ctx, email, c.PostForm("password"))
	if errors.Is(err, db.ErrCredentials) {
		return s.wrongPassword(c, account, address, data)
	}
	if err != nil {
		return err
	}
	if !in.SecondFactor {
		return s.enter(c, in.Account, "password", data.Onward)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, keyPending, in.Account.ID)
	return show(s, c, http.StatusOK, views.CodePage, views.Code{Onward: data.Onward})
}

// tooMany returns how long to wait because there were too many wrong
// passwords.
func (s *server) tooMany(account, address string, now time.Time) time.Duration {
	wait := s.accountTries.wait(account, now)
	if address != "" {
		wait = max(wait, s.addressTries.wait(address, now))
	}
	return wait
}

func (s *server) wrongPassword(c *gin.Context, account, address string, data views.SignIn) error {
	now := s.now()
	s.accountTries.take(account, now)
	if address != "" {
		s.addressTries.take(address, now)
	}
	s.log.Warn("sign-in refused", "id", requestID(c), "address", c.ClientIP())
	if s.tooMany(account, address, now) > 0 { // the first of those that wait
		err := s.store.Write(c.Request.Context(), db.Actor{Name: "nobody", Request: requestID(c)}, func(tx *db.Tx) error {
			return tx.Note(db.Event{Action: "sign_in_throttled", Noun: "page", About: []any{"address", c.ClientIP()}})
		})
		if err != nil {
			return err
		}
	}
	data.Problem = models.Say("sign_in.wrong")
	return s.signInPage(c, http.StatusUnauthorized, data)
}

func (s *server) throttled(c *gin.Context, wait time.Duration, data views.SignIn) error {
	s.log.Warn("sign-in throttled", "id", requestID(c), "address", c.ClientIP())
	c.Header("Retry-After", strconv.Itoa(seconds(wait)))
	data.Problem = models.Say("sign_in.throttled", "minutes", int(wait.Minutes())+1)
	return s.signInPage(c, http.StatusTooManyRequests, data)
}

// signInCode checks the second factor.
func (s *server) signInCode(c *gin.Context) error {
	ctx := c.Request.Context()
	id := s.sessions.GetInt64(ctx, keyPending)
	if id == 0 {
		return s.signInPage(c, http.StatusUnauthorized, views.SignIn{Onward: onward(c), Problem: models.Say("sign_in.again")})
	}
	a, err := s.store.Account(ctx, id)
	if err != nil {
		return err
	}
	key := "code " + strconv.FormatInt(id, 10)
	if wait := s.accountTries.wait(key, s.now()); wait > 0 {
		return s.throttled(c, wait, views.SignIn{Onward: onward(c)})
	}
	err = s.store.Write(ctx, db.Actor{Account: id, Rights: a.Rights, Request: requestID(c)}, func(tx *db.Tx) error {
		return tx.UseSecondFactor(id, c.PostForm("code"))
	})
	if errors.Is(err, db.ErrCredentials) {
		s.accountTries.take(key, s.now())
		return show(s, c, http.StatusUnauthorized, views.CodePage, views.Code{Onward: onward(c), Problem: models.Say("code.wrong")})
	}
	if err != nil || a.Disabled {
		return cmp.Or(err, db.ErrForbidden)
	}
	return s.enter(c, a, "password and second factor", onward(c))
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
	return s.enter(c, a, "demo", onward(c))
}

// enter begins the session of an account and leads on to where it was going.
func (s *server) enter(c *gin.Context, a models.Account, how string, on views.Onward) error {
	if err := s.begin(c, a, how); err != nil {
		return err
	}
	next := localPath(on.Next)
	if on.Kept == "" {
		if next == "/" && !a.Rights.Reads() {
			next = home(a.Rights)
		}
		c.Redirect(http.StatusSeeOther, next)
		return nil
	}
	values, err := url.ParseQuery(on.Kept)
	if err != nil {
		return errBadForm
	}
	data := views.Resume{Action: next}
	for name, all := range values {
		for _, value := range all {
			data.Fields = append(data.Fields, views.Option{Label: name, Value: value})
		}
	}
	return show(s, c, http.StatusOK, views.ResumePage, data)
}

// home returns where those begin who do not read the directory.
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
