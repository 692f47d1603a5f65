package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/db/interchange"
	"samband/handlers"
	"samband/models"
	"samband/views"
)

var serveCommand = command{
	name: "serve", summary: "serve the directory to browsers and programs",
	example: "SAMBAND_DATABASE=/srv/samband.db samband serve --addr 127.0.0.1:8080", run: serve,
}

// serve serves the site until ctx ends, and then lets running requests finish,
// for 10 seconds at most.
func serve(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	zone, err := p.check()
	if err == nil {
		err = p.checkAddr()
	}
	if err != nil {
		return err
	}
	certificates, err := p.certificates()
	if err != nil {
		return err
	}
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := p.fillDemo(ctx, store, zone); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return err
	}
	scheme := "http://"
	if p.tlsCert != "" {
		scheme = "https://"
	}
	if p.baseURL == "" {
		p.baseURL = scheme + listener.Addr().String()
	}
	site, err := views.New(views.Options{Banner: p.banner, BaseURL: p.baseURL, Demo: p.demo, Zone: zone.String()})
	if err != nil {
		return err
	}
	log := p.logger()
	seals := &sealing{folder: p.sealTo, every: p.sealEvery}
	options := p.options(store, site, zone, log)
	options.Ailing = seals.err
	if options.Send, err = p.sender(); err != nil {
		return err
	}
	handler, err := handlers.New(options)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12, Certificates: certificates},
	}
	fmt.Fprintf(p.out, "Samband is at %s%s\n", scheme, listener.Addr())
	if err := p.offerSetUp(ctx, store); err != nil {
		return err
	}
	go p.retain(ctx, store, zone, log)
	go seals.run(ctx, store, log)
	go handler.Mail(ctx)
	return p.serveUntil(ctx, server, listener)
}

// fillDemo fills an empty database with invented postings, if the settings ask for it.
func (p *program) fillDemo(ctx context.Context, store *db.Store, zone *time.Location) error {
	if !p.demo {
		return nil
	}
	err := interchange.FillDemo(ctx, store, db.Local, models.DateOf(time.Now().In(zone)))
	if errors.Is(err, db.ErrNotEmpty) {
		return nil
	}
	return err
}

// options returns what the site is made of.
func (p *program) options(store *db.Store, site *views.Site, zone *time.Location, log *slog.Logger) handlers.Options {
	o := handlers.Options{Store: store, Site: site, Zone: zone, Limits: p.limits, Now: time.Now, Log: log,
		Secure: p.secure(), Idle: p.sessionIdle, Lifetime: p.sessionLifetime, TrustedProxies: p.trustedProxies,
		APIRate: p.apiRate, SecurityContact: p.securityContact,
		SSO: handlers.SSO{Issuer: p.oidc.issuer, ClientID: p.oidc.clientID, ClientSecret: p.oidc.clientSecret,
			RedirectURL: p.baseURL + "/sign-in/sso/callback", Claim: p.oidc.claim, Roles: p.oidc.roles, Label: p.oidc.label, Strong: p.oidc.strong}}
	for _, role := range p.secondFactor {
		o.SecondFactor = append(o.SecondFactor, models.Role(role))
	}
	return o
}

// offerSetUp prints the link that makes the first administrator, if there are
// no accounts yet. Each start makes a new link.
func (p *program) offerSetUp(ctx context.Context, store *db.Store) error {
	if some, err := store.HasAccounts(ctx); some || err != nil {
		return err
	}
	const lasts = 24 * time.Hour
	var secret string
	err := store.Write(ctx, db.Local, func(tx *db.Tx) (err error) {
		secret, err = tx.NewLink(0, lasts)
		return err
	})
	if err == nil {
		fmt.Fprintf(p.out, "There is no administrator yet. Make the first one here, once, within a day:\n  %s/set-up?token=%s\n", p.baseURL, secret)
	}
	return err
}

func (p *program) serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() {
		if p.tlsCert != "" {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return server.Shutdown(finish)
}

func (p *program) logger() *slog.Logger {
	if p.logJSON {
		return slog.New(slog.NewJSONHandler(p.err, nil))
	}
	return slog.New(slog.NewTextHandler(p.err, nil))
}
