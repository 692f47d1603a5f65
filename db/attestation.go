package db

import (
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
	before, err := tx.attested(a.State, a.PostingID)
	if err != nil || before != nil && before.On == a.On {
		return err
	}
	if err := put(tx, a); err != nil {
		return err
	}
	tx.touched[touch{attestationNoun, 0}] = struct{}{}
	return noteReplacing(tx, Event{Action: "attest", Noun: attestationNoun, ID: a.PostingID, State: a.State,
		About: []any{"day", a.On.String(), "before", dayOf(before), "posting", key}}, attestationRecord(a), before)
}

// attested returns what was last said of a list, or of a posting on it, nil if nothing
// was.
func (r Reader) attested(state models.State, posting int64) (*models.Attestation, error) {
	a, err := orNone(rowsOf[models.Attestation](r.g).Where("state = ? AND posting_id = ?", state, posting).Take(r.ctx))
	if err != nil || a.On == 0 {
		return nil, err
	}
	return &a, nil
}

// dayOf returns the day of an attestation as text, that of no day if there is none.
func dayOf(a *models.Attestation) string {
	if a == nil {
		return models.Date(0).String()
	}
	return a.On.String()
}

// attestationRecord names an attestation among what notes replace.
func attestationRecord(a models.Attestation) string {
	return string(a.State) + "/" + text10(a.PostingID)
}

func orNotFound(err error) error {
	if err == nil {
		err = ErrNotFound
	}
	return err
}

// forgetAttestation deletes the attestation of a posting that is removed.
func (tx *Tx) forgetAttestation(posting int64) error {
	before, err := orNone(rowsOf[models.Attestation](tx.g).Where("posting_id = ?", posting).Take(tx.ctx))
	if err != nil || before.On == 0 {
		return err
	}
	return tx.unattested(before)
}

// unattest takes back that a list, or a posting on it, was ever said to be right,
// provided that the actor may say so.
func (tx *Tx) unattest(state models.State, posting int64) error {
	if !tx.actor.Rights.MayChange(state) {
		return ErrForbidden
	}
	before, err := tx.attested(state, posting)
	if err != nil {
		return err
	}
	if before == nil {
		return &Overtaken{}
	}
	return tx.unattested(*before)
}

// unattested deletes an attestation, and notes that in the trail.
func (tx *Tx) unattested(before models.Attestation) error {
	if err := tx.one(rowsOf[models.Attestation](tx.g).Where("state = ? AND posting_id = ?", before.State, before.PostingID).Delete(tx.ctx)); err != nil {
		return err
	}
	tx.touched[touch{attestationNoun, 0}] = struct{}{}
	return noteReplacing(tx, Event{Action: "unattest", Noun: attestationNoun, ID: before.PostingID, State: before.State,
		About: []any{"before", before.On.String()}}, attestationRecord(before), &before)
}

func (r Reader) attestations() ([]models.Attestation, error) {
	all, err := rowsOf[models.Attestation](r.g).Find(r.ctx)
	return append([]models.Attestation{}, all...), err // nil would mean no change
}
