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

// directory returns the whole of that directory, in which agencies and bodies are
// called as they are today.
func (s *server) directory(ctx context.Context) (*models.Directory, error) {
	d, err := s.reading(ctx).Directory(ctx)
	if err != nil {
		return nil, err
	}
	return d.NamedOn(s.today()), nil
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

// tokenIn returns the token that a request carries. Programs for calendars and feeds can only
// send a name and a password (RFC 7617), so for these the password is the
// token, whatever the name. Elsewhere it is not, since a browser that was once
// given a password sends it everywhere.
func tokenIn(r *http.Request) (token string, shown bool) {
	if strings.HasPrefix(r.URL.Path, secretPath) {
		return "", false // its address says whose it is
	}
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

// isCalendar reports whether a request reads a calendar or a feed.
func isCalendar(r *http.Request) bool {
	return (strings.HasSuffix(r.URL.Path, ".ics") || strings.HasSuffix(r.URL.Path, ".atom")) && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// challenge tells a program how to authenticate.
func challenge(c *gin.Context) {
	c.Header("WWW-Authenticate", `Bearer realm="samband"`)
	if isCalendar(c.Request) {
		c.Writer.Header().Add("WWW-Authenticate", `Basic realm="samband", charset="UTF-8"`)
	}
}
