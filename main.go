// Samband is the directory of Nordic liaison officers and the tracker of who
// holds which posting, when, and for which of the five Nordic countries.
package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // zones, for machines that have none

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"samband/db"
	"samband/handlers"
	"samband/models"
	"samband/views"
)

// version is set by the Makefile.
var version = ""

// A program is what a command gets: the settings, and where to speak.
type program struct {
	config
	in       io.Reader
	out, err io.Writer
}

// A command is one thing that samband does.
type command struct {
	name, args, summary, example string
	flags                        func(*pflag.FlagSet)
	run                          func(ctx context.Context, p *program, fs *pflag.FlagSet) error
}

var commands = []command{
	{name: "serve", summary: "serve the directory to browsers and programs",
		example: "SAMBAND_DATABASE=/srv/samband.db samband serve --addr 127.0.0.1:8080", run: serve},
	{name: "import", args: "PATH", summary: "read a package of CSV files, a folder or a zip: all of it or nothing",
		example: "samband import ./package --dry-run", flags: importFlags, run: importPackage},
	{name: "export", args: "PATH", summary: "write everything as a package of CSV files, a folder or a zip",
		example: "samband export samband-2026-11-23.zip", run: exportPackage},
	{name: "demo", summary: "fill an empty database with invented postings",
		example: "samband demo --database demo.db", run: demo},
	{name: "user add", summary: "make an account",
		example: "samband user add --email a@example.org --role coordinator --state SE --password-stdin", flags: userAddFlags, run: userAdd},
	{name: "user list", summary: "list the accounts", example: "samband user list", run: userList},
	{name: "user disable", summary: "keep an account out", example: "samband user disable --email a@example.org", flags: emailFlag, run: userDisable},
	{name: "user enable", summary: "let an account in again", example: "samband user enable --email a@example.org", flags: emailFlag, run: userEnable},
	{name: "user reset", summary: "give an account a new password, and take its second factor and sessions away",
		example: "samband user reset --email a@example.org --link", flags: userResetFlags, run: userReset},
	{name: "token add", summary: "make a token for a program, and print it once, as the last line",
		example: "samband token add --email a@example.org --role partner --expires 2027-06-30", flags: tokenAddFlags, run: tokenAdd},
	{name: "token list", summary: "list the tokens", example: "samband token list", run: tokenList},
	{name: "token revoke", args: "ID", summary: "end a token for good", example: "samband token revoke 4711", run: tokenRevoke},
	{name: "audit verify", summary: "walk the trail, and name the first row that is not what it was",
		example: "samband audit verify --checkpoint 2026-11-23.json", flags: verifyFlags, run: auditVerify},
	{name: "audit seal", summary: "print a signed checkpoint of the trail, to be kept elsewhere",
		example: "samband audit seal > 2026-11-23.json", run: auditSeal},
	{name: "retention", summary: "replace officers by pseudonyms, so many months after their last assignment",
		example: "samband retention --months 60 --dry-run", flags: retentionFlags, run: retention},
	{name: "version", summary: "print the version", example: "samband version", run: printVersion},
}

// errUsage is a mistake in how the program was called, already explained.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.LookupEnv, os.Stdin, os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, errUsage) {
			fmt.Fprintln(os.Stderr, "samband:", err)
		}
		stop()
		os.Exit(1)
	}
}

// run runs the command that args name. A nil error means that it did what was
// asked: the exit status is 0 only then.
func run(ctx context.Context, args []string, env func(string) (string, bool), in io.Reader, out, errs io.Writer) error {
	if len(args) == 0 {
		printCommands(errs)
		return errUsage
	}
	if args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		printCommands(out)
		return nil
	}
	for _, c := range commands {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && slices.Equal(args[:len(words)], words) {
			return c.call(ctx, args[len(words):], env, in, out, errs)
		}
	}
	fmt.Fprintf(errs, "samband: there is no command %q\n\n", strings.Join(args[:min(len(args), 2)], " "))
	printCommands(errs)
	return errUsage
}

func printVersion(_ context.Context, p *program, _ *pflag.FlagSet) error {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
	}
	_, err := fmt.Fprintln(p.out, "samband", v)
	return err
}

