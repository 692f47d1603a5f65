package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"samband/db"
	"samband/models"
	"samband/views"
)

// withStore calls f with the store that the settings name.
func (p *program) withStore(ctx context.Context, f func(*db.Store) error) error {
	if _, err := p.check(); err != nil {
		return err
	}
	store, err := db.Open(ctx, p.database)
	if err != nil {
		return err
	}
	defer store.Close()
	return f(store)
}

// today is the date in the configured zone.
func (p *program) today() (models.Date, error) {
	zone, err := p.check()
	if err != nil {
		return 0, err
	}
	return models.DateOf(time.Now().In(zone)), nil
}

// inWords makes an error of refusals that says them.
func inWords(err error) error {
	problems, ok := errors.AsType[models.Problems](err)
	if !ok {
		return err
	}
	site, bad := views.New(views.Options{})
	if bad != nil {
		return bad
	}
	var said []string
	for _, p := range site.Problems("en", problems) {
		said = append(said, p.Label+": "+p.Text)
	}
	return errors.New(strings.Join(said, "; "))
}

func emailFlag(fs *pflag.FlagSet) { fs.String("email", "", "e-mail `address` of the account") }

func userAddFlags(fs *pflag.FlagSet) {
	emailFlag(fs)
	fs.StringArray("role", nil, "coordinator, partner, auditor or administrator; may be given again, each with a state")
	fs.StringArray("state", nil, "DK, FI, IS, NO, SE or all")
	fs.Bool("password-stdin", false, "read the password from standard input")
}

// userAdd makes an account. Its password is asked for, or read from standard
// input.
func userAdd(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	email, _ := fs.GetString("email")
	a := models.Account{Email: models.FoldEmail(email)}
	roles, _ := fs.GetStringArray("role")
	states, _ := fs.GetStringArray("state")
	if len(roles) != len(states) || len(roles) == 0 {
		return errors.New("each --role needs a --state")
	}
	for i, role := range roles {
		g, ok := models.ParseGrant(role + ":" + states[i])
		if !ok {
			return fmt.Errorf("%q in %q is no role in a state: the roles are coordinator, partner, auditor and administrator, the states DK, FI, IS, NO, SE and all", role, states[i])
		}
		a.Rights = append(a.Rights, g)
	}
	if err := models.CheckAccount(a).Err(); err != nil {
		return inWords(err)
	}
	hash, err := p.password(fs, a.Email)
	if err != nil {
		return err
	}
	return p.withStore(ctx, func(store *db.Store) error {
		err := store.Write(ctx, db.Local, func(tx *db.Tx) error {
			if err := tx.SaveAccount(&a); err != nil {
				return err
			}
			return tx.SetPassword(a.ID, hash, "")
		})
		if err == nil {
			_, err = fmt.Fprintln(p.out, "added", a.Email, "as", a.Rights)
		}
		return inWords(err)
	})
}

// password reads a password that is to be set, and returns what is kept of it.
func (p *program) password(fs *pflag.FlagSet, email string) (hash string, err error) {
	var password string
	if stdin, _ := fs.GetBool("password-stdin"); stdin {
		b, err := io.ReadAll(io.LimitReader(p.in, 4096))
		if err != nil {
			return "", err
		}
		password = strings.TrimRight(string(b), "\r\n")
	} else if password, err = p.askPassword(); err != nil {
		return "", err
	}
	if err := models.CheckPassword(password, email).Err(); err != nil {
		return "", inWords(err)
	}
	return db.HashPassword(password)
}

// askPassword asks for a password at the terminal, twice.
func (p *program) askPassword() (string, error) {
	f, ok := p.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", errors.New("there is no terminal to ask for a password at: give --password-stdin")
	}
	var typed [2][]byte
	for i, prompt := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(p.err, prompt)
		var err error
		if typed[i], err = term.ReadPassword(int(f.Fd())); err != nil {
			return "", err
		}
		fmt.Fprintln(p.err)
	}
	if !bytes.Equal(typed[0], typed[1]) {
		return "", errors.New("the two are not the same")
	}
	return string(typed[0]), nil
}

