package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// showSetUp shows what a one-time link leads to: the form that makes the first
// administrator, or sets the password of an account.
func (s *server) showSetUp(c *gin.Context) error {
	_, err := s.linked(c)
	if err != nil {
		return err
	}
	return s.setUpForm(c, http.StatusOK, "", nil)
}

// linked returns the account of the link in the address, 0 for the first
// administrator. A link that is used up, too old or wrong is errLink.
func (s *server) linked(c *gin.Context) (int64, error) {
	id, err := s.store.LinkAccount(c.Request.Context(), c.Query("token"))
	if err == nil && id == 0 {
		var others bool
		if others, err = s.store.HasAccounts(c.Request.Context()); others {
			err = db.ErrCredentials
		}
	}
	about(c, id, 0)
	if errors.Is(err, db.ErrCredentials) {
		if err = s.misfit(c, err); errors.Is(err, db.ErrCredentials) {
			err = errLink
		}
	}
	return id, err
}

func (s *server) setUpForm(c *gin.Context, status int, email string, problems models.Problems) error {
	id, err := s.linked(c)
	if err != nil {
		return err
	}
	title := "set_up.password"
	if id == 0 {
		title = "set_up.title"
	}
	form := s.site.SecretForm(s.language(c), problems, title, "/set-up?token="+url.QueryEscape(c.Query("token")), "/", "set_up.do", email, id == 0, "password", "again")
	if id == 0 {
		form.Intro = s.site.Say(s.language(c), models.Say("set_up.text"))
	}
	return show(s, c, status, views.FormPage, form)
}

// setUp makes the first administrator, or sets the password of an account, and
// uses the link up.
func (s *server) setUp(c *gin.Context) error {
	ctx := c.Request.Context()
	id, err := s.linked(c)
	if err != nil {
		return err
	}
	a := models.Account{Email: models.FoldEmail(c.PostForm("email")), Rights: models.Rights{{Role: models.Administrator}}}
	if id != 0 {
		if a, err = s.store.Account(ctx, id); err != nil {
			return err
		}
	}
	password, problems := newPassword(c, a.Email)
	problems = append(problems, models.CheckAccount(a)...)
	if len(problems) > 0 {
		return s.setUpForm(c, http.StatusUnprocessableEntity, a.Email, problems)
	}
	hash, err := db.HashPassword(ctx, password)
	if err != nil {
		return err
	}
	actor := db.Actor{Name: "link", Rights: models.Rights{{Role: models.Administrator}}, Request: requestID(c)}
	err = s.store.Write(ctx, actor, func(tx *db.Tx) error {
		if _, err := tx.UseLink(c.Query("token")); err != nil {
			return err
		}
		if id == 0 {
			if err := tx.SaveAccount(&a); err != nil {
				return err
			}
		}
		return tx.SetPassword(a.ID, hash, "")
	})
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.setUpForm(c, http.StatusUnprocessableEntity, a.Email, problems)
	}
	if errors.Is(err, db.ErrCredentials) {
		err = errLink
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/sign-in")
	return nil
}

// securityTxt says where to report security problems, as RFC 9116 defines it.
func (s *server) securityTxt(c *gin.Context) error {
	if s.securityContact == "" {
		return db.ErrNotFound
	}
	expires := s.now().UTC().AddDate(0, 0, 90).Format("2006-01-02T00:00:00Z")
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte("Contact: "+s.securityContact+"\nExpires: "+expires+
		"\nPreferred-Languages: en, sv\nCanonical: "+cmp.Or(s.site.BaseURL, "")+"/.well-known/security.txt\n"))
	return nil
}