// serve serves the site until ctx ends, and then lets running requests finish.
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
	store, err := db.Open(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	if p.demo {
		if err := store.FillDemo(ctx, db.Local, models.DateOf(time.Now().In(zone))); err != nil && !errors.Is(err, db.ErrNotEmpty) {
			return err
		}
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
	handler, err := handlers.New(p.options(store, site, zone, log))
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
	return p.serveUntil(ctx, server, listener)
}

// options are what the site is made of.
func (p *program) options(store *db.Store, site *views.Site, zone *time.Location, log *slog.Logger) handlers.Options {
	o := handlers.Options{Store: store, Site: site, Zone: zone, Limits: p.limits, Now: time.Now, Log: log,
		Secure: p.secure(), Idle: p.sessionIdle, Lifetime: p.sessionLifetime, TrustedProxies: p.trustedProxies,
		APIRate: p.apiRate, SecurityContact: p.securityContact,
		SSO: handlers.SSO{Issuer: p.oidc.issuer, ClientID: p.oidc.clientID, ClientSecret: p.oidc.clientSecret,
			RedirectURL: p.baseURL + "/sign-in/sso/callback", Claim: p.oidc.claim, Roles: p.oidc.roles, Label: p.oidc.label}}
	for _, role := range p.secondFactor {
		o.SecondFactor = append(o.SecondFactor, models.Role(role))
	}
	return o
}

// offerSetUp prints the link that makes the first administrator, while there is
// none. Each start makes a new one.
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

// demo fills an empty database with invented postings.
func demo(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	zone, err := p.check()
	if err != nil {
		return err
	}
	store, err := db.Open(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.FillDemo(ctx, db.Local, models.DateOf(time.Now().In(zone))); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "filled", p.database, "with invented postings")
	return err
}

func importFlags(fs *pflag.FlagSet) {
	fs.Bool("dry-run", false, "say what each row would do, and change nothing")
}

// importPackage imports a package and prints what it did, or would do. Any
// refused row is a failure, and then nothing is imported.
func importPackage(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	if _, err := p.check(); err != nil {
		return err
	}
	store, err := db.Open(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	out := bufio.NewWriter(p.out)
	defer out.Flush()
	opts := db.ImportOptions{}
	if opts.DryRun, _ = fs.GetBool("dry-run"); opts.DryRun {
		opts.Row = func(file string, line int, key string, outcome db.Outcome) {
			fmt.Fprintf(out, "%s:%d: %s: %s\n", file, line, key, outcome)
		}
	}
	progress, done := p.progress("importing")
	opts.Progress = progress
	report, err := store.Import(ctx, db.Local, fs.Arg(0), opts)
	done()
	if err != nil {
		return err
	}
	site, err := views.New(views.Options{})
	if err != nil {
		return err
	}
	return printReport(out, site, report, opts.DryRun)
}

// progress returns a bar to report to, and what ends it. Without a terminal
// both do nothing.
func (p *program) progress(what string) (report func(done, total int64), end func()) {
	if f, ok := p.err.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions64(-1, progressbar.OptionSetDescription(what),
		progressbar.OptionSetWriter(p.err), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	return func(done, total int64) {
		bar.ChangeMax64(total)
		_ = bar.Set64(done)
	}, func() { _ = bar.Finish() }
}

func printReport(w io.Writer, site *views.Site, r db.Report, dryRun bool) error {
	for _, f := range r.Refusals {
		fmt.Fprintf(w, "%s:%d: %s: %s\n", f.File, f.Line, cmp.Or(f.Column, "-"), site.Say("en", f.Reason))
	}
	if more := r.Refused - len(r.Refusals); more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
	if r.Refused > 0 {
		return fmt.Errorf("%d refused, nothing imported", r.Refused)
	}
	t := r.Total()
	verb := "imported"
	if dryRun {
		verb = "would import"
	}
	_, err := fmt.Fprintf(w, "%s: %d changes (%d new, %d changed, %d unchanged)\n", verb, t.New+t.Changed, t.New, t.Changed, t.Unchanged)
	return err
}

func exportPackage(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	if _, err := p.check(); err != nil {
		return err
	}
	store, err := db.Open(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Export(ctx, db.Local, fs.Arg(0)); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "exported to", fs.Arg(0))
	return err
}
