package db

import (
	"context"
	"database/sql"

	"samband/models"
)

// LastVisit returns the day of an account's last visit before today, 0 if there
// was none, and notes that it visits today, if nobody else is writing. This
// leaves no row in the trail: it is the account's own bookmark, and who signed
// in when stands there already.
func (s *Store) LastVisit(ctx context.Context, account int64, today models.Date) (models.Date, error) {
	this, last, err := s.visit(ctx, account)
	if err != nil || this >= today {
		return last, wrap("visit", err)
	}
	s.writeIfFree(ctx, func(tx *Tx) error {
		if _, err := tx.exec("DELETE FROM visits WHERE account_id = ?", account); err != nil {
			return err
		}
		_, err := tx.exec("INSERT INTO visits (account_id, this_day, last_day) VALUES (?, ?, ?)", account, today.String(), day(this))
		return err
	})
	return this, nil
}

func (s *Store) visit(ctx context.Context, account int64) (this, last models.Date, err error) {
	err = s.view(ctx, func(r reader) error {
		return r.each("SELECT this_day, last_day FROM visits WHERE account_id = ?", []any{account}, func(rows *sql.Rows) error {
			return rows.Scan(&this, &last)
		})
	})
	return this, last, err
}
