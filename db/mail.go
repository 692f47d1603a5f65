package db

import (
	"context"
	"errors"
	"time"

	"samband/db/trail"
	"samband/models"
)

// A Mail is a digest on its way to an account: about what happened after one row of the
// trail, until another. What it says is not kept.
type Mail struct {
	Account int64       `gorm:"column:account_id;primaryKey;autoIncrement:false" json:"-"`
	Taken   string      `gorm:"primaryKey" json:"taken"` // RFC 3339, UTC, like all instants here
	FromRow int64       `json:"-"`
	FromDay models.Date `json:"from"`
	ToRow   int64       `json:"-"`
	ToDay   models.Date `json:"to"`
	Tries   int         `json:"tries"`
	NextTry string      `json:"-"`
	Claimed string      `json:"-"` // until when somebody is trying to send it, "" for nobody
	Error   string      `json:"error"`
	Sent    string      `json:"sent"` // "" for not yet
}

// Mailer is the actor in the trail who sends mails.
var Mailer = Actor{Name: "mail", Rights: models.AllRights}

const (
	// claimTime is how long whoever tries to send a mail has it for himself. If the
	// program ends meanwhile, another try begins after that.
	claimTime = 10 * time.Minute
	// mailDays is for how many days it is kept which mails were sent.
	mailDays = 90
)

// ClaimMail returns a mail whose turn to be sent has come, with its account and what
// that wants to be told, and keeps others from sending it for a while. It is ErrNotFound
// if there is none. What waits for an account that may no longer read the directory is
// forgotten.
func (s *Store) ClaimMail(ctx context.Context) (m Mail, a models.Account, d Digest, err error) {
	due := func(r Reader) (Mail, error) {
		now := s.now().UTC().Format(trail.Instants)
		return rowsOf[Mail](r.g).Where("sent = '' AND next_try <= ? AND claimed <= ?", now, now).Order("next_try, account_id").Take(r.ctx)
	}
	if err = s.View(ctx, func(r Reader) error { _, err := due(r); return err }); err != nil {
		return m, a, d, wrap("mail", err)
	}
	found := true // else what has been forgotten stays so
	err = s.Write(ctx, Mailer, func(tx *Tx) error {
		for {
			if m, err = due(tx.Reader); errors.Is(err, ErrNotFound) {
				found = false
				return nil
			}
			if err != nil {
				return err
			}
			to, err := byID[models.Account](tx.Reader, m.Account)
			if err != nil {
				return err
			}
			if d, err = tx.digestOf(m.Account); err != nil {
				return err
			}
			if a = *to; !a.Disabled && a.Rights.Reads() && d.Every != models.Never {
				break
			}
			if err := tx.endDigest(a.ID); err != nil {
				return err
			}
		}
		m.Tries++
		m.Claimed = tx.now.Add(claimTime).UTC().Format(trail.Instants)
		return replace(tx, &m)
	})
	if err == nil && !found {
		err = ErrNotFound
	}
	return m, a, d, wrap("mail", err)
}

// MailSent notes that the mail server has taken a mail, and in the trail that its
// account has been told.
func (s *Store) MailSent(ctx context.Context, m Mail) error {
	return wrap("mail", s.Write(ctx, Mailer, func(tx *Tx) error {
		a, err := byID[models.Account](tx.Reader, m.Account)
		if err != nil {
			return err
		}
		m.Sent, m.Claimed, m.Error = tx.at, "", ""
		if err := put(tx, m); err != nil { // it was sent, even if its account wants no more meanwhile
			return err
		}
		return tx.Note(Event{Action: "send", Noun: "mail", ID: m.Account, State: stateOfAccount(*a),
			About: []any{"account", int(m.Account), "from", m.FromDay.String(), "to", m.ToDay.String(), "after", int(m.FromRow), "until", int(m.ToRow)}})
	}))
}

// MailEmpty forgets a mail that would tell nothing.
func (s *Store) MailEmpty(ctx context.Context, m Mail) error {
	return wrap("mail", s.Write(ctx, Mailer, func(tx *Tx) error {
		return tx.one(rowsOf[Mail](tx.g).Where("account_id = ? AND taken = ? AND sent = ''", m.Account, m.Taken).Delete(tx.ctx))
	}))
}

// MailFailed notes why a mail could not be sent, and how long it waits for the next try.
func (s *Store) MailFailed(ctx context.Context, m Mail, why string, pause time.Duration) error {
	return wrap("mail", s.Write(ctx, Mailer, func(tx *Tx) error {
		m.Claimed, m.Error, m.NextTry = "", why, tx.now.Add(pause).UTC().Format(trail.Instants)
		if wanted, err := exists[Mail](tx.Reader, "account_id = ? AND taken = ?", m.Account, m.Taken); err != nil || !wanted {
			return err
		}
		return replace(tx, &m)
	}))
}

// sweepMails forgets the mails that were sent long ago.
func (tx *Tx) sweepMails() error {
	_, err := rowsOf[Mail](tx.g).Where("sent <> '' AND sent < ?", tx.now.AddDate(0, 0, -mailDays).UTC().Format(trail.Instants)).Delete(tx.ctx)
	return err
}

// Mails returns the mails of an account, the latest first.
func (s *Store) Mails(ctx context.Context, account int64) (all []Mail, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Mail](r.g).Where("account_id = ?", account).Order("taken DESC").Limit(mailDays).Find(r.ctx)
		return err
	})
	return all, wrap("mails", err)
}

// A StuckMail is a mail that could not be sent yet, with its account.
type StuckMail struct {
	Mail
	To models.Account
}

// StuckMails returns the mails that could not be sent yet, those that wait longest
// first, if keeps says so of their accounts.
func (s *Store) StuckMails(ctx context.Context, keeps func(models.Account) bool) (all []StuckMail, err error) {
	err = s.View(ctx, func(r Reader) error {
		mails, err := rowsOf[Mail](r.g).Where("sent = '' AND error <> ''").Order("taken, account_id").Find(r.ctx)
		if err != nil {
			return err
		}
		var ids []int64
		for _, m := range mails {
			ids = append(ids, m.Account)
		}
		to, err := byIDs[models.Account](r, ids)
		for _, m := range mails {
			if a := to[m.Account]; a != nil && keeps(*a) {
				all = append(all, StuckMail{m, *a})
			}
		}
		return err
	})
	return all, wrap("mails", err)
}
