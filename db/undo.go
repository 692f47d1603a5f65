package db

import (
	"context"
	"errors"
	"maps"
	"slices"

	"samband/db/trail"
	"samband/models"
)

// mostUndone is how many rows of the trail a change may have to be shown, and to
// be taken back at once.
const mostUndone = 500

// rowSpan is how many IDs before and after one of its rows the rows of a write are
// looked for: each takes one, and so does each row of a record's parts.
const rowSpan = 100 * mostUndone

// holding are the actions of rows that hold a record.
var holding = []string{trail.Create, trail.Update, trail.Remove}

var (
	// ErrTooMuch is the error of taking back a write that changed too many records.
	ErrTooMuch = errors.New("the change has too many records to be taken back at once")
	// ErrErased is the error of taking back a change of something that has been
	// erased since.
	ErrErased = errors.New("what was there has been erased")
)

// Overtaken is the error of taking back a change to records that have changed
// since. Rows are those changes, one for each record, as the actor may see them.
type Overtaken struct{ Rows []models.TrailRow }

func (o *Overtaken) Error() string { return "a record has changed since" }

// changeRows returns the rows of records that belong to the same write as a row of
// the trail, and those of notes that can be taken back, the latest first, with what
// such notes replaced. It is ErrNotFound if there is no such row.
func (r Reader) changeRows(row int64) (rows []trail.Row, notes map[int64]replaced, err error) {
	one, err := rowsOf[trail.Row](r.g).Where("id = ?", row).Take(r.ctx)
	if err != nil {
		return nil, nil, err
	}
	if notes, err = r.replacedAt(one.At, row-rowSpan, row+rowSpan); err != nil {
		return nil, nil, err
	}
	revision := one.Revision
	if _, noted := notes[row]; noted {
		revision++ // a note has the revision before
	} else if !trail.Holds(one.Action) {
		return nil, nil, ErrNotFound
	}
	// A write of accounts has the revision of the one before: it is told apart by its
	// instant and its request.
	rows, err = rowsOf[trail.Row](r.g).Where("id BETWEEN ? AND ?", row-rowSpan, row+rowSpan).
		Where("action IN ? AND revision = ? OR revision = ? AND id IN ?",
			holding, revision, revision-1, slices.Collect(maps.Keys(notes))).
		Where("at = ? AND request = ? AND actor_id = ?", one.At, one.Request, one.ActorID).
		Order("id DESC").Limit(mostUndone + 1).Find(r.ctx)
	return rows, notes, err
}

// Change returns what one write did to records, as somebody may see it.
func (v Reading) Change(ctx context.Context, row int64) (c models.Change, err error) {
	err = v.view(ctx, func(r Reader) error {
		rows, _, err := r.changeRows(row)
		if err != nil {
			return err
		}
		if c.More = len(rows) > mostUndone; c.More {
			rows = rows[:mostUndone]
		}
		slices.Reverse(rows)
		t, err := r.trailView(rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			seen, err := t.show(row)
			if err != nil {
				return err
			}
			c.Rows = append(c.Rows, seen)
		}
		return nil
	})
	return c, wrap("change", err)
}

// Undo takes back what a write did, of which row is a row of the trail about a record
// or a note that replaced something: each is again as it was before. It is saved like
// any other change, by the rules and rights of now. It is *Overtaken if one of the records has changed
// since, ErrErased if what it was has been erased, and ErrTooMuch beyond a number of
// records.
func (tx *Tx) Undo(row int64) error {
	rows, notes, err := tx.changeRows(row)
	switch {
	case err != nil:
		return err
	case len(rows) > mostUndone:
		return ErrTooMuch
	}
	for _, row := range rows {
		kept := nounsByName[row.Noun]
		if _, noted := notes[row.ID]; noted {
			continue
		}
		if kept == nil || !kept.undoable() {
			return ErrForbidden
		}
		if erased(row.Old, row.Salt) || erased(row.New, row.Salt) {
			return ErrErased
		}
	}
	if err := tx.overtaken(rows, notes); err != nil {
		return err
	}
	for _, row := range rows {
		if _, noted := notes[row.ID]; !noted {
			if err := nounsByName[row.Noun].undo(tx, row); err != nil {
				return err
			}
		}
	}
	gone, err := tx.goneWith(rows[0].ID, notes)
	if err != nil {
		return err
	}
	for _, row := range rows { // of records that are there again
		if of, noted := notes[row.ID]; noted && !gone[row.ID] {
			if err := takers[of.Noted](tx, of); err != nil {
				return err
			}
		}
	}
	if !tx.logged {
		return ErrForbidden
	}
	return nil
}

