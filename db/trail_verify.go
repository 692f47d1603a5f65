package db

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"regexp"

	"samband/db/trail"
	"samband/models"
)

// A TrailReport is what Verify found.
type TrailReport struct {
	Rows    int64
	Last    int64  // ID of the last row
	Head    string // its hash, in hexadecimal
	Broken  *trail.BrokenRow
	Records int64       // that were compared with the trail
	Differs *Difference // the first; looked for in a whole trail only
}

// Err says what is wrong, nil if nothing is.
func (r TrailReport) Err() error {
	switch {
	case r.Broken != nil:
		return r.Broken
	case r.Differs != nil:
		return fmt.Errorf("the tables are not what the trail says: %s", r.Differs)
	}
	return nil
}

// Verify walks the whole trail, and compares the tables with what it says that
// they must hold: accounts and rights, plans, tokens, and whatever else leaves
// rows in it. Of checkpoints that are given, the trail must hold the row that
// each is of. Progress, unless it is nil, is told how far it is.
func (s *Store) Verify(ctx context.Context, progress func(done, total int64), checkpoints ...trail.Checkpoint) (report TrailReport, err error) {
	heard := witnesses()
	w := trail.NewWalk(heard, checkpoints...)
	err = s.View(ctx, func(r Reader) error {
		head, total, err := r.size()
		if err != nil {
			return err
		}
		done := int64(0)
		passed := func(n int64) {
			if done += n; progress != nil {
				progress(done, total)
			}
		}
		err = r.eachTrailRow("ORDER BY id", nil, func(row trail.Row) error {
			w.Step(row)
			passed(1)
			return nil
		})
		if w.End(head); err != nil || w.Broken != nil {
			return err
		}
		report.Differs, err = heard.compare(r, func(n int64) { report.Records += n; passed(n) })
		return err
	})
	report.Rows, report.Last, report.Head, report.Broken = w.Rows, w.Last.ID, hex.EncodeToString(w.Head), w.Broken
	return report, wrap("verify", err)
}

// size returns the head of the trail, and about how much there is to verify.
func (r Reader) size() (head []byte, total int64, err error) {
	c, err := r.counters()
	for _, count := range []func(Reader) (int64, error){Count[trail.Row], Count[models.Assignment], Count[models.Officer], Count[models.Posting]} {
		n, bad := count(r)
		total, err = total+n, cmp.Or(err, bad)
	}
	return c.Head, total, err
}

// formerAccount is what stands for the e-mail address of an account.
var formerAccount = regexp.MustCompile(`^\{"email":"former-\d+@invalid","issuer":"","subject":""\}$`)
