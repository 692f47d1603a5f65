package handlers

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"
)

const requestKey = "request"

// requestID names the request in the log, in the trail, and on the page that
// says that something went wrong.
func requestID(c *gin.Context) string { return c.GetString(requestKey) }

// identify gives the request its name, and logs how it ended.
func (s *server) identify(c *gin.Context) {
	id := rand.Text()[:12]
	c.Set(requestKey, id)
	c.Header("X-Request-Id", id)
	start := time.Now()
	c.Next()
	if status := c.Writer.Status(); status >= 400 || c.Request.Method != http.MethodGet {
		s.log.Info("request", "id", id, "method", c.Request.Method, "path", c.Request.URL.Path,
			"status", status, "took", time.Since(start).Round(time.Microsecond))
	}
}

// recover turns a panic into the page for errors of ours.
func (s *server) recover(c *gin.Context) {
	defer func() {
		r := recover()
		switch {
		case r == http.ErrAbortHandler:
			panic(r)
		case r != nil:
			s.fail(c, fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
		}
	}()
	c.Next()
}

// secure sets the headers that every answer has: nothing is loaded from
// elsewhere, framed, sniffed, or kept by anybody on the way.
func secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	c.Next()
}

// limitBody refuses a body that says it is too large before reading it, and
// stops reading one that does not say so.
func (s *server) limitBody(c *gin.Context) {
	if c.Request.ContentLength > maxBody {
		c.Header("Connection", "close")
		s.fail(c, &http.MaxBytesError{Limit: maxBody})
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxBody)
	c.Next()
}
