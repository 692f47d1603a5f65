package handlers

import (
	"errors"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// freshFor is how long signing in elsewhere counts as saying who one is.
const freshFor = 5 * time.Minute

// justSignedIn reports whether the visitor has signed in elsewhere just now, as the
// provider says.
func (s *server) justSignedIn(v *visitor) bool {
	age := s.now().Sub(v.authed)
	return !v.authed.IsZero() && age <= freshFor && age >= -time.Minute // a clock may be off
}

// confirmation returns what a form must ask for before it makes a token or
// touches the second factor: the password, and the code where there is a second
// factor; or that somebody without a password has just signed in elsewhere.
// Accounts of the demo have nothing to show.
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

// confirmed writes f once the visitor has confirmed who that is, by the fields of
// the same form. What is missing or wrong there are problems, and nothing is
// written then. A token confirms nobody.
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

// byPassword calls f once the present password of the visitor has been given. f
// may find errWrongCode: both are one try.
func (s *server) byPassword(c *gin.Context, f func() error) error {
	v := visitorOf(c.Request.Context())
	if v.token {
		return db.ErrForbidden
	}
	meters, _ := s.metersOf(c, "account", v.account.Email)
	var then error // of f
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

// errWrongCode is a code of the second factor that is not right.
var errWrongCode = errors.New("handlers: not the right code")

func refusal(field, key string) models.Problems {
	var ps models.Problems
	problem(&ps, field, key)
	return ps
}
