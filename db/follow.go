package db

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"samband/models"
)

// A follow is what an account follows. It is the account's own bookmark, and leaves no
// row in the trail.
type follow struct {
	AccountID int64           `gorm:"primaryKey;autoIncrement:false"`
	Noun      models.Followed `gorm:"primaryKey"`
	Record    string          `gorm:"primaryKey"`
}

// Follows returns what an account follows: by kind, then by record. Records that have
// been removed are among them.
func (s *Store) Follows(ctx context.Context, account int64) (all []models.Follow, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = r.followed(account)
		return err
	})
	return all, wrap("follows", err)
}

func (r Reader) followed(account int64) (all []models.Follow, err error) {
	kept, err := rowsOf[follow](r.g).Where("account_id = ?", account).Order("noun, record").Find(r.ctx)
	for _, f := range kept {
		all = append(all, models.Follow{Noun: f.Noun, Record: f.Record})
	}
	return all, err
}

// Follow marks something as followed by the actor. What there is none of is
// ErrNotFound, and more than models.MostFollows are models.Problems.
func (tx *Tx) Follow(f models.Follow) error {
	if err := tx.mayFollow(); err != nil {
		return err
	}
	if there, err := tx.followable(f); err != nil || !there {
		return cmp.Or(err, ErrNotFound)
	}
	all, err := tx.followed(tx.actor.Account)
	if err != nil {
		return err
	}
	if slices.Contains(all, f) {
		return nil
	}
	if len(all) >= models.MostFollows {
		return models.Problems{{Row: -1, Message: models.Say("problem.follows", "most", models.MostFollows)}}
	}
	return put(tx, follow{tx.actor.Account, f.Noun, f.Record})
}

// Unfollow undoes Follow, also for what has been removed. What is not followed stays so.
func (tx *Tx) Unfollow(f models.Follow) error {
	if err := tx.mayFollow(); err != nil {
		return err
	}
	_, err := rowsOf[follow](tx.g).Where("account_id = ? AND noun = ? AND record = ?", tx.actor.Account, string(f.Noun), f.Record).Delete(tx.ctx)
	return err
}

func (tx *Tx) mayFollow() error {
	if tx.actor.Account == 0 || !tx.actor.Rights.Reads() {
		return ErrForbidden
	}
	return nil
}

// followable reports whether there is what f names, written as follows keep it. All
// who read the directory see every posting, body and place, if not who holds it.
func (r Reader) followable(f models.Follow) (bool, error) {
	if f.Noun == models.FollowedPlace {
		return models.Country(f.Record).Valid(), nil
	}
	id, err := strconv.ParseInt(f.Record, 10, 64)
	if err != nil || text10(id) != f.Record {
		return false, nil
	}
	switch f.Noun {
	case models.FollowedPosting:
		return exists[models.Posting](r, "id = ?", id)
	case models.FollowedBody:
		return exists[models.Body](r, "id = ?", id)
	}
	return false, nil
}
