package db

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"samband/db/trail"
)

// fieldsBefore returns the fields of a record as they were before a row of the trail.
// It is ErrNotFound if the reader may not see the record in full.
func (v Reading) fieldsBefore(ctx context.Context, noun string, id, change int64) (fields map[string]json.RawMessage, err error) {
	err = v.view(ctx, func(r Reader) error {
		whole, err := r.whole(noun, id)
		if err == nil && !whole {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		row, err := rowsOf[trail.Row](r.g).Where("id = ? AND noun = ? AND record_id = ? AND old IS NOT NULL", change, noun, id).Take(r.ctx)
		if err != nil {
			return err
		}
		t, err := r.trailView([]trail.Row{row})
		if err != nil {
			return err
		}
		old, bad := sideOf(row.Old, row.OldPersonal)
		now, worse := sideOf(row.New, row.NewPersonal)
		if err := errors.Join(bad, worse); err != nil {
			return err
		}
		if t.keepsBack(row, old, now) {
			return ErrNotFound
		}
		fields = old.fields
		return nil
	})
	return fields, err
}

// Undone returns a record with one field set to its value before a row of the
// trail. The result is not saved. A field that does not exist, the ID and the
// version are ErrNotFound.
func Undone[T Record](ctx context.Context, v Reading, now T, row int64, field string) (*T, error) {
	k := kindOf[T]()
	old, err := v.fieldsBefore(ctx, k.noun, *ID(&now), row)
	if err != nil {
		return nil, wrap("restore", err)
	}
	var j trail.Writer
	k.text(&now, &j)
	fields, err := trail.Fields(j.End(), nil)
	if err != nil {
		return nil, wrap("restore", err)
	}
	value, there := old[field]
	switch {
	case field == "id" || field == "version" || !there && !slices.Contains(k.columns, field):
		return nil, wrap("restore", ErrNotFound)
	case there:
		fields[field] = value
	default: // empty fields may not have been written
		delete(fields, field)
	}
	restored, err := fromFields[T](fields)
	return restored, wrap("restore", err)
}
