package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
)

var (
	errMethod  = errors.New("handlers: the address does not take this method")
	errBadForm = errors.New("handlers: the form cannot be read")
)

// answering makes a gin handler of one that returns an error, which fail then
// turns into the answer.
func (s *server) answering(handle func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := handle(c); err != nil {
			s.fail(c, err)
		}
	}
}

// statusOf returns the status of an error: the one place that decides.
func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch _, problems := errors.AsType[models.Problems](err); {
	case problems:
		return http.StatusUnprocessableEntity
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, db.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, errBadForm), errors.Is(err, db.ErrCursor):
		return http.StatusBadRequest
	case errors.Is(err, db.ErrStale):
		return http.StatusConflict
	case errors.Is(err, db.ErrBusy):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail answers with an error: a page that says so in the reader's language,
// problem+json for programs. What went wrong inside goes to the log alone,
// under the request's name.
func (s *server) fail(c *gin.Context, err error) {
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		c.Abort()
		return
	}
	status := statusOf(err)
	if status >= 500 {
		s.log.Error("request failed", "id", requestID(c), "path", c.Request.URL.Path, "error", err)
	}
	if c.Writer.Written() {
		// Part of the answer is out: breaking it off is the only honest end.
		panic(http.ErrAbortHandler)
	}
	problems, _ := errors.AsType[models.Problems](err)
	if !isAPI(c) {
		s.errorPage(c, status, problems)
		return
	}
	if len(problems) > 0 {
		status = http.StatusBadRequest // the parameters of an address are its form
	}
	s.problem(c, status, problems)
}
