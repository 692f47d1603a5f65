package handlers

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

// A visitor is the account behind a request, known by a session or by a token.
type visitor struct {
	account models.Account
	token   bool
	session string // its ID, "" with a token
	// authed is when the provider of single sign-on last authenticated the
	// visitor, and factors whether it asked for more than one proof.
	authed  time.Time
	factors bool
}

type visitorKey struct{}

// visitorOf returns the visitor, nil if nobody has signed in.
func visitorOf(ctx context.Context) *visitor {
	v, _ := ctx.Value(visitorKey{}).(*visitor)
	return v
}

// rightsOf returns what the visitor may do.
func rightsOf(ctx context.Context) models.Rights {
	if v := visitorOf(ctx); v != nil {
		return v.account.Rights
	}
	return nil
}

// reading returns the directory as the visitor sees it: of now, or as of the
// day that the request asks for.
func (s *server) reading(ctx context.Context) db.Reading {
	if k, _ := ctx.Value(asOfKey{}).(*asOf); k != nil {
		return k.reading
	}
	return s.store.As(rightsOf(ctx).Scope())
}

// directory returns the whole of that directory.
func (s *server) directory(ctx context.Context) (*models.Directory, error) {
	return s.reading(ctx).Directory(ctx)
}

// authenticate finds out who the visitor is.
func (s *server) authenticate(c *gin.Context) {
	ctx := c.Request.Context()
	v, err := s.bearer(c)
	if v == nil && err == nil {
		v, err = s.signedIn(c)
	}
	if err != nil {
		s.fail(c, err)
		c.Abort()
		return
	}
	if v != nil {
		about(c, v.account.ID, 0)
		c.Request = c.Request.WithContext(context.WithValue(ctx, visitorKey{}, v))
	}
	c.Next()
}

// bearer returns the visitor whose token the request carries, nil if it carries
// none. A token that is not valid is db.ErrCredentials, or waiting after too
// many.
func (s *server) bearer(c *gin.Context) (*visitor, error) {
	token, shown := tokenIn(c.Request)
	if !shown {
		return nil, nil
	}
	shows, err := s.store.Bearer(c.Request.Context(), token, s.today())
	about(c, shows.ID, shows.Token)
	if errors.Is(err, db.ErrCredentials) {
		err = s.misfit(c, err)
	}
	if err != nil {
		return nil, err
	}
	return &visitor{account: shows.Account, token: true}, nil
}

// tokenIn returns the token that a request carries. Calendar programs can only
// send a name and a password (RFC 7617), so for a calendar the password is the
// token, whatever the name. Elsewhere it is not, since a browser that was once
// given a password sends it everywhere.
func tokenIn(r *http.Request) (token string, shown bool) {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if found && strings.EqualFold(scheme, "bearer") {
		return strings.TrimSpace(token), true
	}
	if !isCalendar(r) {
		return "", false
	}
	_, token, shown = r.BasicAuth()
	return strings.TrimSpace(token), shown
}

// isCalendar reports whether a request reads a calendar.
func isCalendar(r *http.Request) bool {
	return strings.HasSuffix(r.URL.Path, ".ics") && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// challenge tells a program how to authenticate.
func challenge(c *gin.Context) {
	c.Header("WWW-Authenticate", `Bearer realm="samband"`)
	if isCalendar(c.Request) {
		c.Writer.Header().Add("WWW-Authenticate", `Basic realm="samband", charset="UTF-8"`)
	}
}

// A right says who may use a route.
type right struct {
	name string
	held func(models.Rights) bool
}

// The rights that routes require. The right to change what belongs to a state is
// checked again where it is changed.
var (
	anyone        = right{"anyone", nil}
	member        = right{"member", func(models.Rights) bool { return true }} // whoever has signed in
	enrolling     = right{"enrolling", member.held}                           // even without a required second factor
	reader        = right{"reader", models.Rights.Reads}
	coordinator   = right{"coordinator", func(r models.Rights) bool { return r.Holds(models.Coordinator) }}
	secretariat   = right{"secretariat", func(r models.Rights) bool { return r.MayChange("") }}
	auditor       = right{"auditor", func(r models.Rights) bool { return r.Holds(models.Auditor) }}
	administrator = right{"administrator", func(r models.Rights) bool { return r.Holds(models.Administrator) }}
)

// admit returns why the visitor may not use a route: errSignIn, errSecondFactor or
// db.ErrForbidden.
func (s *server) admit(c *gin.Context, r route) error {
	if r.right.held == nil {
		return nil
	}
	v := visitorOf(c.Request.Context())
	if v == nil {
		return errSignIn
	}
	if !r.right.held(v.account.Rights) {
		return db.ErrForbidden
	}
	if v.token || r.right.name == enrolling.name || !s.mustHaveSecondFactor(v.account.Rights) {
		return nil
	}
	if v.factors || v.account.Demo {
		return nil
	}
	has, err := s.store.HasSecondFactor(c.Request.Context(), v.account.ID)
	if err == nil && !has {
		err = errSecondFactor
	}
	return err
}

// mustHaveSecondFactor reports whether the settings require a second factor of
// somebody with these rights.
func (s *server) mustHaveSecondFactor(rights models.Rights) bool {
	for _, role := range s.secondFactor {
		if rights.Holds(role) {
			return true
		}
	}
	return false
}

// changeable returns db.ErrForbidden unless the visitor may change what belongs to
// a state.
func changeable(ctx context.Context, state models.State) error {
	if !rightsOf(ctx).MayChange(state) {
		return db.ErrForbidden
	}
	return nil
}
