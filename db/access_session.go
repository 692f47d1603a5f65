package db

import (
	"context"
	"errors"
	"time"
)

// A Session is a session as the server stores it: its ID is the hash of the
// secret that the browser holds.
type Session struct {
	ID      string `gorm:"primaryKey"`
	Account int64  `gorm:"column:account_id"` // who is signed in, or still signing in; 0 for nobody yet
	Data    []byte
	Expires time.Time `gorm:"serializer:instant"`
}

// Session returns a session that has not expired, or ErrNotFound.
func (s *Store) Session(ctx context.Context, id string) (one Session, err error) {
	err = s.ask(ctx, func(ctx context.Context) (err error) {
		one, err = rowsOf[Session](s.read).Where("id = ? AND expires > ?", id, s.instant()).Take(ctx)
		return err
	})
	return one, wrap("session", err)
}

// SaveSession stores a session in place of any with the same ID, and deletes
// all expired ones, and unsaved forms and files that came in that are too old.
func (s *Store) SaveSession(ctx context.Context, one Session) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		if _, err := rowsOf[Session](tx.g).Where("expires <= ?", tx.at).Delete(tx.ctx); err != nil {
			return err
		}
		if err := errors.Join(tx.sweepUnsaved(), tx.sweepImports()); err != nil {
			return err
		}
		return put(tx, one)
	})
}

// RenewSession updates a session, unless it has ended meanwhile.
func (s *Store) RenewSession(ctx context.Context, one Session) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error { return tx.renewSession(one) })
}

// MarkSession is RenewSession if nobody else is writing, and otherwise does
// nothing: all that has changed is when the session was last used.
func (s *Store) MarkSession(ctx context.Context, one Session) {
	s.writeIfFree(ctx, func(tx *Tx) error { return tx.renewSession(one) })
}

func (tx *Tx) renewSession(one Session) error {
	_, err := rowsOf[Session](tx.g).Where("id = ?", one.ID).Select("*").Updates(tx.ctx, one)
	return err
}

// EndSession deletes a session.
func (s *Store) EndSession(ctx context.Context, id string) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error { return tx.endSession(id) })
}

// DropSession deletes a session that is no longer valid, if nobody else is
// writing.
func (s *Store) DropSession(ctx context.Context, id string) {
	s.writeIfFree(ctx, func(tx *Tx) error { return tx.endSession(id) })
}

func (tx *Tx) endSession(id string) error {
	_, err := rowsOf[Session](tx.g).Where("id = ?", id).Delete(tx.ctx)
	return err
}

// Sessions returns an account's unexpired sessions, the last to expire first.
func (s *Store) Sessions(ctx context.Context, account int64) (all []Session, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[Session](r.g).Where("account_id = ? AND expires > ?", account, s.instant()).Order("expires DESC, id").Find(r.ctx)
		return err
	})
	return all, wrap("sessions", err)
}

// EndSessions ends all sessions of an account except the kept one, if any.
func (tx *Tx) EndSessions(account int64, kept string) error {
	_, err := rowsOf[Session](tx.g).Where("account_id = ? AND id <> ?", account, kept).Delete(tx.ctx)
	return err
}

// HasSession returns ErrCredentials unless the account has the session and it
// has not expired.
func (tx *Tx) HasSession(account int64, id string) error {
	has, err := exists[Session](tx.Reader, "account_id = ? AND id = ? AND expires > ?", account, id, tx.at)
	if err == nil && !has {
		err = ErrCredentials
	}
	return err
}

// EndOwnSession ends one session of an account. It is ErrNotFound if the
// account has no such session.
func (tx *Tx) EndOwnSession(account int64, id string) error {
	ended, err := rowsOf[Session](tx.g).Where("account_id = ? AND id = ?", account, id).Delete(tx.ctx)
	if err == nil && ended == 0 {
		err = ErrNotFound
	}
	return err
}
