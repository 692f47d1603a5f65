package handlers

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
)

const requestKey = "request"

// requestID returns the ID of a request, as it stands in the log, in the trail
// and on the error page.
func requestID(c *gin.Context) string { return c.GetString(requestKey) }

// identify gives a request its ID, and logs how it ended unless it was a GET
// that succeeded.
func (s *server) identify(c *gin.Context) {
	id := rand.Text()[:12]
	c.Set(requestKey, id)
	c.Header("X-Request-Id", id)
	ctx := context.WithValue(c.Request.Context(), languageKey{}, s.language(c))
	c.Request = c.Request.WithContext(context.WithValue(ctx, todayKey{}, s.today()))
	start := time.Now()
	c.Next()
	status, level := c.Writer.Status(), slog.LevelInfo
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		level = slog.LevelWarn
	}
	if status >= 400 || c.Request.Method != http.MethodGet {
		s.log.Log(c.Request.Context(), level, "request", lineOf(c, "method", c.Request.Method, "path", pathOf(c),
			"status", status, "took", time.Since(start).Round(time.Microsecond))...)
	}
}

const (
	aboutAccount = "about account"
	aboutToken   = "about token"
)

// about makes all log lines of a request name an account, and a token of it:
// the visitor's, or those that somebody tries to sign in with. 0 changes
// nothing.
func about(c *gin.Context, account, token int64) {
	if account != 0 {
		c.Set(aboutAccount, account)
	}
	if token != 0 {
		c.Set(aboutToken, token)
	}
}

// lineOf returns the attributes of a log line: the request's ID, what is given,
// and the account and token that the request is about.
func lineOf(c *gin.Context, what ...any) []any {
	line := append([]any{"id", requestID(c)}, what...)
	if account := c.GetInt64(aboutAccount); account != 0 {
		line = append(line, "account", account)
	}
	if token := c.GetInt64(aboutToken); token != 0 {
		line = append(line, "token", token)
	}
	return line
}

// pathOf returns the path of a request for the log, without any secret in it. If
// somebody has typed an e-mail address there, it is the pattern of the route instead.
func pathOf(c *gin.Context) string {
	if strings.Contains(c.Request.URL.Path, "@") {
		return c.FullPath()
	}
	return withoutSecret(c.Request.URL.Path)
}

// secretInPath matches what in a path is, or may be meant as, the secret of a calendar or
// what ends somebody's mails: whatever follows such an address, and texts that are as long
// as a secret, wherever somebody has put them.
var secretInPath = regexp.MustCompile(`(?i)((?:calendars?|unsubscribe)/+)[^/].*|[a-z2-7]{20,}`)

// withoutSecret returns a path with dots in place of any secret in it.
func withoutSecret(path string) string {
	if numbered.MatchString(path) {
		return path
	}
	return secretInPath.ReplaceAllString(path, "$1...")
}

// numbered matches the addresses of calendars on one's own page.
var numbered = regexp.MustCompile(`^/calendars/[0-9]+/[a-z]{1,19}$`)

// recover turns a panic into the page for internal errors.
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

// protect sets the headers of every answer: nothing may be loaded from
// elsewhere, framed, sniffed or cached.
func (s *server) protect(c *gin.Context) {
	h := c.Writer.Header()
	if s.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY") // for browsers that ignore the policy
	h.Set("X-XSS-Protection", "0")   // off: the filter was a hole itself
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	c.Next()
}

// failed answers a request that failed before it got here.
func (s *server) failed(c *gin.Context) {
	if err, _ := c.Request.Context().Value(failureKey{}).(error); err != nil {
		s.fail(c, err)
		c.Abort()
		return
	}
	c.Next()
}

// refuseForeign refuses a form sent from another site, whoever has signed in.
func (s *server) refuseForeign(c *gin.Context) {
	if err := crossOrigin.Check(c.Request); err != nil {
		s.fail(c, fmt.Errorf("%w: %w", errForeign, err))
		c.Abort()
		return
	}
	c.Next()
}

var crossOrigin = http.NewCrossOriginProtection()

// mostSent are the addresses to which a file may be sent, with how many bytes it may
// have.
var mostSent = map[string]int64{importPath: db.MostImport, verifyPath: mostCertified}

// limitBody refuses a body that is declared too large without reading it, and
// stops reading one that turns out to be. A compressed or multipart body is
// refused: no form is sent that way, and it may grow when unpacked. Only files come in
// parts, to the addresses that take them, and may be larger, and what programs send to
// end mails (RFC 8058), which nobody reads.
func (s *server) limitBody(c *gin.Context) {
	most, parts := int64(maxBody), false
	if file, takes := mostSent[c.FullPath()]; takes && c.Request.Method == http.MethodPost {
		most, parts = file+maxBody, true
	}
	if strings.HasPrefix(c.FullPath(), unsubscribePath) {
		most, parts = 64<<10, true
	}
	packed := c.GetHeader("Content-Encoding")
	if packed != "" && !strings.EqualFold(packed, "identity") || !parts && strings.HasPrefix(strings.ToLower(c.GetHeader("Content-Type")), "multipart/") {
		c.Header("Connection", "close")
		s.fail(c, errEncoding)
		c.Abort()
		return
	}
	if c.Request.ContentLength > most {
		c.Header("Connection", "close")
		s.fail(c, &http.MaxBytesError{Limit: most})
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
	c.Next()
}

// limitCalls refuses requests that come too fast: from one account, from one
// address without an account, or from one address in all, which many people may
// share. Signing in, and the assets of its pages, are exempt.
func (s *server) limitCalls(c *gin.Context) {
	if s.calls == nil || unlimited(c.Request.URL.Path) {
		c.Next()
		return
	}
	now, from := s.now(), "address "+network(c.ClientIP())
	wait := s.addressCalls.take(from, now)
	if v := visitorOf(c.Request.Context()); v != nil {
		from = "account " + strconv.FormatInt(v.account.ID, 10)
	}
	if wait = max(wait, s.calls.take(from, now)); wait > 0 {
		retryAfter(c, wait)
		s.fail(c, errTooMany)
		c.Abort()
		return
	}
	c.Next()
}

// unlimited reports whether an address may be requested at any rate: it costs
// next to nothing, or has a limit of its own.
func unlimited(path string) bool {
	for _, begin := range []string{"/assets/", "/sign-in", "/sign-out", "/set-up", "/language", "/.well-known/"} {
		if strings.HasPrefix(path, begin) {
			return true
		}
	}
	return ofHealth(path)
}
