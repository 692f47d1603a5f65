package db

import (
	"samband/models"
)

// A stateCache remembers, within one write, the states of agencies and
// postings.
type stateCache struct {
	agencies, postings map[int64]models.State
}

func newStateCache() stateCache {
	return stateCache{map[int64]models.State{}, map[int64]models.State{}}
}

// stateOfAgency returns the state of an agency, "" if there is none.
func (tx *Tx) stateOfAgency(id int64) (models.State, error) {
	return tx.stateOf(tx.states.agencies, id, "id = ?", id)
}

// stateOfPosting returns the state that sends a posting, "" if there is none.
func (tx *Tx) stateOfPosting(id int64) (models.State, error) {
	if state, ok := tx.states.postings[id]; ok {
		return state, nil
	}
	agency := tx.of(models.Posting{}).Select("agency_id").Where("id = ?", id)
	return tx.stateOf(tx.states.postings, id, "id = (?)", agency)
}

func (tx *Tx) stateOf(known map[int64]models.State, id int64, where string, arg any) (models.State, error) {
	if state, ok := known[id]; ok {
		return state, nil
	}
	country := ""
	err := rowsOf[models.Agency](tx.g).Select("country").Where(where, arg).Scan(tx.ctx, &country)
	if err == nil {
		known[id] = models.State(country)
	}
	return models.State(country), err
}

// may returns ErrForbidden unless the actor may change a record.
func may[T Record](tx *Tx, one T) error {
	k := kindOf[T]()
	state, err := k.state(tx, one)
	if err == nil && !k.mayChange(tx.actor.Rights, one, state) {
		err = ErrForbidden
	}
	return err
}

// May returns ErrForbidden unless the actor may change a record. Records of the same
// write that others refer to are asked about first: their states are remembered.
func May[T Record](tx *Tx, one T) error { return may(tx, one) }
