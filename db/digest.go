package db

import (
	"context"
	"slices"

	"samband/db/trail"
	"samband/models"
)

// A Digest is what an account wants to be told by mail, and how far it has been told. It
// is the account's own, and leaves no row in the trail; what is sent does.
type Digest struct {
	Account int64         `gorm:"column:account_id;primaryKey;autoIncrement:false" json:"-"`
	Every   models.Rhythm `json:"every"`
	Remind  bool          `json:"remind"` // of terms that end
	Lang    string        `json:"language"`
	// Row is the trail's last row that the account has been told of, and Day the day on
	// which that was; Next is the day on which it is told again.
	Row  int64       `gorm:"column:row_id" json:"-"`
	Day  models.Date `gorm:"column:on_day" json:"day"`
	Next models.Date `gorm:"column:next_day" json:"next"`
}

// DigestOf returns what an account wants to be told by mail: models.Never if it has not
// said.
func (s *Store) DigestOf(ctx context.Context, account int64) (d Digest, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		d, err = r.digestOf(account)
		return err
	})
	return d, wrap("digest", err)
}

func (r Reader) digestOf(account int64) (Digest, error) {
	d, err := orNone(rowsOf[Digest](r.g).Where("account_id = ?", account).Take(r.ctx))
	if d.Account == 0 {
		d = Digest{Account: account, Every: models.Never, Remind: true}
	}
	return d, err
}

// SaveDigest keeps what the actor wants to be told by mail. Whoever was told nothing
// until now is told what changes from now on. Something unknown is models.Problems, and
// an actor who may not read the directory is ErrForbidden.
func (tx *Tx) SaveDigest(d Digest, today models.Date) error {
	if tx.actor.Account == 0 || !tx.actor.Rights.Reads() {
		return ErrForbidden
	}
	if !d.Every.Valid() {
		return models.Problems{{Field: "every", Row: -1, Message: models.Say("problem.required")}}
	}
	kept, err := tx.digestOf(tx.actor.Account)
	if err != nil {
		return err
	}
	d.Account, d.Row, d.Day, d.Next = kept.Account, kept.Row, kept.Day, d.Every.Next(today)
	if kept.Every == models.Never {
		d.Day = today
		if d.Row, err = tx.lastRow(); err != nil {
			return err
		}
	}
	if d.Every == models.Never {
		return tx.endDigest(kept.Account)
	}
	return put(tx, d)
}

// EndDigest ends the mails of an account, also those that wait to be sent.
func (s *Store) EndDigest(ctx context.Context, account int64) error {
	return wrap("end digest", s.Write(ctx, Actor{Account: account}, func(tx *Tx) error { return tx.endDigest(account) }))
}

func (tx *Tx) endDigest(account int64) error {
	_, err := rowsOf[Digest](tx.g).Where("account_id = ?", account).Delete(tx.ctx)
	if err == nil {
		_, err = rowsOf[Mail](tx.g).Where("account_id = ? AND sent = ''", account).Delete(tx.ctx)
	}
	return err
}

// lastRow returns the ID of the trail's last row, 0 if it has none.
func (r Reader) lastRow() (int64, error) {
	last, err := orNone(rowsOf[trail.Row](r.g).Select("id").Order("id DESC").Limit(1).Take(r.ctx))
	return last.ID, err
}

// TakeDigests makes a mail of each digest that is due on a day, and moves the digest on
// to the trail's last row, in one transaction: nothing that changes is in two mails or in
// none. What still waits to be sent to an account becomes part of the new mail, unless it is being sent
// just now: then the account's turn comes with the next call. It does nothing if no
// digest is due.
func (s *Store) TakeDigests(ctx context.Context, today models.Date) error {
	var due int64
	err := s.View(ctx, func(r Reader) (err error) {
		due, err = rowsOf[Digest](r.g).Where("next_day <= ?", today).Count(r.ctx)
		return err
	})
	if err != nil || due == 0 {
		return wrap("digests", err)
	}
	return wrap("digests", s.Write(ctx, Mailer, func(tx *Tx) error {
		last, err := tx.lastRow()
		if err != nil {
			return err
		}
		all, err := rowsOf[Digest](tx.g).Where("next_day <= ?", today).Order("account_id").Find(tx.ctx)
		if err != nil {
			return err
		}
		for _, d := range all {
			if err := tx.takeDigest(d, last, today); err != nil {
				return err
			}
		}
		return tx.sweepMails()
	}))
}

// takeDigest makes a mail of a digest. An account that may no longer read the directory
// is told nothing from then on.
func (tx *Tx) takeDigest(d Digest, last int64, today models.Date) error {
	a, err := byID[models.Account](tx.Reader, d.Account)
	if err != nil {
		return err
	}
	if a.Disabled || !a.Rights.Reads() {
		return tx.endDigest(d.Account)
	}
	waiting, err := rowsOf[Mail](tx.g).Where("account_id = ? AND sent = ''", d.Account).Find(tx.ctx)
	if err != nil || slices.ContainsFunc(waiting, func(m Mail) bool { return m.Claimed > tx.at }) {
		return err
	}
	m := Mail{Account: d.Account, Taken: tx.at, FromRow: d.Row, FromDay: d.Day, NextTry: tx.at}
	if len(waiting) > 0 {
		m = waiting[0]
	}
	m.ToRow, m.ToDay = last, today
	d.Row, d.Day, d.Next = last, today, d.Every.Next(today)
	if err := put(tx, m); err != nil {
		return err
	}
	return replace(tx, &d)
}
