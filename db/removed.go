// SQL by hand: what is gone is told by what has not happened since.

package db

import (
	"context"

	"samband/models"
)

// gone are rows that removed a record that has not been back since, nor been erased.
const gone = `action = 'remove' AND NOT EXISTS (SELECT 1 FROM audit l WHERE l.record_id = audit.record_id AND l.noun = audit.noun
	AND l.id > audit.id AND l.action IN ('create', 'update', 'remove', 'erase'))`

// Removed returns the rows of the trail that removed what is still gone and what a
// coordinator with the rights may bring back, the latest first and at most limit: of
// one noun unless it is "", and before a row unless that is 0. It is ErrForbidden
// without such rights.
func (v Reading) Removed(ctx context.Context, rights models.Rights, noun string, before int64, limit int) (rows []models.TrailRow, err error) {
	states := texts(rights.States(models.Coordinator))
	if len(states) == 0 {
		return nil, wrap("removed", ErrForbidden)
	}
	if rights.MayChange("") {
		states = append(states, "") // records that belong to no single state
	}
	var c conditions
	c.add(gone)
	c.add("state IN ?", states)
	err = v.view(ctx, func(r Reader) (err error) {
		rows, err = r.shown(&c, TrailFilter{Noun: noun, Before: before}, limit)
		return err
	})
	return rows, wrap("removed", err)
}
