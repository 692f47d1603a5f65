package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

var (
	errMethod  = errors.New("handlers: the address does not take this method")
	errBadForm = errors.New("handlers: the form cannot be read")
	errTooMany = errors.New("handlers: too many requests")
	// errEncoding is the error of a body in an encoding that no page sends.
	errEncoding = errors.New("handlers: the body is compressed, or in parts")
	errForeign  = errors.New("handlers: a form of another site")
	errLink     = errors.New("handlers: the link has been used, or is too old")
	// errSignIn asks the visitor to sign in, errSecondFactor to set up a second
	// factor.
	errSignIn       = errors.New("handlers: nobody has signed in")
	errSecondFactor = errors.New("handlers: a second factor is asked for")
)

// answering makes a gin handler of a route, which checks that the visitor may
// use it. Errors are answered by fail.
func (s *server) answering(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		err := s.admit(c, r)
		if err == nil {
			err = s.produced(c, r.handle)
		}
		if err == nil {
			s.saved(c)
		}
		if err != nil {
			s.fail(c, err)
		}
	}
}

// statusOf returns the HTTP status of an error. Nothing else decides it.
func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch _, problems := errors.AsType[models.Problems](err); {
	case problems:
		return http.StatusUnprocessableEntity
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, db.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, errSignIn), errors.Is(err, db.ErrCredentials):
		return http.StatusUnauthorized
	case errors.Is(err, db.ErrForbidden), errors.Is(err, errSecondFactor), errors.Is(err, errForeign):
		return http.StatusForbidden
	case errors.Is(err, errLink):
		return http.StatusGone
	case errors.Is(err, errTooMany):
		return http.StatusTooManyRequests
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, errBadForm), errors.Is(err, db.ErrCursor):
		return http.StatusBadRequest
	case errors.Is(err, db.ErrStale), errors.Is(err, db.ErrTaken):
		return http.StatusConflict
	case errors.Is(err, errEncoding):
		return http.StatusUnsupportedMediaType
	case errors.Is(err, db.ErrBusy), errors.Is(err, errOverloaded), errors.Is(err, errSpoolFull), unavailable(err):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// unavailable reports whether an error means that the database does not answer
// as it should, or not in time.
func unavailable(err error) bool {
	for _, one := range []error{db.ErrUnavailable, db.ErrUncertain, db.ErrNewer, db.ErrForeign, context.DeadlineExceeded} {
		if errors.Is(err, one) {
			return true
		}
	}
	return false
}

// fail answers with an error: a page in the reader's language, or problem+json
// for programs. What went wrong inside goes only to the log, with the request's
// ID.
func (s *server) fail(c *gin.Context, err error) {
	if ctx := c.Request.Context(); ctx.Err() != nil && !errors.Is(err, db.ErrUncertain) {
		if errors.Is(context.Cause(ctx), context.Canceled) {
			c.Abort() // the client is gone
			return
		}
		err = fmt.Errorf("%w: %w", context.Cause(ctx), err)
	}
	if before, ok := errors.AsType[*db.BeforeRecord](err); ok {
		if err = s.showBegins(c, s.begins(before)); err == nil {
			return
		}
	}
	if wait, ok := errors.AsType[waiting](err); ok {
		retryAfter(c, wait.Duration)
	}
	status := statusOf(err)
	if status >= 500 {
		s.log.Error("request failed", lineOf(c, "path", pathOf(c), "error", err)...)
	}
	if c.Writer.Written() {
		// Part of the answer has been sent: all that is left is to break it off.
		panic(http.ErrAbortHandler)
	}
	c.Writer.Header().Del("Content-Disposition") // of the file that there will not be
	switch {
	case errors.Is(err, errSignIn) && !isAPI(c):
		s.askSignIn(c)
		return
	case errors.Is(err, errSecondFactor) && !isAPI(c) && c.Request.Method != http.MethodPost:
		c.Redirect(http.StatusSeeOther, "/account/second-factor")
		return
	}
	program := isAPI(c)
	switch status {
	case http.StatusUnauthorized:
		challenge(c)
	case http.StatusTooManyRequests:
		retryAfter(c, 5*time.Second)
		_, shown := tokenIn(c.Request)
		program = program || shown
	case http.StatusServiceUnavailable:
		retryAfter(c, 5*time.Second)
	}
	problems, _ := errors.AsType[models.Problems](err)
	if !program {
		s.errorPage(c, status, problems, why(err))
		return
	}
	if len(problems) > 0 {
		status = http.StatusBadRequest // for programs, bad parameters are a bad request
	}
	s.problem(c, status, problems, why(err))
}

// why tells apart the reasons for a 403, 409 or 503. It returns the key of the
// error's title and text, "" for the usual ones.
func why(err error) string {
	switch {
	case errors.Is(err, db.ErrUncertain):
		return "uncertain"
	case unavailable(err):
		return "unavailable"
	case errors.Is(err, errForeign):
		return "foreign"
	case errors.Is(err, db.ErrTaken):
		return "taken"
	}
	return ""
}
