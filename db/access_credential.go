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

	"samband/models"
)

// PasswordMemory is the memory that hashing a password takes, in KiB. With two
// passes it exceeds the minimum for argon2id in OWASP's Password Storage Cheat
// Sheet. Tests that hash many passwords lower it before they hash the first;
// nothing else may.
var PasswordMemory uint32 = 64 << 10

// hashing limits how many passwords are hashed at once, since each takes
// PasswordMemory. Known users, by a session or a browser that has signed in
// before, have a slot of their own and never wait behind strangers.
var (
	hashing      = make(chan struct{}, 2)
	hashingKnown = make(chan struct{}, 1)
)

// hashWait is how long a password waits for a slot before it is ErrBusy. Tests
// change it.
var hashWait = 10 * time.Second

// hashIn calls f while it holds a slot of place. It is ErrBusy if none is free
// within hashWait.
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

// noPassword returns the hash to compare with where there is no account or no
// password, so that this takes as long.
var noPassword = sync.OnceValues(func() (string, error) { return hashOf(rand.Text()) })

// hashOf returns the hash that is stored for a password.
func hashOf(password string) (string, error) {
	return argon2id.CreateHash(norm.NFC.String(password),
		&argon2id.Params{Memory: PasswordMemory, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// A credential is how an account signs in.
type credential struct {
	AccountID int64 `gorm:"primaryKey;autoIncrement:false"`
	Password  string
	TOTP      string   `gorm:"column:totp"`
	Step      int64    `gorm:"column:totp_step"` // time step of the last code used
	Recovery  []string `gorm:"serializer:words"` // hashes of unused recovery codes
}

// credential returns an account's credential, an empty one if it has none.
func (r Reader) credential(account int64) (credential, error) {
	c, err := orNone(rowsOf[credential](r.g).Where("account_id = ?", account).Take(r.ctx))
	c.AccountID = account
	return c, err
}

// A SignIn is the result of a correct password.
type SignIn struct {
	Account      models.Account
	SecondFactor bool // is still required
}

// SignIn checks a password. A wrong password, an unknown or disabled account
// and one without a password are all ErrCredentials, and take equally long. It
// is ErrBusy if too many passwords are being checked; known users wait only for
// each other.
func (s *Store) SignIn(ctx context.Context, email, password string, known bool) (in SignIn, err error) {
	var c credential
	err = s.View(ctx, func(r Reader) (err error) {
		in.Account, err = orNone(rowsOf[models.Account](r.g).Where("email = ?", models.FoldEmail(email)).Take(r.ctx))
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

// HashPassword returns the hash of a password for SetPassword, so that no write
// is held up while it is computed. It waits, and may be ErrBusy, like SignIn.
func HashPassword(ctx context.Context, password string) (hash string, err error) {
	err = hashIn(ctx, hashing, func() (err error) {
		hash, err = hashOf(password)
		return err
	})
	return hash, wrap("password", err)
}

// SetPassword gives an account a password, as a hash, and ends its sessions
// except keptSession, its tokens, and the links to set its password. It is
// ErrForbidden for a single sign-on account, which has no password.
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

// endAccess ends an account's sessions except the kept one, its tokens, and the
// links to set its password.
func (tx *Tx) endAccess(account int64, kept string) error {
	if _, err := rowsOf[link](tx.g).Where("account_id = ?", account).Delete(tx.ctx); err != nil {
		return err
	}
	return tx.SignOutEverywhere(account, kept)
}

// SignOutEverywhere ends an account's sessions except the kept one, including
// those that still wait for the second factor, and revokes all its tokens and the
// addresses of its calendars.
func (tx *Tx) SignOutEverywhere(account int64, kept string) error {
	if err := tx.EndSessions(account, kept); err != nil {
		return err
	}
	return cmp.Or(tx.revokeTokens(account), tx.revokeCalendars(account))
}

// Reset removes every way into an account: password, single sign-on, second
// factor, sessions, tokens, and links to set the password.
func (tx *Tx) Reset(account int64) error {
	a, err := byID[models.Account](tx.Reader, account)
	if err != nil {
		return err
	}
	if err := may(tx, *a); err != nil {
		return err
	}
	if _, err := rowsOf[credential](tx.g).Where("account_id = ?", account).Delete(tx.ctx); err != nil {
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

// HasSecondFactor reports whether an account has a second factor.
func (s *Store) HasSecondFactor(ctx context.Context, account int64) (has bool, err error) {
	err = s.View(ctx, func(r Reader) error {
		c, err := r.credential(account)
		has = c.TOTP != ""
		return err
	})
	return has, wrap("second factor", err)
}

// SecondFactors returns the IDs of the accounts that have a second factor.
func (s *Store) SecondFactors(ctx context.Context) (has map[int64]bool, err error) {
	has = map[int64]bool{}
	err = s.View(ctx, func(r Reader) error {
		all, err := rowsOf[credential](r.g).Select("account_id").Where("totp <> ''").Find(r.ctx)
		for _, c := range all {
			has[c.AccountID] = true
		}
		return err
	})
	return has, wrap("second factors", err)
}

// How codes are made, after RFC 6238, within what every app supports.
const (
	totpPeriod = 30 // seconds
	totpSkew   = 1  // steps that a clock may be off
	recoveries = 10 // recovery codes
)

// NewSecondFactor returns a second factor that a first code has to confirm: its
// secret, which is already if that is not empty, and the otpauth URL from which
// an app reads it.
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

// step returns the time step of a code, 0 if the code is wrong.
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
// returns the recovery codes for when it is lost, each of which works once. A
// wrong code is ErrCredentials.
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

// UseSecondFactor accepts a code from an account's app or one of its recovery
// codes, each of which works once. Any other code is ErrCredentials.
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

// ProveSecondFactor is UseSecondFactor for an account that has a second factor;
// for any other it does nothing.
func (tx *Tx) ProveSecondFactor(account int64, code string) error {
	c, err := tx.credential(account)
	if err != nil || c.TOTP == "" {
		return err
	}
	return tx.UseSecondFactor(account, code)
}

// DropSecondFactor removes an account's second factor and its recovery codes.
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
