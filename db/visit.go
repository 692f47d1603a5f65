package db

import (
	"context"

	"samband/models"
)

// LastVisit returns the day of an account's last visit before today, 0 if there
// was none, and records today's visit unless somebody else is writing. It
// leaves no row in the trail: it is the account's own bookmark, and sign-ins
// are in the trail already.
func (s *Store) LastVisit(ctx context.Context, account int64, today models.Date) (models.Date, error) {
	var known visit
	err := s.View(ctx, func(r Reader) (err error) {
		known, err = orNone(rowsOf[visit](r.g).Where("account_id = ?", account).Take(r.ctx))
		return err
	})
	if err != nil || known.This >= today {
		return known.Last, wrap("visit", err)
	}
	s.writeIfFree(ctx, func(tx *Tx) error { return put(tx, visit{account, today, known.This}) })
	return known.This, nil
}

// A visit holds the days of an account's last two visits to the directory.
type visit struct {
	AccountID int64       `gorm:"primaryKey;autoIncrement:false"`
	This      models.Date `gorm:"column:this_day"` // the latest
	Last      models.Date `gorm:"column:last_day"` // the one before, 0 for none
}
