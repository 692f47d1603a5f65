package cli

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"samband/db"
)

// listImports prints the latest imports, with the IDs by which they are taken back. An
// import is taken back by a later one, so that this is known of all that are listed.
func listImports(ctx context.Context, p *program, store *db.Store) error {
	all, err := store.Imports(ctx, db.Local.Account)
	if err != nil {
		return err
	}
	zone, err := p.check()
	if err != nil {
		return err
	}
	back, who := map[string]bool{}, map[int64]string{db.Local.Account: db.Local.Name}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tAT\tBY\tNEW\tCHANGED\tSTATE\tFILE")
	for _, im := range all {
		back[im.Reverts] = true
		if _, known := who[im.Account]; !known {
			a, err := store.Account(ctx, im.Account)
			if err != nil && !errors.Is(err, db.ErrNotFound) {
				return err
			}
			who[im.Account] = a.Email
		}
		state := "applied"
		switch {
		case back[im.ID]:
			state = "taken back"
		case im.Reverts != "":
			state = "takes back " + im.Reverts
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\t%q\n", im.ID, im.Kept.In(zone).Format("2006-01-02 15:04"), who[im.Account], im.Added, im.Changed, state, im.Name)
	}
	return w.Flush()
}

// revertImport takes an import back and prints what became of each record that is not as
// it was before.
func revertImport(ctx context.Context, p *program, store *db.Store, id string) error {
	im, err := store.KeptImport(ctx, 0, id)
	if err == nil && im.Applied == "" {
		err = db.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("no import %q: %w", id, err)
	}
	back, all, err := store.RevertImport(ctx, db.Local, im)
	if err != nil {
		return err
	}
	for _, r := range all {
		switch r.Outcome {
		case db.Kept:
			fmt.Fprintf(p.out, "%s %s: kept, changed since by %s\n", r.Row.Noun, r.Row.Name, r.Since.Actor)
		case db.Failed:
			fmt.Fprintf(p.out, "%s %s: failed: %v\n", r.Row.Noun, r.Row.Name, r.Err)
		}
	}
	fmt.Fprintf(p.out, "taken back: %d records, %d left as they are\n", back.Changed, back.LeftOut)
	if back.Changed > 0 {
		fmt.Fprintf(p.out, "to take that back: samband import --revert %s\n", back.ID)
	}
	return nil
}
