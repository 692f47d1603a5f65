// Package handlers finds out who the visitor is, and what he or she gets. It has
// the routes of the site, and one file for each noun. A handler reads the
// request, queries or writes the store, and shows a page.
package handlers

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"
	"weak"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"samband/db"
	"samband/models"
	"samband/views"
)

// Options are what New makes a site of.
type Options struct {
	Store  *db.Store
	Site   *views.Site
	Zone   *time.Location // decides which day is today
	Limits models.Limits
	Now    func() time.Time
	Log    *slog.Logger

	// Secure says that browsers reach the site over TLS.
	Secure bool
	// Idle is how long a session lasts unused, Lifetime how long at most: an
	// hour and 12 hours if 0.
	Idle, Lifetime time.Duration
	// SecondFactor are the roles that must have one.
	SecondFactor []models.Role
	SSO          SSO
	// TrustedProxies are the addresses and networks of proxies that are trusted
	// to say where a request comes from.
	TrustedProxies []string
	// APIRate is how many requests a second an account may make, or an address
	// without one. Everybody at an address together may make ten times as many.
	// 0 means no limit.
	APIRate int
	// SecurityContact is where to report security problems: a mailto: or https:
	// address, "" for none.
	SecurityContact string
	// Ailing, unless nil, returns what else is wrong although the server works.
	// The health pages show it.
	Ailing func() error
	// Send sends digests by mail. Unless it is given, the site sends none.
	Send Sender
}

// A Site answers requests, and sends the mails that people want: see Mail.
type Site struct {
	http.Handler
	server *server
}

// A server answers requests. Its methods are the handlers.
type server struct {
	store  *db.Store
	site   *views.Site
	zone   *time.Location
	limits models.Limits
	now    func() time.Time
	log    *slog.Logger

	sessions        *scs.SessionManager
	secure          bool
	idle, lifetime  time.Duration
	deviceKey       []byte
	secondFactor    []models.Role
	sso             *sso
	ssoLabel        string
	securityContact string
	ailing          func() error
	send            Sender

	door                door
	calls, addressCalls *throttle // nil for no limit
	turns               *turns
	files               underWay
	jobs                jobs
	onDisk              atomic.Int64 // bytes waiting for readers

	mu       sync.Mutex
	standing map[weak.Pointer[models.Directory]]*standing
	fresh    fresh
	answers  *answers
	removed  withdrawals
	news     news
	pages    func() *regexp.Regexp // see isPage
}

// maxBody bounds the body of a request, in bytes: far more than the longest
// posting needs.
const maxBody = 1 << 20

// New returns the whole site.
func New(o Options) (*Site, error) {
	s := &server{store: o.Store, site: o.Site, zone: o.Zone, limits: o.Limits, now: o.Now, log: o.Log,
		secure: o.Secure, idle: cmp.Or(o.Idle, time.Hour), lifetime: cmp.Or(o.Lifetime, 12*time.Hour), secondFactor: o.SecondFactor,
		sso: newSSO(o.SSO), ssoLabel: o.SSO.Label, securityContact: o.SecurityContact, ailing: o.Ailing, send: o.Send,
		door: newDoor(), turns: newTurns(), answers: newAnswers()}
	s.pages = sync.OnceValue(func() *regexp.Regexp { return pagesOf(s.routes()) })
	var err error
	if s.deviceKey, err = o.Store.DeviceKey(context.Background()); err != nil {
		return nil, err
	}
	if o.APIRate > 0 {
		s.calls = newThrottle(time.Second/time.Duration(o.APIRate), 5*o.APIRate)
		s.addressCalls = newThrottle(time.Second/time.Duration(10*o.APIRate), 50*o.APIRate)
	}
	s.sessions = s.newSessions(o.Secure)
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(o.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	engine.Use(s.identify, s.recover, s.protect, s.failed, s.limitBody, s.authenticate, s.limitCalls, s.refuseForeign)
	for _, r := range s.routes() {
		engine.Handle(r.method, r.path, s.answering(r))
		if r.method == get { // net/http drops the body
			engine.Handle(http.MethodHead, r.path, s.answering(r))
		}
	}
	engine.NoRoute(s.answering(route{right: anyone, handle: func(*gin.Context) error { return db.ErrNotFound }}))
	engine.NoMethod(s.answering(route{right: anyone, handle: func(*gin.Context) error { return errMethod }}))
	s.sessions.ErrorFunc = s.instead(engine)
	all, err := packing(inTime(asNobody(noteFound(s.sessions.LoadAndSave(engine)))))
	return &Site{all, s}, err
}

// today is the date in the configured zone.
func (s *server) today() models.Date { return models.DateOf(s.now().In(s.zone)) }

// actor returns who writes in this request, for the trail.
func (s *server) actor(c *gin.Context) db.Actor {
	v := visitorOf(c.Request.Context())
	if v == nil {
		return db.Actor{Name: "nobody", Request: requestID(c)}
	}
	return db.Actor{Account: v.account.ID, Rights: v.account.Rights, Request: requestID(c)}
}

// write runs f in Store.Write, on behalf of the visitor. The page that follows tells
// what it has done.
func (s *server) write(c *gin.Context, f func(*db.Tx) error) error {
	var row int64
	err := s.store.Write(c.Request.Context(), s.actor(c), func(tx *db.Tx) error {
		err := f(tx)
		row = tx.Changed()
		return err
	})
	if err == nil {
		s.tellNext(c, row)
	}
	return err
}
