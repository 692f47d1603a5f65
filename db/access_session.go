package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// A Session is one that is kept on the server: the browser holds only what its
// ID is the hash of.
type Session struct {
	ID      string `gorm:"primaryKey"`
	Account int64  `gorm:"column:account_id"` // whose sign-in it is, or is to become; 0 for nobody's yet
	Data    []byte
	Expires time.Time `gorm:"serializer:instant"`
}

// Session returns a session that has not expired, or ErrNotFound.
func (s *Store) Session(ctx context.Context, id string) (one Session, err error) {
	err = s.ask(ctx, func(ctx context.Context) (err error) {
		one, err = gorm.G[Session](s.read).Where("id = ? AND expires > ?", id, s.instant()).Take(ctx)
		return err
	})
	return one, wrap("session", err)
}

// SaveSession keeps a session, in place of the one of the same ID. Those whose
// time is over are forgotten.
func (s *Store) SaveSession(ctx context.Context, one Session) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		if _, err := gorm.G[Session](tx.g).Where("expires <= ?", tx.at).Delete(tx.ctx); err != nil {
			return err
		}
		return put(tx, one)
	})
}

// RenewSession keeps a session anew, unless it has been ended meanwhile.
func (s *Store) RenewSession(ctx context.Context, one Session) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error { return tx.renewSession(one) })
}

// MarkSession is RenewSession if nobody else is writing, and else does nothing:
// what has changed of the session is only when it was last used.
func (s *Store) MarkSession(ctx context.Context, one Session) {
	s.writeIfFree(ctx, func(tx *Tx) error { return tx.renewSession(one) })
}

func (tx *Tx) renewSession(one Session) error {
	_, err := gorm.G[Session](tx.g).Where("id = ?", one.ID).Select("*").Updates(tx.ctx, one)
	return err
}

// EndSession forgets a session.
func (s *Store) EndSession(ctx context.Context, id string) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error { return tx.endSession(id) })
}

// DropSession forgets a session if nobody else is writing: one that is no
// longer good for anything.
func (s *Store) DropSession(ctx context.Context, id string) {
	s.writeIfFree(ctx, func(tx *Tx) error { return tx.endSession(id) })
}

func (tx *Tx) endSession(id string) error {
	_, err := gorm.G[Session](tx.g).Where("id = ?", id).Delete(tx.ctx)
	return err
}

// Sessions returns an account's sessions, the one that lasts longest first.
func (s *Store) Sessions(ctx context.Context, account int64) (all []Session, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = gorm.G[Session](r.g).Where("account_id = ? AND expires > ?", account, s.instant()).Order("expires DESC, id").Find(r.ctx)
		return err
	})
	return all, wrap("sessions", err)
}

// EndSessions ends all sessions of an account but the one that is kept, if
// there is one.
func (tx *Tx) EndSessions(account int64, kept string) error {
	_, err := gorm.G[Session](tx.g).Where("account_id = ? AND id <> ?", account, kept).Delete(tx.ctx)
	return err
}

// HasSession returns ErrCredentials unless an account has a session.
func (tx *Tx) HasSession(account int64, id string) error {
	has, err := exists[Session](tx.Reader, "account_id = ? AND id = ? AND expires > ?", account, id, tx.at)
	if err == nil && !has {
		err = ErrCredentials
	}
	return err
}

// EndOwnSession ends one session of an account.
func (tx *Tx) EndOwnSession(account int64, id string) error {
	ended, err := gorm.G[Session](tx.g).Where("account_id = ? AND id = ?", account, id).Delete(tx.ctx)
	if err == nil && ended == 0 {
		err = ErrNotFound
	}
	return err
}
