package db

import (
	"database/sql"

	"samband/models"
)

// attestationNoun is what the trail and the touched parts of a directory call
// attestations.
const attestationNoun = "attestation"

// Attest notes that a state's list is right today: all of it, or one posting
// that the state sends. Coordinators of the state, and of all five, may. Said
// twice on a day it is noted once. The CSV package does not carry it.
func (tx *Tx) Attest(a models.Attestation) error {
	if !a.State.Valid() || !tx.actor.Rights.Changes(a.State) {
		return ErrForbidden
	}
	key := ""
	if a.PostingID != 0 {
		p, err := byID[models.Posting](tx.reader, a.PostingID)
		if err != nil {
			return err
		}
		if sending, err := tx.agencyOf(*p); err != nil || sending != a.State {
			return orNotFound(err)
		}
		key = p.Key
	}
	var before models.Date
	err := tx.each("SELECT on_day FROM attestations WHERE state = ? AND posting_id = ?", []any{string(a.State), a.PostingID},
		func(rows *sql.Rows) error { return rows.Scan(&before) })
	if err != nil || before == a.On {
		return err
	}
	if _, err := tx.exec("DELETE FROM attestations WHERE state = ? AND posting_id = ?", string(a.State), a.PostingID); err != nil {
		return err
	}
	if _, err := tx.exec("INSERT INTO attestations (state, posting_id, on_day) VALUES (?, ?, ?)", string(a.State), a.PostingID, a.On.String()); err != nil {
		return err
	}
	tx.touched[touch{attestationNoun, 0}] = struct{}{}
	return tx.Note(Event{Action: "attest", Noun: attestationNoun, ID: a.PostingID, State: a.State, About: []any{"day", a.On.String(), "before", before.String(), "posting", key}})
}

func orNotFound(err error) error {
	if err == nil {
		err = ErrNotFound
	}
	return err
}

// forgetAttestation removes what was said about a posting that is removed.
func (tx *Tx) forgetAttestation(posting int64) error {
	var state models.State
	var before models.Date
	err := tx.each("SELECT state, on_day FROM attestations WHERE posting_id = ?", []any{posting},
		func(rows *sql.Rows) error { return rows.Scan(&state, &before) })
	if err != nil || before == 0 {
		return err
	}
	if err := tx.exactly(1, "DELETE FROM attestations WHERE posting_id = ?", posting); err != nil {
		return err
	}
	tx.touched[touch{attestationNoun, 0}] = struct{}{}
	return tx.Note(Event{Action: "unattest", Noun: attestationNoun, ID: posting, State: state, About: []any{"before", before.String()}})
}

func (r reader) attestations() ([]models.Attestation, error) {
	all := []models.Attestation{} // nil would mean that nothing changed
	err := r.each("SELECT state, posting_id, on_day FROM attestations", nil, func(rows *sql.Rows) error {
		var a models.Attestation
		err := rows.Scan(&a.State, &a.PostingID, &a.On)
		all = append(all, a)
		return err
	})
	return all, err
}
