package db

import (
	"context"
	"errors"
	"slices"

	"samband/db/trail"
	"samband/models"
)

// What became of a record when an import was taken back.
const (
	Reversed = "reversed" // it is as it was before
	Kept     = "kept"     // somebody has changed it since: it is left alone
	Failed   = "failed"   // the rules do not allow it
)

// A Reverted is what became of one record of an import that was taken back.
type Reverted struct {
	Row     models.TrailRow // of the import, as the actor may see it
	Outcome string
	Since   models.TrailRow // the latest change because of which it is kept
	Err     error           // why it failed
}

// mostReverted is how many records may be taken back at once.
const mostReverted = 20_000

// Revert takes back what the rows of the trail from first to last did, which an import
// has left: each record by itself, by the rules and rights of now. One that somebody
// has changed since is kept, and one that the rules hold on to has failed; both stay as
// they are. It is ErrTooMuch for more records than are taken back at once.
func (tx *Tx) Revert(first, last int64) ([]Reverted, error) {
	rows, err := rowsOf[trail.Row](tx.g).Where("id BETWEEN ? AND ? AND action IN ?", first, last, holding).
		Order("id DESC").Limit(mostReverted + 1).Find(tx.ctx)
	if err != nil {
		return nil, err
	}
	if len(rows) > mostReverted {
		return nil, ErrTooMuch
	}
	as := tx.Reader
	as.scope = tx.actor.Rights.Scope()
	t, err := as.trailView(rows)
	if err != nil {
		return nil, err
	}
	all := make([]Reverted, len(rows))
	for i, row := range rows {
		if all[i].Row, err = t.show(row); err != nil { // as long as the record has its name
			return nil, err
		}
		since, err := tx.changedAfter(row, last)
		if err != nil {
			return nil, err
		}
		if all[i].Outcome = Failed; since != nil {
			all[i].Outcome, all[i].Since = Kept, *since
		}
	}
	// Again and again: what held a record may be gone after the next.
	for more := true; more; {
		more = false
		for i, row := range rows {
			if all[i].Outcome != Failed {
				continue
			}
			if all[i].Err = tx.revertRow(row); all[i].Err == nil {
				all[i].Outcome, more = Reversed, true
			} else if !held(all[i].Err) {
				return nil, all[i].Err
			}
		}
	}
	slices.Reverse(all)
	return all, nil
}

// revertRow takes one row back.
func (tx *Tx) revertRow(row trail.Row) error {
	kept := nounsByName[row.Noun]
	if kept == nil || !kept.undoable() {
		return ErrForbidden
	}
	if erased(row.Old, row.Salt) || erased(row.New, row.Salt) {
		return ErrErased
	}
	return kept.undo(tx, row)
}

// held reports whether an error says that a record cannot be changed so, and nothing
// about the write as a whole: nothing has been written then.
func held(err error) bool {
	var refs *Referred
	_, problems := errors.AsType[models.Problems](err)
	return problems || errors.As(err, &refs) || errors.Is(err, ErrForbidden) || errors.Is(err, ErrErased) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrExists)
}

// changedAfter returns the latest change of the record that a row is about after the
// last row of an import, nil if there is none.
func (tx *Tx) changedAfter(row trail.Row, last int64) (*models.TrailRow, error) {
	later, err := orNone(rowsOf[trail.Row](tx.g).Where("record_id = ? AND noun = ? AND id > ? AND action IN ?", row.RecordID, row.Noun, last,
		append(slices.Clone(holding), trail.Erase)).Order("id DESC").Limit(1).Take(tx.ctx))
	if err != nil || later.ID == 0 {
		return nil, err
	}
	as := tx.Reader
	as.scope = tx.actor.Rights.Scope()
	t, err := as.trailView([]trail.Row{later})
	if err != nil {
		return nil, err
	}
	seen, err := t.show(later)
	return &seen, err
}

// RevertImport takes an import back, and returns the import that did so, which can be
// taken back as well. If there is nothing to take back, it is not recorded.
func (s *Store) RevertImport(ctx context.Context, actor Actor, im Import) (back Import, all []Reverted, err error) {
	back = NewImport(actor.Account, im.Name, nil)
	back.Noun, back.Hash, back.Size, back.Reverts = im.Noun, im.Hash, im.Size, im.ID
	err = s.Write(ctx, actor, func(tx *Tx) error {
		begun := tx.IDs(0)
		if all, err = tx.Revert(im.First, im.Last); err != nil {
			return err
		}
		for _, r := range all {
			if r.Outcome == Reversed {
				back.Changed++
			} else {
				back.LeftOut++
			}
		}
		if back.Changed == 0 {
			return nil
		}
		return tx.Applied(back, begun)
	})
	return back, all, err
}
