package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"samband/models"
)

// A Token is what a program signs in with on behalf of an account.
type Token struct {
	ID      int64
	Account int64
	Role    models.Role // the only one of the account's that it has, "" for all
	Made    string      // RFC 3339, UTC
	Expires models.Date // the last day, a year after it was made at the latest
	Revoked bool
}

// tokenPrefix lets a token be known for one, where it lies about.
const tokenPrefix = "samband_"

// AddToken makes a token for an account and returns what is to be shown of it,
// once. A role that the account does not hold, a last day that has passed, and
// one that is more than a year ahead are problems.
func (tx *Tx) AddToken(t *Token, today models.Date) (secret string, err error) {
	a, err := byID[models.Account](tx.reader, t.Account)
	if err != nil {
		return "", err
	}
	var problems models.Problems
	if t.Role != "" && !a.Rights.Holds(t.Role) {
		problems = append(problems, models.Problem{Field: "role", Row: -1, Message: models.Say("problem.token_role", "value", string(t.Role))})
	}
	if t.Expires < today {
		problems = append(problems, models.Problem{Field: "expires", Row: -1, Message: models.Say("problem.token_expires", "day", t.Expires)})
	}
	if latest := today.Years(1); t.Expires > latest {
		problems = append(problems, models.Problem{Field: "expires", Row: -1, Message: models.Say("problem.token_year", "latest", latest)})
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	secret = tokenPrefix + rand.Text()
	t.ID, t.Made = tx.ids(1), tx.at
	_, err = tx.exec("INSERT INTO tokens (id, account_id, hash, role, made, expires, revoked) VALUES (?, ?, ?, ?, ?, ?, ?)",
		t.ID, t.Account, hashed(secret), string(t.Role), t.Made, t.Expires.String(), false)
	if err != nil {
		return "", err
	}
	return secret, tx.noteToken("create", *t, *a, "hash", hashed(secret), "made", t.Made)
}

func (tx *Tx) noteToken(action string, t Token, a models.Account, vouched ...string) error {
	tx.access = true
	return tx.Note(Event{Action: action, Noun: "token", ID: t.ID, State: stateOfAccount(a),
		About: []any{"account", int(t.Account), "role", string(t.Role), "expires", t.Expires.String()}, Vouched: vouched})
}

// Tokens returns the tokens of an account, or of all if it is 0.
func (s *Store) Tokens(ctx context.Context, account int64) (all []Token, err error) {
	err = s.view(ctx, func(r reader) (err error) {
		all, err = r.tokens("WHERE account_id = ? OR ? = 0 ORDER BY id", account, account)
		return err
	})
	return all, wrap("tokens", err)
}

func (r reader) tokens(where string, args ...any) (all []Token, err error) {
	err = r.each("SELECT id, account_id, role, made, expires, revoked FROM tokens "+where, args, func(rows *sql.Rows) error {
		var t Token
		if err := rows.Scan(&t.ID, &t.Account, &t.Role, &t.Made, &t.Expires, &t.Revoked); err != nil {
			return err
		}
		// Some were made for longer, before there was a limit.
		if made, err := models.ParseDate(t.Made[:len("2006-01-02")]); err == nil {
			t.Expires = min(t.Expires, made.Years(1))
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

// RevokeToken ends a token for good. An account that is not 0 must be the
// token's.
func (tx *Tx) RevokeToken(id, account int64) error {
	found, err := tx.tokens("WHERE id = ? AND (account_id = ? OR ? = 0)", id, account, account)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].Revoked {
		return ErrNotFound
	}
	a, err := byID[models.Account](tx.reader, found[0].Account)
	if err != nil {
		return err
	}
	if _, err := tx.exec("UPDATE tokens SET revoked = ?, expires = ? WHERE id = ?", true, found[0].Expires.String(), id); err != nil {
		return err
	}
	return tx.noteToken("remove", found[0], *a, "made", found[0].Made)
}

// revokeTokens ends all tokens of an account for good.
func (tx *Tx) revokeTokens(account int64) error {
	all, err := tx.tokens("WHERE account_id = ? AND revoked = ? ORDER BY id", account, false)
	for _, t := range all {
		err = cmp.Or(err, tx.RevokeToken(t.ID, account))
	}
	return err
}

// Bearer returns the account that shows a token, with the rights that the token
// has. One that is unknown, revoked or expired, and that of a disabled account,
// are ErrCredentials; of one that was known once there are the numbers then.
func (s *Store) Bearer(ctx context.Context, secret string, today models.Date) (Shown, error) {
	hash := hashed(secret)
	a, err := s.identify(ctx, identity{token: hash, today: today}, func() (a Shown, err error) {
		err = s.view(ctx, func(r reader) (err error) {
			a, err = r.bearer(hash, today)
			return err
		})
		return a, err
	})
	return a, wrap("token", err)
}

func (r reader) bearer(hash string, today models.Date) (a Shown, err error) {
	found, err := r.tokens("WHERE hash = ?", hash)
	if err != nil {
		return a, err
	}
	if len(found) == 0 {
		return a, ErrCredentials
	}
	a.Token, a.ID = found[0].ID, found[0].Account
	if found[0].Revoked || found[0].Expires < today {
		return a, ErrCredentials
	}
	account, err := byID[models.Account](r, found[0].Account)
	if err != nil {
		return a, err
	}
	if account.Disabled {
		return a, ErrCredentials
	}
	if err := r.officerOf(account); err != nil { // before a role is left of several
		return a, err
	}
	if found[0].Role != "" {
		account.Rights = account.Rights.Only(found[0].Role)
	}
	a.Account = *account
	return a, nil
}

// NewLink returns the secret of a link that works once and for so long: for an
// account to set its password, or, for account 0, to make the first one. It
// takes the place of the account's links before, and works as long as who made
// it may change the account. An account of single sign-on has no password to
// set: it is ErrForbidden.
func (tx *Tx) NewLink(account int64, lasts time.Duration) (secret string, err error) {
	if account != 0 {
		a, err := byID[models.Account](tx.reader, account)
		if err != nil {
			return "", err
		}
		if a.Subject != "" {
			return "", ErrForbidden
		}
	}
	secret = rand.Text()
	if _, err := tx.exec("DELETE FROM links WHERE account_id = ? OR expires <= ?", account, tx.at); err != nil {
		return "", err
	}
	_, err = tx.exec("INSERT INTO links (hash, account_id, expires, maker_id) VALUES (?, ?, ?, ?)",
		hashed(secret), account, tx.now.UTC().Add(lasts).Format(instants), tx.actor.Account)
	return secret, err
}

// LinkAccount returns the account that a link is for, or ErrCredentials.
func (s *Store) LinkAccount(ctx context.Context, secret string) (account int64, err error) {
	err = s.view(ctx, func(r reader) (err error) {
		account, err = r.link(secret, s.instant())
		return err
	})
	return account, wrap("link", err)
}

func (r reader) link(secret, now string) (account int64, err error) {
	account = -1
	var maker int64
	err = r.each("SELECT account_id, maker_id FROM links WHERE hash = ? AND expires > ?", []any{hashed(secret), now},
		func(rows *sql.Rows) error { return rows.Scan(&account, &maker) })
	if err == nil && account < 0 {
		err = ErrCredentials
	}
	if err != nil || maker == 0 {
		return account, err
	}
	made, err := byID[models.Account](r, maker)
	if errors.Is(err, ErrNotFound) {
		return 0, ErrCredentials
	}
	target, bad := byID[models.Account](r, account)
	if err := cmp.Or(err, bad); err != nil {
		return 0, err
	}
	if made.Disabled || !accountKind.changes(made.Rights, *target, "") {
		return 0, ErrCredentials
	}
	return account, nil
}

// UseLink spends a link and returns its account, or ErrCredentials.
func (tx *Tx) UseLink(secret string) (account int64, err error) {
	if account, err = tx.link(secret, tx.at); err != nil {
		return 0, err
	}
	return account, tx.exactly(1, "DELETE FROM links WHERE hash = ?", hashed(secret))
}
