package db

import (
	"errors"

	"samband/db/trail"
	"samband/models"
)

// moveTrail chains the rows of a trail that predates the chain.
func (tx *Tx) moveTrail() error {
	last := int64(0)
	for {
		batch, err := rowsOf[trail.Row](tx.g).Table("audit_before").Where("id > ?", last).Order("id").Limit(1000).Find(tx.ctx)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for i := range batch {
			row := &batch[i]
			if err := tx.relink(row); err != nil {
				return err
			}
			if err := tx.chain(row); err != nil {
				return err
			}
			last = row.ID
		}
	}
	if err := tx.trail.flush(); err != nil {
		return err
	}
	if err := tx.one(rowsOf[counters](tx.g).Where("one = 1").Update(tx.ctx, "head", tx.head)); err != nil {
		return err
	}
	return tx.exec("DROP TABLE audit_before")
}

var errNoun = errors.New("the trail holds a record of an unknown noun")

// relink splits off the personal values of a row.
func (tx *Tx) relink(row *trail.Row) error {
	if kept := nounsByName[row.Noun]; kept != nil {
		return kept.relink(tx, row)
	}
	return errNoun
}

func relinked[T Record](tx *Tx, k *kind[T], row *trail.Row) error {
	w := newRecordWriter(tx, k)
	for _, side := range []struct{ public, personal **string }{{&row.Old, &row.OldPersonal}, {&row.New, &row.NewPersonal}} {
		if *side.public == nil {
			continue
		}
		one, err := decode[T](**side.public, nil)
		if err != nil {
			return err
		}
		w.write(one, side.public, side.personal, row)
		var state models.State
		if state, err = k.state(tx, *one); err != nil {
			return err
		}
		row.State = string(state)
	}
	return nil
}
