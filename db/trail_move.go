package db

import (
	"database/sql"
	"errors"

	"samband/models"
)

// moveTrail links the rows of a trail from before there was a chain.
func (tx *Tx) moveTrail() error {
	last := int64(0)
	for {
		var batch []link
		err := tx.each("SELECT id, revision, at, actor, request, action, noun, record_id, record_key, old, new FROM audit_before WHERE id > ? ORDER BY id LIMIT 1000",
			[]any{last}, func(rows *sql.Rows) error {
				var b link
				err := rows.Scan(&b.id, &b.revision, &b.at, &b.actor, &b.request, &b.action, &b.noun, &b.recordID, &b.recordKey, &b.old, &b.new)
				batch = append(batch, b)
				return err
			})
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for i := range batch {
			l := &batch[i]
			if err := tx.relink(l); err != nil {
				return err
			}
			tx.head = l.after(tx.head)
			if err := tx.trail.add(l.values(tx.head)...); err != nil {
				return err
			}
			last = l.id
		}
	}
	if err := tx.trail.flush(); err != nil {
		return err
	}
	_, err := tx.exec("UPDATE directory SET head = ?", tx.head)
	if err == nil {
		_, err = tx.exec("DROP TABLE audit_before")
	}
	return err
}

var errNoun = errors.New("the trail holds a record of an unknown noun")

// relink takes apart what is personal in a row.
func (tx *Tx) relink(l *link) error {
	if kept := nounsByName[l.noun]; kept != nil {
		return kept.relink(tx, l)
	}
	return errNoun
}

func relinked[T record](tx *Tx, k *kind[T], l *link) error {
	w := newRecordWriter(tx, k)
	for _, side := range []struct{ public, personal **string }{{&l.old, &l.oldPersonal}, {&l.new, &l.newPersonal}} {
		if *side.public == nil {
			continue
		}
		one, err := decode[T](**side.public, nil)
		if err != nil {
			return err
		}
		w.write(one, side.public, side.personal, l)
		var state models.State
		if state, err = k.state(tx, *one); err != nil {
			return err
		}
		l.state = string(state)
	}
	return nil
}
