// SQL by hand: one of the trail's conditions, which are put together as text.

package db

import (
	"context"
	"fmt"

	"samband/models"
)

// What is done to a tie, as the trail has it: in one row, which belongs to the
// officer. The account is personal and is erased with the officer's data, so
// there must be no second row that names the account.
const (
	actionTie   = "tie"
	actionUntie = "untie"
)

// A tie links an account to the officer whose own account it is.
type tie struct {
	AccountID              int64 `gorm:"primaryKey;autoIncrement:false"`
	OfficerID              int64
	Email, Issuer, Subject string       // the account's when the tie was made
	State                  models.State `gorm:"-"` // the officer's, now
}

// holds reports whether a tie is still what its coordinator approved: the
// account has the same address or the same single sign-on subject, and still
// holds a role in the officer's state.
func (t tie) holds(a models.Account) bool {
	same := a.Email == t.Email || t.Subject != "" && a.Issuer == t.Issuer && a.Subject == t.Subject
	return t.AccountID == a.ID && same && a.MayBeTied(t.State)
}

// tied returns the tie that meets a condition, the zero tie if there is none.
func (r Reader) tied(where string, id int64) (tie, error) {
	t, err := orNone(rowsOf[tie](r.g).Where(where, id).Take(r.ctx))
	if err != nil || t.AccountID == 0 {
		return t, err
	}
	o, err := byID[models.Officer](r, t.OfficerID)
	if err != nil {
		return t, err
	}
	own, err := byID[models.Agency](r, o.AgencyID)
	if err == nil {
		t.State = own.Country
	}
	return t, err
}

// officerOf sets the officer that an account is tied to, if the tie holds.
func (r Reader) officerOf(a *models.Account) error {
	t, err := r.tied("account_id = ?", a.ID)
	if err == nil && t.holds(*a) {
		a.Officer = t.OfficerID
	}
	return err
}

// self returns the officer whose own account the actor's is, 0 if it is nobody's.
func (tx *Tx) self() (int64, error) {
	if tx.actor.Account == 0 {
		return 0, nil
	}
	a, err := byID[models.Account](tx.Reader, tx.actor.Account)
	if err == nil {
		err = tx.officerOf(a)
	}
	if err != nil {
		return 0, err
	}
	return a.Officer, nil
}

// AccountOf returns the account that is tied to an officer, or ErrNotFound. If
// the tie no longer holds, the account's Officer is 0. The caller has to check
// who may see it.
func (s *Store) AccountOf(ctx context.Context, officer int64) (a models.Account, err error) {
	err = s.View(ctx, func(r Reader) error {
		t, err := r.tied("officer_id = ?", officer)
		if err != nil {
			return err
		}
		if t.AccountID == 0 {
			return ErrNotFound
		}
		found, err := byID[models.Account](r, t.AccountID)
		if err == nil {
			a = *found
			err = r.officerOf(&a)
		}
		return err
	})
	return a, wrap("account of officer", err)
}

// Tie makes the account with an e-mail address an officer's own: it is then
// shown what is held about that officer. Coordinators of the officer's state
// and of all five may do so. An officer has at most one account, and an account
// at most one officer. The account must be enabled and hold a role in that
// state: otherwise its administrators, who can get into it, would be another
// state's. Whatever is wrong with the account is one and the same problem, so
// that the form reveals nothing about accounts.
func (tx *Tx) Tie(officer int64, email string) error {
	o, state, err := tx.tieable(officer)
	if err != nil {
		return err
	}
	if Erased(*o) {
		return ErrForbidden // the account would reveal who it was
	}
	problem := func(key string) error {
		return models.Problems{{Field: "account", Row: -1, Message: models.Say(key, "state", state)}}
	}
	if has, err := tx.tied("officer_id = ?", officer); err != nil {
		return err
	} else if has.AccountID != 0 {
		return problem("problem.tied")
	}
	a, err := orNone(rowsOf[models.Account](tx.g).Where("email = ?", models.FoldEmail(email)).Take(tx.ctx))
	if err != nil {
		return err
	}
	if a.ID == 0 || a.Disabled || !a.MayBeTied(state) {
		return problem("problem.tie")
	}
	if has, err := tx.tied("account_id = ?", a.ID); err != nil {
		return err
	} else if has.AccountID != 0 {
		return problem("problem.tie")
	}
	made := tie{AccountID: a.ID, OfficerID: officer, Email: a.Email, Issuer: a.Issuer, Subject: a.Subject}
	if err := rowsOf[tie](tx.g).Create(tx.ctx, &made); err != nil {
		return err
	}
	return tx.noteTie(actionTie, a.ID, officer, state)
}

