// SQL by hand: a condition among those of the trail, which are put together as text.

package db

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"samband/models"
)

// What is done to a tie, as the trail says it: in one row, which is the
// officer's. Which account it was is personal and goes with an erasure, so no
// other row may stand beside it that names the account.
const (
	actionTie   = "tie"
	actionUntie = "untie"
)

// A tie says that an account is an officer's own.
type tie struct {
	AccountID              int64 `gorm:"primaryKey;autoIncrement:false"`
	OfficerID              int64
	Email, Issuer, Subject string       // who the account was then
	State                  models.State `gorm:"-"` // the officer's
}

// holds reports whether a tie still says what its coordinator knew: the account
// has the same address, or is the same at its single sign-on, and still holds a
// role in the officer's state.
func (t tie) holds(a models.Account) bool {
	same := a.Email == t.Email || t.Subject != "" && a.Issuer == t.Issuer && a.Subject == t.Subject
	return t.AccountID == a.ID && same && a.MayBeTied(t.State)
}

// tied returns the tie that meets a condition, the zero tie where there is none.
func (r Reader) tied(where string, id int64) (tie, error) {
	t, err := orNone(gorm.G[tie](r.g).Where(where, id).Take(r.ctx))
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

// officerOf fills in which officer an account is tied to, if the tie holds.
func (r Reader) officerOf(a *models.Account) error {
	t, err := r.tied("account_id = ?", a.ID)
	if err == nil && t.holds(*a) {
		a.Officer = t.OfficerID
	}
	return err
}

// AccountOf returns the account that is tied to an officer, or ErrNotFound. One
// whose tie does not hold any more has no Officer. Who may know of it is for the
// caller to ask.
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

// Tie says that the account of an e-mail address is an officer's own: from then
// on it is told what is held about that officer. Coordinators of the officer's
// state, and of all five, may. An officer has at most one account, and an
// account at most one officer. The account must work, and hold a role in that
// state: else its administrators, who can get into it, would be another state's.
// All that stands in the way on the account's side is one problem, so that the
// form tells nothing about accounts.
func (tx *Tx) Tie(officer int64, email string) error {
	o, state, err := tx.tieable(officer)
	if err != nil {
		return err
	}
	if Erased(*o) {
		return ErrForbidden // whose account would tell who it was
	}
	problem := func(key string) error {
		return models.Problems{{Field: "account", Row: -1, Message: models.Say(key, "state", state)}}
	}
	if has, err := tx.tied("officer_id = ?", officer); err != nil {
		return err
	} else if has.AccountID != 0 {
		return problem("problem.tied")
	}
	a, err := orNone(gorm.G[models.Account](tx.g).Where("email = ?", models.FoldEmail(email)).Take(tx.ctx))
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
	if err := gorm.G[tie](tx.g).Create(tx.ctx, &made); err != nil {
		return err
	}
	return tx.noteTie(actionTie, a.ID, officer, state)
}

// tieable returns an officer whose account the actor may name, and the officer's
// state.
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

// Untie takes back that an account is an officer's. It is ErrNotFound where the
// officer has none, and ErrStale where it is another one by now.
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

// untie ends the tie of an account to an officer of a state.
func (tx *Tx) untie(account, officer int64, state models.State) error {
	if err := tx.one(gorm.G[tie](tx.g).Where("account_id = ?", account).Delete(tx.ctx)); err != nil {
		return err
	}
	return tx.noteTie(actionUntie, account, officer, state)
}

func (tx *Tx) noteTie(action string, account, officer int64, state models.State) error {
	tx.access = true
	return tx.Note(Event{Action: action, Noun: "officer", ID: officer, State: state, Secret: []any{"account_id", int(account)}})
}

// ofAccount picks the rows of the trail that say whose an account is or was.
const ofAccount = "id IN (SELECT id FROM audit WHERE action IN ('tie', 'untie') AND action NOT IN ('create', 'update', 'remove') AND new_personal = ?)"

// tiedAs is what such a row holds of the account.
func tiedAs(account int64) string { return fmt.Sprintf(`{"account_id":%d}`, account) }

// leaves ends the tie of an officer who is removed or goes to another state.
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

// eraseTie unties an officer of a state who is erased. An account that has been
// disabled is erased with the officer. One that still works is left alone: who
// may sign in is for administrators to say, and an erasure locks nobody out.
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
	for _, owned := range []any{credential{}, Token{}, Session{}, link{}} {
		if err := tx.g.WithContext(tx.ctx).Where("account_id = ?", former.ID).Delete(owned).Error; err != nil {
			return err
		}
	}
	return eraseTrail(tx, accountKind, former, former.ID)
}
