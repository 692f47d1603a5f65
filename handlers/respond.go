package handlers

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"samband/assets"
	"samband/db"
	"samband/models"
	"samband/views"
)

// language returns the language for the visitor: the one chosen before, or the
// best that the browser accepts.
func (s *server) language(c *gin.Context) string {
	chosen, _ := c.Cookie(languageCookie)
	return views.MatchLanguage(chosen, c.GetHeader("Accept-Language"))
}

type languageKey struct{}

// languageOf returns the language for the visitor of a request.
func languageOf(ctx context.Context) string {
	lang, _ := ctx.Value(languageKey{}).(string)
	return lang
}

// show answers with a page. The status is written only once the page has been
// rendered.
func show[T any](s *server, c *gin.Context, status int, page views.Page[T], data T) error {
	var b bytes.Buffer
	request := views.Request{Lang: s.language(c), Path: s.pathBack(c), ID: requestID(c), Today: s.today(), Known: asOfDay(c.Request.Context())}
	if v := visitorOf(c.Request.Context()); v != nil {
		request.Who, request.Rights = &v.account, v.account.Rights
		request.Fresh = s.freshness(c.Request.Context())
		if status == http.StatusOK {
			request.Done = s.done(c)
			if c.Request.URL.Path == "/" {
				request.Unsaved = s.unsavedHere(c, "")
			}
		}
	}
	err := page.Render(&b, s.site, request, data)
	if err != nil {
		return err
	}
	vary(c, "Accept-Language, Cookie")
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// pathBack returns the address for coming back to the page that is shown. A
// refused form of a new record is at the address of the list: it comes back to
// the empty form. Whatever else is no page leads to the front page.
func (s *server) pathBack(c *gin.Context) string {
	path := c.Request.URL.Path
	switch {
	case c.Request.Method != http.MethodPost:
	case s.isPage(path + "/new"):
		return path + "/new"
	case !s.isPage(path):
		return "/"
	}
	return c.Request.URL.RequestURI()
}

func (s *server) errorPage(c *gin.Context, status int, problems models.Problems, why string) {
	data := views.Error{Status: status, Why: why, Problems: s.site.Problems(s.language(c), problems)}
	if err := show(s, c, status, views.ErrorPage, data); err != nil {
		s.log.Error("error page failed", "id", requestID(c), "error", err)
		c.String(status, http.StatusText(status))
	}
}

const (
	languageCookie = "language"
	stateCookie    = "state"
	matterCookie   = "matter"
)

// remember keeps a choice of the reader's in a cookie for a year.
func (s *server) remember(c *gin.Context, name, value string) {
	const year = 365 * 24 * 60 * 60
	http.SetCookie(c.Writer, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: year,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode})
}

// chooseLanguage keeps the chosen language, and redirects back to the page on
// which it was chosen.
func (s *server) chooseLanguage(c *gin.Context) error {
	lang := c.PostForm("lang")
	if views.MatchLanguage(lang, "") != lang {
		return errBadForm
	}
	s.remember(c, languageCookie, lang)
	c.Redirect(http.StatusSeeOther, localPath(c.PostForm("back")))
	return nil
}

// localPath returns an address if it is on this site, and the front page
// otherwise, so that no link to here can lead elsewhere.
func localPath(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(back, "/") ||
		strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n\t") {
		return "/"
	}
	return u.RequestURI()
}

func (s *server) asset(c *gin.Context) error {
	if !assets.Serve(c.Writer, c.Request) {
		return db.ErrNotFound
	}
	return nil
}

// live answers that the process runs, whatever else is wrong.
func (s *server) live(c *gin.Context) error {
	c.String(http.StatusOK, "ok\n")
	return nil
}

// health answers that the server runs and that its database can be read and, as
// far as can be known, written. Below that it says what else is wrong; that
// does not change the status, as no load balancer should turn visitors away for
// it.
func (s *server) health(c *gin.Context) error {
	if err := s.store.Ready(c.Request.Context()); err != nil {
		return err
	}
	said := "ok\n"
	if s.ailing != nil {
		if err := s.ailing(); err != nil {
			said += err.Error() + "\n"
		}
	}
	c.String(http.StatusOK, said)
	return nil
}

// acceptsHTML reports whether the request comes from a browser, which can be
// redirected.
func acceptsHTML(c *gin.Context) bool {
	return strings.Contains(c.GetHeader("Accept"), "text/html")
}
