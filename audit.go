package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/models"
)

func verifyFlags(fs *pflag.FlagSet) {
	fs.StringArray("checkpoint", nil, "`file` with a checkpoint that samband audit seal has printed; may be given again")
}

// auditVerify walks the trail. A trail that is broken is a failure.
func auditVerify(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	files, _ := fs.GetStringArray("checkpoint")
	var checkpoints []db.Checkpoint
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var c db.Checkpoint
		if err := json.Unmarshal(b, &c); err != nil {
			return fmt.Errorf("%s is no checkpoint: %w", file, err)
		}
		if !c.Genuine() {
			return fmt.Errorf("%s: the signature does not fit", file)
		}
		checkpoints = append(checkpoints, c)
	}
	return p.withStore(ctx, func(store *db.Store) error {
		report, err := store.Verify(ctx, checkpoints...)
		if err != nil {
			return err
		}
		if report.Broken != nil {
			return broken(*report.Broken)
		}
		own, err := store.SealKey(ctx)
		if err != nil {
			return err
		}
		for _, c := range checkpoints {
			if c.Key != own {
				fmt.Fprintln(p.err, "note: a checkpoint was signed by another key than this database's:", c.Key)
			}
		}
		_, err = fmt.Fprintf(p.out, "the trail is whole: %d rows, head %s\n", report.Rows, report.Head)
		return err
	})
}

func broken(b db.BrokenRow) error {
	return fmt.Errorf("the trail is broken at row %d (%s, %s %s %d): %s", b.ID, b.At, b.Action, b.Noun, b.Record, b.Why)
}

func auditSeal(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	return p.withStore(ctx, func(store *db.Store) error {
		c, report, err := store.Seal(ctx)
		if err != nil {
			return err
		}
		if report.Broken != nil {
			return broken(*report.Broken)
		}
		b, err := json.MarshalIndent(c, "", "  ")
		if err == nil {
			_, err = fmt.Fprintln(p.out, string(b))
		}
		return err
	})
}

func retentionFlags(fs *pflag.FlagSet) {
	fs.Int("months", 0, "`months` after the last assignment (default the setting retention-months)")
	fs.Bool("dry-run", false, "say who is due, and change nothing")
}

func retention(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	today, err := p.today()
	if err != nil {
		return err
	}
	months, _ := fs.GetInt("months")
	if months == 0 {
		months = p.retentionMonths
	}
	if months <= 0 {
		return errors.New("give --months, or set retention-months: without, everything is kept")
	}
	dry, _ := fs.GetBool("dry-run")
	return p.withStore(ctx, func(store *db.Store) error {
		due, err := store.ErasureDue(ctx, today, months)
		if err != nil {
			return err
		}
		for _, o := range due {
			if dry {
				fmt.Fprintf(p.out, "due: %s (%s)\n", o.Name, o.Key)
				continue
			}
			if err := store.Write(ctx, db.Actor{Name: "retention", Rights: models.AllRights}, func(tx *db.Tx) error { return tx.Erase(o.ID) }); err != nil {
				return err
			}
		}
		verb := "replaced by pseudonyms"
		if dry {
			verb = "due"
		}
		_, err = fmt.Fprintf(p.out, "%d officers %s\n", len(due), verb)
		return err
	})
}

// retain erases, while the server runs, who is due by the settings: at the
// start and then each day.
func (p *program) retain(ctx context.Context, store *db.Store, zone *time.Location, log *slog.Logger) {
	if p.retentionMonths == 0 {
		return
	}
	for {
		due, err := store.ErasureDue(ctx, models.DateOf(time.Now().In(zone)), p.retentionMonths)
		for _, o := range due {
			if err == nil {
				err = store.Write(ctx, db.Actor{Name: "retention", Rights: models.AllRights}, func(tx *db.Tx) error { return tx.Erase(o.ID) })
			}
		}
		if err != nil && ctx.Err() == nil {
			log.Error("retention failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(24 * time.Hour):
		}
	}
}
