package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/models"
)

var tokenAddCommand = command{
	name: "token add", summary: "make a token for a program, and print it once, as the last line",
	example: "samband token add --email a@example.org --role partner --expires 2027-06-30", flags: tokenAddFlags, run: tokenAdd,
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

var tokenListCommand = command{
	name: "token list", summary: "list the tokens", example: "samband token list", run: tokenList,
}

func tokenList(ctx context.Context, p *program, _ *pflag.FlagSet) error {
	today, err := p.today()
	if err != nil {
		return err
	}
	return p.looking(ctx, func(store *db.Store) error {
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

var tokenRevokeCommand = command{
	name: "token revoke", args: "ID", summary: "end a token for good", example: "samband token revoke 4711", run: tokenRevoke,
}

func tokenRevoke(ctx context.Context, p *program, fs *pflag.FlagSet) error {
	id, err := strconv.ParseInt(fs.Arg(0), 10, 64)
	if err != nil {
		return errors.New("that is no number of a token (samband token list shows them)") // not repeated here: it may be a token
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
