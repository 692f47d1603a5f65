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

// A TrailReport is the result of Verify.
type TrailReport struct {
	Rows    int64
	Last    int64  // ID of the last row
	Head    string // its hash, in hexadecimal
	Broken  *trail.BrokenRow
	Records int64       // compared with the trail
	Differs *Difference // the first one; only looked for if the trail is unbroken
}

// Err returns what is wrong, nil if nothing is.
func (r TrailReport) Err() error {
	switch {
	case r.Broken != nil:
		return r.Broken
	case r.Differs != nil:
		return fmt.Errorf("the tables are not what the trail says: %s", r.Differs)
	}
	return nil
}

// Verify checks the whole trail, and compares the tables with what the trail
// says they must hold: the directory, accounts and rights, plans, tokens, and
// whatever else leaves rows in it. The trail must hold the row of each
// checkpoint. Unless it is nil, progress is called as the work proceeds.
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

// size returns the head of the trail, and roughly how many rows and records
// there are to verify.
func (r Reader) size() (head []byte, total int64, err error) {
	c, err := r.counters()
	for _, count := range []func(Reader) (int64, error){Count[trail.Row], Count[models.Assignment], Count[models.Officer], Count[models.Posting]} {
		n, bad := count(r)
		total, err = total+n, cmp.Or(err, bad)
	}
	return c.Head, total, err
}

// formerAccount matches what replaces the personal values of an erased account.
var formerAccount = regexp.MustCompile(`^\{"email":"former-\d+@invalid","issuer":"","subject":""\}$`)
