package handlers

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
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

// protect sets the headers that every answer has: nothing is loaded from
// elsewhere, framed, sniffed, or kept by anybody on the way.
func (s *server) protect(c *gin.Context) {
	h := c.Writer.Header()
	if s.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY") // for browsers that do not know the policy
	h.Set("X-XSS-Protection", "0")   // whose filter was a hole of its own
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	c.Next()
}

// failed answers a request that has failed before it came here.
func (s *server) failed(c *gin.Context) {
	if err, _ := c.Request.Context().Value(failureKey{}).(error); err != nil {
		s.fail(c, err)
		c.Abort()
		return
	}
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

// limitCalls refuses a caller of the API, or of a calendar, who asks too often.
func (s *server) limitCalls(c *gin.Context) {
	if s.calls == nil || !isAPI(c) && !isCalendar(c.Request) {
		c.Next()
		return
	}
	who := "address " + network(c.ClientIP())
	if v := visitorOf(c.Request.Context()); v != nil {
		who = "account " + strconv.FormatInt(v.account.ID, 10)
	}
	if wait := s.calls.take(who, s.now()); wait > 0 {
		c.Header("Retry-After", strconv.Itoa(seconds(wait)))
		s.fail(c, errTooMany)
		c.Abort()
		return
	}
	c.Next()
}
