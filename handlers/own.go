package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// ownForms are the forms on the visitor's own page: as filled in, and what is
// wrong with each.
type ownForms struct {
	token                      views.TokenInput
	password, tokens, dropping models.Problems
}

// ownPage shows the visitor's own page.
func (s *server) ownPage(c *gin.Context, status int, forms ownForms) error {
	ctx, lang := c.Request.Context(), s.language(c)
	v := visitorOf(ctx)
	asks, err := s.confirmation(c)
	if err != nil {
		return err
	}
	if forms.token == (views.TokenInput{}) {
		forms.token.Expires = (s.today() + tokenDays).String()
	}
	data := views.Own{Account: v.account, Rights: v.account.Rights, Required: s.mustHaveSecondFactor(v.account.Rights) && !v.factors,
		Issuer: v.account.Issuer, Token: s.site.TokenForm(lang, forms.token, forms.tokens, v.account.Rights, asks)}
	data.Password = s.site.SecretForm(lang, forms.password, "own.password", "/account/password", "/account", "own.password_set", "", false, "current", "password", "again")
	data.Drop = s.site.DropForm(lang, forms.dropping, asks)
	if data.SecondFactor, err = s.store.HasSecondFactor(ctx, v.account.ID); err != nil {
		return err
	}
	if data.Sessions, err = s.ownSessions(ctx, v); err != nil {
		return err
	}
	if data.Tokens, err = s.tokenLines(c, v.account.ID); err != nil {
		return err
	}
	if v.account.Officer != 0 {
		if data.Officer, err = s.store.As(models.OwnOnly(v.account.Officer)).Officer(ctx, v.account.Officer); err != nil {
			return err
		}
		if data.Held, err = s.ownTerms(c, v.account.Officer); err != nil {
			return err
		}
	}
	return show(s, c, status, views.OwnPage, data)
}

// ownTerms returns what an officer holds today and later, for a visitor who may read
// the directory.
func (s *server) ownTerms(c *gin.Context, officer int64) (lines []views.OwnTerm, err error) {
	if !rightsOf(c.Request.Context()).Reads() {
		return nil, nil
	}
	d, err := s.directory(c.Request.Context())
	if err != nil {
		return nil, err
	}
	for _, a := range d.Served(officer) {
		if p := d.Post(a.PostingID); p.Term(a).Last >= s.today() {
			lines = append(lines, views.OwnTerm{AssignmentLine: views.LineOf(d, p, a), Away: views.AwayLines(d, p, a, s.today())})
		}
	}
	return lines, nil
}

// tokenDays is how many days a token lasts by default.
const tokenDays = 365

func (s *server) showOwn(c *gin.Context) error {
	return s.ownPage(c, http.StatusOK, ownForms{})
}

func (s *server) tokenLines(c *gin.Context, account int64) (lines []views.TokenLine, err error) {
	all, err := s.store.Tokens(c.Request.Context(), account)
	for _, t := range all {
		lines = append(lines, views.TokenLine{ID: t.ID, Role: t.Role, Made: t.Made[:len("2006-01-02")], Expires: t.Expires,
			Ended: t.Revoked || t.Expires < s.today()})
	}
	return lines, err
}

// newPassword reads a new password, which must be given twice.
func newPassword(c *gin.Context, email string) (string, models.Problems) {
	password := c.PostForm("password")
	problems := models.CheckPassword(password, email)
	if len(problems) == 0 && password != c.PostForm("again") {
		problem(&problems, "again", "problem.not_the_same")
	}
	return password, problems
}

// changePassword sets a new password, if the current one is given, and ends all
// other sessions and all tokens.
func (s *server) changePassword(c *gin.Context) error {
	ctx := c.Request.Context()
	v := visitorOf(ctx)
	if v.account.Subject != "" {
		return db.ErrForbidden // it has no password
	}
	password, problems := newPassword(c, v.account.Email)
	err := problems.Err()
	if err == nil {
		err = s.byPassword(c, func() error {
			hash, err := db.HashPassword(ctx, password)
			if err != nil {
				return err
			}
			return s.write(c, func(tx *db.Tx) error { return tx.SetPassword(v.account.ID, hash, v.session) })
		})
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.ownPage(c, http.StatusUnprocessableEntity, ownForms{password: problems})
	}
	if err == nil {
		err = s.sessions.RenewToken(ctx)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/account")
	return nil
}

// showSecondFactor offers a new second factor. Its secret stays in the session
// until a code confirms it.
func (s *server) showSecondFactor(c *gin.Context) error {
	return s.secondFactorPage(c, http.StatusOK, nil)
}

func (s *server) secondFactorPage(c *gin.Context, status int, problems models.Problems) error {
	ctx := c.Request.Context()
	v := visitorOf(ctx)
	if v.token {
		return db.ErrForbidden
	}
	secret, address, err := db.NewSecondFactor(v.account.Email, s.sessions.GetString(ctx, keySecret))
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, keySecret, secret)
	has, err := s.store.HasSecondFactor(ctx, v.account.ID)
	if err != nil {
		return err
	}
	asks, err := s.confirmation(c)
	if err != nil {
		return err
	}
	required := !has && !v.factors && s.mustHaveSecondFactor(v.account.Rights)
	return show(s, c, status, views.SecondFactorPage, views.SecondFactor{Secret: secret, Address: address, Required: required,
		Form: s.site.SecondFactorForm(s.language(c), problems, asks, required)})
}

