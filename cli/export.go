package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/db/interchange"
	"samband/views"
)

var exportCommand = command{
	name: "export", args: "PATH", summary: "write everything as a package of CSV files, a folder or a zip",
	example: "samband export samband-2026-11-23.zip", flags: exportFlags, run: exportPackage,
}

func exportFlags(fs *pflag.FlagSet) {
	fs.Bool("force", false, "overwrite what is there already")
}

func exportPackage(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	return p.withStore(ctx, func(store *db.Store) error {
		force, _ := fs.GetBool("force")
		site, err := views.New(views.Options{})
		if err != nil {
			return err
		}
		err = interchange.ExportTitled(ctx, store, db.Local, fs.Arg(0), force, site.ColumnTitles)
		if errors.Is(err, db.ErrExists) {
			return fmt.Errorf("%w (--force overwrites)", err)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(p.out, "exported to", fs.Arg(0))
		return err
	})
}