func userList(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	return p.withStore(ctx, func(store *db.Store) error {
		all, err := store.Accounts(ctx)
		if err != nil {
			return err
		}
		second, err := store.SecondFactors(ctx)
		if err != nil {
			return err
		}
		w := bufio.NewWriter(p.out)
		for _, a := range all {
			state := "enabled"
			if a.Disabled {
				state = "disabled"
			}
			if second[a.ID] {
				state += ", second factor"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", a.Email, a.Rights, state)
		}
		return w.Flush()
	})
}

func userDisable(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	return setDisabled(ctx, p, fs, true)
}
func userEnable(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	return setDisabled(ctx, p, fs, false)
}

func setDisabled(ctx context.Context, p *program, fs *pflag.FlagSet, disabled bool) error {
	return p.withAccount(ctx, fs, func(store *db.Store, a models.Account) error {
		a.Disabled = disabled
		err := store.Write(ctx, db.Local, func(tx *db.Tx) error { return tx.SaveAccount(&a) })
		if err == nil {
			_, err = fmt.Fprintln(p.out, map[bool]string{true: "disabled", false: "enabled"}[disabled], a.Email)
		}
		return err
	})
}

// withAccount calls f with the account that the flag email names.
func (p *program) withAccount(ctx context.Context, fs *pflag.FlagSet, f func(*db.Store, models.Account) error) error {
	email, _ := fs.GetString("email")
	return p.withStore(ctx, func(store *db.Store) error {
		a, err := store.AccountNamed(ctx, email)
		if errors.Is(err, db.ErrNotFound) {
			return fmt.Errorf("there is no account %q", email)
		}
		if err != nil {
			return err
		}
		return f(store, a)
	})
}

func userResetFlags(fs *pflag.FlagSet) {
	emailFlag(fs)
	fs.Bool("password-stdin", false, "read the new password from standard input")
	fs.Bool("link", false, "print a link to set the password with instead, which works once and for a day")
}

// userReset takes an account's second factor and sessions away and gives it
// another password, or prints a link by which its owner does that.
func userReset(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	return p.withAccount(ctx, fs, func(store *db.Store, a models.Account) error {
		var hash, secret string
		var err error
		link, _ := fs.GetBool("link")
		if !link {
			if hash, err = p.password(fs, a.Email); err != nil {
				return err
			}
		}
		err = store.Write(ctx, db.Local, func(tx *db.Tx) (err error) {
			if err := tx.Reset(a.ID); err != nil {
				return err
			}
			if link {
				secret, err = tx.NewLink(a.ID, 24*time.Hour)
				return err
			}
			return tx.SetPassword(a.ID, hash, "")
		})
		if err != nil {
			return err
		}
		if !link {
			_, err = fmt.Fprintln(p.out, "reset", a.Email)
			return err
		}
		base := p.baseURL
		if base == "" {
			base = "http://" + p.addr
		}
		_, err = fmt.Fprintf(p.out, "%s/set-up?token=%s\n", base, secret)
		return err
	})
}

func tokenAddFlags(fs *pflag.FlagSet) {
	emailFlag(fs)
	fs.String("role", "", "the only `role` of the account's that the token has; all of them if it is not given")
	fs.String("expires", "", "last `day` on which the token works (default a year from now)")
}

// tokenAdd makes a token and prints it as the last line.
func tokenAdd(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	today, err := p.today()
	if err != nil {
		return err
	}
	t := db.Token{Expires: today + 365}
	role, _ := fs.GetString("role")
	t.Role = models.Role(role)
	if expires, _ := fs.GetString("expires"); expires != "" {
		if t.Expires, err = models.ParseDate(expires); err != nil {
			return fmt.Errorf("expires %q is not a day like 2027-06-30", expires)
		}
	}
	if role != "" && !t.Role.Valid() {
		return fmt.Errorf("%q is no role", role)
	}
	return p.withAccount(ctx, fs, func(store *db.Store, a models.Account) error {
		t.Account = a.ID
		var secret string
		err := store.Write(ctx, db.Local, func(tx *db.Tx) (err error) {
			secret, err = tx.AddToken(&t, today)
			return err
		})
		if err != nil {
			return inWords(err)
		}
		_, err = fmt.Fprintf(p.out, "token %d of %s, until %s; it is shown this once:\n%s\n", t.ID, a.Email, t.Expires, secret)
		return err
	})
}

func tokenList(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	today, err := p.today()
	if err != nil {
		return err
	}
	return p.withStore(ctx, func(store *db.Store) error {
		all, err := store.Tokens(ctx, 0)
		if err != nil {
			return err
		}
		w := bufio.NewWriter(p.out)
		for _, t := range all {
			a, err := store.Account(ctx, t.Account)
			if err != nil {
				return err
			}
			state := "works"
			if t.Revoked {
				state = "revoked"
			} else if t.Expires < today {
				state = "expired"
			}
			role := string(t.Role)
			if role == "" {
				role = "all roles"
			}
			fmt.Fprintf(w, "%d\t%s\t%s\tuntil %s\t%s\n", t.ID, a.Email, role, t.Expires, state)
		}
		return w.Flush()
	})
}

func tokenRevoke(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	id, err := strconv.ParseInt(fs.Arg(0), 10, 64)
	if err != nil {
		return errors.New("that is no number of a token (samband token list shows them)") // it may be a token: it is not said again
	}
	return p.withStore(ctx, func(store *db.Store) error {
		err := store.Write(ctx, db.Local, func(tx *db.Tx) error { return tx.RevokeToken(id, 0) })
		if errors.Is(err, db.ErrNotFound) {
			return fmt.Errorf("there is no token %d that works", id)
		}
		if err == nil {
			_, err = fmt.Fprintln(p.out, "revoked token", id)
		}
		return err
	})
}
