package db

import (
	"gorm.io/gorm"

	"samband/models"
)

// attestationNoun is the noun of attestations in the trail and among touches.
const attestationNoun = "attestation"

// Attest records that the entries of a state were right on a.On: all of them,
// or one posting that the state sends. Coordinators of the state and of all
// five may do so. A second time on the same day it does nothing. A posting of
// another state is ErrNotFound. Attestations are not part of the CSV package.
func (tx *Tx) Attest(a models.Attestation) error {
	if !a.State.Valid() || !tx.actor.Rights.MayChange(a.State) {
		return ErrForbidden
	}
	key := ""
	if a.PostingID != 0 {
		p, err := byID[models.Posting](tx.Reader, a.PostingID)
		if err != nil {
			return err
		}
		if sending, err := tx.agencyOf(*p); err != nil || sending != a.State {
			return orNotFound(err)
		}
		key = p.Key
	}
	before, err := orNone(gorm.G[models.Attestation](tx.g).Where("state = ? AND posting_id = ?", a.State, a.PostingID).Take(tx.ctx))
	if err != nil || before.On == a.On {
		return err
	}
	if err := put(tx, a); err != nil {
		return err
	}
	tx.touched[touch{attestationNoun, 0}] = struct{}{}
	return tx.Note(Event{Action: "attest", Noun: attestationNoun, ID: a.PostingID, State: a.State, About: []any{"day", a.On.String(), "before", before.On.String(), "posting", key}})
}

func orNotFound(err error) error {
	if err == nil {
		err = ErrNotFound
	}
	return err
}

// forgetAttestation deletes the attestation of a posting that is removed.
func (tx *Tx) forgetAttestation(posting int64) error {
	before, err := orNone(gorm.G[models.Attestation](tx.g).Where("posting_id = ?", posting).Take(tx.ctx))
	if err != nil || before.On == 0 {
		return err
	}
	if err := tx.one(gorm.G[models.Attestation](tx.g).Where("posting_id = ?", posting).Delete(tx.ctx)); err != nil {
		return err
	}
	tx.touched[touch{attestationNoun, 0}] = struct{}{}
	return tx.Note(Event{Action: "unattest", Noun: attestationNoun, ID: posting, State: before.State, About: []any{"before", before.On.String()}})
}

func (r Reader) attestations() ([]models.Attestation, error) {
	all, err := gorm.G[models.Attestation](r.g).Find(r.ctx)
	return append([]models.Attestation{}, all...), err // nil would mean no change
}
