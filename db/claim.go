package db

import (
	"context"
	"maps"
	"slices"

	"samband/models"
)

// Claims returns who has taken findings in hand, by the names of the findings.
// Whoever may no longer change what belongs to the state has none.
func (s *Store) Claims(ctx context.Context) (all map[string]models.Claim, err error) {
	err = s.View(ctx, func(r Reader) (err error) {
		all, err = r.claims()
		return err
	})
	for finding, c := range all {
		if c.Email == "" {
			delete(all, finding)
		}
	}
	return all, wrap("claims", err)
}

// claims returns all claims. Those of accounts that may no longer have them are
// without an address.
func (r Reader) claims() (map[string]models.Claim, error) {
	kept, err := rowsOf[models.Claim](r.g).Find(r.ctx)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, c := range kept {
		ids = append(ids, c.Account)
	}
	accounts, err := byIDs[models.Account](r, ids)
	all := make(map[string]models.Claim, len(kept))
	for _, c := range kept {
		if a := accounts[c.Account]; a != nil && !a.Disabled && a.Rights.MayChange(c.State) {
			c.Email = a.Email
		}
		all[c.Finding] = c
	}
	return all, err
}

// TakeFinding makes a finding the actor's to resolve, if nobody else has taken it:
// that is ErrTaken. The caller must know that it is a finding, as of KeepSnooze.
func (tx *Tx) TakeFinding(c models.Claim) error {
	if tx.actor.Account == 0 {
		return ErrForbidden
	}
	if err := tx.ownFinding(c.Posting, c.State); err != nil {
		return err
	}
	all, err := tx.claims()
	if err != nil {
		return err
	}
	switch known, taken := all[c.Finding]; {
	case taken && known.Account == tx.actor.Account:
		return nil
	case taken && known.Email != "":
		return ErrTaken
	case taken:
		if err := tx.release(known); err != nil {
			return err
		}
	}
	c.Account = tx.actor.Account
	return tx.putClaim(c)
}

// putClaim makes a finding, which nobody has taken, somebody's to resolve.
func (tx *Tx) putClaim(c models.Claim) error {
	if err := rowsOf[models.Claim](tx.g).Create(tx.ctx, &c); err != nil {
		return err
	}
	return noteReplacing[models.Claim](tx, claimEvent("take", c), c.Finding, nil)
}

// claim returns the claim of a finding, nil if it has none.
func (r Reader) claim(finding string) (*models.Claim, error) {
	c, err := orNone(rowsOf[models.Claim](r.g).Where("finding = ?", finding).Take(r.ctx))
	if err != nil || c.Finding == "" {
		return nil, err
	}
	return &c, nil
}

// ReleaseFinding gives a finding back, whoever has taken it, provided that the actor
// could take it too.
func (tx *Tx) ReleaseFinding(finding string) error {
	c, err := rowsOf[models.Claim](tx.g).Where("finding = ?", finding).Take(tx.ctx)
	if err != nil {
		return err
	}
	if !tx.actor.Rights.MayChange(c.State) {
		return ErrForbidden
	}
	if err := tx.dropClaim(c); err != nil {
		return err
	}
	return noteReplacing(tx, claimEvent("release", c), finding, &c)
}

// release gives a finding back whose claim is no longer one.
func (tx *Tx) release(c models.Claim) error {
	if err := tx.dropClaim(c); err != nil {
		return err
	}
	return tx.Note(claimEvent("release", c))
}

func (tx *Tx) dropClaim(c models.Claim) error {
	return tx.one(rowsOf[models.Claim](tx.g).Where("finding = ?", c.Finding).Delete(tx.ctx))
}

// SweepClaims removes the claims of accounts that may no longer have them, and of
// findings that no longer stand, as SweepSnoozes does.
func (tx *Tx) SweepClaims(revision int64, stands func(finding string) bool) error {
	return tx.releaseAll(func(c models.Claim) bool {
		return c.Email == "" || tx.revision == revision+1 && !stands(c.Finding)
	})
}

// releaseAll gives back all findings whose claim meets a condition.
func (tx *Tx) releaseAll(where func(models.Claim) bool) error {
	all, err := tx.claims()
	if err != nil {
		return err
	}
	for _, finding := range slices.Sorted(maps.Keys(all)) {
		if c := all[finding]; where(c) {
			if err := tx.release(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// claimEvent returns what the trail notes of a claim. The finding's name may reveal that
// one officer holds two postings.
func claimEvent(action string, c models.Claim) Event {
	return Event{Action: action, Noun: "finding", ID: c.Posting, State: c.State, Secret: []any{"finding", c.Finding},
		Vouched: []string{"finding", c.Finding, "account", text10(c.Account), "day", c.On.String()}}
}
