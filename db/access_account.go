package db

import (
	"cmp"
	"context"
	"slices"

	"samband/db/trail"
	"samband/models"
)

var accountKind = declare(kind[models.Account]{
	noun:    "account",
	key:     func(a models.Account) string { return a.Email },
	state:   func(_ *Tx, a models.Account) (models.State, error) { return stateOfAccount(a), nil },
	allowed: func(r models.Rights, a models.Account, _ models.State) bool { return r.Keeps(a) },
	title:   func(t *trailView, row trail.Row) string { return cmp.Or(row.RecordKey, t.accounts[row.RecordID]) },
	erased: func(row trail.Row, personal string) bool {
		if !trail.Holds(row.Action) {
			return personal == nothingNoted
		}
		return formerAccount.MatchString(personal)
	},
})

// stateOfAccount returns the state that all grants of an account are for, "" if
// they are for several or for all five.
func stateOfAccount(a models.Account) (state models.State) {
	for i, g := range a.Rights {
		if i > 0 && g.State != state {
			return ""
		}
		state = g.State
	}
	return state
}

// Account returns an account.
func (s *Store) Account(ctx context.Context, id int64) (models.Account, error) {
	shown, err := s.identify(ctx, identity{account: id}, func() (Shown, error) {
		a, err := s.account(ctx, "id = ?", id)
		return Shown{Account: a}, err
	})
	return shown.Account, err
}

// AccountNamed returns the account of an e-mail address.
func (s *Store) AccountNamed(ctx context.Context, email string) (models.Account, error) {
	return s.account(ctx, "email = ?", models.FoldEmail(email))
}

func (s *Store) account(ctx context.Context, where string, args ...any) (a models.Account, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		if a, err = rowsOf[models.Account](r.g).Where(where, args...).Take(r.ctx); err == nil {
			err = r.officerOf(&a)
		}
		return err
	})
	return a, wrap("account", err)
}

// AccountsFor returns the accounts that somebody with the given rights may
// administer, by e-mail address.
func (s *Store) AccountsFor(ctx context.Context, rights models.Rights) ([]models.Account, error) {
	all, err := s.Accounts(ctx)
	return slices.DeleteFunc(all, func(a models.Account) bool { return !rights.Keeps(a) }), err
}

// Accounts returns all accounts, by e-mail address.
func (s *Store) Accounts(ctx context.Context) (all []models.Account, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = rowsOf[models.Account](r.g).Order("email").Find(r.ctx)
		return err
	})
	return all, wrap("accounts", err)
}

// HasAccounts reports whether any administrator's account is enabled.
func (s *Store) HasAccounts(ctx context.Context) (bool, error) {
	all, err := s.Accounts(ctx)
	return slices.ContainsFunc(all, func(a models.Account) bool { return !a.Disabled && a.Rights.Holds(models.Administrator) }), err
}

// SaveAccount creates a, or updates it if it has an ID. What the rules object
// to is models.Problems. Changing one's own account is ErrForbidden. An account
// that is disabled or whose rights change loses its sessions.
func (tx *Tx) SaveAccount(a *models.Account) error {
	a.Email = models.FoldEmail(a.Email)
	old, err := stored(tx, a)
	if err != nil {
		return err
	}
	if old != nil && old.ID == tx.actor.Account {
		return ErrForbidden
	}
	problems := models.CheckAccount(*a)
	if !problems.Has("email") {
		taken, err := exists[models.Account](tx.Reader, "email = ? AND id <> ?", a.Email, a.ID)
		if err != nil {
			return err
		}
		if taken {
			problems = append(problems, models.Problem{Field: "email", Row: -1, Message: models.Say("problem.account_taken", "value", a.Email)})
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if !accountKind.allowed(tx.actor.Rights, *a, "") {
		return ErrForbidden
	}
	if err := keep(tx, old, a, nil); err != nil || old == nil {
		return err
	}
	if a.Disabled || old.Rights.String() != a.Rights.String() {
		return cmp.Or(tx.EndSessions(a.ID, ""), tx.endLinksOf(*old, *a))
	}
	return nil
}

// endLinksOf ends the links that an account has made, if it may no longer
// administer all the accounts that it could before.
func (tx *Tx) endLinksOf(old, now models.Account) error {
	lost := func(g models.Grant) bool {
		return g.Role == models.Administrator && !now.Rights.Has(models.Administrator, g.State)
	}
	if !now.Disabled && !slices.ContainsFunc(old.Rights, lost) {
		return nil
	}
	_, err := rowsOf[link](tx.g).Where("maker_id = ?", now.ID).Delete(tx.ctx)
	return err
}

// TieAccount ties an account to a subject at a single sign-on provider. Its
// password, sessions, tokens and links end. A subject that another account has
// is models.Problems. The actor's own account is ErrForbidden.
func (tx *Tx) TieAccount(account int64, issuer, subject string) error {
	a, err := byID[models.Account](tx.Reader, account)
	if err == nil && a.ID == tx.actor.Account {
		err = ErrForbidden
	}
	if err == nil {
		err = may(tx, *a)
	}
	if err != nil {
		return err
	}
	tied := *a
	tied.Issuer, tied.Subject = issuer, subject
	problems := models.CheckSubject(subject)
	if len(problems) == 0 {
		taken, err := exists[models.Account](tx.Reader, "issuer = ? AND subject = ? AND id <> ?", issuer, subject, account)
		if err != nil {
			return err
		}
		if taken {
			problems = append(problems, models.Problem{Field: "subject", Row: -1, Message: models.Say("problem.subject_taken", "value", subject)})
		}
	}
	if err := keep(tx, a, &tied, problems); err != nil {
		return err
	}
	c, err := tx.credential(account)
	if err != nil {
		return err
	}
	c.Password = ""
	if err := put(tx, c); err != nil {
		return err
	}
	return tx.endAccess(account, "")
}

// SaveSubject returns the account of somebody who has signed in at a single
// sign-on provider, with the address and rights in a: the account of that
// subject, or a new one. An address that another account has is models.Problems
// and never gives access to that account: an administrator has to tie the two.
// A disabled account is ErrForbidden.
func (tx *Tx) SaveSubject(a models.Account) (models.Account, error) {
	a.Email = models.FoldEmail(a.Email)
	now, err := orNone(rowsOf[models.Account](tx.g).Where("issuer = ? AND subject = ?", a.Issuer, a.Subject).Take(tx.ctx))
	if err != nil {
		return a, err
	}
	if now.ID == 0 {
		err = tx.SaveAccount(&a)
		return a, err
	}
	if now.Disabled {
		return now, ErrForbidden
	}
	if now.Email == a.Email && now.Rights.String() == a.Rights.String() {
		return now, nil
	}
	now.Email, now.Rights = a.Email, a.Rights
	return now, tx.SaveAccount(&now)
}
