package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/models"
)

var retentionCommand = command{
	name: "retention", summary: "replace officers by pseudonyms, so many months after their last assignment",
	example: "samband retention --months 60 --dry-run", flags: retentionFlags, run: retention,
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
		if dry {
			for _, o := range due {
				fmt.Fprintf(p.out, "due: %s (%s)\n", o.Name, o.Key)
			}
			_, err = fmt.Fprintf(p.out, "%d officers due\n", len(due))
			return err
		}
		err = store.Erase(ctx, retainer, idsOf(due)...)
		if err == nil || errors.Is(err, db.ErrLog) {
			fmt.Fprintf(p.out, "%d officers replaced by pseudonyms\n", len(due))
		}
		return err
	})
}

// retainer is the actor in the trail who erases officers.
var retainer = db.Actor{Name: "retention", Rights: models.AllRights}

func idsOf(officers []models.Officer) (ids []int64) {
	for _, o := range officers {
		ids = append(ids, o.ID)
	}
	return ids
}

// retain erases the officers who are due by the settings, until ctx ends: at
// the start and then each day, or again after a minute if it failed.
func (p *program) retain(ctx context.Context, store *db.Store, zone *time.Location, log *slog.Logger) {
	if p.retentionMonths == 0 {
		return
	}
	for {
		due, err := store.ErasureDue(ctx, models.DateOf(time.Now().In(zone)), p.retentionMonths)
		if err == nil {
			err = store.Erase(ctx, retainer, idsOf(due)...)
		}
		next := 24 * time.Hour
		if err != nil && ctx.Err() == nil {
			log.Error("retention failed", "error", err)
			next = time.Minute
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(next):
		}
	}
}
