package cli

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"samband/db"
)

var exportCommand = command{
	name: "export", args: "PATH", summary: "write everything as a package of CSV files, a folder or a zip",
	example: "samband export samband-2026-11-23.zip", run: exportPackage,
}

func exportPackage(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	return p.withStore(ctx, func(store *db.Store) error {
		if err := store.Export(ctx, db.Local, fs.Arg(0)); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.out, "exported to", fs.Arg(0))
		return err
	})
}
