package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"samband/db"
	"samband/models"
)

func emailFlag(fs *pflag.FlagSet) { fs.String("email", "", "e-mail `address` of the account") }

// withAccount calls f with the account that --email names.
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
