package db

import (
	"gorm.io/gorm"

	"samband/models"
)

// senders remembers, within one write, whose agencies and postings are.
type senders struct {
	agencies, postings map[int64]models.State
}

func newSenders() senders {
	return senders{map[int64]models.State{}, map[int64]models.State{}}
}

// stateOfAgency returns the state of an agency, "" if there is none.
func (tx *Tx) stateOfAgency(id int64) (models.State, error) {
	return tx.stateOf(tx.senders.agencies, id, "id = ?")
}

// stateOfPosting returns the state that sends a posting, "" if there is none.
func (tx *Tx) stateOfPosting(id int64) (models.State, error) {
	return tx.stateOf(tx.senders.postings, id, "id = (SELECT agency_id FROM postings WHERE id = ?)")
}

func (tx *Tx) stateOf(known map[int64]models.State, id int64, where string) (models.State, error) {
	if state, ok := known[id]; ok {
		return state, nil
	}
	a, err := orNone(gorm.G[models.Agency](tx.g).Where(where, id).Take(tx.ctx))
	if err == nil {
		known[id] = a.Country
	}
	return a.Country, err
}

// may returns ErrForbidden unless the actor may change a record.
func may[T record](tx *Tx, one T) error {
	k := kindOf[T]()
	state, err := k.state(tx, one)
	if err == nil && !k.mayChange(tx.actor.Rights, one, state) {
		err = ErrForbidden
	}
	return err
}