// goneWith returns the notes that came of nothing and are nothing again, since the
// records they were of have been taken back after a row of the trail.
func (tx *Tx) goneWith(after int64, notes map[int64]replaced) (map[int64]bool, error) {
	gone := map[int64]bool{}
	for row, of := range notes {
		later, err := tx.replacedSince(of)
		if err != nil {
			return nil, err
		}
		gone[row] = of.Was == "" && later > after
	}
	return gone, nil
}

// erased reports whether one side of a row has lost its personal values.
func erased(public *string, salt []byte) bool {
	s, err := sideOf(public, nil)
	return err != nil || len(salt) == 0 && s.fields[trail.Personal] != nil
}

// overtaken returns *Overtaken if a record that rows are about, which are the
// latest first, has changed since the first of them.
func (tx *Tx) overtaken(rows []trail.Row, notes map[int64]replaced) error {
	type record struct {
		noun string
		id   int64
	}
	seen, since := map[record]bool{}, []trail.Row(nil)
	for _, row := range rows {
		if note, noted := notes[row.ID]; noted {
			later, err := tx.laterNote(note)
			if err != nil {
				return err
			}
			if later.ID != 0 && !slices.ContainsFunc(rows, func(r trail.Row) bool { return r.ID == later.ID }) {
				since = append(since, later)
			}
			continue
		}
		of := record{row.Noun, row.RecordID}
		if seen[of] {
			continue
		}
		seen[of] = true
		later, err := orNone(rowsOf[trail.Row](tx.g).Where("record_id = ? AND noun = ? AND id > ? AND action IN ?", row.RecordID, row.Noun, row.ID,
			append(slices.Clone(holding), trail.Erase)).Order("id DESC").Limit(1).Take(tx.ctx))
		if err != nil {
			return err
		}
		if later.ID != 0 {
			since = append(since, later)
		}
	}
	if len(since) == 0 {
		return nil
	}
	as := tx.Reader
	as.scope = tx.actor.Rights.Scope()
	t, err := as.trailView(since)
	if err != nil {
		return err
	}
	var by Overtaken
	for _, row := range since {
		seen, err := t.show(row)
		if err != nil {
			return err
		}
		by.Rows = append(by.Rows, seen)
	}
	return &by
}

func (k *kind[T]) undoable() bool { return k.save != nil }

// undo makes a record what it was before a row of the trail.
func (k *kind[T]) undo(tx *Tx, row trail.Row) error {
	now, err := byID[T](tx.Reader, row.RecordID)
	switch {
	case row.Old == nil && err != nil, row.Old != nil && err != nil && !errors.Is(err, ErrNotFound):
		return err
	case row.Old == nil:
		return k.drop(tx, row.RecordID, *Version(now))
	}
	was, bad := decode[T](*row.Old, row.OldPersonal)
	if bad != nil {
		return bad
	}
	if err != nil { // it is gone, and comes back under its number
		tx.again = row.RecordID
		defer func() { tx.again = 0 }()
	} else {
		*Version(was) = *Version(now)
	}
	return k.save(tx, was)
}

// Done returns what a change has done to the directory, as the reader may see it. It
// is ErrTooMuch for a change of very many records.
func (v Reading) Done(ctx context.Context, row int64) (draft models.Draft, err error) {
	k, err := v.s.snapshot(ctx)
	if err != nil {
		return draft, err
	}
	err = v.s.View(ctx, func(r Reader) error {
		rows, _, err := r.changeRows(row)
		if err != nil {
			return err
		}
		if len(rows) > mostUndone {
			return ErrTooMuch
		}
		after, _, err := r.back(k.directory, rows[0].ID+1)
		if err != nil {
			return err
		}
		before, delta, err := r.back(k.directory, rows[len(rows)-1].ID)
		if err == nil {
			draft = models.Between(before.Seen(v.scope), after.Seen(v.scope), delta)
		}
		return err
	})
	return draft, wrap("done", err)
}

// back takes the rows of the trail from one on back from the present directory.
func (r Reader) back(now *models.Directory, from int64) (*models.Directory, models.Delta, error) {
	was := newReversal(now)
	rows, err := rowsOf[trail.Row](r.g).Where("id >= ? AND action IN ?", from, reversible).Order("id").Limit(mostUndone + 1).Find(r.ctx)
	if err != nil {
		return nil, models.Delta{}, err
	}
	if len(rows) > mostUndone {
		return nil, models.Delta{}, ErrTooMuch
	}
	for _, row := range rows {
		if err := was.row(row); err != nil {
			return nil, models.Delta{}, err
		}
	}
	delta := was.delta()
	return now.With(delta), delta, nil
}
