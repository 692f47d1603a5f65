package db

import (
	"context"
	"time"

	"samband/models"
)

// ChangesSince returns the changes of some postings and assignments from an instant on,
// as the reader may see them, the latest first and at most limit. It takes as many
// queries for many records as for one.
func (v Reading) ChangesSince(ctx context.Context, records []int64, from time.Time, limit int) (rows []models.TrailRow, err error) {
	if len(records) == 0 {
		return nil, nil
	}
	err = v.view(ctx, func(r Reader) (err error) {
		var c conditions
		c.add("record_id IN ?", records)
		c.add("noun IN ?", []string{postingKind.noun, assignmentKind.noun})
		c.add("action IN ('create', 'update', 'remove')")
		rows, err = r.shown(&c, TrailFilter{From: from}, limit)
		return err
	})
	return rows, wrap("changes since", err)
}
