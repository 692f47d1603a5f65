package cli

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/db/interchange"
)

var demoCommand = command{
	name: "demo", summary: "fill an empty database with invented postings",
	example: "samband demo --database demo.db", run: demo,
}

// demo fills an empty database with invented postings.
func demo(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	today, err := p.today()
	if err != nil {
		return err
	}
	return p.withNewStore(ctx, func(store *db.Store) error {
		if err := interchange.FillDemo(ctx, store, db.Local, today); err != nil {
			return err
		}
		_, err := fmt.Fprintln(p.out, "filled", p.database, "with invented postings")
		return err
	})
}
