// Package handlers says who asked, and what they get: the routes of the site,
// and one file for each noun. A handler binds, asks or writes, and shows.
package handlers

import (
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// Options are what a server is made of.
type Options struct {
	Store  *db.Store
	Site   *views.Site
	Zone   *time.Location // whose calendar says which day is today
	Limits models.Limits
	Now    func() time.Time
	Log    *slog.Logger
}

// A server answers requests. Its methods are the handlers.
type server struct {
	store  *db.Store
	site   *views.Site
	zone   *time.Location
	limits models.Limits
	now    func() time.Time
	log    *slog.Logger

	standing atomic.Pointer[standing]
	answers  answers
}

// maxBody bounds what a form may send: far more than the longest posting.
const maxBody = 1 << 20

// New returns the whole site.
func New(o Options) http.Handler {
	s := &server{store: o.Store, site: o.Site, zone: o.Zone, limits: o.Limits, now: o.Now, log: o.Log}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	_ = engine.SetTrustedProxies(nil) // cannot fail on no proxies
	engine.Use(s.identify, s.recover, secure, s.limitBody)
	for _, r := range s.routes() {
		engine.Handle(r.method, r.path, s.answering(r.handle))
		if r.method == get { // net/http leaves the body out by itself
			engine.Handle(http.MethodHead, r.path, s.answering(r.handle))
		}
	}
	engine.NoRoute(s.answering(func(*gin.Context) error { return db.ErrNotFound }))
	engine.NoMethod(s.answering(func(*gin.Context) error { return errMethod }))
	return http.NewCrossOriginProtection().Handler(engine)
}

// today is the date in the configured zone.
func (s *server) today() models.Date { return models.DateOf(s.now().In(s.zone)) }

// actor is who writes in this request, for the trail.
func (s *server) actor(c *gin.Context) db.Actor {
	return db.Actor{Name: "local", Request: requestID(c)}
}

// write runs f behind the one door for writes, on behalf of the request.
func (s *server) write(c *gin.Context, f func(*db.Tx) error) error {
	return s.store.Write(c.Request.Context(), s.actor(c), f)
}
