package db

import (
	"context"
	"database/sql"
	"time"
)

// A Session is one that is kept on the server: the browser holds only what its
// ID is the hash of.
type Session struct {
	ID      string
	Account int64 // whose sign-in it is, or is to become; 0 for nobody's yet
	Data    []byte
	Expires time.Time
}

const instants = "2006-01-02T15:04:05.000Z07:00"

// Session returns a session that has not expired, or ErrNotFound.
func (s *Store) Session(ctx context.Context, id string) (found Session, err error) {
	found = Session{ID: id}
	var expires string
	err = s.row(ctx, "SELECT account_id, data, expires FROM sessions WHERE id = ? AND expires > ?", []any{id, s.instant()},
		&found.Account, &found.Data, &expires)
	if err == nil {
		found.Expires, err = time.Parse(instants, expires)
	}
	return found, wrap("session", err)
}

// SaveSession keeps a session, in place of the one of the same ID. Those whose
// time is over are forgotten.
func (s *Store) SaveSession(ctx context.Context, one Session) error {
	return s.Write(ctx, Actor{}, func(tx *Tx) error {
		if _, err := tx.exec("DELETE FROM sessions WHERE id = ? OR expires <= ?", one.ID, tx.at); err != nil {
			return err
		}
		_, err := tx.exec("INSERT INTO sessions (id, account_id, data, expires) VALUES (?, ?, ?, ?)",
			one.ID, one.Account, one.Data, one.Expires.UTC().Format(instants))
		return err
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
	_, err := tx.exec("UPDATE sessions SET account_id = ?, data = ?, expires = ? WHERE id = ?",
		one.Account, one.Data, one.Expires.UTC().Format(instants), one.ID)
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
	_, err := tx.exec("DELETE FROM sessions WHERE id = ?", id)
	return err
}

// Sessions returns an account's sessions, the one that lasts longest first.
func (s *Store) Sessions(ctx context.Context, account int64) (all []Session, err error) {
	err = s.view(ctx, func(r reader) error {
		return r.each("SELECT id, data, expires FROM sessions WHERE account_id = ? AND expires > ? ORDER BY expires DESC, id",
			[]any{account, s.instant()}, func(rows *sql.Rows) error {
				one := Session{Account: account}
				var expires string
				err := rows.Scan(&one.ID, &one.Data, &expires)
				if err == nil {
					one.Expires, err = time.Parse(instants, expires)
				}
				all = append(all, one)
				return err
			})
	})
	return all, wrap("sessions", err)
}

// EndSessions ends all sessions of an account but the one that is kept, if
// there is one.
func (tx *Tx) EndSessions(account int64, kept string) error {
	_, err := tx.exec("DELETE FROM sessions WHERE account_id = ? AND id <> ?", account, kept)
	return err
}

// HasSession returns ErrCredentials unless an account has a session.
func (tx *Tx) HasSession(account int64, id string) error {
	has, err := tx.exists("SELECT 1 FROM sessions WHERE account_id = ? AND id = ? AND expires > ?", account, id, tx.at)
	if err == nil && !has {
		err = ErrCredentials
	}
	return err
}

// EndOwnSession ends one session of an account.
func (tx *Tx) EndOwnSession(account int64, id string) error {
	ended, err := tx.exec("DELETE FROM sessions WHERE account_id = ? AND id = ?", account, id)
	if err == nil && ended == 0 {
		err = ErrNotFound
	}
	return err
}
