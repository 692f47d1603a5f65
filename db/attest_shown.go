package db

import (
	"slices"

	"samband/models"
)

// AttestShown is Attest for postings of a state as they were shown at a revision. Those
// that have changed since, in themselves, in an assignment to them or in an officer who
// holds one, are left out, and their IDs returned. After too many changes to say, these
// are all.
func (tx *Tx) AttestShown(state models.State, on models.Date, ids []int64, revision int64) (changed []int64, err error) {
	since, all, err := tx.touchedSince(revision)
	if err != nil {
		return nil, err
	}
	changed = since[postingKind.noun]
	if officers := since[officerKind.noun]; len(officers) > 0 {
		held, err := rowsOf[models.Assignment](tx.g).Select("posting_id").Where("officer_id IN ? AND posting_id IN ?", officers, ids).Find(tx.ctx)
		if err != nil {
			return nil, err
		}
		for _, a := range held {
			changed = append(changed, a.PostingID)
		}
	}
	all = all || revision < tx.revision-keptRevisions
	changed = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return !all && !slices.Contains(changed, id) })
	for _, id := range ids {
		a := models.Attestation{State: state, PostingID: id, On: on}
		if slices.Contains(changed, id) {
			err = tx.attestable(a)
		} else {
			err = tx.Attest(a)
		}
		if err != nil {
			return nil, err
		}
	}
	return changed, nil
}

// attestable returns why Attest would refuse the word on a posting, nil if it would not.
func (tx *Tx) attestable(a models.Attestation) error {
	if !a.State.Valid() || !tx.actor.Rights.MayChange(a.State) {
		return ErrForbidden
	}
	p, err := byID[models.Posting](tx.Reader, a.PostingID)
	if err != nil {
		return err
	}
	if sending, err := tx.agencyOf(*p); err != nil || sending != a.State {
		return orNotFound(err)
	}
	return nil
}
