package cli

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"samband/db"
)

var restoreCommand = command{
	name: "restore", args: "PATH", summary: "put a copy that samband backup made in the database's place, while nobody uses it",
	example: "samband restore /srv/backups", run: restore,
}

// restore puts a copy, or the newest in a folder of copies, in place of the
// database.
func restore(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	if _, err := p.check(); err != nil {
		return err
	}
	r, err := db.Restore(ctx, fs.Arg(0), p.database)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "restored %s from %s\n", p.database, r.From)
	switch {
	case r.Older > 0:
		fmt.Fprintf(p.out, "its tables are of the older version %d: samband serve brings them up to date\n", r.Older)
	case r.Sealed:
		fmt.Fprintf(p.out, "its trail of %d rows is the one that its checkpoint was made of\n", r.Rows)
	default:
		fmt.Fprintf(p.out, "its trail of %d rows is whole; there is no checkpoint beside it to compare with\n", r.Rows)
	}
	if r.Aside != "" {
		fmt.Fprintln(p.out, "what was there before is kept as", r.Aside)
	}
	return nil
}
