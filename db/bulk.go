package db

import (
	"slices"

	"samband/db/trail"
	"samband/models"
)

// CreateAll creates records of one noun, with their parts, search index and
// rows in the trail, many rows to a statement. Records get into the tables only
// through CreateAll and UpdateAll, in single saves and imports alike. A
// record's ID is 0, or one that Tx.IDs has handed out; its ID and Version are
// set. Parts are sorted, and their rows get IDs.
//
// It applies no rules: the caller has checked the records with models.CheckX,
// that keys are unique and that IDs exist. What the database refuses even so
// makes the whole write fail. What a record refers to must have been created
// before. A record that the actor may not change is ErrForbidden.
func CreateAll[T Record](tx *Tx, all []*T) error {
	k := kindOf[T]()
	w := newRecordWriter(tx, k)
	for chunk := range slices.Chunk(all, 200) {
		rows := tx.inserter(k.Name, k.columns)
		for _, one := range chunk {
			if id := ID(one); *id == 0 {
				*id = tx.IDs(1)
			}
			if *ID(one) != tx.again {
				*Version(one) = 0
			}
			*Version(one)++ // of one that comes back, later than any that was
			if err := rows.add(k.values(one, w.values[:0])...); err != nil {
				return err
			}
		}
		if err := rows.flush(); err != nil {
			return err
		}
		for _, one := range chunk {
			if err := w.depending(nil, one); err != nil {
				return err
			}
		}
	}
	return w.flush()
}

// UpdateAll writes each of news over the record at the same index in olds,
// which must be as it was read, with the same ID and the next version. Rows of
// parts that stay the same keep their IDs. A record that has not
// changed is not written. Otherwise it is like CreateAll.
func UpdateAll[T Record](tx *Tx, olds, news []*T) error { return update(tx, olds, news, false) }

// update is UpdateAll, but if always is true it also writes records that have
// not changed. That raises their version, so that of several writers who start
// from the same version only the first succeeds.
func update[T Record](tx *Tx, olds, news []*T, always bool) error {
	k := kindOf[T]()
	w := newRecordWriter(tx, k)
	for i, one := range news {
		old := olds[i]
		*ID(one), *Version(one) = *ID(old), *Version(old)
		if w.same(old, one) && !always {
			continue
		}
		*Version(one)++
		if err := replace(tx, one); err != nil {
			return err
		}
		if err := w.depending(old, one); err != nil {
			return err
		}
	}
	return w.flush()
}

// remove removes one record with its dependent rows.
func remove[T Record](tx *Tx, old *T) error {
	k := kindOf[T]()
	w := newRecordWriter(tx, k)
	if err := w.depending(old, nil); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	return tx.one(rowsOf[T](tx.g).Where("id = ?", *ID(old)).Delete(tx.ctx))
}

// A recordWriter writes the rows that depend on records of one noun: parts,
// search index and trail.
type recordWriter[T Record] struct {
	tx           *Tx
	k            *kind[T]
	parts        *partWriter[T]
	words, sorts *inserter
	values       []any
	json         trail.Writer
}

func newRecordWriter[T Record](tx *Tx, k *kind[T]) *recordWriter[T] {
	return &recordWriter[T]{
		tx: tx, k: k, parts: newPartWriter(tx, k), values: make([]any, 0, 16),
		words: tx.inserter("search_words", []string{"noun", "word", "record_id"}),
		sorts: tx.inserter("sort_names", []string{"name", "language", "sort", "record_id"}),
	}
}

// same reports whether one equals old. It first gives the rows of the parts of one
// the IDs of the equal rows in old.
func (w *recordWriter[T]) same(old, one *T) bool {
	w.k.adopt(old, one)
	return w.text(old) == w.text(one)
}

// depending writes the dependent rows of a record that changes from old to one.
// old is nil for a new record, one is nil for a removed one.
func (w *recordWriter[T]) depending(old, one *T) error {
	tx, k := w.tx, w.k
	if err := w.parts.write(old, one); err != nil {
		return err
	}
	if err := w.found(old, one); err != nil {
		return err
	}
	state, err := w.allowed(old, one)
	if err != nil {
		tx.failed = err // the record itself may have been written already
		return err
	}
	if tx.untold {
		return nil
	}
	if err := leaves(tx, old, one); err != nil {
		return err
	}
	row := trail.Row{Action: trail.Update, Noun: k.noun, State: string(state), Revision: tx.revision}
	subject := one
	switch {
	case old == nil:
		row.Action = trail.Create
	case one == nil:
		row.Action, subject = trail.Remove, old
	}
	for _, r := range []*T{old, one} {
		if r == nil {
			continue
		}
		if k.touches != nil {
			tx.touched[k.touches(*r)] = struct{}{}
		}
		_, account := any(*r).(models.Account)
		tx.access = tx.access || account
	}
	if len(tx.touched) == 0 {
		row.Revision = tx.revision - 1
	}
	row.RecordID, row.RecordKey = *ID(subject), k.key(*subject)
	w.write(old, &row.Old, &row.OldPersonal, &row)
	w.write(one, &row.New, &row.NewPersonal, &row)
	return tx.log(&row)
}

// allowed returns the state of a record that changes from old to one. It is
// ErrForbidden unless the actor may change both.
func (w *recordWriter[T]) allowed(old, one *T) (state models.State, err error) {
	for _, r := range []*T{old, one} {
		if r == nil {
			continue
		}
		if state, err = w.k.state(w.tx, *r); err != nil {
			return "", err
		}
		if !w.k.mayChange(w.tx.actor.Rights, *r, state) && (w.k.own == nil || !w.k.own(w.tx, *r)) {
			return "", ErrForbidden
		}
	}
	return state, nil
}

// text returns a whole record as JSON, for comparison.
func (w *recordWriter[T]) text(r *T) string {
	w.k.text(r, &w.json)
	return w.json.End()
}

// write puts a record, unless it is nil, into a row of the trail: its personal
// values separately, with a commitment to them in their place.
func (w *recordWriter[T]) write(r *T, public, personal **string, row *trail.Row) {
	if r == nil {
		return
	}
	promise := ""
	if w.k.personal(r) {
		w.json.Begin()
		w.k.json(&w.json, r, true)
		secret := w.json.End()
		if row.Salt == nil {
			row.Salt = trail.NewSalt()
		}
		*personal, promise = &secret, trail.Commitment(row.Salt, secret)
	}
	w.json.Begin()
	if promise != "" {
		w.json.Text("personal", promise)
	}
	w.k.public(r, &w.json)
	said := w.json.End()
	*public = &said
}

// flush inserts the rows gathered so far, except the trail's, which go last.
func (w *recordWriter[T]) flush() error {
	if err := w.parts.flush(); err != nil {
		return err
	}
	if err := w.words.flush(); err != nil {
		return err
	}
	return w.sorts.flush()
}
