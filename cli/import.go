package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"samband/db"
	"samband/db/interchange"
	"samband/views"
)

var importCommand = command{
	name: "import", args: "PATH", summary: "read a package of CSV files, a folder or a zip: all of it or nothing",
	example: "samband import ./package --dry-run", flags: importFlags, run: importPackage,
}

func importFlags(fs *pflag.FlagSet) {
	fs.Bool("dry-run", false, "say what each row would do, and change nothing")
}

// importPackage imports a package and prints what it did, or would do. If any
// row is refused, it fails and imports nothing.
func importPackage(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	err := p.withNewStore(ctx, func(store *db.Store) error {
		out := bufio.NewWriter(p.out)
		defer out.Flush()
		opts := interchange.Options{}
		if opts.DryRun, _ = fs.GetBool("dry-run"); opts.DryRun {
			opts.Row = func(file string, line int, key string, outcome interchange.Outcome) {
				fmt.Fprintf(out, "%s:%d: %s: %s\n", file, line, key, outcome)
			}
		}
		progress, done := p.progress("importing")
		opts.Progress = progress
		report, err := interchange.Import(ctx, store, db.Local, fs.Arg(0), opts)
		done()
		if err != nil {
			return err
		}
		site, err := views.New(views.Options{})
		if err != nil {
			return err
		}
		return printReport(out, site, report, opts.DryRun)
	})
	if err != nil && ctx.Err() != nil {
		return errors.New("interrupted: nothing was imported")
	}
	return err
}

// progress returns the function that reports progress to a bar, and the one
// that ends it. Without a terminal, report is nil and end does nothing.
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

func printReport(w io.Writer, site *views.Site, r interchange.Report, dryRun bool) error {
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