// tieable returns an officer and the officer's state. It is ErrForbidden unless
// the actor may tie an account to that officer.
func (tx *Tx) tieable(officer int64) (*models.Officer, models.State, error) {
	o, err := byID[models.Officer](tx.Reader, officer)
	if err != nil {
		return nil, "", err
	}
	state, err := tx.stateOfAgency(o.AgencyID)
	if err == nil && !tx.actor.Rights.MayChange(state) {
		err = ErrForbidden
	}
	return o, state, err
}

// Untie ends the tie of an officer to an account. It is ErrNotFound if the
// officer has no account, and ErrStale if it is another one by now.
func (tx *Tx) Untie(officer, account int64) error {
	_, state, err := tx.tieable(officer)
	if err != nil {
		return err
	}
	switch now, err := tx.tied("officer_id = ?", officer); {
	case err != nil:
		return err
	case now.AccountID == 0:
		return ErrNotFound
	case now.AccountID != account:
		return ErrStale
	}
	return tx.untie(account, officer, state)
}

// untie ends the tie of an account to an officer of the given state.
func (tx *Tx) untie(account, officer int64, state models.State) error {
	if err := tx.one(rowsOf[tie](tx.g).Where("account_id = ?", account).Delete(tx.ctx)); err != nil {
		return err
	}
	return tx.noteTie(actionUntie, account, officer, state)
}

func (tx *Tx) noteTie(action string, account, officer int64, state models.State) error {
	tx.access = true
	return tx.Note(Event{Action: action, Noun: "officer", ID: officer, State: state, Secret: []any{"account_id", int(account)}})
}

// ofAccount selects the rows of the trail that tie or untie an account.
const ofAccount = "id IN (SELECT id FROM audit WHERE action IN ('tie', 'untie') AND action NOT IN ('create', 'update', 'remove') AND new_personal = ?)"

// tiedAs returns how such a row holds the account.
func tiedAs(account int64) string { return fmt.Sprintf(`{"account_id":%d}`, account) }

// leaves ends the tie of an officer who is removed or moves to another state.
func leaves[T Record](tx *Tx, old, one *T) error {
	was, ok := any(old).(*models.Officer)
	now, _ := any(one).(*models.Officer)
	if !ok || was == nil || now != nil && now.AgencyID == was.AgencyID {
		return nil
	}
	account, err := tx.accountTiedTo(was.ID)
	if err != nil || account == 0 {
		return err
	}
	state, err := tx.stateOfAgency(was.AgencyID)
	if err != nil {
		return err
	}
	if now != nil {
		if to, err := tx.stateOfAgency(now.AgencyID); err != nil || to == state {
			return err
		}
	}
	return tx.untie(account, was.ID, state)
}

func (tx *Tx) accountTiedTo(officer int64) (int64, error) {
	t, err := tx.tied("officer_id = ?", officer)
	return t.AccountID, err
}

// eraseTie unties an officer whose data are erased. A disabled account is
// erased with the officer. An enabled one is left alone: who may sign in is up
// to administrators, and an erasure locks nobody out.
func (tx *Tx) eraseTie(officer int64, state models.State) error {
	account, err := tx.accountTiedTo(officer)
	if err != nil || account == 0 {
		return err
	}
	if err := tx.untie(account, officer, state); err != nil {
		return err
	}
	a, err := byID[models.Account](tx.Reader, account)
	if err != nil || !a.Disabled {
		return err
	}
	former := models.Account{ID: a.ID, Email: fmt.Sprintf("former-%d@invalid", a.ID), Rights: a.Rights, Disabled: true}
	if err := UpdateAll(tx, []*models.Account{a}, []*models.Account{&former}); err != nil {
		return err
	}
	if err := tx.releaseAll(func(c models.Claim) bool { return c.Account == former.ID }); err != nil {
		return err
	}
	for _, owned := range []any{credential{}, Token{}, Calendar{}, Session{}, link{}, follow{}, Unsaved{}, Digest{}, Mail{}} {
		if err := tx.g.WithContext(tx.ctx).Where("account_id = ?", former.ID).Delete(owned).Error; err != nil {
			return err
		}
	}
	return eraseTrail(tx, accountKind, former, former.ID)
}
