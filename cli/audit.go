package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/db/trail"
)

var auditVerifyCommand = command{
	name: "audit verify", summary: "walk the trail and the tables, and name the first row or record that is not what it was",
	example: "samband audit verify --checkpoint 2026-11-23.json", flags: verifyFlags, run: auditVerify,
}

func verifyFlags(fs *pflag.FlagSet) {
	fs.StringArray("checkpoint", nil, "`file` with a checkpoint that samband audit seal has printed; may be given again")
}

// auditVerify walks the trail, and compares the tables and any checkpoints with
// it. It fails if the trail is broken, or if one of them differs from it.
func auditVerify(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	files, _ := fs.GetStringArray("checkpoint")
	var checkpoints []trail.Checkpoint
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var c trail.Checkpoint
		if err := json.Unmarshal(b, &c); err != nil {
			return fmt.Errorf("%s is no checkpoint: %w", file, err)
		}
		if !c.Genuine() {
			return fmt.Errorf("%s: the signature does not fit", file)
		}
		checkpoints = append(checkpoints, c)
	}
	return p.looking(ctx, func(store *db.Store) error {
		progress, done := p.progress("verifying")
		report, err := store.Verify(ctx, progress, checkpoints...)
		done()
		if err == nil {
			err = report.Err()
		}
		if err != nil {
			return err
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

var auditSealCommand = command{
	name: "audit seal", summary: "print a signed checkpoint of the trail, to be kept elsewhere",
	example: "samband audit seal > 2026-11-23.json", run: auditSeal,
}

func auditSeal(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	return p.looking(ctx, func(store *db.Store) error {
		c, report, err := store.Seal(ctx)
		if err == nil {
			err = report.Err()
		}
		if err != nil {
			return err
		}
		b, err := json.MarshalIndent(c, "", "  ")
		if err == nil {
			_, err = fmt.Fprintln(p.out, string(b))
		}
		return err
	})
}
