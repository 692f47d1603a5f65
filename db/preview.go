package db

import (
	"context"
	"errors"

	"samband/models"
)

// errPreview ends a write that was only tried.
var errPreview = errors.New("nothing is kept of a preview")

// previewTries is how often a preview begins again when others write meanwhile.
const previewTries = 5

// Preview returns what Write would change in the directory, and the errors that it
// would return. It keeps nothing. Both sides are as the actor may see them.
func (s *Store) Preview(ctx context.Context, actor Actor, f func(*Tx) error) (models.Draft, error) {
	for range previewTries {
		k, err := s.snapshot(ctx)
		if err != nil {
			return models.Draft{}, err
		}
		var draft models.Draft
		err = s.Write(ctx, actor, func(tx *Tx) error {
			if on, err := tx.follows(k.moment); err != nil || !on || tx.revision != k.revision+1 {
				return errors.Join(err, errMoved)
			}
			if err := f(tx); err != nil {
				return err
			}
			if tx.failed != nil {
				return tx.failed
			}
			draft, err = tx.draft(k)
			return errors.Join(err, errPreview)
		})
		switch {
		case errors.Is(err, errMoved):
			continue
		case !errors.Is(err, errPreview):
			return models.Draft{}, err
		}
		return draft, nil
	}
	return models.Draft{}, ErrBusy
}

// errMoved ends a preview of a directory that is no longer the present one.
var errMoved = errors.New("the directory has moved on")

// draft returns what the write has changed so far in a snapshot. Of a write that
// touches very much, everything is read anew, which is as fast.
func (tx *Tx) draft(k *snapshot) (models.Draft, error) {
	scope := tx.actor.Rights.Scope()
	if len(tx.touched) > mostTouched {
		all, err := tx.everything()
		if err != nil {
			return models.Draft{}, err
		}
		return models.Between(k.as(scope), models.NewDirectory(all).Seen(scope), all), nil
	}
	parts := map[string][]int64{}
	for t := range tx.touched {
		parts[t.noun] = append(parts[t.noun], t.id)
	}
	delta, err := tx.delta(parts)
	if err != nil {
		return models.Draft{}, err
	}
	return models.Between(k.as(scope), k.directory.With(delta).Seen(scope), delta), nil
}
