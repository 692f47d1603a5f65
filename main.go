// Samband is the directory of Nordic liaison officers and the tracker of who
// holds which posting, when, and for which of the five Nordic countries.
package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
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
	{name: "version", summary: "print the version", example: "samband version", run: printVersion},
}

// errUsage is a mistake in how the program was called, already explained.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.LookupEnv, os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, errUsage) {
			fmt.Fprintln(os.Stderr, "samband:", err)
		}
		stop()
		os.Exit(1)
	}
}

// run runs the command that args name. A nil error means that it did what was
// asked: the exit status is 0 only then.
func run(ctx context.Context, args []string, env func(string) (string, bool), out, errs io.Writer) error {
	if len(args) == 0 {
		printCommands(errs)
		return errUsage
	}
	if args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		printCommands(out)
		return nil
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.call(ctx, args[1:], env, out, errs)
		}
	}
	fmt.Fprintf(errs, "samband: there is no command %q\n\n", args[0])
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

// local is who writes from the command line, until there are accounts.
var local = db.Actor{Name: "local"}

// serve serves the site until ctx ends, and then lets running requests finish.
func serve(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	zone, err := p.check()
	if err == nil {
		err = p.checkAddr()
	}
	if err != nil {
		return err
	}
	store, err := db.Open(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	if p.demo {
		if err := store.FillDemo(ctx, local, models.DateOf(time.Now().In(zone))); err != nil && !errors.Is(err, db.ErrNotEmpty) {
			return err
		}
	}
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return err
	}
	if p.baseURL == "" {
		p.baseURL = "http://" + listener.Addr().String()
	}
	site, err := views.New(views.Options{Banner: p.banner, BaseURL: p.baseURL, Demo: p.demo, Zone: zone.String()})
	if err != nil {
		return err
	}
	log := p.logger()
	server := &http.Server{
		Handler:           handlers.New(handlers.Options{Store: store, Site: site, Zone: zone, Limits: p.limits, Now: time.Now, Log: log}),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	fmt.Fprintf(p.out, "Samband is at http://%s\n", listener.Addr())
	return serveUntil(ctx, server, listener)
}

func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
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
	if err := store.FillDemo(ctx, local, models.DateOf(time.Now().In(zone))); err != nil {
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
	report, err := store.Import(ctx, local, fs.Arg(0), opts)
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
	if err := store.Export(ctx, fs.Arg(0)); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "exported to", fs.Arg(0))
	return err
}
