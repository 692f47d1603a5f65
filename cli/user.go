package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/models"
)

var userAddCommand = command{
	name: "user add", summary: "make an account",
	example: "samband user add --email a@example.org --role coordinator --state SE --password-stdin", flags: userAddFlags, run: userAdd,
}

func userAddFlags(fs *pflag.FlagSet) {
	emailFlag(fs)
	fs.StringArray("role", nil, "coordinator, partner, auditor or administrator; may be given again, each with a state")
	fs.StringArray("state", nil, "DK, FI, IS, NO, SE or all")
	fs.Bool("password-stdin", false, "read the password from standard input")
}

// userAdd makes an account. It asks for its password, or reads it from standard
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
	hash, err := p.password(ctx, fs, a.Email)
	if err != nil {
		return err
	}
	return p.withNewStore(ctx, func(store *db.Store) error {
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

var userListCommand = command{
	name: "user list", summary: "list the accounts", example: "samband user list", run: userList,
}

func userList(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	return p.looking(ctx, func(store *db.Store) error {
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

var userDisableCommand = command{
	name: "user disable", summary: "keep an account out", example: "samband user disable --email a@example.org", flags: emailFlag, run: userDisable,
}

var userEnableCommand = command{
	name: "user enable", summary: "let an account in again", example: "samband user enable --email a@example.org", flags: emailFlag, run: userEnable,
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
			done := "enabled"
			if disabled {
				done = "disabled"
			}
			_, err = fmt.Fprintln(p.out, done, a.Email)
		}
		return err
	})
}

var userResetCommand = command{
	name: "user reset", summary: "give an account a new password, and take its second factor and sessions away",
	example: "samband user reset --email a@example.org --link", flags: userResetFlags, run: userReset,
}

func userResetFlags(fs *pflag.FlagSet) {
	emailFlag(fs)
	fs.Bool("password-stdin", false, "read the new password from standard input")
	fs.Bool("link", false, "print a link to set the password with instead, which works once and for a day")
}

// userReset takes every way into an account away, and gives it another password
// or prints a link with which its owner sets one.
func userReset(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	return p.withAccount(ctx, fs, func(store *db.Store, a models.Account) error {
		var hash, secret string
		var err error
		link, _ := fs.GetBool("link")
		if !link {
			if hash, err = p.password(ctx, fs, a.Email); err != nil {
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
