package db

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"samband/db/trail"
	"samband/models"
)

// AsOf returns the directory as the store held it just before an instant,
// rebuilt from the trail (see directoryBefore), with the records that have been removed since. What
// is hidden now, was hidden then, or was hidden at any time in between is
// hidden in it; what has been erased stays erased. It is read like the present
// one, whole and in lists.
//
// Before the trail's first row nothing is known, not even that there was
// nothing: any read is then *BeforeRecord.
func (v Reading) AsOf(ctx context.Context, before time.Time) (Reading, error) {
	return v.at(ctx, border{instant: before.UTC().Format(trail.Instants)})
}

// AfterRow is AsOf of the moment after a row of the trail, and before the next one.
func (v Reading) AfterRow(ctx context.Context, row int64) (Reading, error) {
	return v.at(ctx, border{row: row})
}

// A border lies between two rows of the trail: before the first one from an instant on,
// or, if there is none, after a row.
type border struct {
	instant string
	row     int64
}

func (v Reading) at(ctx context.Context, b border) (Reading, error) {
	past := Reading{s: v.s, scope: v.scope}
	var err error
	past.past, err = v.s.pasts.of(ctx, v.s, b)
	if errors.As(err, &past.unrecorded) {
		return past, nil
	}
	return past, wrap("as of", err)
}

// BeforeRecord is the error of reading what was known before anything had been
// recorded.
type BeforeRecord struct {
	// Begins is the instant of the trail's first row, zero if it has none.
	Begins time.Time
}

func (b *BeforeRecord) Error() string {
	if b.Begins.IsZero() {
		return "nothing has been recorded yet"
	}
	return "the record begins at " + b.Begins.Format(time.RFC3339)
}

// recordedBefore returns *BeforeRecord unless the trail has a row before a border.
func (r Reader) recordedBefore(b border) error {
	first, err := orNone(rowsOf[trail.Row](r.g).Order("id").Limit(1).Take(r.ctx))
	if err != nil || first.ID != 0 && (first.At < b.instant || first.ID <= b.row) {
		return err
	}
	var none BeforeRecord
	if first.ID != 0 {
		none.Begins, err = time.Parse(trail.Instants, first.At)
	}
	return cmp.Or(err, error(&none))
}

// reversible are the actions that a reversal takes back.
var reversible = append(slices.Clone(holding), "attest", "unattest")

// directoryBefore takes back, in the directory of the reader's moment, what the
// trail says was done after a border, in one pass over those rows: a reversal
// says what each takes back.
func (r Reader) directoryBefore(now *models.Directory, b border) (*models.Directory, error) {
	if err := r.recordedBefore(b); err != nil {
		return nil, err
	}
	first := b.row + 1
	if b.instant != "" {
		var err error
		if first, err = r.firstRowFrom(b.instant); err != nil || first == 0 {
			return now, err
		}
	}
	past := newReversal(now)
	if err := r.eachTrailRow("WHERE id >= ? AND action IN ? ORDER BY id", []any{first, reversible}, past.row); err != nil {
		return nil, err
	}
	return now.With(past.delta()), nil
}

// firstRowFrom returns the ID of the trail's first row from an instant on, 0 if
// there is none. Rows are in order of time, so a binary search finds it.
func (r Reader) firstRowFrom(instant string) (int64, error) {
	first, err := orNone(rowsOf[trail.Row](r.g).Select("id").Order("id").Limit(1).Take(r.ctx))
	if err != nil || first.ID == 0 {
		return 0, err
	}
	end, err := rowsOf[trail.Row](r.g).Select("id").Order("id DESC").Limit(1).Take(r.ctx)
	if err != nil {
		return 0, err
	}
	low, high, last := first.ID, end.ID, end.ID
	for low <= high {
		middle := low + (high-low)/2
		row, err := rowsOf[trail.Row](r.g).Select("id", "at").Where("id >= ?", middle).Order("id").Limit(1).Take(r.ctx)
		if err != nil {
			return 0, err
		}
		if row.At < instant {
			low = row.ID + 1
		} else {
			high = middle - 1
		}
	}
	if low > last {
		return 0, nil
	}
	return low, nil
}
