package db

import (
	"context"
	"testing"
)

// A coordinator gives an officer who is due for erasure an administrator's
// address.
func TestEraseTouchesNoAccountByItsAddress(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, s *Store) {
		x, ctx := addSample(t, s), context.Background()
		a := addAccount(t, s, "boss@example.org", "administrator:all")
		x.officer.Email = "Boss@example.org"
		write(t, s, func(tx *Tx) error { return tx.SaveOfficer(&x.officer) })
		write(t, s, func(tx *Tx) error { return tx.erase(x.officer.ID) })
		if got, err := s.Account(ctx, a.ID); err != nil || got.Email != "boss@example.org" || got.Disabled {
			t.Errorf("the account is %+v, %v", got, err)
		}
		if some, err := s.HasAccounts(ctx); !some || err != nil {
			t.Errorf("nobody can let others in any more: %v", err)
		}
	})
}