func (s *server) setSecondFactor(c *gin.Context) error {
	ctx := c.Request.Context()
	v := visitorOf(ctx)
	secret := s.sessions.GetString(ctx, keySecret)
	if v.token || secret == "" {
		return db.ErrForbidden
	}
	var recovery []string
	err := s.confirmed(c, func(tx *db.Tx) (err error) {
		if recovery, err = tx.SetSecondFactor(v.account.ID, secret, c.PostForm("code")); errors.Is(err, db.ErrCredentials) {
			err = refusal("code", "code.wrong")
		}
		return err
	})
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.secondFactorPage(c, http.StatusUnprocessableEntity, problems)
	}
	if err != nil {
		return err
	}
	s.sessions.Remove(ctx, keySecret)
	return show(s, c, http.StatusOK, views.SecretPage, views.ShownSecret{Noun: "recovery", Values: recovery, Back: "/account"})
}

func (s *server) dropSecondFactor(c *gin.Context) error {
	v := visitorOf(c.Request.Context())
	if v.token || s.mustHaveSecondFactor(v.account.Rights) && !v.factors {
		return db.ErrForbidden
	}
	err := s.confirmed(c, func(tx *db.Tx) error { return tx.DropSecondFactor(v.account.ID) })
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.ownPage(c, http.StatusUnprocessableEntity, ownForms{dropping: problems})
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/account")
	return nil
}

// endSessions ends one of the visitor's sessions. If the form names none, it
// ends all of them, this one included, and all tokens.
func (s *server) endSessions(c *gin.Context) error {
	ctx, id := c.Request.Context(), c.PostForm("session")
	v := visitorOf(ctx)
	if v.token {
		return db.ErrForbidden // a program may not sign anybody out
	}
	ended := "all"
	if id != "" {
		ended = "one"
	}
	err := s.write(c, func(tx *db.Tx) error {
		if id != "" {
			if err := tx.EndOwnSession(v.account.ID, cut(id, 100)); err != nil {
				return err
			}
		} else if err := tx.SignOutEverywhere(v.account.ID, ""); err != nil {
			return err
		}
		return tx.Note(db.Event{Action: "sign_out", Noun: "account", ID: v.account.ID, About: []any{"sessions", ended}})
	})
	if err == nil && id == "" {
		err = s.sessions.Destroy(ctx)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/account")
	return nil
}

// addToken makes a token and shows it once.
func (s *server) addToken(c *gin.Context) error {
	v := visitorOf(c.Request.Context())
	if v.token {
		return db.ErrForbidden // a token cannot make others
	}
	var in views.TokenInput
	if err := bind(c, &in); err != nil {
		return err
	}
	var ps models.Problems
	t := db.Token{Account: v.account.ID, Role: models.Role(in.Role), Expires: dayIn(&ps, "expires", in.Expires, s.today()+tokenDays)}
	var secret string
	err := ps.Err()
	if err == nil {
		err = s.confirmed(c, func(tx *db.Tx) (err error) {
			secret, err = tx.AddToken(&t, s.today())
			return err
		})
	}
	if problems, ok := errors.AsType[models.Problems](err); ok {
		return s.ownPage(c, http.StatusUnprocessableEntity, ownForms{token: in, tokens: problems})
	}
	if err != nil {
		return err
	}
	return show(s, c, http.StatusOK, views.SecretPage, views.ShownSecret{Noun: "token", Values: []string{secret}, Back: "/account"})
}

func (s *server) revokeOwnToken(c *gin.Context) error {
	id, err := idIn(c, "token")
	if err == nil {
		err = s.write(c, func(tx *db.Tx) error { return tx.RevokeToken(id, visitorOf(c.Request.Context()).account.ID) })
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/account")
	return nil
}

// myData answers with all that is held about the visitor: the account, and the
// officer tied to it with all assignments and everybody who opened the contact
// data.
func (s *server) myData(c *gin.Context) error {
	ctx := c.Request.Context()
	v := visitorOf(ctx)
	held, err := s.store.SubjectAccess(ctx, v.account)
	if err != nil {
		return err
	}
	err = s.write(c, func(tx *db.Tx) error {
		return tx.Note(db.Event{Action: "export", Noun: "file", About: []any{"what", "my-data"}})
	})
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(held, "", "  ")
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="samband-my-data-`+s.today().String()+`.json"`)
	c.Data(http.StatusOK, "application/json; charset=utf-8", b)
	return nil
}

// linkLasts is how long a link for setting a password works.
const linkLasts = 24 * time.Hour
