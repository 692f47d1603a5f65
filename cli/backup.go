package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"samband/db"
)

var backupCommand = command{
	name: "backup", args: "PATH", summary: "copy the database while it is in use, and look the copy over",
	example: "samband backup /srv/backups --keep 30", flags: backupFlags, run: backUp,
}

func backupFlags(fs *pflag.FlagSet) {
	fs.Int("keep", 0, "keep the newest `N` copies in the folder PATH, and remove older ones; 0 for all")
}

// backUp copies the database into a file, or into a folder of copies.
func backUp(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	if _, err := p.check(); err != nil {
		return err
	}
	to := fs.Arg(0)
	keep, _ := fs.GetInt("keep")
	switch info, err := os.Stat(to); {
	case keep < 0:
		return errors.New("keep cannot be negative")
	case keep > 0 && (err == nil && !info.IsDir() || err != nil && filepath.Ext(to) != ""):
		return fmt.Errorf("--keep is for a folder of copies, and %s is a file", to)
	}
	b, err := db.BackUp(ctx, p.database, to)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "backed up to %s (%d bytes)\n", b.Path, b.Bytes)
	if b.Older > 0 {
		fmt.Fprintf(p.out, "its pages and references are whole; its trail was not walked, since its tables are of the older version %d\n", b.Older)
	} else {
		fmt.Fprintf(p.out, "its pages, references, row counts and trail of %d rows are whole; the checkpoint is %s\n", b.Rows, b.Seal)
	}
	if keep == 0 {
		return nil
	}
	removed, err := db.RemoveOldBackups(to, keep)
	for _, path := range removed {
		fmt.Fprintln(p.out, "removed", path)
	}
	return err
}
