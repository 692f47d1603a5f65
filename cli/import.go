package cli

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"samband/db"
	"samband/db/interchange"
	"samband/models"
	"samband/views"
)

var importCommand = command{
	name: "import", args: "PATH", summary: "read a package of CSV files (a folder or a zip), or one CSV or XLSX file: all of it or nothing",
	example: "samband import ./package --dry-run", flags: importFlags, alone: "list", run: importPath,
}

func importFlags(fs *pflag.FlagSet) {
	fs.Bool("dry-run", false, "say what each row would do, and change nothing")
	fs.Bool("list", false, "list the latest imports: ID, day, who, rows new and changed, taken back or not, and the file; without PATH")
	fs.Bool("revert", false, "take an import back: PATH is its ID, as it was printed")
	fs.Bool("leave-refused", false, "import the other rows if some are refused")
	fs.StringArray("take", nil, "take the file's row of a record that has changed since, as \"posting bangkok\"; may be repeated")
	fs.String("noun", "", "what a single file has records of, if its name does not say: "+strings.Join(interchange.Nouns(), ", "))
	fs.StringArray("column", nil, "what a column of a single file is, as \"Head=column\", or \"Head=\" to leave it out; may be repeated")
}

// importPath imports a package or a file and prints what it did, or would do. If any
// row is refused, it fails and imports nothing.
func importPath(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	if list, _ := fs.GetBool("list"); list {
		if fs.NArg() > 0 {
			return errors.New("samband import --list takes no PATH")
		}
		return p.withStore(ctx, func(store *db.Store) error { return listImports(ctx, p, store) })
	}
	if back, _ := fs.GetBool("revert"); back {
		return p.withStore(ctx, func(store *db.Store) error { return revertImport(ctx, p, store, fs.Arg(0)) })
	}
	err := p.withNewStore(ctx, func(store *db.Store) error {
		out := bufio.NewWriter(p.out)
		defer out.Flush()
		site, err := views.New(views.Options{})
		if err != nil {
			return err
		}
		opts, err := importOptions(fs, site)
		if err != nil {
			return err
		}
		if opts.DryRun {
			opts.Row = func(file string, line int, key string, outcome interchange.Outcome) {
				fmt.Fprintf(out, "%s:%d: %s: %s\n", file, line, key, outcome)
			}
		}
		im := db.NewImport(0, filepath.Base(fs.Arg(0)), nil)
		if im.Hash, im.Size, err = hashOf(fs.Arg(0)); err != nil {
			return err
		}
		applied := false
		opts.Then = func(tx *db.Tx, r interchange.Report) error {
			total := r.Total()
			if im.Added, im.Changed, im.LeftOut = total.New, total.Changed, total.Refused+total.Stale; im.Added+im.Changed == 0 {
				return nil
			}
			applied, im.Noun = true, r.Noun
			return tx.Applied(im, r.Begun)
		}
		progress, done := p.progress("importing")
		opts.Progress = progress
		report, err := interchange.Import(ctx, store, db.Local, fs.Arg(0), opts)
		done()
		if err != nil {
			return err
		}
		err = printReport(out, site, report, opts)
		if err == nil && applied {
			fmt.Fprintf(out, "to take it back: samband import --revert %s\n", im.ID)
		}
		return err
	})
	if err != nil && ctx.Err() != nil {
		return errors.New("interrupted: nothing was imported")
	}
	return err
}

// importOptions reads the flags.
func importOptions(fs *pflag.FlagSet, site *views.Site) (opts interchange.Options, err error) {
	opts = interchange.Options{Changes: true, Called: site.ColumnCalled, Codes: site.CodeCalled, Take: map[string]bool{}, Columns: map[string]string{}}
	opts.DryRun, _ = fs.GetBool("dry-run")
	opts.LeaveRefused, _ = fs.GetBool("leave-refused")
	if opts.Noun, _ = fs.GetString("noun"); opts.Noun != "" && interchange.Columns(opts.Noun) == nil {
		return opts, fmt.Errorf("no file has records of %q", opts.Noun)
	}
	take, _ := fs.GetStringArray("take")
	for _, of := range take {
		opts.Take[of] = true
	}
	columns, _ := fs.GetStringArray("column")
	for _, said := range columns {
		head, column, ok := strings.Cut(said, "=")
		if !ok {
			return opts, fmt.Errorf("%q does not say which column it is: write Head=column", said)
		}
		opts.Columns[head] = column
	}
	return opts, nil
}

// hashOf returns the SHA-256 of a file in hexadecimal digits, and its size. A folder has
// none.
func hashOf(path string) (hash string, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return "", 0, err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
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

func printReport(w io.Writer, site *views.Site, r interchange.Report, opts interchange.Options) error {
	say := func(m models.Message) string { return site.Say("en", m) }
	for _, n := range r.Notices {
		fmt.Fprintln(w, say(n))
	}
	for _, row := range r.Rows {
		if row.Outcome == interchange.Stale {
			printStale(w, row)
		} else if opts.DryRun && row.Outcome == interchange.Changed {
			for _, f := range row.Fields {
				fmt.Fprintf(w, "  %s:%d: %s: %s: %q, now %q\n", row.File, row.Line, row.Key, f.Column, f.Was, f.Now)
			}
		}
	}
	for _, f := range r.Refusals {
		fmt.Fprintf(w, "%s:%d: %s: %s\n", f.File, f.Line, cmp.Or(f.Column, "-"), say(f.Reason))
	}
	if more := r.Refused - len(r.Refusals); more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
	if r.Refused > 0 && (!opts.LeaveRefused || r.Whole) {
		return fmt.Errorf("%d refused, nothing imported", r.Refused)
	}
	t := r.Total()
	verb := "imported"
	if opts.DryRun {
		verb = "would import"
	}
	counts := fmt.Sprintf("%d new, %d changed, %d unchanged", t.New, t.Changed, t.Unchanged)
	if t.Stale > 0 {
		counts += fmt.Sprintf(", %d older than the record and left", t.Stale)
	}
	if t.Refused > 0 {
		counts += fmt.Sprintf(", %d refused and left out", t.Refused)
	}
	_, err := fmt.Fprintf(w, "%s: %d changes (%s)\n", verb, t.New+t.Changed, counts)
	return err
}

// printStale prints a row that is older than its record.
func printStale(w io.Writer, row interchange.RowChange) {
	fmt.Fprintf(w, "%s:%d: %s has changed since the file was written; to take the file's: --take %q\n", row.File, row.Line, row.Key, row.Noun+" "+row.Key)
	for _, f := range row.Fields {
		base := "not known"
		if f.Based {
			base = fmt.Sprintf("%q", f.Base)
		}
		fmt.Fprintf(w, "  %s: then %s, in the file %q, on record %q\n", f.Column, base, f.Now, f.Was)
	}
}
