package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base32"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"golang.org/x/text/unicode/norm"
	"gorm.io/gorm"

	"samband/models"
)

// PasswordMemory is what hashing a password takes, in KiB. With two passes it is
// above what OWASP's password storage cheat sheet asks of argon2id at least.
// Tests that hash many passwords lower it before they hash one; nothing else may.
var PasswordMemory uint32 = 64 << 10

// hashing holds one for each password that is hashed now: each takes its
// memory. Whoever is known, by a session or by a browser that has signed in
// before, has a place apart, and waits for no stranger.
var (
	hashing      = make(chan struct{}, 2)
	hashingKnown = make(chan struct{}, 1)
)

// hashWait is how long a password waits for its place before it is ErrBusy.
// Tests change it.
var hashWait = 10 * time.Second

// hashIn calls f in a place to hash.
func hashIn(ctx context.Context, place chan struct{}, f func() error) error {
	patience := time.NewTimer(hashWait)
	defer patience.Stop()
	select {
	case place <- struct{}{}:
		defer func() { <-place }()
		return f()
	case <-patience.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}

// noPassword returns what is compared where there is no account or no password,
// so that it takes as long.
var noPassword = sync.OnceValues(func() (string, error) { return hashOf(rand.Text()) })

// hashOf returns what is kept of a password.
func hashOf(password string) (string, error) {
	return argon2id.CreateHash(norm.NFC.String(password),
		&argon2id.Params{Memory: PasswordMemory, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// A credential is how an account signs in.
type credential struct {
	AccountID int64 `gorm:"primaryKey;autoIncrement:false"`
	Password  string
	TOTP      string   `gorm:"column:totp"`
	Step      int64    `gorm:"column:totp_step"` // of the last code that was used
	Recovery  []string `gorm:"serializer:words"` // hashes of codes
}

// credential returns an account's credential: an empty one where it has none.
func (r Reader) credential(account int64) (credential, error) {
	c, err := orNone(gorm.G[credential](r.g).Where("account_id = ?", account).Take(r.ctx))
	c.AccountID = account
	return c, err
}

// A SignIn is what is known of somebody whose password is right.
type SignIn struct {
	Account      models.Account
	SecondFactor bool // is still asked for
}

// SignIn checks a password. A wrong one, an account that is not there, one
// without a password and one that is disabled are all ErrCredentials, and take
// as long. Where too many passwords are being checked it is ErrBusy; those of
// somebody known wait for no others.
func (s *Store) SignIn(ctx context.Context, email, password string, known bool) (in SignIn, err error) {
	var c credential
	err = s.View(ctx, func(r Reader) (err error) {
		in.Account, err = orNone(gorm.G[models.Account](r.g).Where("email = ?", models.FoldEmail(email)).Take(r.ctx))
		if err == nil {
			c, err = r.credential(in.Account.ID)
		}
		return err
	})
	if err != nil {
		return SignIn{}, wrap("sign in", err)
	}
	place, match := hashing, false
	if known {
		place = hashingKnown
	}
	err = hashIn(ctx, place, func() (err error) {
		none, err := noPassword()
		if err != nil {
			return err
		}
		match, err = argon2id.ComparePasswordAndHash(norm.NFC.String(password), cmp.Or(c.Password, none))
		return err
	})
	if err != nil {
		return SignIn{}, wrap("sign in", err)
	}
	if !match || c.Password == "" || in.Account.Disabled {
		return SignIn{}, wrap("sign in", ErrCredentials)
	}
	in.SecondFactor = c.TOTP != ""
	return in, nil
}

// HashPassword returns what is kept of a password: SetPassword takes it, so
// that the door for writes is not held while it is made. It waits like SignIn.
func HashPassword(ctx context.Context, password string) (hash string, err error) {
	err = hashIn(ctx, hashing, func() (err error) {
		hash, err = hashOf(password)
		return err
	})
	return hash, wrap("password", err)
}

// SetPassword gives an account a password, by its hash, and ends its sessions
// but the one that is kept, its tokens, and the links to set a password. An
// account of single sign-on has none: it is ErrForbidden.
func (tx *Tx) SetPassword(account int64, hash, keptSession string) error {
	a, err := byID[models.Account](tx.Reader, account)
	if err != nil {
		return err
	}
	if a.Subject != "" {
		return ErrForbidden
	}
	c, err := tx.credential(account)
	if err != nil {
		return err
	}
	c.Password = hash
	if err := put(tx, c); err != nil {
		return err
	}
	if err := tx.noteAccount("set_password", account); err != nil {
		return err
	}
	return tx.endAccess(account, keptSession)
}

// endAccess ends an account's sessions but the one that is kept, its tokens,
// and the links to set its password.
func (tx *Tx) endAccess(account int64, kept string) error {
	if _, err := gorm.G[link](tx.g).Where("account_id = ?", account).Delete(tx.ctx); err != nil {
		return err
	}
	return tx.SignOutEverywhere(account, kept)
}

// SignOutEverywhere ends an account's sessions but the one that is kept, those
// among them that wait for the second factor, and all its tokens.
func (tx *Tx) SignOutEverywhere(account int64, kept string) error {
	if err := tx.EndSessions(account, kept); err != nil {
		return err
	}
	return tx.revokeTokens(account)
}

// Reset takes every way in from an account: password, single sign-on, second
// factor, sessions, tokens, and links to set a password.
func (tx *Tx) Reset(account int64) error {
	a, err := byID[models.Account](tx.Reader, account)
	if err != nil {
		return err
	}
	if err := may(tx, *a); err != nil {
		return err
	}
	if _, err := gorm.G[credential](tx.g).Where("account_id = ?", account).Delete(tx.ctx); err != nil {
		return err
	}
	if a.Subject != "" {
		local := *a
		local.Issuer, local.Subject = "", ""
		if err := keep(tx, a, &local, nil); err != nil {
			return err
		}
	}
	if err := tx.noteAccount("reset", account); err != nil {
		return err
	}
	return tx.endAccess(account, "")
}

func (tx *Tx) noteAccount(action string, account int64) error {
	a, err := byID[models.Account](tx.Reader, account)
	if err != nil {
		return err
	}
	tx.access = true
	return tx.Note(Event{Action: action, Noun: "account", ID: account, State: stateOfAccount(*a)})
}

// HasSecondFactor reports whether an account has one.
func (s *Store) HasSecondFactor(ctx context.Context, account int64) (has bool, err error) {
	err = s.View(ctx, func(r Reader) error {
		c, err := r.credential(account)
		has = c.TOTP != ""
		return err
	})
	return has, wrap("second factor", err)
}

// SecondFactors returns the accounts that have one.
func (s *Store) SecondFactors(ctx context.Context) (has map[int64]bool, err error) {
	has = map[int64]bool{}
	err = s.View(ctx, func(r Reader) error {
		all, err := gorm.G[credential](r.g).Select("account_id").Where("totp <> ''").Find(r.ctx)
		for _, c := range all {
			has[c.AccountID] = true
		}
		return err
	})
	return has, wrap("second factors", err)
}

// How codes are made, as RFC 6238 has it: what all apps for it can do.
const (
	totpPeriod = 30
	totpSkew   = 1 // steps that a clock may be off
	recoveries = 10
)

// NewSecondFactor returns a second factor to be confirmed by a first code: its
// secret, the same again where there is one already, and the address that an
// app reads it from.
func NewSecondFactor(email, already string) (secret, address string, err error) {
	opts := totp.GenerateOpts{Issuer: "Samband", AccountName: email, Period: totpPeriod}
	if already != "" {
		if opts.Secret, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(already); err != nil {
			return "", "", wrap("second factor", err)
		}
	}
	key, err := totp.Generate(opts)
	if err != nil {
		return "", "", wrap("second factor", err)
	}
	return key.Secret(), key.URL(), nil
}

// step returns the time step that a code is of, 0 for none.
func step(secret, code string, now time.Time) int64 {
	for skew := -totpSkew; skew <= totpSkew; skew++ {
		at := now.Add(time.Duration(skew) * totpPeriod * time.Second)
		ok, err := totp.ValidateCustom(code, secret, at, totp.ValidateOpts{Period: totpPeriod, Digits: otp.DigitsSix})
		if ok && err == nil {
			return at.Unix() / totpPeriod
		}
	}
	return 0
}

// SetSecondFactor gives an account a second factor, confirmed by a code, and
// returns the codes to get in by when it is lost: each once. A wrong code is
// ErrCredentials.
func (tx *Tx) SetSecondFactor(account int64, secret, code string) (recovery []string, err error) {
	c, err := tx.credential(account)
	if err != nil {
		return nil, err
	}
	c.TOTP = secret
	if c.Step = step(secret, strings.ReplaceAll(code, " ", ""), tx.now); c.Step == 0 {
		return nil, ErrCredentials
	}
	c.Recovery = nil
	for range recoveries {
		code := strings.ToLower(rand.Text())
		var parts []string
		for part := range slices.Chunk([]byte(code), 4) {
			parts = append(parts, string(part))
		}
		recovery = append(recovery, strings.Join(parts, "-"))
		c.Recovery = append(c.Recovery, hashed(code))
	}
	if err := put(tx, c); err != nil {
		return nil, err
	}
	return recovery, tx.noteAccount("set_second_factor", account)
}

// UseSecondFactor takes a code of an account's app, or one of its recovery
// codes: either works once. Another is ErrCredentials.
func (tx *Tx) UseSecondFactor(account int64, code string) error {
	c, err := tx.credential(account)
	if err != nil {
		return err
	}
	code = strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(code))
	if i := slices.Index(c.Recovery, hashed(code)); i >= 0 {
		c.Recovery = slices.Delete(c.Recovery, i, i+1)
		if err := tx.noteAccount("use_recovery_code", account); err != nil {
			return err
		}
	} else if now := step(c.TOTP, code, tx.now); c.TOTP != "" && now > c.Step {
		c.Step = now
	} else {
		return ErrCredentials
	}
	return put(tx, c)
}

// ProveSecondFactor is UseSecondFactor for an account that has a second factor,
// and nothing for another.
func (tx *Tx) ProveSecondFactor(account int64, code string) error {
	c, err := tx.credential(account)
	if err != nil || c.TOTP == "" {
		return err
	}
	return tx.UseSecondFactor(account, code)
}

// DropSecondFactor takes an account's second factor away.
func (tx *Tx) DropSecondFactor(account int64) error {
	c, err := tx.credential(account)
	if err != nil {
		return err
	}
	if err := put(tx, credential{AccountID: account, Password: c.Password}); err != nil {
		return err
	}
	return tx.noteAccount("drop_second_factor", account)
}
