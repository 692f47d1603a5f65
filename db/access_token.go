package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"time"

	"samband/models"
)

// A Token lets a program sign in on behalf of an account.
type Token struct {
	ID      int64       `gorm:"primaryKey;autoIncrement:false"`
	Account int64       `gorm:"column:account_id"`
	Hash    string      `json:"-"` // of the secret
	Role    models.Role // the account's only role that it carries, "" for all
	Made    string      // RFC 3339, UTC
	Expires models.Date // the last day it works, at most a year after it was made
	Revoked bool
}

// tokenPrefix makes a leaked token recognisable as one.
const tokenPrefix = "samband_"

// AddToken makes a token for an account and returns its secret, which is not
// stored. A role that the account does not hold, and a last day that has passed
// or is more than a year ahead, are models.Problems.
func (tx *Tx) AddToken(t *Token, today models.Date) (secret string, err error) {
	a, err := byID[models.Account](tx.Reader, t.Account)
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
	t.ID, t.Made, t.Hash = tx.IDs(1), tx.at, hashed(secret)
	if err := rowsOf[Token](tx.g).Create(tx.ctx, t); err != nil {
		return "", err
	}
	return secret, tx.noteToken("create", *t, *a, "hash", t.Hash, "made", t.Made)
}

func (tx *Tx) noteToken(action string, t Token, a models.Account, vouched ...string) error {
	tx.access = true
	return tx.Note(Event{Action: action, Noun: "token", ID: t.ID, State: stateOfAccount(a),
		About: []any{"account", int(t.Account), "role", string(t.Role), "expires", t.Expires.String()}, Vouched: vouched})
}

// Tokens returns the tokens of an account, or of all if it is 0.
func (s *Store) Tokens(ctx context.Context, account int64) (all []Token, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = r.tokens("account_id = ? OR ? = 0", account, account)
		return err
	})
	return all, wrap("tokens", err)
}

func (r Reader) tokens(where string, args ...any) ([]Token, error) {
	all, err := rowsOf[Token](r.g).Where(where, args...).Order("id").Find(r.ctx)
	for i, t := range all { // some date from before there was a limit
		if made, err := models.ParseDate(t.Made[:len("2006-01-02")]); err == nil {
			all[i].Expires = min(t.Expires, made.Years(1))
		}
	}
	return all, err
}

// RevokeToken ends a token for good. It is ErrNotFound if the token has ended
// already, or if account is neither 0 nor the token's.
func (tx *Tx) RevokeToken(id, account int64) error {
	found, err := tx.tokens("id = ? AND (account_id = ? OR ? = 0)", id, account, account)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].Revoked {
		return ErrNotFound
	}
	t := found[0]
	a, err := byID[models.Account](tx.Reader, t.Account)
	if err != nil {
		return err
	}
	t.Revoked = true
	if err := replace(tx, &t); err != nil {
		return err
	}
	return tx.noteToken("remove", t, *a, "made", t.Made)
}

// revokeTokens ends all tokens of an account for good.
func (tx *Tx) revokeTokens(account int64) error {
	all, err := tx.tokens("account_id = ? AND revoked = ?", account, false)
	for _, t := range all {
		err = cmp.Or(err, tx.RevokeToken(t.ID, account))
	}
	return err
}

// Bearer returns the account of a token, with the rights that the token
// carries. A token that is unknown, revoked or expired, or whose account is
// disabled, is ErrCredentials; unless it is unknown, the IDs of the token and
// its account are returned with the error.
func (s *Store) Bearer(ctx context.Context, secret string, today models.Date) (Shown, error) {
	hash := hashed(secret)
	a, err := s.identify(ctx, identity{token: hash, today: today}, func() (a Shown, err error) {
		err = s.View(ctx, func(r Reader) (err error) {
			a, err = r.bearer(hash, today)
			return err
		})
		return a, err
	})
	return a, wrap("token", err)
}

func (r Reader) bearer(hash string, today models.Date) (a Shown, err error) {
	found, err := r.tokens("hash = ?", hash)
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
	if err := r.officerOf(account); err != nil { // while it has all its roles
		return a, err
	}
	if found[0].Role != "" {
		account.Rights = account.Rights.Only(found[0].Role)
	}
	a.Account = *account
	return a, nil
}

// NewLink returns the secret of a link that works once, within the given time:
// to set an account's password or, for account 0, to make the first account. It
// replaces the account's earlier links, and works only while its maker may
// administer the account. It is ErrForbidden for a single sign-on account,
// which has no password.
func (tx *Tx) NewLink(account int64, lasts time.Duration) (secret string, err error) {
	if account != 0 {
		a, err := byID[models.Account](tx.Reader, account)
		if err != nil {
			return "", err
		}
		if a.Subject != "" {
			return "", ErrForbidden
		}
	}
	secret = rand.Text()
	if _, err := rowsOf[link](tx.g).Where("account_id = ? OR expires <= ?", account, tx.at).Delete(tx.ctx); err != nil {
		return "", err
	}
	return secret, put(tx, link{Hash: hashed(secret), AccountID: account, Expires: tx.now.Add(lasts), MakerID: tx.actor.Account})
}

// A link lets an account's password be set.
type link struct {
	Hash      string    `gorm:"primaryKey"` // of its secret
	AccountID int64     // 0 for the first account, which is yet to be made
	Expires   time.Time `gorm:"serializer:instant"`
	MakerID   int64     // 0 for the program itself
}

// LinkAccount returns the account of a link, or ErrCredentials if the link does
// not work.
func (s *Store) LinkAccount(ctx context.Context, secret string) (account int64, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		account, err = r.link(secret, s.instant())
		return err
	})
	return account, wrap("link", err)
}

func (r Reader) link(secret, now string) (account int64, err error) {
	l, err := rowsOf[link](r.g).Where("hash = ? AND expires > ?", hashed(secret), now).Take(r.ctx)
	if errors.Is(err, ErrNotFound) {
		err = ErrCredentials
	}
	if err != nil || l.MakerID == 0 {
		return l.AccountID, err
	}
	made, err := byID[models.Account](r, l.MakerID)
	if errors.Is(err, ErrNotFound) {
		return 0, ErrCredentials
	}
	target, bad := byID[models.Account](r, l.AccountID)
	if err := cmp.Or(err, bad); err != nil {
		return 0, err
	}
	if made.Disabled || !accountKind.allowed(made.Rights, *target, "") {
		return 0, ErrCredentials
	}
	return l.AccountID, nil
}

// UseLink uses a link up and returns its account, or ErrCredentials.
func (tx *Tx) UseLink(secret string) (account int64, err error) {
	if account, err = tx.link(secret, tx.at); err != nil {
		return 0, err
	}
	return account, tx.one(rowsOf[link](tx.g).Where("hash = ?", hashed(secret)).Delete(tx.ctx))
}
