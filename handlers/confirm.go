package handlers

import (
	"errors"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// freshFor is how long signing in at the provider of single sign-on counts as
// confirming who the visitor is.
const freshFor = 5 * time.Minute

// justSignedIn reports whether the provider of single sign-on says that the
// visitor signed in there within freshFor.
func (s *server) justSignedIn(v *visitor) bool {
	age := s.now().Sub(v.authed)
	return !v.authed.IsZero() && age <= freshFor && age >= -time.Minute // clocks may differ
}

// confirmation returns what a form must ask for before it makes a token or
// changes the second factor: the password, and a code if there is a second
// factor; or, for an account of single sign-on, that the visitor has just
// signed in there. Demo accounts are asked for nothing.
func (s *server) confirmation(c *gin.Context) (asks views.Confirm, err error) {
	v := visitorOf(c.Request.Context())
	switch {
	case v.account.Demo:
	case v.account.Subject != "":
		asks.Elsewhere, asks.Fresh = s.ssoLabel, s.justSignedIn(v)
	default:
		asks.Password = true
		asks.Code, err = s.store.HasSecondFactor(c.Request.Context(), v.account.ID)
	}
	return asks, err
}

// confirmed writes f if the form confirms who the visitor is. If it does not,
// it returns models.Problems for the fields that are missing or wrong, and
// writes nothing. A token confirms nobody: it is db.ErrForbidden.
func (s *server) confirmed(c *gin.Context, f func(*db.Tx) error) error {
	v := visitorOf(c.Request.Context())
	asks, err := s.confirmation(c)
	if err == nil && v.token {
		err = db.ErrForbidden
	}
	if err != nil {
		return err
	}
	switch {
	case asks.Password:
		return s.byPassword(c, func() error {
			return s.write(c, func(tx *db.Tx) error {
				if err := tx.ProveSecondFactor(v.account.ID, c.PostForm("current_code")); errors.Is(err, db.ErrCredentials) {
					return errWrongCode
				} else if err != nil {
					return err
				}
				return f(tx)
			})
		})
	case v.account.Subject != "" && !asks.Fresh:
		return refusal("confirm", "problem.not_fresh")
	}
	return s.write(c, f)
}

// byPassword calls f if the visitor has given the current password. f may
// return errWrongCode: password and code count as one try.
func (s *server) byPassword(c *gin.Context, f func() error) error {
	v := visitorOf(c.Request.Context())
	if v.token {
		return db.ErrForbidden
	}
	meters, _ := s.metersOf(c, "account", v.account.Email)
	var then error // returned by f
	err := s.tried(c, meters, func() error {
		_, err := s.store.SignIn(c.Request.Context(), v.account.Email, c.PostForm("current"), true)
		if err == nil {
			if then = f(); errors.Is(then, errWrongCode) {
				err = db.ErrCredentials
			}
		}
		return err
	})
	wait, tooMany := errors.AsType[waiting](err)
	switch {
	case tooMany:
		return models.Problems{{Field: "current", Row: -1, Message: throttledMessage(wait.Duration)}}
	case errors.Is(then, errWrongCode):
		return refusal("current_code", "code.wrong")
	case errors.Is(err, db.ErrCredentials):
		return refusal("current", "problem.current")
	case err != nil:
		return err
	}
	return then
}

// errWrongCode is the error of a wrong code of the second factor.
var errWrongCode = errors.New("handlers: not the right code")

func refusal(field, key string) models.Problems {
	var ps models.Problems
	problem(&ps, field, key)
	return ps
}
